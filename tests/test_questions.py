"""What is typed is read, what is read is shown, and what says the same is the same - for every kind of question."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex import questions
from vivex.annotation import JsonValue
from vivex.codebook import from_data, template
from vivex.questions import KINDS, NOT_REPORTED, REPORTING, SYRCLE, AnswerKind, Question, UnreadableAnswer, question

ASKED = template("invivo").questions
OTHER_BIAS = SYRCLE["other_bias"]
BLINDING = REPORTING["blinding"]


@pytest.mark.parametrize(
    ("typed", "judgement"),
    [
        *((word, "low") for word in ("low", "Low", "LOW.", "l", "+", "Low risk", "low risk of bias", " low ")),
        *((word, "high") for word in ("high", "H", "-", "−", "High risk", "high risk of bias.")),
        *((word, "unclear") for word in ("unclear", "u", "?", "Unclear risk")),
    ],
)
def test_a_judgement_is_read_in_its_usual_wordings(typed: str, judgement: str) -> None:
    assert OTHER_BIAS.parse(typed) == {"judgement": judgement}


@pytest.mark.parametrize(
    "typed", ["medium", "Low risk for A, high risk for B", "lowish", "nr", "not reported", "yes", "1"]
)
def test_what_is_no_judgement_is_refused_with_the_choices(typed: str) -> None:
    with pytest.raises(UnreadableAnswer, match="choose low, high or unclear"):
        OTHER_BIAS.parse(typed)


@pytest.mark.parametrize(
    ("typed", "reported"),
    [("yes", True), ("Y", True), ("TRUE", True), ("reported", True), ("no", False), ("N", False), ("n.r.", False)],
)
def test_a_reporting_item_is_answered_with_yes_or_no(typed: str, reported: bool) -> None:
    assert BLINDING.parse(typed) == {"reported": reported}


def test_perhaps_is_no_answer_to_a_reporting_item() -> None:
    with pytest.raises(UnreadableAnswer, match="choose yes or no"):
        BLINDING.parse("perhaps")


@pytest.mark.parametrize(
    "typed", ["nr", "NR", "n.r.", "N.R", "not reported", "Not  reported.", "not stated", "not_reported"]
)
@pytest.mark.parametrize("label", ["form.dose", "form.sex", "form.n_total", "form.main_result", "form.mirna"])
def test_silence_is_a_value_of_every_field(label: str, typed: str) -> None:
    assert ASKED[label].parse(typed) == NOT_REPORTED


@pytest.mark.parametrize("typed", ["n/a", "NA", "none", "-", "–", "?"])
def test_a_word_that_may_mean_two_things_is_asked_about(typed: str) -> None:
    with pytest.raises(UnreadableAnswer, match="not reported"):
        ASKED["form.dose"].parse(typed)


def test_a_word_that_the_codebook_allows_is_no_question() -> None:
    fields = [{"name": "diet", "question": "?", "type": "category", "allowed": ["chow", "none"]}]
    assert from_data({"schema": 1, "fields": fields}).questions["form.diet"].parse("None") == "none"


def test_a_category_is_read_by_its_value_or_a_synonym() -> None:
    field = {
        "name": "joint",
        "question": "?",
        "type": "category",
        "allowed": ["knee"],
        "synonyms": {"knee": ["stifle"]},
    }
    asked = from_data({"schema": 1, "fields": [field]}).questions["form.joint"]
    assert (asked.parse("Stifle"), asked.parse("KNEE")) == ("knee", "knee")
    assert asked.choices == ("knee", NOT_REPORTED)
    with pytest.raises(UnreadableAnswer, match="knee, not reported"):
        asked.parse("hip")


@pytest.mark.parametrize(
    ("typed", "kept"), [("24", "24"), ("about 24", "about 24"), ("twenty-four", "twenty-four"), ("0", "0")]
)
def test_a_number_is_kept_as_typed(typed: str, kept: str) -> None:
    assert (
        question("form.size", {"form.size": Question("form.size", KINDS["number"], "size", "?")}).parse(typed) == kept
    )


def test_many_is_no_number() -> None:
    with pytest.raises(UnreadableAnswer, match="in figures"):
        Question("form.size", KINDS["number"], "size", "?").parse("many")


@pytest.mark.parametrize(
    "typed", ["2-Sep", "02-Sep", "Mar-01", "2026-09-02", "2026-09-02 00:00:00", "2.31E+19", "43831"]
)
def test_a_gene_that_became_a_date_or_number_is_refused_with_the_remedy(typed: str) -> None:
    with pytest.raises(UnreadableAnswer, match="type the name"):
        ASKED["form.target_gene"].parse(typed)
    assert ASKED["form.frequency"].parse(typed) == typed  # another question


@pytest.mark.parametrize("typed", ["", "  ", "\n", "TRUE", "FALSE"])
def test_nothing_and_ticked_boxes_are_no_text(typed: str) -> None:
    with pytest.raises(UnreadableAnswer):
        ASKED["form.age"].parse(typed)


def test_marks_that_spreadsheets_leave_are_no_letters() -> None:
    assert ASKED["form.dose"].parse("5 mg/kg_x000D_\n10 mg/kg") == "5 mg/kg\n10 mg/kg"


def test_a_label_without_question_takes_any_text_and_an_entity_its_words() -> None:
    assert question("form.gone").parse("hay") == "hay"
    assert question("strain").parse("Wistar") == {"text": "Wistar", "normal": "Wistar"}
    assert question("syrcle.other_bias") is OTHER_BIAS


@pytest.mark.parametrize("label", sorted(ASKED))
def test_what_is_offered_is_read_back_and_shown_alike(label: str) -> None:
    for choice in ASKED[label].choices:
        assert ASKED[label].show(ASKED[label].parse(choice)) == choice


@given(st.text(max_size=30))
def test_what_is_shown_is_read_back_as_the_same(text: str) -> None:
    asked = ASKED["form.intervention"]
    try:
        value = asked.parse(text)
    except UnreadableAnswer:
        return
    assert asked.same(asked.parse(asked.show(value)), value)


def test_the_same_is_said_in_other_letters() -> None:
    assert ASKED["form.dose"].same("0.25 kg", "250 g")
    assert ASKED["form.dose"].same("10 mg/kg", "10mg/kg")
    assert not ASKED["form.dose"].same("10⁶ cells", "106 cells")
    assert OTHER_BIAS.same({"judgement": "low", "rule": "a"}, {"judgement": "low"})
    assert BLINDING.same({"reported": False}, {"reported": False, "probability": 0.2})
    assert not BLINDING.same({"reported": False}, {"reported": True})


@pytest.mark.parametrize(
    ("label", "one", "other", "same"),
    [
        ("form.route", "i.p.", "intraperitoneal", True),
        ("form.route", "IV", "by intravenous injection", True),
        ("form.route", "oral gavage", "oral", False),
        ("form.route", "intravenous infusion", "intravenous", False),
        ("form.species", "Rats", "rat", True),
        ("form.species", "rat", "mouse", False),
        ("form.age", "8-week-old", "aged 8 weeks", True),
        ("form.age", "8 weeks old", "2 months", False),
        ("form.strain", "C57BL/6J", "C57BL/6N", False),
    ],
)
def test_wordings_of_one_term_are_one_answer(label: str, one: str, other: str, same: bool) -> None:
    asked = ASKED[label]
    assert asked.same(asked.parse(one), asked.parse(other)) is same


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (0, "0"), (False, "no"), (["a", 1], "a; 1"), ({"normal": "rat", "text": "rats"}, "rat"),
        ({"reported": True}, "yes"), ({"judgement": "low"}, "low"), ({"b": 1}, '{"b": 1}'),
    ],
)  # fmt: skip
def test_any_value_is_shown(value: object, text: str) -> None:
    assert questions.shown(value) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("label", "value", "legal"),
    [
        ("syrcle.other_bias", {"judgement": "low"}, True), ("syrcle.other_bias", "low", False),
        ("reporting.blinding", {"reported": False}, True), ("reporting.blinding", {"reported": "no"}, False),
        ("form.sex", "male", True), ("form.sex", "mixed", False), ("form.sex", NOT_REPORTED, True),
        ("form.age", "8 weeks", True), ("form.age", 0, True), ("form.age", "", False), ("form.age", None, False),
    ],
)  # fmt: skip
def test_what_may_stand_as_an_answer(label: str, value: JsonValue, legal: bool) -> None:
    assert ASKED[label].legal(value) is legal


def test_items_stand_in_the_order_of_their_tool() -> None:
    assert [q.number for q in SYRCLE.values()] == list(range(1, 11))
    assert len(REPORTING) == 8
    assert {q.table for q in ASKED.values()} >= {"syrcle", "reporting"}


# -- a further kind is one declaration


def _read_day(asked: Question, text: str) -> JsonValue:
    if not text.removeprefix("day ").isdigit():
        raise UnreadableAnswer(f"{text!r} is no day; write it as “day 7”")
    return {"value": f"day {int(text.removeprefix('day '))}"}


def _day_of(value: JsonValue) -> str:
    return str(value["value"]) if isinstance(value, Mapping) else str(value)


DAY = AnswerKind("day", _read_day, _day_of, _day_of, most=1)


def test_a_declared_kind_is_a_type_of_the_codebook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "day", DAY)
    asked = from_data({"schema": 1, "fields": [{"name": "killed", "question": "When?", "type": "day"}]}).questions[
        "form.killed"
    ]
    assert asked.parse("07") == {"value": "day 7"}
    assert asked.show({"value": "day 7"}) == "day 7"
    assert asked.same({"value": "day 7"}, "day 7")
    assert asked.parse("nr") == NOT_REPORTED
    with pytest.raises(UnreadableAnswer, match="day 7"):
        asked.parse("soon")


def test_a_groups_mean_is_read_in_one_wording() -> None:
    asked = Question("form.means", KINDS["means"], "means", "Which means?")
    value = asked.parse("ALT [U/L], at week 2 | Sham: 24.10 +/- 1.2 S.E.M., n=8")
    assert value == "ALT [U/L], at week 2 | Sham: 24.10 ± 1.2 SEM, n = 8"
    assert asked.parse(asked.show(value)) == value
    assert asked.same(value, "alt [u/l], at week 2 | sham: 24.1 ± 1.2 SEM, n = 8")
    assert not asked.same(value, "ALT [U/L], at week 2 | Sham: 24.1 ± 1.2 SD, n = 8")
    assert asked.legal(value)
    assert not asked.legal("24.1")
    assert asked.parse("n.r.") == NOT_REPORTED
    with pytest.raises(UnreadableAnswer, match="group: mean ± error"):
        asked.parse("24.1 ± 1.2")
