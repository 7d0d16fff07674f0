"""What the reader hears in a whole paper: how sure it must be, and that what it is sure of decides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rob_paper import paper

from vivex.assess.examine import examine
from vivex.assess.judge import judge
from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import reading
from vivex.assess.weigh.fitting import Answered
from vivex.assess.weigh.heard import MARGIN, SURE, Heard, believed, bounds, claim, hear, likeness
from vivex.assess.weigh.scorer import load
from vivex.assess.weigh.votes import FAMILIES, MEANINGS
from vivex.codebook import template
from vivex.models import shipped

WEIGHTS = {"score": 1.0, "rule": 2.0, "contrary": -1.0, "elsewhere": -3.0, "bias": -1.0}
VOTES = dict.fromkeys(FAMILIES, WEIGHTS)
LOST = reading("Four rats were missing at the end.", start=0, end=34)
LOSSES = "incomplete_outcome_data"


def scores(**given: float) -> dict[str, float]:
    return dict.fromkeys(MEANINGS, -9.0) | {label.replace("minus", "-"): score for label, score in given.items()}


def heard(label: str, held: float, seconded: str = "") -> Heard:
    meaning = MEANINGS[label]
    found = Indication(meaning.item, seconded or meaning.signal, meaning.answer, 0.9, ((0, 34),))
    return Heard(label, seconded, held, found)


def judged(**answers: str) -> dict[str, Answered]:
    return {f"syrcle.{item}": Answered(answer, ()) for item, answer in answers.items()}


def test_likeness_grows_with_each_sentence_that_may_tell_of_it() -> None:
    assert likeness({}) == 0.0
    assert likeness({3: {"2+": 0.0}}) == 0.5
    assert likeness({3: {"2+": 0.0}, 5: {"2+": 0.0}}) == 0.75
    assert likeness({3: {"2+": 0.0}, 5: {"2+": 12.0}}) == 1.0


def test_what_is_likelier_than_not_is_heard() -> None:
    (one,) = hear([LOST], [], {0: scores(**{"8minus": 4.0, "9minus": 0.5})}, VOTES)
    assert (one.label, one.seconded, one.held) == ("8-", "", 3.0)
    assert (one.finding.item, one.finding.signal, one.finding.spans) == (LOSSES, "losses", ((0, 34),))


@pytest.mark.parametrize("text", ["missing at the end of it.", "Four rats", "Rats that were missing at the"])
def test_of_a_piece_nothing_is_heard(text: str) -> None:
    assert list(hear([reading(text)], [], {0: scores(**{"8minus": 9.0})}, VOTES)) == []


def test_what_a_rule_decides_is_heard_only_where_items_are_weighed() -> None:
    lost = Indication(LOSSES, "losses", "unbalanced", 0.85, ((0, 34),))
    (one,) = hear([LOST], [lost], {0: scores(**{"8minus": 1.0})}, VOTES)
    assert (one.key, one.held, one.finding) == ("8- losses", 2.0, lost)
    drawn = Indication("sequence_generation", "random_component", "described", 0.9, ((0, 34),))
    assert list(hear([LOST], [drawn], {0: scores(**{"1+": 4.0})}, VOTES)) == []


def test_a_bound_is_what_papers_judged_otherwise_reach() -> None:
    papers = [[heard("8-", 1.5), heard("8-", 0.3)], [heard("8-", 4.0)], [heard("8-", 6.0)]]
    found = bounds(papers, [judged(incomplete_outcome_data="low"), judged(incomplete_outcome_data="high"), {}])
    assert found["8-"] == 1.5
    assert found["8- losses"] == found["7+"] == 0.0
    assert bounds(papers, [{}, {}, {}], {"8-": 3.0})["8-"] == 3.0


def test_what_is_surer_than_its_bound_is_believed() -> None:
    given = [heard("8-", 2.0 + MARGIN), heard("8-", 1.9 + MARGIN), heard("9-", 9.0)]
    (one,) = believed(given, {"8-": 2.0})
    assert (one.item, one.detail) == (LOSSES, {SURE: True})


def test_what_is_believed_of_carers_and_assessors_is_said_of_the_experimenter() -> None:
    both = believed([heard("5+", 3.0), heard("7+", 3.0)], {"5+": 0.0, "7+": 0.0})
    assert [f.detail for f in both] == [{SURE: True, "who": "experimenter"}] * 2


def test_each_label_claims_something() -> None:
    assert claim("8-") == ("syrcle.incomplete_outcome_data", "high")
    assert claim("7+") == ("syrcle.blinding_outcome_assessors", "low")
    assert claim("1?") == ("reporting.randomisation", "stated")
    assert claim("S0") == ("reporting.sample_size_calculation", "not stated")
    assert claim("W") == ("reporting.animal_welfare", "stated")


def test_what_is_believed_decides_a_weighed_item_and_is_quoted() -> None:
    model = load(shipped() / "rob")
    bare = examine(paper())
    place = next((r.start, r.end) for r in bare.readings if r.raw.startswith("Serum IL-6 and"))
    found = Indication(LOSSES, "losses", "unexplained", 0.9, (place,), "read as: losses unexplained")
    given = replace(bare, heard=(Heard("8-", "", 9.0, found),))
    annotations = judge(given, template("invivo"), replace(model, sure={"8-": 2.0}))
    (judgement,) = [a for a in annotations if a.label == f"syrcle.{LOSSES}"]
    assert judgement.value["judgement"] == "high"
    assert judgement.value["rule"] == "animals missing without a reason → high"
    assert judgement.evidence[0].start == place[0]
    (before,) = [a for a in judge(bare, template("invivo"), model) if a.label == f"syrcle.{LOSSES}"]
    assert before.value["judgement"] != "high"
