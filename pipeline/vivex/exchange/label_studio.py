"""Label Studio's JSON: tasks with annotations of people and predictions of models; its offsets count UTF-16 units."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import quoteattr

from vivex.errors import MalformedFile
from vivex.exchange.formats import ANNOTATIONS, Brought, Files, Format, MarkedSpan, MarkedText, Material
from vivex.exchange.ris import library_text
from vivex.labels import colours

_PEOPLE = ("reviewer:", "reviewers:", "adjudicator:")


def write_label_studio(material: Material) -> Files:
    """Return the tasks, and the labelling interface for them; what a model marked is a prediction."""
    tasks, labels = [], set()
    for text in material.texts():
        units = utf16_offsets(text.text)
        people = [s for s in text.spans if s.by.startswith(_PEOPLE) or not s.by]
        machine = [s for s in text.spans if s not in people]
        task: dict[str, object] = {"data": {"text": text.text, "study": text.study, "title": text.title}}
        task["annotations"] = [{"result": _results(text, people, units)}] if people else []
        # Label Studio shows one prediction at a time: all that machines marked is one; each mark names its maker
        task["predictions"] = [{"model_version": "vivex", "result": _results(text, machine, units)}] if machine else []
        tasks.append(task)
        labels |= {span.label for span in text.spans}
    known = colours()
    choices = "".join(
        f"    <Label value={quoteattr(label)} background={quoteattr(known.get(label, '#DDDDDD'))}/>\n"
        for label in sorted(labels)
    )
    view = f'<View>\n  <Labels name="label" toName="text">\n{choices}  </Labels>\n'
    view += '  <Header value="$title"/>\n  <Text name="text" value="$text" granularity="word"/>\n</View>\n'
    data = json.dumps(tasks, ensure_ascii=False, indent=1) + "\n"
    return {"label-studio.json": data.encode(), "label-studio.xml": view.encode()}


def utf16_offsets(text: str) -> list[int]:
    """Return the offset in UTF-16 units of each character boundary."""
    return [0, *itertools.accumulate(1 + (ord(c) > 0xFFFF) for c in text)]


def _results(text: MarkedText, spans: Sequence[MarkedSpan], units: Sequence[int]) -> list[dict[str, object]]:
    found = []
    for number, span in enumerate(spans, 1):
        value = {"start": units[span.start], "end": units[span.end], "text": text.text[span.start : span.end]}
        one: dict[str, object] = {
            "id": f"m{number}",
            "from_name": "label",
            "to_name": "text",
            "type": "labels",
            "value": {**value, "labels": [span.label]},
        }
        told = {"text": [span.normal], "by": span.by, "group": span.group, "page": span.page}
        one["meta"] = {key: kept for key, kept in told.items() if kept not in ("", [""], None)}
        found.append(one)
    return found


def read_label_studio(path: Path) -> Brought:
    """Read the annotations of an export (cancelled ones aside); offsets are trusted, texts are cut anew."""
    try:
        tasks = json.loads(library_text(path))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error}); export the project as JSON") from error
    if not (isinstance(tasks, list) and all(isinstance(task, dict) and "data" in task for task in tasks)):
        raise MalformedFile(f"{path}: no list of tasks with data; export the project as JSON (not JSON-MIN)")
    texts = []
    people: set[str] = set()
    for number, task in enumerate(tasks, 1):
        text = str(task["data"].get("text") or "")
        at = {unit: place for place, unit in enumerate(utf16_offsets(text))}
        spans: list[MarkedSpan] = []
        for made in task.get("annotations") or task.get("completions") or ():
            if not made.get("was_cancelled"):
                who = made.get("completed_by", "")
                name = str(who.get("email") or who.get("id") or "") if isinstance(who, dict) else str(who)
                people |= {name} - {""}
                spans += _spans(made.get("result") or (), at, name, f"{path}: task {number}")
        study = str(task["data"].get("study") or task.get("id") or number)
        texts.append(MarkedText(study, text, tuple(dict.fromkeys(spans)), str(task["data"].get("title") or "")))
    notes = [f"marks of {len(people)} people together: {', '.join(sorted(people))}"] if len(people) > 1 else []
    return Brought(texts=tuple(texts), notes=tuple(notes))


def _spans(results: Iterable[Mapping[str, object]], at: Mapping[int, int], who: str, where: str) -> list[MarkedSpan]:
    found = []
    for one in results:
        value = one.get("value")
        labels = value.get("labels") if isinstance(value, Mapping) else None
        if not (isinstance(value, Mapping) and isinstance(labels, list)):
            continue  # a choice or a relation
        start, end = value.get("start"), value.get("end")
        if not (isinstance(start, int) and isinstance(end, int) and start in at and end in at and start < end):
            raise MalformedFile(f"{where}: a mark from {start} to {end} begins or ends at no character of the text")
        held = one.get("meta")
        meta = held if isinstance(held, Mapping) else {}
        normal = meta.get("text")
        page = meta.get("page")
        for label in labels:
            found.append(
                MarkedSpan(
                    str(label),
                    ((at[start], at[end]),),
                    str(normal[0]) if isinstance(normal, list) and normal else "",
                    str(meta.get("by") or who),
                    str(meta.get("group") or ""),
                    page if isinstance(page, int) else None,
                )
            )
    return found


FORMAT = Format(
    program="Label Studio",
    holds=ANNOTATIONS,
    about="`label-studio.json`, tasks with people's marks as annotations and vivex's (`--proposed`) as predictions, "
    "and `label-studio.xml`, the labelling interface. Offsets are UTF-16 units, as in the browser.",
    loses="marks whose parts stand apart (they are marked through); relations and choices are passed over",
    write=write_label_studio,
    read=read_label_studio,
    suffixes=(".json",),
    known_by=lambda head: '"data"' in head and head.lstrip().startswith("["),
)
