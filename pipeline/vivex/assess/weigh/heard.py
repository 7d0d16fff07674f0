"""What the reader hears in a whole paper, and how sure it must be to be believed there.

A paper has hundreds of sentences, and some seem to say something. So each label has a bound, learnt from judged papers:
what the surest sentence reached in any that people judged otherwise. What is surer than that is believed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.weigh.votes import MEANINGS, indication, tallies, told_apart

DIGITS = 4  # of a probability that something is decided on: processors differ in the last ones
MARGIN = 1.0  # log odds by which a sentence must be surer than the bound (benchmarks/sentences.md)
LEAST = {"S": 2.0, "S0": 2.0}  # bounds that no paper lowers: numbers and tests are told of everywhere
SURE = "sure"  # detail of a finding that is believed in a whole paper


@dataclass(frozen=True, slots=True)
class Heard:
    """Hold a label that a sentence of a paper seems to have, and the sum of the votes for it (log odds).

    `seconded` is the question that a rule answers alike in the sentence, "" where the reader hears it alone.
    """

    label: str
    seconded: str
    held: float
    finding: Indication

    @property
    def key(self) -> str:
        """Return what its bound is known by."""
        return f"{self.label} {self.seconded}".rstrip()


def hear(
    readings: Sequence[FoldedSentence],
    findings: Sequence[Indication],
    scores: Mapping[int, Mapping[str, float]],
    votes: Mapping[str, Mapping[str, float]],
) -> Iterator[Heard]:
    """Yield what rules and reader together hold of a paper's sentences, but for what a rule by itself decides.

    Of what is no sentence (a heading, a line of a table, a piece that an extraction cut off) nothing is heard.
    """
    whole = {place: said for place, said in scores.items() if readings[place].is_whole}
    for place, label, exact, rules in tallies(readings, findings, whole, votes):
        held = round(exact, DIGITS)
        if held < 0 or (rules and not MEANINGS[label].weighed):
            continue
        said = max(rules, key=lambda f: f.strength, default=None)
        found = said or indication(readings[place], label, held)
        yield Heard(label, said.signal if said else "", held, found)


def likeness(scores: Mapping[int, Mapping[str, float]]) -> float:
    """Return the probability that a sentence tells of groups alike at baseline, each taken by itself."""
    none = math.prod(1 / (1 + math.exp(said["2+"])) for said in scores.values())
    return round(1 - none, DIGITS)


class Judged(Protocol):
    """Give what people decided: a judgement, "stated" or "not stated"."""

    @property
    def answer(self) -> str: ...


def bounds(
    papers: Sequence[Sequence[Heard]],
    decided: Sequence[Mapping[str, Judged]],
    least: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Return each bound: the highest sum in papers judged otherwise, or `least`.

    `decided` holds by target what people decided of each paper; where they didn't, a paper tells nothing.
    """
    found = dict.fromkeys(_keys(), 0.0) | LEAST | dict(least or {})
    for heard, decisions in zip(papers, decided, strict=True):
        for one in heard:
            target, answer = claim(one.label)
            if target in decisions and decisions[target].answer != answer:
                found[one.key] = max(found[one.key], one.held)
    return found


def _keys() -> Iterator[str]:
    for label, meaning in MEANINGS.items():
        yield label
        if meaning.weighed:
            yield from sorted({f"{label} {signal}" for signal, _ in meaning.favours})


def claim(label: str) -> tuple[str, str]:
    """Return the target that a label speaks of, and what it makes of it."""
    if label == "1?":
        return "reporting.randomisation", "stated"
    item = MEANINGS[label].item
    if item.startswith("reporting."):
        return item, "not stated" if MEANINGS[label].answer == "no" else "stated"
    return f"syrcle.{item}", "low" if label.endswith("+") else "high"


def believed(heard: Sequence[Heard], sure: Mapping[str, float]) -> list[Indication]:
    """Return the findings that are surer than their bound; what has no bound is never believed."""
    by_span: dict[tuple[tuple[int, int], ...], list[Indication]] = defaultdict(list)
    for one in heard:
        if one.held >= sure.get(one.key, math.inf) + MARGIN:
            by_span[one.finding.spans].append(replace(one.finding, detail={SURE: True}))
    return [finding for found in by_span.values() for finding in told_apart(found)]
