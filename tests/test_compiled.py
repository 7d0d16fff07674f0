"""Compiled expressions are kept between processes, and find what they would find without."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivex import compiled

PATTERNS = [
    (r"\b(?P<number>\d+)\s?(mg|g)(?!/)", 0),
    (r"(?:twice|(?:one|two)\stimes)\sa\s(day|week)", re.IGNORECASE),
    (r"(?<![A-Zµ])[αβ]-?\d?", re.MULTILINE),
]


@pytest.fixture(autouse=True, scope="module")
def _bytecode_is_written() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", False)
        yield


TEXT = "Rats got 5 mg Twice a day, 7 g/kg of β-2 and 12mg one times a week."


def _found(patterns: list[tuple[str, int]], file: Path) -> list[list[tuple[tuple[int, int], dict[str, str]]]]:
    re.purge()
    with compiled.kept(file):
        made = [re.compile(pattern, flags) for pattern, flags in patterns]
    assert [m.pattern for m in made] == [pattern for pattern, _ in patterns]
    return [[(m.span(), m.groupdict()) for m in pattern.finditer(TEXT)] for pattern in made]


def test_an_expression_from_the_file_finds_the_same(tmp_path: Path) -> None:
    file = tmp_path / "kept.bin"
    first = _found(PATTERNS, file)
    before = file.read_bytes()
    assert _found(PATTERNS, file) == first == _found(PATTERNS, tmp_path / "other.bin")
    assert file.read_bytes() == before, "nothing new, nothing written"


@settings(deadline=None, max_examples=25)
@given(st.binary(max_size=60))
def test_a_damaged_file_changes_nothing(tmp_path_factory: pytest.TempPathFactory, damage: bytes) -> None:
    folder = tmp_path_factory.mktemp("kept")
    file = folder / "kept.bin"
    file.write_bytes(damage)
    assert _found(PATTERNS, file) == _found(PATTERNS, folder / "whole.bin")


def test_an_expression_that_is_wrong_in_the_file_is_compiled_anew(tmp_path: Path) -> None:
    import marshal

    file = tmp_path / "kept.bin"
    expected = _found(PATTERNS, file)
    table = marshal.loads(file.read_bytes())
    for key, (flags, _, groups, names, numbers) in table.items():
        table[key] = (flags, b"\7\0\0\0" * 3, groups, names, numbers)
    file.write_bytes(marshal.dumps(table))
    assert _found(PATTERNS, file) == expected


def test_a_pattern_that_is_none_is_refused_as_ever(tmp_path: Path) -> None:
    with compiled.kept(tmp_path / "kept.bin"), pytest.raises(re.error):
        re.compile("(unclosed")
    assert re.compile("a+").fullmatch("aaa"), "re is as it was"


def test_where_nothing_can_be_written_expressions_are_compiled(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert _found(PATTERNS, tmp_path / "file" / "kept.bin") == _found(PATTERNS, tmp_path / "kept.bin")
