"""Compiled expressions, kept between processes as Python keeps compiled modules.

Python compiles a module once and keeps it in `__pycache__`; the module's expressions it compiles anew in every process.
Those of vivex take a child longer than its models. A file beside the compiled modules holds what `re` hands to its
engine for each pattern. The engine checks what it is given, and the file names the Python that made it; where it is
absent, damaged or can't be written, expressions are compiled as ever.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.util
import marshal
import os
import re
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

_Key: TypeAlias = tuple[str, int]  # pattern, flags
_Made: TypeAlias = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]  # flags, code, groups and their names
_SPOILT = (OSError, ValueError, EOFError, TypeError, AttributeError, RuntimeError, OverflowError)


@contextlib.contextmanager
def kept(file: Path | None = None) -> Iterator[None]:
    """Take the expressions that are compiled inside from the file, and add to it those that it lacks.

    For imports: expressions that are made of a paper's words don't belong into the file.
    """
    compiler: Any = getattr(re, "_compiler", None)
    engine: Any = getattr(compiler, "_sre", None)
    if engine is None or not hasattr(compiler, "compile"):  # a Python that is built otherwise
        yield
        return
    path = file or _file(engine)
    known, fresh = _read(path, _stamp(path)), dict[_Key, _Made]()
    by_itself: Callable[..., re.Pattern[str]] = compiler.compile

    class Listening:
        """Stand for the engine, and keep what it is handed."""

        handed: _Made | None = None

        def __getattr__(self, name: str) -> Any:
            return getattr(engine, name)

        def compile(self, pattern: object, flags: int, code: list[int], groups: int, names: Any, by_number: Any) -> Any:
            self.handed = (int(flags), array("I", code).tobytes(), groups, dict(names), tuple(by_number))
            return engine.compile(pattern, flags, code, groups, names, by_number)

    listening = Listening()

    def compile_(pattern: Any, flags: int = 0) -> Any:
        key = (pattern, int(flags))
        if type(pattern) is not str or flags & re.DEBUG:
            return by_itself(pattern, flags)
        if (made := known.get(key)) is not None:
            with contextlib.suppress(*_SPOILT):
                made_flags, code, groups, names, by_number = made
                return engine.compile(pattern, made_flags, array("I", code).tolist(), groups, names, by_number)
        found = by_itself(pattern, flags)
        if listening.handed is not None:
            fresh[key] = listening.handed
        return found

    compiler.compile, compiler._sre = compile_, listening
    try:
        yield
    finally:
        compiler.compile, compiler._sre = by_itself, engine
        if fresh and not sys.dont_write_bytecode:
            _write(path, known | fresh)


def _file(engine: Any) -> Path:
    """Return where this Python keeps vivex's expressions."""
    made_by = ".".join(map(str, sys.version_info[:3]))
    return Path(importlib.util.cache_from_source(__file__)).with_name(f"expressions.{made_by}-{engine.MAGIC}.bin")


def _stamp(path: Path) -> tuple[int, int]:
    """Return what tells whether the file is another than before."""
    with contextlib.suppress(OSError):
        told = path.stat()
        return told.st_mtime_ns, told.st_size
    return 0, 0


@functools.lru_cache(maxsize=1)
def _read(path: Path, stamp: tuple[int, int]) -> dict[_Key, _Made]:
    """Return what the file holds; kept, for a child gets ready for one stage after the other."""
    with contextlib.suppress(*_SPOILT):
        found = marshal.loads(path.read_bytes())
        if isinstance(found, dict):
            return found
    return {}


def _write(path: Path, made: dict[_Key, _Made]) -> None:
    """Write the file at once or not at all; children that write at the same time undo nothing but each other's news."""
    with contextlib.suppress(*_SPOILT):
        path.parent.mkdir(parents=True, exist_ok=True)
        number, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
        try:
            with os.fdopen(number, "wb") as file:
                file.write(marshal.dumps(made))
            os.replace(name, path)
        except OSError:
            os.unlink(name)
            raise
