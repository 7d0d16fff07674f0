"""EPPI-Reviewer's JSON: code sets and, by reference, the codes with their quotes; written and read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from vivex.annotation import Annotation
from vivex.errors import MalformedFile
from vivex.exchange.formats import DECISIONS, RESULTS, Answer, Brought, Files, Format, Material, SettledStudy
from vivex.exchange.ris import library_text
from vivex.forms import rows
from vivex.questions import Question, shown
from vivex.references import Reference, normal_doi

JsonObject = dict[str, object]
_LEAF = ("Selectable (show checkbox)", 2)
_PARENT = ("Not selectable (no checkbox)", 1)


# -- out


def write_eppi(material: Material) -> Files:
    """Return one JSON file: a code set for each table of the form, SYRCLE and reporting, and the coded references.

    A question is a code that can't be chosen, its answers are the codes beneath it; a code's text is the value with
    the reviewer's note, its quotes are the evidence.
    """
    sets: dict[str, list[Question]] = {}
    for question in material.codebook.questions.values():
        sets.setdefault(question.table, []).append(question)
    answers: dict[str, dict[str, None]] = {}
    for study in material.studies:
        for a in _settled(study):
            answers.setdefault(a.label, {})[shown(a.value)] = None
    code_sets = [
        _code_set(name, number, questions, answers) for number, (name, questions) in enumerate(sets.items(), 1)
    ]
    references = [_reference(study) for study in material.studies]
    data = {"CodeSets": code_sets, "References": references}
    return {"eppi-reviewer.json": (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()}


def number_of(*words: str) -> int:
    """Return a number of 52 bits that stands for the words: an id that is the same wherever it is made."""
    return int.from_bytes(hashlib.sha256("\n".join(words).encode()).digest()[:8]) >> 12


def _settled(study: SettledStudy) -> Iterator[Annotation]:
    yield from (a for _, a in study.values)
    yield from study.judgements


def _code_set(
    name: str, number: int, questions: list[Question], answers: Mapping[str, Mapping[str, None]]
) -> JsonObject:
    attributes = []
    for question in questions:
        shown_as = f"{question.number}. {question.name}" if question.number else question.wording or question.name
        words = {**dict.fromkeys(question.choices), **answers.get(question.label, {})}
        below = [_attribute(number_of(question.label, word), word, _LEAF, question.label) for word in words]
        parent = _attribute(number_of(question.label), shown_as, _PARENT, question.wording)
        attributes.append({**parent, "Attributes": {"AttributesList": below}})
    return {
        "SetName": {"syrcle": "SYRCLE's risk of bias tool", "reporting": "What the paper states"}.get(name, name),
        "SetId": number,
        "ReviewSetId": number,
        "SetDescription": "",
        "SetType": {"SetTypeName": "Standard", "SetTypeDescription": ""},
        "Attributes": {"AttributesList": attributes},
    }


def _attribute(number: int, name: str, kind: tuple[str, int], described: str) -> JsonObject:
    return {
        "AttributeId": number,
        "AttributeName": name,
        "AttributeType": kind[0],
        "AttributeTypeId": kind[1],
        "AttributeSetDescription": described,
        "AttributeDescription": "",
        "ExtURL": "",
        "ExtType": "",
        "OriginalAttributeID": 0,
    }


def _reference(study: SettledStudy) -> JsonObject:
    ref = study.reference
    return {
        "ItemId": number_of("item", study.study),
        "Title": ref.title,
        "ParentTitle": ref.journal,
        "ShortTitle": study.label,
        "Year": ref.year,
        "Authors": "; ".join(ref.authors),
        "DOI": ref.doi,
        "Abstract": ref.abstract,
        "URL": ref.url,
        "Volume": ref.volume,
        "Issue": ref.issue,
        "Pages": ref.pages,
        "OldItemId": study.study,
        "TypeName": "Journal, Article",
        "Codes": [_code(study, a) for a in _settled(study)],
        "Outcomes": [],
    }


def _code(study: SettledStudy, a: Annotation) -> JsonObject:
    file = study.file or f"{study.study}.pdf"
    quotes = [
        {
            "ItemDocumentId": number_of("document", study.study),
            "TextFrom": e.start,
            "TextTo": e.end,
            "Text": f'Page {e.page}:\n[¬s]"{e.quote}"[¬e]' if e.page else e.quote,
            "IsFromPDF": bool(e.page),
            "DocTitle": file,
            "ItemArm": a.group,
        }
        for e in a.evidence
    ]
    return {
        "AttributeId": number_of(a.label, shown(a.value)),
        "AdditionalText": a.note or rows.reason(a),
        "ArmId": number_of("arm", study.study, a.group) if a.group else 0,
        "ArmTitle": a.group,
        "ItemAttributeFullTextDetails": quotes,
    }


# -- in


def read_eppi(path: Path) -> Brought:
    """Read a JSON report: each code of a reference as an answer to the code above it, with its text and quotes.

    A code that stands alone (at the top of its set) is a question itself: its text is the answer, "yes" where it has
    none. The report tells one coding for a reference and not whose it is.
    """
    try:
        data = json.loads(library_text(path))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error}); make EPPI-Reviewer's JSON report anew") from error
    if not (isinstance(data, dict) and isinstance(data.get("References"), list)):
        raise MalformedFile(f"{path}: no References in it; make EPPI-Reviewer's JSON report (codes and references)")
    codes: dict[int, tuple[str, str]] = {}  # id -> question, answer
    for one in data.get("CodeSets") or ():
        for attribute in _below(one):
            codes.update(_named(attribute, ""))
    answers: list[Answer] = []
    studies: dict[str, Reference] = {}
    unknown = 0
    for item in data["References"]:
        study = str(item.get("OldItemId") or item.get("ItemId") or item.get("Title"))
        studies[study] = Reference(
            title=str(item.get("Title") or ""),
            authors=tuple(a.strip() for a in str(item.get("Authors") or "").split(";") if a.strip()),
            year=str(item.get("Year") or ""),
            journal=str(item.get("ParentTitle") or ""),
            doi=normal_doi(str(item.get("DOI") or "")),
            key=study,
        )
        for code in item.get("Codes") or ():
            question, answer = codes.get(int(code.get("AttributeId", 0)), ("", ""))
            if not question:
                unknown += 1
                continue
            text = str(code.get("AdditionalText") or "").strip()
            quotes = tuple(_quote(str(q.get("Text") or "")) for q in code.get("ItemAttributeFullTextDetails") or ())
            group = str(code.get("ArmTitle") or "")
            alone = not answer
            said = text or "yes" if alone else answer
            answers.append(Answer(study, "", question, said, "" if alone else text, quotes, group, reconciled=True))
    notes = [f"{unknown} codes stand in no code set of the file; passed over"] if unknown else []
    return Brought(answers=tuple(answers), studies=studies, notes=tuple(notes))


def _below(data: Mapping[str, object]) -> list[Mapping[str, object]]:
    held = data.get("Attributes")
    found = held.get("AttributesList") if isinstance(held, Mapping) else None
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _named(attribute: Mapping[str, object], parent: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield the id of a code and of all beneath it with the question and answer that each is."""
    name = " ".join(str(attribute.get("AttributeName") or "").split())
    number = attribute.get("AttributeId")
    yield (int(number) if isinstance(number, int | str) else 0), ((parent, name) if parent else (name, ""))
    for one in _below(attribute):
        yield from _named(one, name)


def _quote(text: str) -> str:
    """Return a quote without what EPPI puts around one from a PDF."""
    for part in text.split("[¬s]")[1:]:
        return part.partition("[¬e]")[0].strip().removeprefix('"').removesuffix('"')
    return text.strip()


FORMAT = Format(
    program="EPPI-Reviewer",
    holds=RESULTS,
    about="`eppi-reviewer.json`: a code set for each table of the form, for SYRCLE's tool and for what papers state; "
    "codes carry notes, quotes with their places, and the arm.",
    loses="states (what is not settled has no code), normal forms, boxes",
    write=write_eppi,
)
ANSWERS = Format(
    program="EPPI-Reviewer, JSON report",
    holds=DECISIONS,
    about="The codes of each reference as one reviewer's decisions (say whose: `--reviewer`), with their quotes.",
    loses="who coded (the report holds the completed coding alone), outcomes with numbers",
    read=read_eppi,
    suffixes=(".json",),
    known_by=lambda head: '"CodeSets"' in head,
)
