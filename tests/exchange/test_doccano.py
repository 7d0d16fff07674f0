"""doccano: both shapes of its files, and any text there and back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from exchange.marked_texts import marked_texts, there_and_back
from vivex.errors import MalformedFile
from vivex.exchange.doccano import FORMAT, read_doccano


@given(marked_texts())
def test_any_text_comes_back(tmp_path_factory, text):
    (back,) = there_and_back(FORMAT, text, tmp_path_factory.mktemp("doccano")).texts
    assert (back.study, back.text, back.spans) == (text.study, text.text, text.spans)


def test_marks_that_were_changed_in_doccano_lose_what_it_does_not_keep(tmp_path):
    path = tmp_path / "a.jsonl"
    line = {"id": 5, "text": "🐁 rats", "label": [[2, 6, "species"]], "marks": [["x"], ["y"]], "study": "s"}
    path.write_text(json.dumps(line) + "\n")
    (text,) = read_doccano(path).texts
    assert [(s.start, s.end, s.normal) for s in text.spans] == [(2, 6, "")]


def test_what_is_wrong_is_named(tmp_path):
    path = tmp_path / "a.jsonl"
    for line, said in (
        ({"label": []}, "1: no text in it"),
        ({"text": "ab", "label": [[0, 9, "x"]]}, "1: 0 to 9 lies outside the text"),
        ({"text": "ab", "label": ["x"]}, "1: x is no mark"),
    ):
        path.write_text(json.dumps(line) + "\n")
        with pytest.raises(MalformedFile, match=said):
            read_doccano(path)


def test_real_files(shared):
    samples = shared / "exchange" / "samples"
    (text,) = read_doccano(samples / "doccano-overlapping.jsonl").texts
    assert [(s.start, s.end, s.label) for s in text.spans] == [(0, 1, "LOC")] * 2
    brought = read_doccano(samples / "doccano-relations.jsonl")
    (text,) = brought.texts
    assert [text.text[s.start : s.end] for s in text.spans][:2] == ["Google", "September 4, 1998"]
    assert brought.notes == ("3 relations, which vivex has no place for",)
