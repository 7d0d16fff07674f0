"""An expression as a tree of its alternatives, from which some can be taken and the rest written again."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

OPEN, CLOSE = "\ue000", "\ue001"  # stand around the name of a fragment that an expression is put together from
_GROUP = re.compile(r"\((?:\?(?::|=|!|<=|<!|P<\w+>|[aiLmsux]+:))?")
_TIMES = re.compile(r"(?:[*+?]|\{\d+,?\d*\}|\{,\d+\})[?+]?")
_NAMED = re.compile(r"\{[A-Z_]+\}")
FORBIDDING = ("(?!", "(?<!")  # groups that only forbid
BEHIND = "(?<="  # its alternatives must all have one length


@dataclass(slots=True)
class Alternatives:
    """Hold what is between two brackets: sequences, one of which has to match."""

    parts: list[list[Group | str]] = field(default_factory=list)

    def __str__(self) -> str:
        return "|".join("".join(map(str, part)) for part in self.parts)


@dataclass(slots=True)
class Group:
    """Hold a group: how it opens, its alternatives, and how often it may come."""

    opens: str
    inner: Alternatives
    times: str

    def __str__(self) -> str:
        if self.opens == "(?:" and not self.times and len(self.inner.parts) == 1:
            return str(self.inner)
        return f"{self.opens}{self.inner}){self.times}"


def parse(expression: str) -> Alternatives:
    """Return the tree of an expression; raise ValueError where it can't be followed."""
    tree, end = _alternatives(expression, 0)
    if end != len(expression):
        raise ValueError(f"unbalanced bracket: {expression[end : end + 30]}")
    return tree


def _alternatives(text: str, at: int) -> tuple[Alternatives, int]:
    part, at = _sequence(text, at)
    tree = Alternatives([part])
    while at < len(text) and text[at] == "|":
        part, at = _sequence(text, at + 1)
        tree.parts.append(part)
    return tree, at


def _sequence(text: str, at: int) -> tuple[list[Group | str], int]:
    out: list[Group | str] = []
    while at < len(text) and text[at] not in "|)":
        if text[at] == "(":
            opened = _GROUP.match(text, at)
            if opened is None or text.startswith(("(?P=", "(?#", "(?("), at):
                raise ValueError(f"group: {text[at : at + 30]}")
            inner, at = _alternatives(text, opened.end())
            if at >= len(text):
                raise ValueError(f"unclosed group: {opened.group()}")
            times, at = _repeated(text, at + 1)
            out.append(Group(opened.group(), inner, times))
        else:
            end = _atom(text, at)
            times, after = _repeated(text, end)
            out.append(text[at:end] + times)
            at = after
    return out, at


def _atom(text: str, at: int) -> int:
    """Return where the character, class, escape or name that begins here ends."""
    if text[at] == "\\":
        return at + 2
    if text[at] == OPEN:
        return text.index(CLOSE, at) + 1
    if text[at] == "{":
        named = _NAMED.match(text, at)
        return named.end() if named else at + 1
    if text[at] != "[":
        return at + 1
    end = at + 2 if text.startswith("[^", at) else at + 1
    end += text.startswith("]", end)
    while text[end] != "]":
        end += 2 if text[end] == "\\" else 1
    return end + 1


def _repeated(text: str, at: int) -> tuple[str, int]:
    found = _TIMES.match(text, at)
    return (found.group(), found.end()) if found else ("", at)
