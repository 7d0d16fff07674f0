"""Fill a form's fields: one proposal for each value, with evidence and the probability that it is right.

A codebook's field is filled by the built-in extractor it names (`source`, or its own name); any other field by its
labels, allowed values and keywords (see custom). Candidates are mentions and, where that was measured to help,
phrases of sentences; only the in-vivo part counts. How the trained model puts them in order stands in looking.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivex.annotation import Annotation, evidence
from vivex.codebook import Codebook, Field
from vivex.document import Document
from vivex.extract.choice import DOUBTFUL, announced, choose, sure
from vivex.extract.custom import any_of, propose_custom, quote_span
from vivex.extract.field_model import FieldModel, load
from vivex.extract.interventions import Row, intervention_rows, target_rows
from vivex.extract.looking import Looked, in_order, look
from vivex.extract.means.proposed_means import propose_means
from vivex.extract.mentioned import LABELS
from vivex.extract.reading import Reading, read
from vivex.extract.value_features import FIELDS, Group
from vivex.models import shipped

QUOTES = 3  # pieces of evidence kept for a value
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
    model = load(models or shipped() / "fields")
    return filled(looked_at(document, mentions, codebook, model), codebook, model)


def looked_at(document: Document, mentions: Sequence[Annotation], codebook: Codebook, model: FieldModel) -> Looked:
    """Return the values of the built-in fields that the codebook asks for, as the rankers see them."""
    reading = read(document, mentions)
    wanted = {f.subject for f in codebook.fields} & set(FIELDS)
    return look(reading, labels_of(codebook), model) if wanted and reading.lines else Looked(reading, {})


def filled(looked: Looked, codebook: Codebook, model: FieldModel) -> Proposals:
    """Return the proposals that a model makes of what was looked at."""
    reading, found = looked.reading, in_order(looked, model)
    values: list[Annotation] = []
    others: list[Annotation] = []
    said: dict[str, list[Group]] = {}
    for asked in codebook.fields:
        source = asked.subject
        if asked.type == "means":
            values += propose_means(reading, asked)
            continue
        if source not in FIELDS:
            own, further = propose_custom(reading, asked, model.category)
            values += own
            others += further
            continue
        order = found.get(source, [])
        most = model.most[source] if asked.many else 1
        fitting = on_subject(order, asked.keywords)
        threshold, least = model.bars(source)
        chosen = choose(fitting, threshold=threshold, least=least, most=most)
        if source == "disease_model" and not chosen:
            chosen = announced(fitting, reading.lines)
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


def labels_of(codebook: Codebook) -> dict[str, tuple[str, ...]]:
    """Return which labels feed each built-in field: those that the codebook gives it, else the usual ones."""
    given = {f.subject: f.labels for f in codebook.fields if f.labels}
    return {**LABELS, **{name: labels for name, labels in given.items() if name in FIELDS}}


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
        source=f"fields:{asked.subject}@{model.version}",
        confidence=sure(probability),
        group=name,
    )
