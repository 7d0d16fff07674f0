"""From printed lines to groups of lines that belong together: paragraphs, headings, captions, cells of tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vivex.headings import role_of
from vivex.parse.lines import Line
from vivex.parse.page import Body

if TYPE_CHECKING:
    from vivex.parse.cells import TableCell

LABEL = re.compile(
    r"(?:supplement(?:ary|al)\s+|additional\s+|online\s+|extended\s+data\s+)?"
    r"(fig(?:ure)?s?\b\.?|tables?\b|tab\.|scheme|chart|box|plate|video|movie|algorithm|graph(?:ic)?)\s*[.-]?\s*"
    r"(?:[SA]?\d+(?:\.\d+)?[A-Za-z]?|[IVX]+)(?![\w])",
    re.IGNORECASE,
)
_TERMINAL = re.compile(r"[.?!:;][\"”’')\]⁰¹²³⁴⁵⁶⁷⁸⁹,⁻\d]*$")
NUMBERED = re.compile(r"(?:\d{1,2}\.)+\d{0,2}\.?\s+[A-Z]|\d{1,2}\s+[A-Z]")
ENTRY = re.compile(r"\[?\d{1,3}[\].)]?\s+[A-Z“\"‘(]|\[\d{1,3}\]|[•·▪■–◦]\s|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s")


@dataclass(slots=True, eq=False)
class Group:
    """Hold lines that form one block, with its kind once known."""

    lines: list[Line]
    kind: str = ""
    level: int | None = None
    heading: str = ""
    text: str = ""
    size: float = 0.0
    font: str = ""
    bold: bool = False
    italic: bool = False
    x0: float = 0.0
    y0: float = 0.0
    x1: float = 0.0
    y1: float = 0.0
    cells: list[TableCell] = field(default_factory=list)
    first: int = 0  # where in the first line the group begins
    last: int | None = None  # where in the last line it ends (None: at the line's end)
    caption: Group | None = None

    @property
    def page(self) -> int:
        """Return the page on which the group begins."""
        return self.lines[0].page

    @property
    def column(self) -> int:
        """Return the column of the first line."""
        return self.lines[0].column


def measure(group: Group) -> Group:
    """Set what follows from the group's lines: text, dominant type and extent."""
    lines = group.lines
    group.text = " ".join([line.text for line in lines])
    if len(lines) == 1:
        line = lines[0]
        group.size, group.font, group.bold, group.italic = line.size, line.font, line.bold, line.italic
        group.x0, group.y0, group.x1, group.y1 = line.x0, line.y0, line.x1, line.y1
        return group
    weight: Counter[tuple[float, str, bool, bool]] = Counter()
    for line in lines:
        weight[line.size, line.font, line.bold, line.italic] += len(line.text)
    group.size, group.font, group.bold, group.italic = max(weight, key=weight.__getitem__)
    group.x0, group.x1 = min([line.x0 for line in lines]), max([line.x1 for line in lines])
    group.y0, group.y1 = lines[0].y0, lines[-1].y1
    return group


def grouped(lines: Sequence[Line], columns: dict[int, list[tuple[float, float]]], body: Body) -> list[Group]:
    """Return the groups of lines, in the order of the file."""
    groups: list[Group] = []
    current: list[Line] = []
    for line, following in zip(lines, [*lines[1:], None]):
        if current and _breaks(current, line, following, columns, body):
            groups.append(measure(Group(current)))
            current = []
        current.append(line)
    if current:
        groups.append(measure(Group(current)))
    return groups


def _breaks(
    current: list[Line], line: Line, following: Line | None, columns: dict[int, list[tuple[float, float]]], body: Body
) -> bool:
    """Tell whether `line` begins a new group after the lines of `current`."""
    previous = current[-1]
    if line.page != previous.page:
        return True
    step = line.base - previous.base
    size = max(previous.size, line.size)
    if line.column != previous.column:
        if line.block != previous.block or not 0 < step < 1.7 * size:
            return True
        if abs(line.x0 - min(piece.x0 for piece in current)) > 2 * size or abs(line.size - previous.size) > 0.6:
            return True
        line.column = previous.column  # a paragraph wider than the columns ends in a line that fits into one
    if abs(step) < 0.3 * size:  # side by side
        return line.x0 - previous.x1 > 2.2 * size or line.x0 < previous.x0
    leading = body.leading if abs(previous.size - body.size) < 0.6 else 1.25 * previous.size
    if len(current) > 1:
        usual = current[-1].base - current[-2].base
        if 0.8 * size < usual < leading * 1.15:
            leading = max(usual, leading * 0.9)
    if step < 0 or step > 1.28 * max(leading, 1.08 * size):
        return True
    if abs(line.size - previous.size) > 0.6 and min(len(line.text), len(previous.text)) > 3:
        return True
    if line.x0 > previous.x1 or line.x1 < previous.x0:
        return True
    if len(current) == 1 and len(previous.text) < 50 and not line.text[:1].islower() and role_of(previous.text):
        return True
    left, right = _bounds(current, line, columns)
    width = right - left
    ended = _ends(previous.text)
    wraps = previous.x1 > right - 0.1 * width and not ended
    if line.font != previous.font and not (line.font in body.fonts and previous.font in body.fonts):
        if previous.pure and not ended and line.spans[0].font == previous.font:
            return False  # a run-in heading goes on
        inside = wraps and any(body.has(piece) or not piece.pure for piece in current[:1])
        if (
            (previous.pure or body.has(previous))
            and not inside
            and (line.pure or body.has(line))
            and len(line.text) > 3
        ):
            return True
    if NUMBERED.match(line.text) and NUMBERED.match(current[0].text) and line.pure and not body.has(line):
        return True
    if LABEL.match(line.text) and _label_stands_out(line, body):
        return not (wraps and body.has(line) and body.has(previous) and not line.spans[0].bold)
    short = previous.x1 < right - 0.12 * width
    indented = 0.6 * size < line.x0 - left < 4.5 * size
    if indented and previous.x0 - left < 0.5 * size and (ended or (short and line.text[:1].isupper())):
        return following is None or following.x0 < line.x0 - 0.4 * size or following.column != line.column
    if short and ended and (line.text[:1].isupper() or not line.text[:1].isalpha()) and len(previous.text) > 2:
        return True
    return bool(ended and ENTRY.match(line.text) and ENTRY.match(current[0].text))


def _ends(text: str) -> bool:
    """Tell whether a text ends in a full stop or the like, whatever closes after it."""
    last = text[-1:]
    return last in (".", "?", "!", ":", ";") or (not last.isalpha() and _TERMINAL.search(text) is not None)


def _bounds(current: list[Line], line: Line, columns: dict[int, list[tuple[float, float]]]) -> tuple[float, float]:
    if line.column >= 0:
        return columns[line.page][line.column]
    both = [*current, line]
    return min(piece.x0 for piece in both), max(piece.x1 for piece in both)


def _label_stands_out(line: Line, body: Body) -> bool:
    """Tell whether a line that begins like a caption's label is set or punctuated as one."""
    label = LABEL.match(line.text)
    if label is None:
        return False
    rest = line.text[label.end() :].lstrip()
    first = line.spans[0]
    return (
        first.bold
        or first.italic
        or line.size < body.size - 0.4
        or not rest
        or rest[0] in ".:|—–-"
        or line.font not in body.fonts
    )
