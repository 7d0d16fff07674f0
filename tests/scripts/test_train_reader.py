"""The reader's own sentences are nobody else's."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from train_reader.samples import OWN
from train_reader.train import REPEATED, with_some

RUN = 8  # words in a row that two sentences may not share
_WORD = re.compile(r"[a-z0-9]+")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
Words = tuple[str, ...]


@pytest.mark.shared
def test_no_own_sentence_is_one_of_the_annotated_data(shared: Path) -> None:
    sentences: set[Words] = set()
    gaps: set[Words] = set()  # sentences with one word, whichever, left open
    runs: set[Words] = set()
    for text in texts(shared / "gold"):
        runs |= runs_of(words(text))
        found = {words(sentence) for sentence in _SENTENCE.split(text)}
        sentences |= found
        gaps |= {gap for sentence in found for gap in gaps_of(sentence)}
    own = [line.partition("\t")[2] for line in OWN.read_text(encoding="utf-8").splitlines()]
    assert own
    assert [o for o in own if words(o) in sentences] == []
    assert [o for o in own if runs_of(words(o)) & runs] == []
    assert [o for o in own if gaps_of(words(o)) & gaps] == []


def test_new_sentences_are_all_learnt_and_others_in_part() -> None:
    chosen = with_some([15, 16, 17, 30], range(30))
    assert {15, 16, 17, 30} <= set(chosen)
    assert len(chosen) == 4 + 27 // REPEATED
    assert chosen == sorted(chosen)


def texts(gold: Path) -> Iterator[str]:
    """Yield the full texts and whatever the annotations say."""
    for path in sorted(gold.rglob("*")):
        if path.suffix == ".txt":
            yield path.read_text(encoding="utf-8")
        elif path.suffix in (".json", ".jsonl"):
            whole = path.read_text(encoding="utf-8")
            for record in whole.splitlines() if path.suffix == ".jsonl" else [whole]:
                yield from strings(json.loads(record))


def strings(value: object) -> Iterator[str]:
    """Yield the strings in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def words(text: str) -> Words:
    """Return the words, with letters folded and signs left out."""
    return tuple(_WORD.findall(unicodedata.normalize("NFKC", text).lower()))


def runs_of(given: Words) -> set[Words]:
    """Return the runs of RUN words."""
    return {given[i : i + RUN] for i in range(len(given) - RUN + 1)}


def gaps_of(given: Words) -> set[Words]:
    """Return a sentence of RUN words or some more once for each of them, with a gap in its place."""
    if not RUN <= len(given) < 2 * RUN:  # a shorter one may differ in one word by chance, a longer one shares a run
        return set()
    return {(*given[:i], "", *given[i + 1 :]) for i in range(len(given))}
