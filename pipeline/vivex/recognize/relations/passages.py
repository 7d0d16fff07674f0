"""Passages: a sentence as the bindings see it, and the lists that give each of several amounts its own agent."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivex.document import Document
from vivex.recognize.relations.clauses import Sentence, by_sentence, turns
from vivex.recognize.relations.given import Given, agents_given
from vivex.recognize.spans import Span

CITED = re.compile(r"\s?\[[\d\s,;\u2013-]*\]|\s?\(\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3})*\)(?!\s?(?:mg|g|ml))")
LIST = re.compile(r"[\s,;/(]*(?:and|or|to|&|then|versus|vs\.?)?[\s,]*")
OPENED = re.compile(
    r"(?:\s(?!and|or|at|in|was|were)[a-z]+){0,2}\s?[(\[](?:[^()]*[,;:]\s?)?(?:at\s)?(?:(?:a\s)?doses?\sof\s)?"
)
STEP = re.compile(r";")
VALUE_BREAK = re.compile(r"(?:\s?/\s?|,\s?(?:and|or)?\s?|\s(?:and|or|&)\s)(?=\d)")
_RESPECTIVELY = re.compile(r"\brespectively\b|\bresp\.")
_LISTED_AGENTS = re.compile(
    r"\s?(?:[/+,\u2013-]|,?\s?and\s|,?\s?or\s|,?\s?plus\s)\s?|\s?\([^()]{1,12}\)\s?(?:[/+,]|,?\s?and\s|,?\s?or\s)\s?"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Hold a sentence as the bindings see it: its doses, agents, routes and schedules, and where its clauses begin."""

    sentence: Sentence
    doses: tuple[Span, ...]
    agents: tuple[Given, ...]
    routes: tuple[Span, ...]
    schedules: tuple[Span, ...]
    begins: tuple[int, ...]

    def clause(self, offset: int) -> int:
        """Return the number of the clause that holds the place."""
        return sum(b <= offset for b in self.begins)


def passages_of(document: Document, spans: Sequence[Span]) -> Iterator[Passage]:
    """Yield the sentences with what is given in them."""
    wanted = [s for s in spans if s.label in ("dose", "agent", "route", "schedule", "cell")]
    for sentence in by_sentence(document, wanted):
        parts = {
            label: tuple(s for s in sentence.inside if s.label == label)
            for label in ("dose", "agent", "route", "schedule")
        }
        agents = (
            tuple(agents_given(document.reading, sentence, parts["agent"], parts["dose"]))
            if sentence.inside or parts["dose"]
            else ()
        )
        begins = tuple(turns(document.reading, sentence.start, sentence.end)) if parts["dose"] else (sentence.start,)
        yield Passage(sentence, parts["dose"], agents, parts["route"], parts["schedule"], begins)


def without(text: str, begin: int, end: int, doses: Sequence[Span]) -> str:
    """Return the words between two places without the doses and the numbers of citations among them."""
    out, at = [], begin
    for dose in doses:
        if begin <= dose.start and dose.end <= end:
            out.append(text[at : dose.start])
            at = dose.end
    out.append(text[at:end])
    return CITED.sub("", "".join(out))


def one_by_one(text: str, passage: Passage) -> dict[int, list[Given]]:
    """Return the agents of the doses that are told one by one, by where each dose begins.

    "A, B and C at 5, 10 and 20 mg/kg, respectively" and "A/B (100/10 mg/kg)" give one dose several agents; "A and B
    at 5 mg/kg and 10 mg/kg, respectively" gives each dose its own.
    """
    found: dict[int, list[Given]] = {}
    runs = list(_runs(text, [a for a in passage.agents if not a.solvent]))
    for dose in passage.doses:
        written = text[dose.start : dose.end]
        amounts = VALUE_BREAK.split(written)
        before = [r for r in runs if r[-1].end <= dose.start and len(r) == len(amounts)]
        if len(amounts) > 1 and before:
            between = CITED.sub("", text[before[-1][-1].end : dose.start])
            told = _RESPECTIVELY.search(text, dose.end, min(passage.sentence.end, dose.end + 160))
            mixed = "/" in written[: written.find(amounts[-1])] and OPENED.fullmatch(between)
            if (told and not STEP.search(between)) or mixed:
                found[dose.start] = before[-1]
    for run in runs if _RESPECTIVELY.search(text, passage.sentence.start, passage.sentence.end) else ():
        after = [d for d in passage.doses if d.start >= run[-1].end][: len(run)]
        if len(after) == len(run) > 1 and all(
            LIST.fullmatch(text[a.end : b.start]) for a, b in itertools.pairwise(after)
        ):
            for dose, agent in zip(after, run, strict=True):
                found.setdefault(dose.start, [agent])
    return found


def _runs(text: str, agents: Sequence[Given]) -> Iterator[list[Given]]:
    """Yield the agents that are listed together, two or more."""
    run: list[Given] = []
    for agent in agents:
        if run and not _LISTED_AGENTS.fullmatch(text[run[-1].end : agent.start]):
            if len(run) > 1:
                yield run
            run = []
        run.append(agent)
    if len(run) > 1:
        yield run
