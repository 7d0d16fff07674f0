"""Rules and reader together: each finding of a rule is a vote, the reader's score another; their sum decides."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.sentence_reader import SentenceReader

_READ = "read as: "
DIGITS = 4  # of a probability that something is decided on: processors differ in the last ones


@dataclass(frozen=True, slots=True)
class Meaning:
    """Say what a label of a sentence answers: item, question, answer; which answers of rules vote for it, and against.

    `family` names the labels that share the weights of the votes.
    """

    item: str
    signal: str
    answer: str
    why: str
    family: str = "decisive"
    votes: tuple[tuple[str, str], ...] = ()
    contrary: tuple[tuple[str, str], ...] = ()
    hints: tuple[tuple[str, str], ...] = ()  # answers that vote for it too, and by themselves don't decide
    paper: bool = True  # whether it is joined in whole papers too, where weighings decide what is not
    doubt: float = 5 / 6  # share of the vote against what the reader alone finds in a paper (benchmarks/sentences.md)

    @property
    def favours(self) -> tuple[tuple[str, str], ...]:
        """Return the answers of rules that say the same."""
        return self.votes or ((self.signal, self.answer),)


_BASELINE = (("similar", "yes"), ("adjusted", "yes"), ("matched", "yes"))
_LOSSES = tuple(("losses", answer) for answer in ("unbalanced", "unexplained", "outcome_related"))
_KEPT = (("all_included", "yes"), ("losses", "explained"), ("numbers", "agree"))
_STAKES = (("interest", "stake"), ("unit", "parts"), ("replaced", "yes"), ("pooled", "yes"))
_SOUND = (("interest", "none"), ("unit", "animal"), ("funding", "public"))


def _stated(item: str, why: str, answer: str = "yes", *, doubt: float = 1 / 3) -> Meaning:
    return Meaning(f"reporting.{item}", "stated", answer, why, "stated", doubt=doubt)


def _two_sided(item: str, signal: str, yes: str, no: str, denied: str = "no") -> tuple[Meaning, Meaning]:
    """Return the meanings of the labels + and - of an item that one question decides."""
    return (
        Meaning(item, signal, "yes", yes, contrary=((signal, denied),)),
        Meaning(item, signal, denied, no, contrary=((signal, "yes"),)),
    )


def _meanings() -> dict[str, Meaning]:
    sequence = "sequence_generation"
    out = {
        "1+": Meaning(sequence, "random_component", "described", "a random component"),
        "1-": Meaning(sequence, "non_random_rule", "stated", "a rule that is not random"),
        "1?": Meaning(sequence, "randomised", "stated", "allocated at random"),
        "1n": Meaning(sequence, "randomised", "denied", "stated not to be randomised"),
        "2+": Meaning(
            "baseline_characteristics", "matched", "yes", "similar, matched or adjusted", votes=_BASELINE, paper=False
        ),
        "2-": Meaning(
            "baseline_characteristics",
            "similar",
            "imbalanced",
            "an imbalance at baseline",
            contrary=_BASELINE,
            paper=False,
        ),
        "3+": Meaning("allocation_concealment", "concealed", "yes", "allocation concealed"),
        "3-": Meaning("allocation_concealment", "foreseeable", "yes", "allocation known in advance"),
        "4+": Meaning("random_housing", "random_placement", "yes", "placed at random, rotated or mixed"),
        "4-": Meaning("random_housing", "groups_apart", "yes", "groups kept apart"),
        "8+": Meaning(
            "incomplete_outcome_data", "all_included", "yes", "all accounted for", "whole", _KEPT, _LOSSES, paper=False
        ),
        "8-": Meaning(
            "incomplete_outcome_data",
            "losses",
            "unexplained",
            "losses unexplained, unbalanced or related to the outcome",
            "whole",
            (*_LOSSES, ("numbers", "mismatch")),
            _KEPT,
            paper=False,
        ),
        "9+": Meaning(
            "selective_outcome_reporting", "all_reported", "yes", "outcomes planned and reported", "whole", paper=False
        ),
        "9-": Meaning(
            "selective_outcome_reporting", "all_reported", "no", "an outcome not shown", "whole", paper=False
        ),
        "10+": Meaning(
            "other_bias",
            "statement",
            "sound",
            "no stake, or a clear unit",
            "whole",
            contrary=_STAKES,
            paper=False,
            hints=_SOUND,
        ),
        "10-": Meaning("other_bias", "unit", "parts", "a stake or a wrong unit", "whole", _STAKES, paper=False),
        "8e": _stated("exclusions", "exclusions or losses"),
        "I": _stated("conflict_of_interest", "an interest statement"),
        "S": _stated("sample_size_calculation", "a sample size calculation", doubt=1),
        "S0": _stated("sample_size_calculation", "no sample size calculation", "no", doubt=1),
        "W": _stated("animal_welfare", "ethics or welfare"),
        "T": _stated("temperature_or_housing", "housing conditions"),
    }
    out["5+"], out["5-"] = _two_sided(
        "blinding_caregivers", "caregivers_blind", "those who treat or care are blind", "those who treat are not blind"
    )
    out["6+"], out["6-"] = _two_sided(
        "random_outcome_assessment", "random_selection", "picked or ordered at random", "an order not random", "denied"
    )
    out["7+"], out["7-"] = _two_sided(
        "blinding_outcome_assessors", "assessors_blind", "those who measure are blind", "those who measure aren't blind"
    )
    return out


MEANINGS: Mapping[str, Meaning] = _meanings()
FAMILIES = ("decisive", "whole", "stated")
# What a sentence of a label speaks of more closely, by the first words that it holds: question and answer
_KINDS: Mapping[str, tuple[tuple[tuple[str, ...], str, str], ...]] = {
    "2+": (
        (("covaria", "adjust", "ancova", "correct"), "adjusted", "yes"),
        (("similar", "compar", "differ", "equal", "alike", "identical", "baseline"), "similar", "yes"),
    ),
    "10-": (
        (
            ("employ", "patent", "share", "stock", "fund", "sponsor", "paid", "royalt", "fee", "compan"),
            "interest",
            "stake",
        ),
        (("replac",), "replaced", "yes"),
        (("pool",), "pooled", "yes"),
    ),
}


def candidates(readings: Sequence[FoldedSentence], reader: SentenceReader, *, paper: bool) -> list[int]:
    """Return the places of the sentences to be read: of a paper its own ones that the gate lets through."""
    if not paper:
        return list(range(len(readings)))
    return [i for i, r in enumerate(readings) if r.kind != "table" and r.own and reader.gate.opens(r.with_heading)]


def read_scores(
    readings: Sequence[FoldedSentence], findings: Sequence[Indication], reader: SentenceReader, *, paper: bool
) -> dict[int, dict[str, float]]:
    """Return the reader's scores by place and label; of a paper also where a rule finds groups to be alike or not."""
    places = set(candidates(readings, reader, paper=paper))
    if paper:
        ruled = {span for f in findings if f.item == MEANINGS["2+"].item for span in f.spans}
        places |= {i for i, r in enumerate(readings) if r.kind != "table" and r.own and (r.start, r.end) in ruled}
    return {
        i: dict(zip(reader.labels, reader.scores(readings[i].with_heading).tolist(), strict=True))
        for i in sorted(places)
    }


