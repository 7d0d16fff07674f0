"""Rules and reader together: who outvotes whom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence, reading
from vivex.assess.reading.sentence_reader import Gate, SentenceReader
from vivex.assess.weigh.votes import FAMILIES, MEANINGS, ballot, candidates, joined, read_scores, tally

WEIGHTS = {"score": 1.0, "rule": 2.0, "contrary": -1.0, "elsewhere": -1.0, "bias": -1.0}
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


def together(
    readings: Sequence[FoldedSentence], rules: Sequence[Indication], given: SentenceReader
) -> list[Indication]:
    return joined(readings, rules, read_scores(readings, range(len(readings)), given), given.votes)


def said(found: Sequence[Indication]) -> list[tuple[str, str]]:
    return [(f.signal, f.answer) for f in found]


def test_a_rule_that_the_reader_contradicts_falls() -> None:
    assert together([SENTENCE], [RULE], reader()) == []


def test_a_rule_that_the_reader_doubts_stands() -> None:
    weak = Fixed(tuple(MEANINGS), Gate({}, 0.0), dict.fromkeys(FAMILIES, WEIGHTS), {"1?": -0.5}, None, "x")  # type: ignore[arg-type]
    assert together([SENTENCE], [RULE], weak) == [RULE]


def test_the_reader_finds_what_no_rule_found() -> None:
    (found,) = together([SENTENCE], [], reader(**{"1plus": 3.0}))
    assert (found.item, found.signal, found.answer) == ("sequence_generation", "random_component", "described")
    assert found.spans == ((SENTENCE.start, SENTENCE.end),)
    assert 0.4 < found.strength <= 0.9


def test_what_is_said_of_carers_and_assessors_is_said_of_the_experimenter() -> None:
    both = together([SENTENCE], [], reader(**{"5plus": 3.0, "7plus": 3.0}))
    assert [f.detail.get("who") for f in both] == ["experimenter", "experimenter"]
    (one,) = together([SENTENCE], [], reader(**{"7plus": 3.0}))
    assert "who" not in one.detail


def test_in_a_paper_the_gate_chooses() -> None:
    other = reading("Brains were frozen.", start=40, end=60)
    assert candidates([other, SENTENCE], [], reader().gate, paper=True) == [1]
    assert candidates([other, SENTENCE], [], reader().gate, paper=False) == [0, 1]


def test_in_a_paper_a_sentence_is_read_too_where_a_rule_finds_likeness() -> None:
    other = reading("Weights were alike.", start=40, end=60)
    rule = Indication("baseline_characteristics", "similar", "yes", 0.8, ((40, 60),))
    assert candidates([other, SENTENCE], [], reader().gate, paper=True) == [1]
    assert candidates([other, SENTENCE], [rule], reader().gate, paper=True) == [0, 1]


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
    (found,) = together([reading(text)], [], reader(**{"10-": 4.0}))
    assert found.signal == signal


@pytest.mark.parametrize(
    ("text", "signal"),
    [("Weight was a covariate.", "adjusted"), ("Weights were alike.", "similar"), ("Siblings served.", "matched")],
)
def test_likeness_is_told_apart(text: str, signal: str) -> None:
    assert said(together([reading(text)], [], reader(**{"2plus": 4.0}))) == [(signal, "yes")]


def test_what_clears_a_study_is_said_beside_what_a_rule_found() -> None:
    rule = Indication("other_bias", "interest", "none", 0.8, ((SENTENCE.start, SENTENCE.end),))
    assert said(together([SENTENCE], [rule], reader(**{"10plus": 0.5}))) == [
        ("interest", "none"),
        ("cleared", "yes"),
    ]
    assert said(together([SENTENCE], [], reader(**{"10plus": 0.5}))) == []  # no rule hints at it


def test_votes_add_up() -> None:
    given = ballot([RULE], MEANINGS["1?"], SENTENCE)
    assert given == {"rule": 1.0, "contrary": 0.0, "elsewhere": 0.0, "bias": 1.0}
    assert tally(0.5, given, WEIGHTS) == 0.5 + 2.0 - 1.0


def test_each_meaning_is_a_question_of_the_policy() -> None:
    from vivex.annotation import REPORTING_ITEMS
    from vivex.assess.policy import QUESTIONS

    for meaning in MEANINGS.values():
        if meaning.item.startswith("reporting."):
            assert meaning.item.removeprefix("reporting.") in REPORTING_ITEMS
        else:
            assert {signal for signal, _ in meaning.favours} <= set(QUESTIONS[meaning.item]) | {"not_shown"}
