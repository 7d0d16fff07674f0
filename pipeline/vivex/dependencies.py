"""What a part of vivex rests on: its modules and data files, followed from import to import.

A stage's key, `dvc.yaml`, and the stamp by which a model names what it was fitted with are all computed here, so that
no list of files is kept by hand. Followed are import statements, also those within functions (those for type checkers
alone aside), strings that are a module's name, and paths written as `... / "data" / "vocabulary"`. What is reached by
a name made up at run time (the labels' modules, entry points) is named by who asks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from vivex.document import sha256

ROOT = Path(__file__).parent
_OWN_KEY = ROOT / "data" / "models"  # models have a fingerprint of their own
# The package's own style is known (ruff keeps it), so that reading 130 files takes no parser and a tenth of the time.
_FOR_TYPE_CHECKERS = re.compile(r"^if TYPE_CHECKING:\n(?:[ \t]+.*\n|\n)+", re.MULTILINE)
_FROM = re.compile(rf"^\s*from ({ROOT.name}[\w.]*) import (\([^)]*\)|.*)", re.MULTILINE)
_IMPORT = re.compile(rf"^\s*import ({ROOT.name}\b.*)", re.MULTILINE)
_NAMED = re.compile(rf'"({ROOT.name}(?:\.\w+){{2,}})(?::\w+)?"')  # a module's name as a string
_DATA = re.compile(r'/\s*"data"((?:\s*/\s*"[^"]+")*)')


def files_of(*modules: str) -> tuple[Path, ...]:
    """Return the files that the modules rest on, their own among them, sorted; "vivex.parse.*" is all in a package."""
    waiting = [path for name in modules for path in _named(name)]
    found: set[Path] = set()
    data: set[Path] = set()
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            imported, paths = _reached(path)
            waiting += imported
            data |= set(paths)
    return tuple(sorted(found | data))


def relative(path: Path) -> str:
    """Return a file's path within the package: "recognize/spans.py"."""
    return path.relative_to(ROOT).as_posix()


@functools.cache
def hashes(*modules: str) -> dict[str, str]:
    """Return the hash of each file that the modules rest on, by its path within the package."""
    return {relative(path): sha256(path.read_bytes())[:12] for path in files_of(*modules)}


@functools.cache
def code_hash(*modules: str) -> str:
    """Return one hash of all that the modules rest on."""
    return sha256("".join(f"{name} {digest}\n" for name, digest in hashes(*modules).items()).encode())


def forget() -> None:
    """Read the files anew the next time: a process that lives for days may outlive a version of vivex."""
    hashes.cache_clear()
    code_hash.cache_clear()
    _reached.cache_clear()


def _named(name: str) -> Iterator[Path]:
    """Yield the files of a module named as in an import; none where it isn't of this package."""
    parts = name.split(".")
    if parts[0] != ROOT.name:
        return
    if parts[-1] == "*":
        yield from sorted(ROOT.joinpath(*parts[1:-1]).rglob("*.py"))
        return
    place = ROOT.joinpath(*parts[1:])
    for path in (place / "__init__.py", place.with_suffix(".py")):
        if path.is_file():
            yield path


@functools.cache
def _reached(path: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the package's files that a file imports, and the data files that it names."""
    source = _FOR_TYPE_CHECKERS.sub("", path.read_text(encoding="utf-8"))
    names = {match[1] for match in _NAMED.finditer(source)}
    for match in _FROM.finditer(source):
        names |= set(_asked(match[1], re.findall(r"(\w+)(?: as \w+)?\s*(?:,|\)|#|$)", match[2], re.MULTILINE)))
    for match in _IMPORT.finditer(source):
        names |= set(re.findall(r"[\w.]+(?=(?: as \w+)?(?:,|\s|$))", match[1]))
    data = [found for match in _DATA.finditer(source) for found in _meant(match[1])]
    return tuple(found for name in sorted(names) for found in _named(name)), tuple(data)


def _asked(source: str, names: Iterable[str]) -> Iterator[str]:
    """Yield the modules that "from source import names" asks for: those of its names that are modules, else itself."""
    for name in names:
        yield f"{source}.{name}" if any(_named(f"{source}.{name}")) else source


def _meant(written: str) -> Iterable[Path]:
    """Return the data files that a path names: the file itself, or all of a folder."""
    place = ROOT.joinpath("data", *re.findall(r'"([^"]+)"', written))
    if place == ROOT / "data" or _OWN_KEY in (place, *place.parents):
        return ()
    return [place] if place.is_file() else _files(place)


def _files(folder: Path) -> Iterable[Path]:
    """Return the files of a data folder, hidden ones and pages for people aside."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".") and p.suffix != ".md")
