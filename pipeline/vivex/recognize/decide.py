"""Linear decisions on what a grammar proposes: whether a quantity is a dose.

A candidate's features are the words around it and in it; the weights (data/lexicon/decisions.json) are fitted to the
annotated passages by scripts/train_decisions.py. Plain arithmetic: nothing but the standard library runs here.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping

from vivex import vocabulary
from vivex.errors import MissingModel
from vivex.numerals import written_out
from vivex.recognize.kinds.dose import GIVEN, REAGENT, SURE, dose_score, follows_reagent, possible
from vivex.recognize.lexicon import FOLDER
from vivex.recognize.spans import Span

TOPICS = tuple(
    (name, re.compile(pattern.lower()))  # for text in small letters: faster by far than to ignore case
    for name, pattern in (
        ("animals", r"\b(?:mice|rats?|animals?|rabbits?|piglets|monkeys|gerbils|zebrafish|embryos)\b"),
        ("cells", r"\b(?:cells?|cultures?|slices?|neurons|platelets|embryos)\b"),
        ("giving", vocabulary.pattern("giving", "cue give", "cue expose", "cue amount", "act noun")),
        ("solution", r"buffer|solution|ACSF|aCSF|medium|pH\b|contain|compos|in mM|internal|bath"),
        ("blot", r"blot|gel\b|PAGE|antibod|incubat|stain|PCR|lysis|lysed|homogen|centrifug|primer|fix"),
        ("group", r"\bgroups?\b|control|vehicle|sham"),
        ("measure", r"concentration of|levels?|measured|volume of|weigh|flow rate|loaded|IC50|EC50"),
        ("sleep", r"an(?:a)?esthe|sedat|analges|isoflurane|ketamine"),
    )
)
AGENT_NEXT = re.compile(
    r"\)?\s(?:of\s(?:the\s)?)?(?!of|and|in|for|at|to|or|was|were|per|with|on|by|the|a|an|i\.|body|each|"
    r"total)(?:[A-Z][A-Za-z]*\d+\w*|[A-Za-z-]{4,}(?:in|ine|ol|ate|ide|one|an|um|ab|il|am|ib|en|ose|cid|ane)|"
    r"[A-Z]{2,6}\d*)\b"
)
_WORD = re.compile(r"[A-Za-z]+|\d+|[^\sA-Za-z\d]")
Features = dict[str, float]


def context(text: str, start: int, end: int) -> Features:
    """Return the features of the words around a span, within its paragraph."""
    before = [
        w.lower() if w.isalpha() else "0" if w.isdigit() else w
        for w in _WORD.findall(text[max(0, start - 130) : start])
    ]
    after = [w.lower() if w.isalpha() else "0" if w.isdigit() else w for w in _WORD.findall(text[end : end + 90])]
    found: Features = {"bias": 1.0}
    for i in (1, 2, 3):
        found[f"b{i}={before[-i] if len(before) >= i else '^'}"] = 1.0
        found[f"a{i}={after[i - 1] if len(after) >= i else '$'}"] = 1.0
    found[f"b={' '.join(before[-2:])}"] = found[f"a={' '.join(after[:2])}"] = 1.0
    for word in set(before[-14:]):
        found[f"B={word}"] = 0.5
    for word in set(after[:9]):
        found[f"A={word}"] = 0.5
    far = text[max(0, start - 130) : start].lower()
    near = text[max(0, start - 60) : start].lower(), text[end : end + 40].lower(), far
    for name, pattern in (("given", GIVEN), ("reagent", REAGENT)):
        for place, part in zip(("before", "after", "far"), near):
            if pattern.search(part):
                found[f"{name} {place}"] = 1.0
    return found


def dose_candidates(text: str) -> Iterator[tuple[Span, Features]]:
    """Yield every quantity with its features."""
    candidates = list(possible(text))
    for i, candidate in enumerate(candidates):
        start, end = candidate.start, candidate.end
        unit, per = candidate.quantity.unit, candidate.quantity.per
        score = dose_score(text, candidate)
        features = context(text, start, end)
        features |= {f"unit={unit}": 1.0, f"per={per}": 1.0, f"score={score:.1f}": 1.0, "score": 2 * score}
        features[f"several={len(candidate.quantity.amounts) > 1}"] = 1.0
        near = sum(abs(c.start - start) < 120 for c in candidates[max(0, i - 6) : i + 7])
        features[f"near={min(near, 5)}"] = 1.0
        before = re.split(r"[.;]\s+(?=[A-Z])", text[max(0, start - 200) : start])[-1]
        sentence = before + " " + re.split(r"[.;]\s+(?=[A-Z])", text[end : end + 150])[0]
        low = sentence.lower()
        for name, pattern in TOPICS:
            if pattern.search(low):
                features[f"topic {name}"] = features[f"topic {name} {per}"] = 1.0
        if AGENT_NEXT.match(text, end):
            features["agent next"] = features[f"agent next {unit}"] = 1.0
        if SURE.search(written_out(text[start:end])[0]):
            features["sure"] = 1.0
        if follows_reagent(text, end):
            features["reagent next"] = 1.0
        yield Span(start, end, "dose", {}, "grammar:dose@1", score), features


CANDIDATES: Mapping[str, Callable[[str], Iterator[tuple[Span, Features]]]] = {
    "dose": dose_candidates,
}
Weights = Mapping[str, float]


def probability(features: Features, weights: Weights) -> float:
    """Return the logistic of the weighted features, rounded before anything is decided on it."""
    total = sum(weights.get(name, 0.0) * value for name, value in features.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), 6)


@functools.cache
def shipped() -> dict[str, dict[str, float]]:
    """Return the shipped weights of each label and its threshold under ""; raise MissingModel without them."""
    path = FOLDER / "decisions.json"
    if not path.exists():
        raise MissingModel(f"{path} is missing; install vivex again or run scripts/train_decisions.py")
    weights: dict[str, dict[str, float]] = json.loads(path.read_text(encoding="utf-8"))
    return weights


def decided(text: str, label: str, weights: Weights | None = None) -> list[Span]:
    """Return the candidates that the weights accept, with their probability as confidence, without overlaps."""
    used = shipped()[label] if weights is None else weights
    kept = []
    for span, features in CANDIDATES[label](text):
        p = probability(features, used)
        if p >= used.get("", 0.5):
            kept.append(Span(span.start, span.end, label, span.value, span.source, round(p, 3)))
    return best(kept)


def best(spans: list[Span]) -> list[Span]:
    """Return the spans without overlaps: the more probable stays."""
    out: list[Span] = []
    taken: set[int] = set()
    for span in sorted(spans, key=lambda s: (-s.confidence, s.start, -s.end)):
        reach = range(span.start, span.end)
        if taken.isdisjoint(reach):
            out.append(span)
            taken.update(reach)
    return sorted(out, key=lambda s: s.start)
