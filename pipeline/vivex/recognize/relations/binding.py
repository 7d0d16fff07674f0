"""What belongs to a dose: its agent, its route and its schedule, from its clause, its sentence, its paragraph.

A binding is `value["agent" | "route" | "schedule"]` (words; an agent by its one name over the paper) with the place
of the words in `value["bound"]` and how sure it is in `value["bound_confidence"]`. Several amounts that belong to
several agents ("A and B at 5 and 10 mg/kg, respectively", "ketamine/xylazine (100/10 mg/kg)") stand one by one in
`value["each"]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from vivex.document import Document
from vivex.recognize.relations.given import Given
from vivex.recognize.relations.passages import (
    CITED,
    LIST,
    OPENED,
    STEP,
    VALUE_BREAK,
    Passage,
    one_by_one,
    passages_of,
    without,
)
from vivex.recognize.spans import Span

# How sure a binding is by where its words stand.
BESIDE, CLAUSE, SENTENCE, PARAGRAPH, HEADING = 0.95, 0.85, 0.7, 0.55, 0.45
FAR = 110.0  # cost from which nothing is bound
_PARAGRAPH_REACH = 3  # sentences before and after in which the rest of a dose may stand

_LIST_END = re.compile(r"(?<![\s,;])[\s,;](?:[\s,;]|(?<=[\s,;])(?:and|or|to))*$")
_DIRECT = re.compile(
    r"\s?(?:(?:solution|doses?|injections?|body weight)\s)?(?:(?:of|for)\s)?(?:(?:the|an?|pure|crude)\s)?|\)\s(?:of|"
    r"for)\s(?:the\s)?"
)
_APPOSED = re.compile(
    r"\s(?:of\s)?(?:(?!(?:in|at|with|by|and|or|for|to|was|were|per|on|from|via|once|twice|daily|into|"
    r"as)\s)[\w\u2010-\u2015/-]+\s){0,5}"
)
_AT_DOSE = re.compile(
    r"\s?(?:,\s)?(?:solution\s)?(?:was|were|is)?\s?(?:\w{1,40}ly\s)?"
    r"(?:(?:administered|given|injected|used|infused|added|fed)\s)?(?:\w{1,40}ly\s)?"
    r"(?:in|at|with)?\s?(?:a|the|two|three|four)?\s?(?:\w{1,40}\s)?(?:doses?|dosages?|concentrations?|levels?|"
    r"rates?)?\s?(?:of|:)?\s?"
)
_MODIFIER = re.compile(
    r"\s?[-\u2010-\u2015]\s?(?:induced|treated|fed|exposed|injected|challenged|control|mediated)|\s(?:control|"
    r"model)\sgroup"
)
_IN_DIET = re.compile(
    r"\b(?:(?:high|low)[- ]\w+\s|chow\s|basal\s|control\s)?(?:diets?|chow|drinking[- ]water|feed|food)\b", re.IGNORECASE
)
_DIET_UNIT = re.compile(r"%|ppm|w/w|g/kg\s(?:diet|feed|chow|food)|/(?:diet|feed|chow|food)")
_FOR_ALL = re.compile(
    r"(?:All|Both|Each|Every|These|Those|They|Treatments?|Injections?|Infusions?|Drugs?|Compounds?|Agents?|Animals?|"
    r"Mice|Rats|Administration|Dosing|"
    r"The\s(?:[\w-]+\s)?(?:drugs?|treatments?|compounds?|mice|rats|animals?|groups?|injections?|extracts?|solutions?|"
    r"substances?|agents?))\b"
)
_ASIDE = re.compile(r"\s?\([^()]{0,300}\)")
_INERT = re.compile(  # what is given by volume, if at all
    r"(?:vehicle|placebo|(?:(?:normal|sterile|physiological)\s)?saline|PBS|phosphate[- ]buffered\ssaline|aCSF)",
    re.IGNORECASE,
)
_VOLUME = re.compile(r"\d\s?(?:[\u00b5\u03bcumnkdc]?[lL]\b|cc\b|%|ml|microlit)|\bvolume")
_CELL_NAME = re.compile(r"\s{0,80}+(?P<name>(?=[^\t\n]{0,60}[A-Za-z]{2})[^\t\n,;:()%]{2,40}?)[\s,:(]*(?:at\s)?")
_OF_CELLS = re.compile(r"\bcells?\b")
_NUMBERED = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Bound:
    """Tie words of the text to a dose: where they stand, what they say, and how sure it is."""

    start: int
    end: int
    words: str
    sure: float


def bound(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans with each dose's agent, route and schedule filled in ("" where the paper tells none)."""
    passages = list(passages_of(document, spans))
    found: dict[tuple[int, int], dict[str, object]] = {}
    for index, passage in enumerate(passages):
        if passage.doses:
            together = one_by_one(document.reading, passage)
            for dose in passage.doses:
                found[dose.start, dose.end] = _bindings(document, passages, index, dose, together)
    return [replace(s, value={**s.value, **found.get((s.start, s.end), {})}) if s.label == "dose" else s for s in spans]


