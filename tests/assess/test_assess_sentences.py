"""What single sentences decide: negation, hedging, scope, and words that mean something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rob_paper import paper

from vivex.assess import Assessor, make_syrcle
from vivex.assess.reading.sentence import reading
from vivex.codebook import template
from vivex.models import shipped

CASES = [
    json.loads(line) for line in (Path(__file__).parent / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.fixture(scope="module")
def assessor():
    return Assessor(template("invivo"))


def decided(assessor, text):
    return {a.label[7:]: a.value["judgement"] for a in assessor(paper(text)) if a.label.startswith("syrcle.")}


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["id"])
def test_sentence(assessor, case):
    found = decided(assessor, case["sentence"])
    if case["expect"]:
        assert {k: found[k] for k in case["expect"]} == case["expect"]
    else:
        assert {k: v for k, v in found.items() if v != "unclear"} == {}


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("In the study of Weber and colleagues, mice were randomly assigned to groups.", "foreign"),
        ("Cells were plated in six-well dishes and randomly assigned to treatment.", "in_vitro"),
        ("A randomised, placebo-controlled trial in 40 patients showed no effect.", "human"),
        ("Further studies should be blinded.", "future"),
    ],
)
def test_scope(text, scope):
    assert getattr(reading(text), scope)
    assert not reading(text).own


def test_introduction_is_about_other_work():
    assert reading("Mice were randomly assigned to two groups.", role="introduction").foreign
    assert reading("Here we randomly assigned mice to two groups.", role="introduction").own


def test_folding_keeps_decimals_and_abbreviations_inside_a_clause():
    assert (
        reading("Rats weighed 6.8 g more vs. controls (i.p. route).").text
        == "rats weighed 6·8 g more vs controls (ip route)."
    )


@pytest.mark.shared
def test_checklist(shared):
    assessor = make_syrcle(params={}, models=shipped(), codebook=template("invivo"))
    right = total = 0
    for line in (shared / "gold" / "syrcle-checklist.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        found = decided(assessor, case["sentence"])
        claims = any(v != "unclear" for v in found.values())
        right += all(found[k] == v for k, v in case["expect"].items()) and bool(case["expect"] or not claims)
        total += 1
    assert right / total >= 0.93
