"""Pictures of the places that values come from: the lines of the page with the span marked, small enough to carry."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from vivex.annotation import Evidence
from vivex.codebook import NOT_REPORTED
from vivex.errors import MalformedFile
from vivex.files import write_text
from vivex.forms import rows
from vivex.paper import Paper

SCHEMA = 1
DPI = 110
BUDGET = 210_000  # bytes of pictures of one paper; what exceeds it is left out, best first
_MARGIN = (14.0, 12.0)  # points kept around the span, across and along the page
_TALLEST = 150.0  # points of page shown of one span
_GREYS = 6


class Snippet(NamedTuple):
    """Hold one picture as a data URI with its size in pixels."""

    uri: str
    width: int
    height: int


def key(evidence: Evidence) -> str:
    """Return the name of the evidence's picture: the same place has the same picture."""
    if not evidence.boxes:
        return ""
    return "-".join(f"{round(v):d}" for v in (evidence.page or 0, *evidence.boxes[0][1:], *evidence.boxes[-1][1:]))


def wanted(paper: Paper) -> list[Evidence]:
    """Return the evidence that deserves a picture: the best of form values, then of decided SYRCLE items."""
    found = [
        a.evidence[0] for a in rows.proposals(paper.form, study=paper.study) if a.evidence and a.value != NOT_REPORTED
    ]
    for a in paper.judgements:
        if a.label.startswith("syrcle.") and rows.judgement(a) in ("low", "high"):
            found += a.evidence[:2]
    return list({key(e): e for e in found if e.boxes}.values())


def snippets(paper: Paper) -> dict[str, Snippet]:
    """Return the pictures of a paper by `key`; none where the file is no PDF or its pages can't be drawn."""
    if paper.source is None or paper.source.suffix.lower() != ".pdf":
        return {}
    import pymupdf

    by_page: dict[int, list[Evidence]] = {}
    for evidence in wanted(paper):
        by_page.setdefault(evidence.boxes[0][0], []).append(evidence)
    made: dict[str, Snippet] = {}
    spent = 0
    try:
        with pymupdf.open(stream=paper.source.read_bytes(), filetype="pdf") as pdf:
            for number in sorted(by_page):
                if not 1 <= number <= pdf.page_count:
                    continue
                for name, snippet in _page(pdf[number - 1], by_page[number]):
                    spent += len(snippet.uri)
                    if spent <= BUDGET:
                        made[name] = snippet
    except (RuntimeError, ValueError, OSError):  # pages that can't be drawn: the quotes still stand
        return made
    return made


def _page(page: Any, evidence: Sequence[Evidence]) -> Iterable[tuple[str, Snippet]]:
    """Yield the pictures of one page, drawn once."""
    import pymupdf
    from PIL import Image

    turn = page.rotation
    page.set_rotation(0)  # boxes are on the unrotated page
    scale = DPI / 72
    areas = [(e, _area(e, page.rect)) for e in evidence]
    top, bottom = min(a[1] for _, a in areas), max(a[3] for _, a in areas)
    clip = pymupdf.Rect(page.rect.x0, top, page.rect.x1, bottom)
    pixmap = page.get_pixmap(
        matrix=pymupdf.Matrix(scale, scale), colorspace=pymupdf.csGRAY, clip=clip, alpha=False, annots=False
    )
    drawn = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
    for item, (x0, y0, x1, y1) in areas:
        part = (x0 * scale - pixmap.x, y0 * scale - pixmap.y, x1 * scale - pixmap.x, y1 * scale - pixmap.y)
        box = tuple(round(v) for v in part)
        picture = drawn.crop((box[0], box[1], box[2], box[3]))
        boxes = [
            tuple(round(v * scale - o) for v, o in zip(b[1:], (pixmap.x + box[0], pixmap.y + box[1]) * 2))
            for b in item.boxes
            if b[0] == item.boxes[0][0]
        ]
        yield key(item), _encode(_marked(picture, boxes), turn)


def _area(evidence: Evidence, page: Any) -> tuple[float, float, float, float]:
    """Return the part of the page to show: the span's first run of lines in one column, with a margin."""
    number, *first = evidence.boxes[0]
    x0, y0, x1, y1 = first
    for other, a0, b0, a1, b1 in evidence.boxes[1:]:
        if other != number or b0 < y0 - 2 or a0 > x1 + 30 or a1 < x0 - 30 or max(b1, y1) - y0 > _TALLEST:
            break
        x0, y0, x1, y1 = min(x0, a0), min(y0, b0), max(x1, a1), max(y1, b1)
    wide, high = _MARGIN
    if x1 - x0 < 200:  # a short span: show the words around it
        wide = min(110.0, (230 - (x1 - x0)) / 2)
    return max(page.x0, x0 - wide), max(page.y0, y0 - high), min(page.x1, x1 + wide), min(page.y1, y1 + high)


def _marked(picture: Any, boxes: Iterable[tuple[int, ...]]) -> Any:
    """Return the grey picture in a few greys (so that it packs small), with the boxes tinted yellow."""
    from PIL import Image, ImageChops

    mask = Image.new("L", picture.size, 0)
    for box in boxes:
        mask.paste(_GREYS, (max(0, box[0] - 1), max(0, box[1]), box[2] + 1, box[3]))
    levels = picture.point([round(v * (_GREYS - 1) / 255) for v in range(256)])
    marked = Image.frombytes("P", picture.size, ImageChops.add(levels, mask).tobytes())
    shades = [round(v * 255 / (_GREYS - 1)) for v in range(_GREYS)]
    marked.putpalette([*(c for v in shades for c in (v, v, v)), *(c for v in shades for c in (v, v, round(v * 0.48)))])
    return marked


def _encode(picture: Any, turn: int) -> Snippet:
    """Return the picture as PNG of 16 colours: smaller than lossy WebP for print, and three times as fast."""
    if turn:
        picture = picture.rotate(-turn, expand=True)
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", bits=4)
    data = base64.b64encode(buffer.getvalue()).decode()
    return Snippet(f"data:image/png;base64,{data}", picture.width, picture.height)


def write_snippets(paper: Paper, path: Path) -> None:
    """Write the pictures of a paper as JSON, for a stage that draws them in child processes."""
    data = {
        "schema": SCHEMA,
        "study": paper.study,
        "snippets": {k: list(s) for k, s in sorted(snippets(paper).items())},
    }
    write_text(path, json.dumps(data, separators=(",", ":")) + "\n")


def read_snippets(path: Path) -> Mapping[str, Snippet]:
    """Read the pictures of a paper; raise MalformedFile with the remedy."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {k: Snippet(str(u), int(w), int(h)) for k, (u, w, h) in data["snippets"].items()}
    except (ValueError, KeyError, TypeError) as error:
        raise MalformedFile(
            f"{path}: not a file of page pictures ({error}); delete it and run prefill again"
        ) from error


def pictures_of(folder: Path) -> Callable[[Paper], Mapping[str, Snippet]]:
    """Return the function that gives a paper's page pictures as the stage drew them, in bounded child processes."""

    def pictures(paper: Paper) -> Mapping[str, Snippet]:
        path = folder / f"{paper.study}.json"
        return read_snippets(path) if path.exists() else {}

    return pictures
