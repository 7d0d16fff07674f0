"""Fill a form's fields: one proposal for each value, with evidence and the probability that it is right.

A codebook's field is filled by the built-in extractor it names (`source`, or its own name); any other field by its
labels, allowed values and keywords (see custom). Candidates are mentions and, where that was measured to help,
phrases of sentences. Only the in-vivo part counts: the trained model scores each sentence, each candidate where it
stands, each value over the whole paper, each once more beside the other fields' best values, and last how much of
it better values of its field have said already.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.annotation import Annotation, evidence
from vivex.codebook import Codebook, Field
from vivex.document import Document
from vivex.extract import animals, mentioned, results, treatment
from vivex.extract.choice import DOUBTFUL, beside_list, choose, ranked, sure
from vivex.extract.custom import any_of, propose_custom, quote_span
from vivex.extract.distinct import spread
from vivex.extract.field_model import FieldModel, load
from vivex.extract.interventions import Row, intervention_rows, target_rows
from vivex.extract.reading import Candidate, Reading, read, told
from vivex.extract.second_look import second_table
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
from vivex.models import shipped

if TYPE_CHECKING:
    from vivex.extract.value_features import Numbers

QUOTES = 3  # pieces of evidence kept for a value
SIZED = 0.5  # probability of a named group with its number of animals: 45 of 81 are right in the annotated papers
TARGETED = 0.5  # probability of a gene that is said to be a microRNA's target
ALTERNATIVES = 4  # further values kept for a field
SLIGHT = 0.03  # below, a further value is none: the annotated papers' recall@5 falls by 0.006, by 0.016 at 0.05


@dataclass(frozen=True, slots=True)
class Proposals:
    """Hold what is proposed, by field in the codebook's order and then best first, and the further candidates."""

    values: tuple[Annotation, ...]
    alternatives: tuple[Annotation, ...]
    tables: Mapping[str, Sequence[Row]]  # interventions, mirna_targets; those that have rows


def propose(
    document: Document, mentions: Sequence[Annotation], codebook: Codebook, *, models: Path | None = None
) -> Proposals:
    """Return proposals labelled form.<field>.

    `models` is the folder of the field model (default: the shipped one). Raises MissingModel where it holds none.
    """
    reading = read(document, mentions)
    wanted = {source_of(f) for f in codebook.fields} & set(FIELDS)
    model = load(models or shipped() / "fields")
    found = rank_all(reading, labels_of(codebook), model) if wanted and reading.lines else {}
    values: list[Annotation] = []
    others: list[Annotation] = []
    said: dict[str, list[Group]] = {}
    for asked in codebook.fields:
        source = source_of(asked)
        if source not in FIELDS:
            own, further = propose_custom(reading, asked, model.category)
            values += own
            others += further
            continue
        order = found.get(source, [])
        most = model.most[source] if asked.many else 1
        fitting = on_subject(order, asked.keywords)
        chosen = choose(fitting, threshold=model.threshold[source], least=model.least[source], most=most)
        if source == "n_per_group":
            chosen = [(g, p) for g, p in chosen if not whole(g, found.get("n_total", ())[:1])]
        said[source] = [g for g, _ in chosen]
        taken = {id(g) for g, _ in chosen}
        rest = [(g, p) for g, p in order[: len(chosen) + ALTERNATIVES] if id(g) not in taken]
        for group, p in chosen:
            values += _annotations(reading, asked, group, p, model)
        others += [_annotation(reading, asked, g, p, model) for g, p in rest[:ALTERNATIVES] if p >= SLIGHT]
    tables = {"interventions": intervention_rows(reading, said), "mirna_targets": target_rows(reading)}
    return Proposals(tuple(values), tuple(others), {name: rows for name, rows in tables.items() if rows})


