"""What `vivex agree` writes: honest about what was blind, valid when empty, the same each time."""

from __future__ import annotations

import csv
import json

import pytest

from vivex.agreement import agreement_report as report
from vivex.agreement.measure import measure
from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation, evidence
from vivex.cli import main
from vivex.people.importing import take_in
from vivex.people.machine import document
from vivex.people.ratings import PEOPLE, ratings
from vivex.people.store import Session


def judge(review, study, who, words, *, blind=True, decision="added"):
    """Let a reviewer judge the ten items with the words given, and answer some fields."""
    made = [
        Annotation(study, f"syrcle.{i}", {"judgement": w}, (), f"reviewer:{who}", None, decision=decision)
        for i, w in zip(SYRCLE_ITEMS, words, strict=True)
    ]
    made += [
        Annotation(study, f"reporting.{i}", {"reported": n % 2 == 0}, (), f"reviewer:{who}", None, decision=decision)
        for n, i in enumerate(REPORTING_ITEMS)
    ]
    dose = {"mk": ["10 mg/kg", "20 mg/kg"], "th": ["10 mg/kg"]}.get(who, ["10 mg/kg"])
    made += [Annotation(study, "form.dose", d, (), f"reviewer:{who}", None, decision=decision) for d in dose]
    made.append(Annotation(study, "form.n_total", "20", (), f"reviewer:{who}", None, decision=decision))
    text = document(review, study)
    at = text.text.index("Wistar")
    made.append(
        Annotation(
            study,
            "strain",
            {"text": "x"},
            (evidence(text, at, at + (6 if who == "mk" else 11)),),
            f"reviewer:{who}",
            None,
            decision="added",
        )
    )
    take_in(review, who, made, Session("w.xlsx", "", blind, "" if blind else "grammar:test@1"))


MK = ["low", "low", "high", "unclear", "unclear", "unclear", "low", "high", "low", "unclear"]
TH = ["low", "high", "high", "unclear", "unclear", "low", "low", "high", "low", "unclear"]


def agree(review):
    """Run the verb and return its metrics."""
    assert main(["agree", "--root", str(review.root), "--resamples", "100"]) == 0
    return json.loads((review.outputs / "agreement.json").read_text(encoding="utf-8"))


def test_a_review_that_nobody_reviewed_has_valid_empty_metrics(review):
    found = agree(review)
    assert found["agreement"] == {"reviewers": {}, "model_blind": {}, "model_prefilled": {}}
    assert "nothing to compare" in found["warnings"][0]
    assert "not been measured yet" in (review.outputs / "agreement" / "methods.txt").read_text(encoding="utf-8")
    assert main(["evaluate", "--root", str(review.root)]) == 0
    assert main(["train", "--root", str(review.root)]) == 0
    assert (review.models / "ner" / "promoted.json").exists()


def test_people_and_model_are_measured_apart(review):
    for study in ("ames-2019", "bell-2020", "cole-2021"):
        judge(review, study, "mk", MK, blind=study == "ames-2019", decision="edited")
        judge(review, study, "th", TH, blind=study == "ames-2019")
    found = agree(review)["agreement"]
    assert found["reviewers"]["syrcle"]["percent"] == pytest.approx(0.8)
    assert found["reviewers"]["syrcle"]["studies"] == 3
    assert set(found["reviewers"]) == {
        "syrcle",
        "reporting",
        "form",
        "entities",
    }  # single items aren't for `dvc metrics diff`
    rows = json.loads((review.outputs / "agreement" / "agreement.json").read_text(encoding="utf-8"))
    people = [r for r in rows if (r["comparison"], r["raters_named"]) == (PEOPLE, "all")]
    values = {(r["item"], r["coefficient"]): r["value"] for r in people}
    assert values["form.dose", "f1"] == pytest.approx(2 / 3)
    assert values["form.n_total", "exact"] == 1
    assert values["strain", "f1_exact"] == 0
    assert values["strain", "f1_overlap"] == 1
    assert values["syrcle.random_housing", "kappa"] is None  # all unclear: undefined, not 0 or 1
    assert found["model_blind"]["syrcle"]["studies"] == 1
    assert found["model_prefilled"]["syrcle"]["studies"] == 2
    with (review.outputs / "agreement" / "decisions.csv").open(encoding="utf-8-sig", newline="") as stream:
        dose = next(r for r in csv.DictReader(stream) if r["item"] == "form.dose")
    assert (dose["edited"], dose["added"], dose["edited share"]) == ("4", "2", "1.0000")
    with (review.outputs / "agreement" / "agreement.csv").open(encoding="utf-8-sig", newline="") as stream:
        undefined = [r for r in csv.DictReader(stream) if not r["value"]]
    assert all(r["undefined because"] for r in undefined)


def test_only_prefilled_studies_are_warned_of(review):
    judge(review, "ames-2019", "mk", MK, blind=False)
    assert report.ONLY_PREFILLED in agree(review)["warnings"]
    judge(review, "bell-2020", "mk", MK, blind=True)
    assert report.ONLY_PREFILLED not in agree(review)["warnings"]


def test_three_reviewers_have_fleiss_and_each_pair(review):
    for who, words in (("mk", MK), ("th", TH), ("xy", TH)):
        judge(review, "ames-2019", who, words)
        judge(review, "bell-2020", who, words)
    rows = measure(ratings(review), resamples=50)
    assert {r.raters for r in rows if r.comparison == "reviewer × reviewer"} == {"all", "mk × th", "mk × xy", "th × xy"}
    fleiss = next(r for r in rows if r.coefficient == "fleiss" and r.item == "syrcle")
    assert fleiss.result.raters == 3


def test_the_same_decisions_give_the_same_bytes(review):
    judge(review, "ames-2019", "mk", MK)
    judge(review, "ames-2019", "th", TH)
    judge(review, "bell-2020", "mk", TH)
    agree(review)
    files = {p: p.read_bytes() for p in review.outputs.rglob("*") if p.is_file()}
    agree(review)
    assert {p: p.read_bytes() for p in review.outputs.rglob("*") if p.is_file()} == files
    assert all(str(review.root).encode() not in data for data in files.values())


def test_minutes_a_paper_stand_in_the_report(review):
    made = [Annotation("ames-2019", "form.age", "8 weeks", (), "reviewer:mk", None, decision="added")]
    assert "Minutes a paper" not in report.as_html([], ratings(review), {})
    take_in(review, "mk", made, Session("vivex desk", "", False, "x:y@1", seconds=90.0))
    agree(review)
    table = (review.outputs / "agreement" / "minutes.csv").read_text(encoding="utf-8-sig").splitlines()
    assert table[1:] == ["mk,pre-filled,form,1,1.50,1.50,1.50,1.50"]
    page = (review.outputs / "agreement" / "report.html").read_text(encoding="utf-8")
    assert "<h2>Minutes a paper</h2>" in page
    assert "<td>mk</td><td>pre-filled</td><td>form</td><td>1</td><td>1.50</td>" in page
