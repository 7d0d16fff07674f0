"""SyRF: the import of studies and the long table of annotations, written; its annotation exports, read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from vivex.annotation import Annotation
from vivex.errors import MalformedFile
from vivex.exchange.formats import DECISIONS, RESULTS, Answer, Brought, Files, Format, Material, SettledStudy
from vivex.exchange.ris import library_text
from vivex.exchange.written import table
from vivex.files import Cell, csv_text
from vivex.forms import rows
from vivex.questions import REPORTING, SYRCLE, shown
from vivex.references import Reference, normal_doi

STUDIES = tuple(
    "Title,Authors,PublicationName,AlternateName,Abstract,Url,AuthorAddress,Year,Doi,ReferenceType,Keywords,"
    "PdfRelativePath,CustomId".split(",")
)
# as SyRF exports it, with two columns Reconciled: of the study, and of the annotation
ANNOTATED = tuple(
    "StudyId,DateTimeStudyAdded,SystematicSearchId,SystematicSearchName,Reconciled,InvestigatorId,InvestigatorName,"
    "DateTimeAnnotated,AnnotationId,Question,QuestionId,Answer,Comments,AnswerType,Reconciled,IsRootQuestion,"
    "ParentQuestionId,ChildQuestionIds,HasChildQuestions,ParentAnnotationId,ChildAnnotationIds,"
    "HasChildAnnotations".split(",")
)
_NEEDED = ("StudyId", "InvestigatorName", "Question", "Answer")


# -- out


def write_syrf(material: Material) -> Files:
    """Return the studies as SyRF imports them, and the settled answers as its long table of annotations has them."""
    lines = [_line(study, a, asked) for study in material.studies for a, asked in _answered(study)]
    return {
        "syrf-studies.csv": table(STUDIES, [_study(study) for study in material.studies]),
        "syrf-annotations.csv": csv_text(ANNOTATED, lines).encode(),
    }


def _study(study: SettledStudy) -> dict[str, Cell]:
    ref = study.reference
    return {
        "Title": ref.title,
        "Authors": ";".join(ref.authors),
        "PublicationName": ref.journal,
        "Abstract": ref.abstract,
        "Url": ref.url or (f"https://doi.org/{ref.doi}" if ref.doi else ""),
        "Year": ref.year,
        "Doi": ref.doi,
        "ReferenceType": "Journal Article",
        "PdfRelativePath": study.file,
        "CustomId": study.study,
    }


def _answered(study: SettledStudy) -> Iterator[tuple[Annotation, str]]:
    """Yield each settled answer with the question that it answers."""
    for field, a in study.values:
        yield a, field.question
    for a in study.judgements:
        head, _, item = a.label.partition(".")
        known = {"syrcle": SYRCLE, "reporting": REPORTING}[head]
        if item in known:
            yield a, known[item].wording


def _line(study: SettledStudy, a: Annotation, question: str) -> list[Cell]:
    """Return one answer; every question of ours is a root question, and no time is known."""
    reported = a.label.startswith("reporting.")
    answer = rows.reported(a).replace("yes", "True").replace("no", "False") if reported else shown(a.value)
    reconciled = str(a.source.startswith(("reviewers:", "adjudicator:")))
    kind = "boolean" if reported else "string"
    told = [f"group: {a.group}"] if a.group else []
    told += [f"p. {e.page}: {rows.flat(e.quote)}" if e.page else rows.flat(e.quote) for e in a.evidence[:3]]
    told += [rows.flat(a.note)] if a.note else []
    who = rows.voice(a)
    return [
        study.study, "", "", "", reconciled, who, who, "", a.id, question, a.label, answer, " | ".join(told), kind,
        reconciled, "True", "", "", "False", "", "", "False",
    ]  # fmt: skip


# -- in


def read_syrf(path: Path) -> Brought:
    """Read a long annotation export, old or new; raise MalformedFile where its columns are another table's.

    Of its two columns Reconciled the second is the annotation's, where the lines have it. Answers lose the blanks at
    their end.
    """
    lines = list(csv.reader(io.StringIO(library_text(path), newline="")))
    header = [name.strip() for name in lines[0]] if lines else []
    lacking = [name for name in _NEEDED if name not in header]
    if lacking:
        raise MalformedFile(
            f"{path}: column {lacking[0]} is missing; export SyRF's annotations in the long format (not the wide one)"
        )
    widths = {len(line) for line in lines[1:] if any(line)}
    if header.count("Reconciled") > 1 and widths == {len(header) - 1}:  # exports of 2023 name a column that none has
        header.pop(len(header) - 1 - header[::-1].index("Reconciled"))
    place = {name: number for number, name in enumerate(header)}  # of a name that stands twice, the last one
    answers = []
    notes = []
    studies: dict[str, Reference] = {}
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in line):
            continue
        if len(line) < len(header):
            notes.append(f"line {number} has {len(line)} cells, not {len(header)}; passed over")
            continue
        row = {name: line[at].strip() for name, at in place.items()}
        studies[row["StudyId"]] = _reference(row)
        answers.append(
            Answer(
                row["StudyId"],
                row["InvestigatorName"],
                row["Question"],
                row["Answer"],
                row.get("Comments", ""),
                reconciled=row.get("Reconciled", "").casefold() == "true",
            )
        )
    return Brought(answers=tuple(answers), studies=studies, notes=tuple(notes))


def _reference(row: Mapping[str, str]) -> Reference:
    """Return what a row tells of its study; the annotation export alone tells no more than the id."""
    return Reference(
        title=row.get("Title", ""),
        doi=normal_doi(row.get("Doi", "")),
        year=row.get("Year", ""),
        key=row.get("CustomId", ""),
    )


def read_studies(path: Path) -> Brought:
    """Read SyRF's bibliography or import table: which of its studies is which paper."""
    rows_ = list(csv.DictReader(io.StringIO(library_text(path), newline="")))
    if not rows_ or "Title" not in rows_[0] or "Doi" not in rows_[0]:
        raise MalformedFile(f"{path}: no Title and Doi among its columns; export SyRF's bibliography")
    studies: dict[str, Reference] = {}
    for row in rows_:
        texts = {key: (value or "").strip() for key, value in row.items() if key}
        parts = texts.get("Authors", "").replace(" and ", ";").split(";")
        reference = Reference(
            title=texts["Title"].strip('"'),
            authors=tuple(part.strip() for part in parts if part.strip()),
            year=texts.get("Year", ""),
            journal=texts.get("PublicationName", "") or texts.get("AlternateName", ""),
            doi=normal_doi(texts["Doi"]),
            abstract=texts.get("Abstract", ""),
            url=texts.get("Url", ""),
            key=texts.get("CustomId", ""),
            files=tuple(filter(None, [texts.get("PdfRelativePath", "")])),
        )
        studies[texts.get("StudyId") or texts.get("CustomId") or reference.doi or reference.title] = reference
    return Brought(references=tuple(studies.values()), studies=studies)


FORMAT = Format(
    program="SyRF",
    holds=RESULTS,
    about="`syrf-studies.csv`, to import into a SyRF project (our study id stands in `CustomId`), and "
    "`syrf-annotations.csv`, the settled answers in the shape of its long annotation export.",
    loses="SyRF's ids, dates and nested questions; evidence beyond three quotes",
    write=write_syrf,
)
ANSWERS = Format(
    program="SyRF, annotation export (long)",
    holds=DECISIONS,
    about="The answers of each investigator in the file as a reviewer's decisions; old and new headers. Give SyRF's "
    "bibliography with it, which tells the papers' DOIs and titles, or name the studies in the mapping.",
    loses="nested questions (each question is taken by itself), dates",
    read=read_syrf,
    suffixes=(".csv",),
    known_by=lambda head: head.startswith("StudyId,DateTime") and "InvestigatorName" in head,
)
BIBLIOGRAPHY = Format(
    program="SyRF, bibliography",
    holds="references",
    about="SyRF's list of studies: authors, year, title, DOI and SyRF's own ids, by which its annotations are matched.",
    read=read_studies,
    suffixes=(".csv",),
    known_by=lambda head: "Title,Authors,PublicationName" in head and "InvestigatorName" not in head,
)
