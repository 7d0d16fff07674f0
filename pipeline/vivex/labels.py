"""The labels of entities, in their order, and the door to what declares them.

A new entity of vivex is one module, `recognize/kinds/<label>.py`, which declares its `KIND`, and one line: its name at
the end of BUILT_IN. A plug-in brings a label of its own by an entry point of the group `vivex.kinds`:
`tissue = "our_package.tissue:KIND"`. Nothing else lists the labels.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from vivex.errors import MissingExtra, UnknownName

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
    except (ImportError, AttributeError) as error:
        raise MissingExtra(
            f"the entity {label!r} is declared at {entry.value}, which can't be loaded ({error}); "
            "mend that package or uninstall it"
        ) from error
    if getattr(kind, "label", None) != label:
        raise UnknownName(f"{entry.value} declares {getattr(kind, 'label', kind)!r}, but is registered as {label!r}")
    return kind


def colours() -> dict[str, str]:
    """Return the colour of each label, in their order."""
    return {label: declared(label).colour for label in entity_labels()}


def plug_ins() -> tuple[str, ...]:
    """Return "label package version place" of each label that a plug-in brings: results depend on these too."""
    return tuple(
        f"{label} {entry.dist.name if entry.dist else ''} {entry.dist.version if entry.dist else ''} {entry.value}"
        for label, entry in _plug_ins().items()
    )


@functools.cache
def _plug_ins() -> Mapping[str, EntryPoint]:
    """Return the entry points of plug-ins by label, sorted; vivex's own labels can't be taken over."""
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    return {label: found[label] for label in sorted(found) if label not in BUILT_IN}
