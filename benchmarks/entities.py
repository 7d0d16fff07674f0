"""Entity recognition on passages that no model had read: grammars alone, a plain dictionary, and joined with the
model's held-out predictions.

usage: python benchmarks/entities.py [--shared DIR] [--found FILE [--choose]] [--scai] [--speed]
       python benchmarks/entities.py [--shared DIR] --unseen

The passages are those of gold/passages-2.jsonl that are not set aside; the dose decision was fitted to passages.jsonl
alone.

--found   the found-both.json (or found-words.json) that `PYTHONPATH=scripts python -m train_ner.onward` leaves in its
          work folder: what a model says that has not seen the passage's study. Every named way of joining grammar and
          model is scored, label by label
--choose  prints the best joining of each label, for the `joining` of recognize/kinds/<label>.py
--unseen  only this: the recogniser as shipped (grammars, models/base, joining) on gold/passages-2.jsonl, apart for the
          papers set aside, which no model was fitted to and nobody read, and for the others; each passage is read as a
          paper of one paragraph
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from vivex import vocabulary
from vivex.codebook import template
from vivex.document import Document
from vivex.labels import entity_labels
from vivex.recognize import lexicon
from vivex.recognize.entities import Entities, grammar_spans, make_entities, settled
from vivex.recognize.joining import NAMED, NEVER, Joining, combined, joined
from vivex.recognize.kinds import finders, kind, strategy
from vivex.recognize.kinds.mirna import find_mirna
from vivex.recognize.repeats import with_repeats
from vivex.recognize.spans import Span

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from train_ner.passages import ASIDE_FILE, set_aside  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--found", type=Path)
    parser.add_argument("--choose", action="store_true")
    parser.add_argument("--scai", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    parser.add_argument("--models", type=Path, default=ROOT / "models" / "base")
    options = parser.parse_args()
    if options.unseen:
        unseen(options.shared, options.models)
        return
    rows = [row for row in read_rows(options.shared) if not set_aside(row["study_id"])]
    grammars = {r["pid"]: grammar_spans(Document(r["pid"], r["text"]), finders()) for r in rows}
    print("## Grammars alone")
    print(score(options.shared, rows, {pid: settled(spans) for pid, spans in grammars.items()}))
    print("## A plain dictionary")
    print(score(options.shared, rows, {r["pid"]: list(dictionary(r["text"])) for r in rows}))
    if options.found:
        held = {
            pid: [Span(start, end, label, {}, "model", sure) for label, start, end, sure in spans]
            for pid, spans in json.loads(options.found.read_text(encoding="utf-8"))
        }
        print("## Every way of joining, exact F1 by label")
        ways(rows, grammars, held)
        if options.choose:
            print("## The best joining of each label")
            choose(rows, grammars, held)
        print("## The model alone")
        print(score(options.shared, rows, held))
        print("## Joined as each kind declares")
        texts = {r["pid"]: Document(r["pid"], r["text"]) for r in rows}
        both = {
            p: settled(with_repeats(texts[p], combined(grammars[p], held.get(p, []), strategy()))) for p in grammars
        }
        print(score(options.shared, rows, both))
    if options.scai:
        scai(options.shared / "corpora" / "scai_mirna" / "miRNA-Train-Corpus.xml")
    if options.speed:
        speed(options.shared)


def read_rows(shared: Path) -> list[dict[str, Any]]:
    """Return the passages annotated after the models of 0.1.0 were made."""
    lines = (shared / "gold" / ASIDE_FILE).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def score(shared: Path, rows: Sequence[Mapping[str, Any]], found: Mapping[str, Sequence[Span]]) -> str:
    """Return the table of bench/score_entities.py for these passages."""
    with tempfile.TemporaryDirectory() as folder:
        gold = Path(folder) / "gold.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        said = Path(folder) / "found"
        said.mkdir()
        for row in rows:
            spans = found.get(row["pid"], ())
            lines = [json.dumps({"label": s.label, "evidence": [{"start": s.start, "end": s.end}]}) for s in spans]
            (said / (row["pid"].replace("#", "_") + ".jsonl")).write_text("\n".join(lines), encoding="utf-8")
        command = [sys.executable, str(shared / "bench" / "score_entities.py"), str(gold), str(said)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def unseen(shared: Path, models: Path) -> None:
    """Print the scores of the shipped recogniser on the passages set aside, and on the others of their file."""
    rows = read_rows(shared)
    recognise = make_entities(params={}, models=models, codebook=template("invivo"))
    found = {}
    for row in rows:
        said = recognise(Document(row["pid"], row["text"]))
        found[row["pid"]] = [Span(a.evidence[0].start, a.evidence[0].end, a.label) for a in said]
    for part, aside in (("development", False), ("set aside", True)):
        chosen = [row for row in rows if set_aside(row["study_id"]) == aside]
        print(f"## {part}: {len(chosen)} passages of {len({r['study_id'] for r in chosen})} papers")
        print(score(shared, chosen, found))


def ways(
    rows: Sequence[Mapping[str, Any]], grammars: Mapping[str, Sequence[Span]], held: Mapping[str, Sequence[Span]]
) -> None:
    """Print the exact F1 of each named way of joining, label by label."""
    print(f"{'label':10}" + "".join(f"{w:>10}" for w in NAMED) + "   chosen")
    for label in entity_labels():
        cases = cases_of(rows, grammars, held, label)
        figures = [f1(tally(cases, joining)) for joining in (*NAMED.values(), kind(label).joining)]
        print(f"{label:10}" + "".join(f"{f:10.3f}" for f in figures[:-1]) + f"{figures[-1]:9.3f}")


def choose(
    rows: Sequence[Mapping[str, Any]], grammars: Mapping[str, Sequence[Span]], held: Mapping[str, Sequence[Span]]
) -> None:
    """Print the best joining of each label on all passages, and its F1 where each fold's is chosen on the others."""
    studies = sorted({r["study_id"] for r in rows}, key=lambda s: zlib.crc32(s.encode()))
    fold = {s: i % 5 for i, s in enumerate(studies)}
    grid = [
        Joining(g, m, prefer)
        for prefer in ("grammar", "model")
        for g in (0.0, 0.65, 0.72, 0.8, 0.9, NEVER)
        for m in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, NEVER)
    ]
    for label in entity_labels():
        parts = [cases_of([r for r in rows if fold[r["study_id"]] == k], grammars, held, label) for k in range(5)]
        counts = {j: [tally(part, j) for part in parts] for j in grid}

        def total(joining: Joining, folds: Iterable[int], counts: dict = counts) -> list[int]:
            return [sum(c) for c in zip(*(counts[joining][k] for k in folds))]

        honest = [0, 0, 0]
        for k in range(5):
            others = [i for i in range(5) if i != k]
            best = max(grid, key=lambda j: f1(total(j, others)))
            honest = [a + b for a, b in zip(honest, counts[best][k])]
        best = max(grid, key=lambda j: f1(total(j, range(5))))
        print(f'    "{label}": {best},  # {f1(honest):.3f} chosen fold by fold, {f1(total(best, range(5))):.3f} on all')


