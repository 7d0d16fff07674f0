"""A paper's values as the rankers see them: candidates of every field, grouped by value, scored and put in order.

The trained model scores each sentence, each candidate where it stands, each value over the whole paper, each once more
beside the other fields' best values, then what the review's own decisions taught, and last how much of it better values
of its field have said already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from vivex.extract import animals, mentioned, results, treatment
from vivex.extract.choice import beside_list, listed, ranked
from vivex.extract.distinct import spread
from vivex.extract.field_model import FieldModel
from vivex.extract.reading import Candidate, Reading, told
from vivex.extract.second_look import others, second_table
from vivex.extract.value_features import (
    FIELDS,
    Group,
    candidate_features,
    group_table,
    grouped,
    levels,
    line_features,
    line_flags,
    prune,
)
from vivex.extract.word_vectors import meanings

if TYPE_CHECKING:
    from vivex.extract.value_features import Numbers

SIZED = 0.5  # probability of a named group with its number of animals: 45 of 81 are right in the annotated papers
OTHERS = frozenset(("introduction", "discussion"))  # sections that tell what others did, too
_RESULTS = ("outcomes", "main_result")  # which a discussion tells in the paper's own words
FITTING, BESIDE_OWN = 0.2, 0.2  # from which probability a value is one; what another's counts beside it
TARGETED = 0.5  # probability of a gene that is said to be a microRNA's target


@dataclass(frozen=True, slots=True)
class Showing:
    """Hold a field's values in one paper: their rows of the second look, what their words mean, how likely they are."""

    groups: Sequence[Group]
    rows: Numbers
    words: Numbers
    probabilities: Sequence[float]


@dataclass(frozen=True, slots=True)
class Looked:
    """Hold what the shipped rankers see in one paper, by built-in field; nothing of a review's own has been asked."""

    reading: Reading
    fields: Mapping[str, Showing]


def candidates_of(reading: Reading, labels: Mapping[str, Sequence[str]]) -> dict[str, list[Candidate]]:
    """Return the candidates of every built-in field."""
    found: dict[str, list[Candidate]] = {f: [] for f in FIELDS}
    for candidate in _all(reading, labels):
        found[candidate.field].append(_backed(candidate, reading))
    return found


def _backed(candidate: Candidate, reading: Reading) -> Candidate:
    """Return the candidate, marked as backed where it meets a mention of a fitting label, or where no label fits."""
    if candidate.backed or candidate.field == "outcomes":  # whose own phrases are many: marked as they are made
        return candidate
    fitting = mentioned.BACKING.get(candidate.field)
    met = fitting is None or any(
        label in fitting and start < candidate.end and candidate.start < end
        for start, end, label in reading.marked.get(candidate.line, ())
    )
    return replace(candidate, backed=True) if met else candidate


def _all(reading: Reading, labels: Mapping[str, Sequence[str]]) -> Iterator[Candidate]:
    yield from mentioned.candidates(reading, labels)
    for module in (animals, treatment, results):
        yield from module.candidates(reading)


def look(reading: Reading, labels: Mapping[str, Sequence[str]], model: FieldModel) -> Looked:
    """Return the values of every built-in field, each with the probability that it is right."""
    import numpy as np

    candidates = candidates_of(reading, labels)
    flags = [line_flags(line, reading.topic) for line in reading.lines]
    scores = model.line_scores([line_features(ln, fl) for ln, fl in zip(reading.lines, flags, strict=True)])
    low = reading.document.reading.lower()
    first: dict[str, tuple[list[Group], list[float]]] = {}
    tables: dict[str, Numbers] = {}
    words: dict[str, Numbers] = {}
    lines: dict[int, Numbers] = {}
    for column, field in enumerate(FIELDS):
        kept = [candidates[field][i] for i in prune(field, candidates[field], scores)]
        if not kept:
            continue
        steps = [levels(row) for row in scores[:, column : column + 1]]
        rows = [
            candidate_features(c, reading.lines[c.line], flags[c.line], steps[c.line], reading.marked.get(c.line, ()))
            for c in kept
        ]
        groups = grouped(field, kept, model.candidate_scores(field, rows).tolist(), reading.aliases)
        vectors = meanings(groups, reading, model.words, lines)
        words[field] = vectors[:, : model.words.size]
        meaning = model.meaning_scores(field, vectors)
        tables[field] = np.concatenate([group_table(groups, reading, scores, low), meaning], axis=1)
        first[field] = (groups, model.probabilities(field, tables[field]).tolist())
    found = {}
    beside = others(first)
    for field, (groups, _) in first.items():
        second = second_table(field, first, tables[field], beside)
        again = model.second(field, second).tolist()
        if field == "target_gene":
            again = targeted(groups, again, reading)
        if field == "groups":
            again = sized(groups, again, first.get("n_per_group", ((), ()))[0])
        found[field] = Showing(groups, second, words[field], again)
    return Looked(reading, found)


def in_order(looked: Looked, model: FieldModel) -> dict[str, list[tuple[Group, float]]]:
    """Return the values of every field, best first, with what the model has learnt of the review's own decisions."""
    found = {}
    for field, seen in looked.fields.items():
        own = model.own.get(field)
        order = in_line(field, seen.groups, own(seen) if own else seen.probabilities, model)
        found[field] = of_this_paper(field, order, looked.reading)
    return found


def of_this_paper(field: str, order: Sequence[tuple[Group, float]], reading: Reading) -> list[tuple[Group, float]]:
    """Return the values best first; what only introduction or discussion name comes last where the paper has its own.

    There others' animals and doses are told: "in mice, 10 mg/kg slowed the disease [1]".
    """
    away = [all(reading.lines[m.line].role in OTHERS for m in group.members) for group, _ in order]
    own = any(p >= FITTING and not is_away for (_, p), is_away in zip(order, away, strict=True))
    if field in _RESULTS or not own or not any(away):
        return list(order)
    weighed = [(g, p * BESIDE_OWN if is_away else p) for (g, p), is_away in zip(order, away, strict=True)]
    return sorted(weighed, key=lambda said: -said[1])


def in_line(
    field: str, groups: Sequence[Group], probabilities: Sequence[float], model: FieldModel
) -> list[tuple[Group, float]]:
    """Return a field's values best first, those that say what better ones have said already further back."""
    order = ranked(field, groups, probabilities)
    return spread(field, listed(field, beside_list(field, order)), model.same)


def sized(groups: Sequence[Group], probabilities: Sequence[float], sizes: Sequence[Group]) -> list[float]:
    """Return the probabilities, those of groups that the paper gives a number of animals for at least SIZED."""
    named = {m.group.lower() for g in sizes for m in g.members if m.group}
    return [
        max(p, SIZED) if any(m.value.lower() in named for m in g.members) else p
        for g, p in zip(groups, probabilities, strict=True)
    ]


def targeted(groups: Sequence[Group], probabilities: Sequence[float], reading: Reading) -> list[float]:
    """Return the probabilities, those of genes that a sentence names as a microRNA's target at least TARGETED.

    Too few annotated papers study a microRNA for it to be learnt; the number was set by hand.
    """
    named: set[str] = set()
    for mention in reading.mentions.get("mirna", ()):
        targets = told(mention).get("targets")
        found = targets if isinstance(targets, list | tuple) else ()
        named |= {str(target["gene"]).lower() for target in found if isinstance(target, Mapping)}
    return [
        max(p, TARGETED) if any(m.value.lower() in named for m in g.members) else p
        for g, p in zip(groups, probabilities, strict=True)
    ]
