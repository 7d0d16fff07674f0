from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vivex.document import Document
from vivex.recognize.repeats import with_repeats
from vivex.recognize.spans import Span

TEXT = "Quellin was injected. Later quellin rose, Quellin-like; Quellin fell. XQuellin stayed."


def mention(text: str, name: str, label: str, confidence: float, at: int = 0) -> Span:
    start = text.index(name, at)
    return Span(start, start + len(name), label, {}, "grammar:test", confidence)


def test_other_places_of_a_sure_name_are_found_and_whole_words_only():
    document = Document("s", TEXT)
    found = with_repeats(document, [mention(TEXT, "Quellin", "agent", 0.95)])
    assert [(s.start, TEXT[s.start : s.end]) for s in found] == [
        (0, "Quellin"),
        (TEXT.index("Quellin fell"), "Quellin"),
    ]
    assert found[1].confidence < found[0].confidence


def test_unsure_short_and_other_labels_are_left_alone():
    document = Document("s", TEXT)
    for spans in (
        [mention(TEXT, "Quellin", "agent", 0.5)],
        [mention(TEXT, "Quellin", "outcome", 0.9)],
        [mention(TEXT, "wa", "agent", 0.9)],
    ):
        assert with_repeats(document, spans) == spans


def test_a_place_that_is_taken_is_left():
    long = mention(TEXT, "Quellin fell", "agent", 0.9)
    first = mention(TEXT, "Quellin", "agent", 0.9)
    assert with_repeats(Document("s", TEXT), [first, long]) == [first, long]


@given(st.lists(st.sampled_from(["Abc1", "Bcl2", "x", "-", ".", "(", "abc1"]), max_size=30))
def test_asking_twice_adds_nothing(words):
    text = "Abc1 " + " ".join(words)
    document = Document("s", text)
    once = with_repeats(document, [Span(0, 4, "gene", {}, "grammar:test", 1.0)])
    assert with_repeats(document, once) == once
    assert all(text[s.start : s.end] == "Abc1" for s in once)
