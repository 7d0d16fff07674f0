"""White space inside a line: every character keeps its place, whatever is closed up, parted or dropped."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from printed import BOLD, FILLER, Paper, kinds, parsed, set_line

from vivex.parse.lines import Span
from vivex.parse.spacing import closed_up, parted, without_soft_hyphens

HYPHEN = "\u00ad"


def two_spans(text: str, at: int) -> list[Span]:
    """Return the spans of a line whose type changes at a place."""
    return [Span(a, b, 10, "Body", False, False, False) for a, b in ((0, at), (at, len(text)))]


@given(st.text(alphabet=f"ab {HYPHEN}", min_size=1, max_size=30), st.data())
def test_soft_hyphens_inside_a_line_go(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    edges = [5.0 * i for i in range(len(text) + 1)]
    found, places, spans = without_soft_hyphens(text, edges, two_spans(text, at))
    solid = text.rstrip()
    kept = solid[:-1].replace(HYPHEN, "") + solid[-1:] + text[len(solid) :].replace(HYPHEN, "")
    assert found == kept
    assert len(places) == len(found) + 1
    assert places == sorted(places)
    assert places[-1] == edges[-1]
    assert (spans[0].start, spans[0].end, spans[1].end) == (0, spans[1].start, len(found))
    assert found[: spans[0].end] == "".join(c for i, c in enumerate(text[:at]) if c != HYPHEN or i == len(solid) - 1)


@given(st.lists(st.text(alphabet="ABCX", min_size=1, max_size=8), min_size=1, max_size=4))
def test_spread_words_are_closed_up(words: list[str]) -> None:
    line = set_line("   ".join(" ".join(word) for word in words))
    text, edges, (span,) = closed_up(line.text, line.edges, line.spans)
    assert text.split() == words
    assert len(edges) == len(text) + 1
    assert [edges[i] for i, c in enumerate(text) if c != " "] == [
        line.edges[i] for i, c in enumerate(line.text) if c != " "
    ]
    assert (span.start, span.end) == (0, len(text))


def run_together(words: list[str], gap: float) -> tuple[str, list[float], list[Span], dict[str, Any]]:
    """Return a line of MuPDF's whose words are parted by white alone."""
    chars: list[dict[str, Any]] = []
    x = 50.0
    for word in words:
        for char in word:
            chars.append({"c": char, "bbox": (x, 0, x + 4.9, 10)})
            x += 5
        x += gap
    text = "".join(words)
    edges = [c["bbox"][0] for c in chars] + [chars[-1]["bbox"][2]]
    return text, edges, two_spans(text, len(words[0])), {"spans": [{"size": 10.0, "chars": chars}]}


@given(st.lists(st.text(alphabet="abcdef", min_size=4, max_size=9), min_size=4, max_size=8))
def test_words_that_white_alone_parts_are_parted(words: list[str]) -> None:
    text, edges, spans = parted(*run_together(words, 1.5))
    assert text.split(" ") == words
    assert len(edges) == len(text) + 1
    assert edges == sorted(edges)
    assert text[spans[0].start : spans[0].end].strip() == words[0]
    assert text[spans[1].start : spans[1].end] == " ".join(words[1:])


@given(st.text(alphabet="abcdef", min_size=2, max_size=40))
def test_one_long_word_stays_whole(word: str) -> None:
    assert parted(*run_together([word], 0))[0] == word


def test_a_line_of_other_characters_than_the_file_has_stays() -> None:
    text, edges, spans, item = run_together(["rats", "were", "kept"], 1.5)
    assert parted(text + "x", [*edges, edges[-1]], spans, item)[0] == "ratswerekeptx"


def test_letter_spaced_headings_are_closed_up() -> None:
    paper = Paper(columns=1)
    paper.heading("R E S U L T S", BOLD, 11)
    paper.paragraph(FILLER)
    assert kinds(parsed(paper.bytes()), "heading") == ["RESULTS"]
