"""Work that takes seconds, aside from the desk: in one bounded child process, which ends when it has nothing to do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from vivex.annotation import Annotation, read_annotations
from vivex.codebook import Codebook
from vivex.document import read_document
from vivex.errors import TransientFault
from vivex.forms import rows
from vivex.people.codebook_file import codebook_data
from vivex.pool import Pool
from vivex.work import Setting, filled_form

SECONDS = 120.0  # for one piece of work
IDLE_SECONDS = 120.0
MEMORY_MB = 3000
PAGES = 2  # of a PDF, where its title, authors and DOI stand
Given = TypeVar("Given")
Got = TypeVar("Got")


@dataclass
class Aside:
    """Do one piece of work after the other in the child."""

    _pool: Pool = field(
        default_factory=lambda: Pool(jobs=1, seconds=SECONDS, memory_mb=MEMORY_MB, idle_seconds=IDLE_SECONDS)
    )
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _closed: bool = False

    def run(self, work: Callable[[Given], Got], given: Given) -> Got:
        """Return what a function makes of what is given; raise its error, or that it took too long or too much."""
        with self._turn:
            if self._closed:
                raise TransientFault("the desk is closing; start it anew")
            (outcome,) = self._pool.map(work, [given])
        if outcome.error is not None:
            raise outcome.error
        got: Got = outcome.value
        return got

    def close(self) -> None:
        """End the child, whatever it does."""
        self._closed = True
        free = self._turn.acquire(timeout=1)
        self._pool.__exit__()
        if free:
            self._turn.release()


@dataclass(frozen=True, slots=True)
class Trial:
    """Name what a form is tried on: a study's files, and the codebook that asks."""

    out: Path
    study: str
    models: Path
    codebook_path: Path
    codebook: Codebook


@dataclass(frozen=True, slots=True)
class Filled:
    """Hold what a form would propose, and the further candidates, by label."""

    values: Mapping[str, Sequence[Annotation]]
    further: Mapping[str, Sequence[Annotation]]


def fill(trial: Trial) -> Filled:
    """Return what the codebook's form would propose for a paper; nothing is written."""
    codebook = json.dumps(codebook_data(trial.codebook)).encode()  # JSON is YAML
    setting = Setting(trial.out, {}, trial.models, trial.codebook_path, codebook)
    document = read_document(trial.out / "documents" / f"{trial.study}.json")
    mentions = read_annotations(trial.out / "mentions" / f"{trial.study}.jsonl")
    record = filled_form(setting, document, mentions)
    values: dict[str, list[Annotation]] = {}
    for a in rows.proposals(record, study=trial.study):
        values.setdefault(a.label, []).append(a)
    return Filled(values, rows.alternatives(record, study=trial.study))


@dataclass(frozen=True, slots=True)
class Dropped:
    """Hold a file as it was dropped."""

    name: str
    data: bytes


def front_matter(dropped: Dropped) -> Mapping[str, str]:
    """Return what a paper's first pages tell of it (`Document.meta`); raise UnreadablePaper where it can't be read."""
    from vivex.parse import parse_bytes

    data = dropped.data
    if dropped.name.lower().endswith(".pdf"):
        data = _first_pages(data)
    return parse_bytes(data, name=dropped.name).meta


def _first_pages(data: bytes) -> bytes:
    """Return a PDF of the first pages."""
    from vivex.parse.mupdf import opened

    with opened(data) as (pdf, _):
        if pdf.page_count <= PAGES:
            return data
        pdf.select(range(PAGES))
        short: bytes = pdf.tobytes()
    return short
