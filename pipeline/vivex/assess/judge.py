"""From what was read of a paper to its eighteen judgements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation, evidence
from vivex.assess.examine import Examined
from vivex.assess.policy import NOTHING, answers, decide, key
from vivex.assess.reading.indication import Indication
from vivex.assess.support import support
from vivex.assess.weigh.ranking import SCORER
from vivex.assess.weigh.scorer import CLASSES, Model, Weighing
from vivex.assess.weigh.signals import signalling
from vivex.assess.weigh.weighing import WEIGHED, grounds, weighed
from vivex.codebook import Codebook

GRAMMAR = "grammar:syrcle@2"
QUOTES = 3
LIKELY = 0.5  # probability from which a high risk is proposed that no single passage shows
STATED = 0.5  # probability from which a reporting item counts as stated


def judge(examined: Examined, codebook: Codebook, model: Model | None) -> list[Annotation]:
    """Return the ten SYRCLE and eight reporting annotations of a paper."""
    scores = model.scores(examined.tokens) if model is not None and examined.is_paper else None
    if model is not None:
        examined = examined.believing(model.sure)
    source = f"{GRAMMAR} model:rob@{model.digest}" if model is not None and examined.is_paper else GRAMMAR

    def column(target: str) -> NDArray[np.float64] | None:
        return None if scores is None or model is None else scores[:, model.targets.index(target)]

    out = [_syrcle(examined, item, codebook, model, column(f"syrcle.{item}"), source) for item in SYRCLE_ITEMS]
    if codebook.setting("outcomes_judged") == "per_outcome":
        for item in ("blinding_outcome_assessors", "incomplete_outcome_data"):
            for name, part in _by_outcome(examined, item):
                found = _syrcle(part, item, codebook, None, None, GRAMMAR)
                out.append(replace(found, group=name))
    out += [_reporting(examined, item, column(f"reporting.{item}"), source) for item in REPORTING_ITEMS]
    return out


def _by_outcome(examined: Examined, item: str) -> list[tuple[str, Examined]]:
    """Return, for each outcome that `known` mentions in a sentence that bears on the item, what those sentences say."""
    parts: dict[str, list[Indication]] = {}
    for mention in examined.known:
        if mention.label != "outcome" or not mention.evidence:
            continue
        name = (
            str(mention.value.get("normal") or mention.value.get("text", "")) if isinstance(mention.value, dict) else ""
        )
        place = mention.evidence[0].start
        for f in examined.said:
            if (
                name
                and f.item == item
                and any(s <= place < e for s, e in f.spans)
                and f not in parts.setdefault(name, [])
            ):
                parts[name].append(f)
    return [
        (name, replace(examined, findings=tuple(found), believed=())) for name, found in sorted(parts.items()) if found
    ]


def given_answers(examined: Examined, item: str, codebook: Codebook) -> tuple[dict[str, str], dict[str, Indication]]:
    """Return the signalling answers of an item and the findings that give them."""
    chosen = signalling(item, examined.said, codebook)
    given = {question: f.answer for question, f in chosen.items()}
    if item == "baseline_characteristics":
        common: set[str] = set()
        for f in examined.findings:
            if f.item == item and f.signal == "common" and (examined.is_paper or f.detail.get("common")):
                common |= set(f.answer.split(","))
        enough = len(common) >= codebook.setting("baseline_common_characteristics")
        given["common"] = "enough" if enough else "not enough"
    if item == "other_bias":
        needed = "needed" if codebook.setting("statement_without_stake_needed") else "not needed"
        given.setdefault("statement", needed)
    if item == "selective_outcome_reporting" and examined.is_paper:
        values = examined.quantities
        hidden = sum(f.item == item and f.signal == "not_shown" for f in examined.findings)
        missing = [a for a in examined.announced if a.reported is None]
        given["not_shown"] = "often" if hidden > 2 else "seldom" if hidden else "no"
        given["results"] = "plan only" if values["no_results"] and values["plan"] > 0 else "given"
        if not values["no_results"]:
            given["comparison"] = "missing" if len(missing) > 2 else "complete"
    return given, chosen


def _syrcle(
    examined: Examined,
    item: str,
    codebook: Codebook,
    model: Model | None,
    scores: NDArray[np.float64] | None,
    source: str,
) -> Annotation:
    given, chosen = given_answers(examined, item, codebook)
    judgement, words, rule = decide(item, given, codebook)
    probability = _probability(model, item, key(rule, judgement), judgement)
    if model is not None and examined.is_paper and item in model.weighings:
        judgement, words, probability = weighed(examined, item, judgement, words, rule, codebook, model.weighings[item])
    questions = list(rule.when) if rule and words == rule.words.format(judgement=judgement) else []
    decisive = [chosen[q] for q in questions if q in chosen]
    ranking = model.rankings.get(item) if model is not None and scores is not None else None
    if words == NOTHING:
        spans = []  # what decides nothing needs no quote
    elif ranking is not None and scores is not None:
        spans = _ranked(examined, decisive, SCORER * np.log(scores) + ranking.scores(examined.features[1]))
    else:
        spans = _evidence(examined, item, decisive, judgement, scores)
    if model is not None and words.startswith(WEIGHED):
        words, spans = _with_ground(examined, item, model.weighings[item], judgement, words, spans)
        judgement, words = held_back(judgement, words, probability)
    quotes = tuple(evidence(examined.document, s, e) for s, e in spans)
    why = decisive[0].why if decisive else _working(examined, item)
    return Annotation(
        study=examined.document.study,
        label=f"syrcle.{item}",
        value={
            "judgement": judgement,
            "probability": {c: round(float(p), 4) for c, p in zip(CLASSES, probability, strict=True)},
            "signalling": answers(item, given),
            "rule": words,
            "support": support([q.quote for q in quotes], words, why),
        },
        evidence=quotes,
        source=source,
        confidence=round(float(probability[CLASSES.index(judgement)]), 4),
    )


def _with_ground(
    examined: Examined, item: str, weighing: Weighing, judgement: str, words: str, spans: list[tuple[int, int]]
) -> tuple[str, list[tuple[int, int]]]:
    """Name the weightiest ground whose passage is among the quotes, which then comes first."""
    for ground, finding in grounds(examined, item, weighing, judgement):
        shown = [span for span in finding.spans if span in spans]
        if shown:
            rest = [span for span in spans if span != shown[0]]
            return f"weighed over the paper, above all: {ground} → {judgement}", [shown[0], *rest]
    return words, spans


def held_back(judgement: str, words: str, probability: NDArray[np.float64]) -> tuple[str, str]:
    """Return a judgement and its words; a high risk that no passage shows and that isn't likely is unclear."""
    if judgement == "high" and words.startswith(WEIGHED) and probability[CLASSES.index("high")] < LIKELY:
        return "unclear", f"{WEIGHED} → unclear"
    return judgement, words