def _bindings(
    document: Document, passages: Sequence[Passage], index: int, dose: Span, together: dict[int, list[Given]]
) -> dict[str, object]:
    """Return what is bound to the dose, as keys of its value."""
    text, passage = document.reading, passages[index]
    value: dict[str, object] = {}
    parts: dict[str, Bound] = {}
    given = together.get(dose.start, [])
    if given:
        words = ", ".join(g.name for g in given)
        parts["agent"] = Bound(given[0].start, given[-1].end, words, BESIDE)
        if len(given) > 1:
            amounts = VALUE_BREAK.split(text[dose.start : dose.end])
            value["each"] = [
                {"dose": amount, "agent": g.name, "bound": [g.start, g.end]}
                for amount, g in zip(amounts, given, strict=True)
            ]
    elif agent := (
        _in_cell(text, passage, dose)
        or _agent(text, passage, dose)
        or _agent_around(document, passages, index, dose)
        or _own_cells(text, dose)
    ):
        parts["agent"] = agent
    name = parts["agent"].words if "agent" in parts else ""
    if (route := _beside(text, passage, dose, passage.routes) or _in_diet(text, passage, dose)) or (
        route := _around(text, passages, index, dose, name, "routes")
    ):
        parts["route"] = route
    if (schedule := _beside(text, passage, dose, passage.schedules)) or (
        schedule := _around(text, passages, index, dose, name, "schedules")
    ):
        parts["schedule"] = schedule
    for label in ("agent", "route", "schedule"):
        value[label] = parts[label].words if label in parts else ""
    value["bound"] = {label: [part.start, part.end] for label, part in parts.items()}
    value["bound_confidence"] = {label: part.sure for label, part in parts.items()}
    return value


def _agent(text: str, passage: Passage, dose: Span) -> Bound | None:
    """Return the agent of the sentence that is given at the dose."""
    best, best_cost = None, FAR
    for agent in passage.agents:
        cost = _agent_cost(text, passage, dose, agent)
        if cost < best_cost:
            best, best_cost = agent, cost
    if best is None:
        return None
    sure = BESIDE if best_cost < 8 else CLAUSE if passage.clause(best.start) == passage.clause(dose.start) else SENTENCE
    return Bound(best.start, best.end, best.name, sure)


def _in_cell(text: str, passage: Passage, dose: Span) -> Bound | None:
    """Return what stands before the first dose of a table's cell, where no agent was found in the cell: its name."""
    if passage.sentence.block.kind != "table":
        return None
    begin = passage.begins[passage.clause(dose.start) - 1]
    end = text.find("\t", begin, passage.sentence.end)
    end = end if end >= 0 else passage.sentence.end
    if any(begin <= a.start < end for a in passage.agents):
        return None
    first = min(d.start for d in passage.doses if d.start >= begin)
    name = _CELL_NAME.fullmatch(text, begin, first)
    return Bound(*name.span("name"), name["name"], BESIDE) if name else None


def _agent_cost(text: str, passage: Passage, dose: Span, agent: Given) -> float:
    """Return how far the agent is from the dose: 0 for "DOSE of AGENT" and "AGENT (DOSE", FAR where it can't be its."""
    if agent.start < dose.end and dose.start < agent.end:
        return 0.0
    after = agent.start >= dose.end
    begin, end = (dose.end, agent.start) if after else (agent.end, dose.start)
    between = without(text, begin, end, passage.doses)
    crossed = [d for d in passage.doses if begin <= d.start < end]
    if after and not crossed and _DIRECT.fullmatch(between):
        return 0.5 if between.startswith(")") else 0.0
    if agent.solvent or (_INERT.fullmatch(agent.name) and not _VOLUME.search(text, dose.start, dose.end)):
        return FAR
    if after:
        cost = _cost_after(between, bool(crossed))
    else:
        cost = _cost_before(between, len(crossed))
        if _MODIFIER.match(text, agent.end):
            cost += 25
    if passage.clause(agent.start) != passage.clause(dose.start):
        cost += 35
    return cost


