"""Annotated studies as the training of form fields reads them: each with its gold, its reading and its candidates.

A value matches a true one as in the shared scorer (bench/score_form.py): equal, one holds the other, or word F1 >= 0.6.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

import numpy as np

from vivex.annotation import read_annotations
from vivex.extract.likeness import Spelt, met, quality, spelt
from vivex.extract.looking import candidates_of
from vivex.extract.mentioned import LABELS
from vivex.extract.reading import Candidate, Reading, read
from vivex.extract.value_features import FIELDS, Group, line_features, line_flags
from vivex.parse import parse_file

Gold: TypeAlias = dict[str, list[dict[str, Any]]]  # field -> what the annotators gave: value, quote


@dataclasses.dataclass
class Paper:
    """Hold a study's gold and reading, and its features."""

    study: str
    gold: Gold
    reading: Reading
    low: str
    flags: list[list[str]]
    lines: list[list[int]]
    evidence: np.ndarray  # lines by fields: holds a gold quote
    candidates: dict[str, list[Candidate]]
    labels: dict[str, np.ndarray]
    vectors: dict[int, np.ndarray] = dataclasses.field(default_factory=dict)  # of the lines that were looked at


LUCKY = 0.15  # weight of a value that holds, or is held by, a true one but shares under half its words


def prepare(study: str, gold: dict[str, Any], path: Path, mentions: Path | None) -> Paper:
    """Read one paper and find its candidates."""
    document = parse_file(path)
    known = read_annotations(mentions) if mentions and mentions.exists() else []
    reading = read(document, known)
    flags = [line_flags(line, reading.topic) for line in reading.lines]
    evidence = np.zeros((len(reading.lines), len(FIELDS)), dtype=bool)
    for k, field in enumerate(FIELDS):
        for entry in gold[field]:
            begin = document.text.find(entry["quote"])
            if begin >= 0:
                end = begin + len(entry["quote"])
                for line in reading.lines:
                    if line.start < end and begin < line.end and min(end, line.end) - max(begin, line.start) > 10:
                        evidence[line.index, k] = True
    candidates = candidates_of(reading, LABELS)
    labels = {}
    for field in FIELDS:
        truth = [spelt(str(e["quote"] if field == "main_result" else e["value"])) for e in gold[field]]
        memo: dict[str, float] = {}
        for candidate in candidates[field]:
            if candidate.value not in memo:
                words = spelt(candidate.value)
                memo[candidate.value] = quality(words, truth)
        labels[field] = np.array([memo[c.value] for c in candidates[field]])
    return Paper(
        study,
        gold,
        reading,
        document.reading.lower(),
        flags,
        [line_features(ln, fl) for ln, fl in zip(reading.lines, flags)],
        evidence,
        candidates,
        labels,
    )


def paper_quality(paper: Paper, field: str, group: Group) -> float:
    """Return how well a group's value agrees with the gold."""
    words = spelt(group.members[0].value)
    return quality(words, truths(paper, field, optional=True))


def weight_of(quality: np.ndarray) -> np.ndarray:
    """Return how much each example counts: a value that only shares a word with a true one, little."""
    return np.where(quality >= 0.5, 1.0, np.where(quality > 0, LUCKY, 1.0))


def characteristics(path: Path) -> Gold:
    """Return what an annotated study's file says of the form's fields."""
    found: Gold = json.loads(path.read_text(encoding="utf-8"))["characteristics"]
    return found


def truths(paper: Paper, field: str, *, optional: bool = False) -> list[Spelt]:
    """Return the words of a field's true values, each once; of those that one annotator gave alone if `optional`."""
    return true_values(paper.gold, field, optional=optional)


def true_values(gold: Gold, field: str, *, optional: bool = False) -> list[Spelt]:
    """Return the words of the true values that a study's file gives a field."""
    key = "quote" if field == "main_result" else "value"
    given = (str(e[key]) for e in gold[field] if optional or not e.get("optional"))
    return [spelt(v) for v in dict.fromkeys(given)]


def counts_of(gold: Gold, field: str, order: Sequence[tuple[Group, float]]) -> np.ndarray:
    """Return how many values are right, said and wanted of a study's field, counted as the shared scorer does."""
    wanted, spare = true_values(gold, field), [spelt(str(e["value"])) for e in gold[field] if e.get("optional")]
    values = [spelt(v) for v in dict.fromkeys(g.members[0].value for g, _ in order)]
    used = met(wanted, values)
    rest = [v for i, v in enumerate(values) if i not in used]
    return np.array([len(used), len(used) + len(rest) - len(met(spare * 3, rest)), len(wanted)])


Item, Found = TypeVar("Item"), TypeVar("Found")
_work: Callable[[Any], Any] | None = None  # what forked processes do: they inherit the papers instead of copies


def each(work: Callable[[Item], Found], items: Sequence[Item], jobs: int) -> list[Found]:
    """Return what the work makes of each item, by several processes where `jobs` says so.

    What the work closes over is inherited by the processes, not copied; items and what is returned are pickled.
    """
    global _work
    if jobs < 2:
        return [work(item) for item in items]
    _work = work
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        return list(pool.map(_called, items))


def _called(item: Any) -> Any:
    assert _work is not None
    return _work(item)


def load_papers(studies: Path, texts: Path, mentions: Path | None, *, jobs: int = 1) -> list[Paper]:
    """Return the in-vivo studies with their gold, in order of study."""

    def paper(path: Path) -> Paper:
        gold = characteristics(path)
        known = mentions / f"{path.stem}.jsonl" if mentions else None
        return prepare(path.stem, gold, texts / f"{path.stem}.txt", known)

    return each(paper, sorted(studies.glob("*.json")), jobs)
