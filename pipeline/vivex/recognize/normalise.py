"""Give every mention its normal form, in the light of the whole paper: its species, its abbreviations, its other names."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vivex import vocabulary
from vivex.document import Document
from vivex.recognize.abbreviations import find_abbreviations
from vivex.recognize.dose_units import dose_value
from vivex.recognize.gene_ids import gene_value
from vivex.recognize.kinds.mirna import parse_name
from vivex.recognize.kinds.species import normal as species_value
from vivex.recognize.lexicon import genes, key_of, keys
from vivex.recognize.outcome_parts import outcome_value
from vivex.recognize.spans import Span, readable

CODES = {
    "human": "hsa", "mouse": "mmu", "rat": "rno", "pig": "ssc", "cow": "bta", "rabbit": "ocu", "zebrafish": "dre", "chicken": "gga",
    "dog": "cfa", "sheep": "oar", "rhesus monkey": "mml", "fruit fly": "dme", "nematode worm": "cel", "horse": "eca",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Context:
    """Hold what normal forms depend on: the paper's main animal, its abbreviations, and its unambiguous gene symbols."""

    species: str = ""
    abbreviations: Mapping[str, str] = None  # type: ignore[assignment]
    symbols: frozenset[str] = frozenset()


def context_of(document: Document, spans: Sequence[Span]) -> Context:
    """Return the paper's context from its text and mentions."""
    named = (vocabulary.named("animals", _words(document, s), "named") for s in spans if s.label == "species")
    counts = Counter(term.name if term else "" for term in named)
    # people are mentioned in every animal study; an animal that is named at all comes first
    animals = Counter({k: n for k, n in counts.items() if k not in ("human", "", "rodent", "rabbit", "goat")})
    species = (animals or counts).most_common(1)[0][0] if counts else ""
    abbreviations = abbreviations_of(document)
    symbols = set()
    for written in {_words(document, s) for s in spans if s.label == "gene"}:
        found = {g.symbol for g, how in genes(written) if how == "s"}
        if len(found) == 1:
            symbols |= found
    return Context(species, abbreviations, frozenset(symbols))


@functools.lru_cache(maxsize=4)
def abbreviations_of(document: Document) -> dict[str, str]:
    """Return what the paper's abbreviations stand for, as first defined."""
    found: dict[str, str] = {}
    for block in readable(document):
        for short, long in find_abbreviations(document.reading[block.start : block.end]).items():
            found.setdefault(short, long)
    return found


