"""Who wins when people disagree, what is listed, and how it is settled."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, find_quote
from vivex.codebook import read_codebook
from vivex.errors import UnknownName
from vivex.people import adjudicate, conflicts, conflicts_workbook
from vivex.people.importing import take_in
from vivex.people.machine import document
from vivex.people.resolve import gold, resolved
from vivex.people.store import Session, read_statement
from vivex.people.values import answer
from vivex.questions import UnreadableAnswer, normal_text

SESSION = Session("w.xlsx", "", False)
STUDY = "ames-2019"


def say(review, who, label, *values, quote="", group=""):
    """Let a reviewer answer a label."""
    places = (find_quote(quote, document(review, STUDY)),) if quote else ()
    made = [Annotation(STUDY, label, v, places, f"reviewer:{who}", None, group=group, decision="added") for v in values]
    take_in(review, who, made, SESSION)


def low(word="low"):
    """Return a judgement's value."""
    return {"judgement": word}


def test_machine_output_alone_answers_nothing(review):
    assert resolved(review) == []


def test_alone_unanimous_conflict_adjudicated(review):
    say(review, "mk", "syrcle.other_bias", low())
    say(review, "mk", "syrcle.random_housing", low())
    say(review, "th", "syrcle.random_housing", low())
    say(review, "mk", "form.dose", "10 mg/kg", "20 mg/kg")
    say(review, "th", "form.dose", "10 MG/KG", "30 mg/kg")
    states = {i.label: i.state for i in resolved(review)}
    assert states == {"syrcle.other_bias": "single", "syrcle.random_housing": "unanimous", "form.dose": "conflict"}
    assert not [a for a in gold(resolved(review)) if a.label == "form.dose"]
    adjudicate.settle(review, STUDY, "form.dose", by="xy", take=["mk"], note="table 1")
    item = next(i for i in resolved(review) if i.label == "form.dose")
    assert item.state == "adjudicated"
    assert [a.value for a in item.annotations] == ["10 mg/kg", "20 mg/kg"]
    assert {a.source for a in item.annotations} == {"adjudicator:xy"}
    assert conflicts.conflicts(review) == []


def test_agreement_merges_the_evidence_of_both(review):
    say(review, "mk", "form.species", "rat", quote="Wistar rats")
    say(review, "th", "form.species", "Rat", quote="the treated rats")
    (item,) = resolved(review)
    assert item.state == "unanimous"
    assert [e.quote for e in item.annotations[0].evidence] == ["Wistar rats", "the treated rats"]
    assert item.annotations[0].source == "reviewers:mk+th"


def test_groups_count_where_both_name_them(review):
    say(review, "mk", "form.dose", "10 mg/kg", group="treated")
    say(review, "th", "form.dose", "10 mg/kg")
    (item,) = resolved(review)
    assert (item.state, item.annotations[0].group) == ("unanimous", "treated")
    say(review, "th", "form.dose", "10 mg/kg", group="control")
    assert [i.state for i in resolved(review)] == ["conflict"]


def test_all_rejected_is_the_same_as_not_reported(review):
    made = Annotation(STUDY, "form.age", "8 weeks", (), "reviewer:mk", None, decision="rejected")
    take_in(review, "mk", [made], SESSION)
    say(review, "th", "form.age", "not reported")
    assert [i.state for i in resolved(review)] == ["unanimous"]


def test_spans_are_settled_one_by_one(review):
    for who, quotes in (("mk", ["Wistar", "rats"]), ("th", ["Wistar", "male Wistar rats"])):
        places = [find_quote(q, document(review, STUDY)) for q in quotes]
        made = [
            Annotation(STUDY, "strain", {"text": e.quote}, (e,), f"reviewer:{who}", None, decision="added")
            for e in places
        ]
        take_in(review, who, made, SESSION)
    assert sorted(i.state for i in resolved(review)) == ["conflict", "conflict", "unanimous"]


def test_a_value_that_cannot_be_is_refused_with_the_known_ones(review):
    say(review, "mk", "syrcle.other_bias", low())
    say(review, "th", "syrcle.other_bias", low("high"))
    with pytest.raises(UnreadableAnswer, match="low, high or unclear"):
        adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", values=["medium"])
    ruling = adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", values=["low"], quotes=["never written"])
    assert ruling.missing == ("never written",)
    assert ruling.standing[0].note == "evidence as typed: never written"
    with pytest.raises(UnknownName, match="mk, th"):
        adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", take=["zz"])
    adjudicate.settle(review, STUDY, "syrcle.other_bias", by="xy", values=["unclear"], quotes=["three animals died"])
    (item,) = resolved(review)
    assert item.annotations[0].value == low("unclear")


def test_the_conflicts_workbook_settles_what_is_marked(review, tmp_path):
    from openpyxl import load_workbook

    say(review, "mk", "syrcle.other_bias", low())
    say(review, "th", "syrcle.other_bias", low("high"))
    say(review, "mk", "form.dose", "10 mg/kg", "=2 mg/kg")
    say(review, "th", "form.dose", "10 mg/kg")
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "not reported")
    codebook = read_codebook(review.codebook)
    path = tmp_path / "conflicts.xlsx"
    conflicts_workbook.write_workbook(conflicts.conflicts(review), codebook, path)
    book = load_workbook(path)
    sheet = book["Conflicts"]
    head = [c.value for c in sheet[2]]
    for row in sheet.iter_rows(min_row=3):
        cells = dict(zip(head, row, strict=True))
        if cells["item"].value == "syrcle.other_bias" and cells["answer"].value == "high":
            cells["keep"].value = "yes"
        if cells["item"].value == "form.dose":
            cells["keep"].value = "yes" if cells["answer"].value == "10 mg/kg" else "no"
            if cells["answer"].value == "=2 mg/kg":
                cells["other answer"].value, cells["its quote"].value = "12 mg/kg", "agomir at 10 mg/kg"
        if cells["item"].value == "form.route" and cells["answer"].value == "i.v.":
            cells["keep"].value = "perhaps"
    book.save(path)
    count, changed, problems = adjudicate.adjudicate_workbook(review, path, codebook, by="xy")
    assert (count, changed) == (2, (STUDY,))
    assert any("perhaps" in str(p) for p in problems)
    by_label = {i.label: i for i in resolved(review)}
    assert [a.value for a in by_label["syrcle.other_bias"].annotations] == [low("high")]
    assert sorted(a.value for a in by_label["form.dose"].annotations) == ["10 mg/kg", "12 mg/kg"]
    assert by_label["form.route"].state == "conflict"
    before = (review.annotations / STUDY / "adjudicated.jsonl").read_bytes()
    assert adjudicate.adjudicate_workbook(review, path, codebook, by="xy")[1] == ()
    assert (review.annotations / STUDY / "adjudicated.jsonl").read_bytes() == before
    assert read_statement(review.annotations / STUDY / "adjudicated.jsonl").reviewer == "adjudicated"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10 mg/kg", "10mg/kg"),
        ("5 µg", "5 μg"),
        ("Sprague–Dawley", "sprague-dawley"),
        (" i.v. ", "i.v"),
        ("10  %", "10%"),
    ],
)
def test_differences_that_mean_nothing(one, other):
    assert normal_text(one) == normal_text(other)


def test_zero_is_an_answer():
    assert answer(Annotation("s", "form.n_total", 0)) == "0"
