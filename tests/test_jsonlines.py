"""Files of JSON lines are read strictly: what is wrong is one line with file and line number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex import jsonlines
from vivex.errors import MalformedFile
from vivex.jsonlines import DEEPEST, depth, parse_line, read_lines

GOOD = b'{"a": 1}\n'


def read(path: Path, data: bytes) -> list[dict]:
    path.write_bytes(data)
    return [line for _, line in read_lines(path)]


@pytest.mark.parametrize("data", [GOOD, b"\xef\xbb\xbf" + GOOD, b'{"a": 1}\r\n', b'\n\n{"a": 1}\n\n', b'{"a": 1}'])
def test_what_editors_and_systems_add_is_no_fault(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path / "x.jsonl", data) == [{"a": 1}]


@pytest.mark.parametrize(
    ("bad", "line", "named"),
    [
        (GOOD + '{"a": "\u00e4"}\n'.encode("latin-1"), 2, "save it as UTF-8"),
        ('{"a": 1}\n'.encode("utf-16"), 1, "UTF-16"),
        ('{"a": 1}\n'.encode("utf-16-be"), 1, "."),
        (GOOD + b"<<<<<<< HEAD\n", 2, "settle the conflict"),
        (GOOD + b"=======\n", 2, "settle the conflict"),
        (GOOD + b'{"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n", 2, "levels"),
        (GOOD + b'{"a": ' + b"[" * 200 + b"]" * 200 + b"}\n", 2, "levels"),
        (GOOD + b'{"a": NaN}\n', 2, "NaN is no JSON number"),
        (GOOD + b'{"a": ' + b"9" * 5000 + b"}\n", 2, "not JSON"),
        (GOOD + rb'{"a": "\ud800"}' + b"\n", 2, "half a character"),
        (GOOD + b"[1]\n", 2, "one JSON object a line"),
        (GOOD + b"\0\0\0\n", 2, "not JSON"),
    ],
)
def test_each_fault_is_one_line_with_its_place(tmp_path: Path, bad: bytes, line: int, named: str) -> None:
    path = tmp_path / "x.jsonl"
    with pytest.raises(MalformedFile, match=named) as error:
        read(path, bad)
    assert str(error.value).startswith(f"{path}:{line}: ")
    assert "\n" not in str(error.value)


def test_a_huge_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonlines, "LARGEST", 4)
    with pytest.raises(MalformedFile, match="larger"):
        read(tmp_path / "x.jsonl", GOOD)


def test_depth_counts_objects_and_lists() -> None:
    assert [depth(v) for v in (1, "a", [], {}, [[1]], {"a": [{}]})] == [0, 0, 1, 1, 2, 3]


@given(st.binary(max_size=200))
def test_any_line_is_read_or_named(data: bytes) -> None:
    try:
        found = parse_line(data.decode("latin-1"), where="x:1")
    except MalformedFile:
        return
    assert depth(found) <= DEEPEST
    json.dumps(found, ensure_ascii=False).encode()
