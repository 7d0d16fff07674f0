"""All that is read of one paper before anything is judged: computed once, used for judging, learning and suggesting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vivex.annotation import Annotation
from vivex.assess.items import allocation_concealment as concealment
from vivex.assess.items import baseline_characteristics as baseline
from vivex.assess.items import blinding, reporting
from vivex.assess.items import incomplete_outcome_data as attrition
from vivex.assess.items import other_bias as interests
from vivex.assess.items import random_housing as housing
from vivex.assess.items import random_outcome_assessment as order
from vivex.assess.items import selective_outcome_reporting as outcomes
from vivex.assess.items import sequence_generation as sequence
from vivex.assess.reading import accounting
from vivex.assess.reading import announced as comparison
from vivex.assess.reading.allocation import allocation
from vivex.assess.reading.announced import Announced
from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence, read
from vivex.assess.reading.sentence_reader import SentenceReader
from vivex.assess.weigh.heard import Heard, believed, hear, likeness
from vivex.assess.weigh.ranking import features
from vivex.assess.weigh.sentence_features import tokens
from vivex.assess.weigh.votes import candidates, joined, read_scores
from vivex.assess.weigh.whole_paper import quantities
from vivex.document import Document

READERS = (sequence, concealment, housing, order, blinding, baseline, attrition, outcomes, interests, reporting)
PAPER = 20  # sentences; what is shorter is judged by its sentences alone


@dataclass(frozen=True)
class Examined:
    """Hold a paper's readings and findings; the costlier views are made when first asked for."""

    document: Document
    readings: tuple[FoldedSentence, ...]
    findings: tuple[Indication, ...]
    known: tuple[Annotation, ...] = ()
    likeness: float = 0.0  # probability, by the reader, that a sentence tells of groups alike at baseline
    heard: tuple[Heard, ...] = ()  # what the reader holds of a paper's sentences
    believed: tuple[Indication, ...] = ()  # of that, what a model is sure of

    @property
    def said(self) -> tuple[Indication, ...]:
        """Return what judgements rest on: the findings, and what is believed of the reader's."""
        return (*self.findings, *self.believed)

    def believing(self, sure: Mapping[str, float]) -> Examined:
        """Return the paper with what is surer than these bounds (by label) believed; what was computed stays."""
        other = copy(self)
        vars(other)["believed"] = tuple(believed(self.heard, sure))
        return other

    @property
    def is_paper(self) -> bool:
        """Tell whether there is enough text to weigh the paper as a whole."""
        return len(self.readings) >= PAPER

    @cached_property
    def announced(self) -> list[Announced]:
        """Return the outcomes that Methods announce, each with where the results give it."""
        return comparison.announced(self.readings, self.known)

    @cached_property
    def quantities(self) -> dict[str, float]:
        """Return the named quantities that items 2, 8, 9 and 10 are weighed by."""
        counted = accounting.counts(self.readings)
        return quantities(self.readings, self.findings, counted, self.announced, self.likeness)

    @cached_property
    def features(self) -> tuple[tuple[str, ...], NDArray[np.float64]]:
        """Return the names and values of what evidence is ranked by, for every sentence."""
        return features(self.readings, self.findings, self.announced)

    @cached_property
    def tokens(self) -> list[list[str]]:
        """Return the feature names of every sentence."""
        return tokens(self.readings, self.findings)


def examine(document: Document, known: Sequence[Annotation] = (), *, reader: SentenceReader | None = None) -> Examined:
    """Read a paper by all rules, and by the learned reader where there is one."""
    readings = read(document)
    paper = len(readings) >= PAPER
    found = [finding for reading in readings for rules in READERS for finding in rules.find(reading)]
    heard: tuple[Heard, ...] = ()
    alike = 0.0
    if reader is not None:
        scores = read_scores(readings, candidates(readings, found, reader.gate, paper=paper), reader)
        if paper:
            heard, alike = tuple(hear(readings, found, scores, reader.votes)), likeness(scores)
        else:
            found = joined(readings, found, scores, reader.votes)
    if paper:
        found += accounting.account(readings)
        told = allocation(readings, found)
        found += [told] if told is not None else []
    return Examined(document, readings, tuple(found), tuple(known), alike, heard)
