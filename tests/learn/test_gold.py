"""What models may learn from."""

from __future__ import annotations

from vivex.annotation import Annotation
from vivex.learn.gold import pairs, settled
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import Review


def judge(review: Review, who: str, word: str, study: str = "ames-2019") -> None:
    """Let a reviewer judge one item."""
    made = Annotation(study, "syrcle.other_bias", {"judgement": word}, (), f"reviewer:{who}", None, decision="added")
    take_in(review, who, [made], Session("w.xlsx", "", True))


def test_what_reviewers_agree_on_is_learnt(review: Review) -> None:
    judge(review, "mk", "low")
    judge(review, "th", "low")
    (found,), notes = settled(review, "rob")
    assert found.study == "ames-2019"
    assert found.labels == {"syrcle.other_bias"}
    assert found.annotations[0].value == {"judgement": "low"}
    assert notes == []
    assert pairs([found])[0][0].text.startswith("Title")


def test_a_conflict_teaches_nothing_and_is_told(review: Review) -> None:
    judge(review, "mk", "low")
    judge(review, "th", "high")
    found, notes = settled(review, "rob")
    assert found == []
    assert "1 items are in conflict" in notes[0]


def test_a_judgement_is_nothing_for_the_entity_model(review: Review) -> None:
    judge(review, "mk", "low")
    assert settled(review, "ner") == ([], [])


def test_a_study_without_its_paper_is_told(review: Review) -> None:
    judge(review, "mk", "low")
    (review.outputs / "documents" / "ames-2019.json").unlink()
    found, notes = settled(review, "rob")
    assert found == []
    assert "ames-2019" in notes[0]


def test_what_was_rejected_is_kept_for_the_rankers_of_values(review: Review) -> None:
    def said(label: str, value: str, decision: str) -> Annotation:
        return Annotation("ames-2019", label, value, (), "reviewer:mk", None, decision=decision)

    given = [
        said("form.dose", "10 mg/kg", "rejected"),
        said("form.dose", "5 mg/kg", "added"),
        said("form.sex", "not reported", "rejected"),
    ]
    take_in(review, "mk", given, Session("w.xlsx", "", False))
    (found,), _ = settled(review, "fields")
    assert found.labels == {"form.dose", "form.sex"}
    assert [a.value for a in found.annotations] == ["5 mg/kg"]
    assert [a.value for a in found.rejected] == ["10 mg/kg"]
    assert [a.value for a in pairs([found])[0][1]] == ["5 mg/kg", "10 mg/kg"]
