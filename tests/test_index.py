"""The index of a stage: whole or with its journal it says the same, and a line cut off by a kill is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import MalformedFile
from vivex.files import well_formed
from vivex.index import INDEX, JOURNAL, journal, read_index, write_index

WORDS = st.text().map(well_formed)


@given(st.lists(st.tuples(WORDS, WORDS)), st.integers(0, 40))
def test_a_journal_cut_anywhere_keeps_what_was_whole(tmp_path_factory, pairs, cut) -> None:
    folder = tmp_path_factory.mktemp("index")
    write_index(folder, {"old": {"key": "1"}})
    with journal(folder) as note:
        for study, key in pairs:
            note(study, {"key": key})
    data = (folder / JOURNAL).read_bytes()
    (folder / JOURNAL).write_bytes(data[: len(data) - cut])
    whole = data[: len(data) - cut].count(b"\n") if cut < len(data) else 0
    assert read_index(folder) == {"old": {"key": "1"}} | {study: {"key": key} for study, key in pairs[:whole]}


def test_the_whole_index_ends_the_journal(tmp_path: Path) -> None:
    with journal(tmp_path) as note:
        note("b", {"key": "2"})
    write_index(tmp_path, read_index(tmp_path))
    assert json.loads((tmp_path / INDEX).read_text()) == {"b": {"key": "2"}}
    assert not (tmp_path / JOURNAL).exists()


def test_an_index_that_says_nothing_new_is_not_written(tmp_path: Path) -> None:
    write_index(tmp_path, {"a": {}})
    before = (tmp_path / INDEX).stat().st_ino
    write_index(tmp_path, {"a": {}})
    assert (tmp_path / INDEX).stat().st_ino == before


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"a": 1}', b"\xff"])
def test_a_damaged_index_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / INDEX).write_bytes(data)
    with pytest.raises(MalformedFile, match="delete it and run the stage again"):
        read_index(tmp_path)
