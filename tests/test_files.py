"""Files are written whole or not at all; a CSV runs nothing in a spreadsheet and reads back as it was."""

from __future__ import annotations

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex import files


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path, monkeypatch) -> None:
    path = tmp_path / "a.jsonl"
    files.write_text(path, "old\n")

    def fail(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(files.os, "replace", fail)
    with pytest.raises(OSError, match="disk full"):
        files.write_text(path, "new\n")
    assert path.read_text() == "old\n"
    assert [p.name for p in tmp_path.iterdir()] == ["a.jsonl"]


@pytest.mark.parametrize(
    "text", ["=1+1", "@SUM(A1)", "+cmd|'/C calc'!A0", "-1+2", "\t=1", "\r=1", "-abc", "'=1", "''=1"]
)
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    written = files.csv_text(["a"], [[text]])
    (cell,) = list(csv.reader(io.StringIO(written, newline="")))[1]
    assert cell == "'" + text
    assert files.read_csv(written)[1] == [text]


@pytest.mark.parametrize("text", ["-5", "+2.5", "-1,200", "-5 %", "-2e-7", "'quoted'", "5 mg", "", "a=b"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    (cell,) = list(csv.reader(io.StringIO(files.csv_text(["a"], [[text]]), newline="")))[1]
    assert cell == text


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=4))
def test_a_csv_reads_back_as_it_was_written(lines: list[list[str]]) -> None:
    written = files.BOM + files.csv_text(["a", "b"], lines)
    assert files.read_csv(written) == [["a", "b"], *([files.clean(cell) for cell in line] for line in lines)]


def test_rows_end_as_rfc_4180_says_and_the_mark_stands_first(tmp_path) -> None:
    files.write_csv(tmp_path / "a.csv", files.csv_text(["µ"], [[0], [None], [1.5]]))
    assert (tmp_path / "a.csv").read_bytes() == '\ufeffµ\r\n0\r\n""\r\n1.5\r\n'.encode()


@given(st.text(st.characters(codec=None)))
def test_what_is_written_can_be_read(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("text") / "a"
    mended = files.well_formed(text)
    assert len(mended) == len(text)
    files.write_text(path, mended)
    assert path.read_bytes().decode("utf-8") == mended
    if mended != text:
        with pytest.raises(UnicodeEncodeError):
            files.write_text(path, text)


def test_halves_left_by_a_kill_are_removed_and_nothing_else(tmp_path: Path) -> None:
    for name in (".vivex-ab12.part", "notes.part", ".other.part"):
        (tmp_path / name).write_text("x")
    files.remove_parts(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == [".other.part", "notes.part"]


def test_what_a_killed_process_left_is_removed_by_the_next_write(tmp_path: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    here = files._here()
    orphan = tmp_path / f".vivex-{here}-{gone.stdout.strip()}-ab.part"
    others = [f".vivex-{here}-{os.getppid()}-ab.part", f".vivex-ffffffff-{gone.stdout.strip()}-ab.part", "mine.part"]
    for path in (orphan, *(tmp_path / name for name in others)):
        path.write_text("half")
    files.write_text(tmp_path / "whole", "x")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["whole", *others])
