"""What a paper mentions, each thing once: mentions grouped by their normal form, the main ones first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from vivex.annotation import Annotation
from vivex.headings import role_of

# How much a mention weighs by where it stands: what the abstract names is what the paper is about.
WEIGHTS = {"abstract": 3.0, "introduction": 0.5, "methods": 1.5, "results": 1.5, "discussion": 0.7, "other": 1.5}


@dataclass(frozen=True, slots=True)
class Thing:
    """Hold one thing that a paper mentions: its mentions in reading order, what to call it, and how much it weighs."""

    label: str
    normal: str
    mentions: tuple[Annotation, ...]
    names: tuple[str, ...]  # as written, the most frequent first
    sections: dict[str, int] = field(default_factory=dict)  # role -> mentions
    weight: float = 0.0

    @property
    def count(self) -> int:
        """Return how often it is mentioned."""
        return len(self.mentions)

    @property
    def value(self) -> dict[str, Any]:
        """Return the value of its fullest mention."""
        return max(
            (m.value for m in self.mentions), key=lambda v: sum(1 for x in v.values() if x not in ("", [], {}, None))
        )


def grouped(annotations: Iterable[Annotation], *, label: str | None = None) -> list[Thing]:
    """Return the things mentioned (of one label, or of all), by falling weight, then as they first appear."""
    groups: dict[tuple[str, str], list[Annotation]] = {}
    for annotation in annotations:
        if "." in annotation.label or not annotation.evidence or (label is not None and annotation.label != label):
            continue
        groups.setdefault((annotation.label, key(annotation)), []).append(annotation)
    things = [_thing(members) for members in groups.values()]
    return sorted(things, key=lambda t: (-t.weight, t.mentions[0].evidence[0].start, t.label, t.normal))


def key(annotation: Annotation) -> str:
    """Return what is equal for mentions of the same thing: an id where one is known, else the normal form's letters."""
    value = annotation.value if isinstance(annotation.value, dict) else {"normal": str(annotation.value)}
    ids = value.get("ids") or {}
    for source in ("HGNC", "MGI", "RGD"):
        if ids.get(source):
            return f"{source}:{ids[source]}"
    if annotation.label == "species" and value.get("taxon"):
        return f"taxon:{value['taxon']}"
    normal = str(value.get("normal") or value.get("text") or "").casefold()
    if annotation.label in ("dose", "mirna"):
        return re.sub(r"\s+", "", normal)
    plain = re.sub(r"[\s\-\u2010-\u2015\u2212_]+", " ", normal).strip()
    if annotation.label in ("cell", "outcome", "agent", "model"):
        plain = re.sub(r"(?<=[a-z]{3})(?<![sui])s$", "", plain)  # one neuron, many neurons
    return plain


def role(annotation: Annotation) -> str:
    """Return the role of the section in which the mention stands ("other" before the first heading)."""
    path = annotation.evidence[0].section.split(" > ") if annotation.evidence[0].section else []
    for heading in path:
        if found := role_of(heading):
            return found
    return "other"


def _thing(members: list[Annotation]) -> Thing:
    members = sorted(members, key=lambda a: a.evidence[0].start)
    roles = Counter(role(a) for a in members)
    # the tenth mention in a section says less than the first
    weight = sum(WEIGHTS.get(r, 0.0) * n**0.7 for r, n in roles.items())
    names = Counter(a.evidence[0].quote for a in members)
    normals = Counter(str(a.value.get("normal", "")) if isinstance(a.value, dict) else str(a.value) for a in members)
    return Thing(
        label=members[0].label,
        normal=normals.most_common(1)[0][0],
        mentions=tuple(members),
        names=tuple(name for name, _ in names.most_common()),
        sections=dict(sorted(roles.items())),
        weight=round(weight, 3),
    )
