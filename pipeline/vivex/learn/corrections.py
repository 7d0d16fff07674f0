"""What corrected forms teach the recogniser: settled values, found again in the sentences that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from vivex.annotation import Annotation, evidence
from vivex.codebook import Codebook
from vivex.document import Document
from vivex.labels import entity_labels
from vivex.questions import NOT_REPORTED, normal_text
from vivex.sentences import sentences

_SHORTEST = 2  # characters of a value that is sought in a sentence
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Lesson:
    """Mark a sentence in which all mentions of a label are known, since a settled value of a form stands in it."""

    label: str
    start: int
    end: int

    def holds(self, annotation: Annotation) -> bool:
        """Tell whether the annotation is a mention that the lesson speaks of."""
        if annotation.label != self.label or not annotation.evidence:
            return False
        span = annotation.evidence[0]
        return self.start <= span.start and span.end <= self.end


def fed_by(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Return, by label of a form's field, the entity labels that its values are mentions of."""
    from vivex.extract.mentioned import LABELS

    known = entity_labels()
    found = {}
    for field in codebook.fields:
        wanted = field.labels or LABELS.get(field.subject, ())
        found[field.label] = tuple(label for label in wanted if label in known and label != "group")
    return {label: fed for label, fed in found.items() if fed}


def lessons(
    document: Document, settled: Iterable[Annotation], mentions: Sequence[Annotation], fed: Mapping[str, Sequence[str]]
) -> tuple[tuple[Lesson, ...], tuple[Annotation, ...]]:
    """Return the sentences that settled values teach, and all mentions in them.

    A value teaches where a sentence of its evidence holds its words, or a mention that goes by its name. Of the label's
    other mentions in that sentence the machine's stay, except those that the value's own words cross: what a person
    wrote into the form says where the mention begins and ends.
    """
    taught: dict[Lesson, set[tuple[int, int]]] = {}
    source: dict[tuple[str, int, int], Annotation] = {}
    for answer in settled:
        if not isinstance(answer.value, str) or answer.value == NOT_REPORTED:
            continue
        for start, end in _sentences_of(document, answer):
            for label in fed.get(answer.label, ()):
                lesson = Lesson(label, start, end)
                inside = [m for m in mentions if lesson.holds(m)]
                for span in _places(document, answer.value, lesson, inside):
                    taught.setdefault(lesson, set()).add(span)
                    source.setdefault((label, *span), answer)
    made: dict[tuple[str, int, int], Annotation] = {}
    for lesson, spans in taught.items():
        kept = _apart(spans)
        marks = {(a, b): source[lesson.label, a, b] for a, b in kept}
        for mention in filter(lesson.holds, mentions):
            place = mention.evidence[0]
            if all(place.end <= a or b <= place.start for a, b in kept):
                marks[place.start, place.end] = mention
        for (a, b), by in marks.items():
            proof = (evidence(document, a, b),)
            made[lesson.label, a, b] = Annotation(
                document.study, lesson.label, {}, proof, by.source, None, decision="accepted"
            )
    order = sorted(taught, key=lambda lesson: (lesson.start, lesson.end, lesson.label))
    return tuple(order), tuple(made[key] for key in sorted(made))


def _sentences_of(document: Document, answer: Annotation) -> Iterator[tuple[int, int]]:
    """Yield the sentences that the answer's evidence lies in."""
    for sentence in sentences(document):
        if any(sentence.start < e.end and e.start < sentence.end for e in answer.evidence):
            yield sentence.start, sentence.end


def _places(document: Document, value: str, lesson: Lesson, inside: Sequence[Annotation]) -> list[tuple[int, int]]:
    """Return where the value stands in the sentence: its own words, or else mentions that go by its name."""
    if len(value.strip()) < _SHORTEST:
        return []
    words = r"\s+".join(re.escape(word) for word in _WORD.findall(value))
    pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
    text = document.reading[lesson.start : lesson.end]
    said = [(lesson.start + m.start(), lesson.start + m.end()) for m in pattern.finditer(text)]
    if said:
        return said
    named = normal_text(value)
    return [(m.evidence[0].start, m.evidence[0].end) for m in inside if named in _names(m)]


def _names(mention: Annotation) -> set[str]:
    """Return the names that a mention goes by."""
    value = mention.value if isinstance(mention.value, Mapping) else {}
    return {normal_text(str(value[key])) for key in ("normal", "text") if value.get(key)}


def _apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans without overlaps; the longer stays."""
    kept: list[tuple[int, int]] = []
    for a, b in sorted(spans, key=lambda s: (s[0] - s[1], s)):
        if all(b <= x or y <= a for x, y in kept):
            kept.append((a, b))
    return sorted(kept)
