"""The CAMARADES app's reader, restated from its source (app.R, helpers.R: prepare_robvis): a column a kind of bias."""

from __future__ import annotations

import csv
import io

from vivex.annotation import SYRCLE_ITEMS
from vivex.exchange.camarades import DECISIVE, write_camarades

# the app's own kinds of bias and words, from its data/outcomes.csv
KINDS = {
    "sequence_allocation", "baseline_characteristics", "allocation_concealment", "random_housing",
    "blinded_experiment_conduct", "random_outcome_assessment", "blind_outcome_assessment", "incomplete_outcome_data",
    "selective_reporting", "other_funder_influence", "other_new_animals",
}  # fmt: skip


def prepare_robvis(data: bytes) -> dict[str, dict[str, str]]:
    """Return study -> kind of bias -> outcome, as the app spreads it; an id with two outcomes would be a list there."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
    assert {"study_id", "bias_type", "outcome"} <= set(rows[0])
    spread: dict[str, dict[str, str]] = {}
    for row in rows:
        study = spread.setdefault(row["study_id"], {})
        assert row["bias_type"] not in study
        study[row["bias_type"]] = row["outcome"]
    return spread


def test_the_app_draws_each_judgement(material):
    data = write_camarades(material)["camarades-rob.csv"]
    spread = prepare_robvis(data)
    assert set(spread) == {"Ode 2019"}
    assert set(spread["Ode 2019"].values()) == {"Low", "High", "Unclear"}
    assert list(spread["Ode 2019"]) == [DECISIVE[item][0] for item in SYRCLE_ITEMS[:-1]]  # item 10 is in conflict
    assert spread["Ode 2019"]["incomplete_outcome_data"] == "High"
    rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
    assert {row["response_id"] for row in rows} == {"Yes", "No"}
    (lost,) = [row["comment"] for row in rows if row["bias_type"] == "incomplete_outcome_data"]
    assert "[survival] Comment: three rats are lost" in lost


def test_every_item_has_a_kind_that_the_app_knows():
    assert tuple(DECISIVE) == SYRCLE_ITEMS
    kinds = [kind for kind, _ in DECISIVE.values()]
    assert set(kinds) <= KINDS
    assert len(set(kinds)) == 10
    assert all(set(decisive) == {"low", "high", "unclear"} for _, decisive in DECISIVE.values())


def test_the_decisive_answers_are_the_apps(shared):
    text = (shared / "exchange" / "samples" / "camarades-outcomes.csv").read_text(encoding="utf-8")
    known = {(r["bias_type"], r["outcome"], r["response"]) for r in csv.DictReader(io.StringIO(text))}
    for kind, decisive in DECISIVE.values():
        for word, (question, response) in decisive.items():
            assert (kind, word.capitalize(), f"{question}_tool.{response}") in known
