"""Read a file into a Document: PDF, JATS XML or plain text."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from vivex.arrows import Parser, registered
from vivex.document import Document
from vivex.errors import UnreadablePaper
from vivex.files import well_formed
from vivex.parse.content import check
from vivex.parse.remarks import of_paper


def suffixes() -> dict[str, str]:
    """Return the file suffixes that the registered parsers read, each with its parser's name."""
    return {suffix: name for suffix, (name, _) in _parsers().items()}


def broken_parsers() -> list[str]:
    """Return one line for each plug-in's parser that can't be loaded; only its files are not read."""
    return list(_registered()[1])


def _parsers() -> dict[str, tuple[str, Parser]]:
    return _registered()[0]


@functools.cache
def _registered() -> tuple[dict[str, tuple[str, Parser]], tuple[str, ...]]:
    parsers, broken = registered("vivex.parsers", Parser)
    return {suffix: (name, parser) for name, parser in parsers.items() for suffix in parser.suffixes}, tuple(broken)


def parse_bytes(data: bytes, *, name: str, params: Mapping[str, Any] | None = None) -> Document:
    """Return the Document of a file's bytes; `name` (the file's name) gives study (its stem) and parser (its suffix).

    Raise UnreadablePaper with reason and remedy. The caller bounds time and memory (see `vivex.pool`).
    """
    path = Path(name)
    known = _parsers()
    if path.suffix.lower() not in known:
        raise UnreadablePaper("unsupported", f"only {', '.join(sorted(known))} files are read", path=name)
    suffix = path.suffix.lower()
    try:
        check(data, suffix)
        document = known[suffix][1](data, study=path.stem, params=params or {})
    except UnreadablePaper as error:
        raise UnreadablePaper(error.reason, error.remedy, path=error.path or name) from error
    return _well_formed(document, (*document.warnings, *of_paper(document)))


def _well_formed(document: Document, warnings: tuple[str, ...]) -> Document:
    """Return the document with its warnings, without halves of surrogate pairs: fonts name them, no file holds them."""
    sections = tuple(dataclasses.replace(s, path=tuple(map(well_formed, s.path))) for s in document.sections)
    return dataclasses.replace(
        document,
        text=well_formed(document.text),
        sections=sections,
        warnings=tuple(map(well_formed, warnings)),
        meta={key: well_formed(value) for key, value in document.meta.items()},
    )


def parse_file(path: Path, *, params: Mapping[str, Any] | None = None) -> Document:
    """Return the Document of a file; study = the file's stem."""
    return parse_bytes(path.read_bytes(), name=path.name, params=params)