Case = tuple[list[Span], list[Span], set[tuple[int, int]]]


def cases_of(
    rows: Sequence[Mapping[str, Any]],
    grammars: Mapping[str, Sequence[Span]],
    held: Mapping[str, Sequence[Span]],
    label: str,
) -> list[Case]:
    """Return grammar spans, model spans and true spans of a label for each passage."""
    return [
        (
            [s for s in settled(grammars[r["pid"]]) if s.label == label],
            [s for s in held.get(r["pid"], []) if s.label == label],
            {(a, b) for a, b, kind in r["spans"] if kind.lower() == label},
        )
        for r in rows
    ]


def tally(cases: Sequence[Case], joining: Joining) -> list[int]:
    """Return how many spans are right, said and true."""
    out = [0, 0, 0]
    for grammar, model, want in cases:
        got = {(s.start, s.end) for s in joined(grammar, model, joining)}
        out = [out[0] + len(got & want), out[1] + len(got), out[2] + len(want)]
    return out


def f1(counts: Sequence[int]) -> float:
    return 2 * counts[0] / max(1, counts[1] + counts[2])


def dictionary(text: str) -> Iterable[Span]:
    """Yield what names alone find: the longest listed name at each word, whatever stands around it."""
    words = [m.span() for m in re.finditer(r"[A-Za-z0-9\u0370-\u03ff]+(?:[-/'][A-Za-z0-9\u0370-\u03ff]+)*", text)]
    listed: dict[str, Callable[[str], bool]] = {
        "gene": lambda name: bool(lexicon.genes(name) if " " not in name else lexicon.genes_named(name)),
        "cell": lambda name: lexicon.phrase_key(name) in lexicon.keys("cells"),
        "strain": lambda name: lexicon.key_of(name) in lexicon.keys("strains"),
        "species": lambda name: vocabulary.named("animals", name, "named") is not None,
        "mirna": lambda name: name.lower() in lexicon.keys("mirna"),
    }
    for label, holds in listed.items():
        i = 0
        while i < len(words):
            for length in range(min(5, len(words) - i), 0, -1):
                start, end = words[i][0], words[i + length - 1][1]
                if end - start > 1 and holds(text[start:end]):
                    yield Span(start, end, label)
                    i += length
                    break
            else:
                i += 1


