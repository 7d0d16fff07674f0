"""The review in other tools' formats: SyRF, the CAMARADES risk-of-bias app, RevMan's tables.

robvis.csv stands with the tidy tables (`vivex.forms.tables.csvs`). Times and ids that these tools give are left empty:
the same review gives the same bytes. Where people have a say (`Paper.states`) only what they settled is exported; a
proposal that nobody reviewed says so in its comment.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vivex import questions
from vivex.annotation import Annotation
from vivex.codebook import Codebook
from vivex.forms import rows
from vivex.forms.tables.csvs import standing, write_table
from vivex.paper import Paper
from vivex.states import PROPOSED, WORDS

# https://syrf.org.uk: the columns of its study import and of its long annotation export.
SYRF_STUDIES = tuple(
    "Title,Authors,PublicationName,AlternateName,Abstract,Url,AuthorAddress,Year,Doi,ReferenceType,Keywords,"
    "PdfRelativePath,CustomId".split(",")
)
SYRF_ANNOTATIONS = tuple(
    "StudyId,DateTimeStudyAdded,SystematicSearchId,SystematicSearchName,Reconciled,InvestigatorId,InvestigatorName,"
    "DateTimeAnnotated,AnnotationId,Question,QuestionId,Answer,Comments,AnswerType,IsRootQuestion,ParentQuestionId,"
    "ChildQuestionIds,HasChildQuestions,ParentAnnotationId,ChildAnnotationIds,HasChildAnnotations".split(",")
)
UNREVIEWED = f"[{WORDS[PROPOSED]}]"
STATE = "Char: State of the data"
CAMARADES = ("study_id", "study_doi", "question_id", "bias_type", "response_id", "outcome", "comment")


def write_exchange(papers: Sequence[Paper], codebook: Codebook, out: Path) -> list[Path]:
    """Write the files into the folder; return them."""
    named = tuple(f"Char: {questions.heading(f.name)}" for f in codebook.fields)
    domains = tuple(
        f"{item.name}: {part}" for item in questions.SYRCLE.values() for part in ("judgement", "support for judgement")
    )
    tables: dict[str, tuple[tuple[str, ...], list[Mapping[str, Any]]]] = {
        "syrf-studies": (SYRF_STUDIES, []),
        "syrf-annotations": (SYRF_ANNOTATIONS, []),
        "camarades-rob": (CAMARADES, []),
        "revman-study-information": (("Study", "Year", "DOI", *named, STATE), []),
        "revman-risk-of-bias": (("Study", *domains), []),
    }
    for paper in papers:  # once: a lazy sequence reads its files each time
        values = [(f, a) for f, a in rows.form_rows(paper, codebook) if rows.settled(paper, [a])]
        syrcle = {item: rows.settled(paper, found) for item, found in rows.by_label(paper, "syrcle").items()}
        tables["syrf-studies"][1].append(_syrf_study(paper))
        tables["syrf-annotations"][1].extend(_syrf(a, field.question) for field, a in values)
        tables["syrf-annotations"][1].extend(_syrf_judgements(paper))
        tables["camarades-rob"][1].extend(_camarades(paper, syrcle))
        joined: dict[str, list[str]] = {}
        for field, a in values:
            joined.setdefault(f"Char: {questions.heading(field.name)}", []).append(_with_group(a))
        tables["revman-study-information"][1].append(
            {"Study": paper.study, "Year": _meta(paper, "year"), "DOI": _meta(paper, "doi")}
            | {STATE: standing(paper, codebook.fields)}
            | {name: "; ".join(dict.fromkeys(found)) for name, found in joined.items()}
        )
        tables["revman-risk-of-bias"][1].append(_revman_bias(paper, syrcle))
    written = []
    for name, (header, lines) in tables.items():
        written.append(out / f"{name}.csv")
        write_table(written[-1], header, lines, bom=False)
    return written


def _with_group(a: Annotation) -> str:
    return questions.shown(a.value) + (f" ({a.group})" if a.group else "")


def _meta(paper: Paper, key: str) -> str:
    return paper.document.meta.get(key, "")


def _syrf_study(paper: Paper) -> dict[str, str]:
    document = paper.document
    abstract = " ".join(rows.flat(document.slice(b)) for b in document.blocks if b.kind == "abstract")
    doi = _meta(paper, "doi")
    return {
        "Title": rows.title(paper),
        "PublicationName": _meta(paper, "journal"),
        "Abstract": abstract,
        "Url": f"https://doi.org/{doi}" if doi else "",
        "Year": _meta(paper, "year"),
        "Doi": doi,
        "ReferenceType": "Journal Article",
        "PdfRelativePath": paper.source.name if paper.source else "",
        "CustomId": paper.study,
    }


def _syrf(a: Annotation, question: str, answer: str | None = None, kind: str = "string") -> dict[str, str]:
    """Return one answer as SyRF's long table has it; every question of ours is a root question."""
    told = [f"group: {a.group}"] if a.group else []
    told += _place(a) + ([rows.flat(a.note)] if a.note else []) + ([] if a.decision else [WORDS[PROPOSED]])
    return {
        "StudyId": a.study,
        "Reconciled": "TRUE" if a.source.startswith(("reviewers:", "adjudicator:")) else "FALSE",
        "InvestigatorId": rows.voice(a),
        "InvestigatorName": a.source or "vivex",
        "AnnotationId": a.id,
        "Question": question,
        "QuestionId": a.label,
        "Answer": questions.shown(a.value) if answer is None else answer,
        "Comments": " | ".join(told),
        "AnswerType": kind,
        "IsRootQuestion": "TRUE",
        "HasChildQuestions": "FALSE",
        "HasChildAnnotations": "FALSE",
    }


