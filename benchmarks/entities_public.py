"""The grammars, or the whole recogniser, on public corpora that annotate only some labels (evaluation only, nothing is
fitted here).

usage: python benchmarks/entities_public.py [--shared DIR] [--joined [--most N]]

--joined  the recogniser that is shipped (models/base joined with the grammars) beside the grammars, on the doses and
          the strains: a random
        sample of at most N abstracts or sentences of each (300; the same draw every time), each read as a paper of one
        paragraph

gene    NLM-Gene, BioRED and GNormPlus abstracts (Gene, FamilyName, DomainMotif)
dose    PsyNamic abstracts of human trials: bare numbers and units are annotated apart there, so overlap says more
strain  PreClinIE sentences with an age keyword (published 0.852 for strain by a fine-tuned encoder)
number  the same sentences, those that mark a number of animals (published 0.887 over all sentences, by a fine-tuned
        encoder): they mark how many there were in all, so the numbers of role total are compared; numbers of a
        sentence that marks none are left out, for many totals there are unmarked
"""

from __future__ import annotations

import argparse
import ast
import csv
import gzip
import json
import os
import random
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from vivex.document import Block, Document, Section
from vivex.recognize.entities import make_entities
from vivex.recognize.kinds.dose import find_dose
from vivex.recognize.kinds.gene import find_gene
from vivex.recognize.kinds.number import find_number
from vivex.recognize.kinds.strain import find_strain
from vivex.recognize.spans import Span

ROOT = Path(__file__).resolve().parent.parent
Gold = set[tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--joined", action="store_true")
    parser.add_argument("--most", type=int, default=300)
    options = parser.parse_args()
    corpora = options.shared / "corpora"
    psynamic = corpora / "psynamic_dose" / "psynamic_dose_ner.jsonl.gz"
    preclinie = corpora / "preclinie_sentences" / "sent_with_age_kw_new_split.csv.gz"
    print(f"{'set':34} exact {'P':>6} {'R':>6} {'F1':>6} | overlap {'P':>6} {'R':>6}      n")
    if options.joined:
        for label, name, role, cases, find in (
            ("dose", "PsyNamic", "abstract", list(doses(psynamic)), find_dose),
            ("strain", "PreClinIE", "methods", list(marked(preclinie, "strain")), find_strain),
        ):
            drawn = random.Random(11).sample(cases, min(options.most, len(cases)))
            show(f"{label:6} {name}, {len(drawn)} of {len(cases)}, grammar", drawn, find)
            show(f"{label:6} {name}, {len(drawn)} of {len(cases)}, joined", drawn, recogniser(label, role))
        return
    for name in ("NLMgene_Train", "BioRED_TrainDev", "GNormPlus_Test"):
        show(f"gene   {name}", abstracts(corpora / "aioner_pubtator" / f"{name}.PubTator.gz"), find_gene)
    show("dose   PsyNamic", doses(psynamic), find_dose)
    show("strain PreClinIE", marked(preclinie, "strain"), find_strain)
    numbers = list(marked(preclinie, "animals-number"))
    show("number PreClinIE, sentences with one", [case for case in numbers if case[1]], find_total)


def find_total(text: str) -> Iterator[Span]:
    """Yield the numbers of animals in all."""
    return (span for span in find_number(text) if span.value["role"] == "total")


def show(name: str, cases: Iterable[tuple[str, Gold]], find: Callable[[str], Iterable[Span]]) -> None:
    """Print exact and overlap figures."""
    right = said = true = touched = met = 0
    for text, gold in cases:
        got = {(s.start, s.end) for s in find(text)}
        right, said, true = right + len(got & gold), said + len(got), true + len(gold)
        touched += sum(any(a < y and x < b for x, y in gold) for a, b in got)
        met += sum(any(a < y and x < b for x, y in got) for a, b in gold)
    figures = right / said, right / true, 2 * right / (said + true)
    print(
        f"{name:40}"
        + " ".join(f"{f:6.3f}" for f in figures)
        + f" |         {touched / said:6.3f} {met / true:6.3f} {true:6d}"
    )


def recogniser(label: str, role: str) -> Callable[[str], list[Span]]:
    """Return what finds the label in a text of such a section as the shipped recogniser does."""
    entities = make_entities(params={}, models=ROOT / "models" / "base", codebook=None)

    def find(text: str) -> list[Span]:
        document = Document("public", text, (Block("paragraph", 0, len(text), 0),), (Section((role,), role),))
        return [s for s in entities.spans(document) if s.label == label]

    return find


def abstracts(path: Path) -> Iterator[tuple[str, Gold]]:
    """Yield text and gene spans of each article of a PubTator file."""
    parts: dict[str, dict] = {}
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            if head := re.match(r"(\d+)\|([ta])\|(.*)", line):
                parts.setdefault(head[1], {"t": "", "a": "", "m": set()})[head[2]] = head[3]
            elif len(fields := line.rstrip("\n").split("\t")) >= 5 and fields[4] in (
                "Gene",
                "FamilyName",
                "DomainMotif",
            ):
                parts[fields[0]]["m"].add((int(fields[1]), int(fields[2])))
    for part in parts.values():
        yield f"{part['t']} {part['a']}", part["m"]


def doses(path: Path) -> Iterator[tuple[str, Gold]]:
    """Yield text and dosage spans of each abstract."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield joined(row["tokens"], row["ner_tags"], "Dosage")


def marked(path: Path, label: str) -> Iterator[tuple[str, Gold]]:
    """Yield text and the label's spans of each sentence."""
    csv.field_size_limit(sys.maxsize)
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            yield joined(ast.literal_eval(row["tokens"]), ast.literal_eval(row["ner_tags"]), label)


def joined(tokens: list[str], tags: list[str], label: str) -> tuple[str, Gold]:
    """Return the tokens as text, and the spans of the label in their BIO tags (layers parted by |)."""
    text, spans, begun = "", set(), None
    end = 0
    for token, tag in zip(tokens, tags):
        mark = next((part[0] for part in tag.split("|") if part.endswith(label)), "O")
        if mark != "I" and begun is not None:
            spans.add((begun, end))
            begun = None
        if text and token not in ".,;:)%" and not text.endswith("("):
            text += " "
        if mark != "O" and begun is None:
            begun = len(text)
        text += token
        end = len(text)
    if begun is not None:
        spans.add((begun, end))
    return text, spans


if __name__ == "__main__":
    main()
