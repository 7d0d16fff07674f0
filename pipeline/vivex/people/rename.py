"""Rename a study in annotations/: its folder, and its name in every statement and assignment."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation, from_json, to_json
from vivex.errors import ReviewError, UnknownName
from vivex.files import write_text
from vivex.jsonlines import read_lines
from vivex.people.assign import assigned, record
from vivex.people.store import ASSIGNMENTS, locked, statement_path
from vivex.review import Review

FILE = "renamed.jsonl"  # annotations/renamed.jsonl: {"old", "new", "by", "when"} a line


def rename(review: Review, old: str, new: str, *, by: str = "", when: str = "") -> list[str]:
    """Give a study another name; return the reviewers whose statements moved.

    Its paper is renamed too, where it lies under the old name; works as well where paper or folder were renamed by
    hand. The new name is recorded, so that what others decide under the old one finds its study (`vivex sync`). Nothing
    is written where a statement can't be read, or stands at the new name already.
    """
    places = {statement_path(review, study, "x").parent for study in (old, new)}
    if old == new or len(places) < 2:
        raise UnknownName(f"{old!r} and {new!r} are one name; give the old one, then the new one")
    target = statement_path(review, new, "x").parent
    with locked(review):
        texts: dict[Path, str] = {}
        for path in sorted(p for place in places for p in place.glob("*.jsonl") if not p.name.startswith(".")):
            lines = [(where, data) for where, data in read_lines(path)]
            if lines and lines[0][1].get("study") == old:
                texts[path] = "".join(_line(data, old, new, where) for where, data in lines)
        taken = [p.name for p in texts if p.parent != target and (target / p.name).exists()]
        if taken:
            raise ReviewError(f"{target / taken[0]} exists already; keep one of the two, then do this again")
        handed = [a for a in assigned(review) if a.study == old]
        papers = [p for p in review.pdfs.glob("*") if p.stem == old] if review.pdfs.is_dir() else []
        if not texts and not handed and not papers:
            raise UnknownName(f"no paper, statement or assignment of a study {old!r}; check the name")
        blocked = [p for p in papers if p.with_name(new + p.suffix).exists()]
        if blocked:
            raise ReviewError(f"{blocked[0].with_name(new + blocked[0].suffix)} exists already; keep one of the two")
        _note(review, old, new, by, when)
        for path, text in texts.items():
            write_text(target / path.name, text)
        for path in texts:
            if path.parent != target:
                path.unlink()
        record(review, [replace(a, study=new) for a in handed])
        for reviewer in sorted({a.reviewer for a in handed}):
            _forget(review.annotations / ASSIGNMENTS / f"{reviewer}.jsonl", old)
        for place in places - {target}:
            if place.is_dir() and not any(place.iterdir()):
                place.rmdir()
        for paper in papers:
            paper.rename(paper.with_name(new + paper.suffix))
    return sorted(path.stem for path in texts)


def under_name(a: Annotation, study: str) -> Annotation:
    """Return an annotation under another name of its study; the proposal that it accepts has another id there too."""
    after = replace(a, study=study)
    return replace(after, revises=after.id) if a.revises == a.id else after


def _note(review: Review, old: str, new: str, by: str, when: str) -> None:
    """Record the new name; once, also where an interrupted renaming is done again."""
    path = review.annotations / FILE
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    event = {"old": old, "new": new, "by": by, "when": when}
    last = [data for _, data in read_lines(path)][-1:] if path.exists() else []
    if not last or (last[0].get("old"), last[0].get("new")) != (old, new):
        write_text(path, before + json.dumps(event, ensure_ascii=False) + "\n")


def _line(data: Mapping[str, Any], old: str, new: str, where: str) -> str:
    line = dict(data)
    if line.get("record") == "statement":
        line["study"] = new
    elif line.get("record") == "superseded":
        line["annotation"] = _renamed(line.get("annotation"), old, new, where)
    elif "record" not in line:
        line = _renamed(line, old, new, where)
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n"


def _renamed(data: Any, old: str, new: str, where: str) -> dict[str, Any]:
    before = from_json(data, where=where)
    return to_json(under_name(before, new) if before.study == old else before)


def _forget(path: Path, study: str) -> None:
    kept = [data for _, data in read_lines(path) if data.get("study") != study]
    write_text(path, "".join(json.dumps(data, ensure_ascii=False) + "\n" for data in kept))
