"""Where a mention begins and ends: with whole words and whole quantities; and what reads like a dose and is none."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from vivex.document import Block, Document
from vivex.quantities import Found, find
from vivex.recognize.kinds.gene import gene_like
from vivex.recognize.spans import Span
from vivex.units import kind
from vivex.vocabulary import ANIMALS, pattern

Place: TypeAlias = tuple[Found, int, int]  # a quantity and where it stands
_LONGEST = 15  # characters of a name that a mention cuts
_TOKEN_BEFORE = re.compile(r"[^\W_]{1,30}\Z")
_TOKEN_AFTER = re.compile(r"[^\W_]{1,30}")
_FIGURES = re.compile(r"[\d\s,.]{1,40}")
_OTHERS = re.compile(r"[\d\s,.]{1,40}(?:(?:and|or|to)\s)?")  # figures that the quantity isn't made of
_RESULT = re.compile(r"\s?\(\s?\d{1,3}(?:\.\d{1,3})?\s?\)\s?%|\s?\d{0,3}[A-Z]\s")  # "38 (12)%", "14 2N"
_THRESHOLDS = frozenset(("<", ">", "<=", ">=", "\u2264", "\u2265"))
_ANIMAL = pattern("animals", *ANIMALS)
# "Wistar rats (200 ± 20 g", "weighing 25 g", "body weight of 20 g": the animals' weight
_WEIGHED_BEFORE = re.compile(
    rf"(?:{_ANIMAL}\s?\([^().]{{0,40}}|weigh\w{{0,4}}[^.;]{{0,40}}|weights?\s[^.;]{{0,20}})$", re.IGNORECASE
)
_WEIGHT = re.compile(r"weight|b\.?w\.?$", re.IGNORECASE)
_WEIGHED_AFTER = re.compile(r"\s?(?:of\s)?(?:initial\s)?(?:body\s?-?weights?|b\.?w\.?)\b", re.IGNORECASE)
# "body weight didn't differ" is body weight, "telomin lowered body weight" too
_BEHIND = re.compile(rf"\s{pattern('outcomes', 'behind')}(?![\w-])")
_BEFORE = re.compile(rf"\s{pattern('outcomes', 'before')}\s(?:the\s)?(?:\w+ly\s)?(?=\S)")
_LOOSE = re.compile(r"(?:\s(?:and|or|of|in|for|by|with|the|an?|to|on|at|from)|[\s,;:(]){1,9}$")


def with_whole_edges(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans: doses as whole quantities, names as whole words; without doses that are none by their words."""
    text = document.reading
    doses = list(_doses(document, [s for s in spans if s.label == "dose"]))
    starts = [d.start for d in doses]
    strains = [s for s in spans if s.label == "strain" and s.end - s.start < 2 * _LONGEST]
    kept = [*doses]
    for span in spans:
        if span.label == "agent":
            kept += _agent(text, span, starts)
        elif span.label == "gene":
            kept += _gene(text, span, strains)
        elif span.label == "outcome":
            kept += _outcome(text, span)
        elif span.label != "dose":
            kept.append(span)
    return sorted(kept, key=lambda s: (s.start, -s.end, s.label))


def _doses(document: Document, spans: Sequence[Span]) -> Iterator[Span]:
    """Yield the doses in reading order; the quantities of each block are read once."""
    text, whole = document.reading, Block("paragraph", 0, len(document.text))
    block, ends, found = None, [0], list[Place]()
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        around = document.block_at(span.start) or whole
        if around is not block:
            block = around
            here = find(text[block.start : block.end])
            found = [(f, block.start + f.start, block.start + f.end) for f in here]
            ends = [end for _, _, end in found]
        at = bisect.bisect_right(ends, span.start)
        yield from _dose(text, span, found[at] if at < len(found) and found[at][1] < span.end else None)


def _dose(text: str, span: Span, place: Place | None) -> Iterator[Span]:
    """Yield the dose as its whole quantity ("5, 10 or 20 mg/kg" of "10 or 20 mg/kg"), nothing where it is none."""
    if place is None:
        unit_less = _FIGURES.fullmatch(text, span.start, span.end)
        if not (unit_less and _RESULT.match(text, span.end)):
            yield span
        return
    quantity, start, end = place
    if not _is_dose(text, quantity, start, end):
        return
    if start <= span.start and span.end <= end:
        yield replace(span, start=start, end=end)
    elif span.start < start and (
        text[span.start - 1 : span.start].isalnum()  # "RvD9 10 ng": the first figure ends a name
        or _OTHERS.fullmatch(text, span.start, start)  # "on days 1 and 8 and 10 mg/kg": it counts days
    ):
        yield replace(span, start=start)
    else:
        yield span


def _is_dose(text: str, found: Found, start: int, end: int) -> bool:
    """Tell whether the quantity is no threshold ("glucose above 16 mmol/L") and no animal's weight."""
    unit = found.quantity.unit
    if found.quantity.comparator in _THRESHOLDS and "/kg" not in unit:
        return False
    if unit in ("g", "kg") and kind(unit) == "mass":
        before = text[max(0, start - 60) : start]
        weighed = _WEIGHED_BEFORE.search(before) or _WEIGHED_AFTER.match(text, end)
        return not (weighed or _WEIGHT.search(text, start, end))
    return True


def _agent(text: str, span: Span, doses: Sequence[int]) -> Iterator[Span]:
    """Yield the agent as whole words that end before the dose ("telomin" of "telomin 20", a dose's first figure)."""
    start, end = _whole(text, span.start, span.end)
    at = bisect.bisect_right(doses, start)
    if at < len(doses) and doses[at] < end:
        end = start + len(text[start : doses[at]].rstrip(" (,:"))
    if end > start:
        yield replace(span, start=start, end=end)


def _gene(text: str, span: Span, strains: Sequence[Span]) -> Iterator[Span]:
    """Yield the gene unless it is cut out of a strain's name ("Ab12" of "Ab12Dn")."""
    whole = _whole(text, span.start, span.end)
    cut = whole != (span.start, span.end) and not gene_like(text[span.start : span.end])
    strain = cut and any(s.start <= whole[0] and whole[1] <= s.end for s in strains)
    if not strain:
        yield span


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span widened to the letters and figures that go on at its edges, where that makes no long word."""
    before = _TOKEN_BEFORE.search(text, max(0, start - 30), start) if text[start : start + 1].isalnum() else None
    after = _TOKEN_AFTER.match(text, end) if text[end - 1 : end].isalnum() else None
    wide = before.start() if before else start, after.end() if after else end
    return wide if wide[1] - wide[0] <= end - start + _LONGEST else (start, end)


def _outcome(text: str, span: Span) -> Iterator[Span]:
    """Yield the outcome without the verb that tells what became of it, and without a bracket that nothing closes."""
    start, end = outcome_edges(text, span.start, span.end)
    if end > start:
        yield replace(span, start=start, end=end)


def outcome_edges(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the outcome's noun phrase begins and ends within `text[start:end]`."""
    if done := _BEFORE.search(text, start, end):
        start = done.end()
    if told := _BEHIND.search(text, start, end):
        end = told.start()
    opened = text.rfind("(", start, end)
    if opened >= 0 and text.find(")", opened, end) < 0:
        end = end + 1 if text[end : end + 1] == ")" else opened
    loose = _LOOSE.search(text, start, end)
    return start, loose.start() if loose else end
