"""An adjudicator settles by a call or by the conflicts workbook, with the words that a reviewer may use."""

from __future__ import annotations

import datetime

import pytest
from answers import STUDY, low, say
from openpyxl import load_workbook

from vivex.cli import main
from vivex.codebook import read_codebook
from vivex.decisions import UnreadableReply
from vivex.errors import ReviewError, UnknownName
from vivex.people import adjudicate
from vivex.people.conflicts import conflicts
from vivex.people.conflicts_workbook import write_workbook
from vivex.people.resolve import resolved
from vivex.people.store import read_statement


def resolution(review, label):
    """Return how a label stands."""
    return next(i for i in resolved(review) if i.label == label)


def settle_by_workbook(review, path, typed):
    """Write the conflicts workbook, fill in by item and answer (column -> value), read it back."""
    codebook = read_codebook(review.codebook)
    write_workbook(conflicts(review), codebook, path)
    book = load_workbook(path)
    sheet = book["Conflicts"]
    head = [c.value for c in sheet[2]]
    for row in sheet.iter_rows(min_row=3):
        cells = dict(zip(head, row, strict=True))
        for column, value in typed.get((cells["item"].value, cells["answer"].value), {}).items():
            cells[column].value = value
    book.save(path)
    return adjudicate.adjudicate_workbook(review, path, codebook, by="xy")


def test_a_call_takes_a_reviewers_side_or_a_value(review):
    say(review, "mk", "form.dose", "10 mg/kg", "20 mg/kg")
    say(review, "th", "form.dose", "30 mg/kg")
    adjudicate.settle(review, STUDY, "form.dose", by="xy", take=["mk"], note="table 1")
    found = resolution(review, "form.dose")
    assert ([a.value for a in found.annotations], found.state) == (["10 mg/kg", "20 mg/kg"], "adjudicated")
    assert {(a.source, a.decision, a.note) for a in found.annotations} == {("adjudicator:xy", "accepted", "table 1")}
    with pytest.raises(ReviewError, match=r"settled already by xy \(10 mg/kg; 20 mg/kg\); give --overrule"):
        adjudicate.settle(review, STUDY, "form.dose", by="xy", values=["n.r."])
    adjudicate.settle(
        review, STUDY, "form.dose", by="xy", take=["mk"], note="table 1"
    )  # the same again is no overruling
    adjudicate.settle(review, STUDY, "form.dose", by="xy", values=["n.r."], overrule=True)
    assert [a.value for a in resolution(review, "form.dose").annotations] == ["not reported"]


def test_a_value_that_cannot_be_is_refused_with_the_known_ones(review):
    say(review, "mk", "syrcle.other_bias", low())
    say(review, "th", "syrcle.other_bias", low("high"))
    say(review, "mk", "form.sex", "male")
    with pytest.raises(UnreadableReply, match="low, high or unclear"):
        adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", values=["medium"])
    with pytest.raises(UnreadableReply, match="male, female, both, not reported"):
        adjudicate.settle(review, STUDY, "form.sex", by="xy", values=["banana"])
    with pytest.raises(UnreadableReply, match="no value"):
        adjudicate.settle(review, STUDY, "form.sex", by="xy", values=[""])
    with pytest.raises(UnknownName, match="mk, th"):
        adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", take=["zz"])
    with pytest.raises(UnknownName, match="nobody reviewed"):
        adjudicate.settle(review, STUDY, "form.route", by="xy", values=["oral"])
    with pytest.raises(UnknownName, match="either --take"):
        adjudicate.settle(review, STUDY, "form.sex", by="xy")


def test_a_quote_that_the_paper_does_not_hold_is_told_and_kept(review, capsys):
    say(review, "mk", "syrcle.other_bias", low())
    ruling = adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", values=["L"], quotes=["never written"])
    assert ruling.missing == ("never written",)
    assert ruling.standing[0].note == "evidence as typed: never written"
    options = [
        "--value",
        "Unclear risk",
        "--quote",
        "never written",
        "--by",
        "xy",
        "--overrule",
        "--root",
        str(review.root),
    ]
    assert main(["adjudicate", STUDY, "syrcle.other_bias", *options]) == 0
    assert "doesn't hold" in capsys.readouterr().err
    assert resolution(review, "syrcle.other_bias").annotations[0].value == low("unclear")


