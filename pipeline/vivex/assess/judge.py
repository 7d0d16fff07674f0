"""From a paper to its eighteen judgements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation, evidence
from vivex.assess import (
    attrition,
    baseline,
    blinding,
    concealment,
    housing,
    interests,
    order,
    outcomes,
    reporting,
    sequence,
)
from vivex.assess.finding import Finding, best
from vivex.assess.policy import answers, decide
from vivex.assess.reading import Reading, read
from vivex.assess.signals import signalling
from vivex.assess.support import support
from vivex.codebook import Codebook
from vivex.document import Document

READERS = (sequence, concealment, housing, order, blinding, baseline, attrition, outcomes, interests, reporting)
SOURCE = "grammar:syrcle@1"


def findings(readings: Sequence[Reading]) -> list[Finding]:
    """Return what the sentences of a paper say, in reading order."""
    return [finding for reading in readings for reader in READERS for finding in reader.find(reading)]


def judge(document: Document, known: Sequence[Annotation], codebook: Codebook, model: Any) -> list[Annotation]:
    """Return the ten SYRCLE and eight reporting annotations of a paper."""
    readings = read(document)
    found = findings(readings)
    is_paper = len(readings) >= 20
    out = []
    for item in SYRCLE_ITEMS:
        out.append(_syrcle(document, item, found, codebook, is_paper))
    for item in REPORTING_ITEMS:
        out.append(_reporting(document, item, found))
    return out


def _syrcle(document: Document, item: str, found: Sequence[Finding], codebook: Codebook, is_paper: bool) -> Annotation:
    chosen = signalling(item, found, codebook)
    given = {question: f.answer for question, f in chosen.items()}
    if item == "baseline_characteristics":
        common: set[str] = set()
        for f in found:
            if f.item == item and f.signal == "common" and (is_paper or f.detail.get("common")):
                common |= set(f.answer.split(","))
        given["common"] = (
            "enough" if len(common) >= codebook.setting("baseline_common_characteristics") else "not enough"
        )
    if item == "selective_outcome_reporting" and is_paper:
        hidden = sum(f.signal == "not_shown" for f in found)
        given["not_shown"] = "often" if hidden > 2 else "seldom" if hidden else "no"
        given["comparison"] = "complete"
    judgement, words, rule = decide(item, given, codebook)
    spans: list[tuple[int, int]] = []
    questions = list(rule.when) if rule else []
    ranked = [chosen[q] for q in questions if q in chosen]
    ranked += sorted((f for f in found if f.item == item and f not in ranked), key=lambda f: -f.strength)
    for f in ranked:
        for span in f.spans:
            if span not in spans:
                spans.append(span)
    quotes = tuple(evidence(document, s, e) for s, e in spans[:3])
    probability = {j: (0.8 if j == judgement else 0.1) for j in ("low", "high", "unclear")}
    why = ranked[0].why if ranked and rule else ""
    return Annotation(
        study=document.study,
        label=f"syrcle.{item}",
        value={
            "judgement": judgement,
            "probability": probability,
            "signalling": answers(item, given),
            "rule": words,
            "support": support([q.quote for q in quotes], words, why),
        },
        evidence=quotes,
        source=SOURCE,
        confidence=probability[judgement],
    )


def _reporting(document: Document, item: str, found: Sequence[Finding]) -> Annotation:
    own = [f for f in found if f.item == f"reporting.{item}"]
    if item == "randomisation":
        own = [f for f in found if f.item == "sequence_generation" and f.answer in ("described", "stated")]
    if item == "blinding":
        own = [f for f in found if f.item.startswith("blinding_") and f.answer in ("yes",)]
    if item == "allocation_concealment":
        own = [f for f in found if f.item == item and f.answer == "yes"]
    stated = [f for f in own if f.answer != "no"]
    ranked = sorted(stated or own, key=lambda f: -f.strength)
    spans = list(dict.fromkeys(span for f in ranked for span in f.spans))
    probability = 0.9 if stated else 0.1
    return Annotation(
        study=document.study,
        label=f"reporting.{item}",
        value={"reported": bool(stated), "probability": probability},
        evidence=tuple(evidence(document, s, e) for s, e in spans[:3]),
        source=SOURCE,
        confidence=probability if stated else 1 - probability,
    )


__all__ = ["best", "findings", "judge"]
