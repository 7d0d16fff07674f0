"""A review that two people did in SyRF: their κ is the one computed by hand, and the model is measured against them."""

from __future__ import annotations

import json

import pytest

from vivex.agreement.measure import measure
from vivex.annotation import SYRCLE_ITEMS, Annotation, write_annotations
from vivex.codebook import read_codebook
from vivex.errors import MalformedFile
from vivex.exchange.correspondence import Correspondence
from vivex.exchange.formats import Answer, Brought
from vivex.exchange.syrf import read_syrf
from vivex.files import csv_text
from vivex.people.finished import mapping_of, mapping_path, take
from vivex.people.ratings import BLIND, PEOPLE, ratings
from vivex.people.store import ADJUDICATED, statements
from vivex.questions import SYRCLE

HEADER = ["StudyId", "DateTimeAnnotated", "InvestigatorName", "Question", "Answer", "Comments", "Reconciled"]
STUDIES = ("ames-2019", "bell-2020", "cole-2021", "dale-2022")
# ten judgements of each of four studies; in the table of the two: ll 14, lu 4, uu 10, uh 2, hh 8, hl 2
ANN = "llllllllll" + "lllllllluu" + "uuuuuuuuuu" + "hhhhhhhhhh"
BO = "llllllllll" + "lllluuuuuu" + "uuuuuuuuhh" + "hhhhhhhhll"
WORDS = {"l": "Low risk ", "u": "Unclear", "h": "High risk of bias"}


def cohen(one: str, other: str) -> float:
    """Return κ by its definition."""
    n = len(one)
    seen = sum(a == b for a, b in zip(one, other, strict=True)) / n
    chance = sum(one.count(c) * other.count(c) for c in "luh") / n**2
    return (seen - chance) / (1 - chance)


@pytest.fixture
def export(tmp_path):
    """Return a SyRF export of the two."""
    lines = []
    for who, word in (("Ann Ode", ANN), ("Bo Eld", BO)):
        for number, letter in enumerate(word):
            study, item = STUDIES[number // 10], SYRCLE_ITEMS[number % 10]
            asked = f"Item {SYRCLE[item].number} - {SYRCLE[item].bias} bias: {SYRCLE[item].name} "
            lines.append([study, "2023-09-13 13:20:06", who, asked, WORDS[letter], "", "False"])
    path = tmp_path / "export.csv"
    path.write_bytes(csv_text(HEADER, lines).encode())
    return path


def imported(review, path, *, brought=None):
    codebook = read_codebook(review.codebook)
    brought = brought or read_syrf(path)
    where = mapping_path(review, path)
    if mapping_of(review, codebook, path, brought, where) is None:
        assert where.exists()
    mapping = mapping_of(review, codebook, path, brought, where)
    return take(review, codebook, path, brought, mapping, reviewer="", when="2026-01-01T00:00:00Z")


def test_kappa_is_the_one_computed_by_hand(review, export):
    done = imported(review, export)
    assert (dict(done.decisions), done.problems) == ({"ao": 40, "be": 40}, ())
    assert done.studies == STUDIES
    rows = measure(ratings(review), resamples=10)
    (kappa,) = [r.result.value for r in rows if (r.comparison, r.item, r.coefficient) == (PEOPLE, "syrcle", "kappa")]
    assert cohen(ANN, BO) == pytest.approx((0.8 - 0.3475) / 0.6525)  # 32 of 40; (18·16 + 12·14 + 10·10) / 40²
    assert kappa == pytest.approx(cohen(ANN, BO), abs=1e-9)


def test_the_model_is_measured_against_reviewers_who_never_saw_it(review, export):
    for study in STUDIES:
        said = [Annotation(study, f"syrcle.{i}", {"judgement": "low"}, (), "model:rob@1") for i in SYRCLE_ITEMS]
        write_annotations(said, review.outputs / "judgements" / f"{study}.jsonl")
    imported(review, export)
    rows = measure(ratings(review), resamples=10)
    percent = {
        r.raters: r.result.value for r in rows if (r.comparison, r.item, r.coefficient) == (BLIND, "syrcle", "percent")
    }
    assert percent["ao × model"] == pytest.approx(ANN.count("l") / 40)
    assert percent["be × model"] == pytest.approx(BO.count("l") / 40)


def test_importing_again_changes_nothing(review, export):
    imported(review, export)
    before = {p: p.read_bytes() for p in review.annotations.rglob("*.jsonl")}
    assert imported(review, export).studies == ()
    assert {p: p.read_bytes() for p in review.annotations.rglob("*.jsonl")} == before


def test_quotes_are_placed_and_reconciled_answers_are_the_adjudicators(review, tmp_path):
    path = tmp_path / "x.json"
    path.write_text(json.dumps("any"))
    quote = ("at 10 mg/kg by tail vein", "words that the paper lacks")
    answers = (
        Answer("ames-2019", "Ann Ode", "form.dose", "10 mg/kg", "sure", quote),
        Answer("ames-2019", "Cy Fen", "form.dose", "10 mg/kg", reconciled=True),
        Answer("ames-2019", "Ann Ode", "form.sex", "purple"),
        Answer("ames-2019", "Ann Ode", "Weather", "fine"),
        Answer("zoo", "Ann Ode", "form.dose", "1 mg"),
    )
    done = imported(review, path, brought=Brought(answers=answers))
    stated = statements(review, "ames-2019")
    (dose,) = stated["ao"].of("form.dose")
    assert dose.evidence[0].quote == "at 10 mg/kg by tail vein"
    assert dose.note == "sure\nevidence as typed: words that the paper lacks"
    assert stated["ao"].sessions[0].blind
    assert stated[ADJUDICATED].of("form.dose")[0].source == "adjudicator:cf"
    assert "ames-2019, 'form.sex' (ao): 'purple'" in done.problems[0]
    assert "1 questions (Weather)" in done.notes[0]
    assert "1 studies (zoo)" in done.notes[1]


def test_two_answers_to_one_question_are_named_and_neither_is_taken(review, tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("x")
    item = "syrcle.other_bias"
    answers = tuple(Answer("ames-2019", "Ann Ode", item, word) for word in ("low", "high"))
    done = imported(review, path, brought=Brought(answers=answers))
    assert done.problems == (f"ames-2019, {item} (ao): two answers to a question that takes one",)
    assert dict(done.decisions) == {"ao": 0}


def test_whose_answers_they_are_must_be_said(review, tmp_path):
    path = tmp_path / "x.json"
    path.write_text("x")
    of = Correspondence({"q": "form.dose"}, {}, {}, {"s": "ames-2019"})
    with pytest.raises(MalformedFile, match=r"whose answers are these\? .* give --reviewer"):
        take(
            review,
            read_codebook(review.codebook),
            path,
            Brought(answers=(Answer("s", "", "q", "1 mg"),)),
            of,
            reviewer="",
            when="",
        )
