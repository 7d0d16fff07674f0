"""The sentences that the reader learns from, each with what it says and of which labels that is known."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from vivex.annotation import SYRCLE_ITEMS

LABELS = (
    *("1+", "1-", "1?", "1n", "2+", "2-", "2c", "3+", "3-", "4+", "4-", "5+", "5-", "6+", "6-", "7+", "7-"),
    *("8+", "8-", "8e", "9+", "9-", "10+", "10-", "R", "B", "C", "S", "S0", "I", "W", "T"),
)
FILES = ("rob-sentences", "rob-sentences-written")
CHECKLIST = "syrcle-checklist"  # sentences with what they decide, learnt from since it was measured
ROOT = Path(__file__).resolve().parents[2]
KEPT = 1460  # own sentences at the list's end that no reader learns from: changes are decided by them
OWN = Path(__file__).with_name("own.tsv")


@dataclass(frozen=True, slots=True)
class Sample:
    """Hold a sentence, the labels it has, those of which nothing is known, and the file it comes from."""

    id: str
    text: str
    labels: frozenset[str]
    unknown: frozenset[str]
    source: str


def paper_of(identifier: str) -> str:
    """Return the paper of an annotated sentence; a written one (syn-) is its own."""
    return identifier if identifier.startswith("syn-") else identifier.rsplit("-", 1)[0]


def set_aside(identifier: str) -> bool:
    """Tell whether the sentence is in the third that is only ever scored; the sentences of a paper go together."""
    return zlib.crc32(paper_of(identifier).encode()) % 3 == 0


def gather(shared: Path) -> list[Sample]:
    """Return all sentences that are learnt from."""
    tests = sorted((ROOT / "tests" / "assess" / "items").glob("*.jsonl"))
    judged = [sample for path in (*tests, shared / "gold" / f"{CHECKLIST}.jsonl") for sample in _judged(path)]
    return [*_annotated(shared), *own_sentences()[:-KEPT], *judged]


def _annotated(shared: Path) -> Iterator[Sample]:
    for name in FILES:
        for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if not set_aside(row["id"]):
                yield Sample(row["id"], row["sentence"], frozenset(row["labels"]), frozenset(), name)


def own_sentences() -> list[Sample]:
    """Return the sentences written for this: labels (comma between them, - for none), a tab, the sentence."""
    out = []
    for number, line in enumerate(OWN.read_text(encoding="utf-8").splitlines(), 1):
        labels, _, text = line.partition("\t")
        given = frozenset(labels.split(",")) - {"-"}
        if not text or not given <= set(LABELS):
            raise ValueError(f"{OWN.name}, line {number}: {line[:60]}")
        out.append(Sample(f"own-{number}", text, given, frozenset(), "own"))
    return out


def _judged(path: Path) -> Iterator[Sample]:
    """Yield the sentences of a list of judgements; what they say beyond the judgements isn't known."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        asked = {SYRCLE_ITEMS.index(item) + 1: answer for item, answer in row["expect"].items()}
        known = set() if asked else {f"{k}{side}" for k in range(1, 8) for side in "+-"}
        labels = set()
        for k, answer in asked.items():
            known |= {f"{k}+", f"{k}-"} if k != 1 or answer != "high" else {"1+"}
            labels |= {f"{k}+"} if answer == "low" else {f"{k}-"} if answer == "high" and k != 1 else set()
        yield Sample(row["id"], row["sentence"], frozenset(labels), frozenset(LABELS) - known, "judged")
