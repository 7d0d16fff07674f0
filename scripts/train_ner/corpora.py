"""Read the annotated corpora into one form: words, spans for each label, and which labels the corpus covers."""

from __future__ import annotations

import collections
import gzip
import io
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vivex.recognize.tagger.tokens import Words, words_of

AUXILIARY = ("chemical", "disease", "anatomy", "quantity", "time", "reagent")
CONFIG = Path(__file__).parents[2] / "models" / "base" / "ner" / "config.yaml"
TRAINED = tuple(
    yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["labels"]
)  # the entities that passages are marked for
LABELS = (*TRAINED, *AUXILIARY)
_GENERIC = re.compile(
    r"(?i)proteins?|genes?|cells?|cellular|organisms?|animals?|mammals?|mammalian|vertebrates?|polypeptides?|"
    r"peptides?|enzymes?|enzymatic|antibod(y|ies)|individuals?|complex(es)?|receptors?|wild[- ]?type|eukaryot\w+"
)


@dataclass(frozen=True, slots=True)
class Example:
    """Hold one passage: its words, the tag (0 out, 1 begin, 2 inside) of each word by label, and its origin."""

    words: Words
    tags: dict[str, list[int]]
    origin: str  # corpus
    unit: str  # article, by which parts are held out


def example(
    text: str, spans: Iterable[tuple[int, int, str]], covered: Iterable[str], origin: str, unit: str
) -> Example:
    """Tag the words of a text; of spans of one label that overlap, the longer counts."""
    words = words_of(text)
    tags = {label: [0] * len(words) for label in covered}
    index_at = {start: i for i, start in enumerate(words.start)}
    starts = words.start
    for a, b, label in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if label not in tags:
            continue
        first = index_at.get(a)
        if first is None:
            first = next((i for i, s in enumerate(starts) if s <= a < words.end[i]), None)
            if first is None:
                continue
        last = first
        while last + 1 < len(words) and starts[last + 1] < b:
            last += 1
        row = tags[label]
        if any(row[first : last + 1]):
            continue
        row[first] = 1
        row[first + 1 : last + 1] = [2] * (last - first)
    return Example(words, tags, origin, unit)


