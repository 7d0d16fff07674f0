"""The shipped model and what a review's decisions teach it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from rob_paper import PAPER, paper

from vivex.annotation import Annotation, find_quote
from vivex.assess import make_syrcle
from vivex.assess.weigh.fitting import adapt, from_annotations, suggest_policy
from vivex.assess.weigh.scorer import CLASSES, load, save
from vivex.codebook import template
from vivex.errors import MalformedFile
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


def test_shipped_model_is_small_and_plain():
    model = load(BASE)
    assert sum(f.stat().st_size for f in BASE.iterdir()) < 2_000_000
    assert {f.suffix for f in BASE.iterdir()} <= {".json", ".npz", ".md"}
    assert model.weights.shape == (len(model.vocabulary), len(model.targets))


def test_save_and_load_give_the_same_bytes(tmp_path: Path):
    save(load(BASE), tmp_path / "a")
    save(load(tmp_path / "a"), tmp_path / "b")
    for name in ("model.json", "weights.npz"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path):
    save(load(BASE), tmp_path)
    (tmp_path / "model.json").write_text('{"schema": 1, "vocabulary": [], "targets": []}')
    with pytest.raises(MalformedFile, match="train the model again"):
        load(tmp_path)


def test_table_leans_to_the_rule_until_decisions_speak():
    model = load(BASE)
    p = model.table("random_housing", "a rule nobody saw → low", "low")
    assert CLASSES[int(p.argmax())] == "low"
    assert p.sum() == pytest.approx(1)


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
