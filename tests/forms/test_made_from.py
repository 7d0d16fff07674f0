"""A part of the review's files is made again only where it would differ, or isn't what was written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from vivex.forms.made_from import INDEX, Make, Tell, read_made_from


def making(path: Path, text: str, *notes: str) -> tuple[Make, list[str]]:
    """Return what writes a text into a file, and the list of its calls."""
    calls: list[str] = []

    def make(tell: Tell) -> Sequence[Path]:
        calls.append(text)
        path.write_text(text)
        tell(notes)
        return [path]

    return make, calls


def run(folder: Path, parts: dict[str, str], text: str, *notes: str) -> tuple[list[str], list[str]]:
    """Bring parts up to date, one file each; return what was written, and what was told."""
    made = read_made_from(folder)
    told: list[str] = []
    written: list[str] = []
    for name, key in parts.items():
        make, calls = making(folder / f"{name}.txt", text, *notes)
        assert made.renew(name, key, make, told.extend) == [folder / f"{name}.txt"]
        written += [name for _ in calls]
    made.close()
    return written, told


def test_what_shows_the_same_is_not_written_again_and_told_again(tmp_path: Path) -> None:
    assert run(tmp_path, {"a": "1", "b": "1"}, "x", "a study is left out") == (["a", "b"], ["a study is left out"] * 2)
    before = (tmp_path / INDEX).stat().st_ino
    assert run(tmp_path, {"a": "1", "b": "1"}, "x") == ([], ["a study is left out"] * 2)
    assert (tmp_path / INDEX).stat().st_ino == before
    assert run(tmp_path, {"a": "1", "b": "2"}, "y") == (["b"], ["a study is left out"])


@pytest.mark.parametrize("how", ["gone", "edited"])
def test_a_file_that_is_not_what_was_written_is_made_again(tmp_path: Path, how: str) -> None:
    run(tmp_path, {"a": "1"}, "x")
    if how == "gone":
        (tmp_path / "a.txt").unlink()
    else:
        (tmp_path / "a.txt").write_text("by hand")
    assert run(tmp_path, {"a": "1"}, "x")[0] == ["a"]
    assert (tmp_path / "a.txt").read_text() == "x"


def test_a_part_that_is_no_more_takes_its_files_with_it(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("a person's")
    run(tmp_path, {"a": "1", "b": "1"}, "x")
    run(tmp_path, {"a": "1"}, "x")
    assert sorted(p.name for p in tmp_path.iterdir()) == [INDEX, "a.txt", "mine.txt"]


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"a": 1}', b'{"a": {"key": "1"}}', b"\xff", b'{"a": {"files": []}}'])
def test_a_damaged_index_costs_a_rewriting(tmp_path: Path, data: bytes) -> None:
    run(tmp_path, {"a": "1"}, "x")
    whole = (tmp_path / INDEX).read_bytes()
    (tmp_path / INDEX).write_bytes(data)
    assert run(tmp_path, {"a": "1"}, "x")[0] == ["a"]
    assert (tmp_path / INDEX).read_bytes() == whole


def test_what_an_earlier_version_left_is_removed_and_a_persons_file_beside_it_stays(tmp_path: Path) -> None:
    (tmp_path / "exchange").mkdir()
    for name in ("syrf-studies.csv", "of-mine.txt"):
        (tmp_path / "exchange" / name).write_text("x")
    run(tmp_path, {"a": "1"}, "x")
    assert sorted(path.name for path in (tmp_path / "exchange").iterdir()) == ["of-mine.txt"]
    (tmp_path / "exchange" / "of-mine.txt").unlink()
    run(tmp_path, {"a": "2"}, "x")
    assert not (tmp_path / "exchange").exists()