def _cost_after(between: str, crossed: bool) -> float:
    """Return the cost of an agent that follows its dose, with other doses of the list (taken out) between or not."""
    if crossed:
        tight = _DIRECT.fullmatch(between) or re.fullmatch(r"[\s,;]*(?:and|or|of)?[\s,]*(?:of\s)?(?:the\s)?", between)
        return 2.0 if tight else FAR
    if re.search(r"[();]|\.\s", between) or len(between) > 70:
        return FAR
    if _APPOSED.fullmatch(between):
        return 4.0 + 0.2 * len(between)
    return 40.0 + len(between)


def _cost_before(between: str, crossed: int) -> float:
    """Return the cost of an agent that stands before its dose, with so many other doses (taken out) between."""
    aside = _ASIDE.sub("", between)  # "X (clone 1; Maker, Town) was given at"
    if len(aside) > 170:
        return FAR
    if OPENED.fullmatch(_LIST_END.sub("", between) + " " if crossed else between):
        return 1.0 + crossed
    if not crossed and _AT_DOSE.fullmatch(between):
        return 1.5
    if crossed and LIST.fullmatch(between):
        return 3.0
    listed = crossed and re.fullmatch(r"[^;()]*", between)
    cost = 10 + 0.45 * len(aside) + (8 if listed else 28) * crossed
    return cost + (60 if STEP.search(aside) else 0)


def _beside(text: str, passage: Passage, dose: Span, candidates: Sequence[Span]) -> Bound | None:
    """Return the route or schedule of the sentence that is the dose's: the nearest that is not another dose's own."""
    best, best_cost = None, FAR
    for candidate in candidates:
        if _unlike(dose, candidate):
            continue
        cost = _cost(text, passage, dose, candidate)
        if cost < best_cost:
            best, best_cost = candidate, cost
    if best is None:
        return None
    sure = BESIDE if best_cost < 8 else CLAUSE if passage.clause(best.start) == passage.clause(dose.start) else SENTENCE
    last = _joined(text, best, candidates)
    return Bound(best.start, last, text[best.start : last], sure)


def _cost(text: str, passage: Passage, dose: Span, candidate: Span) -> float:
    after = candidate.start >= dose.end
    begin, end = (dose.end, candidate.start) if after else (candidate.end, dose.start)
    crossed = sum(begin <= d.start < end for d in passage.doses)
    length = len(CITED.sub("", text[begin:end]))
    cost = 0.4 * length if after else 6 + 0.6 * length
    cost += 12 * crossed
    owners = [d for d in passage.doses if _own(text, d, candidate)]
    if (
        owners
        and dose not in owners
        and not LIST.fullmatch(
            without(text, min(dose.end, owners[0].end), max(dose.start, owners[0].start), passage.doses)
        )
    ):
        cost += 85
    if passage.clause(candidate.start) != passage.clause(dose.start):
        cost += 60 if owners else 25
    return min(cost, FAR - 1) if not owners or dose in owners else cost


def _own(text: str, dose: Span, candidate: Span) -> bool:
    """Tell whether the words stand at the dose as its own: "10 mg/kg i.p.", "(10 mg/kg body weight, i.p."."""
    if candidate.start < dose.end:
        return False
    between = text[dose.end : candidate.start]
    return len(between) < 25 and re.fullmatch(r"(?:\s?/\s?\w+)?[\s,;]*(?:[\w-]+\s)?", between) is not None


def _unlike(dose: Span, candidate: Span) -> bool:
    """Tell whether the purposes of the two exclude each other."""
    one, two = str(dose.value.get("purpose", "")), str(candidate.value.get("purpose", ""))
    apart = ("sampling", "housing", "measurement")
    return one != two and (two in apart or (one and two and "anaesthesia" in (one, two)) is True)