def normalised(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans with full values: text, normal, and the keys of their label."""
    context = context_of(document, spans)
    memo: dict[tuple[str, str], dict[str, Any]] = {}
    out = []
    for span in spans:
        written = _words(document, span)
        known = (span.label, written)
        # a coordinated miRNA ("-181b") was read in its context; everything else depends on its words alone
        if span.label == "mirna" and span.value.get("number"):
            value = _mirna(dict(span.value), context)
        else:
            if known not in memo:
                memo[known] = VALUES.get(span.label, _plain)(written, context)
            value = (
                {**span.value, **memo[known]}
                if span.label not in ("species", "strain")
                else {**memo[known], **span.value}
            )
        out.append(replace(span, value={"text": written, **value}))
    return flag_near_misses(out)


def flag_near_misses(spans: Sequence[Span]) -> list[Span]:
    """Mark miRNA names that are probably slips for one that the paper uses far more often ("miR-484-3p" beside "miR-485-3p")."""
    counts = Counter(s.value["normal"] for s in spans if s.label == "mirna")
    slips = {}
    for name, n in counts.items():
        if n > 2:
            continue
        for other, m in counts.items():
            if m >= max(5, 5 * n) and _one_figure_apart(name, other):
                slips[name] = other
                break
    if not slips:
        return list(spans)
    return [
        replace(s, value={**s.value, "near_miss": slips[s.value["normal"]]})
        if s.label == "mirna" and s.value["normal"] in slips
        else s
        for s in spans
    ]


def _one_figure_apart(a: str, b: str) -> bool:
    """Tell whether two names of one arm differ in one digit of numbers of three or more figures, or in two exchanged."""
    one, two = re.fullmatch(r"miR-(\d{3,5})([a-z]*)(.*)", a), re.fullmatch(r"miR-(\d{3,5})([a-z]*)(.*)", b)
    if not one or not two or one[3] != two[3] or one[2] != two[2] or len(one[1]) != len(two[1]):
        return False
    differing = [i for i in range(len(one[1])) if one[1][i] != two[1][i]]
    return len(differing) == 1 or (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and one[1][differing[0]] == two[1][differing[1]]
        and one[1][differing[1]] == two[1][differing[0]]
    )


def _mirna(value: dict[str, Any], context: Context) -> dict[str, Any]:
    code = value.get("species") or CODES.get(context.species, "")
    known, name, accession = mirbase(str(value["normal"]), code)
    return {
        **value,
        "species": code,
        "known": known,
        "mirbase": name,
        "accession": accession,
        "near_miss": value.get("near_miss", ""),
    }


def mirbase(normal: str, code: str) -> tuple[bool, str, str]:
    """Return whether miRBase has the name (in the species; else in any), its full name, and the mature accession."""
    table = keys("mirna")
    names = [normal.lower()]
    stem = re.sub(r"(?:-[35]p(?:/[35]p)?|\*)$", "", names[0])
    names += [stem, re.sub(r"(?<=\d[a-z])-?\d$|(?<=\d)-\d$", "", stem)]
    first = re.split(r"[~/]", stem)[0]
    names.append(first)
    # a family ("miR-29") is known where a member is
    names += [f"{first}a", f"{first}-1"]
    full = f"{code}-{normal}" if code else normal
    if code and (found := table.get(f"{code}-{names[0]}")):
        return (True, full, f"MIMAT{found}") if not found.startswith("=") else (True, f"{code}-{found[1:]}", "")
    if code and any(f"{code}-{n}" in table for n in names):
        return True, full, ""
    return any(n in table for n in names), full, ""


def _gene(written: str, context: Context) -> dict[str, Any]:
    long = context.abbreviations.get(written, "")
    return gene_value(written, species=context.species, seen=context.symbols, long=long)


def _dose(written: str, context: Context) -> dict[str, Any]:
    return {**dose_value(written), "agent": "", "route": "", "schedule": ""}


def _species(written: str, context: Context) -> dict[str, Any]:
    return dict(species_value(context.abbreviations.get(written, written)))


def _strain(written: str, context: Context) -> dict[str, Any]:
    from vivex.recognize.kinds.strain import canonical

    return {"normal": canonical(written) or keys("strains").get(key_of(written)) or re.sub(r"\s+", " ", written)}


def _outcome(written: str, context: Context) -> dict[str, Any]:
    long = context.abbreviations.get(written, "")
    parts = outcome_value(long or written)
    return {"normal": _lowered(long or written), **parts}


def _route(written: str, context: Context) -> dict[str, Any]:
    found = vocabulary.narrowest("routes", written)
    return {"normal": found.name if found else _lowered(written)}


def _schedule(written: str, context: Context) -> dict[str, Any]:
    plain = re.sub(r"\s+", " ", written.lower())
    for pattern, replacement in ((r"\bhrs?\b|\bh\b", "hours"), (r"\bmins?\b", "minutes"), (r"\bwks?\b", "weeks"), (r"once (?:a|per|every) day|once-daily|every day|\bq\.?d\.?\b", "once daily"), (r"twice (?:a|per) day|\bb\.?i\.?d\.?", "twice daily"), (r"(?<=\d)\s?d\b", " days")):  # fmt: skip
        plain = re.sub(pattern, replacement, plain)
    return {"normal": plain}


def _mirna_words(written: str, context: Context) -> dict[str, Any]:
    return _mirna(parse_name(written), context)


def _plain(written: str, context: Context) -> dict[str, Any]:
    """Return the long form of an abbreviation, or the words in lower case where they are ordinary ones."""
    long = context.abbreviations.get(written) or context.abbreviations.get(written.rstrip("s"), "")
    return {"normal": _lowered(long or written)} | ({"abbreviation": written} if long else {})


def _lowered(written: str) -> str:
    """Return the words with ordinary capitals lowered: "Body weight" and "body weight" are one; "OARSI score" keeps its capitals."""
    words = re.sub(r"\s+", " ", written).split(" ")
    return " ".join(w.lower() if re.fullmatch(r"[A-Z]?[a-z\u2019'-]+(?:-[a-z]+)*", w) else w for w in words)


VALUES: Mapping[str, Callable[[str, Context], dict[str, Any]]] = {
    "mirna": _mirna_words,
    "gene": _gene,
    "dose": _dose,
    "species": _species,
    "strain": _strain,
    "outcome": _outcome,
    "route": _route,
    "schedule": _schedule,
}


def _words(document: Document, span: Span) -> str:
    return document.reading[span.start : span.end]