def rows_of(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a file of passages: pid, study_id, section, text, spans."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def example_of(row: Mapping[str, Any]) -> Example:
    """Return the tagged words of a marked passage."""
    spans = [(a, b, label.lower()) for a, b, label in row["spans"]]
    return example(row["text"], spans, TRAINED, "gold", row["study_id"])


def read_craft(path: Path) -> Iterator[Example]:
    """Yield the paragraphs of CRAFT (CC BY 3.0)."""
    names = {
        "PR": "gene",
        "NCBITaxon": "species",
        "CL": "cell",
        "UBERON": "anatomy",
        "CHEBI": "chemical",
        "MONDO": "disease",
    }
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            spans = []
            for kind, parts, _ in row["entities"]:
                if len(parts) == 1:
                    a, b = parts[0]
                    if kind not in ("UBERON", "MONDO", "CHEBI") and _GENERIC.fullmatch(row["text"][a:b]):
                        continue
                    spans.append((a, b, names[kind]))
            yield from _paragraphs(row["text"], spans, sorted(names.values()), "craft", row["pmid"])


def _paragraphs(
    text: str,
    spans: list[tuple[int, int, str]],
    covered: list[str],
    origin: str,
    unit: str,
    *,
    gap: str = r"\n\s*\n|\n",
) -> Iterator[Example]:
    spans = sorted(spans)
    start = 0
    for m in [*re.finditer(gap, text), None]:
        end = m.start() if m else len(text)
        if end - start > 60:
            inside = [(a - start, b - start, k) for a, b, k in spans if start <= a and b <= end]
            yield example(text[start:end], inside, covered, origin, unit)
        start = m.end() if m else len(text)


def read_pubtator(path: Path, names: dict[str, str], covered: Iterable[str], origin: str) -> Iterator[Example]:
    """Yield the title and abstract of each entry of a PubTator file; `names` maps its types to labels."""
    covered = tuple(covered)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        blocks = file.read().split("\n\n")
    for block in blocks:
        text, spans, unit = {}, [], ""
        for line in block.splitlines():
            m = re.match(r"(\w+)\|([ta])\|(.*)", line)
            if m:
                unit, text[m.group(2)] = m.group(1), m.group(3)
            elif line.count("\t") >= 4:
                fields = line.split("\t")
                if fields[4] in names:
                    spans.append((int(fields[1]), int(fields[2]), names[fields[4]]))
        if text:
            whole = text.get("t", "") + " " + text.get("a", "")
            yield example(whole, spans, covered, origin, unit)


def read_bc2gm(path: Path) -> Iterator[Example]:
    """Yield the sentences of BC2GM (CC BY 4.0), joined again without the spaces its tokens put around signs."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        sentences = file.read().split("\n\n")
    for number, sentence in enumerate(sentences):
        text, spans, opened, ended = "", [], None, 0
        for line in sentence.splitlines():
            if "\t" not in line:
                continue
            token, tag = line.split("\t")[0], line.split("\t")[-1]
            tight = not text or token in "-/,.;:)]%'" or text[-1] in "-/(['"
            text += token if tight else " " + token
            start = len(text) - len(token)
            if tag[0] != "I" and opened is not None:
                spans.append((opened, ended, "gene"))
                opened = None
            if tag[0] == "B":
                opened = start
            ended = len(text)
        if opened is not None:
            spans.append((opened, ended, "gene"))
        if text:
            yield example(text, spans, ("gene",), "bc2gm", f"{path.name}:{number}")


def _members(path: Path) -> dict[str, str]:
    out = {}
    with tarfile.open(path) as tar:
        for member in tar:
            if member.isfile() and member.name.endswith((".txt", ".ann")):
                data = tar.extractfile(member)
                out[member.name] = io.TextIOWrapper(data, "utf-8", newline="").read() if data else ""
    return out


def _brat(ann: str, names: dict[str, str]) -> list[tuple[int, int, str]]:
    spans = []
    for line in ann.splitlines():
        m = re.match(r"T\d+\t(\S+) (\d+) (\d+)\t", line)
        if m and m.group(1) in names:
            spans.append((int(m.group(2)), int(m.group(3)), names[m.group(1)]))
    return spans


def read_evidence_outcomes(path: Path) -> Iterator[Example]:
    """Yield the annotated end (results and conclusions) of each abstract of EvidenceOutcomes (MIT)."""
    files = _members(path)
    for name in sorted(n for n in files if n.endswith(".txt")):
        spans = _brat(files.get(name[:-4] + ".ann", ""), {"Outcome": "outcome"})
        if not spans:
            continue
        text = files[name]
        heads = [m.start() for m in re.finditer(r"(?m)^[A-Z][A-Z /&,]+ ?:", text) if m.start() <= min(spans)[0]]
        start = max(heads, default=text.rfind("\n", 0, min(spans)[0]) + 1)
        shifted = [(a - start, b - start, k) for a, b, k in spans]
        yield example(text[start:], shifted, ("outcome",), "evidence_outcomes", name)


def read_wlp(path: Path) -> Iterator[Example]:
    """Yield the paragraphs of the wet-lab protocols (MIT)."""
    names = {"Amount": "quantity", "Concentration": "quantity", "Time": "time", "Reagent": "reagent"}
    files = _members(path)
    for name in sorted(n for n in files if n.endswith(".txt")):
        spans = _brat(files.get(name[:-4] + ".ann", ""), names)
        yield from _paragraphs(files[name], spans, ["quantity", "reagent", "time"], "wlp", name, gap=r"\n\s*\n")


def read_phee(path: Path) -> Iterator[Example]:
    """Yield the sentences of PHEE (MIT): dosage, route, frequency and duration of drugs, drugs, disorders."""
    kinds = {"Dosage": "dose", "Route": "route", "Freq": "schedule", "Duration": "schedule", "Drug": "chemical"}

    def walk(node: object, key: str) -> Iterator[tuple[int, int, str]]:
        if isinstance(node, dict):
            if key in kinds and "text" in node and "start" in node:
                for texts, starts in zip(node["text"], node["start"]):
                    for t, s in zip(texts, starts):
                        yield s, s + len(t), kinds[key]
            for k, v in node.items():
                yield from walk(v, k)

    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            spans = [s for a in row["annotations"] for e in a["events"] for s in walk(e, "")]
            yield example(row["context"], spans, ("dose", "route", "schedule"), "phee", row["id"])


def read_corpora(folder: Path) -> dict[str, list[Example]]:
    """Return every corpus whose licence lets weights trained on it be shipped, by name."""
    pubtator = folder / "aioner_pubtator"
    gene = {"Gene": "gene", "FamilyName": "gene"}
    biored = {"Gene": "gene", "Disease": "disease", "Chemical": "chemical", "Species": "species", "CellLine": "cell"}
    cdr = {"Chemical": "chemical", "Disease": "disease"}
    sources: dict[str, list[Iterator[Example]]] = collections.defaultdict(list)
    sources["craft"].append(read_craft(folder / "craft" / "craft_v5_fulltext.jsonl.gz"))
    sources["nlmgene"].append(read_pubtator(pubtator / "NLMgene_Train.PubTator.gz", gene, ("gene",), "nlmgene"))
    sources["biored"].append(
        read_pubtator(
            pubtator / "BioRED_TrainDev.PubTator.gz", biored, ("gene", "disease", "chemical", "species"), "biored"
        )
    )
    for part in ("Train", "Test"):
        sources["gnormplus"].append(
            read_pubtator(pubtator / f"GNormPlus_{part}.PubTator.gz", gene, ("gene",), "gnormplus")
        )
    sources["bc5cdr"].append(
        read_pubtator(pubtator / "BC5CDR_TrainDev.PubTator.gz", cdr, ("chemical", "disease"), "bc5cdr")
    )
    for part in ("train", "devel"):
        sources["bc2gm"].append(read_bc2gm(folder / "mtl_conll" / "BC2GM-IOB" / f"{part}.tsv.gz"))
    sources["evidence_outcomes"].append(read_evidence_outcomes(folder / "evidence_outcomes" / "consensus.tar.gz"))
    sources["wlp"].append(read_wlp(folder / "wlp_wnut2020" / "wlp_standoff.tar.gz"))
    sources["phee"].append(read_phee(folder / "phee" / "train.json.gz"))
    return {name: [e for part in parts for e in part] for name, parts in sorted(sources.items())}


def held_out(unit: str, *, tenths: int = 1) -> bool:
    """Tell whether an article belongs to the part that is kept for evaluation (by hash, about `tenths` in ten)."""
    import zlib

    return zlib.crc32(unit.encode()) % 10 < tenths
