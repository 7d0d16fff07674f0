"""Errors: one tree, drawn in its module, that survives a process boundary; faults in one line."""

from __future__ import annotations

import errno
import inspect
import json
import pickle
import zipfile
import zlib
from xml.etree import ElementTree

import pytest
from lxml.etree import SerialisationError

from vivex import errors
from vivex.errors import TransientFault, UnreadablePaper, VivexError, in_one_line

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__]


def test_every_error_is_in_the_tree_and_drawn() -> None:
    for error in CLASSES:
        assert issubclass(error, VivexError)
        assert error.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("reason", UnreadablePaper.REASONS)
def test_an_unreadable_paper_says_what_where_and_what_to_do_also_from_a_child(reason: str) -> None:
    error = UnreadablePaper(reason, "save it again", path="pdfs/a.pdf")
    assert str(error) == f"pdfs/a.pdf: {reason}: save it again"
    again = pickle.loads(pickle.dumps(error))
    assert (again.reason, again.remedy, again.path, str(again)) == (reason, "save it again", "pdfs/a.pdf", str(error))


def test_a_reason_that_nobody_lists_is_a_defect() -> None:
    with pytest.raises(ValueError, match="'odd' is not one of"):
        UnreadablePaper("odd", "")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "out/a"), "out/a: no space left on device; free some space"),
        (PermissionError(errno.EACCES, "Permission denied", "a.pdf"), "a.pdf: permission denied; make it readable"),
        (FileExistsError(errno.EEXIST, "File exists", "out"), "out: file exists; a file stands where a folder"),
        (OSError(errno.EIO, "Input/output error"), "here: input/output error; check the disk"),
        (OSError("odd"), "here: odd"),
        (UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "invalid"), "here: not UTF-8 text"),
        (UnicodeEncodeError("utf-8", "a\udce9", 1, 2, "surrogates"), "can't be written as UTF-8"),
        (zipfile.BadZipFile("no\nzip"), "here: not a file of its kind, or damaged (no zip)"),
        (zlib.error("-3"), "here: damaged"),
        (ElementTree.ParseError("line 1"), "here: its XML is damaged"),
        (json.JSONDecodeError("Expecting value", "", 0), "here: not JSON"),
        (SerialisationError("IO_ENOSPC"), "here: a workbook can't be put together in the folder of temporary files"),
        (SerialisationError("IO_ENOSPC"), "free some space on that disk"),
        (SerialisationError("IO_WRITE"), "check the disk"),
        (SystemError("error return without exception set"), "here: a library failed as where memory is short"),
        (ImportError("x.so: failed to map segment from shared object"), "close other programs"),
        (MemoryError(), "here: not enough memory"),
        (RecursionError("deep"), "here: nested too deeply"),
    ],
)
def test_what_was_foreseen_is_one_line(error: BaseException, said: str) -> None:
    line = in_one_line(error, where="here")
    assert line is not None
    assert said in line
    assert "\n" not in line
    assert line.encode("utf-8")


def test_a_defect_is_none() -> None:
    assert in_one_line(KeyError("x")) is None
    assert in_one_line(ValueError("x")) is None
    assert in_one_line(ImportError("No module named 'x'")) is None


@pytest.mark.parametrize("error", [TransientFault("later"), UnreadablePaper("empty", "download it", path="a")])
def test_errors_go_through_a_pipe(error: Exception) -> None:
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (type(error), str(error))
