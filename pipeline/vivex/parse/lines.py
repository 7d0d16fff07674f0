"""A printed line: its characters, where each stands, and the type they are set in."""

from __future__ import annotations

from dataclasses import dataclass, field

from vivex.parse.turning import Box, Frame, moved


@dataclass(frozen=True, slots=True)
class Rule:
    """Place a horizontal rule: its ends and height on the page, in points."""

    x0: float
    x1: float
    y: float


@dataclass(slots=True, eq=False)
class Span:
    """Mark characters [start, end) of a line that share a font."""

    start: int
    end: int
    size: float
    font: str
    bold: bool
    italic: bool
    raised: bool


@dataclass(slots=True, eq=False)
class Line:
    """Hold a printed line: its characters, the x edges of each (one more than characters), its place and style."""

    page: int
    block: int
    text: str
    edges: list[float]
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    size: float
    font: str
    bold: bool
    italic: bool
    spans: list[Span] = field(default_factory=list)
    pure: bool = True  # (almost) all of it in one font
    upright: bool = True
    kind: str = ""
    column: int = -1
    aside: bool = False  # runs up or down a page whose other lines are upright
    back: Frame | None = None  # the way to the page's own coordinates, where the line was turned upright

    @property
    def box(self) -> Box:
        """Return (x0, y0, x1, y1) on the page, in points."""
        box = (self.x0, self.y0, self.x1, self.y1)
        return box if self.back is None else moved(box, self.back)
