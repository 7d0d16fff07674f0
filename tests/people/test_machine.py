"""What the machine proposes is read by study, and what no stage has written is empty."""

from __future__ import annotations

import json

import pytest

from vivex.errors import MalformedFile, UnknownName
from vivex.people import machine
from vivex.people.machine import Candidates, Documents, Proposals

STUDY = "ames-2019"


def test_proposals_hold_mentions_judgements_and_form_values(review):
    labels = {a.label for a in machine.proposals(review, STUDY)}
    assert {"strain", "syrcle.other_bias", "reporting.blinding", "form.dose"} <= labels
    assert machine.models_named(machine.proposals(review, STUDY)) == "grammar:test@1"
    assert machine.form_proposals(review, "nobody-1999") == []


def test_further_candidates_are_read_by_label(review):
    path = review.outputs / "forms" / f"{STUDY}.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    record["alternatives"] = {"dose": [{"value": "20 mg/kg", "evidence": [], "confidence": 0.3, "group": "low"}]}
    path.write_text(json.dumps(record), encoding="utf-8")
    (other,) = Candidates(review)[STUDY]["form.dose"]
    assert (other.value, other.confidence, other.group) == ("20 mg/kg", 0.3, "low")
    assert Candidates(review)["bell-2020"] == {}


@pytest.mark.parametrize("kind", [Documents, Proposals, Candidates])
def test_only_studies_that_were_read_are_known(review, kind):
    assert list(kind(review)) == machine.parsed(review)
    assert len(kind(review)) == 4
    assert kind(review).get("nobody-1999") is None


def test_who_asks_whether_a_study_is_known_reads_nothing(review, monkeypatch):
    monkeypatch.setattr(machine, "read_document", None)
    assert STUDY in Documents(review)
    assert "nobody-1999" not in Documents(review)


def test_what_cannot_be_read_is_named_with_the_remedy(review):
    with pytest.raises(UnknownName, match="dvc repro"):
        machine.document(review, "nobody-1999")
    (review.outputs / "forms" / f"{STUDY}.json").write_text("{", encoding="utf-8")
    with pytest.raises(MalformedFile, match="vivex prefill"):
        machine.form_proposals(review, STUDY)