def likeness(scores: Mapping[int, Mapping[str, float]]) -> float:
    """Return the probability that a sentence tells of groups alike at baseline, each taken by itself."""
    none = math.prod(1 / (1 + math.exp(said["2+"])) for said in scores.values())
    return round(1 - none, DIGITS)


def joined(
    readings: Sequence[FoldedSentence],
    findings: Sequence[Indication],
    reader: SentenceReader,
    *,
    paper: bool,
    scores: Mapping[int, Mapping[str, float]] | None = None,
) -> list[Indication]:
    """Return the findings that rules and reader together hold: the rules' first, then the reader's own.

    In whole papers a rule's finding stands whatever the reader says: on gold/studies four of five that it would have
    outvoted there agree with the annotators (benchmarks/sentences.md).
    """
    if scores is None:
        scores = read_scores(readings, findings, reader, paper=paper)
    by_place: dict[tuple[int, int], list[Indication]] = defaultdict(list)
    for finding in findings:
        by_place[finding.spans[0]].append(finding)
    outvoted: set[int] = set()
    new: list[Indication] = []
    for i in candidates(readings, reader, paper=paper):
        reading = readings[i]
        here = by_place[reading.start, reading.end]
        said_of = scores[i]
        found: list[Indication] = []
        for label, meaning in MEANINGS.items():
            if paper and not meaning.paper:
                continue
            held = tally(said_of[label], ballot(here, meaning, reading, paper=paper), reader.votes[meaning.family])
            said = [f for f in here if f.item == meaning.item and (f.signal, f.answer) in meaning.favours]
            if held < 0 and not paper:
                outvoted |= {id(f) for f in said}
            elif held >= 0 and not said:
                found.append(_indication(reading, label, held))
        new += _told_apart(found)
    return [*(f for f in findings if id(f) not in outvoted), *new]


def ballot(here: Sequence[Indication], meaning: Meaning, reading: FoldedSentence, *, paper: bool) -> dict[str, float]:
    """Return what besides the score has a vote on a label: rules for and against it, and what the sentence is about."""
    answers = {(f.signal, f.answer) for f in here if f.item == meaning.item}
    seconded = bool(answers & {*meaning.favours, *meaning.hints})
    return {
        "rule": float(seconded),
        "contrary": float(bool(answers & set(meaning.contrary))),
        "elsewhere": float(not reading.own),
        "alone": meaning.doubt * (paper and not seconded),  # of hundreds of sentences some seem to say something
        "bias": 1.0,
    }


def tally(score: float, said: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the sum of the votes (log odds); the label holds from 0."""
    return weights["score"] * score + sum(weights[name] * value for name, value in said.items())


def _indication(reading: FoldedSentence, label: str, held: float) -> Indication:
    meaning = MEANINGS[label]
    closer = (rest for words, *rest in _KINDS.get(label, ()) if any(w in reading.text for w in words))
    signal, answer = next(closer, (meaning.signal, meaning.answer))
    strength = round(min(0.9, 0.4 + held / 8), 3)
    return Indication(meaning.item, signal, answer, strength, ((reading.start, reading.end),), _READ + meaning.why)


def _told_apart(found: Sequence[Indication]) -> list[Indication]:
    """Return the findings of a sentence; one that says the same of carers and assessors speaks of the experimenter."""
    answers = {(f.item, f.answer) for f in found}
    carers, assessors = "blinding_caregivers", "blinding_outcome_assessors"
    both = {a for item, a in answers if item == carers and (assessors, a) in answers}
    return [
        replace(f, detail={"who": "experimenter"}) if f.item in (carers, assessors) and f.answer in both else f
        for f in found
    ]
