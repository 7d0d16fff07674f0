"""Text that no reader sees: without ink, in the paper's own white, under a box, off the page, or too small to read."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from vivex.parse.mupdf import mupdf, size_of
from vivex.parse.turning import Box

_INK = itemgetter("alpha", "char_flags", "size", "color")
_PAINTED = 48  # MuPDF's flags of a character that is filled (16) or stroked (32)
_LIGHT = 0xE6  # of 255: colours whose channels all reach this are taken for white
_FAINT = 26  # of 255: ink so transparent may not be seen
_ALIKE = 40  # of 255: a colour whose channels differ less from the box under it may not be seen
_LIGHTEST = 0xE00000  # no colour below this number is light
_ZOOM = 1.5  # points of the picture for one of the page
_WIDEST = 2000  # points of that picture's longer side at most
_FEW = 5  # doubtful words for which a page is not drawn: banners such as "Open Access"
_WORD = re.compile(r"[^\W\d_]{2,}")
_TINY = 1.5  # points: smaller type can't be read on paper
_MARGIN = 1.0  # points by which a box may miss the text it covers
_SCAN = 0.5  # share of the page that a picture covers, from which unpainted text over it is a scan's text layer
_SEEN = 0.3  # share of a scan's characters that may be painted (stamps, running heads)
_STAMP = 60_000.0  # square points: a smaller page is no page of a paper
_CONTRAST = 40  # of 255: least difference between the lightest and the darkest point of a box with ink
_PLAIN = 0.006  # bytes a point of a picture up to which it may be one colour, so that it hides what it covers
_PACKED = 150  # bytes that a packed picture takes at least
_CROPPED = 0.98  # share of the sheet that a page shows, from which nothing is looked for beside it
_SLUG = re.compile(r"\.(?:indd|qxp|qxd|3d|pdf|eps|fm)\b|\bcyan\b", re.IGNORECASE)  # a printer's own line


def take_hidden(page: Any, raw: dict[str, Any]) -> list[str]:
    """Remove the spans that no reader sees from a page's `rawdict`; return their texts, line by line."""
    suspects = list(_suspects(raw, _plain_pictures(page)))
    if not suspects:
        return []
    if any(why == "unpainted" for _, _, why in suspects) and _is_scan(page, raw):
        suspects = [suspect for suspect in suspects if suspect[2] != "unpainted"]
    sure = [(line, span) for line, span, why in suspects if why != "doubtful"]
    doubtful = [(line, span) for line, span, why in suspects if why == "doubtful"]
    if len(_WORD.findall(" ".join([_text(span) for _, span in doubtful]))) >= _FEW:
        shows_ink = _picture(page)
        others = _other_lines(raw, {id(line) for line, _ in doubtful})
        sure += [
            (line, span) for line, span in doubtful if not shows_ink(span["bbox"]) or _overlaid(span["bbox"], others)
        ]
    gone: dict[int, list[str]] = {}
    for line, span in sure:
        line["spans"] = [other for other in line["spans"] if other is not span]
        gone.setdefault(id(line), []).append(_text(span))
    return [" ".join("".join(parts).split()) for parts in gone.values() if "".join(parts).strip()]


def _other_lines(raw: dict[str, Any], doubtful: set[int]) -> list[Box]:
    """Return the boxes of the lines that are surely seen."""
    lines = [line for block in raw["blocks"] for line in block.get("lines", ())]
    return [line["bbox"] for line in lines if id(line) not in doubtful]


def _overlaid(box: Box, others: Sequence[Box]) -> bool:
    """Tell whether another line runs through the middle of a box: the ink in it is that line's."""
    middle, height = (box[1] + box[3]) / 2, box[3] - box[1]
    for x0, y0, x1, y1 in others:
        shared = min(x1, box[2]) - max(x0, box[0])
        if abs((y0 + y1) / 2 - middle) < 0.3 * height and shared > 0.5 * (box[2] - box[0]):
            return True
    return False


def _text(span: dict[str, Any]) -> str:
    return "".join([char["c"] for char in span["chars"]])


