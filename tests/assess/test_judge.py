"""The assessor on a whole paper: eighteen annotations that hold together."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rob_paper import PAPER, paper

from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation, find_quote, read_annotations, write_annotations
from vivex.assess import Assessor, make_syrcle, model_folder
from vivex.assess.examine import examine
from vivex.assess.judge import held_back, judge
from vivex.assess.policy import QUESTIONS
from vivex.assess.reading.indication import Indication
from vivex.assess.weigh.weighing import WEIGHED
from vivex.codebook import template
from vivex.models import shipped
from vivex.parse import parse_bytes

CODEBOOK = template("invivo")


@pytest.fixture(scope="module")
def assessor():
    return make_syrcle(params={}, models=shipped(), codebook=CODEBOOK)


@pytest.fixture(scope="module")
def judged(assessor):
    return {a.label: a for a in assessor(paper())}


def judgements(codebook, text=PAPER):
    made = make_syrcle(params={"model": False}, models=shipped(), codebook=codebook)
    return {a.label.removeprefix("syrcle."): a.value for a in made(paper(text)) if a.label.startswith("syrcle.")}


def test_all_items_in_order_with_anchored_evidence(assessor):
    document = paper()
    found = assessor(document)
    assert [a.label for a in found] == [f"syrcle.{i}" for i in SYRCLE_ITEMS] + [
        f"reporting.{i}" for i in REPORTING_ITEMS
    ]
    for a in found:
        assert len(a.evidence) <= 3
        assert all(document.text[e.start : e.end] == e.quote for e in a.evidence)
        assert 0 <= a.confidence <= 1
        if a.label.startswith("syrcle."):
            assert set(a.value) == {"judgement", "probability", "signalling", "rule", "support"}
            assert sum(a.value["probability"].values()) == pytest.approx(1, abs=1e-3)
            assert set(a.value["signalling"]) == set(QUESTIONS[a.label.removeprefix("syrcle.")])
            assert a.value["rule"].endswith(f"→ {a.value['judgement']}")
            if a.value["judgement"] != "unclear":
                assert a.evidence


def test_what_the_paper_says_is_found(judged):
    expected = {
        "sequence_generation": "low",
        "allocation_concealment": "unclear",
        "random_housing": "unclear",
        "blinding_caregivers": "high",
        "random_outcome_assessment": "unclear",
        "blinding_outcome_assessors": "low",
        "baseline_characteristics": "low",
    }
    assert {k: judged[f"syrcle.{k}"].value["judgement"] for k in expected} == expected
    assert "random number table" in judged["syrcle.sequence_generation"].evidence[0].quote
    stated = {i for i in REPORTING_ITEMS if judged[f"reporting.{i}"].value["reported"]}
    assert stated == {
        "randomisation",
        "blinding",
        "sample_size_calculation",
        "conflict_of_interest",
        "animal_welfare",
        "temperature_or_housing",
    }


def test_support_text_quotes_and_comments(judged):
    text = judged["syrcle.sequence_generation"].value["support"]
    assert text.startswith('Quote: "Thereafter the 24 rats were randomly assigned')
    assert "Comment: A random component is described" in text
    assert text.endswith("judged low.")


def test_numbers_and_outcomes_show_their_working():
    examined = examine(paper())
    missing = [a.name for a in examined.announced if a.reported is None]
    assert missing == ["grip strength", "TNF-α"]
    numbers = next(f for f in examined.findings if f.item == "incomplete_outcome_data" and f.signal == "numbers")
    assert numbers.answer == "fewer"
    quotes = [examined.document.text[s:e] for s, e in numbers.spans]
    assert len(quotes) == 2
    assert "n = 9 rats" in quotes[0]
    assert "groups of 12 rats" in quotes[1]


@pytest.mark.parametrize(
    ("setting", "value", "item", "text", "judgement"),
    [
        (
            "randomised_without_method",
            "low",
            "sequence_generation",
            "Rats were randomly divided into two groups.",
            "low",
        ),
        (
            "stated_not_randomised",
            "unclear",
            "sequence_generation",
            "The mice were not randomised to the groups.",
            "unclear",
        ),
        ("stated_not_blinded", "unclear", "blinding_outcome_assessors", "Observers were not blinded.", "unclear"),
        (
            "automated_assessment",
            "low",
            "blinding_outcome_assessors",
            "Distance was measured automatically by software.",
            "low",
        ),
        (
            "experimenter_blind_counts_for",
            "assessors",
            "blinding_caregivers",
            "The experimenter was blind to genotype.",
            "unclear",
        ),
        (
            "experimenter_blind_counts_for",
            "caregivers",
            "blinding_outcome_assessors",
            "The experimenter was blind to genotype.",
            "unclear",
        ),
        (
            "data_not_shown",
            "unclear",
            "selective_outcome_reporting",
            "The primary outcome, latency, is not shown.",
            "unclear",
        ),
        ("n_as_range", "high", "incomplete_outcome_data", "Data are means of n = 5-8 rats per group.", "high"),
        (
            "baseline_common_characteristics",
            3,
            "baseline_characteristics",
            "All groups consisted of male rats of 9 weeks.",
            "unclear",
        ),
        ("statement_without_stake_needed", False, "other_bias", "The rat was the unit of analysis.", "low"),
    ],
)
def test_a_setting_changes_its_item(setting, value, item, text, judgement):
    assert judgements(CODEBOOK, text)[item]["judgement"] != judgement
    assert judgements(replace(CODEBOOK, policy={setting: value}), text)[item]["judgement"] == judgement


def test_output_round_trips_and_repeats(assessor, tmp_path: Path):
    first, second = assessor(paper()), assessor(paper())
    assert first == second
    write_annotations(first, tmp_path / "a.jsonl")
    assert [a.id for a in read_annotations(tmp_path / "a.jsonl")] == [a.id for a in first]


def test_model_folder_is_found_in_either_layout(tmp_path: Path):
    own = tmp_path / "rob"
    assert model_folder(tmp_path) == shipped() / "rob"
    (tmp_path / "base" / "rob").mkdir(parents=True)
    (tmp_path / "base" / "rob" / "model.json").write_text("{}")
    assert model_folder(tmp_path) == tmp_path / "base" / "rob"
    own.mkdir()
    (own / "model.json").write_text("{}")
    assert model_folder(tmp_path) == own
    assert model_folder(own) == own


@settings(max_examples=60, deadline=None)
@given(
    st.text(alphabet="abc ABC.,;()\n#0123456789=-±αranodmblie", min_size=1, max_size=400).filter(lambda s: s.strip())
)
def test_any_text_is_judged(text):
    document = paper(text)
    for a in make_syrcle(params={"model": False}, models=shipped(), codebook=CODEBOOK)(document):
        assert all(document.text[e.start : e.end] == e.quote for e in a.evidence)


def test_per_outcome_adds_a_judgement_for_each_outcome_named_there():
    text = "Lesion volume was measured by an observer blinded to group. Grip strength was scored without blinding."
    document = paper(text)
    known = [
        Annotation("s", "outcome", {"text": name, "normal": name}, (find_quote(name, document),))
        for name in ("Lesion volume", "Grip strength")
    ]
    codebook = replace(CODEBOOK, policy={"outcomes_judged": "per_outcome"})
    found = Assessor(codebook)(document, known=known)
    by_group = {a.group: a.value["judgement"] for a in found if a.label == "syrcle.blinding_outcome_assessors"}
    assert by_group == {"": "low", "Grip strength": "high", "Lesion volume": "low"}


@pytest.mark.parametrize(
    ("item", "question", "answer", "sentence"),
    [
        ("incomplete_outcome_data", "losses", "outcome_related", "Three rats were excluded as outliers."),
        (
            "baseline_characteristics",
            "similar",
            "imbalanced",
            "Before treatment the vehicle group was heavier (31 g against 27 g), and we did not adjust for it.",
        ),
    ],
)
def test_a_stated_problem_is_read_as_such(assessor, item, question, answer, sentence):
    found = assessor(parse_bytes(sentence.encode(), name="sentence.txt", params={}))
    judged = next(a for a in found if a.label == f"syrcle.{item}")
    assert (judged.value["signalling"][question], judged.value["judgement"]) == (answer, "high")


@pytest.mark.shared
def test_checklist(shared):
    assessor = make_syrcle(params={}, models=shipped(), codebook=template("invivo"))
    right = total = 0
    for line in (shared / "gold" / "syrcle-checklist.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        document = paper(case["sentence"])
        found = {a.label[7:]: a.value["judgement"] for a in assessor(document) if a.label.startswith("syrcle.")}
        claims = any(v != "unclear" for v in found.values())
        right += all(found[k] == v for k, v in case["expect"].items()) and bool(case["expect"] or not claims)
        total += 1
    assert right / total >= 0.93


def test_no_passage_is_quoted_twice_and_no_label_beside_what_it_announces() -> None:
    """Legends repeat themselves, and "Conflict of interest" says nothing that the sentence below doesn't."""
    legend = "Values are means of pups per litter (n = 6-9).\n\n"
    text = f"{PAPER}\n\n{legend}{legend}{legend}Conflict of interests\n\nThe authors have no competing interests.\n"
    for a in make_syrcle(params={}, models=shipped(), codebook=CODEBOOK)(paper(text)):
        quotes = [" ".join(e.quote.split()) for e in a.evidence]
        assert len(quotes) == len(set(quotes))
        assert "Conflict of interests" not in quotes


