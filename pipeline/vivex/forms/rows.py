"""The form record of a paper as annotations and plain words, for every file that shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vivex.annotation import Annotation, Evidence, JsonValue, from_json
from vivex.codebook import NOT_REPORTED, Codebook, Field
from vivex.files import clean
from vivex.paper import Paper
from vivex.questions import KINDS, shown
from vivex.states import PROPOSED, SETTLED

QUOTES_SHOWN = 3  # quotes shown of one judgement, and marked of one value


def proposals(record: Mapping[str, Any], *, study: str = "") -> list[Annotation]:
    """Return the proposals of a form record (the JSON of outputs/forms/<study>.json) as annotations form.<field>."""
    return [a for found in _entries(record, "fields", study).values() for a in found]


def alternatives(record: Mapping[str, Any], *, study: str = "") -> dict[str, list[Annotation]]:
    """Return the further candidates of a form record by label, best first: nobody need decide on them."""
    return _entries(record, "alternatives", study)


def _entries(record: Mapping[str, Any], part: str, study: str) -> dict[str, list[Annotation]]:
    study = study or str(record.get("study", ""))
    found: dict[str, list[Annotation]] = {}
    for name, entries in (record.get(part) or {}).items():
        for entry in entries:
            said = {
                "study": study,
                "label": f"form.{name}",
                "value": NOT_REPORTED if entry.get("status") == "not_reported" else entry.get("value"),
                "evidence": entry.get("evidence") or [],
                "source": entry.get("source") or record.get("source") or "",
                "confidence": entry.get("confidence"),
                "group": entry.get("group") or "",
                "decision": entry.get("decision") or "",
                "note": entry.get("note") or "",
            }
            annotation = from_json(said, where=f"form of {study}, {part}: {name}")
            found.setdefault(annotation.label, []).append(annotation)
    return found


def form_rows(paper: Paper, codebook: Codebook, *, table: str | None = None) -> Iterator[tuple[Field, Annotation]]:
    """Yield each field of the codebook with each of its values; "not reported" where there is none.

    Of a field that people have not answered (see `Paper.states`) the value is None, which is shown as nothing.
    """
    by_label: dict[str, list[Annotation]] = {}
    for annotation in proposals(paper.form, study=paper.study):
        by_label.setdefault(annotation.label, []).append(annotation)
    for field in codebook.fields:
        if table is None or field.table == table:
            silent = paper.state(field.label) in (SETTLED, PROPOSED)
            nothing = Annotation(paper.study, field.label, NOT_REPORTED if silent else None)
            for annotation in by_label.get(f"form.{field.name}", [nothing]):
                yield field, annotation


def judgement(annotation: Annotation | None) -> str:
    """Return low, high or unclear; "" where nothing was judged."""
    return "" if annotation is None else KINDS["judgement"].show(annotation.value)


def worst(annotations: Iterable[Annotation]) -> str:
    """Return what stands for an item that is judged by outcome: its worst judgement; "" where nothing was judged."""
    given = {judgement(a) for a in annotations}
    return next((word for word in ("high", "unclear", "low") if word in given), "")


def reported(annotation: Annotation | None) -> str:
    """Return yes or no for a reporting item; "" where nothing was judged."""
    return "" if annotation is None else KINDS["reporting"].show(annotation.value)


def settled(paper: Paper, annotations: Iterable[Annotation]) -> list[Annotation]:
    """Return the annotations that stand as answers: those that people settled, or all where no person has a say."""
    return [a for a in annotations if not paper.states or paper.state(a.label) == SETTLED]


def voice(annotation: Annotation) -> str:
    """Return who says it, in a word: the initials of its people, or vivex."""
    who, colon, names = annotation.source.partition(":")
    return names.replace("+", ", ") if colon and who in ("reviewer", "reviewers", "adjudicator") else "vivex"


def unsettled(paper: Paper, annotations: Iterable[Annotation]) -> str:
    """Return what is said about an item that isn't settled, each answer behind who gives it; "" where it is."""
    found: dict[str, list[str]] = {}
    for a in annotations:
        if paper.states and paper.state(a.label) != SETTLED and a.value is not None:
            group = f" ({a.group})" if a.group else ""
            found.setdefault(voice(a), []).append(shown(a.value) + group)
    return " | ".join(f"{who}: {'; '.join(dict.fromkeys(said))}" for who, said in found.items())


def _machines(annotation: Annotation | None) -> Mapping[str, JsonValue]:
    """Return what the machine says beside a judgement, where it stands as it was proposed."""
    value = annotation.value if annotation is not None and annotation.decision in ("", "accepted") else None
    return value if isinstance(value, Mapping) else {}


def rule(annotation: Annotation | None) -> str:
    """Return the rule that a judgement followed, in words; "" where a person judged otherwise."""
    return str(_machines(annotation).get("rule") or "")


def reason(annotation: Annotation | None) -> str:
    """Return why a judgement was made: a person's reason, else the comment of its support, else its rule."""
    if annotation is not None and annotation.note:
        return flat(annotation.note)
    support = str(_machines(annotation).get("support") or "")
    comment = support.rpartition("Comment:")[2].strip() if "Comment:" in support else ""
    return comment or rule(annotation)


def support(annotation: Annotation) -> str:
    """Return the support for a judgement as Cochrane's forms want it: quotes, then the comment.

    What a person decided is supported by that person's quotes and reason.
    """
    if not annotation.decision and _machines(annotation).get("support"):
        return flat(str(_machines(annotation)["support"]))
    parts = [f'Quote: "{flat(e.quote)}"' for e in annotation.evidence[:QUOTES_SHOWN]]
    return " ".join([*parts, f"Comment: {reason(annotation)}"] if reason(annotation) else parts)


def signalling(annotation: Annotation) -> list[tuple[str, str]]:
    """Return the signalling questions that a judgement answered, in words, each with its answer."""
    answers = _machines(annotation).get("signalling")
    return [(str(q).replace("_", " "), shown(a)) for q, a in answers.items()] if isinstance(answers, Mapping) else []


def by_label(paper: Paper, head: str) -> dict[str, list[Annotation]]:
    """Return the judgements of `head` ("syrcle" or "reporting") by item, the one of the whole study first."""
    found: dict[str, list[Annotation]] = {}
    for annotation in sorted(paper.judgements, key=lambda a: a.group):
        if annotation.label.startswith(f"{head}."):
            found.setdefault(annotation.label.partition(".")[2], []).append(annotation)
    return found


def printed(annotation: Annotation) -> tuple[str, str]:
    """Return what the workbook prints as evidence: a value's best quote, up to three of a judgement; their pages."""
    shown_ = annotation.evidence[: 1 if annotation.label.startswith("form.") else QUOTES_SHOWN]
    pages = "; ".join("" if e.page is None else str(e.page) for e in shown_).strip("; ")
    return "\n\n".join(flat(e.quote) for e in shown_), pages


def section(evidence: Evidence) -> str:
    """Return the heading path of the evidence, each heading on one line."""
    return flat(evidence.section)


def flat(text: str) -> str:
    """Return the text with each run of white space as one space, without characters that XML forbids."""
    return re.sub(r"\s+", " ", clean(text)).strip()


def title(paper: Paper) -> str:
    """Return the paper's title as the team's library, its file or its first block gives it."""
    document, known = paper.document, paper.publication.reference.title
    block = next((b for b in document.blocks if b.kind == "title"), None)
    return flat(known or document.meta.get("title") or (document.slice(block) if block else ""))
