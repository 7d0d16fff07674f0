"""The recognisers in anyone's spaCy pipeline: all of them, some, or one."""

from __future__ import annotations

import pytest

from vivex.errors import UnknownName

spacy = pytest.importorskip("spacy")


def test_spacy_components_mark_spans_in_anyones_pipeline() -> None:
    from vivex.recognize import spacy_components

    spacy_components.register()
    nlp = spacy.blank("en")
    nlp.add_pipe("vivex_mirna")
    nlp.add_pipe("vivex_dose", config={"ents": True})
    doc = nlp("miR-140-5p mimic was injected at 10 mg/kg.")
    assert [(s.text, s.label_) for s in doc.spans["vivex"]] == [("miR-140-5p", "MIRNA"), ("10 mg/kg", "DOSE")]
    assert [e.label_ for e in doc.ents] == ["DOSE"]


def test_one_component_takes_the_labels_it_is_asked_for() -> None:
    from vivex.recognize import spacy_components

    spacy_components.register()
    nlp = spacy.blank("en")
    nlp.add_pipe("vivex", config={"labels": ["species"]})
    doc = nlp("Twelve rats got 5 mg/kg.")
    assert [(s.text, s.label_) for s in doc.spans["vivex"]] == [("rats", "SPECIES")]
    with pytest.raises(UnknownName, match="'weather' is no entity; known: mirna"):
        spacy_components.component(["weather"])
