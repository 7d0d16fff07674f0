"""Sentences never cross a block, and between them they cover its text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Block, Document
from vivex.sentences import ABBREVIATIONS, sentences, split


def parts(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [text[a:b] for a, b in split(text)]


@pytest.mark.parametrize(
    "found",
    [
        ["Rats were kept in pairs.", "Mice were kept alone."],
        ["Doses (see Fig. 2) were low.", "All rats lived."],
        ["Telomin was given i.p. twice a day.", "It was well borne."],
        ["Telomin was given i.p.", "Rats were weighed."],
        ["They were compared, e.g. Control with Sham.", "None differed."],
        ["Tan et al. Reported no harm.", "We found none."],
        ["E. coli was cultured.", "It grew."],
        ["Was it safe?", "It was!", "So we went on."],
        ["The score was 2.5 points.", "The limit was 3."],
        ['He said "none was seen."', "We saw none."],
        ["No stop ends this"],
        ["(They were not blinded.)", "Readers were."],
        ["α-Tocopherol was given.", "β-Carotene was not."],
        ["Cells were washed.", "miR-7 was measured."],
    ],
)
def test_sentences_end_where_a_reader_ends_them(found: list[str]) -> None:
    assert parts(" ".join(found)) == found


def test_an_empty_line_ends_a_sentence() -> None:
    assert parts("A heading without stop\n\nThe text begins.") == ["A heading without stop", "The text begins."]


@pytest.mark.parametrize("word", sorted(ABBREVIATIONS))
def test_a_number_after_an_abbreviation_goes_on(word: str) -> None:
    assert len(parts(f"Seen before {word}. 2 and again.")) == 1


TEXTS = st.text(alphabet="abAB12 .!?\n\"')(α", max_size=80)
PIECES = st.lists(
    st.sampled_from(["Rats ", "i.p. ", "(Fig. 2). ", "A. ", "et al. ", "ran!\n\n", "2.5 ", "\t", "“So?” "])
)


@given(TEXTS | PIECES.map("".join))
def test_sentences_rise_are_trimmed_and_cover_the_text(text: str) -> None:
    spans = list(split(text))
    at = 0
    for start, end in spans:
        assert at <= start < end <= len(text)
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()


@given(
    st.lists(st.tuples(st.sampled_from(("paragraph", "heading", "table", "caption", "reference")), TEXTS), max_size=6)
)
def test_sentences_never_cross_a_block(blocks: list[tuple[str, str]]) -> None:
    text, found = "", []
    for kind, words in blocks:
        found.append(Block(kind, len(text), len(text) + len(words)))
        text += words + "\n\n"
    document = Document("made", text, tuple(found))
    told = sentences(document)
    assert all(s.block.start <= s.start < s.end <= s.block.end for s in told)
    assert [s.start for s in told] == sorted(s.start for s in told)
    assert {s.block.kind for s in told} <= {"paragraph", "heading", "caption"}
    for block in found:
        inside = "".join(document.reading[s.start : s.end] for s in told if s.block == block)
        wanted = document.reading[block.start : block.end] if block.kind not in ("table", "reference") else ""
        assert "".join(inside.split()) == "".join(wanted.split())


def test_the_kinds_of_blocks_can_be_chosen() -> None:
    text = "Ref. 2 was read.\n\nRats ran."
    document = Document("made", text, (Block("reference", 0, 16), Block("paragraph", 18, 27)))
    assert [text[s.start : s.end] for s in sentences(document, kinds=("reference",))] == ["Ref. 2 was read."]
