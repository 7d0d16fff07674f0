"""What was given in which group, one row for each agent with dose, route and schedule; what microRNAs act on."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TypeAlias

from vivex.annotation import evidence
from vivex.extract.choice import ELSEWHERE, words_of
from vivex.extract.mentioned import lasts, often
from vivex.extract.reading import Candidate, Reading, told
from vivex.extract.value_features import Group, key_of
from vivex.vocabulary import route_of, written

Chosen: TypeAlias = Mapping[str, Sequence[Group]]  # built-in field -> the values that are said, best first
Row: TypeAlias = dict[str, "str | int | float | None"]


@dataclass(frozen=True, slots=True)
class Given:
    """Hold one agent as it was given; "" where the paper doesn't say or nothing binds it."""

    intervention: str
    group: str = ""
    purpose: str = ""
    dose: str = ""
    route: str = ""
    frequency: str = ""
    duration: str = ""


def intervention_rows(reading: Reading, chosen: Chosen) -> list[Row]:
    """Return the rows of the interventions table: no row holds a dose that a mention binds to another agent.

    A route, frequency or duration of a treatment that the paper gives but once holds for all rows that are bound to
    none.
    """
    common = {
        field: found[0].members[0].value
        for field in ("route", "frequency", "duration")
        if len(found := chosen.get(field, ())) == 1 and any(m.purpose == "treatment" for m in found[0].members)
    }
    rows: dict[Given, Candidate] = {}
    for dose in chosen.get("dose", ()):
        for member in _given(dose.members):
            agent = _named(member.agent, reading, chosen.get("intervention", ())) if member.agent else ""
            shared = common if member.purpose in ("", "treatment") else {}
            row = Given(
                agent,
                member.group,
                member.purpose,
                dose.members[0].value,
                route_name(member.route) or shared.get("route", ""),
                often(member.schedule) or shared.get("frequency", ""),
                lasts(member.schedule) or shared.get("duration", ""),
            )
            rows.setdefault(row, member)
    kept = [r for r in rows if not any(_narrower(other, r) for other in rows)]
    with_dose = {r.intervention for r in kept}
    for value in chosen.get("intervention", ()):
        name, first = value.members[0].value, value.members[0]
        if name not in with_dose:
            rows.setdefault(alone := Given(name, first.group, first.purpose, "", **common), first)
            kept.append(alone)
    return [_shown(reading, row, rows[row]) for row in sorted(kept, key=lambda r: (rows[r].start, r.dose, r.group))]


def _given(members: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return the places where a dose was given: of an agent, and where some say what for, those that say so."""
    given = [m for m in members if m.purpose not in ELSEWHERE]
    bound = [m for m in given if m.agent]
    return [m for m in bound if m.purpose] or bound or given[:1]


@functools.cache
def _nameless() -> frozenset[str]:
    """Return the words that name no agent by themselves: salts, "inhibitor", "extract"."""
    return frozenset(w.lower() for kind in (("agents", "salt"), ("designs", "nameless")) for w in written(*kind))


def _named(agent: str, reading: Reading, interventions: Sequence[Group]) -> str:
    """Return the intervention that an agent's words name, the one with most words in common; else the words.

    What is no name by itself ("inhibitor") is the one intervention that holds it, or none ("").
    """
    key = key_of("intervention", agent, reading.aliases)
    words, best = words_of(key), (0.0, agent)
    naming = words - _nameless()
    fitting = []
    for value in interventions:
        other = words_of(value.key)
        if value.key == key:
            return value.members[0].value
        if words and (words <= other or other <= words) and (naming & other or not naming):
            share = len(words & other) / max(len(words), len(other))
            best = max(best, (share, value.members[0].value), key=lambda found: found[0])
            fitting.append(value)
    return best[1] if naming or len(fitting) == 1 else ""


def route_name(words: str) -> str:
    """Return a route as a reviewer writes it, or its own words."""
    term = route_of(words)
    return words if term is None else term.name


def _narrower(one: Given, other: Given) -> bool:
    """Tell whether a row says all that the other says, and more."""
    if one == other:
        return False
    pairs = zip(asdict(one).values(), asdict(other).values(), strict=True)
    return all(b in ("", a) for a, b in pairs)


def _shown(reading: Reading, row: Given, member: Candidate) -> Row:
    line = reading.lines[member.line]
    place = evidence(reading.document, line.start, line.end)
    return {**asdict(row), "quote": place.quote, "page": place.page, "start": place.start, "end": place.end}


def target_rows(reading: Reading) -> list[Row]:
    """Return what each microRNA is said to act on: gene, direction ("down", "up", "" where only the link is stated)."""
    best: dict[tuple[str, str], tuple[float, Row, set[int]]] = {}
    for mention in reading.mentions.get("mirna", ()):
        value = told(mention)
        for target in value.get("targets") or ():
            place = evidence(reading.document, int(target["start"]), int(target["end"]))
            name = str(value.get("normal") or mention.evidence[0].quote)
            row: Row = {
                "mirna": name,
                "target_gene": str(target["gene"]),
                "direction": str(target["direction"]),
                "confidence": float(target["confidence"]),
                "quote": place.quote,
                "page": place.page,
                "section": place.section,
                "start": place.start,
                "end": place.end,
            }
            key = (name, str(target["gene"]).lower())
            sentences = best[key][2] if key in best else set()
            sentences.add(place.start)
            rank = float(target["confidence"]) + 0.05 * bool(target["direction"])
            if key not in best or rank > best[key][0]:
                best[key] = (rank, row, sentences)
    order = sorted(best, key=lambda key: (-len(best[key][2]), -best[key][0], key))
    return [{**best[key][1], "sentences": len(best[key][2])} for key in order]