def _suspects(raw: dict[str, Any], pictures: Sequence[Box]) -> Iterator[tuple[dict[str, Any], dict[str, Any], str]]:
    """Yield (line, span, why) of what may be unseen; "doubtful" is what the page's picture decides."""
    blocks = [block for block in raw["blocks"] if "lines" in block]
    boxes = [block for block in raw["blocks"] if block["type"] == 3 and block["isrect"]]
    covers = [box for box in boxes if _covers(box)]
    last = covers[-1]["number"] if covers else -1
    inks = {_INK(span) for block in blocks for line in block["lines"] for span in line["spans"]}
    why = {ink: reason for ink in inks if (reason := _unseen(*ink))}
    alike = {color: like for color in {ink[3] for ink in inks} if (like := _like(color, covers))}
    for block in blocks:
        number = block["number"]
        later = [box["bbox"] for box in covers if box["number"] > number] if number < last else []
        later += pictures  # which may as well lie under the words
        if not (later or why or alike):
            continue  # as on most pages
        for line in block["lines"]:
            covered = bool(later) and _within(line["bbox"], later)
            if not (covered or why or alike):
                continue
            for span in line["spans"]:
                reason = why.get(_INK(span), "")
                if not reason and (covered or _on_its_colour(span, number, alike.get(span["color"], ()))):
                    reason = "doubtful"
                if reason:
                    yield line, span, reason


def _unseen(alpha: int, flags: int, size: float, color: int) -> str:
    """Return why type of this ink may be unseen wherever it stands, or ""."""
    if not alpha or not flags & _PAINTED:
        return "unpainted"
    if size < _TINY:
        return "tiny"
    return "doubtful" if alpha < _FAINT or (color > _LIGHTEST and _is_light(color)) else ""


def _plain_pictures(page: Any) -> list[Box]:
    """Return the boxes of pictures with so few bytes that they may be one colour."""
    sizes = {picture[2:4] for picture in page.get_images() if _is_plain(page, *picture[:4])}
    if not sizes:
        return []
    shown = [p["bbox"] for p in page.get_image_info() if (p["width"], p["height"]) in sizes]
    return [box for box in shown if _is_wide(box)]


def _is_plain(page: Any, xref: int, mask: int, width: int, height: int) -> bool:
    """Tell whether a picture without transparent points has very few bytes for its size, packed."""
    if mask:
        return False
    pdf, most = page.parent, _PLAIN * width * height + _PACKED
    kind, length = pdf.xref_get_key(xref, "Length")
    if pdf.xref_get_key(xref, "Filter")[0] == "null":
        return len(zlib.compress(pdf.xref_stream_raw(xref) or b"", 1)) <= most
    return (int(length) if kind == "int" else len(pdf.xref_stream_raw(xref) or b"")) <= most


def _is_wide(box: Box) -> bool:
    return box[3] - box[1] > 6 and box[2] - box[0] > 30


def take_outside(page: Any, raw: dict[str, Any], width: float, height: float) -> list[str]:
    """Remove what stands beside the page from a `rawdict` without bounds; return its words, line by line.

    Words on the sheet beside a cropped page are told, too, which the `rawdict` does not hold.
    """
    gone = []
    for block in raw["blocks"]:
        if "lines" not in block or _inside(block["bbox"], width, height):
            continue
        for line in block["lines"]:
            if _inside(line["bbox"], width, height):
                continue
            words = ""
            for span in line["spans"]:
                out = [char for char in span["chars"] if _outside(char["bbox"], width, height)]
                words += "".join([char["c"] for char in out])
                span["chars"] = [char for char in span["chars"] if not _outside(char["bbox"], width, height)]
            line["spans"] = [span for span in line["spans"] if span["chars"]]
            gone.append(words)
    return [
        " ".join(words.split())
        for words in [*gone, *_beside(page, width, height)]
        if words.strip() and not _SLUG.search(words)
    ]


def _beside(page: Any, width: float, height: float) -> Iterator[str]:
    """Yield the lines on the sheet beside a cropped page."""
    if width * height > _CROPPED * abs(page.mediabox):
        return
    pymupdf = mupdf()
    found = page.get_textpage(clip=pymupdf.INFINITE_RECT(), flags=pymupdf.TEXT_PRESERVE_LIGATURES).extractDICT()
    for block in found["blocks"]:
        for line in block.get("lines", ()):
            if _outside(line["bbox"], width, height):
                yield "".join([span["text"] for span in line["spans"]])


def _inside(box: Box, width: float, height: float) -> bool:
    """Tell whether a box lies wholly on the page."""
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height


