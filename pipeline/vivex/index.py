"""The index of a stage's folder: from which inputs each study's file was made, which papers were left out, and why.

`.index.json` holds it whole. While a stage works, each paper that ends is one more line of `.index.journal`, so that a
kill costs the papers in hand and the index isn't written anew for each. Reading takes both together; the next whole
index ends the journal.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from vivex.errors import MalformedFile
from vivex.files import write_text

INDEX = ".index.json"
JOURNAL = ".index.journal"
Entry: TypeAlias = dict[str, Any]  # file, key; reason, remedy, limits of a paper left out; warnings


def read_index(folder: Path) -> dict[str, Entry]:
    """Return study -> entry; raise MalformedFile where the index is no JSON. A last line cut off by a kill is none."""
    found: dict[str, Entry] = {}
    path, journal = folder / INDEX, folder / JOURNAL
    if path.exists():
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(found, dict) or not all(isinstance(entry, dict) for entry in found.values()):
                raise ValueError("no mapping of studies")
        except ValueError as error:
            raise MalformedFile(f"{path}: not JSON ({error}); delete it and run the stage again") from error
    if journal.exists():
        for line in journal.read_bytes().split(b"\n")[:-1]:  # a line that has no end was cut off
            with contextlib.suppress(ValueError):
                study, entry = json.loads(line)
                found[study] = entry
    return found


def write_index(folder: Path, index: Mapping[str, Entry]) -> None:
    """Write the index whole, where it says something new, and end the journal."""
    text = json.dumps(dict(sorted(index.items())), ensure_ascii=False, indent=1) + "\n"
    path = folder / INDEX
    if not path.exists() or path.read_bytes() != text.encode("utf-8"):
        write_text(path, text)
    (folder / JOURNAL).unlink(missing_ok=True)


@contextlib.contextmanager
def journal(folder: Path) -> Iterator[Callable[[str, Entry], None]]:
    """Give the function that notes a study's entry at once; a kill after it loses nothing."""
    handle = os.open(folder / JOURNAL, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)

    def note(study: str, entry: Entry) -> None:
        line = json.dumps([study, entry], ensure_ascii=False).encode("utf-8") + b"\n"
        while line:
            line = line[os.write(handle, line) :]

    try:
        yield note
    finally:
        os.close(handle)
