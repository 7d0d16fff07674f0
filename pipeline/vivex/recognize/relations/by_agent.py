"""Purposes that the bound agent tells, whatever heading or act stands over it.

An anaesthetic, a painkiller or the antibiotic of an operation is care (purpose anaesthesia), unless the paper studies
it; what the title says is tried, or a group is named after, is the treatment.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vivex.document import Document
from vivex.recognize.spans import Span
from vivex.vocabulary import expression

CARE, TREATMENT, INDUCTION = "anaesthesia", "treatment", "induction"
_PURPOSED = frozenset(("dose", "route", "schedule", "agent"))
# what a title says is done to make animals ill: "X-induced", "challenged with X", "after X"
_CAUSES = re.compile(
    r"[-\u2010-\u2015\s]{1,2}(?:induc|sensiti|challeng|infect|mediat|evok|elicit|model|lesion|fed\b|intoxic|expos|inject)"
)
_CAUSED_BY = re.compile(
    r"\b(?:challenged|infected|injected|exposed|inoculated|immuni[sz]ed|sensiti[sz]ed|induced|fed|after|following|by|"
    r"against|on|from|of\s\w{3,20}\sby)\s(?:with\s|to\s)?(?:\w+\s)?$"
)
_INFECTION = re.compile(r"infect|bacteri|microb|sepsis|septic|antibiotic|coccus|coccal|coli\b|pneumonia", re.IGNORECASE)
_OPERATION = re.compile(
    r"surg|operat|incision|sutur|wound|transect|implant|catheter|ligat|fractur|prophyla", re.IGNORECASE
)
_NEAR = 60  # characters before a gas within which what it carries is named


@dataclass(frozen=True, slots=True)
class Studied:
    """Hold what a paper is about: its title, and the names of its groups."""

    title: str
    groups: tuple[str, ...]

    def tries(self, agent: str) -> bool:
        """Tell whether the title or a group's name says that the agent is tried."""
        name = agent.casefold()
        if (
            len(name) < 2
            or expression("purposes", "agent-induction").search(agent)
            or expression("purposes", "agent-vehicle").fullmatch(agent)
        ):
            return False
        return any(_holds(group, name) for group in self.groups) or self.tried_in_title(name)

    def tried_in_title(self, name: str) -> bool:
        """Tell whether the title names the agent otherwise than as what made animals ill."""
        return any(
            not _CAUSES.match(self.title, at + len(name)) and not _CAUSED_BY.search(self.title[:at])
            for at in _places(self.title, name)
        )


def by_agent(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each dose and agent, and what is bound to it, with the purpose that the agent tells."""
    studied = _studied(document, spans)
    found: dict[tuple[int, int], str] = {}
    kept: set[tuple[int, int]] = set()  # what is bound to doses of which the agent tells nothing
    for span in spans:
        if span.label in ("dose", "agent"):
            purpose = _purpose(document, span, studied)
            found |= dict.fromkeys(_places_of(span), purpose) if purpose else {}
            kept |= set() if purpose else set(_places_of(span))
    return [
        replace(s, value={**s.value, "purpose": found[s.start, s.end]})
        if s.label in _PURPOSED and (s.start, s.end) in found and (s.start, s.end) not in kept
        else s
        for s in spans
    ]


def _places_of(span: Span) -> Iterator[tuple[int, int]]:
    """Yield where the mention stands and, of a dose, where the route and schedule bound to it do."""
    yield span.start, span.end
    bound = span.value.get("bound")
    if span.label == "dose" and isinstance(bound, dict):
        for part in ("route", "schedule"):
            if part in bound:
                start, end = bound[part]
                yield start, end


def _purpose(document: Document, span: Span, studied: Studied) -> str:
    """Return the purpose that the agent tells, "" where it tells none or none that differs."""
    told = str(span.value.get("purpose") or "")
    agent = str(span.value.get("agent" if span.label == "dose" else "normal") or "")
    written = document.reading[span.start : span.end] if span.label == "agent" else ""
    if not agent:
        return ""
    tried = studied.tries(agent) or studied.tries(written)
    if told == INDUCTION and tried:
        return TREATMENT
    if told == CARE or tried:
        return ""
    if expression("purposes", "agent-anaesthesia").search(agent):
        return CARE
    if expression("purposes", "agent-care").fullmatch(agent) and not _INFECTION.search(studied.title):
        around = document.block_at(span.start)
        block = document.reading[around.start : around.end] if around else document.reading
        asleep = expression("purposes", "agent-anaesthesia").search(block) or expression(
            "purposes", "act-anaesthesia"
        ).search(block)
        return CARE if asleep or _OPERATION.search(block) else ""
    if expression("purposes", "agent-gas").fullmatch(agent):
        near = document.reading[max(0, span.start - _NEAR) : span.end]
        return CARE if expression("purposes", "agent-anaesthesia").search(near) else ""
    return ""


def _studied(document: Document, spans: Sequence[Span]) -> Studied:
    title = next((document.reading[b.start : b.end] for b in document.blocks if b.kind == "title"), "")
    names = {str(s.value.get("normal") or "").casefold() for s in spans if s.label == "group" and _listed(s)}
    return Studied(title.casefold(), tuple(sorted(names)))


def _listed(span: Span) -> bool:
    """Tell whether the group is one that is treated."""
    return str(span.value.get("role") or "") not in ("control", "sham", "model")


def _holds(words: str, name: str) -> bool:
    return next(_places(words, name), None) is not None


def _places(words: str, name: str) -> Iterator[int]:
    """Yield where the name stands among the words as a whole."""
    at = words.find(name)
    while at >= 0:
        end = at + len(name)
        if not words[at - 1 : at].isalnum() and not words[end : end + 1].isalnum():
            yield at
        at = words.find(name, at + 1)