def test_the_workbook_settles_what_is_marked(review, tmp_path):
    say(review, "mk", "syrcle.other_bias", low())
    say(review, "th", "syrcle.other_bias", low("high"))
    say(review, "mk", "form.dose", "10 mg/kg", "=2 mg/kg")
    say(review, "th", "form.dose", "10 mg/kg")
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "not reported")
    path = tmp_path / "conflicts.xlsx"
    other = {"keep": "no", "other answer": "12 mg/kg", "its quote": "agomir at 10 mg/kg", "its group": "treated"}
    count, changed, problems = settle_by_workbook(
        review,
        path,
        {
            ("syrcle.other_bias", "high"): {"keep": "yes"},
            ("form.dose", "=2 mg/kg"): other,  # the other dose, which both give, need not be marked
            ("form.route", "i.v."): {"keep": "perhaps"},
        },
    )
    assert (count, changed) == (2, (STUDY,))
    assert [str(p).partition("!")[0] for p in problems] == ["Conflicts", "Conflicts"]
    assert "'perhaps' is not yes or no" in str(problems[0])
    assert [a.value for a in resolution(review, "syrcle.other_bias").annotations] == [low("high")]
    doses = {a.value: a for a in resolution(review, "form.dose").annotations}
    assert sorted(doses) == ["10 mg/kg", "12 mg/kg"]
    assert (doses["12 mg/kg"].group, doses["12 mg/kg"].evidence[0].quote) == ("treated", "agomir at 10 mg/kg")
    assert resolution(review, "form.route").state == "conflict"
    before = (review.annotations / STUDY / "adjudicated.jsonl").read_bytes()
    assert adjudicate.adjudicate_workbook(review, path, read_codebook(review.codebook), by="xy")[1] == ()
    assert (review.annotations / STUDY / "adjudicated.jsonl").read_bytes() == before
    assert read_statement(review.annotations / STUDY / "adjudicated.jsonl").reviewer == "adjudicated"


@pytest.mark.parametrize(
    ("label", "answers", "typed", "value"),
    [
        ("form.age", ("8 weeks", "8 months"), "nr", "not reported"),
        ("form.age", ("8 weeks", "8 months"), "9 weeks", "9 weeks"),
        ("form.sex", ("male", "female"), "Both", "both"),
        ("form.n_total", ("20", "24"), 22, "22"),
        ("syrcle.other_bias", (low(), low("high")), "Unclear risk of bias", low("unclear")),
        ("reporting.blinding", ({"reported": True}, {"reported": False}), "n.r.", {"reported": False}),
    ],
)
def test_the_workbook_takes_what_the_reviewers_workbook_takes(review, tmp_path, label, answers, typed, value):
    for who, answer in zip(("mk", "th"), answers, strict=True):
        say(review, who, label, answer)
    rows = {(label, text): {"keep": "no"} for text in _answers(review)}
    rows[label, _answers(review)[0]]["other answer"] = typed
    count, _, problems = settle_by_workbook(review, tmp_path / "c.xlsx", rows)
    assert (count, problems) == (1, [])
    assert [a.value for a in resolution(review, label).annotations] == [value]


@pytest.mark.parametrize(
    ("label", "answers", "typed", "words"),
    [
        ("form.target_gene", ("SOX9", "SEPTIN2"), datetime.datetime(2024, 9, 2), "holds a date .*SEPTIN2"),
        ("form.target_gene", ("SOX9", "SEPTIN2"), "2-Sep", "looks like a date"),
        ("form.age", ("8 weeks", "8 months"), "=8+2", "holds a formula"),
        ("form.age", ("8 weeks", "8 months"), datetime.time(9, 30), "holds a time"),
        ("form.age", ("8 weeks", "8 months"), True, "in words"),
        ("form.age", ("8 weeks", "8 months"), "n/a", "not reported"),
        ("form.sex", ("male", "female"), "banana", "male, female, both"),
        ("syrcle.other_bias", (low(), low("high")), "low to high", "choose low, high or unclear"),
    ],
)
def test_and_refuses_what_that_refuses(review, tmp_path, label, answers, typed, words):
    for who, answer in zip(("mk", "th"), answers, strict=True):
        say(review, who, label, answer)
    rows = {(label, text): {"keep": "no"} for text in _answers(review)}
    rows[label, _answers(review)[0]]["other answer"] = typed
    count, changed, problems = settle_by_workbook(review, tmp_path / "c.xlsx", rows)
    assert (count, changed) == (0, ())
    (problem,) = problems
    assert problem.sheet == "Conflicts"
    with pytest.raises(AssertionError, match=words):
        raise AssertionError(str(problem))
    assert resolution(review, label).state == "conflict"


def test_one_answer_is_kept_where_a_question_takes_one(review, tmp_path):
    say(review, "mk", "syrcle.other_bias", low())
    say(review, "th", "syrcle.other_bias", low("high"))
    both = {("syrcle.other_bias", word): {"keep": "yes"} for word in ("low", "high")}
    assert "takes one answer, 2 are kept" in str(settle_by_workbook(review, tmp_path / "a.xlsx", both)[2][0])
    none = {("syrcle.other_bias", word): {"keep": "no"} for word in ("low", "high")}
    assert "no answer is kept" in str(settle_by_workbook(review, tmp_path / "b.xlsx", none)[2][0])