def _joined(text: str, first: Span, candidates: Sequence[Span]) -> int:
    """Return the end of the words with what goes on: "once daily" and "for 4 weeks" are one schedule."""
    end = first.end
    for other in candidates:
        if first.label == "schedule" and end < other.start <= end + 6 and not _NUMBERED.search(text[end : other.start]):
            end = other.end
    return end


def _in_diet(text: str, passage: Passage, dose: Span) -> Bound | None:
    """Return the diet or drinking water of the clause for a share of it."""
    written = text[dose.start : dose.end + 12]
    if not _DIET_UNIT.search(written):
        return None
    here = passage.clause(dose.start)
    found = [
        m
        for m in _IN_DIET.finditer(text, passage.sentence.start, passage.sentence.end)
        if passage.clause(m.start()) == here
    ]
    if not found:
        return None
    near = min(found, key=lambda m: max(m.start() - dose.end, dose.start - m.end(), 0))
    return Bound(near.start(), near.end(), near.group(), CLAUSE)


def _around(text: str, passages: Sequence[Passage], index: int, dose: Span, agent: str, part: str) -> Bound | None:
    """Return the route or schedule that the sentences around tell of all doses, or of the dose's agent."""
    home = passages[index]
    for other in _near(passages, index):
        candidates: tuple[Span, ...] = getattr(other, part)
        fitting = [c for c in candidates if not _unlike(dose, c) and not any(_own(text, d, c) for d in other.doses)]
        if not fitting:
            continue
        names = {a.name.casefold() for a in other.agents if not a.solvent}
        same = agent.casefold() in names
        for_all = _FOR_ALL.match(text, other.sentence.start) is not None and not other.doses
        of_cells = any(s.label == "cell" for s in other.sentence.inside) and not _OF_CELLS.search(agent)
        if not (same or for_all or not (names or of_cells)):
            continue
        if other.doses and not same:
            continue
        purpose = str(dose.value.get("purpose", ""))
        if not same and purpose and not {"", purpose} & {str(c.value.get("purpose", "")) for c in fitting}:
            continue
        best = fitting[0] if other.sentence.start > home.sentence.start else fitting[-1]
        last = _joined(text, best, candidates)
        return Bound(best.start, last, text[best.start : last], PARAGRAPH)
    return None


def _near(passages: Sequence[Passage], index: int) -> Iterator[Passage]:
    """Yield the sentences of the paragraph around one: those after it, then those before it, the nearest first."""
    block = passages[index].sentence.block
    if block.kind == "table":
        return
    for step in (1, -1):
        for distance in range(1, _PARAGRAPH_REACH + 1):
            at = index + step * distance
            if not 0 <= at < len(passages) or passages[at].sentence.block is not block:
                break
            yield passages[at]


def _agent_around(document: Document, passages: Sequence[Passage], index: int, dose: Span) -> Bound | None:
    """Return the agent that the sentences before speak of, or the heading over the paragraph.

    A block that stops amid a sentence (a column or page ends there) goes on in the next: its last agent is the dose's.
    """
    text, block = document.reading, passages[index].sentence.block
    if block.kind == "table":
        return None
    asleep = dose.value.get("purpose") == "anaesthesia"
    for other in reversed(passages[max(0, index - _PARAGRAPH_REACH - 1) : index]):
        heading = other.sentence.block.kind == "heading"
        broken = other.sentence.block is not block and text[other.sentence.end - 1] not in ".!?:)"
        if other.sentence.block is not block and not heading and not broken:
            return None
        if heading and _OF_CELLS.search(text, dose.start, dose.end):
            return None
        fitting = [a for a in other.agents if not a.solvent and (a.purpose == "anaesthesia") is asleep]
        if fitting:
            agent = fitting[-1] if broken and not heading else fitting[0]
            last = _agent(text, other, other.doses[-1]) if other.doses and not broken else None
            if last is not None:  # what the sentence before gave is what this one gives on
                return replace(last, sure=PARAGRAPH)
            return Bound(agent.start, agent.end, agent.name, HEADING if heading else PARAGRAPH)
        if heading or broken:
            return None
    return None


def _own_cells(text: str, dose: Span) -> Bound | None:
    """Return the cells that the dose itself counts: "2 x 10^6 cells"."""
    found = _OF_CELLS.search(text, dose.start, dose.end)
    return Bound(*found.span(), found.group(), SENTENCE) if found else None
