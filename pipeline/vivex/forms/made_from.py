"""What each part of a review's files was made from: a part that would show the same is not written again.

`.index.json` beside the files holds for each part (workbook, report, figures …) the key of what it shows, the hash of
each file, and what the reviewer was told. A part is made anew where its key differs, or one of its files is gone or no
longer what was written; so the files equal those of a rebuild, whatever was killed or edited.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict

from vivex.document import sha256
from vivex.files import write_text

INDEX = ".index.json"
OF_OLD = tuple(  # what 0.1 wrote without an index and `vivex export` writes elsewhere today
    f"exchange/{name}"
    for name in (
        "camarades-rob.csv",
        "revman-risk-of-bias.csv",
        "revman-study-information.csv",
        "syrf-annotations.csv",
        "syrf-studies.csv",
    )
)
Tell = Callable[[Iterable[str]], object]
Make = Callable[[Tell], Sequence[Path]]  # writes a part's files and returns them; takes what tells the reviewer


class Part(TypedDict):
    """Record a part: the key of what it shows, its files by their path in the folder, what was told."""

    key: str
    files: dict[str, str]
    notes: list[str]


@dataclass(slots=True)
class MadeFrom:
    """Keep the parts of a folder; those that `renew` isn't called for are removed by `close`."""

    folder: Path
    before: dict[str, Part] = field(default_factory=dict)
    now: dict[str, Part] = field(default_factory=dict)

    def renew(self, name: str, key: str, make: Make, tell: Tell) -> list[Path]:
        """Return the files of a part, made anew only where they would differ."""
        if self.holds(name, key):
            old = self.now[name] = self.before[name]
            tell(old["notes"])
            return [self.folder / path for path in old["files"]]
        notes: list[str] = []
        written = list(make(notes.extend))
        files = {path.relative_to(self.folder).as_posix(): sha256(path.read_bytes()) for path in written}
        self.now[name] = {"key": key, "files": files, "notes": notes}
        tell(notes)
        return written

    def holds(self, name: str, key: str) -> bool:
        """Tell whether the part that is there shows what it would show now, and nobody touched its files."""
        old = self.before.get(name)
        return old is not None and old["key"] == key and self._stands(old["files"])

    def close(self) -> None:
        """Remove the files that parts wrote before and none writes now; write the index."""
        kept = {path for part in self.now.values() for path in part["files"]}
        for path in sorted({path for part in self.before.values() for path in part["files"]}.union(OF_OLD) - kept):
            (self.folder / path).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # absent, or a person keeps files there
            (self.folder / "exchange").rmdir()
        text = json.dumps(self.now, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        if self.now != self.before or not (self.folder / INDEX).exists():
            write_text(self.folder / INDEX, text)

    def _stands(self, files: Mapping[str, str]) -> bool:
        """Return whether each file is as it was written."""
        with contextlib.suppress(OSError):
            return all(sha256((self.folder / path).read_bytes()) == digest for path, digest in files.items())
        return False


def read_made_from(folder: Path) -> MadeFrom:
    """Return what the folder's parts were made from; nothing where its index is absent or no index."""
    found: dict[str, Part] = {}
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
        for name, part in json.loads((folder / INDEX).read_text(encoding="utf-8")).items():
            files = {str(path): str(digest) for path, digest in part["files"].items()}
            found[name] = {"key": str(part["key"]), "files": files, "notes": [str(note) for note in part["notes"]]}
    return MadeFrom(folder, found)
