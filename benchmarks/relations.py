"""What belongs together, against hand-checked and public data (evaluation only: licences in shared/README.md).

usage: python benchmarks/relations.py [--shared DIR] [--only bindings|rows|groups|targets] [--cache DIR]

bindings       doses read by hand (tests/recognize/relations/dose_bindings*.jsonl: of ten development papers and of
               fourteen further ones, whose misses have been read too): how many have the right agent and route.
rows           the interventions table of the ten development papers: how many rows hold a dose of another agent than
               the one read by hand for a dose of that amount in that sentence.
groups         the experimental groups of the development papers (gold/studies): how many of those that readers list
               are named by a mention of label group, and how many groups that the mentions name are theirs (names
               match by their words); over the 97 studies of the folds and the 20 set aside (as in forms.py).
targets        scai_mirna: pairs of a specific miRNA and a gene in a sentence that are related or not; a pair of names
               counts once a sentence. Bagewadi et al. (2014) report F1 up to 0.76 for miRNA-gene relations.
               mirna_mrna_re: one marked pair a sentence, "Negative" (the miRNA lowers or is inversely related to the
               gene) or "Positive" (any other relation): how often "down" is read from a Negative sentence, and not
               from a Positive one.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import json
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from vivex.annotation import Annotation, read_annotations, write_annotations
from vivex.codebook import template
from vivex.document import Document
from vivex.extract.propose import propose
from vivex.extract.value_features import key_of
from vivex.parse import parse_file
from vivex.recognize import make_entities
from vivex.recognize.relations.targets import Relation, relate
from vivex.recognize.spans import Span

ROOT = Path(__file__).resolve().parent.parent


PARTS = ("bindings", "rows", "groups", "targets")
ONCE, SINCE = "further papers, misses read once", "further papers, misses read with the new model"
TESTS = ROOT / "tests" / "recognize" / "relations"
_NO_NAME = frozenset("the a of and with group groups mice rats animals in at to n".split())
ASIDE = 20  # studies set aside by the hash of their id, as in forms.py
Annotate = Callable[[Document], list[Annotation]]
_SAME = 0.6  # share of the shorter name's words that two names of a group share


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared")))
    parser.add_argument("--only", choices=PARTS)
    parser.add_argument("--cache", type=Path, help="folder of mentions by study, read where they are there")
    given = parser.parse_args()
    parts = (given.only,) if given.only else PARTS
    if {"bindings", "rows", "groups"} & set(parts):
        annotate = kept(make_entities(params={}, models=ROOT / "models", codebook=template("invivo")), given.cache)
        if "bindings" in parts:
            bindings(given.shared, annotate)
        if "rows" in parts:
            rows_right(given.shared, annotate)
        if "groups" in parts:
            groups(given.shared / "gold", annotate)
    if "targets" in parts:
        corpora = given.shared / "corpora"
        related(corpora / "scai_mirna" / "miRNA-Train-Corpus.xml")
        for split in ("train", "test"):
            directed(corpora / "mirna_mrna_re" / f"{split}_set_bioc_entity.xml", split)


def bindings(shared: Path, annotate: Annotate) -> None:
    """Print how many of the doses read by hand have the right agent and route, by when their misses were read."""
    sys.path.insert(0, str(TESTS))
    from test_dose_bindings import LIST, right_ones, rows_of, unseen_texts

    told = []
    for study, rows in rows_of(LIST).items():
        document = parse_file(shared / "gold" / "texts" / f"{study}.txt")
        told += list(right_ones(document, annotate(document), rows))
    shares = {"development": told, ONCE: [], SINCE: []}
    wanted = rows_of(LIST.with_name("dose_bindings_unseen.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(unseen_texts(shared, Path(folder))):
            document = parse_file(path)
            for one in right_ones(document, annotate(document), wanted[path.stem]):
                shares[ONCE if one[2]["read"] else SINCE].append(one)
    for name, ones in shares.items():
        agents, routes = sum(agent for agent, _, _ in ones), sum(route for _, route, _ in ones)
        print(f"bindings, {name}: agent right {agents} of {len(ones)}, route right {routes} of {len(ones)}")


def rows_right(shared: Path, annotate: Annotate) -> None:
    """Print how many rows of the interventions table give a dose to its agent, of those with a dose read by hand."""
    sys.path.insert(0, str(TESTS))
    from test_dose_bindings import LIST, agent_is, rows_of

    right = told = 0
    for study, wanted in rows_of(LIST).items():
        document = parse_file(shared / "gold" / "texts" / f"{study}.txt")
        for row in propose(document, annotate(document), template("invivo")).tables.get("interventions", ()):
            begin, end, dose, agent = (str(row[k] or "") for k in ("start", "end", "dose", "intervention"))
            read = [
                w
                for w in wanted
                if dose
                and int(begin) <= int(str(w["start"])) < int(end)
                and key_of("dose", dose) == key_of("dose", document.text[int(str(w["start"])) : int(str(w["end"]))])
            ]
            if read and agent:
                told += 1
                agents = [a for w in read for a in (w["agent"] if isinstance(w["agent"], list) else [w["agent"]])]
                fits = any(agent_is(str(a), agent) for a in agents)
                right += fits
                if not fits:
                    print(f"  {study}: {dose} of {agent}, not of {' or '.join(map(str, agents))}")
    print(f"rows of the interventions table with a dose read by hand: {right} of {told} name its agent")


def groups(gold: Path, annotate: Annotate) -> None:
    """Print how well the groups named agree with those that readers list, over the papers that list any."""
    studies = sorted(path.stem for path in (gold / "studies").glob("*.json"))
    aside = frozenset(sorted(studies, key=lambda study: hashlib.sha256(study.encode()).hexdigest())[:ASIDE])
    counts = {"folds": [0, 0, 0, 0], "set aside": [0, 0, 0, 0]}
    for study in studies:
        form = json.loads((gold / "studies" / f"{study}.json").read_text(encoding="utf-8"))
        names = [str(group["value"]) for group in form["characteristics"].get("groups", [])]
        if not names:
            continue
        document = parse_file(gold / "texts" / f"{study}.txt")
        mentions = [a.value for a in annotate(document) if a.label == "group"]
        told = sorted({str(value["normal"]) for value in mentions if isinstance(value, Mapping)})
        found = sum(any(alike(name, each) for each in told) for name in names)
        right = sum(any(alike(name, each) for name in names) for each in told)
        row = counts["set aside" if study in aside else "folds"]
        row[:] = [one + more for one, more in zip(row, (found, len(names), right, len(told)), strict=True)]
    for part, (found, listed, right, named) in counts.items():
        print(
            f"groups, {part}: {found} of {listed} listed groups are named; {right} of {named} groups named are listed"
        )


def kept(annotate: Annotate, cache: Path | None) -> Annotate:
    """Return the recogniser, its mentions read from the cache where they are there, and kept there."""
    if cache is None:
        return annotate
    cache.mkdir(parents=True, exist_ok=True)

    def read_or_find(document: Document) -> list[Annotation]:
        path = cache / f"{document.study}.jsonl"
        if not path.exists():
            write_annotations(annotate(document), path)
        return list(read_annotations(path))

    return read_or_find


def alike(one: str, other: str) -> bool:
    """Tell whether two names of a group share most words of the shorter."""
    words = [
        {w for w in re.findall(r"[a-z0-9+/-]+", _alleles_apart(n.lower())) if w not in _NO_NAME} for n in (one, other)
    ]
    return all(words) and len(words[0] & words[1]) / min(map(len, words)) >= _SAME


def _alleles_apart(name: str) -> str:
    """Return the name with one kind of dash and each pair of alleles as a word: "abc1−/−" is "abc1 -/-"."""
    name = re.sub(r"[\u2010-\u2015\u2212]", "-", name)
    return re.sub(r"\s?([+-]|fl|f)\s?/\s?([+-]|fl|f)(?![a-z])", r" \1/\2", name)


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
        f"scai_mirna: P {right / said:.3f} R {right / true:.3f} F1 {2 * right / (said + true):.3f} of {true} related "
        "pairs"
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
        text, at = "", 0
        spans: dict[str, tuple[int, int]] = {}
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
