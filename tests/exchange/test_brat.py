"""brat: its own sample, marks over line ends, and any text there and back."""

from __future__ import annotations

import pytest
from hypothesis import given

from exchange.marked_texts import marked_texts, material, there_and_back
from vivex.errors import MalformedFile
from vivex.exchange.brat import FORMAT, read_brat, write_brat
from vivex.exchange.formats import MarkedSpan, MarkedText


@given(marked_texts())
def test_any_text_comes_back(tmp_path_factory, text):
    (back,) = there_and_back(FORMAT, text, tmp_path_factory.mktemp("brat")).texts
    assert back.text == text.text
    for one, other in zip(text.spans, back.spans, strict=True):
        lines = text.text[one.start : one.end].strip("\n\r")
        if lines:  # what brat can't hold: line ends at a mark's edges
            start = text.text.index(lines[0], one.start) if lines else one.start
            assert other.parts[0][0] >= one.start
            assert other.parts[-1][1] <= one.end
            assert start <= other.start
            assert text.text[other.start : other.end] == lines
        assert (other.label, other.normal, other.by, other.page) == (one.label, one.normal, one.by, one.page)


def test_a_mark_over_a_line_end_has_parts_without_it():
    text = MarkedText("s", "knee\njoint", (MarkedSpan("model", ((0, 10),)),))
    lines = write_brat(material(text))["s.ann"].decode()
    assert lines == "T1\tmodel 0 4;5 10\tknee joint\n"


def test_offsets_count_characters():
    text = MarkedText("s", "🐁 rats", (MarkedSpan("species", ((2, 6),)),))
    assert write_brat(material(text))["s.ann"] == b"T1\tspecies 2 6\trats\n"


def test_what_is_wrong_is_named(tmp_path):
    path = tmp_path / "s.ann"
    path.write_text("T1\tx 0 9\twords\n")
    with pytest.raises(MalformedFile, match=r"its text, s\.txt, does not lie beside it"):
        read_brat(path)
    (tmp_path / "s.txt").write_text("short")
    with pytest.raises(MalformedFile, match=r"s\.ann:1: 0 9 lies outside the text \(5 characters\)"):
        read_brat(path)


def test_a_real_file(shared):
    brought = read_brat(shared / "exchange" / "samples" / "brat-events.ann")
    (text,) = brought.texts
    lines = (shared / "exchange" / "samples" / "brat-events.ann").read_text(encoding="utf-8").splitlines()
    words = [line.split("\t")[2] for line in lines if line.startswith("T")]
    assert [text.text[s.start : s.end] for s in text.spans] == words
    assert "are relations, events or attributes" in brought.notes[0]