def test_where_nothing_is_kept_the_field_is_not_reported(review, tmp_path):
    say(review, "mk", "form.age", "8 weeks")
    say(review, "th", "form.age", "9 weeks")
    none = {("form.age", text): {"keep": "no"} for text in ("8 weeks", "9 weeks")}
    assert settle_by_workbook(review, tmp_path / "a.xlsx", none)[0] == 1
    assert resolution(review, "form.age").annotations == ()


def test_the_same_decision_has_the_same_bytes_from_either_surface(review, tmp_path):
    say(review, "mk", "form.age", "8 weeks")
    say(review, "th", "form.age", "9 weeks")
    path = review.annotations / STUDY / "adjudicated.jsonl"
    rows = {("form.age", "8 weeks"): {"keep": "yes"}, ("form.age", "9 weeks"): {"keep": "no"}}
    settle_by_workbook(review, tmp_path / "a.xlsx", rows)
    by_workbook = path.read_text(encoding="utf-8").splitlines()[1]
    path.unlink()
    adjudicate.settle(review, STUDY, "form.age", by="xy", take=["mk"])
    assert path.read_text(encoding="utf-8").splitlines()[1] == by_workbook


def _answers(review):
    from vivex.people.conflicts import candidates

    return [c.text for item in conflicts(review) for c in candidates(item)]


@pytest.mark.parametrize(
    ("label", "values"), [("syrcle.other_bias", ["low", "high"]), ("reporting.blinding", ["yes", "no"])]
)
def test_an_item_of_one_answer_is_not_settled_with_two(review, label, values):
    for who, word in (("mk", values[0]), ("th", values[1])):
        say(review, who, label, {"judgement": word} if label[0] == "s" else {"reported": word == "yes"})
    with pytest.raises(UnknownName, match="takes one answer"):
        adjudicate.settle(review, STUDY, label, by="xy", values=values)
    with pytest.raises(UnknownName, match="takes one answer"):
        adjudicate.settle(review, STUDY, label, by="xy", take=["mk", "th"])
    assert not (review.annotations / STUDY / "adjudicated.jsonl").exists()


def test_a_span_needs_the_words_of_the_paper(review):
    say(review, "mk", "strain", {"text": "Wistar", "normal": "Wistar"}, quote="Wistar")
    for quotes in ([], ["words of no paper"]):
        with pytest.raises(UnreadableReply, match="passage"):
            adjudicate.settle(review, STUDY, "strain", by="xy", values=["Wistar"], quotes=quotes)
    assert (
        adjudicate.settle(review, STUDY, "strain", by="xy", values=["Wistar"], quotes=["Wistar"]).standing[0].evidence
    )


@pytest.mark.parametrize("option", ["--note", "--value", "--quote"])
def test_a_byte_that_is_no_utf8_is_refused_before_anything_is_written(review, option, capsys):
    say(review, "mk", "form.dose", "10 mg/kg")
    words = ["--value", "9 mg/kg", option, "caf\udce9"]
    assert main(["adjudicate", STUDY, "form.dose", *words, "--by", "xy", "--root", str(review.root)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (review.annotations / STUDY / "adjudicated.jsonl").exists()
    assert main(["status", "--root", str(review.root)]) == 0


def test_what_reviewers_agree_on_is_overruled_only_when_asked(review):
    say(review, "mk", "syrcle.other_bias", low())
    say(review, "th", "syrcle.other_bias", low())
    with pytest.raises(ReviewError, match=r"settled already by mk and th \(low\)"):
        adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", values=["high"])
    adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", values=["high"], overrule=True)
    assert resolution(review, "syrcle.other_bias").annotations[0].value == low("high")


def test_a_workbook_overrules_what_was_settled_only_when_asked(review, tmp_path):
    say(review, "mk", "syrcle.other_bias", low())
    say(review, "th", "syrcle.other_bias", low("high"))
    path, codebook = tmp_path / "c.xlsx", read_codebook(review.codebook)
    assert settle_by_workbook(review, path, {("syrcle.other_bias", "high"): {"keep": "yes"}})[0] == 1
    book = load_workbook(path)
    sheet = book["Conflicts"]
    head = [c.value for c in sheet[2]]
    for row in sheet.iter_rows(min_row=3):
        cells = dict(zip(head, row, strict=True))
        cells["keep"].value = "yes" if cells["answer"].value == "low" else "no"
    book.save(path)
    count, changed, (problem,) = adjudicate.adjudicate_workbook(review, path, codebook, by="xy")
    assert (count, changed) == (0, ())
    assert "settled already by xy (high); give --overrule" in str(problem)
    assert adjudicate.adjudicate_workbook(review, path, codebook, by="xy", overrule=True)[1] == (STUDY,)
    assert resolution(review, "syrcle.other_bias").annotations[0].value == low()