def _outside(box: Box, width: float, height: float) -> bool:
    """Tell whether nothing of a box lies on the page."""
    return box[2] <= 0 or box[3] <= 0 or box[0] >= width or box[1] >= height


def _covers(block: dict[str, Any]) -> bool:
    """Tell whether a box that is drawn is opaque and can hide words."""
    return block["alpha"] == 255 and not block["stroked"] and _is_wide(block["bbox"])


def _is_light(color: int) -> bool:
    return min(color >> 16 & 255, color >> 8 & 255, color & 255) >= _LIGHT


def _like(color: int, covers: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the boxes of a colour."""
    shades = {box["color"] for box in covers}
    near = {shade for shade in shades if _is_like(color, shade)}
    return [box for box in covers if box["color"] in near] if near else []


def _on_its_colour(span: dict[str, Any], number: int, boxes: Sequence[dict[str, Any]]) -> bool:
    """Tell whether a span stands on one of the boxes of its own colour, drawn before its block."""
    return bool(boxes) and _within(span["bbox"], [box["bbox"] for box in boxes if box["number"] < number])


def _is_like(color: int, other: int) -> bool:
    """Tell whether two colours are one to the eye."""
    return all(abs((color >> shift & 255) - (other >> shift & 255)) < _ALIKE for shift in (0, 8, 16))


def _within(box: Box, boxes: Sequence[Box]) -> bool:
    """Tell whether one of the boxes holds the middle height and the whole width of a box."""
    middle = (box[1] + box[3]) / 2
    return any(x0 - _MARGIN <= box[0] and box[2] <= x1 + _MARGIN and y0 <= middle <= y1 for x0, y0, x1, y1 in boxes)


def _is_scan(page: Any, raw: dict[str, Any]) -> bool:
    """Tell whether the page is a picture with (almost) only unpainted text over it."""
    painted = total = 0
    for block in raw["blocks"]:
        for line in block.get("lines", ()):
            for span in line["spans"]:
                total += len(span["chars"])
                painted += len(span["chars"]) * bool(span["alpha"] and span["char_flags"] & _PAINTED)
    share = picture_share(page) if painted < _SEEN * total else 0.0
    return share > _SCAN or (not painted and share > 0)


def picture_share(page: Any) -> float:
    """Return the share of the page that its largest picture, or its pictures side by side, cover (at most 1)."""
    width, height = size_of(page)
    area = 0.0
    for picture in page.get_image_info():
        x0, y0, x1, y1 = picture["bbox"]
        x0, y0, x1, y1 = max(x0, 0.0), max(y0, 0.0), min(x1, width), min(y1, height)
        area += max(0.0, x1 - x0) * max(0.0, y1 - y0)
    return float(min(1.0, area / max(_STAMP, width * height)))


def _picture(page: Any) -> Callable[[Box], bool]:
    """Draw a page; return what tells whether its picture shows anything in a box of the unrotated page."""
    pymupdf = mupdf()
    zoom = min(_ZOOM, _WIDEST / max(1.0, page.rect.width, page.rect.height))
    drawn = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csGRAY, annots=False)
    points, width, height = drawn.samples, drawn.width, drawn.height

    def shows_ink(box: Box) -> bool:
        trim = 0.15 * (box[3] - box[1])  # what stands above or below may reach into the box
        inner = pymupdf.Rect(box[0], box[1] + trim, box[2], box[3] - trim) * page.rotation_matrix
        x0, x1 = max(0, int(inner.x0 * zoom)), min(width, int(inner.x1 * zoom) + 1)
        y0, y1 = max(0, int(inner.y0 * zoom)), min(height, int(inner.y1 * zoom) + 1)
        if x0 >= x1 or y0 >= y1:
            return True
        rows = [points[y * width + x0 : y * width + x1] for y in range(y0, y1)]
        return bool(max(map(max, rows)) - min(map(min, rows)) > _CONTRAST)

    return shows_ink


def remark(hidden: Sequence[str], number: int) -> str:
    """Return the warning about a page's hidden text, or "" where it is too little to mislead."""
    words = " ".join(hidden)
    if len(_WORD.findall(words)) < 3:
        return ""
    quoted = words if len(words) <= 60 else words[:57].rstrip() + "..."
    return f'page {number}: text that no reader sees was left out ("{quoted}")'
