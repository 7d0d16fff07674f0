"""What may be given at a dose: the agents of a sentence, anaesthetics too, and which of them only carry another."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vivex.recognize.kinds.agent import after_dose, by_dose
from vivex.recognize.relations.clauses import Sentence
from vivex.recognize.spans import Span
from vivex.vocabulary import expression

_CARRIED = re.compile(
    r"(?:dissolved|diluted|suspended|re-?suspended|emulsified|dispersed|solubili[sz]ed|reconstituted|"
    r"made\sup)\s(?:\w+\s){0,2}"
    r"(?:in|with|into)\s(?:(?!(?:and|or)\s)[\w.%/-]+\s){0,5}$"
)
_IN = re.compile(
    r"\s(?:in|with|and)\s(?:(?:a|the|sterile|normal|warm|cold|physiological|isotonic)\s|\d[\d.]*\s?%\s){0,3}$"
)
_CELL_COUNT = re.compile(r"\bcells?\b|10\s?\^?\s?[4-9]\b|10[\u2074-\u2079]|\bmillion\b")
_RADIATION = re.compile(r"\d\s?[cm]?Gy\b|\brads?\b")
_IRRADIATED = re.compile(r"(?:(?<![\w-])[\w-]{1,40}\s)?irradiat(?:ion|ed)", re.IGNORECASE)
_HOLDS = re.compile(r"\s(?:solution\s)?(?:containing|with\s(?=\d))")  # "100 µL PBS containing 10 µg of X"
_NO_AGENT = re.compile(r"body\s?-?weights?|b\.?w\.?|bdw|\d{0,3}\s?LD\s?50", re.IGNORECASE)
# "Antibody T (clone 1) was diluted in saline and injected at a dose of": what is given is the sentence's subject
_SUBJECT = re.compile(
    r"(?<![\w-])(?:(?:The|An?)\s)?(?P<name>[\w'/+-]{1,40}(?:\s(?!(?:was|were)\s)[\w'/+-]{1,40}){0,5})"
    r"(?:\s?\([^()]{0,200}\)){0,2}\s(?:was|were)\s(?:[^.;]{0,120}?\s)?(?:administered|injected|given|infused|gavaged|instilled|"
    r"dosed|delivered|applied|implanted|inoculated|fed)\b"
)
_NO_SUBJECT = re.compile(
    r"(?<![\w-])(?:(?:mice|rats|animals|rabbits|gerbils|hamsters|pigs|piglets|dogs|cats|sheep|pups|groups?|subjects|larvae|"
    r"embryos|fish|cells)(?![\w-])|(?:rat|mouse|animal|doses?|drugs?|treatments?|injections?|compounds?|agents?|infections?|"
    r"solutions?|volumes?|they|it|which|all|both|each|these|those|diets?|blood|samples?|tissues?|experiments?)$)",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:solution|suspension|mixture|drugs?|compounds?|substances?|volume|treatments?)\b", re.IGNORECASE
)
_NAMELIKE = re.compile(r"[A-Z].*[A-Z0-9-].|\d..|..(?:in|ine|ol|ate|ide|um|ane|one|ole|gen|ose|id)$")
_ANTIBODY = re.compile(
    r"(?<![\w-])anti-?[\w-]{1,40}\s(?:(?:mono|poly)clonal\s|neutrali[sz]ing\s|blocking\s)?(?:antibod(?:y|ies)|mAbs?)\b",
    re.IGNORECASE,
)
_LABEL_OF = re.compile(
    r"[\s-](?:conjugated|coupled|labell?ed|tagged)\s(?=\w)", re.IGNORECASE
)  # "FITC-labelled dextran"
_COMMA = r"(?:\s?[/+,]\s?|,?\s(?:and|or|plus)\s)"
_NAME = re.compile(r"(?!(?:and|or|plus)\s)[\w'-]{2,40}")
_BETWEEN = re.compile(rf"{_COMMA}(?P<names>[\w'-]{{2,40}}(?:{_COMMA}[\w'-]{{2,40}}){{0,4}}){_COMMA}")


@dataclass(frozen=True, slots=True)
class Given:
    """Mark an agent that may be given: its one name, its purpose, and whether it only carries another."""

    start: int
    end: int
    name: str
    purpose: str = ""
    solvent: bool = False


def agents_given(text: str, sentence: Sentence, agents: Sequence[Span], doses: Sequence[Span]) -> Iterator[Given]:
    """Yield the agents of the sentence: the mentions, anaesthetics, and what the grammar finds by a dose."""
    found = [
        Given(a.start, a.end, str(a.value.get("normal") or text[a.start : a.end]), str(a.value.get("purpose", "")))
        for a in agents
    ]
    if doses:
        more = [
            Given(*m.span(), m.group(), purpose)
            for names, purpose in (
                (expression("purposes", "agent-anaesthesia"), "anaesthesia"),
                (expression("purposes", "agent-test"), "test"),
                (_ANTIBODY, ""),
            )
            for m in names.finditer(text, sentence.start, sentence.end)
        ]
        found += [g for g in more if not _covered(g.start, g.end, found)]
        found += [g for g in _further(text, sentence, doses) if not _covered(g.start, g.end, found)]
        found = [g for g in found if not _NO_AGENT.fullmatch(g.name)]
        found += list(_listed(text, found))
        found += [g for g in _subject(text, sentence) if not _covered(g.start, g.end, found)]
    for given in sorted(found, key=lambda g: (g.start, -g.end)):
        before = text[max(sentence.start, given.start - 60) : given.start]
        vehicle = expression("purposes", "agent-vehicle").fullmatch(text, given.start, given.end)
        carrier = vehicle and (_IN.search(before) or _HOLDS.match(text, given.end))
        label = _LABEL_OF.match(text, given.end)
        if label and any(g.start == label.end() for g in found):
            continue  # what is given is what bears the label
        yield replace(given, solvent=True) if carrier or _CARRIED.search(before) else given


def _further(text: str, sentence: Sentence, doses: Sequence[Span]) -> Iterator[Given]:
    """Yield what is no agent mention but may be given: cells by their number, rays, what the grammar sees by a dose."""
    written = [text[d.start : d.end + 8] for d in doses]
    if any(map(_CELL_COUNT.search, written)):
        for cell in sentence.inside:
            if cell.label == "cell":
                yield Given(cell.start, cell.end, str(cell.value.get("normal") or text[cell.start : cell.end]))
    if any(map(_RADIATION.search, written)):
        for match in _IRRADIATED.finditer(text, sentence.start, sentence.end):
            yield Given(*match.span(), "irradiation")
    for dose in doses:
        name = after_dose(text, dose.end)
        if name and _NAMELIKE.search(text[slice(*name)]):
            yield Given(*name, text[slice(*name)])
    for span in by_dose(text[sentence.start : sentence.end]):
        start, end = span.start + sentence.start, span.end + sentence.start
        if _NAMELIKE.search(text[start:end]):
            yield Given(start, end, text[start:end])


def _listed(text: str, found: Sequence[Given]) -> Iterator[Given]:
    """Yield the names that stand between two agents of a list, of which no one was marked: B of "A, B and C"."""
    for before, after in itertools.pairwise(sorted(found, key=lambda g: (g.start, -g.end))):
        match = _BETWEEN.fullmatch(text, before.end, after.start) if before.end < after.start else None
        if match:
            names = list(_NAME.finditer(text, *match.span("names")))
            if all(_NAMELIKE.search(n.group()) for n in names):
                yield from (Given(*n.span(), n.group()) for n in names)


def _subject(text: str, sentence: Sentence) -> Iterator[Given]:
    """Yield the subject of a sentence that says it was given."""
    match = _SUBJECT.match(text, sentence.start, sentence.end)
    if match and not _NO_SUBJECT.search(match["name"]) and not _VAGUE.search(match["name"]):
        yield Given(*match.span("name"), match["name"])


def _covered(start: int, end: int, others: Sequence[Given]) -> bool:
    return any(start < o.end and o.start < end for o in others)
