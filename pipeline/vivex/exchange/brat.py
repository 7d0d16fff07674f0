"""brat's stand-off files: a text and its .ann for each study."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.formats import ANNOTATIONS, Brought, Files, Format, MarkedSpan, MarkedText, Material

_MARK = re.compile(r"(T\S+)\t(\S+) ((?:\d+ \d+;)*\d+ \d+)(?:\t.*)?")
_NOTE = re.compile(r"#\S*\t(Normal|By|Group|Page|AnnotatorNotes) (T\S+)\t(.*)")
_EDGE = re.compile(r"[\n\r]+")


def write_brat(material: Material) -> Files:
    """Return .txt and .ann of each study, and annotation.conf, which names the labels."""
    files: dict[str, bytes] = {}
    labels: set[str] = set()
    for text in material.texts():
        files[f"{text.study}.txt"] = text.text.encode()
        files[f"{text.study}.ann"] = "".join(_lines(text)).encode()
        labels |= {span.label for span in text.spans}
    conf = "[entities]\n" + "".join(f"{label}\n" for label in sorted(labels)) + "[relations]\n[events]\n[attributes]\n"
    return {**files, "annotation.conf": conf.encode()}


def _lines(text: MarkedText) -> Iterator[str]:
    """Yield a line for each mark, and notes of what brat has no place for; a mark is cut where its line ends."""
    note = 0
    for number, span in enumerate(text.spans, 1):
        parts = [piece for part in span.parts for piece in _within_lines(text.text, part)] or list(span.parts)
        places = ";".join(f"{start} {end}" for start, end in parts)
        words = " ".join(text.text[start:end] for start, end in parts)
        yield f"T{number}\t{span.label} {places}\t{_flat(words)}\n"
        page = "" if span.page is None else str(span.page)
        for kind, told in (("Normal", span.normal), ("By", span.by), ("Group", span.group), ("Page", page)):
            if told:
                note += 1
                yield f"#{note}\t{kind} T{number}\t{_flat(told)}\n"


def _within_lines(text: str, part: tuple[int, int]) -> list[tuple[int, int]]:
    start, pieces = part[0], []
    for edge in _EDGE.finditer(text, *part):
        pieces.append((start, edge.start()))
        start = edge.end()
    pieces.append((start, part[1]))
    return [(a, b) for a, b in pieces if a < b]


def _flat(text: str) -> str:
    return re.sub(r"[\n\r\t\v\f\x1c-\x1e\x85\u2028\u2029]", " ", text)


def read_brat(path: Path) -> Brought:
    """Read an .ann with the text beside it, and all others of its folder that lie so; relations are told, not read."""
    pairs = [(ann, ann.with_suffix(".txt")) for ann in sorted(path.parent.glob("*.ann"))]
    if not path.with_suffix(".txt").exists():
        raise MalformedFile(f"{path}: its text, {path.with_suffix('.txt').name}, does not lie beside it; put it there")
    notes: list[str] = []
    texts = tuple(_text(ann, txt, notes) for ann, txt in pairs if txt.exists())
    return Brought(texts=texts, notes=tuple(notes))


def _text(ann: Path, txt: Path, notes: list[str]) -> MarkedText:
    text = txt.read_bytes().decode("utf-8-sig", "replace")
    marks: dict[str, MarkedSpan] = {}
    told: dict[str, dict[str, str]] = {}
    others = 0
    for number, line in enumerate(ann.read_bytes().decode("utf-8-sig", "replace").split("\n"), 1):
        mark, note = _MARK.fullmatch(line.rstrip("\r")), _NOTE.fullmatch(line.rstrip("\r"))
        if mark is not None:
            parts = [(int(place.partition(" ")[0]), int(place.partition(" ")[2])) for place in mark[3].split(";")]
            if not all(0 <= start < end <= len(text) for start, end in parts):
                raise MalformedFile(f"{ann}:{number}: {mark[3]} lies outside the text ({len(text)} characters)")
            marks[mark[1]] = MarkedSpan(mark[2], tuple(_joined(text, sorted(parts))))
        elif note is not None:
            told.setdefault(note[2], {})[note[1]] = note[3]
        elif line.strip():
            others += 1
    if others:
        notes.append(f"{ann.name}: {others} lines are relations, events or attributes, which vivex has no place for")
    return MarkedText(ann.stem, text, tuple(_with_notes(span, told.get(key, {})) for key, span in marks.items()))


def _with_notes(span: MarkedSpan, told: dict[str, str]) -> MarkedSpan:
    page = told.get("Page", "")
    return MarkedSpan(
        span.label,
        span.parts,
        told.get("Normal", told.get("AnnotatorNotes", "")),
        told.get("By", ""),
        told.get("Group", ""),
        int(page) if page.isdecimal() else None,
    )


def _joined(text: str, parts: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the parts, those between which only a line ends put together."""
    found: list[tuple[int, int]] = []
    for start, end in parts:
        if found and _EDGE.fullmatch(text, found[-1][1], start):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


FORMAT = Format(
    program="brat",
    holds=ANNOTATIONS,
    about="A `.txt` and an `.ann` for each study; normal form, who marked, group and page stand as notes. Of a folder "
    "any `.ann` may be named: all are read.",
    loses="line ends at the edges of a mark, and in notes; relations, events and attributes are told, not read",
    write=write_brat,
    read=read_brat,
    suffixes=(".ann",),
)
