"""Noun-phrase candidates."""

from __future__ import annotations

from vivex.extract.phrases import left, right, runs, tokens


def words(text: str) -> list[str]:
    return [text[a:b] for a, b, _ in runs(tokens(text))]


def test_runs_end_at_function_words_and_join_over_links() -> None:
    found = words("The latency to fall was measured in old mice")
    assert "latency to fall" in found
    assert "old mice" in found
    assert not any("was" in each.split() for each in found)


def test_a_phrase_to_the_left_crosses_no_function_word() -> None:
    text = "rats of the high dose group"
    assert [text[i:22] for i in left(tokens(text), 22, count=4, text=text)] == ["high dose ", "dose "]
    assert text[: right(tokens(text), 0, count=3)] == "rats"
