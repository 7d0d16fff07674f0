"""What is known of one paper after the line has run, and of one that could not be read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation, read_annotations
from vivex.document import Document, read_document
from vivex.errors import MalformedFile
from vivex.references import UNKNOWN, Publication
from vivex.states import OPEN, PROPOSED


@dataclass(frozen=True, slots=True)
class Paper:
    """Bundle a study's document, annotations and form record (the JSON of outputs/forms), and where each item stands.

    Without `states` all of it is the machine's. With them (what people settled, see vivex.people.decided) a label that
    they leave out is open, and one in conflict carries each reviewer's answers.
    """

    document: Document
    mentions: tuple[Annotation, ...] = ()
    judgements: tuple[Annotation, ...] = ()
    form: Mapping[str, Any] = field(default_factory=dict)
    source: Path | None = None  # the file as found, for highlighted copies and page pictures
    states: Mapping[str, str] = field(default_factory=dict)  # label -> one of vivex.states
    publication: Publication = UNKNOWN

    @property
    def study(self) -> str:
        """Return the study's id."""
        return self.document.study

    @property
    def called(self) -> str:
        """Return what people call the study: "Folarin 2016"; its id where nothing better is known."""
        return self.publication.label or self.study

    def state(self, label: str) -> str:
        """Return where a label stands."""
        return self.states.get(label, OPEN) if self.states else PROPOSED


BLIND = "blind"  # the reason of a Failure that is none: the study's proposals are withheld


@dataclass(frozen=True, slots=True)
class Failure:
    """Name a paper that was left out, why, and what to do about it; `transient` where it is no fault of the paper."""

    study: str
    file: str
    reason: str
    remedy: str
    transient: bool = False


def read_paper(
    out: Path, study: str, source: Path | None = None, publication: Publication = UNKNOWN, *, mentions: bool = True
) -> Paper:
    """Return a paper with all that the stages wrote of it into the folder, its mentions where they are asked for."""
    return Paper(
        document=read_document(out / "documents" / f"{study}.json"),
        mentions=tuple(read_annotations(out / "mentions" / f"{study}.jsonl")) if mentions else (),
        judgements=tuple(read_annotations(out / "judgements" / f"{study}.jsonl")),
        form=_read_form(out / "forms" / f"{study}.json"),
        source=source,
        publication=publication,
    )


def _read_form(path: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error}); delete it and run the stage again") from error
    return data
