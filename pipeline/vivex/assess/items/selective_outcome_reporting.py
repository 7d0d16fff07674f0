"""Item 9: outcomes announced against outcomes reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence

ITEM = "selective_outcome_reporting"

_OUTCOME = r"(?:outcomes?|end ?-?points?|analyses)"
_PLAN = r"(?:(?:pre-?)?registered|planned|listed|specified)"
_REPORTED = r"(?:reported|shown|listed)"
_ALL = r"(?:all|every)"
_NOT_REPORTED = re.compile(
    r"\bresults? not included|\bnot (?:shown|depicted|illustrated)\b|\bunpublished (?:data|observations?|"
    r"results)|\b(?:will|are|were|is|was) (?:\w+ )?(?:not|never) (?:\w+ )?(?:reported|shown|described|"
    r"given|included|disclosed)\b|\bwithheld\b|\bunreported\b|\breported elsewhere\b|\bwe (?:do|have) "
    r"not (?:report|present|show|include)|\bnot presented\b"
)
_MAIN = re.compile(r"\b(?:primary|main)\b[^.;]{0,30}\b(?:outcomes?|end ?-?points?|variables?)\b")
_ALL_REPORTED = re.compile(
    rf"\b{_ALL}\b[^;]{{0,90}}\b{_OUTCOME}\b[^;]{{0,130}}\b{_REPORTED}\b|\bno deviations?\b[^;]{{0,60}}\blist"
)
_PLAN_RE = re.compile(rf"\b{_PLAN}\b")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about outcomes announced or reported."""
    if reading.foreign or reading.human or reading.future or reading.role in ("introduction", "statements"):
        return
    text = reading.text
    span = ((reading.start, reading.end),)

    def made(signal: str, answer: str, strength: float, why: str) -> Indication:
        return Indication(ITEM, signal, answer, strength, span, why)

    hidden = _NOT_REPORTED.search(text)
    if hidden and _MAIN.search(text):
        yield made("all_reported", "no", 0.9, "a main outcome is not reported")
        return
    if hidden and _PLAN_RE.search(text) and re.search(r"\boutcome\b", text):
        yield made("all_reported", "no", 0.8, "a planned outcome is not reported")
        return
    if not hidden and _ALL_REPORTED.search(text) and _PLAN_RE.search(text):
        yield made("all_reported", "yes", 0.9, "all planned outcomes are said to be reported")
        return
    if hidden and not reading.in_vitro:
        yield made("not_shown", "yes", 0.4, "data not shown")
        return
    if re.search(
        r"\bprotocol\b[^.;]{0,60}\b(?:deposited|published)|\bpre-?registered\b|\bregistered report|"
        r"\bpreclinicaltrials",
        text,
    ):
        yield made("protocol", "exists", 0.3, "a protocol or registration exists")
