"""spaCy's DocBin, read by spaCy: the marks at their characters, overlapping ones too; any text there and back."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from spacy.tokens import DocBin

from exchange.marked_texts import marked_texts, material, there_and_back
from vivex.errors import MalformedFile
from vivex.exchange.docbin import FORMAT, SPANS, read_docbin, write_docbin
from vivex.exchange.formats import MarkedSpan, MarkedText


@given(marked_texts())
def test_any_text_comes_back(tmp_path_factory, text):
    (back,) = there_and_back(FORMAT, text, tmp_path_factory.mktemp("spacy")).texts
    assert (back.study, back.text, back.spans) == (text.study, text.text, text.spans)


def test_spacy_sees_spans_and_entities():
    spans = (
        MarkedSpan("mirna", ((0, 9),), "mmu-miR-21a-5p"),
        MarkedSpan("mirna", ((4, 6),)),
        MarkedSpan("x", ((10, 11),)),
    )
    data = write_docbin(material(MarkedText("s", "miR-21-5p of mice 🐁", spans)))["vivex.spacy"]
    (doc,) = DocBin(store_user_data=True).from_bytes(data).get_docs(spacy.blank("en").vocab)
    assert [span.text for span in doc.spans[SPANS]] == ["miR-21-5p", "21", "o"]
    assert [(e.text, e.label_, e.kb_id_) for e in doc.ents] == [
        ("miR-21-5p", "mirna", "mmu-miR-21a-5p"),
        ("o", "x", ""),
    ]
    assert doc.user_data["study"] == "s"


def test_a_file_of_another_pipeline_gives_its_entities(tmp_path):
    nlp = spacy.blank("en")
    doc = nlp("rats ran")
    doc.ents = [doc.char_span(0, 4, label="species")]
    path = tmp_path / "a.spacy"
    DocBin(docs=[doc]).to_disk(path)
    (text,) = read_docbin(path).texts
    assert [(s.label, text.text[s.start : s.end]) for s in text.spans] == [("species", "rats")]


def test_the_bytes_are_the_same_each_time():
    text = MarkedText("s", "rats and mice", (MarkedSpan("species", ((0, 4),)), MarkedSpan("dose", ((9, 13),))))
    assert write_docbin(material(text)) == write_docbin(material(text))


def test_what_is_none_is_refused(tmp_path):
    path = tmp_path / "a.spacy"
    path.write_bytes(b"hello")
    with pytest.raises(MalformedFile, match="no DocBin of spaCy 3"):
        read_docbin(path)
