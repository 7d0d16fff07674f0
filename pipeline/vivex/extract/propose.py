"""Fill a form's fields: one proposal for each value, with evidence and the probability that it is right.

A codebook's field is filled by the built-in extractor it names (`source`, or its own name); any other field by its
labels, allowed values and keywords (see fields_custom). Only the in-vivo part counts: the trained model scores each
sentence, each candidate where it stands and each value over the whole paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from vivex.annotation import Annotation, evidence
from vivex.codebook import Codebook, Field
from vivex.document import Document
from vivex.extract import animals as fields_animals
from vivex.extract import results as fields_results
from vivex.extract import treatment as fields_treatment
from vivex.extract.choice import choose
from vivex.extract.custom import propose_custom, quote_span
from vivex.extract.field_model import FieldModel, load
from vivex.extract.reading import Candidate, Reading, read
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
from vivex.models import shipped

_QUOTES = 3  # pieces of evidence kept for a value


def propose(
    document: Document, mentions: Sequence[Annotation], codebook: Codebook, *, models: Path | None = None
) -> list[Annotation]:
    """Return proposals labelled form.<field>, by field in the codebook's order and then best first.

    `models` is the folder of the field model (default: the shipped one). Raises MissingModel where it holds none.
    """
    reading = read(document, mentions)
    wanted = {_source(f) for f in codebook.fields} & set(FIELDS)
    model = load(models or shipped() / "fields")
    chosen = _choose_all(reading, wanted, model) if wanted and reading.lines else {}
    out: list[Annotation] = []
    for field in codebook.fields:
        source = _source(field)
        if source in FIELDS:
            found = chosen.get(source, [])
            out += [_annotation(reading, field, g, p, model) for g, p in (found if field.many else found[:1])]
        else:
            out += propose_custom(reading, field)
    return out


def _source(field: Field) -> str:
    """Return the built-in field that fills this one, or its own name."""
    return field.source or field.name


def _choose_all(reading: Reading, wanted: set[str], model: FieldModel) -> Mapping[str, list[tuple[Group, float]]]:
    """Return the chosen groups of each wanted field with their probabilities."""
    candidates: dict[str, list[Candidate]] = {f: [] for f in FIELDS}
    for module in (fields_animals, fields_treatment, fields_results):
        for candidate in module.candidates(reading):
            candidates[candidate.field].append(candidate)
    flags = [line_flags(line, reading.topic) for line in reading.lines]
    scores = model.line_scores([line_features(ln, fl) for ln, fl in zip(reading.lines, flags, strict=True)])
    low = reading.document.reading.lower()
    chosen = {}
    for column, field in enumerate(FIELDS):
        kept = [candidates[field][i] for i in prune(field, candidates[field], scores)]
        if field not in wanted or not kept:
            continue
        steps = [levels(row) for row in scores[:, column : column + 1]]
        rows = [
            candidate_features(c, reading.lines[c.line], flags[c.line], steps[c.line], reading.marked.get(c.line, ()))
            for c in kept
        ]
        groups = grouped(field, kept, model.candidate_scores(field, rows).tolist())
        probabilities = model.probabilities(field, group_table(groups, reading, scores, low)).tolist()
        chosen[field] = choose(
            field,
            groups,
            probabilities,
            threshold=model.threshold[field],
            least=model.least[field],
            most=model.most[field],
        )
    totals = {g.key for g, p in chosen.get("n_total", ()) if p >= 0.3}
    groups = [(g, p) for g, p in chosen.get("n_per_group", ()) if g.key not in totals]
    if groups:  # the whole number of animals is no group's, unless nothing else is said
        chosen["n_per_group"] = groups
    return chosen


def _annotation(reading: Reading, field: Field, group: Group, probability: float, model: FieldModel) -> Annotation:
    """Return the proposal for a group: its best candidate's value, its best sentences as evidence."""
    spans = []
    for member in group.members:
        line = reading.lines[member.line]
        spans.append(quote_span(line, member.start, member.end))
    spans = list(dict.fromkeys(spans))[:_QUOTES]
    return Annotation(
        study=reading.document.study,
        label=f"form.{field.name}",
        value=group.members[0].value,
        evidence=tuple(evidence(reading.document, start, end) for start, end in spans),
        source=f"fields:{_source(field)}@{model.version}",
        confidence=round(probability, 3),
    )
