"""Studies and new questions are handed out; what somebody leaves is awaited no more."""

from __future__ import annotations

from answers import STUDY, answer_all, ask_more, say

from vivex.people.assign import assigned
from vivex.people.hand_out import hand_out, hand_out_fields
from vivex.people.resolve import resolved
from vivex.review import Review


def states(review: Review) -> dict[str, str]:
    """Return where each label stands."""
    return {i.label: i.state for i in resolved(review)}


def test_an_answer_is_none_until_all_to_whom_it_is_handed_gave_theirs(review: Review) -> None:
    hand_out(review, ["mk", "th"], studies=[STUDY])
    say(review, "mk", "form.dose", "10 mg/kg")
    (item,) = resolved(review)
    assert (item.state, item.settled, item.annotations) == ("awaited", False, ())
    say(review, "th", "form.dose", "10 mg/kg")
    assert states(review) == {"form.dose": "unanimous"}
    say(review, "th", "form.dose", "20 mg/kg")
    assert states(review) == {"form.dose": "conflict"}


def test_one_reviewer_a_study_settles_alone(review: Review) -> None:
    hand_out(review, ["mk"], studies=[STUDY], per_study=1)
    say(review, "mk", "form.dose", "10 mg/kg")
    assert states(review) == {"form.dose": "single"}


def test_of_who_leaves_no_answer_is_awaited_and_another_is_handed_the_study(review: Review) -> None:
    hand_out(review, ["mk", "th"], studies=[STUDY, "bell-2020"])
    for who in ("mk", "th"):
        say(review, who, "form.sex", "male")
    say(review, "mk", "form.dose", "10 mg/kg")
    done = hand_out(review, ["mk", "xy"], studies=[STUDY, "bell-2020"], leaves="th")
    assert done.back == ("bell-2020",)
    assert [(a.study, a.reviewer) for a in done.new] == [(STUDY, "xy"), ("bell-2020", "xy")]
    assert [a.left for a in assigned(review) if a.reviewer == "th"] == [True]
    assert states(review) == {"form.sex": "awaited", "form.dose": "awaited"}
    say(review, "xy", "form.sex", "male")
    say(review, "xy", "form.dose", "10 mg/kg")
    assert states(review) == {"form.sex": "unanimous", "form.dose": "unanimous"}


def test_who_leaves_when_done_is_one_of_the_studys_reviewers(review: Review) -> None:
    hand_out(review, ["mk", "th"], studies=[STUDY])
    answer_all(review, "th")
    assert hand_out(review, ["mk", "xy"], studies=[STUDY], leaves="th").new == ()
    assert [a.left for a in assigned(review)] == [False, False]


def test_a_new_question_goes_to_those_who_hold_studies_once(review: Review) -> None:
    hand_out(review, ["mk", "th"])
    ask_more(review)
    assert {a.reviewer for a in hand_out_fields(review, ["form.anaesthesia"], ["MK"]).new} == {"mk"}
    assert {a.reviewer for a in hand_out_fields(review, ["anaesthesia"]).new} == {"th"}
    assert hand_out_fields(review, ["anaesthesia"]).new == ()
