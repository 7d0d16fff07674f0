"""Item 8, sentence by sentence: which animals were lost, left out or kept, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern
from vivex.quantities import count as number

ITEM = "incomplete_outcome_data"

_CUE = re.compile(
    r"died|disappear|dead|death|lost\b|loss|exclu|withdr|left out|omit|discard|eliminat|surviv|complet|"
    r"remov|missing|euthani|mortality|available|stem|all\b|every|n ?=|reject|follow|analy"
)
_LOST = (
    r"(?:died|die|dead|deaths?|lost|loss|losses|excluded?|exclusions?|excluding|withdrawn|withdrew|"
    r"removed from (?:the )?(?:study|analys\w+)|left out|omitted|discarded|eliminated|"
    r"euthani[sz]ed (?:before|because|when|after)|not (?:included|analy[sz]ed|available)|missing|"
    r"rejected|disregarded|disappeared)"
)
_LOST_RE = re.compile(rf"\b{_LOST}\b")
_LOST_WERE = pattern(rf"\b{_LOST}\b[^.;]{{0,40}}\bwere {{NUMBER}} {{ANIMAL}}\b")
# Animals lose weight and memory and stay in the study
_OF_FUNCTION = pattern(
    r"\bloss (?:of|in) (?!(?:(?!in |after |of )\w+ ){0,3}?(?:{ANIMAL}|data|subjects?|follow)\b)\w+",
    r"\b(?:weight|memory|bone|hearing|vision|cell|blood|hair|muscle) loss\b",
    r"\blost (?:\w+ ){0,2}?(?:weight|blood|hair|memory)\b",
)
_WHO = r"(?:{ANIMAL}|data)"
# "All animals included in the study were weighed" tells of the weighing, not of all that were included
_ADMITTED = r"(?! in (?:the|this|our|each|every) \w+(?: \w+)? (?:were|was|are|is|had|have|has|received|underwent)\b)"
_COMPLETE = pattern(
    rf"\b(?:all|every) (?:\w+ ){{0,3}}?{_WHO}\b[^.;]{{0,80}}\b(?:complet\w*|included{_ADMITTED}|survived|"
    r"obtained|followed|entered|recovered)",
    rf"\b(?:no|none) (?:\w+ ){{0,3}}?(?:{_WHO}|mortality|loss)\b[^.;]{{0,60}}\b(?:{_LOST}|occurred|observed)",
    r"\bno deaths\b",
    r"\bsurvived till the end",
)
_COMPLETE_TRAP = re.compile(r"\bexcept\b|\bapproved\b|\bnot all\b|\ball experiments?\b|\bsupplement|\bavailable on\b")
_NEUTRAL = pattern(
    r"\b(?:technical\w*|an(?:a)?esthe\w+|misplac\w*|outside the \w+|accident\w*|broken|broke|cannulas?|"
    r"escaped|blocked|clogg\w*|leak\w*|slipped|slightly different)\b",
    r"\bbefore the\b|\bsurgical errors?|\bduring surgery\w*",
)
_RELATED = pattern(
    r"\bdid not recover|\bsuccess threshold",
    r"\b(?:because of|due to) (?:infection|illness)|\bfractional shortening|\bviable embryos\b|\bgross "
    r"morphological defects",
)
_OUTLIERS = re.compile(r"\boutliers?\b")
_UNEXPLAINED = pattern(
    r"\b(?:unknown|not (?:recorded|given|stated))\b|\bwithout (?:any )?(?:explanation|reason|comment)|"
    r"\bno reason\b|\bfor various reasons"
)
_COUNTED = pattern(r"\b({NUMBER}|an?|single)(?: |-)(?:[\w-]{1,40} ){0,4}?{ANIMAL}\b")
_OF_COUNT = pattern(r"\b\d+ of (?:the )?\d+\b")
_REMAINING = re.compile(r"\b(?:remaining|other|others)\b[^.;]{0,60}\b(?:analy[sz]ed|included|evaluated|reported)")
_RANGE_N = re.compile(
    r"\bn ?= ?\d+ ?(?:-|to) ?\d+|\b\d+ ?- ?\d+ (?:animals?|mice) per ?|\bat least \d+ mice|\bn ?(?:≥|>) "
    r"?\d+|\brange\b[^.;]{0,30}\bn ?=|\bminimum of (?:three|five|\d+)"
)
_FRACTIONS = pattern(r"\b({NUMBER}|none)(?: ?/ ?| (?:out )?of )({NUMBER})\b")
_PLAN = re.compile(r"\bcriteria\b")
_CELLS = re.compile(r"\bevents?\b")
_ANIMAL = pattern(r"\b{ANIMAL}\b")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about animals lost or kept."""
    text = reading.text
    if (
        reading.foreign
        or reading.human
        or reading.future
        or reading.role in ("introduction", "statements")
        or not _CUE.search(text)
    ):
        return
    found = _range(text) if reading.kind == "table" else _losses(reading, text)
    if found:
        signal, answer, strength, why = found
        yield Indication(ITEM, signal, answer, strength, ((reading.start, reading.end),), why)


