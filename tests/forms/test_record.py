"""The form record."""

from __future__ import annotations

from vivex.annotation import Annotation, evidence
from vivex.codebook import from_data
from vivex.document import Document
from vivex.forms.record import form_record

TEXT = "Forty rats were used. They were blinded by no one."
PAPER = Document("s1", TEXT)
BOOK = from_data(
    {"schema": 1, "name": "mine", "fields": [{"name": n, "question": "?"} for n in ("n_total", "age", "zero")]}
)


def test_every_field_is_there_and_silence_is_a_value() -> None:
    quote = evidence(PAPER, 0, 21)
    proposals = [
        Annotation("s1", "form.n_total", "40", (quote,), "fields:n_total@1", 0.9),
        Annotation("s1", "form.zero", 0, (), "fields:zero@1", 0.0),
        Annotation("s1", "form.elsewhere", "x"),
    ]
    record = form_record(PAPER, BOOK, proposals, [])
    assert (record["form"], record["study"]) == ("mine", "s1")
    assert list(record["fields"]) == ["n_total", "age", "zero"]
    total = record["fields"]["n_total"][0]
    assert (total["value"], total["status"], total["confidence"]) == ("40", "proposed", 0.9)
    assert total["evidence"][0]["quote"] == "Forty rats were used."
    assert record["fields"]["age"] == [
        {"value": "not reported", "evidence": [], "confidence": None, "status": "not_reported"}
    ]
    assert record["fields"]["zero"][0]["value"] == 0


def test_judgements_stand_under_their_items() -> None:
    judged = [
        Annotation("s1", "syrcle.other_bias", {"judgement": "unclear", "rule": "r"}, (), "rules:syrcle@1", 0.5),
        Annotation("s1", "reporting.blinding", {"reported": False}, (), "rules:reporting@1", 0.5),
    ]
    record = form_record(PAPER, BOOK, [], judged)
    assert record["syrcle"]["other_bias"]["judgement"] == "unclear"
    assert record["reporting"]["blinding"]["reported"] is False
    assert record["reporting"]["blinding"]["evidence"] == []


def test_judgements_of_single_outcomes_stand_under_the_studys() -> None:
    def judged(judgement: str, group: str = "") -> Annotation:
        return Annotation("s1", "syrcle.incomplete_outcome_data", {"judgement": judgement}, group=group)

    for order in ((judged("high", "gait"), judged("unclear")), (judged("unclear"), judged("high", "gait"))):
        item = form_record(PAPER, BOOK, [], order)["syrcle"]["incomplete_outcome_data"]
        assert item["judgement"] == "unclear"
        assert item["by_outcome"]["gait"]["judgement"] == "high"


def test_alternatives_and_groups_are_kept() -> None:
    said = [Annotation("s1", "form.age", "8 weeks", group="young")]
    other = [Annotation("s1", "form.age", "9 weeks"), Annotation("s1", "form.elsewhere", "x")]
    record = form_record(PAPER, BOOK, said, [], alternatives=other, tables={"interventions": [{"dose": "1 mg"}]})
    assert record["fields"]["age"][0]["group"] == "young"
    assert [e["value"] for e in record["alternatives"]["age"]] == ["9 weeks"]
    assert "group" not in record["alternatives"]["age"][0]
    assert list(record["alternatives"]) == ["age"]
    assert record["interventions"] == [{"dose": "1 mg"}]
