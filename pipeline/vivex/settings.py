"""What params.yaml may hold: the known settings of each part, the kind of their values, their bounds.

A part that a plug-in adds to (its own settings under recognize or assess, say) has them under the plug-in's name:
`recognize: {annotators: [entities, tissue], tissue: {threshold: 0.8}}`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from vivex.arrows import names
from vivex.errors import MalformedFile
from vivex.labels import entity_labels


@dataclass(frozen=True, slots=True)
class Known:
    """Describe a setting: the kind of its value ("count", "number", "truth", "engine" …), bounds."""

    kind: str
    low: float = 0
    high: float = float("inf")


KNOWN: dict[str, dict[str, Known]] = {
    "limits": {
        "jobs": Known("count"),
        "seconds": Known("number", 1),
        "memory_mb": Known("count", 100),
        "on": Known("engine"),
    },
    "parse": {"ocr": Known("truth"), "max_pages": Known("count", 1), "max_characters": Known("count", 1)},
    "recognize": {"models": Known("labels"), "strategy": Known("labels"), "annotators": Known("names")},
    "assess": {"model": Known("truth"), "annotators": Known("names")},
    "prefill": {},
    "train": {
        "seed": Known("count"),
        "resamples": Known("count", 1),
        "share": Known("number", 0, 1),
        "min_training": Known("count"),
        "min_held_out": Known("count"),
        "curve": Known("numbers"),
        "prior": Known("number"),  # these of the adaptation: vivex.recognize.tagger.adapting
        "dense_prior": Known("number"),
        "iterations": Known("count", 1),
        "least_papers": Known("count"),
        "least_mentions": Known("count"),
        "most_words": Known("count", 1),
    },
    "agree": {"seed": Known("count"), "resamples": Known("count", 1)},
}
_MUST = {
    "count": "a whole number",
    "number": "a number",
    "truth": "true or false",
    "labels": "settings by label (`{gene: ...}`)",
    "names": "a list of names (`[entities]`)",
    "numbers": "a list of numbers",
    "engine": "local, dask://HOST:PORT, slurm or slurm:FILE",
}
_ENGINE = r"local|dask://[^\s/]+:\d+|slurm(?::.+)?"
_GROUPS = {"parse": "vivex.parsers", "recognize": "vivex.annotators", "assess": "vivex.annotators"}


def check_settings(params: Mapping[str, Any], *, where: str) -> None:
    """Raise MalformedFile for the first setting that nobody reads, or whose value can't be meant."""
    for part, known in KNOWN.items():
        for name, value in params[part].items():
            place = f"{where}: {part}.{name}"
            if name in known:
                _check(value, known[name], place)
            elif not _of_a_plug_in(part, name):
                listed = ", ".join(known) or "none"
                raise MalformedFile(f"{where}: unknown key {name!r} under {part}; known: {listed}")
    for part in ("recognize", "assess"):
        for name in params[part].get("annotators") or ():
            if name not in names("vivex.annotators"):
                known_ones = ", ".join(names("vivex.annotators"))
                raise MalformedFile(f"{where}: {part}.annotators names {name!r}; known: {known_ones}")


def _check(value: Any, known: Known, place: str) -> None:
    """Raise MalformedFile where a value isn't of its kind or out of its bounds."""
    if value is None:
        raise MalformedFile(f"{place} is empty; write {_MUST[known.kind]}, or leave the line out")
    number = isinstance(value, int | float) and not isinstance(value, bool)
    good = {
        "count": number and isinstance(value, int),
        "number": number,
        "truth": isinstance(value, bool),
        "labels": isinstance(value, dict),
        "names": isinstance(value, list) and all(isinstance(x, str) for x in value),
        "numbers": isinstance(value, list) and all(isinstance(x, int | float) for x in value),
        "engine": isinstance(value, str) and re.fullmatch(_ENGINE, value) is not None,
    }[known.kind]
    if not good:
        raise MalformedFile(f"{place} is {value!r}; it must be {_MUST[known.kind]}")
    if number and not known.low <= value <= known.high:
        bounds = f"at least {known.low:g}" + (f" and at most {known.high:g}" if known.high < float("inf") else "")
        raise MalformedFile(f"{place} is {value}; it must be {bounds}")
    if known.kind == "labels":
        strange = sorted(map(str, set(value) - set(entity_labels())))
        if strange:
            listed = ", ".join(entity_labels())
            raise MalformedFile(f"{place}: {strange[0]!r} is no entity; known: {listed}")


def _of_a_plug_in(part: str, name: object) -> bool:
    return part in _GROUPS and name in names(_GROUPS[part])
