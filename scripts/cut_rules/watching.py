"""Compiled expressions that note what they are asked and can be exchanged while a module's code runs."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from types import ModuleType
from typing import Any

READ_BY = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn")
Asked = tuple[str, str]  # how an expression was asked, and of what string
Result = tuple[object, ...] | bool | None


class Watched:
    """Stand for a compiled expression: `now` is the one that answers; what it matches is kept by sentence."""

    def __init__(self, expression: re.Pattern[str], asked: list[tuple[Watched, Asked]]) -> None:
        self.now = expression
        self.first = expression.pattern
        self.found: dict[Asked, Result] = {}
        self.sentences: dict[Asked, set[int]] = defaultdict(set)
        self._asked = asked

    def __getattr__(self, name: str) -> Any:
        if name not in READ_BY:
            return getattr(self.now, name)

        def noting(*given: Any, **named: Any) -> Any:
            text = given[1] if name in ("sub", "subn") else given[0]
            self._asked.append((self, (name if name in ("search", "match", "fullmatch") else "finditer", text)))
            return getattr(self.now, name)(*given, **named)

        return noting

    def note(self, asked: Asked, sentence: int) -> None:
        """Keep that the string was asked for in a sentence, where it matches: a cut never makes a match."""
        if asked not in self.found:
            found = result(self.now, asked)
            if found is None:
                return
            self.found[asked] = found
        self.sentences[asked].add(sentence)

    def exchanged(self, asked: Asked, found: Result) -> None:
        """Keep what is found in the string now."""
        if found is None:
            self.found.pop(asked, None)
            self.sentences.pop(asked, None)
        else:
            self.found[asked] = found


class _WatchedModule:
    """Stand for `re` in a module, so that expressions given in place are watched too."""

    def __init__(self, module: str, watch: Watch) -> None:
        self._module, self._watch = module, watch

    def __getattr__(self, name: str) -> Any:
        if name not in READ_BY:
            return getattr(re, name)

        def asked(expression: str, *given: Any, **named: Any) -> Any:
            return getattr(self._watch.in_place(self._module, expression), name)(*given, **named)

        return asked


class Watch:
    """Hold the watched expressions of some modules, by module and name (or, given in place, by themselves)."""

    def __init__(self, modules: Mapping[str, ModuleType]) -> None:
        self.asked: list[tuple[Watched, Asked]] = []  # since it was last cleared
        self.expressions: dict[tuple[str, str], Watched] = {}
        home: dict[int, Watched] = {}  # one that is imported elsewhere is the same there
        for module, code in modules.items():
            for name, value in list(vars(code).items()):
                if isinstance(value, re.Pattern):
                    if id(value) not in home:
                        home[id(value)] = self.expressions[module, name] = Watched(value, self.asked)
                    setattr(code, name, home[id(value)])
            if vars(code).get("re") is re:
                vars(code)["re"] = _WatchedModule(module, self)

    def in_place(self, module: str, expression: str) -> Watched:
        """Return the watched expression that stands in the code of a module."""
        if (module, expression) not in self.expressions:
            self.expressions[module, expression] = Watched(re.compile(expression), self.asked)
        return self.expressions[module, expression]


def result(pattern: re.Pattern[str], asked: Asked) -> Result:
    """Return what a caller can see of what the expression finds in the string."""
    how, text = asked
    if how == "finditer":
        return tuple((m.span(), m.groups()) for m in pattern.finditer(text)) or None
    found = getattr(pattern, how)(text)
    if found is None:
        return None
    return tuple(found.groups()) if pattern.groups else True
