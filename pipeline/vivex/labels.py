"""The labels of entities, in their order, and the door to what declares them.

A new entity of vivex is one module, `recognize/kinds/<label>.py`, which declares its `KIND`, and one line: its name at
the end of BUILT_IN. A plug-in brings a label of its own by an entry point of the group `vivex.kinds`:
`tissue = "our_package.tissue:KIND"`. Nothing else lists the labels.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Protocol

from vivex.errors import MissingExtra, UnknownName, VivexError

GROUP = "vivex.kinds"
BUILT_IN = (
    "mirna",
    "gene",
    "dose",
    "route",
    "schedule",
    "outcome",
    "species",
    "strain",
    "cell",
    "model",
    "agent",
    "group",
    "number",
)


class Declared(Protocol):
    """What every room may ask of a label's declaration; `vivex.recognize.kinds.Kind` is one."""

    @property
    def label(self) -> str: ...

    @property
    def colour(self) -> str: ...  # "#RRGGBB", the background of its mentions


def entity_labels() -> tuple[str, ...]:
    """Return the labels of entities: the built-in ones in their order, then those of plug-ins by name."""
    return (*BUILT_IN, *_plug_ins())


def is_entity(label: str) -> bool:
    """Tell whether the label is one of an entity; plug-ins are looked for only where it is none of vivex's own."""
    return label in BUILT_IN or label in _plug_ins()


@functools.cache
def declared(label: str) -> Declared:
    """Return the label's declaration; raise UnknownName with the known ones, MissingExtra where it can't be loaded."""
    if not is_entity(label):
        raise UnknownName(f"{label!r} is no entity; known: {', '.join(entity_labels())}")
    entry = _plug_ins().get(label) or EntryPoint(label, f"vivex.recognize.kinds.{label}:KIND", GROUP)
    try:
        kind: Declared = entry.load()
    except (Exception, SystemExit) as error:  # whatever a stranger's module does as it is imported
        if isinstance(error, MemoryError) or label in BUILT_IN:
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise MissingExtra(
            f"the entity {label!r} is declared at {entry.value}, which can't be loaded ({said}); "
            "mend that package or uninstall it"
        ) from error
    if getattr(kind, "label", None) != label:
        raise UnknownName(f"{entry.value} declares {getattr(kind, 'label', kind)!r}, but is registered as {label!r}")
    if not re.fullmatch(r"#[0-9A-Fa-f]{6}", str(getattr(kind, "colour", ""))):
        raise UnknownName(f'{entry.value} declares {label!r} without a colour; give it one, such as colour="#F4B183"')
    return kind


@functools.cache
def _unloaded() -> Mapping[str, str]:
    """Return the labels of plug-ins whose declarations can't be loaded, each with one line that says why."""
    found = {}
    for label in _plug_ins():
        try:
            declared(label)
        except VivexError as error:
            found[label] = str(error)
    return found


def broken() -> list[str]:
    """Return one line for each plug-in's declaration that is passed over; the others go on.

    That is one which can't be loaded, or whose label is vivex's own or another plug-in's.
    """
    return [*_unloaded().values(), *_refused()]


def usable() -> tuple[str, ...]:
    """Return the labels whose declarations can be used, in their order."""
    return tuple(label for label in entity_labels() if label in BUILT_IN or label not in _unloaded())


@functools.cache
def colours() -> Mapping[str, str]:
    """Return the colour of each label that can be used, in their order."""
    return MappingProxyType({label: declared(label).colour for label in usable()})


def plug_ins() -> tuple[str, ...]:
    """Return "label package version place" of each label that a plug-in brings: results depend on these too."""
    return tuple(
        f"{label} {entry.dist.name if entry.dist else ''} {entry.dist.version if entry.dist else ''} {entry.value}"
        for label, entry in _plug_ins().items()
    )


@functools.cache
def _plug_ins() -> Mapping[str, EntryPoint]:
    """Return the entry points of plug-ins by label, sorted; vivex's own labels can't be taken over.

    Of two plug-ins with one label the first by place stands.
    """
    found: dict[str, EntryPoint] = {}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: (entry.name, entry.value)):
        if entry.name not in BUILT_IN:
            found.setdefault(entry.name, entry)
    return found


def _refused() -> list[str]:
    """Return one line for each plug-in whose label is taken."""
    taken = {label: entry.value for label, entry in _plug_ins().items()}
    clashes = sorted((e.name, e.value) for e in entry_points(group=GROUP) if taken.get(e.name) != e.value)
    return [
        f"{place} declares the entity {label!r}, which is {taken.get(label) or 'vivex'}'s; rename one of them"
        for label, place in clashes
    ]
