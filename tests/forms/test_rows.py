"""A form record as annotations: proposals, further candidates, and what the files print of them."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, Evidence
from vivex.codebook import NOT_REPORTED
from vivex.document import Block, Document
from vivex.forms import rows
from vivex.paper import Paper

RECORD = {
    "study": "one",
    "fields": {
        "dose": [{"value": "5 mg", "evidence": [], "confidence": 0.7, "status": "proposed", "group": "treated"}],
        "age": [{"value": "whatever", "evidence": [], "confidence": None, "status": "not_reported"}],
    },
    "alternatives": {"dose": [{"value": "9 mg", "evidence": [], "confidence": 0.2, "source": "model:x@1"}]},
}


def test_proposals_carry_group_and_silence() -> None:
    dose, age = rows.proposals(RECORD)
    assert (dose.study, dose.label, dose.value, dose.group, dose.confidence) == (
        "one",
        "form.dose",
        "5 mg",
        "treated",
        0.7,
    )
    assert age.value == NOT_REPORTED


def test_further_candidates_are_no_proposals() -> None:
    (other,) = rows.alternatives(RECORD, study="one")["form.dose"]
    assert (other.value, other.source) == ("9 mg", "model:x@1")
    assert rows.alternatives({"fields": {}}) == {}


def test_each_field_has_a_row(codebook) -> None:
    paper = Paper(Document("one", "x"), form=RECORD)
    found = [(field.name, a.value) for field, a in rows.form_rows(paper, codebook)]
    assert ("dose", "5 mg") in found
    assert ("sex", NOT_REPORTED) in found
    assert [field.name for field, _ in rows.form_rows(paper, codebook, table="treatment")] == [
        "dose",
        "mirna",
        "target_gene",
    ]


@pytest.mark.parametrize(
    ("value", "judged", "rule", "reason", "support"),
    [
        ({"judgement": "low"}, "low", "", "", ""),
        ({"judgement": "high", "rule": "a rule"}, "high", "a rule", "a rule", "Comment: a rule"),
        (
            {"judgement": "low", "rule": "a rule", "support": 'Quote: "x" Comment: so it is'},
            "low", "a rule", "so it is", 'Quote: "x" Comment: so it is',
        ),
    ],
)  # fmt: skip
def test_a_judgement_is_told_with_its_reason(value, judged, rule, reason, support) -> None:
    a = Annotation("one", "syrcle.other_bias", value)
    assert (rows.judgement(a), rows.rule(a), rows.reason(a), rows.support(a)) == (judged, rule, reason, support)
    assert (rows.judgement(None), rows.reported(None), rows.rule(None), rows.reason(None)) == ("", "", "", "")


def test_signalling_questions_are_words() -> None:
    a = Annotation(
        "one", "syrcle.other_bias", {"judgement": "low", "signalling": {"was_it_random": True, "how": "table"}}
    )
    assert rows.signalling(a) == [("was it random", "yes"), ("how", "table")]
    assert rows.signalling(Annotation("one", "syrcle.other_bias", "low")) == []


def test_one_quote_of_a_value_and_three_of_a_judgement_are_printed() -> None:
    places = tuple(Evidence(i, i + 1, f"q{i}", page=i or None, section="A >\n B") for i in range(5))
    assert rows.printed(Annotation("one", "form.dose", "x", places[1:])) == ("q1", "1")
    assert rows.printed(Annotation("one", "syrcle.other_bias", {}, places)) == ("q0\n\nq1\n\nq2", "1; 2")
    assert rows.section(places[0]) == "A > B"


def test_judgements_stand_by_item_the_studys_first() -> None:
    judged = (
        Annotation("one", "syrcle.other_bias", {"judgement": "low"}, group="weight"),
        Annotation("one", "syrcle.other_bias", {"judgement": "high"}),
        Annotation("one", "reporting.blinding", {"reported": True}),
    )
    found = rows.by_label(Paper(Document("one", "x"), judgements=judged), "syrcle")
    assert [rows.judgement(a) for a in found["other_bias"]] == ["high", "low"]
    assert rows.reported(judged[2]) == "yes"


def test_the_title_is_the_files_or_the_first_block() -> None:
    document = Document("one", "Rats  in\nmazes", (Block("title", 0, 14),))
    assert rows.title(Paper(document)) == "Rats in mazes"
