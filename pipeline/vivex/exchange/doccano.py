"""doccano's JSON lines: a text a line with its labels, or with entities and relations."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.formats import ANNOTATIONS, Brought, Files, Format, MarkedSpan, MarkedText, Material
from vivex.jsonlines import read_lines


def write_doccano(material: Material) -> Files:
    """Return one file, a study a line; what doccano has no place for stands in keys that it keeps as they are."""
    lines = []
    for text in material.texts():
        line = {
            "text": text.text,
            "label": [[span.start, span.end, span.label] for span in text.spans],
            "study": text.study,
            "marks": [[span.normal, span.by, span.group, span.page] for span in text.spans],
        }
        lines.append(json.dumps(line, ensure_ascii=False) + "\n")
    return {"doccano.jsonl": "".join(lines).encode()}


def read_doccano(path: Path) -> Brought:
    """Read an export, with labels (`label` or `labels`) or with entities; relations are told, not read."""
    texts, relations = [], 0
    for number, (where, data) in enumerate(read_lines(path), 1):
        text = data.get("text")
        if not isinstance(text, str):
            raise MalformedFile(f"{where}: no text in it; export the project as JSONL")
        spans = []
        labelled, marks = _labelled(data, where), data.get("marks") or []
        kept = marks if len(marks) == len(labelled) else [None] * len(labelled)  # changed there: they fit no more
        for (start, end, label), mark in zip(labelled, kept, strict=True):
            if not 0 <= start < end <= len(text):
                raise MalformedFile(f"{where}: {start} to {end} lies outside the text ({len(text)} characters)")
            spans.append(MarkedSpan(label, ((start, end),), *_kept(mark)))
        relations += len(data.get("relations") or ())
        texts.append(MarkedText(str(data.get("study") or data.get("id") or number), text, tuple(spans)))
    notes = (f"{relations} relations, which vivex has no place for",) if relations else ()
    return Brought(texts=tuple(texts), notes=notes)


def _kept(mark: object) -> tuple[str, str, str, int | None]:
    if not (isinstance(mark, list) and len(mark) == 4):
        return "", "", "", None
    normal, by, group, page = mark
    return str(normal or ""), str(by or ""), str(group or ""), page if isinstance(page, int) else None


def _labelled(data: Mapping[str, object], where: str) -> list[tuple[int, int, str]]:
    """Return start, end and label of each mark of a line."""
    found = data.get("label") or data.get("labels") or data.get("entities") or ()
    marks = []
    for one in found if isinstance(found, list) else ():
        if isinstance(one, Mapping):
            one = [one.get("start_offset"), one.get("end_offset"), one.get("label")]
        if not (isinstance(one, list) and len(one) >= 3 and isinstance(one[0], int) and isinstance(one[1], int)):
            raise MalformedFile(f"{where}: {str(one)[:60]} is no mark; expected [start, end, label]")
        marks.append((one[0], one[1], str(one[2])))
    return marks


FORMAT = Format(
    program="doccano",
    holds=ANNOTATIONS,
    about="`doccano.jsonl`, for a project of sequence labelling that allows overlapping spans; exports with `label`, "
    "`labels` or `entities` are read.",
    loses="who marked which of several annotators; relations are told, not read",
    write=write_doccano,
    read=read_doccano,
    suffixes=(".jsonl",),
)
