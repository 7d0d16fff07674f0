"""What the grammars propose to the model."""

from __future__ import annotations

from vivex.labels import entity_labels
from vivex.recognize.tagger.proposals import proposals

TEXT = "Male Wistar rats were given metformin at 100 mg/kg by gavage for 4 weeks; samples weighed 3 g."


def named(label: str) -> list[str]:
    """Return the words proposed for a label."""
    return [TEXT[start:end] for _, start, end, _ in proposals(TEXT, [label])]


def test_each_label_proposes_its_own_words() -> None:
    assert "100 mg/kg" in named("dose")
    assert "rats" in named("species")
    assert any("gavage" in words for words in named("route"))
    assert any("4 weeks" in words for words in named("schedule"))


def test_a_dose_is_proposed_even_where_the_rules_would_not_dare() -> None:
    sure = {TEXT[start:end]: confidence for _, start, end, confidence in proposals(TEXT, ["dose"])}
    assert sure["3 g"] < sure["100 mg/kg"]


def test_places_and_confidences_are_sound() -> None:
    for label, start, end, confidence in proposals(TEXT, entity_labels()):
        assert label in entity_labels()
        assert 0 <= start < end <= len(TEXT)
        assert 0 <= confidence <= 1


def test_a_label_that_nobody_declares_is_passed_over() -> None:
    assert list(proposals(TEXT, ["anaesthetic-of-a-plug-in-taken-away"])) == []
