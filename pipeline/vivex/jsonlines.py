"""JSON lines as vivex keeps them: UTF-8, one object a line, bounded in size and depth; faults by file and line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

from vivex.errors import MalformedFile

LARGEST = 256 * 1024 * 1024  # bytes of one file
DEEPEST = 32  # objects and lists in one another
BACK = "`vivex sync` brings the last good one back"
_MARKS = ("<<<<<<< ", "=======", ">>>>>>> ", "||||||| ")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HOLDERS = (dict, list, tuple)


def read_lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object of the file with its place ("path:line"); raise MalformedFile for what is none.

    A byte order mark and Windows' line ends are taken as they come; empty lines are passed over.
    """
    _refuse_larger(path.stat().st_size, path)
    yield from lines_of(path.read_bytes(), path)


def lines_of(data: bytes, path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each object of a file's bytes, as `read_lines` does of the file; `path` names them in messages."""
    _refuse_larger(len(data), path)
    for number, line in enumerate(_text(data, path).split("\n"), 1):
        if line.strip():
            where = f"{path}:{number}"
            yield where, parse_line(line, where=where)


def parse_line(line: str, *, where: str) -> dict[str, Any]:
    """Return the JSON object of one line; raise MalformedFile that begins with `where`."""
    if line.startswith(_MARKS):
        raise MalformedFile(f"{where}: a mark that a git merge left; settle the conflict in the file, or {BACK}")
    try:
        data = _DECODER.decode(line)
    except RecursionError as error:
        raise MalformedFile(f"{where}: lists in lists beyond {DEEPEST} levels; {BACK}") from error
    except ValueError as error:
        raise MalformedFile(f"{where}: not JSON ({error}); {BACK}") from error
    if not isinstance(data, dict):
        raise MalformedFile(f"{where}: expected one JSON object a line, found {type(data).__name__}; {BACK}")
    if line.count("[") + line.count("{") > DEEPEST and depth(data) > DEEPEST:
        raise MalformedFile(f"{where}: lists in lists beyond {DEEPEST} levels; {BACK}")
    if "\\u" in line and _SURROGATE.search(json.dumps(data, ensure_ascii=False)):
        raise MalformedFile(f"{where}: half a character (\\ud800 to \\udfff alone); {BACK}")
    return data


def depth(value: object) -> int:
    """Return how many objects and lists stand in one another."""
    deep, level = 0, [value]
    while holders := [one for one in level if isinstance(one, _HOLDERS)]:
        level = []
        for one in holders:
            level += one.values() if isinstance(one, dict) else one
        deep += 1
    return deep


def _refuse_larger(size: int, path: Path) -> None:
    if size > LARGEST:
        raise MalformedFile(f"{path}: larger than {LARGEST // 1024 // 1024} MB, so it is none of vivex's; {BACK}")


def _text(data: bytes, path: Path) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise MalformedFile(f"{path}:1: UTF-16 text; save it as UTF-8, or {BACK}")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        remedy = f"an editor saved it in another encoding (Latin-1, Windows-1252?); save it as UTF-8, or {BACK}"
        raise MalformedFile(f"{path}:{number}: byte 0x{byte:02x} is no UTF-8: {remedy}") from error


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON number")


_DECODER = json.JSONDecoder(parse_constant=_refuse)  # made once: making one takes longer than reading a line
