"""miRNA-gene relations against two public corpora (evaluation only: licences in shared/README.md).

usage: python benchmarks/relations.py [--shared DIR]

scai_mirna     pairs of a specific miRNA and a gene in a sentence that are related or not; a pair of names counts once a sentence.
               Bagewadi et al. (2014) report F1 up to 0.76 for miRNA-gene relations.
mirna_mrna_re  one marked pair a sentence, "Negative" (the miRNA lowers or is inversely related to the gene) or "Positive" (any
               other relation): how often the direction "down" is read from a Negative sentence, and not from a Positive one.
"""

from __future__ import annotations

import argparse
import html
import os
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

from vivex.recognize.relations.targets import Relation, relate
from vivex.recognize.spans import Span

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared")))
    corpora = parser.parse_args().shared / "corpora"
    related(corpora / "scai_mirna" / "miRNA-Train-Corpus.xml")
    for split in ("train", "test"):
        directed(corpora / "mirna_mrna_re" / f"{split}_set_bioc_entity.xml", split)


def read(text: str, mirna: tuple[int, int], gene: tuple[int, int]) -> Relation | None:
    """Return the relation that the text states of the pair."""
    return relate(text, 0, len(text), Span(*mirna, "mirna"), Span(*gene, "gene"))


def related(path: Path) -> None:
    """Print precision, recall and F1 of related pairs."""
    right = said = true = 0
    for sentence in ElementTree.parse(path).getroot().iter("sentence"):
        text, found = sentence.get("text", ""), {}
        for entity in sentence.findall("entity"):
            start, last = map(int, entity.get("charOffset", "").split("-"))
            found[entity.get("id")] = (start, last + 1, entity.get("text", "").lower())
        pairs: dict[tuple[str, str], list[bool]] = {}
        for pair in sentence.findall("pair"):
            if pair.get("type") == "Specific_miRNAs-Genes/Proteins":
                (a, b, mirna), (c, d, gene) = found[pair.get("e1")], found[pair.get("e2")]
                seen = pairs.setdefault((mirna, gene), [False, False])
                seen[0] |= read(text, (a, b), (c, d)) is not None
                seen[1] |= pair.get("interaction") == "True"
        right += sum(p and t for p, t in pairs.values())
        said += sum(p for p, _ in pairs.values())
        true += sum(t for _, t in pairs.values())
    print(
        f"scai_mirna: P {right / said:.3f} R {right / true:.3f} F1 {2 * right / (said + true):.3f} of {true} related pairs"
    )


def directed(path: Path, split: str) -> None:
    """Print how well the direction "down" matches the label Negative."""
    right = said = true = found = n = 0
    for text, mirna, gene, label in marked(path):
        relation = read(text, mirna, gene)
        down = relation is not None and relation.direction == "down"
        right += down and label == "Negative"
        said += down
        true += label == "Negative"
        found += relation is not None
        n += 1
    print(
        f"mirna_mrna_re {split}: a relation in {found / n:.3f} of {n} marked sentences; "
        f'"down" P {right / said:.3f} R {right / true:.3f} F1 {2 * right / (said + true):.3f}'
    )


def marked(path: Path) -> Iterator[tuple[str, tuple[int, int], tuple[int, int], str]]:
    """Yield text without its inline tags, the marked miRNA and gene, and the label."""
    for passage in ElementTree.parse(path).getroot().iter("passage"):
        raw = html.unescape(passage.findtext("text") or "")
        label = next(i.text for i in passage.iter("infon") if i.get("key") == "relation")
        text, at, spans = "", 0, {}
        begun = 0
        for tag in re.finditer(r"<(/?)(miRNA|Gene)>", raw):
            text += raw[at : tag.start()]
            at = tag.end()
            if tag[1]:
                spans.setdefault(tag[2], (begun, len(text)))
            begun = len(text)
        text += raw[at:]
        if {"miRNA", "Gene"} <= set(spans):
            yield text, spans["miRNA"], spans["Gene"], str(label)


if __name__ == "__main__":
    main()