def on_subject(order: Sequence[tuple[Group, float]], keywords: tuple[str, ...]) -> Sequence[tuple[Group, float]]:
    """Return the values that hold one of the words which a codebook gives for a built-in field; all where none does."""
    words = any_of(keywords)
    fitting = [(g, p) for g, p in order if words is not None and words.search(g.members[0].value)]
    return fitting or order


def whole(group: Group, totals: Sequence[tuple[Group, float]]) -> bool:
    """Tell whether a number is that of all animals and nothing says that it is a group's."""
    return any(p >= DOUBTFUL and group.key == g.key for g, p in totals) and all(
        m.way in ("count", "total") for m in group.members
    )


def source_of(asked: Field) -> str:
    """Return the built-in field that fills this one, or its own name."""
    return asked.source or asked.name


def labels_of(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Return which labels feed each built-in field: those that the codebook gives it, else the usual ones."""
    given = {source_of(f): f.labels for f in codebook.fields if f.labels}
    return {**mentioned.LABELS, **{name: labels for name, labels in given.items() if name in FIELDS}}


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


def rank_all(
    reading: Reading, labels: Mapping[str, Sequence[str]], model: FieldModel
) -> dict[str, list[tuple[Group, float]]]:
    """Return the values of every built-in field, best first, each with the probability that it is right."""
    import numpy as np

    candidates = candidates_of(reading, labels)
    flags = [line_flags(line, reading.topic) for line in reading.lines]
    scores = model.line_scores([line_features(ln, fl) for ln, fl in zip(reading.lines, flags, strict=True)])
    low = reading.document.reading.lower()
    first: dict[str, tuple[list[Group], list[float]]] = {}
    tables: dict[str, Numbers] = {}
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
        meaning = model.meaning_scores(field, meanings(groups, reading, model.words, lines))
        tables[field] = np.concatenate([group_table(groups, reading, scores, low), meaning], axis=1)
        first[field] = (groups, model.probabilities(field, tables[field]).tolist())
    found = {}
    for field, (groups, _) in first.items():
        again = model.second(field, second_table(field, first, tables[field])).tolist()
        if field == "target_gene":
            again = targeted(groups, again, reading)
        if field == "groups":
            again = sized(groups, again, first.get("n_per_group", ((), ()))[0])
        found[field] = spread(field, beside_list(field, ranked(field, groups, again)), model.same)
    return found


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
        listed = told(mention).get("targets")
        found = listed if isinstance(listed, list | tuple) else ()
        named |= {str(target["gene"]).lower() for target in found if isinstance(target, Mapping)}
    return [
        max(p, TARGETED) if any(m.value.lower() in named for m in g.members) else p
        for g, p in zip(groups, probabilities, strict=True)
    ]


def _annotations(
    reading: Reading, asked: Field, group: Group, probability: float, model: FieldModel
) -> Iterator[Annotation]:
    """Yield the proposal for a value; where the codebook asks by group and mentions name some, one for each of them."""
    by_group = asked.per == "group" and group.field != "groups"  # a group is its own group
    named = sorted({m.group for m in group.members if m.group}) if by_group else []
    whole = any(not m.group for m in group.members if m.way.startswith("mention:"))
    for name in named if named and not whole else [""]:
        yield _annotation(reading, asked, group, probability, model, name)


def _annotation(
    reading: Reading, asked: Field, group: Group, probability: float, model: FieldModel, name: str = ""
) -> Annotation:
    """Return the proposal for a value: its best candidate's wording, its best sentences as evidence."""
    spans = []
    for member in group.members:
        if not name or member.group == name:
            spans.append(quote_span(reading.lines[member.line], member.start, member.end))
    return Annotation(
        study=reading.document.study,
        label=f"form.{asked.name}",
        value=group.members[0].value,
        evidence=tuple(evidence(reading.document, start, end) for start, end in list(dict.fromkeys(spans))[:QUOTES]),
        source=f"fields:{source_of(asked)}@{model.version}",
        confidence=sure(probability),
        group=name,
    )