def _probability(model: Model | None, item: str, rule: str, judgement: str) -> NDArray[np.float64]:
    if model is not None:
        return model.table(item, rule, judgement)
    return np.array([0.9 if c == judgement else 0.05 for c in CLASSES])


def _working(examined: Examined, item: str) -> str:
    """Return how an item that needs more than a sentence was worked out."""
    if item == "selective_outcome_reporting" and examined.is_paper and examined.announced:
        missing = [a.name for a in examined.announced if a.reported is None]
        found = len(examined.announced) - len(missing)
        listed = f"; not found: {', '.join(missing[:8])}" if missing else ""
        return (
            f"{found} of {len(examined.announced)} outcomes named in Methods found in Results, legends or "
            f"tables{listed}"
        )
    if item == "incomplete_outcome_data":
        numbers = [f for f in examined.findings if f.item == item and f.signal == "numbers" and f.why]
        return numbers[0].why if numbers else ""
    return ""


def _evidence(
    examined: Examined, item: str, decisive: Sequence[Indication], judgement: str, scores: NDArray[np.float64] | None
) -> list[tuple[int, int]]:
    """Return up to three sentences, those of the deciding rule first, then by learned score and rule strength."""
    first = [span for f in decisive for span in f.spans[:2]]
    own = sorted((f for f in examined.said if f.item == item and f not in decisive), key=lambda f: -f.strength)
    rest = [span for f in own for span in f.spans]
    if item == "selective_outcome_reporting":
        rest += [span for a in examined.announced if a.reported is None for span in (a.span,)]
    if scores is not None:
        bonus = {span: 0.3 * f.strength for f in reversed(own) for span in f.spans}
        spans = [(r.start, r.end) for r in examined.readings]
        quotable = [i for i, r in enumerate(examined.readings) if item == "other_bias" or r.role != "statements"]
        rank = sorted(quotable, key=lambda i: (-(scores[i] + bonus.get(spans[i], 0.0) * (scores[i] > 0.02)), i))
        rest = (
            [spans[i] for i in rank[:QUOTES]]
            if judgement != "unclear" or first
            else [spans[i] for i in rank[:QUOTES] if scores[i] >= 0.1] + rest
        )
    return _unlike(examined, [*first[:2], *rest])[:QUOTES]


