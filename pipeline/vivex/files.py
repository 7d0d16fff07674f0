"""Files written whole or not at all, and the one form of CSV that vivex writes."""

from __future__ import annotations

import contextlib
import csv
import functools
import io
import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path


def write_bytes(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that a reader, or a kill at any moment, sees the old file or the new one.

    What a kill leaves of a file half written is removed by the next process that writes into the folder.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _remove_orphans(path.parent)
    prefix = f".vivex-{_here()}-{os.getpid()}-"
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=prefix, suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException as error:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        if isinstance(error, OSError) and error.filename is not None:
            error.filename, error.filename2 = str(path), None  # what a person asked for, not its unfinished part
        raise


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text to `path` atomically, with "\\n" line ends on every system.

    Raise UnicodeEncodeError for half a surrogate pair: what is written can be read.
    """
    write_bytes(path, text.encode("utf-8"))


def keep_from_git(folder: Path) -> None:
    """Let git ignore all that lies in a folder."""
    mark = folder / ".gitignore"
    if not mark.exists():
        write_text(mark, "*\n")


def remove_parts(folder: Path) -> None:
    """Remove what kills left of files half written, in the folder and those in it; only where nobody else writes."""
    for path in folder.rglob(".vivex-*.part"):
        path.unlink(missing_ok=True)


@functools.cache
def _remove_orphans(folder: Path) -> None:
    """Remove the unfinished files of processes of this machine that are no more, once for each folder."""
    for path in folder.glob(f".vivex-{_here()}-*.part"):
        process = path.name.split("-")[2]
        if process.isdecimal() and not _runs(int(process)):
            with contextlib.suppress(OSError):  # Windows refuses where it is open
                path.unlink()


def _runs(process: int) -> bool:
    if os.name == "nt":  # asking by a signal would end it; the file itself tells
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True


@functools.cache
def _here() -> str:
    """Return a mark of this machine, without its name."""
    import hashlib
    import platform

    return hashlib.sha256(platform.node().encode("utf-8", "surrogateescape")).hexdigest()[:8]


def well_formed(text: str) -> str:
    """Return the text, as long as it was, with U+FFFD for each half of a surrogate pair: no UTF-8 file holds one."""
    return _SURROGATE.sub("\ufffd", text)


# -- CSV (RFC 4180: CRLF line ends, quotes where needed)

# Excel reads UTF-8 as such only behind a byte order mark ("µg" becomes "Âµg" without). R's and Python's readers want
# none: robvis would call its first column "ï..Study". So the files that people open have one, those that programs read
# have not.
BOM = "\ufeff"
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORMULA = re.compile(
    r"'*"  # a text that begins as a guarded one gets a further apostrophe, so that a reader can take one away
    r"(?:[=@\t\r]"  # what a spreadsheet runs
    r"|[+-](?![\d.,\s]+(?:e[+-]?\d+)?\s?%?\Z))",  # "-5" and "+2.5 %" are numbers, "-1+cmd" is none
    re.IGNORECASE,
)
Cell = str | int | float | None  # None is an empty cell


def clean(text: str) -> str:
    """Return the text without characters that XML forbids and spreadsheets refuse; line ends stay."""
    return _FORBIDDEN.sub("", text)


def csv_text(header: Sequence[str], lines: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV; a cell that a spreadsheet would run as a formula has an apostrophe before it.

    A paper's words may be hostile: `=HYPERLINK(...)` must not become a link in whoever's spreadsheet.
    """
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_guarded(cell) for cell in line] for line in lines)
    return stream.getvalue()


def write_csv(path: Path, text: str, *, bom: bool = True) -> None:
    """Write CSV text atomically; without `bom` where a program reads it."""
    write_text(path, (BOM if bom else "") + text)


def read_csv(text: str) -> list[list[str]]:
    """Return the lines of a CSV that `csv_text` made, its header first, the guards against formulas taken away."""
    lines = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True)
    return [[cell[1:] if cell[:1] == "'" and _FORMULA.match(cell) else cell for cell in line] for line in lines]


def _guarded(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    text = clean(cell)
    return f"'{text}" if _FORMULA.match(text) else text
