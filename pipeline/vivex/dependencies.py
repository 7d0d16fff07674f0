"""What a part of vivex rests on: its modules and data files, followed from import to import.

A stage's key, `dvc.yaml`, and the stamp by which a model names what it was fitted with are all computed here, so that
no list of files is kept by hand. Followed are import statements, also those within functions (those for type checkers
alone aside), strings that are a module's name, and paths written as `... / "data" / "vocabulary"`. What is reached by
a name made up at run time (the labels' modules, entry points) is named by who asks.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from vivex.document import sha256

ROOT = Path(__file__).parent
_OWN_KEY = ROOT / "data" / "models"  # models have a fingerprint of their own
_MODULE = re.compile(rf"{ROOT.name}(?:\.\w+){{2,}}(?::\w+)?")


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
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(node) for block in ast.walk(tree) if _for_type_checkers(block) for node in ast.walk(block)}
    nodes = [node for node in ast.walk(tree) if id(node) not in apart]
    names = [name for node in nodes for name in _imported(node, path)]
    data = [found for node in nodes for found in _data(node)]
    return tuple(found for name in names for found in _named(name)), tuple(data)


def _for_type_checkers(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _imported(node: ast.AST, path: Path) -> Iterator[str]:
    """Yield the modules that a statement imports; of "from a import b" both a, and a.b where that is a module."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = path.parent.parts[len(ROOT.parts) - 1 :]
        above = above[: len(above) - node.level + 1] if node.level else ()
        source = ".".join((*above, *(node.module.split(".") if node.module else ())))
        submodules = [name for alias in node.names if any(_named(name := f"{source}.{alias.name}"))]
        yield from submodules
        if len(submodules) < len(node.names):  # something of the package's own is asked for
            yield source
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _MODULE.fullmatch(node.value):
        yield node.value.partition(":")[0]


def _data(node: ast.AST) -> Iterator[Path]:
    """Yield the data files that a path expression names: the file itself, or all of a folder."""
    names = []
    while isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        names.append(node.right.value if isinstance(node.right, ast.Constant) else None)
        node = node.left
    names.reverse()
    if "data" not in names:
        return
    place = ROOT
    for name in names[names.index("data") :]:
        if not isinstance(name, str):
            break
        place /= name
    if place == ROOT / "data" or _OWN_KEY in (place, *place.parents):
        return
    yield from [place] if place.is_file() else _files(place)


def _files(folder: Path) -> Iterable[Path]:
    """Return the files of a data folder, hidden ones and pages for people aside."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(".") and p.suffix != ".md")
