"""What each expression of assess/ matches in texts: which strings, and in which texts; kept for cut_rules.cut."""

from __future__ import annotations

import gzip
import importlib
import json
import pkgutil
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import vivex.assess
from train_reader.samples import gather
from vivex.assess.examine import examine
from vivex.document import Document
from vivex.parse import parse_bytes
from vivex.parse.text import parse_text

READ_BY = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
UNLABELLED = 3  # every third unlabelled paper is read
# An expression's place (module, and its name or itself) -> how it was asked and of what string -> in which texts
Key = tuple[str, str]
Matched = dict[Key, dict[tuple[str, str], set[str]]]


class _Watched:
    """Stand for a compiled expression and note what it matches."""

    def __init__(self, watched: re.Pattern[str], key: Key, noted: Matched, now: list[str]) -> None:
        self._watched, self._key, self._noted, self._now = watched, key, noted, now
        self.pattern, self.flags, self.groups = watched.pattern, watched.flags, watched.groups

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._watched, name)
        if name not in READ_BY:
            return asked

        def noting(*given: Any, **named: Any) -> Any:
            text = given[1] if name in ("sub", "subn") else given[0]
            if self._watched.search(text):
                how = name if name in ("search", "match", "fullmatch") else "finditer"
                self._noted[self._key].setdefault((how, text), set()).add(self._now[0])
            return asked(*given, **named)

        return noting


class _WatchedModule:
    """Stand for `re` in a module, so that expressions given in place are watched too."""

    def __init__(self, module: str, noted: Matched, now: list[str]) -> None:
        self._module, self._noted, self._now = module, noted, now

    def __getattr__(self, name: str) -> Any:
        if name not in READ_BY:
            return getattr(re, name)

        def asked(expression: str, *given: Any, **named: Any) -> Any:
            watched = _Watched(re.compile(expression), (self._module, expression), self._noted, self._now)
            return getattr(watched, name)(*given, **named)

        return asked


def watched_modules() -> list[str]:
    """Return the modules of assess/ that hold expressions."""
    return [m.name for m in pkgutil.walk_packages(vivex.assess.__path__, "vivex.assess.") if not m.ispkg]


def record(texts: Iterable[tuple[str, Document]]) -> Matched:
    """Read the texts by all rules and return what each expression matched; meant for a process of its own."""
    noted: Matched = defaultdict(dict)
    now = [""]
    home: dict[int, Key] = {}  # a pattern that is imported elsewhere is noted under its home
    for name in watched_modules():
        module = importlib.import_module(name)
        for called, value in list(vars(module).items()):
            if isinstance(value, re.Pattern):
                key = home.setdefault(id(value), (name, called))
                setattr(module, called, _Watched(value, key, noted, now))
        if vars(module).get("re") is re:
            vars(module)["re"] = _WatchedModule(name, noted, now)
    for named, document in texts:
        now[0] = named
        examined = examine(document)
        if examined.is_paper:
            examined.quantities, examined.announced, examined.features  # noqa: B018
    return dict(noted)


def development_texts(shared: Path) -> Iterator[tuple[str, Document]]:
    """Yield every text that an alternative may be needed in: annotated and unlabelled papers, sentences."""
    for path in sorted((shared / "gold" / "texts").glob("*.txt")):
        yield path.stem, parse_bytes(path.read_bytes(), name=path.name, params={})
    for sample in gather(shared):
        yield sample.id, parse_text(sample.text.encode(), study="s", params={})
    with gzip.open(shared / "corpora" / "invivo_fulltext" / "invivo_fulltext.jsonl.gz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number % UNLABELLED == 0:
                paper = json.loads(line)
                parts = [str(paper.get("title") or "A paper")]
                for heading, paragraph in paper["sections"]:
                    told = heading if isinstance(heading, str) else " > ".join(heading)
                    parts += [f"## {told or 'Text'}", paragraph]
                text = "\n\n".join(parts)
                yield f"unlabelled-{number}", parse_bytes(text.encode(), name=f"{number}.txt", params={})
