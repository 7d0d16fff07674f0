"""HAWC's flat objects: its keys, its scores."""

from __future__ import annotations

import json

from vivex.exchange.hawc import write_hawc


def test_each_judgement_is_an_object(material):
    found = json.loads(write_hawc(material)["hawc-rob.json"])
    assert len(found) == 10
    by_metric = {(one["rob_metric-name"], one["rob_score-label"]): one for one in found}
    first = by_metric["Sequence generation", ""]
    assert (first["rob_score-score"], first["rob_score-description"]) == (17, "Definitely low risk of bias")
    assert first["rob_domain-name"] == "Selection bias"
    assert first["study-short_citation"] == "Ode et al. 2019"
    assert first["study-pubmed_id"] == 12345678
    assert first["rob_score-notes"].endswith("Comment: why sequence_generation")
    assert by_metric["Allocation concealment", ""]["rob_score-score"] == 12
    assert by_metric["Incomplete outcome data", "survival"]["rob_score-score"] == 14
    assert by_metric["Incomplete outcome data", "survival"]["rob_score-is_default"] is False


def test_the_keys_are_hawcs(material, shared):
    real = json.loads((shared / "exchange" / "samples" / "hawc-rob.json").read_text(encoding="utf-8"))
    ours = json.loads(write_hawc(material)["hawc-rob.json"])
    assert set(ours[0]) <= set(real[0])
    assert {type(ours[0][k]) for k in ours[0] if ours[0][k] is not None} <= {str, int, bool}
    needed = {k for k in real[0] if k.startswith("rob_score-")} | {"rob-final", "rob-author_name", "rob_domain-name"}
    assert needed <= set(ours[0])