def _syrf_judgements(paper: Paper) -> Iterable[dict[str, str]]:
    for a in rows.settled(paper, paper.judgements):
        head, _, item = a.label.partition(".")
        if head == "syrcle" and item in questions.SYRCLE:
            yield _syrf(a, questions.SYRCLE[item].wording, rows.judgement(a))
        elif head == "reporting" and item in questions.REPORTING:
            yield _syrf(
                a, questions.REPORTING[item].wording, "TRUE" if rows.reported(a) == "yes" else "FALSE", "boolean"
            )


def _place(a: Annotation) -> list[str]:
    return [f"p. {e.page}: {rows.flat(e.quote)}" if e.page else rows.flat(e.quote) for e in a.evidence[:3]]


def _camarades(paper: Paper, syrcle: Mapping[str, list[Annotation]]) -> Iterable[dict[str, Any]]:
    for item, asked in questions.SYRCLE.items():
        for a in syrcle.get(item, ()):
            yield {
                "study_id": paper.study,
                "study_doi": _meta(paper, "doi"),
                "question_id": asked.number,
                "bias_type": asked.bias,
                "response_id": rows.judgement(a),
                "outcome": a.group,
                "comment": _support(a),
            }


def _revman_bias(paper: Paper, syrcle: Mapping[str, list[Annotation]]) -> dict[str, str]:
    """Return one row a study, each domain with judgement and support; outcomes of one domain are named in both."""
    row = {"Study": paper.study}
    for key, item in questions.SYRCLE.items():
        found = syrcle.get(key, [])
        several = len(found) > 1
        row[f"{item.name}: judgement"] = "; ".join(
            (f"{a.group}: " if several and a.group else "") + _risk(rows.judgement(a)) for a in found
        )
        row[f"{item.name}: support for judgement"] = " ".join(
            (f"[{a.group}] " if several and a.group else "") + _support(a) for a in found
        )
        if paper.states and not found:
            row[f"{item.name}: support for judgement"] = f"[{WORDS[paper.state(f'syrcle.{key}')]}]"
    return row


def _support(a: Annotation) -> str:
    """Return the support for a judgement, and that nobody reviewed it where that is so."""
    return rows.support(a) if a.decision else f"{rows.support(a)} {UNREVIEWED}".lstrip()


def _risk(judgement: str) -> str:
    return {"low": "Low risk", "high": "High risk", "unclear": "Unclear risk"}.get(judgement, judgement)
