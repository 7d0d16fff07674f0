"""What the review has made so far, as files to look at or take away: by id, from a list of what lies there."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from vivex.desk.desk_review import DeskReview, id_of
from vivex.desk.study_page import Data
from vivex.errors import UnknownName
from vivex.files import BOM

_FOLDERS = ("final", "agreement", "training")  # of outputs/: what is published, agreement, what training did
_KINDS = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pdf": "application/pdf",
}
_ROWS = 400  # of a table shown


def results_data(desk: DeskReview) -> Data:
    """Return the files of the results by folder; pictures and texts are shown, all can be taken away."""
    found = []
    for name, path in _files(desk.review.outputs).items():
        where = path.relative_to(desk.review.outputs)
        found.append({"id": name, "name": where.as_posix(), "folder": where.parts[0], "kind": path.suffix.lower()})
    return {"files": found}


def file_of(desk: DeskReview, name: str) -> tuple[Path, str]:
    """Return a file of the results and its media type; raise UnknownName for an id that is none."""
    path = _files(desk.review.outputs).get(name)
    if path is None:
        raise UnknownName("no such file among the results; go back to the results")
    return path, _KINDS[path.suffix.lower()]


def table_data(desk: DeskReview, name: str) -> Data:
    """Return the lines of a CSV file, its header first."""
    path, _ = file_of(desk, name)
    if path.suffix.lower() != ".csv":
        raise UnknownName("this file is no table; take it away and open it")
    text = path.read_text(encoding="utf-8", errors="replace").removeprefix(BOM)
    lines = list(csv.reader(io.StringIO(text, newline="")))
    return {"lines": lines[: _ROWS + 1], "more": max(0, len(lines) - _ROWS - 1)}


def _files(outputs: Path) -> dict[str, Path]:
    """Return id -> file of the results."""
    found = {}
    for folder in _FOLDERS:
        for path in sorted((outputs / folder).rglob("*")) if (outputs / folder).is_dir() else ():
            if path.suffix.lower() in _KINDS and path.is_file() and not path.is_symlink() and path.name[0] != ".":
                found[id_of(path.relative_to(outputs).as_posix())] = path
    return found
