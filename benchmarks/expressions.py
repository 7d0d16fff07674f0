"""Count the characters of regular expressions in a folder of code: python benchmarks/expressions.py [FOLDER].

An expression is a string constant, not a docstring, that is given to a call of `re` or of `pattern`, or that holds a
group, a class or a word's edge. Each module's characters are printed, and their sum with its share of the code.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_SIGNS = re.compile(r"\\[bwsdWSD]|\(\?|\[\^|\)[?*+]|\|")
_CALLS = ("compile", "search", "sub", "split", "match", "fullmatch", "finditer", "findall", "pattern")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    folder = _ROOT / "pipeline" / "vivex" / "assess"
    parser.add_argument("folder", type=Path, nargs="?", default=folder)
    options = parser.parse_args()
    counted, size = 0, 0
    for path in sorted(options.folder.rglob("*.py")):
        code = path.read_text(encoding="utf-8")
        found = sum(len(e) for e in expressions(code))
        print(f"{found:7d} of {len(code):7d}  {path.relative_to(options.folder).as_posix()}")
        counted, size = counted + found, size + len(code)
    print(f"{counted:7d} of {size:7d}  ({counted / max(1, size):.0%})")


def expressions(code: str) -> Iterator[str]:
    """Yield the expressions of a module's source; those that are read from data files aren't among them."""
    tree = ast.parse(code)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
    given = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and _name(node.func) in _CALLS
        for argument in node.args
        for part in ast.walk(argument)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in told:
            continue
        if id(node) in given or _SIGNS.search(node.value):
            yield node.value


def _name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""


if __name__ == "__main__":
    main()
