"""Rules and reader together: each finding of a rule is a vote, the reader's score another; their sum decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.sentence_reader import Gate, SentenceReader
from vivex.assess.weigh.ranking import RANKED

READ = "read as: "


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

    @property
    def favours(self) -> tuple[tuple[str, str], ...]:
        """Return the answers of rules that say the same."""
        return self.votes or ((self.signal, self.answer),)

    @property
    def weighed(self) -> bool:
        """Tell whether the item is weighed over whole papers, so that a rule by itself doesn't decide it there."""
        return self.item in RANKED


_BASELINE = (("similar", "yes"), ("adjusted", "yes"), ("matched", "yes"))
_LOSSES = tuple(("losses", answer) for answer in ("unbalanced", "unexplained", "outcome_related"))
_KEPT = (("all_included", "yes"), ("losses", "explained"), ("numbers", "agree"))
_STAKES = (("interest", "stake"), ("unit", "parts"), ("replaced", "yes"), ("pooled", "yes"))
_SOUND = (("interest", "none"), ("unit", "animal"), ("funding", "public"))


def _stated(item: str, why: str, answer: str = "yes") -> Meaning:
    return Meaning(f"reporting.{item}", "stated", answer, why, "stated")


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
        "2+": Meaning("baseline_characteristics", "matched", "yes", "similar, matched or adjusted", votes=_BASELINE),
        "2-": Meaning(
            "baseline_characteristics", "similar", "imbalanced", "an imbalance at baseline", contrary=_BASELINE
        ),
        "3+": Meaning("allocation_concealment", "concealed", "yes", "allocation concealed"),
        "3-": Meaning("allocation_concealment", "foreseeable", "yes", "allocation known in advance"),
        "4+": Meaning("random_housing", "random_placement", "yes", "placed at random, rotated or mixed"),
        "4-": Meaning("random_housing", "groups_apart", "yes", "groups kept apart"),
        "8+": Meaning("incomplete_outcome_data", "all_included", "yes", "all accounted for", "whole", _KEPT, _LOSSES),
        "8-": Meaning(
            "incomplete_outcome_data",
            "losses",
            "unexplained",
            "losses unexplained, unbalanced or related to the outcome",
            "whole",
            (*_LOSSES, ("numbers", "mismatch")),
            _KEPT,
        ),
        "9+": Meaning("selective_outcome_reporting", "all_reported", "yes", "outcomes planned and reported", "whole"),
        "9-": Meaning("selective_outcome_reporting", "all_reported", "no", "an outcome not shown", "whole"),
        "10+": Meaning(
            "other_bias",
            "cleared",
            "yes",
            "no stake, or a clear unit",
            "whole",
            contrary=_STAKES,
            hints=_SOUND,
        ),
        "10-": Meaning("other_bias", "unit", "parts", "a stake or a wrong unit", "whole", _STAKES),
        "8e": _stated("exclusions", "exclusions or losses"),
        "I": _stated("conflict_of_interest", "an interest statement"),
        "S": _stated("sample_size_calculation", "a sample size calculation"),
        "S0": _stated("sample_size_calculation", "no sample size calculation", "no"),
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


def candidates(
    readings: Sequence[FoldedSentence], findings: Sequence[Indication], gate: Gate, *, paper: bool
) -> list[int]:
    """Return the places of the sentences to be read.

    Of a paper these are its own ones that the gate lets through or where a rule finds groups to be alike or not.
    """
    if not paper:
        return list(range(len(readings)))
    ruled = {span for f in findings if f.item == MEANINGS["2+"].item for span in f.spans}
    return [
        i
        for i, r in enumerate(readings)
        if r.kind != "table" and r.own and ((r.start, r.end) in ruled or gate.opens(r.with_heading))
    ]


def read_scores(
    readings: Sequence[FoldedSentence], places: Sequence[int], reader: SentenceReader
) -> dict[int, dict[str, float]]:
    """Return the reader's scores of the sentences at these places, by place and label."""
    return {i: dict(zip(reader.labels, reader.scores(readings[i].with_heading).tolist(), strict=True)) for i in places}


