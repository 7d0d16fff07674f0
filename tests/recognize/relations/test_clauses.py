"""Sentences with their mentions, and where their clauses begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Block, Document
from vivex.recognize.relations.clauses import by_sentence, sentence_spans, turns
from vivex.recognize.spans import Span


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("After 10 mg/kg of K, the knees were injected.", ["After 10 mg/kg of K, ", "the knees were injected."]),
        ("K was given; L was not.", ["K was given; ", "L was not."]),
        ("K was injected, followed by L.", ["K was injected, ", "followed by L."]),
        ("One group received K, whereas others got L.", ["One group received K, ", "whereas others got L."]),
        ("Rats got K orally, and others L by gavage.", ["Rats got K orally, and ", "others L by gavage."]),
        ("Groups were: (1) K; (2) L.", ["Groups were: ", "(1) K; ", "(2) L."]),
        ("K (5 mg/kg; Firm) was given.", ["K (5 mg/kg; Firm) was given."]),
        ("K, L and M were given.", ["K, L and M were given."]),
    ],
)
def test_turns(text: str, clauses: list[str]) -> None:
    begins = turns(text, 0, len(text))
    found = [text[a:b] for a, b in zip(begins, [*begins[1:], len(text)], strict=True)]
    assert [c.strip() for c in found if c.strip()] == [c.strip() for c in clauses]


@given(st.text(alphabet="ab ().;,AB123", max_size=80))
def test_turns_lie_in_the_sentence_and_rise(text: str) -> None:
    begins = turns(text, 0, len(text))
    assert begins[0] == 0
    assert begins == sorted(set(begins))
    assert all(0 <= b <= len(text) for b in begins)


def test_sentences_never_cross_a_block_and_hold_their_mentions() -> None:
    text = "One dose. Two doses\n\nThree doses."
    blocks = (Block("paragraph", 0, 19), Block("paragraph", 21, len(text)))
    document = Document("made", text, blocks)
    spans = [Span(4, 8, "dose"), Span(14, 19, "dose"), Span(27, 32, "dose")]
    found = list(by_sentence(document, spans))
    assert [text[s.start : s.end] for s in found] == ["One dose.", "Two doses", "Three doses."]
    assert [[i.start for i in s.inside] for s in found] == [[4], [14], [27]]
    assert [(s, e) for s, e, _ in sentence_spans(Document("made", "A b. C d."))] == [(0, 4), (5, 9)]


@pytest.mark.parametrize(
    ("first", "gap", "second", "sentences"),
    [
        ("It was given at", "\n", "5 mg/kg daily.", 1),
        ("Rats got the extract of", "\n\n", "leaves by gavage.", 1),
        ("Rats got the extract.", "\n\n", "leaves were dried.", 2),
        ("Rats got the extract", "\n\n", "Leaves were dried.", 2),
        ("Rats were (n = 5", "\n", "males) weighed.", 1),
        ("Groups were:", "\n\n", "control rats.", 2),
    ],
)
def test_a_paragraph_goes_on_over_a_line_or_a_page(first: str, gap: str, second: str, sentences: int) -> None:
    text = first + gap + second
    blocks = (Block("paragraph", 0, len(first)), Block("paragraph", len(first + gap), len(text)))
    assert len(sentence_spans(Document("made", text, blocks))) == sentences
