"""The line as directory stages: parse, recognize, assess, prefill, each incremental by content.

A stage's folder holds one file for each study and `.index.json` (vivex.index), which maps a study to the key of its
inputs (vivex.inputs) and, where a paper can't be read, to the reason. A study whose key stands in the index is not
worked on again; a study whose inputs are gone is removed. So an incremental result equals a rebuild, file for file. No
file is removed that the index doesn't name. What is no fault of the paper (a full disk, a defect) is told and never
kept. Children read and think, the parent alone writes: whatever is killed, no file is left by halves.
"""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from vivex import compiled, inputs
from vivex.dependencies import code_hash
from vivex.document import sha256
from vivex.errors import (
    MissingExtra,
    MissingModel,
    ReviewError,
    UnknownName,
    UnreadablePaper,
    VivexError,
    in_one_line,
)
from vivex.files import remove_parts, write_bytes
from vivex.index import INDEX as INDEX
from vivex.index import Entry, journal, read_index, write_index
from vivex.labels import plug_ins
from vivex.models import fingerprint, locate, uncoupled
from vivex.paper import Failure, Paper
from vivex.paper import read_paper as read_paper
from vivex.references import UNKNOWN, Publication
from vivex.work import Setting as Setting
from vivex.work import Task, prepare, read_by, work

if TYPE_CHECKING:
    from vivex.engines import Engine
    from vivex.pool import Outcome

Progress: TypeAlias = "Callable[[Iterator[Outcome], int, str], Iterator[Outcome]]"  # (outcomes, how many, the stage)
_HELD = 12  # papers that are read once for all files of a review
_OF_THE_SETTING = (MissingExtra, MissingModel, UnknownName)  # errors that no other paper would be without


@dataclass(frozen=True, slots=True)
class Stage:
    """Describe a stage: its folder and file suffix, the modules it runs, the stages it reads, its models."""

    name: str
    folder: str
    suffix: str
    code: tuple[str, ...]  # what these import, and the data they name, is followed (vivex.dependencies)
    reads: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()  # suffixes of the papers it works on; () is all
    libraries: tuple[str, ...] = ()  # of others, whose versions decide results