@pytest.mark.parametrize(
    ("judgement", "words", "high", "held"),
    [
        ("high", f"{WEIGHED} → high", 0.45, "unclear"),
        ("high", f"{WEIGHED} → high", 0.55, "high"),
        ("high", "weighed over the paper, above all: samples pooled → high", 0.45, "high"),
        ("low", f"{WEIGHED} → low", 0.2, "low"),
    ],
)
def test_a_high_risk_that_nothing_shows_must_be_likely(judgement: str, words: str, high: float, held: str) -> None:
    found, said = held_back(judgement, words, np.array([0.2, high, 0.8 - high]))
    assert found == held
    assert said.endswith(f"→ {held}")


def test_a_passage_that_is_read_as_clearing_the_study_is_low_on_other_bias():
    bare = examine(paper("There are no conflicts of interest to declare."))
    (place,) = [(r.start, r.end) for r in bare.readings]

    def judgement(*answers: tuple[str, str]) -> str:
        found = tuple(Indication("other_bias", signal, answer, 0.8, (place,)) for signal, answer in answers)
        return judge(replace(bare, findings=found), CODEBOOK, None)[SYRCLE_ITEMS.index("other_bias")].value["judgement"]

    assert judgement(("interest", "none")) == "unclear"
    assert judgement(("interest", "none"), ("cleared", "yes")) == "low"
    assert judgement(("interest", "stake"), ("cleared", "yes")) == "high"
