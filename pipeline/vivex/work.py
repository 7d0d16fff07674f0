"""The work of a stage on one paper: a function of its bytes, the settings and the models, done in a child process."""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivex import inputs
from vivex.annotation import dump_annotations, read_annotations
from vivex.codebook import Codebook, from_bytes
from vivex.document import read_document, sha256, to_json
from vivex.errors import TransientFault
from vivex.models import fingerprint, locate
from vivex.paper import Paper, read_paper

if TYPE_CHECKING:
    from vivex.annotation import Annotation
    from vivex.document import Document

CHANGED = "it changed while it was read; run it again"


@dataclass(frozen=True, slots=True)
class Setting:
    """Fix what a run depends on besides the papers; every path may be absolute, none reaches an output.

    The codebook is read once, as the setting is made: that copy is hashed and used, whatever becomes of the file.
    """

    out: Path  # the folder that holds documents/, mentions/, judgements/, forms/
    params: Mapping[str, Any]
    models: Path
    codebook: Path
    codebook_bytes: bytes = b""

    def __post_init__(self) -> None:
        """Read the codebook; raise MalformedFile where it is malformed, before any work."""
        if not self.codebook_bytes:
            object.__setattr__(self, "codebook_bytes", self.codebook.read_bytes())
        _codebook(self.codebook_bytes, str(self.codebook))

    @property
    def codebook_read(self) -> Codebook:
        """Return the codebook of the bytes that were read."""
        return _codebook(self.codebook_bytes, str(self.codebook))


@dataclass(frozen=True, slots=True)
class Task:
    """Ask for a stage's work on one paper; `key` is of the bytes of `paths`, as they were when it was asked for."""

    stage: str
    study: str
    source: Path
    setting: Setting
    paths: tuple[Path, ...]
    common: str
    key: str
    models: tuple[tuple[str, str], ...] = ()  # part, fingerprint


def prepare(stage: str, setting: Setting) -> None:
    """Import and load what a stage's papers need, so that no paper's clock runs meanwhile.

    The models of the stage before are let go: each stage works on all papers before the next begins.
    """
    if stage not in ("recognize", "assess"):
        _made.cache_clear()
    if stage == "parse":
        import vivex.parse
        import vivex.parse.mupdf

        vivex.parse.suffixes()
        vivex.parse.mupdf.mupdf()
    elif stage in ("recognize", "assess"):
        if stage == "recognize":
            import vivex.recognize.normalise
            from vivex.document import Document
            from vivex.recognize.relations import related

            related(Document("none", ""), ())  # imports what it calls
        else:
            import vivex.assess.judge
        annotators_of(stage, setting)
    elif stage == "prefill":
        import vivex.extract.propose
        import vivex.forms.record
    else:
        import vivex.forms.highlight
        import vivex.forms.report.snippets
        import vivex.parse.mupdf

        vivex.parse.mupdf.mupdf()


def work(task: Task) -> tuple[bytes, tuple[str, ...]]:
    """Return the bytes of the stage's file of one paper, and what the reviewer is to be warned of.

    Raise TransientFault where an input is no longer what it was when the work was asked for.
    """
    data, warnings = _done(task)
    if inputs.of_files(task.common, task.paths, anew=True) != task.key:
        raise TransientFault(CHANGED)
    for part, expected in task.models:
        if _loaded(part, task.setting.models) != expected:
            raise TransientFault(f"the {part} model changed while it was read; run it again")
    return data, warnings


def _done(task: Task) -> tuple[bytes, tuple[str, ...]]:
    setting, study = task.setting, task.study
    out = setting.out
    if task.stage == "parse":
        from vivex.parse import parse_bytes

        params = setting.params.get("parse") or {}
        parsed = parse_bytes(task.source.read_bytes(), name=task.source.name, params=params)
        whole = json.dumps(to_json(parsed), ensure_ascii=False, separators=(",", ":")) + "\n"
        return whole.encode("utf-8"), parsed.warnings
    if task.stage == "highlight":
        from vivex.forms.highlight import write_highlights

        return _drawn(write_highlights, read_paper(out, study, task.source)), ()
    if task.stage == "picture":
        from vivex.forms.report.snippets import write_snippets

        return _drawn(write_snippets, read_paper(out, study, task.source, mentions=False)), ()
    document = read_document(out / "documents" / f"{study}.json")
    if task.stage == "recognize":
        return _lines(annotators_of("recognize", setting)(document)), ()
    mentions = read_annotations(out / "mentions" / f"{study}.jsonl")
    if task.stage == "assess":
        return _lines(annotators_of("assess", setting)(document, known=mentions)), ()
    record = filled_form(setting, document, mentions)
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8"), ()


def filled_form(setting: Setting, document: Document, mentions: Sequence[Annotation]) -> dict[str, Any]:
    """Return the form record of a paper, as `outputs/forms/<study>.json` holds it."""
    from vivex.extract.propose import propose
    from vivex.forms.record import form_record

    judgements = read_annotations(setting.out / "judgements" / f"{document.study}.jsonl")
    asked = setting.codebook_read
    filled = propose(document, mentions, asked, models=locate(setting.models, "fields"))
    return form_record(
        document, asked, filled.values, judgements, alternatives=filled.alternatives, tables=filled.tables
    )


def _lines(annotations: Sequence[Annotation]) -> bytes:
    return dump_annotations(annotations).encode("utf-8")


def _drawn(write: Callable[[Paper, Path], None], paper: Paper) -> bytes:
    """Return the bytes that a function writes into a file; raise TransientFault where the paper isn't the one read."""
    with tempfile.TemporaryDirectory(prefix="vivex-") as folder:
        path = Path(folder) / "written"
        write(paper, path)
        if paper.source is not None and sha256(paper.source.read_bytes()) != paper.document.pdf_sha256:
            raise TransientFault(CHANGED)
        return path.read_bytes()


def annotators_of(stage: str, setting: Setting) -> Callable[..., list[Annotation]]:
    """Return what the annotators that params name for a stage say of a document; kept until another stage's are."""
    params = json.dumps(setting.params.get(stage) or {}, sort_keys=True)
    return _made(stage, params, setting.models, setting.codebook_bytes)


@functools.lru_cache(maxsize=1)
def _made(stage: str, params: str, models: Path, codebook: bytes) -> Callable[..., list[Annotation]]:
    from vivex.arrows import annotator

    options = json.loads(params)
    chosen = options.get("annotators") or {"recognize": ["entities"], "assess": ["syrcle"]}[stage]
    asked = read_by(stage, options, _codebook(codebook, "codebook"))
    made = [annotator(name, params=options, models=models, codebook=asked) for name in chosen]

    def annotate(document: Document, *, known: Sequence[Annotation] = ()) -> list[Annotation]:
        found: list[Annotation] = []
        for each in made:
            found += each(document, known=(*known, *found))
        return found

    return annotate


def read_by(stage: str, params: Mapping[str, Any], codebook: Codebook) -> Codebook:
    """Return the part of the codebook that a stage reads: a new field of the form changes no mention and no judgement.

    Annotators that params name may read anything.
    """
    if stage not in ("recognize", "assess") or params.get("annotators"):
        return codebook
    return Codebook("", (), codebook.policy if stage == "assess" else {})


@functools.cache
def _codebook(data: bytes, where: str) -> Codebook:
    return from_bytes(data, where=where)


@functools.cache
def _loaded(part: str, models: Path) -> str:
    """Return the fingerprint of a part's model after it was loaded, once in each process."""
    return fingerprint(locate(models, part))
