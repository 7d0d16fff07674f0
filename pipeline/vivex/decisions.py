"""What a person decides about a proposal, made the same way on every surface.

The reviewers' workbook, the conflicts workbook, the command line and any surface to come hand a `Reply` (the words as
typed) to `decide` and get the annotation that goes into annotations/: the same decision gives the same bytes wherever
it is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from vivex.annotation import Annotation, Evidence, JsonValue, evidence, find_quote, reanchor
from vivex.document import Document
from vivex.questions import NOT_REPORTED, Question, UnreadableAnswer, typed
from vivex.quotations import exact_places, folded

ONLY = "only this"  # right, and nothing else is: the question's rows left empty are rejected
WORDS = ("accept", "edit", "reject", "add", ONLY)
_WORDS = {
    **dict.fromkeys(("accept", "accepted", "ok", "agree", "agreed", "correct"), "accept"),
    **dict.fromkeys(("edit", "edited", "change", "changed"), "edit"),
    **dict.fromkeys(("reject", "rejected", "delete", "wrong"), "reject"),
    **dict.fromkeys(("add", "added", "new"), "add"),
    **dict.fromkeys((ONLY, "only", "replace", "replaces", "replaces the field", "this replaces the field"), ONLY),
}


@dataclass(frozen=True, slots=True)
class Reply:
    """Hold what a person says to a question or a proposal, in the words typed."""

    decision: str = ""  # accept, edit, reject, add; "" where it follows from the rest
    value: str = ""
    quote: str | None = None  # passages of the paper, parted by empty lines; None: the proposal's evidence stands
    spans: tuple[tuple[int, int], ...] | None = None  # places marked in the paper: before `quote`, and not searched for
    page: str = ""
    group: str | None = None  # group or outcome that the value belongs to; None: as proposed
    note: str = ""

    @property
    def placed(self) -> bool:
        """Tell whether the reply gives evidence of its own."""
        return self.quote is not None or self.spans is not None


class UnreadableReply(UnreadableAnswer):
    """Say what is wrong with a reply, and the remedy; `part` is the field of `Reply` to mend."""

    def __init__(self, message: str, part: str) -> None:
        super().__init__(message)
        self.part = part


class Verdict(NamedTuple):
    """Give the decision, and the passages that the paper does not hold (they are kept in the decision's note).

    `nearly` are the places of passages that the paper holds in letters that differ a little. `alone` says that nothing
    else answers the question: what else is proposed and left undecided is rejected.
    """

    annotation: Annotation
    missing: tuple[str, ...] = ()
    nearly: tuple[Evidence, ...] = ()
    alone: bool = False


def decide(
    reply: Reply,
    *,
    study: str,
    question: Question,
    source: str,
    document: Document | None,
    proposal: Annotation | None = None,
    candidates: Sequence[Annotation] = (),
    revises: str = "",
) -> Verdict | None:
    """Return the decision that a reply makes, None where it says nothing; raise UnreadableReply where it can't be told.

    `candidates` are what else was offered: who takes one of them takes its evidence. `revises` is the id by which the
    person saw the proposal, where that is not the id it has now.
    """
    asked = word_of(reply.decision)
    value = _value(reply, question)
    regrouped = proposal is not None and reply.group is not None and reply.group != proposal.group
    moved = reply.placed
    if not (asked or reply.note or value is not None or moved or regrouped):
        return None
    alone = asked == ONLY
    if alone:
        word = "add" if proposal is None else "edit" if value is not None or moved or regrouped else "accept"
    else:
        word = asked or _implied(question, proposal, value, moved or regrouped)

    proposed = None if proposal is None else proposal.value

    def said(decision: str, what: JsonValue, *, revised: bool = True) -> Verdict:
        offered = proposal
        if what is not proposed:  # another value: its evidence is that of the candidate it was taken from
            offered = next((c for c in candidates if question.same(c.value, what)), proposal)
        if decision != "rejected" and not question.kind.choice and not question.legal(what):
            raise UnreadableReply(f"{question.show(what)!r} is no answer; give {question.kind.form}", "value")
        found, missing = _evidence(reply, decision, what, offered, document)
        if what is not proposed and offered is proposal and not reply.placed and not _supports(found, what, question):
            found = []  # the machine's sentence stood for the machine's value
        if decision != "rejected" and question.table == "entities" and not found:
            raise UnreadableReply(
                "no passage is given that the paper holds; paste the words as they stand there", "quote"
            )
        annotation = Annotation(
            study=study,
            label=question.label,
            value=what,
            evidence=tuple(found),
            source=source,
            group=reply.group if reply.group is not None else proposal.group if proposal is not None else "",
            decision=decision,
            revises=(revises or proposal.id) if revised and proposal is not None else "",
            note=_note(reply, missing),
        )
        pasted = folded(reply.quote or "").letters
        searched = reply.quote is not None and reply.spans is None
        nearly = tuple(e for e in found if folded(e.quote).letters not in pasted) if searched else ()
        return Verdict(annotation, tuple(missing), nearly if decision != "rejected" else (), alone)

    if word == "add" or proposal is None:
        if word in ("accept", "reject"):
            message = f"nothing is proposed in this row that one could {word}; choose add and give a value"
            raise UnreadableReply(message, "decision")
        if value is None:
            raise UnreadableReply("no value is given; type it, or clear the row", "value")
        return said("added", value, revised=False)
    before: JsonValue = proposed
    given = value is not None and not question.same(value, before)
    if word in ("accept", "reject"):
        if given:
            message = f"says {word}, but another value is given; choose edit, or clear the value"
            raise UnreadableReply(message, "decision")
        return said("accepted" if word == "accept" else "rejected", before)
    if value is None and not moved and not regrouped:
        message = "says edit, but neither a value nor new evidence is given; type it, or choose accept"
        raise UnreadableReply(message, "value")
    # a value typed in other letters is an edit; typed as it was, it stays what it was, with all that it holds
    changed = value is not None and not _alike(question.show(value), question.show(before))
    return said("edited", value if changed else before)


def nothing(*, study: str, question: Question, source: str, note: str = "") -> Annotation:
    """Return the decision that no value stands: all that was proposed or answered is rejected."""
    return Annotation(study, question.label, NOT_REPORTED, source=source, decision="rejected", note=note)


def told(missing: Iterable[str]) -> str:
    """Return what to tell a person whose quotes the paper doesn't hold; "" where it holds all."""
    quote = next(iter(missing), None)
    if quote is None:
        return ""
    start = " ".join(quote.split())
    return (
        f"the paper's text doesn't hold “{start[:60]}{'…' if len(start) > 60 else ''}”; the decision was read and the "
        "quote kept as a note; paste the passage from the paper or the report to give it a place"
    )


def shown_place(place: Evidence) -> str:
    """Return what to tell a person whose quote stands in the paper in letters that differ a little."""
    page = f", page {place.page}" if place.page is not None else ""
    words = " ".join(place.quote.split())
    return f"the quote was taken for “{words}”{page}; paste another one if that is not what you meant"


def _value(reply: Reply, question: Question) -> JsonValue:
    """Return the value that the reply gives; None where it gives none."""
    if not typed(reply.value):
        return None
    try:
        return question.parse(reply.value)
    except UnreadableAnswer as error:
        raise UnreadableReply(str(error), "value") from error


def word_of(text: str) -> str:
    """Return the decision that a typed word stands for, "" for none; raise UnreadableReply for what is no decision."""
    word = text.strip().strip(".!").lower()
    if word and word not in _WORDS:
        raise UnreadableReply(f"{text!r} is no decision; choose {', '.join(WORDS[:-1])} or {WORDS[-1]}", "decision")
    return _WORDS.get(word, "")


def _implied(question: Question, proposal: Annotation | None, value: JsonValue, placed: bool) -> str:
    """Return the decision that a reply without one makes: a value or evidence given is an act, a note alone is none."""
    if proposal is None:
        return "add"
    if value is not None:
        return "accept" if _alike(question.show(value), question.show(proposal.value)) and not placed else "edit"
    if placed:
        return "edit"
    raise UnreadableReply(f"holds a note but no decision; choose {', '.join(WORDS[:-1])} or {WORDS[-1]}", "decision")


def _evidence(
    reply: Reply, decision: str, value: JsonValue, proposal: Annotation | None, document: Document | None
) -> tuple[list[Evidence], list[str]]:
    """Return the evidence of a decision, pasted or the proposal's own, and the passages that the paper doesn't hold."""
    if reply.spans is not None and decision != "rejected":
        return _marked(reply.spans, document), []
    if reply.quote is not None and decision != "rejected":
        return find_evidence(reply.quote, reply.page, document)
    if proposal is None or (value == NOT_REPORTED and decision in ("edited", "added")):
        return [], []
    return kept(proposal.evidence, document)


def _marked(spans: Iterable[tuple[int, int]], document: Document | None) -> list[Evidence]:
    """Return the evidence at marked places; raise UnreadableReply where the paper's text has no such place."""
    if document is None:
        raise UnreadableReply("the paper is not here, so nothing can be marked in it", "spans")
    try:
        return [evidence(document, start, end) for start, end in dict.fromkeys(spans)]
    except ValueError as error:
        raise UnreadableReply(f"{error}; mark the words anew", "spans") from error


def _supports(found: Iterable[Evidence], value: JsonValue, question: Question) -> bool:
    """Tell whether a proposal's evidence may stand for another value: it holds its words, or decides a judgement."""
    if not question.label.startswith("form."):
        return True
    words = (question.kind.evident or question.show)(value)
    return any(next(exact_places(words, one.quote), None) is not None for one in found)


def _note(reply: Reply, missing: Iterable[str]) -> str:
    page = f" (page {reply.page})" if reply.page else ""
    return "\n".join(filter(None, (reply.note, *(f"evidence as typed{page}: {quote}" for quote in missing))))


def _alike(one: str, other: str) -> bool:
    """Tell whether two texts differ in white space alone."""
    return " ".join(one.split()) == " ".join(other.split())


# -- evidence


def find_evidence(text: str, page: str, document: Document | None) -> tuple[list[Evidence], list[str]]:
    """Return the places of the passages that a person pasted, and the passages that the paper doesn't hold.

    Passages are parted by an empty line; "p. 3:" before one, or the numbers of `page`, say where to look first.
    """
    if document is None:
        return [], list(_passages(text))
    numbers = [int(n) for n in re.findall(r"\d+", page)]
    whole = _find(text, numbers[:1], document)
    if whole is not None:
        return [whole], []
    found, missing = [], []
    for number, passage in enumerate(_passages(text)):
        place = _find(passage, numbers[number : number + 1], document)
        places = [place] if place is not None else _parts(passage, document)
        found += places
        if not places:
            missing.append(passage)
    return list(dict.fromkeys(found)), missing


def kept(places: Iterable[Evidence], document: Document | None) -> tuple[list[Evidence], list[str]]:
    """Return a proposal's evidence as it stands in the document of now, and the quotes that it no longer holds."""
    placed, missing = [], []
    for one in places:
        if document is None or document.text[one.start : one.end] == one.quote:
            placed.append(one)
        elif (moved := reanchor(one, document)) is not None:
            placed.append(moved)
        else:
            missing.append(one.quote)
    return placed, missing


def _passages(text: str) -> Iterator[str]:
    for part in re.split(r"\r?\n[ \t]*\r?\n", text):
        part = re.sub(r"^\s*(?:p\.|page)\s*\d+\s*[:.]\s*", "", part, flags=re.IGNORECASE)
        if part.strip():
            yield part.strip()


def _parts(passage: str, document: Document) -> list[Evidence]:
    """Return the places of what stands between the marks of omission of a passage, where all of it is found."""
    parts = [p for p in re.split(r"\s*(?:\[\s*(?:\.\.\.|…)\s*\]|\.\.\.|…)\s*", passage) if len(p) > 3]
    places = [_find(part, (), document) for part in parts]
    whole = len(parts) > 1 and all(place is not None for place in places)
    return [place for place in places if place is not None] if whole else []


def _find(quote: str, pages: Iterable[int], document: Document) -> Evidence | None:
    """Return the place of a quote, on the page where one is given and holds it."""
    for words in dict.fromkeys((quote.strip(), quote.strip().strip("\"'“”‘’«»„ ").rstrip("…").strip())):
        if len(words) < 2:
            continue
        for page in pages:
            start = next((f.start for f in document.fragments if f.page == page), None)
            if start is not None:
                place = find_quote(words, document, near=start)
                if place is not None and place.page == page:
                    return place
        place = find_quote(words, document)
        if place is not None:
            return place
    return None