STAGES = {
    stage.name: stage
    for stage in (
        Stage("parse", "documents", ".json", ("vivex.parse.*",), libraries=("pymupdf", "lxml")),
        Stage(
            "recognize",
            "mentions",
            ".jsonl",
            ("vivex.recognize", "vivex.recognize.kinds.*"),
            ("parse",),
            ("ner",),
            libraries=("numpy", "onnxruntime", "tokenizers"),
        ),
        Stage(
            "assess",
            "judgements",
            ".jsonl",
            ("vivex.assess",),
            ("parse", "recognize"),
            ("rob",),
            libraries=("numpy",),
        ),
        Stage(
            "prefill",
            "forms",
            ".json",
            ("vivex.extract.propose", "vivex.forms.record"),
            ("parse", "recognize", "assess"),
            ("fields",),
            libraries=("numpy",),
        ),
        Stage(
            "highlight",
            "highlighted",
            ".pdf",
            ("vivex.forms.highlight", "vivex.recognize.kinds.*"),  # the labels' colours
            ("parse", "recognize", "assess", "prefill"),
            formats=(".pdf",),
            libraries=("pymupdf", "pillow"),
        ),
        Stage(
            "picture",
            "pictures",
            ".json",
            ("vivex.forms.report.snippets",),
            ("parse", "assess", "prefill"),
            formats=(".pdf",),
            libraries=("pymupdf", "pillow"),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Report:
    """Count what a stage did; list the papers it left out, and what to know of the models it used."""

    stage: str
    done: int
    kept: int
    removed: int
    failures: tuple[Failure, ...]
    warnings: tuple[str, ...] = ()
    papers: tuple[tuple[str, str], ...] = ()  # (file, warning) of papers not read wholly, or not surely


def run_stage(
    name: str,
    sources: Mapping[str, Path],
    setting: Setting,
    engine: Engine,
    *,
    left_out: Sequence[Failure] = (),
    keep: bool = False,
    progress: Progress = lambda outcomes, total, label: outcomes,
) -> Report:
    """Bring a stage's folder up to date for the studies in `sources` (study -> the paper's file).

    `left_out` names papers that were refused before the stage began; they stand in its index. What the folder holds of
    other studies is removed, as far as the index says that this stage wrote it; with `keep` it stays, and is brought up
    to date too where the paper itself isn't needed. Raise MissingModel, MissingExtra or UnknownName where the setting
    names what isn't there; what was finished before is kept.
    """
    stage = STAGES[name]
    folder = setting.out / stage.folder
    folder.mkdir(parents=True, exist_ok=True)
    index = read_index(folder)
    papers = {**_earlier(setting.out), **sources} if keep else sources
    upstream = _available(stage, papers, setting)
    with compiled.kept():
        common = common_key(stage, setting)  # imports what plug-ins declare
    models = tuple((part, fingerprint(locate(setting.models, part))) for part in stage.models)
    limits = f"{engine.seconds:g} s, {engine.memory_mb} MB"
    fresh: dict[str, Entry] = {
        f.study: {"file": f.file, "key": "", "reason": f.reason, "remedy": f.remedy} for f in left_out
    }
    tasks: list[Task] = []
    keys: dict[str, str] = {}
    stale: list[str] = []
    faults: list[Failure] = []  # of the moment
    for study in sorted(upstream):
        old = index.get(study, {})
        absent = study not in sources and (
            not stage.reads or bool(stage.formats)
        )  # the paper is needed, and not at hand
        if absent and not stage.reads:
            fresh[study] = old
            continue
        paths = input_paths(stage, study, papers[study], setting)
        try:
            keys[study] = inputs.of_files(common, paths)
            present = (folder / f"{study}{stage.suffix}").exists()
        except OSError as error:
            faults.append(_fault(study, papers[study].name, error))
            continue
        if old.get("key") == keys[study] and (present or ("reason" in old and old.get("limits", limits) == limits)):
            fresh[study] = old | {"file": papers[study].name}
        elif absent:
            fresh |= {study: old} if old else {}
            stale.append(papers[study].name)
        else:
            tasks.append(Task(name, study, papers[study], setting, paths, common, keys[study], models))
    kept = len(upstream) - len(tasks) - len(faults)
    removed = _remove_others(folder, stage, index, set(upstream) - {f.study for f in faults})
    write_index(folder, fresh)
    tasks.sort(key=lambda task: (-_size(task.paths), task.study))  # the longest first: children end together
    ready = functools.partial(prepare, name, setting)
    with journal(folder) as note:
        for outcome in progress(engine.map(work, tasks, prepare=ready), len(tasks), name):
            study, file = outcome.item.study, papers[outcome.item.study].name
            target = folder / f"{study}{stage.suffix}"
            entry: Entry = {"file": file, "key": keys[study]}
            try:
                if outcome.error is None:
                    data, warnings = outcome.value
                    write_bytes(target, data)
                    entry |= {"warnings": list(warnings)} if warnings else {}
                else:
                    target.unlink(missing_ok=True)
                    if isinstance(outcome.error, _OF_THE_SETTING):
                        raise outcome.error
                    if not isinstance(outcome.error, UnreadablePaper):
                        faults.append(_fault(study, file, outcome.error))
                        continue
                    entry |= {"reason": outcome.error.reason, "remedy": outcome.error.remedy}
                    entry |= {"limits": limits} if entry["reason"] in ("timed out", "out of memory") else {}
            except OSError as error:
                faults.append(_fault(study, file, error))
                continue
            fresh[study] = entry
            note(study, entry)
    write_index(folder, fresh)
    notes = uncoupled(setting.models, stage.models)
    if stale:
        notes.append(f"{name} needs the paper again to follow what changed since: {', '.join(stale)}")
    if name == "parse":
        from vivex.parse import broken_parsers

        notes += broken_parsers()
    elif name == "recognize":
        from vivex.recognize.kinds import broken

        notes += broken()
    said = {f.study for f in left_out} | set(sources)
    lost = tuple(sorted((*(f for f in _failures(fresh) if f.study in said), *faults), key=lambda f: f.study))
    doubtful = tuple((fresh[s]["file"], w) for s in sorted(said & set(fresh)) for w in fresh[s].get("warnings", ()))
    return Report(name, len(tasks), kept, removed, lost, tuple(notes), doubtful)


def _earlier(out: Path) -> dict[str, Path]:
    """Return the papers that earlier runs read into the folder: study -> the name of its file, not where it lies."""
    index = read_index(out / STAGES["parse"].folder)
    return {study: Path(entry["file"]) for study, entry in sorted(index.items()) if entry["key"]}


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold a folder of outputs against other runs; raise ReviewError where one is at work in it."""
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / ".vivex.lock", timeout=0):
            for folder in (*(stage.folder for stage in STAGES.values()), "review"):
                remove_parts(out / folder)
            yield
    except Timeout as error:
        raise ReviewError(
            f"{out}: another vivex is writing here; wait until it ends, or choose another folder"
        ) from error


def failures(out: Path) -> list[Failure]:
    """Return the papers that some stage left out, by study."""
    found: dict[str, Failure] = {}
    for stage in STAGES.values():
        for failure in _failures(read_index(out / stage.folder)):
            found.setdefault(failure.study, failure)
    return [found[study] for study in sorted(found)]


class Papers(Sequence[Paper]):
    """Give the finished papers one at a time, read when asked for, so that 300 need no more memory than a dozen."""

    def __init__(
        self,
        out: Path,
        sources: Mapping[str, Path],
        *,
        keep: bool = False,
        publications: Mapping[str, Publication] | None = None,
    ) -> None:
        """Give the papers in `sources`; with `keep` those that earlier runs left in the folder too."""
        self.out, self.publications = out, publications or {}
        self.sources = {**_earlier(out), **sources} if keep else sources
        self.studies = [s for s in sorted(self.sources) if (out / "forms" / f"{s}.json").exists()]
        self._held: dict[str, Paper] = {}  # of a few papers, which each file of the review asks for

    def __len__(self) -> int:
        return len(self.studies)

    @property
    def keys(self) -> list[str]:
        """Return for each paper the hash of all that its outputs show: what the stages wrote of it."""
        return [self._key(study) for study in self.studies]

    def _key(self, study: str) -> str:
        shown = [self.out / stage.folder / f"{study}{stage.suffix}" for stage in STAGES.values()]
        marked = self.out / STAGES["highlight"].folder / f"{study}.pdf"  # only linked to
        read = [inputs.digest(path) if path.exists() else "" for path in shown if path != marked]
        called = repr(self.publications.get(study))
        return sha256("\n".join([study, called, self.sources[study].name, str(marked.exists()), *read]).encode())

    def __getitem__(self, index: int) -> Paper:  # type: ignore[override]
        if isinstance(index, slice):
            raise TypeError("papers are read one at a time; index with an integer")
        study = self.studies[index]
        paper = self._held.get(study)
        if paper is None:
            paper = read_paper(self.out, study, self.sources[study], self.publications.get(study, UNKNOWN))
            if len(self) <= _HELD:
                self._held[study] = paper
        return paper


# -- keys and the index


def _available(stage: Stage, sources: Mapping[str, Path], setting: Setting) -> list[str]:
    """Return the studies for which every upstream stage has written its file."""
    if stage.formats:
        sources = {s: path for s, path in sources.items() if path.suffix.lower() in stage.formats}
    found = set(sources)
    for upstream in (STAGES[name] for name in stage.reads):
        folder = setting.out / upstream.folder
        written = {study for study, entry in read_index(folder).items() if "reason" not in entry}
        found = {s for s in found & written if (folder / f"{s}{upstream.suffix}").exists()}
    return sorted(found)


def common_key(stage: Stage, setting: Setting) -> str:
    """Return the hash of what all papers of a stage depend on."""
    params = setting.params.get(stage.name) or {}
    parts = [stage.name, code_hash(*stage.code), *inputs.of_libraries(stage.libraries)]
    parts += [f"{part}={fingerprint(locate(setting.models, part))}" for part in stage.models]
    parts += uncoupled(setting.models, stage.models)
    if stage.name == "recognize":
        from vivex.recognize.kinds import usable

        parts += [*plug_ins(), *usable()]
        parts += inputs.of_chosen_models(params)
    if stage.name in ("recognize", "assess", "parse"):
        parts += inputs.of_plug_ins(stage.name, params)
    parts.append(json.dumps(params, sort_keys=True))
    if stage.name == "parse":
        parts += inputs.of_ocr(params)
    else:
        parts.append(repr(read_by(stage.name, params, setting.codebook_read)))
    return sha256("\n".join(parts).encode())


def input_paths(stage: Stage, study: str, source: Path, setting: Setting) -> tuple[Path, ...]:
    """Return the files that a paper's result is made of (a document holds the hash of its paper)."""
    read = (setting.out / STAGES[name].folder / f"{study}{STAGES[name].suffix}" for name in stage.reads)
    return tuple(read) if stage.reads else (source,)


def present(name: str, setting: Setting) -> set[str]:
    """Return the studies whose file is the one that the stage, which works on other stages' files, would write now."""
    stage = STAGES[name]
    folder, common = setting.out / stage.folder, common_key(stage, setting)
    found = set()
    for study, entry in read_index(folder).items():
        paths = input_paths(stage, study, Path(), setting)
        whole = all(path.exists() for path in (*paths, folder / f"{study}{stage.suffix}"))
        if whole and "reason" not in entry and entry["key"] == inputs.of_files(common, paths):
            found.add(study)
    return found


def _size(paths: Iterable[Path]) -> int:
    """Return the bytes of a paper's inputs, as far as they can be told."""
    total = 0
    for path in paths:
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def _remove_others(folder: Path, stage: Stage, index: Mapping[str, Mapping[str, Any]], wanted: set[str]) -> int:
    """Remove what the index says the stage wrote of studies that aren't wanted; any other file is not ours."""
    gone = [
        folder / f"{study}{stage.suffix}"
        for study, entry in index.items()
        if study not in wanted and "reason" not in entry
    ]
    gone = [path for path in gone if path.exists()]
    for path in gone:
        path.unlink()
    return len(gone)


def _fault(study: str, file: str, error: Exception) -> Failure:
    """Return a failure of the moment: told, never kept."""
    what = str(error) if isinstance(error, VivexError) else in_one_line(error)
    return Failure(study, file, "not done", what or str(error), transient=True)


def _failures(index: Mapping[str, Mapping[str, Any]]) -> list[Failure]:
    return [
        Failure(study, entry["file"], entry["reason"], entry["remedy"])
        for study, entry in sorted(index.items())
        if "reason" in entry
    ]