def _range(text: str) -> tuple[str, str, float, str] | None:
    return ("numbers", "range", 0.5, "n given as a range") if _RANGE_N.search(text) else None


def _losses(reading: FoldedSentence, text: str) -> tuple[str, str, float, str] | None:
    animal = bool(_ANIMAL.search(text)) or "data" in text or "outlier" in text
    counted = _counted_loss(text)
    complete = _COMPLETE.search(text)
    denied_loss = bool(complete and re.match(r"(?:no|none)\b", complete.group(0)))
    if (
        complete
        and (denied_loss or not counted)
        and not _COMPLETE_TRAP.search(text)
        and not reading.in_vitro
        and (animal or re.search(r"death|mortality", text))
    ):
        strong = (
            0.9
            if re.search(
                r"\b(?:all|no|none|every)\b[^.;]{0,60}\b(?:included|excluded|completed?|removed|lost|died)", text
            )
            else 0.7
        )
        if _CELLS.search(complete.group(0)) and not _ANIMAL.search(complete.group(0)):
            strong -= 0.5
        return "all_included", "yes", strong, "all animals or data accounted for"
    unbalanced = _unbalanced(text)
    if unbalanced and not reading.in_vitro and (_LOST_RE.search(text) or "mortality" in text):
        return "losses", "unbalanced", 0.85, unbalanced
    if not _LOST_RE.search(_OF_FUNCTION.sub(" ", text)) or not animal or reading.in_vitro:
        return _range(text)
    if _UNEXPLAINED.search(text) and counted:
        return "losses", "unexplained", 0.9, "animals lost without a reason"
    neutral = bool(_NEUTRAL.search(text))
    if (
        _RELATED.search(text)
        and re.search(r"\bexclu|eliminated|removed", text)
        and not neutral
        and not _PLAN.search(text)
    ):
        return ("losses", "outcome_related", 0.7, "exclusion on the outcome itself or on the treatment's effect")
    if counted and _OUTLIERS.search(text) and not neutral and not _PLAN.search(text):
        return ("losses", "outcome_related", 0.8, "animals excluded because their values were outliers")
    if counted and neutral:
        return (
            "losses",
            "explained",
            0.75 + (0.1 if _REMAINING.search(text) else 0),
            "losses counted, with a reason unlikely to relate to the outcome",
        )
    if counted:
        return "losses", "counted", 0.4, "losses counted"
    return "losses", "mentioned", 0.3, "losses or an exclusion rule named, not counted"


def _counted_loss(text: str) -> bool:
    """Tell whether the sentence counts animals that were lost."""
    for match in (*_COUNTED.finditer(text), *_OF_COUNT.finditer(text)):
        rest = text[match.start() : match.end() + 130]
        if (
            _LOST_RE.search(rest)
            and not re.match(r"an? total", rest)
            and number(match.group(0).split()[0].split("-")[0]) != 0
        ):
            return True
    return bool(_LOST_WERE.search(text))


def _unbalanced(text: str) -> str:
    """Return a description where losses of two groups differ by three tenths of the animals or more, else ""."""
    one = _FRACTIONS.search(text)
    if one and re.search(r"\bnone in (?:\w+ )?controls?", text):
        lost, all_ = number(one.group(1)), number(one.group(2))
        if lost and all_ and all_ >= 4 and 0.3 <= lost / all_ <= 1 and re.search(r"\banaly", text):
            return f"losses differ between groups: {lost} of {all_} against none"
    shares = []
    for a, b in _FRACTIONS.findall(text):
        lost, all_ = (0 if a in ("none", "no") else number(a)), number(b)
        if lost is not None and all_ and lost <= all_ and all_ >= 4:
            shares.append((lost, all_))
    if len(shares) >= 2 and abs(shares[0][0] / shares[0][1] - shares[1][0] / shares[1][1]) >= 0.3:
        return (
            f"losses differ between groups: {shares[0][0]} of {shares[0][1]} against {shares[1][0]} of {shares[1][1]}"
        )
    return ""
