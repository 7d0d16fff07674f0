"""Pointers and the lock: read and written as DVC does, and united."""

from __future__ import annotations

import pytest

from vivex.errors import MalformedFile
from vivex.team.cache import Cache
from vivex.team.pointers import (
    Pointer,
    is_pointer,
    lock_text,
    pointer_text,
    read_lock,
    read_pointer,
    results,
    united_lock,
)


def test_a_pointer_reads_as_it_was_written(tmp_path):
    cache = Cache(tmp_path)
    oid = cache.put_listing({"a.pdf": cache.put(b"ten bytes."), "b.pdf": cache.put(b"2b")})
    text = pointer_text("pdfs", oid, cache)
    assert text == f"outs:\n- md5: {oid}\n  size: 12\n  nfiles: 2\n  hash: md5\n  path: pdfs\n"
    assert read_pointer(text.encode(), where="pdfs.dvc") == Pointer("pdfs", oid)
    assert read_pointer(b"outs:\n- md5: abc\n  path: one.pdf\n", where="one.pdf.dvc") is None
    assert is_pointer("pdfs.dvc")
    assert not is_pointer(".dvc/config")


def test_stages_of_both_sides_are_taken_and_what_both_ran_runs_again():
    base = {"parse": {"cmd": "a"}, "agree": {"cmd": "b"}}
    ours = {"parse": {"cmd": "ours"}, "agree": {"cmd": "ours"}, "train": {"cmd": "t"}}
    theirs = {"parse": {"cmd": "a"}, "agree": {"cmd": "theirs"}, "final": {"cmd": "f"}}
    stages, again = united_lock(base, ours, theirs)
    assert {name: stage["cmd"] for name, stage in stages.items()} == {
        "parse": "ours", "agree": "ours", "train": "t", "final": "f",
    }  # fmt: skip
    assert again == ["agree"]
    assert read_lock(lock_text(stages).encode()) == stages
    assert united_lock(stages, stages, stages) == (stages, [])


def test_results_are_those_with_an_object():
    stages = {"parse": {"outs": [{"path": "outputs/documents", "md5": "0.dir"}, {"path": "x"}]}, "train": {}}
    assert results(stages) == {"outputs/documents": "0.dir"}


@pytest.mark.parametrize("text", [b"- 1\n", b"stages: 3\n", b"<<<<<<< ours\n"])
def test_a_lock_that_is_none_is_named(text):
    with pytest.raises(MalformedFile, match=r"dvc\.lock"):
        read_lock(text)