def scai(path: Path) -> None:
    """Print recall of specific mentions by class, and precision, on the SCAI miRNA training corpus (no training)."""
    classes: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    said = right = 0
    for sentence in ElementTree.parse(path).getroot().iter("sentence"):
        text = sentence.get("text", "")
        found = [(s.start, s.end) for s in find_mirna(text)]
        gold, other = [], []
        for entity in sentence.findall("entity"):
            start, last = map(int, entity.get("charOffset", "0-0").split("-"))
            (gold if entity.get("type") == "Specific_miRNAs" else other).append(
                (start, last + 1, entity.get("text", ""))
            )
        said += len(found)
        right += sum(any(a < y and x < b for x, y, _ in gold) for a, b in found)
        for start, end, written in gold:
            kind = mention_class(written, text[end : end + 1])
            # a coordination is one span there and one for each member here; a star stands outside the span there
            exact = any(a == start and (b == end or (b == end + 1 and text[end] in "*\u2217")) for a, b in found)
            inside = [(a, b) for a, b in found if start <= a and b <= end]
            whole = exact or (
                kind == "coordinated" and len(inside) > 1 and inside[0][0] == start and inside[-1][1] == end
            )
            classes[kind][0] += 1
            classes[kind][1] += whole
            classes[kind][2] += any(a < end and start < b for a, b in found)
    print("## SCAI miRNA, specific mentions of the training corpus\nclass          n  exact  overlap (recall)")
    for kind, (n, exact, overlap) in sorted(classes.items()):
        print(f"{kind:12}{n:5d}{exact / n:7.3f}{overlap / n:9.3f}")
    n, exact, overlap = (sum(c[i] for c in classes.values()) for i in range(3))
    precision = right / said
    print(
        f"{'all':12}{n:5d}{exact / n:7.3f}{overlap / n:9.3f}   precision (overlap) {precision:.3f}, F1 "
        f"{2 * precision * overlap / n / (precision + overlap / n):.3f}"
    )


def mention_class(written: str, after: str) -> str:
    """Return simple, starred, coordinated, family or cluster for a mention as written."""
    if after in ("*", "\u2217"):
        return "starred"
    if re.search(r",|\band\b", written):
        return "coordinated"
    if re.search(r"\d[a-z]?/\d|~|\u223c|/[a-z0-9]|17-92|-\d+-\d+-\d|family|cluster", written):
        return "family"
    return "simple"


def speed(shared: Path) -> None:
    """Print the processor time of a whole recognition of full papers, grammars alone."""
    from vivex.parse.text import parse_text

    annotate = Entities(finders())
    total = characters = 0.0
    for path in sorted((shared / "gold" / "texts").glob("*.txt"))[:12]:
        document = parse_text(path.read_bytes(), study=path.stem, params={})
        begin = time.process_time()
        annotate(document)
        total += time.process_time() - begin
        characters += len(document.text)
    print(
        f"## Time\n{total / 12:.2f} s of processor a paper ({characters / 12:.0f} characters on average), "
        f"{characters / total:.0f} characters a second"
    )


if __name__ == "__main__":
    main()
