"""What is known of one paper after the line has run, and of one that could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation
from vivex.document import Document


@dataclass(frozen=True, slots=True)
class Paper:
    """Bundle a study's document, machine annotations and form record (the JSON of outputs/forms)."""

    document: Document
    mentions: tuple[Annotation, ...] = ()
    judgements: tuple[Annotation, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)
    source: Path | None = None  # the file as found, for highlighted copies and page pictures

    @property
    def study(self) -> str:
        """Return the study's id."""
        return self.document.study


@dataclass(frozen=True, slots=True)
class Failure:
    """Name a paper that was left out, why, and what to do about it."""

    study: str
    file: str
    reason: str
    remedy: str
