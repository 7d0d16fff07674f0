"""Abbreviations: our detector, which loads in no time, beside scispaCy's on the same sentences."""

from __future__ import annotations

import warnings

import pytest

from vivex.recognize.abbreviations import find_abbreviations

SENTENCES = [
    ("Synovial mesenchymal stem cells (SMSCs) were isolated.", {"SMSCs": "Synovial mesenchymal stem cells"}),
    ("We cut the anterior cruciate ligament (ACL) of the rat.", {"ACL": "anterior cruciate ligament"}),
    (
        "Destabilization of the medial meniscus (DMM) or monosodium iodoacetate (MIA) was used.",
        {"DMM": "Destabilization of the medial meniscus", "MIA": "monosodium iodoacetate"},
    ),
    ("The knees were scored (n = 6) by two observers.", {}),
    ("Exosomes were given by intra-articular injection (Figure 2).", {}),
]


@pytest.mark.parametrize(("sentence", "pairs"), SENTENCES)
def test_pairs(sentence: str, pairs: dict[str, str]) -> None:
    assert find_abbreviations(sentence) == pairs


def test_scispacy_finds_the_same() -> None:
    import spacy

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of its dependencies at import, and of a matcher without patterns
        from scispacy.abbreviation import AbbreviationDetector

        nlp = spacy.blank("en")
        detector = AbbreviationDetector(nlp)
        for sentence, _ in SENTENCES:
            theirs = {str(short): str(short._.long_form) for short in detector(nlp(sentence))._.abbreviations}
            assert find_abbreviations(sentence) == theirs
