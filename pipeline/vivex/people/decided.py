"""A study as people left it: what is settled, what reviewers say where they disagree, what is only proposed.

The writers of vivex.forms take it as a `Paper` with states. Only what a person decided is settled; a study that is
still judged blind carries no proposal at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.forms.record import value_entry
from vivex.labels import is_entity
from vivex.paper import Paper
from vivex.people.library import publications, references
from vivex.people.machine import document, form_proposals, judgement_proposals
from vivex.people.resolve import Resolution
from vivex.people.values import kind
from vivex.questions import question
from vivex.review import Review
from vivex.states import AWAITED, CONFLICT, OPEN, PROPOSED, SETTLED

_STATES = {"conflict": CONFLICT, "awaited": AWAITED}  # of a resolution; all others are settled


@dataclass(frozen=True, slots=True)
class StudyState:
    """Hold what is said of a study and where each question that the codebook asks stands."""

    states: Mapping[str, str]
    mentions: tuple[Annotation, ...]
    judgements: tuple[Annotation, ...]
    form: Mapping[str, Any]


def standing(study: str, codebook: Codebook, items: Iterable[Resolution], proposed: Iterable[Annotation]) -> StudyState:
    """Return where a study stands after what people say (`items`); what nobody answers is as it was `proposed`."""
    states = dict.fromkeys(codebook.questions, OPEN)
    said: dict[str, list[Annotation]] = {}
    for a in proposed:
        if a.label in states:
            states[a.label] = PROPOSED
            said.setdefault(a.label, []).append(a)
    mentions: list[Annotation] = []
    for item in items:
        if is_entity(item.label):
            mentions += item.annotations
        elif item.label in states:
            said[item.label] = _answers(item)
            answered = _STATES.get(item.state, SETTLED)
            states[item.label] = answered if said[item.label] or answered == AWAITED else OPEN  # a judgement rejected
    fields = {
        field.name: [value_entry(a, {"value": a.value}, states[field.label]) for a in said[field.label]]
        for field in codebook.fields
        if said.get(field.label)
    }
    judgements = tuple(a for label, found in said.items() if kind(label) != "field" for a in found)
    form = {"form": codebook.name, "study": study, "fields": fields}
    return StudyState(states, tuple(mentions), judgements, form)


def _answers(item: Resolution) -> list[Annotation]:
    """Return what stands of a settled item, or what each side of a conflict says; of one that is awaited nothing.

    A field without a value is "not reported".
    """
    if item.state == "awaited":
        return []
    if item.settled:
        return _spoken(item.study, item.label, item.annotations, item.by, item.note)
    return [
        a for name, side in item.sides.items() for a in _spoken(item.study, item.label, side, f"reviewer:{name}", "")
    ]


def _spoken(study: str, label: str, said: Sequence[Annotation], by: str, note: str) -> list[Annotation]:
    if said:
        return [replace(a, decision=a.decision or "added") for a in said]
    silent = question(label).kind.silence
    return [Annotation(study, label, NOT_REPORTED, source=by, decision="rejected", note=note)] if silent else []


class Decided(Sequence[Paper]):
    """Give the studies of a review as people left them; their texts are read one at a time, when asked for."""

    def __init__(
        self,
        review: Review,
        codebook: Codebook,
        studies: Sequence[str],
        items: Iterable[Resolution],
        *,
        hidden: Collection[str] = (),
        sources: Mapping[str, Path] | None = None,
    ) -> None:
        """Give `studies` with what their `items` say; those `hidden` without proposals; `sources` are their files."""
        self._publications = publications(references(review, studies))
        by_study: dict[str, list[Resolution]] = {}
        for item in items:
            by_study.setdefault(item.study, []).append(item)
        self._review, self.studies, self._sources = review, studies, sources or {}
        self.standings = {
            study: standing(study, codebook, by_study.get(study, ()), () if study in hidden else _asked(review, study))
            for study in studies
        }

    def __len__(self) -> int:
        return len(self.studies)

    def __getitem__(self, index: int) -> Paper:  # type: ignore[override]
        if isinstance(index, slice):
            raise TypeError("studies are read one at a time; index with an integer")
        study = self.studies[index]
        of = self.standings[study]
        text, source = document(self._review, study), self._sources.get(study)
        known = self._publications[study]
        return Paper(text, of.mentions, of.judgements, of.form, source, of.states, known)


def _asked(review: Review, study: str) -> list[Annotation]:
    """Return the proposals that answer questions, mentions left aside."""
    return judgement_proposals(review, study) + form_proposals(review, study)
