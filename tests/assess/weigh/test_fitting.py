"""The shipped model and what a review's decisions teach it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from rob_paper import PAPER, paper

from vivex.annotation import Annotation, find_quote
from vivex.assess import make_syrcle
from vivex.assess.weigh.fitting import adapt, from_annotations, suggest_policy
from vivex.assess.weigh.scorer import load
from vivex.codebook import template
from vivex.models import shipped

BASE = shipped() / "rob"
CODEBOOK = template("invivo")


def decision(document, item, judgement, quote=""):
    found = find_quote(quote, document) if quote else None
    return Annotation(
        document.study,
        f"syrcle.{item}",
        {"judgement": judgement},
        (found,) if found else (),
        "adjudicator:xy",
        decision="accepted",
    )


def test_adapting_moves_the_priors_to_the_reviews_and_repeats(tmp_path: Path):
    documents = [paper(PAPER.replace("24 rats", f"{n} rats"), study=f"s-{n}") for n in range(20, 28)]
    pairs = [
        (
            d,
            [
                decision(d, "other_bias", "high", "The rat was the unit of analysis."),
                decision(d, "selective_outcome_reporting", "high"),
            ],
        )
        for d in documents
    ]
    report = adapt(pairs, base=BASE, out=tmp_path / "rob", params={})
    adapt(pairs, base=shipped(), out=tmp_path / "again", params={})
    assert report["studies"] == 8
    assert report["scorers_moved"] == ["syrcle.other_bias"]
    assert (tmp_path / "rob" / "weights.npz").read_bytes() == (tmp_path / "again" / "weights.npz").read_bytes()
    before = make_syrcle(params={}, models=BASE, codebook=CODEBOOK)(documents[0])
    after = make_syrcle(params={}, models=tmp_path, codebook=CODEBOOK)(documents[0])
    for label in ("syrcle.other_bias", "syrcle.selective_outcome_reporting"):
        old, new = (
            next(a.value["probability"]["high"] for a in found if a.label == label) for found in (before, after)
        )
        assert new > old + 0.05
    assert all(np.isfinite(a.confidence) for a in after)


def test_adapting_to_nothing_keeps_the_model(tmp_path: Path):
    adapt([], base=BASE, out=tmp_path, params={})
    assert np.array_equal(load(tmp_path).weights, load(BASE).weights)


def test_rejected_and_foreign_labels_are_passed_over():
    document = paper()
    rejected = Annotation("s", "syrcle.other_bias", {"judgement": "low"}, source="reviewer:ab", decision="rejected")
    field = Annotation("s", "form.species", {"text": "rat"}, source="reviewer:ab", decision="accepted")
    kept = decision(document, "random_housing", "low")
    assert list(from_annotations([rejected, field, kept])) == ["syrcle.random_housing"]


def test_policy_is_suggested_where_it_explains_the_decisions():
    documents = [
        paper(f"Rats were randomly divided into {n} groups.", study=f"s-{n}") for n in ("two", "three", "four")
    ]
    pairs = [(d, [decision(d, "sequence_generation", "low")]) for d in documents]
    (found,) = suggest_policy(pairs, CODEBOOK)
    assert (found.setting, found.suggested, found.agreed_now, found.agreed_then, found.decisions) == (
        "randomised_without_method",
        "low",
        0,
        3,
        3,
    )
    assert "change codebook.yaml" in found.words
    assert CODEBOOK.setting("randomised_without_method") == "unclear"
    agreeing = [(d, [decision(d, "sequence_generation", "unclear")]) for d in documents]
    assert suggest_policy(agreeing, CODEBOOK) == []
