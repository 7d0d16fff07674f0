"""Rules and reader together: who outvotes whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import reading
from vivex.assess.reading.sentence_reader import Gate, SentenceReader
from vivex.assess.weigh.votes import FAMILIES, MEANINGS, ballot, candidates, joined, likeness, read_scores, tally

WEIGHTS = {"score": 1.0, "rule": 2.0, "contrary": -1.0, "elsewhere": -1.0, "alone": -1.0, "bias": -1.0}
SENTENCE = reading("Rats were randomly allocated.")
RULE = Indication("sequence_generation", "randomised", "stated", 0.6, ((SENTENCE.start, SENTENCE.end),))


class Fixed(SentenceReader):
    """Give the scores that a test asks for, -9 for all other labels."""

    def scores(self, text: str) -> np.ndarray:
        return np.array([self.network.get(label, -9.0) for label in self.labels])  # type: ignore[attr-defined]


def reader(**scores: float) -> SentenceReader:
    given = {label.replace("plus", "+"): score for label, score in scores.items()}
    votes = dict.fromkeys(FAMILIES, WEIGHTS)
    return Fixed(tuple(MEANINGS), Gate({"random": 1.0}, 1.0), votes, given, None, "x")  # type: ignore[arg-type]


def said(found: Sequence[Indication]) -> list[tuple[str, str]]:
    return [(f.signal, f.answer) for f in found]


def test_a_rule_that_the_reader_contradicts_falls() -> None:
    assert joined([SENTENCE], [RULE], reader(), paper=False) == []


def test_a_rule_that_the_reader_doubts_stands() -> None:
    weak = Fixed(tuple(MEANINGS), Gate({}, 0.0), dict.fromkeys(FAMILIES, WEIGHTS), {"1?": -0.5}, None, "x")  # type: ignore[arg-type]
    assert joined([SENTENCE], [RULE], weak, paper=False) == [RULE]


def test_the_reader_finds_what_no_rule_found() -> None:
    (found,) = joined([SENTENCE], [], reader(**{"1plus": 3.0}), paper=False)
    assert (found.item, found.signal, found.answer) == ("sequence_generation", "random_component", "described")
    assert found.spans == ((SENTENCE.start, SENTENCE.end),)
    assert 0.4 < found.strength <= 0.9


def test_what_is_said_of_carers_and_assessors_is_said_of_the_experimenter() -> None:
    both = joined([SENTENCE], [], reader(**{"5plus": 3.0, "7plus": 3.0}), paper=False)
    assert [f.detail.get("who") for f in both] == ["experimenter", "experimenter"]
    (one,) = joined([SENTENCE], [], reader(**{"7plus": 3.0}), paper=False)
    assert "who" not in one.detail


def test_in_a_paper_the_gate_chooses() -> None:
    other = reading("Brains were frozen.", start=40, end=60)
    assert candidates([other, SENTENCE], reader(), paper=True) == [1]
    assert candidates([other, SENTENCE], reader(), paper=False) == [0, 1]


def test_in_a_paper_rules_stand_and_the_reader_must_be_surer() -> None:
    assert joined([SENTENCE], [RULE], reader(), paper=True) == [RULE]
    assert joined([SENTENCE], [], reader(**{"1plus": 1.5}), paper=True) == []
    assert said(joined([SENTENCE], [], reader(**{"1plus": 2.5}), paper=True)) == [("random_component", "described")]


def test_in_a_paper_a_sentence_is_read_too_where_a_rule_finds_likeness() -> None:
    other = reading("Weights were alike.", start=40, end=60)
    rule = Indication("baseline_characteristics", "similar", "yes", 0.8, ((40, 60),))
    assert set(read_scores([other, SENTENCE], [], reader(), paper=True)) == {1}
    assert set(read_scores([other, SENTENCE], [rule], reader(), paper=True)) == {0, 1}


def test_likeness_grows_with_each_sentence_that_may_tell_of_it() -> None:
    assert likeness({}) == 0.0
    assert likeness({3: {"2+": 0.0}}) == 0.5
    assert likeness({3: {"2+": 0.0}, 5: {"2+": 0.0}}) == 0.75
    assert likeness({3: {"2+": 0.0}, 5: {"2+": 12.0}}) == 1.0


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Two authors are employees of the maker.", "interest"),
        ("Dead mice were replaced.", "replaced"),
        ("Sera were pooled.", "pooled"),
        ("Every cell was a case.", "unit"),
    ],
)
def test_other_bias_is_told_apart(text: str, signal: str) -> None:
    (found,) = joined([reading(text)], [], reader(**{"10-": 4.0}), paper=False)
    assert found.signal == signal


@pytest.mark.parametrize(
    ("text", "signal"),
    [("Weight was a covariate.", "adjusted"), ("Weights were alike.", "similar"), ("Siblings served.", "matched")],
)
def test_likeness_is_told_apart(text: str, signal: str) -> None:
    assert said(joined([reading(text)], [], reader(**{"2plus": 4.0}), paper=False)) == [(signal, "yes")]


def test_what_clears_a_study_is_said_beside_what_a_rule_found() -> None:
    rule = Indication("other_bias", "interest", "none", 0.8, ((SENTENCE.start, SENTENCE.end),))
    assert said(joined([SENTENCE], [rule], reader(**{"10plus": 0.5}), paper=False)) == [
        ("interest", "none"),
        ("statement", "sound"),
    ]
    assert said(joined([SENTENCE], [], reader(**{"10plus": 0.5}), paper=False)) == []  # no rule hints at it
    assert said(joined([SENTENCE], [rule], reader(**{"10plus": 4.0}), paper=True)) == [("interest", "none")]


def test_votes_add_up() -> None:
    given = ballot([RULE], MEANINGS["1?"], SENTENCE, paper=True)
    assert given == {"rule": 1.0, "contrary": 0.0, "elsewhere": 0.0, "alone": 0.0, "bias": 1.0}
    assert tally(0.5, given, WEIGHTS) == 0.5 + 2.0 - 1.0
    alone = {name: ballot([], MEANINGS[name], SENTENCE, paper=True)["alone"] for name in ("S", "1?", "W")}
    assert alone["S"] > alone["1?"] > alone["W"] > 0
    assert ballot([], MEANINGS["1?"], SENTENCE, paper=False)["alone"] == 0


def test_each_meaning_is_a_question_of_the_policy() -> None:
    from vivex.annotation import REPORTING_ITEMS
    from vivex.assess.policy import QUESTIONS

    for meaning in MEANINGS.values():
        if meaning.item.startswith("reporting."):
            assert meaning.item.removeprefix("reporting.") in REPORTING_ITEMS
        else:
            assert {signal for signal, _ in meaning.favours} <= set(QUESTIONS[meaning.item]) | {"not_shown"}