def _unlike(examined: Examined, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the passages without repetitions, in order; a mere label is left out where anything else is quoted."""
    said = {(r.start, r.end): r for r in examined.readings}
    texts = [said[span].raw if span in said else span for span in spans]
    own = [span for i, span in enumerate(spans) if texts[i] not in texts[:i]]
    return [span for span in own if not (span in said and said[span].is_label)] or own


def _ranked(examined: Examined, decisive: Sequence[Indication], scores: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Return the three sentences ranked highest, first those that decide; one that does is always among them."""
    readings = examined.readings
    order = [i for i in np.argsort(-scores, kind="stable") if readings[i].kind != "table"]
    spans = _unlike(examined, [(readings[i].start, readings[i].end) for i in order[: 3 * QUOTES]])[:QUOTES]
    if decisive:
        said = {(f.item, f.signal, f.answer) for f in decisive}
        deciding = {span for f in examined.said if (f.item, f.signal, f.answer) in said for span in f.spans}
        shown = [span for span in spans if span in deciding] or list(decisive[0].spans[:1])
        spans = [*shown, *(span for span in spans if span not in shown)]
    return spans[:QUOTES]


def _reporting(examined: Examined, item: str, scores: NDArray[np.float64] | None, source: str) -> Annotation:
    own = stating(examined, item)
    stated = [f for f in own if f.answer != "no"]
    ranked = sorted(stated or own, key=lambda f: -f.strength)
    spans = _unlike(examined, [span for f in ranked for span in f.spans])
    strength = ranked[0].strength if stated else 0.0
    probability = 0.5 + 0.48 * min(1.0, strength) if stated else 0.05
    if scores is not None and spans:
        position = {(r.start, r.end): i for i, r in enumerate(examined.readings)}
        spans.sort(key=lambda s: -scores[position[s]] if s in position else 0.0)
    reported = probability >= STATED
    return Annotation(
        study=examined.document.study,
        label=f"reporting.{item}",
        value={"reported": reported, "probability": round(probability, 4)},
        evidence=tuple(evidence(examined.document, s, e) for s, e in spans[:QUOTES]),
        source=source,
        confidence=round(probability if reported else 1 - probability, 4),
    )


def stating(examined: Examined, item: str) -> list[Indication]:
    """Return the findings that speak for (or, answered "no", against) a reporting item."""
    found = examined.said
    if item == "randomisation":
        return [
            f
            for f in found
            if f.item == "sequence_generation" and f.answer in ("described", "stated") and f.signal != "non_random_rule"
        ]
    if item == "blinding":
        return [f for f in found if f.item.startswith("blinding_") and f.answer == "yes"]
    if item == "allocation_concealment":
        return [f for f in found if f.item == item and f.signal == "concealed" and f.answer == "yes"]
    return [f for f in found if f.item == f"reporting.{item}"]


__all__ = ["NOTHING", "given_answers", "judge", "stating"]
