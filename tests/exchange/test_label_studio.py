"""Label Studio: offsets as its browser counts them, people's marks and predictions, any text there and back."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given

from exchange.marked_texts import marked_texts, material, there_and_back
from vivex.errors import MalformedFile
from vivex.exchange.formats import MarkedSpan, MarkedText
from vivex.exchange.label_studio import FORMAT, read_label_studio, write_label_studio


def cut(text: str, start: int, end: int) -> str:
    """Return what the browser's text.substring(start, end) gives: it counts UTF-16 units."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


@given(marked_texts())
def test_the_browser_cuts_the_same_words_and_people_s_marks_come_back(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("studio")
    (task,) = json.loads(write_label_studio(material(text))["label-studio.json"])
    made = [one for part in (*task["annotations"], *task["predictions"]) for one in part["result"]]
    assert len(made) == len(text.spans)
    for one in made:
        value = one["value"]
        assert cut(task["data"]["text"], value["start"], value["end"]) == value["text"]
    (back,) = there_and_back(FORMAT, text, folder, "label-studio.json").texts
    assert (back.study, back.text) == (text.study, text.text)
    assert list(back.spans) == [span for span in text.spans if not span.by.startswith("model:")]


def test_the_interface_names_the_labels():
    text = MarkedText("s", "rats", (MarkedSpan("species", ((0, 4),)),))
    view = ET.fromstring(write_label_studio(material(text))["label-studio.xml"])
    assert [label.get("value") for label in view.iter("Label")] == ["species"]
    assert view.find("Text").get("value") == "$text"


def test_an_export_without_texts_of_marks(tmp_path):
    value = {"start": 3, "end": 7, "labels": ["species"]}
    results = [{"value": value, "type": "labels"}, {"value": {"choices": ["x"]}, "type": "choices"}]
    task = {
        "id": 8,
        "data": {"text": "🐁 rats"},
        "annotations": [
            {"completed_by": {"id": 1, "email": "a@example.org"}, "result": results},
            {"completed_by": 2, "was_cancelled": True, "result": results},
        ],
    }
    path = tmp_path / "a.json"
    path.write_text(json.dumps([task]))
    (text,) = read_label_studio(path).texts
    assert [(text.study, text.text[s.start : s.end], s.by) for s in text.spans] == [("8", "rats", "a@example.org")]
    task["annotations"][0]["result"][0]["value"]["start"] = 1  # within the mouse
    path.write_text(json.dumps([task]))
    with pytest.raises(MalformedFile, match="task 1: a mark from 1 to 7 begins or ends at no character"):
        read_label_studio(path)
    path.write_text("{}")
    with pytest.raises(MalformedFile, match="no list of tasks"):
        read_label_studio(path)