def joined(
    readings: Sequence[FoldedSentence],
    findings: Sequence[Indication],
    scores: Mapping[int, Mapping[str, float]],
    votes: Mapping[str, Mapping[str, float]],
) -> list[Indication]:
    """Return the findings that rules and reader together hold of a short text: the rules' first, then the reader's own.

    `scores` are the reader's by place and label, `votes` the weights of each family's votes.
    """
    outvoted: set[int] = set()
    found: dict[int, list[Indication]] = defaultdict(list)
    for place, label, held, said in tallies(readings, findings, scores, votes):
        if held < 0:
            outvoted |= {id(f) for f in said}
        elif not said:
            found[place].append(indication(readings[place], label, held))
    new = [finding for here in found.values() for finding in told_apart(here)]
    return [*(f for f in findings if id(f) not in outvoted), *new]


def tallies(
    readings: Sequence[FoldedSentence],
    findings: Sequence[Indication],
    scores: Mapping[int, Mapping[str, float]],
    votes: Mapping[str, Mapping[str, float]],
) -> Iterator[tuple[int, str, float, list[Indication]]]:
    """Yield, for each sentence that was read and each label, its place, the sum of the votes, and the rules' for it."""
    for place, here in by_place(readings, findings, scores).items():
        for label, meaning in MEANINGS.items():
            held = tally(scores[place][label], ballot(here, meaning, readings[place]), votes[meaning.family])
            said = [f for f in here if f.item == meaning.item and (f.signal, f.answer) in meaning.favours]
            yield place, label, held, said


def by_place(
    readings: Sequence[FoldedSentence], findings: Sequence[Indication], scores: Mapping[int, Mapping[str, float]]
) -> dict[int, list[Indication]]:
    """Return, for each sentence that was read, what rules found in it."""
    by_span: dict[tuple[int, int], list[Indication]] = defaultdict(list)
    for finding in findings:
        by_span[finding.spans[0]].append(finding)
    return {i: by_span[readings[i].start, readings[i].end] for i in scores}


def ballot(here: Sequence[Indication], meaning: Meaning, reading: FoldedSentence) -> dict[str, float]:
    """Return what besides the score has a vote on a label: rules for and against it, and what the sentence is about."""
    answers = {(f.signal, f.answer) for f in here if f.item == meaning.item}
    return {
        "rule": float(bool(answers & {*meaning.favours, *meaning.hints})),
        "contrary": float(bool(answers & set(meaning.contrary))),
        "elsewhere": float(not reading.own),
        "bias": 1.0,
    }


def tally(score: float, said: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Return the sum of the votes (log odds); the label holds from 0."""
    return weights["score"] * score + sum(weights[name] * value for name, value in said.items())


def indication(reading: FoldedSentence, label: str, held: float) -> Indication:
    """Return what a label of a sentence says as a finding; `held` is the sum of its votes."""
    meaning = MEANINGS[label]
    closer = (rest for words, *rest in _KINDS.get(label, ()) if any(w in reading.text for w in words))
    signal, answer = next(closer, (meaning.signal, meaning.answer))
    strength = round(min(0.9, 0.4 + held / 8), 3)
    return Indication(meaning.item, signal, answer, strength, ((reading.start, reading.end),), READ + meaning.why)


def told_apart(found: Sequence[Indication]) -> list[Indication]:
    """Return the findings of a sentence; one that says the same of carers and assessors speaks of the experimenter."""
    answers = {(f.item, f.answer) for f in found}
    carers, assessors = "blinding_caregivers", "blinding_outcome_assessors"
    both = {a for item, a in answers if item == carers and (assessors, a) in answers}
    return [
        replace(f, detail={**f.detail, "who": "experimenter"})
        if f.item in (carers, assessors) and f.answer in both
        else f
        for f in found
    ]
