"""The line as directory stages: parse, recognize, assess, prefill, each incremental by content.

A stage's folder holds one file for each study and `.index.json`, which maps a study to the key of its inputs (their
bytes, the code, the parameters, the models) and, where a paper was left out, to the reason. A study whose key stands
in the index is not worked on again; a study whose inputs are gone is removed. So an incremental result equals a
rebuild, file for file. No file is removed that the index doesn't name.
"""

from __future__ import annotations

import contextlib
import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex.annotation import read_annotations, write_annotations
from vivex.codebook import Codebook, read_codebook
from vivex.dependencies import code_hash
from vivex.document import read_document, sha256, write_document
from vivex.errors import MalformedFile, ReviewError, UnreadablePaper, VivexError
from vivex.files import write_text
from vivex.labels import plug_ins
from vivex.models import fingerprint, locate, uncoupled
from vivex.paper import Failure, Paper
from vivex.pool import Pool

INDEX = ".index.json"


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


STAGES = {
    stage.name: stage
    for stage in (
        Stage("parse", "documents", ".json", ("vivex.parse.*",)),
        Stage("recognize", "mentions", ".jsonl", ("vivex.recognize", "vivex.recognize.kinds.*"), ("parse",), ("ner",)),
        Stage("assess", "judgements", ".jsonl", ("vivex.assess",), ("parse", "recognize"), ("rob",)),
        Stage(
            "prefill",
            "forms",
            ".json",
            ("vivex.extract.propose", "vivex.forms.record"),
            ("parse", "recognize", "assess"),
            ("fields",),
        ),
        Stage(
            "highlight",
            "highlighted",
            ".pdf",
            ("vivex.forms.highlight", "vivex.recognize.kinds.*"),  # the labels' colours
            ("parse", "recognize", "assess", "prefill"),
            formats=(".pdf",),
        ),
        Stage(
            "picture",
            "pictures",
            ".json",
            ("vivex.forms.report.snippets",),
            ("parse", "assess", "prefill"),
            formats=(".pdf",),
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Setting:
    """Fix what a run depends on besides the papers; every path may be absolute, none reaches an output."""

    out: Path  # the folder that holds documents/, mentions/, judgements/, forms/
    params: Mapping[str, Any]
    models: Path
    codebook: Path


@dataclass(frozen=True, slots=True)
class _Task:
    stage: str
    study: str
    source: Path
    setting: Setting


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
    pool: Pool,
    *,
    left_out: Sequence[Failure] = (),
    keep: bool = False,
    progress: Callable[[Iterable[Any], int, str], Iterable[Any]] = lambda items, total, label: items,
) -> Report:
    """Bring a stage's folder up to date for the studies in `sources` (study -> the paper's file).

    `left_out` names papers that were refused before the stage began; they stand in its index. What the folder holds of
    other studies is removed, as far as the index says that this stage wrote it; with `keep` it stays, and is brought up
    to date too where the paper itself isn't needed.
    """
    stage = STAGES[name]
    folder = setting.out / stage.folder
    folder.mkdir(parents=True, exist_ok=True)
    index = _read_index(folder)
    papers = {**_earlier(setting.out), **sources} if keep else sources
    upstream = _available(stage, papers, setting)
    common = _common_key(stage, setting)
    limits = f"{pool.seconds:g} s, {pool.memory_mb} MB"
    fresh: dict[str, dict[str, Any]] = {
        f.study: {"file": f.file, "key": "", "reason": f.reason, "remedy": f.remedy} for f in left_out
    }
    tasks, keys, stale = [], {}, []
    for study in sorted(upstream):
        old = index.get(study, {})
        absent = study not in sources and (
            not stage.reads or bool(stage.formats)
        )  # the paper is needed, and not at hand
        if absent and not stage.reads:
            fresh[study] = old
            continue
        keys[study] = _key(stage, study, papers[study], setting, common)
        present = (folder / f"{study}{stage.suffix}").exists()
        if old.get("key") == keys[study] and (present or ("reason" in old and old.get("limits", limits) == limits)):
            fresh[study] = old | {"file": papers[study].name}
        elif absent:
            fresh |= {study: old} if old else {}
            stale.append(papers[study].name)
        else:
            tasks.append(_Task(name, study, papers[study], setting))
    kept = len(upstream) - len(tasks)
    removed = _remove_others(folder, stage, index, set(upstream))
    _write_index(folder, fresh)
    for outcome in progress(pool.map(_work, tasks), len(tasks), name):
        study = outcome.item.study
        fresh[study] = {"file": papers[study].name, "key": keys[study]}
        if outcome.error is not None:
            (folder / f"{study}{stage.suffix}").unlink(missing_ok=True)
            fresh[study] |= _reason(outcome.error)
            if fresh[study]["reason"] in ("timed out", "out of memory"):
                fresh[study]["limits"] = limits
        elif outcome.value:
            fresh[study]["warnings"] = list(outcome.value)
        _write_index(folder, fresh)  # as each paper ends: a kill costs the papers in hand, not the finished ones
    warnings = uncoupled(setting.models, stage.models)
    if stale:
        warnings.append(f"{name} needs the paper again to follow what changed since: {', '.join(stale)}")
    said = {f.study for f in left_out} | set(sources)
    lost = tuple(f for f in _failures(fresh) if f.study in said)
    doubtful = tuple((fresh[s]["file"], w) for s in sorted(said & set(fresh)) for w in fresh[s].get("warnings", ()))
    return Report(name, len(tasks), kept, removed, lost, tuple(warnings), doubtful)


def _earlier(out: Path) -> dict[str, Path]:
    """Return the papers that earlier runs read into the folder: study -> the name of its file, not where it lies."""
    index = _read_index(out / STAGES["parse"].folder)
    return {study: Path(entry["file"]) for study, entry in sorted(index.items()) if entry["key"]}


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold a folder of outputs against other runs; raise ReviewError where one is at work in it."""
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(out / ".vivex.lock", timeout=0):
            yield
    except Timeout as error:
        raise ReviewError(
            f"{out}: another vivex is writing here; wait until it ends, or choose another folder"
        ) from error


def failures(out: Path) -> list[Failure]:
    """Return the papers that some stage left out, by study."""
    found: dict[str, Failure] = {}
    for stage in STAGES.values():
        for failure in _failures(_read_index(out / stage.folder)):
            found.setdefault(failure.study, failure)
    return [found[study] for study in sorted(found)]


class Papers(Sequence[Paper]):
    """Give the finished papers one at a time, read when asked for, so that 300 need no more memory than one."""

    def __init__(self, out: Path, sources: Mapping[str, Path], *, keep: bool = False) -> None:
        """Give the papers in `sources`; with `keep` those that earlier runs left in the folder too."""
        self.out = out
        self.sources = {**_earlier(out), **sources} if keep else sources
        self.studies = [s for s in sorted(self.sources) if (out / "forms" / f"{s}.json").exists()]

    def __len__(self) -> int:
        return len(self.studies)

    def __getitem__(self, index: int) -> Paper:  # type: ignore[override]
        if isinstance(index, slice):
            raise TypeError("papers are read one at a time; index with an integer")
        study = self.studies[index]
        return read_paper(self.out, study, self.sources[study])


def read_paper(out: Path, study: str, source: Path | None = None) -> Paper:
    """Return a paper with all that the stages wrote of it."""
    return Paper(
        document=read_document(out / "documents" / f"{study}.json"),
        mentions=tuple(read_annotations(out / "mentions" / f"{study}.jsonl")),
        judgements=tuple(read_annotations(out / "judgements" / f"{study}.jsonl")),
        form=_read_json(out / "forms" / f"{study}.json"),
        source=source,
    )


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error}); delete it and run the stage again") from error
    return data


# -- the work on one paper: a pure function of its bytes, the parameters and the models


def _work(task: _Task) -> tuple[str, ...]:
    """Do a stage's work on one paper and write its file; return what the reviewer is to be warned of."""
    out, study = task.setting.out, task.study
    target = out / STAGES[task.stage].folder / f"{study}{STAGES[task.stage].suffix}"
    if task.stage == "parse":
        from vivex.parse import parse_bytes

        params = task.setting.params.get("parse") or {}
        document = parse_bytes(task.source.read_bytes(), name=task.source.name, params=params)
        write_document(document, target)
        return document.warnings
    document = read_document(out / "documents" / f"{study}.json")
    codebook = _codebook(task.setting.codebook)
    if task.stage == "recognize":
        write_annotations(_annotator("recognize", task.setting)(document), target)
        return ()
    mentions = read_annotations(out / "mentions" / f"{study}.jsonl")
    if task.stage == "assess":
        write_annotations(_annotator("assess", task.setting)(document, known=mentions), target)
        return ()
    if task.stage == "highlight":
        from vivex.forms.highlight import write_highlights

        write_highlights(read_paper(out, study, task.source), target)
        return ()
    if task.stage == "picture":
        from vivex.forms.report.snippets import write_snippets

        write_snippets(read_paper(out, study, task.source), target)
        return ()
    from vivex.extract.propose import propose
    from vivex.forms.record import form_record

    judgements = read_annotations(out / "judgements" / f"{study}.jsonl")
    filled = propose(document, mentions, codebook, models=locate(task.setting.models, "fields"))
    record = form_record(
        document, codebook, filled.values, judgements, alternatives=filled.alternatives, tables=filled.tables
    )
    write_text(target, json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    return ()


def _annotator(stage: str, setting: Setting) -> Callable[..., Any]:
    """Return the annotators that params name for the stage, made once in each process."""
    params = json.dumps(setting.params.get(stage) or {}, sort_keys=True)
    return _made(stage, params, setting.models, setting.codebook)


@functools.cache
def _made(stage: str, params: str, models: Path, codebook: Path) -> Callable[..., Any]:
    from vivex.arrows import load

    options = json.loads(params)
    chosen = options.get("annotators") or {"recognize": ["entities"], "assess": ["syrcle"]}[stage]
    made = [
        load("vivex.annotators", name)(params=options, models=models, codebook=_codebook(codebook)) for name in chosen
    ]

    def annotate(document: Any, *, known: Sequence[Any] = ()) -> list[Any]:
        found: list[Any] = []
        for annotator in made:
            found += annotator(document, known=(*known, *found))
        return found

    return annotate


@functools.cache
def _codebook(path: Path) -> Codebook:
    return read_codebook(path)


# -- keys and the index


def _available(stage: Stage, sources: Mapping[str, Path], setting: Setting) -> list[str]:
    """Return the studies for which every upstream stage has written its file."""
    if stage.formats:
        sources = {s: path for s, path in sources.items() if path.suffix.lower() in stage.formats}
    found = set(sources)
    for upstream in (STAGES[name] for name in stage.reads):
        folder = setting.out / upstream.folder
        written = {study for study, entry in _read_index(folder).items() if "reason" not in entry}
        found = {s for s in found & written if (folder / f"{s}{upstream.suffix}").exists()}
    return sorted(found)


def _common_key(stage: Stage, setting: Setting) -> str:
    """Return the hash of what all papers of a stage depend on."""
    parts = [stage.name, code_hash(*stage.code)]
    parts += [f"{part}={fingerprint(locate(setting.models, part))}" for part in stage.models]
    parts += uncoupled(setting.models, stage.models)
    if stage.name == "recognize":
        parts += plug_ins()
    parts.append(json.dumps(setting.params.get(stage.name) or {}, sort_keys=True))
    if stage.name != "parse":
        parts.append(sha256(setting.codebook.read_bytes()))
    return sha256("\n".join(parts).encode())


def _key(stage: Stage, study: str, source: Path, setting: Setting, common: str) -> str:
    if stage.reads:
        inputs = [setting.out / STAGES[name].folder / f"{study}{STAGES[name].suffix}" for name in stage.reads]
    else:
        inputs = [source]
    return sha256("\n".join([common, *(sha256(path.read_bytes()) for path in inputs)]).encode())[:32]


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


def _reason(error: VivexError) -> dict[str, str]:
    if isinstance(error, UnreadablePaper):
        return {"reason": error.reason, "remedy": error.remedy}
    return {"reason": "failed", "remedy": str(error)}


def _failures(index: Mapping[str, Mapping[str, Any]]) -> list[Failure]:
    return [
        Failure(study, entry["file"], entry["reason"], entry["remedy"])
        for study, entry in sorted(index.items())
        if "reason" in entry
    ]


def _read_index(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / INDEX
    return _read_json(path) if path.exists() else {}


def _write_index(folder: Path, index: Mapping[str, Any]) -> None:
    write_text(folder / INDEX, json.dumps(dict(sorted(index.items())), ensure_ascii=False, indent=1) + "\n")
