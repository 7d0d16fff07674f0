"""W3C Web Annotations: the shape of the data model, and any text there and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from exchange.marked_texts import marked_texts, material, there_and_back
from vivex.errors import MalformedFile
from vivex.exchange.formats import MarkedSpan, MarkedText
from vivex.exchange.web_annotation import FORMAT, read_web_annotations, write_web_annotations

TEXT = MarkedText("s", "Some 🐁 and rats ran", (MarkedSpan("species", ((11, 15),), "rat", "reviewer:mk", "", 3),))


@given(marked_texts())
def test_any_text_comes_back(tmp_path_factory, text):
    brought = there_and_back(FORMAT, text, tmp_path_factory.mktemp("w3c"))
    assert [(t.study, t.text, t.spans) for t in brought.texts] == [(text.study, text.text, text.spans)] * bool(
        text.spans
    )


def test_an_annotation_is_what_the_model_says():
    page = json.loads(write_web_annotations(material(TEXT))["annotations.jsonld"])
    assert (page["@context"], page["type"]) == ("http://www.w3.org/ns/anno.jsonld", "AnnotationPage")
    (item,) = page["items"]
    assert item["type"] == "Annotation"
    assert {b["purpose"]: b["value"] for b in item["body"]} == {"tagging": "species", "identifying": "rat"}
    quote, position, page_ = item["target"]["selector"]
    assert (quote["exact"], quote["prefix"], quote["suffix"]) == ("rats", "Some 🐁 and ", " ran")
    assert TEXT.text[position["start"] : position["end"]] == "rats"
    assert page_["value"] == "page=3"


def test_without_the_text_the_quotes_stand_at_their_places(tmp_path):
    path = tmp_path / "a.jsonld"
    path.write_bytes(write_web_annotations(material(TEXT))["annotations.jsonld"])
    (text,) = read_web_annotations(path).texts
    assert text.text[text.spans[0].start : text.spans[0].end] == "rats"
    assert text.text.strip() == TEXT.text


def test_notes_without_a_tag_are_told(tmp_path):
    path = tmp_path / "a.json"
    note = {"type": "Annotation", "body": {"type": "TextualBody", "value": "hm"}, "target": "http://example.org/s.pdf"}
    path.write_text(json.dumps([note]))
    assert read_web_annotations(path).notes == ("1 annotations name no label or no place in a text; passed over",)
    path.write_text("{}")
    with pytest.raises(MalformedFile, match="no list of annotations"):
        read_web_annotations(path)
