"""The entity annotator: grammars, the trained model and chosen models, joined, normalised and bound."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation, evidence
from vivex.codebook import Codebook
from vivex.document import Document
from vivex.recognize.edges import with_whole_edges
from vivex.recognize.joining import NEVER, Joining, combined, read_strategy
from vivex.recognize.kinds import finders, strategy
from vivex.recognize.other_meanings import without_other_meanings
from vivex.recognize.repeats import with_repeats
from vivex.recognize.spans import Finder, Span, readable

VERSION = "1"
_CELL_ENDS = str.maketrans("\t\n", ";;")  # a mention does not leave a cell; the cells beside it are its context
Model = Callable[[Document], Iterable[tuple[str, int, int, float]]]


@dataclass(frozen=True)
class Entities:
    """Annotate a Document with its entity mentions."""

    finders: Mapping[str, Finder]
    model: Model | None = None
    chosen: Mapping[str, Finder] = field(default_factory=dict)  # label -> the review's own model, alone for its label
    strategy: Mapping[str, Joining] = field(default_factory=strategy)
    name: str = "entities"
    version: str = VERSION

    def __call__(self, document: Document, *, known: Sequence[Annotation] = ()) -> list[Annotation]:
        """Return the mentions in reading order."""
        from vivex.recognize.normalise import normalised
        from vivex.recognize.relations import related

        spans = related(document, normalised(document, self.spans(document)))
        return [
            Annotation(
                study=document.study,
                label=span.label,
                value=dict(span.value),
                evidence=(evidence(document, span.start, span.end),),
                source=span.source,
                confidence=round(span.confidence, 3),
                group=span.group,
            )
            for span in spans
        ]

    def spans(self, document: Document) -> list[Span]:
        """Return the mentions as spans, before they are normalised."""
        asked = {
            label: finder
            for label, finder in self.finders.items()
            if label not in self.chosen
            and (self.model is None or self.strategy[label].grammar < NEVER or self.strategy[label].prefer == "grammar")
        }
        found = grammar_spans(document, asked)
        if self.model is not None:
            found = combined(found, model_spans(document, self.model), self.strategy)
        if self.chosen:
            from vivex.recognize.chosen_models import chosen_spans

            found = [s for s in found if s.label not in self.chosen] + chosen_spans(document, self.chosen)
        meant = without_other_meanings(document, with_whole_edges(document, found))
        return settled(with_repeats(document, meant))


def make_entities(*, params: Mapping[str, Any], models: Path, codebook: Codebook) -> Entities:
    """Make the entity annotator of a review.

    `models` is the folder that holds `ner` (see tagger.neural); without it the grammars stand alone. `params` may hold
    `models` (label -> chosen model, see chosen_models) and `strategy` (label -> how grammar and model are joined).
    """
    joinings = read_strategy(params.get("strategy") or {}, strategy())
    chosen = {}
    if params.get("models"):
        from vivex.recognize.chosen_models import chosen_finders

        chosen = chosen_finders(params["models"])
    return Entities(finders(), _load_model(models), chosen, joinings)


def _load_model(models: Path) -> Model | None:
    """Return the trained model that lies under `models`, promoted by the review or shipped, or None."""
    from vivex.models import locate

    folder = locate(models, "ner")
    if folder is None or not (folder / "model.json").is_file():
        return None
    from vivex.recognize.tagger.neural import load_folder

    model: Model = load_folder(folder)
    return model


def model_spans(document: Document, model: Model) -> list[Span]:
    """Return what the model finds, as spans."""
    source = getattr(model, "source", "model:ner")
    return [
        Span(start, end, label, {}, source, confidence)
        for label, first, last, confidence in model(document)
        for start, end in (uncut(document.reading, first, last),)
        if not _crosses_cells(document, start, end)
    ]


_BEFORE_FIGURE = re.compile(
    r"(?:(?<![\d.,])\d{1,3}(?:,\d{3}){0,4}[.,\u00b7]|(?<![^\s(\[])[.\u00b7]|(?<![A-Za-z.])[qQ])$"
)
_BEHIND_FIGURE = re.compile(r"\d*(?:[.,\u00b7]\d+)?")


def uncut(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span widened by the rest of a number in which it begins or ends (of ".75 mg", "1,250 mg", "q2d")."""
    if start and text[start : start + 1].isdigit():
        while start and text[start - 1].isdigit():
            start -= 1
        if cut := _BEFORE_FIGURE.search(text, max(0, start - 20), start):
            start = cut.start()
    if text[end - 1 : end].isdigit() and (rest := _BEHIND_FIGURE.match(text, end)):
        end = rest.end()
    return start, end


def _crosses_cells(document: Document, start: int, end: int) -> bool:
    """Tell whether the span leaves a table's cell."""
    block = document.block_at(start)
    return block is not None and block.kind == "table" and re.search(r"[\t\n]", document.text[start:end]) is not None


def grammar_spans(document: Document, finders: Mapping[str, Finder]) -> list[Span]:
    """Return what the finders see in the readable blocks, in characters of the document."""
    found = []
    for block in readable(document):
        text = document.reading[block.start : block.end]
        if block.kind == "table":
            text = text.translate(_CELL_ENDS)
        for finder in finders.values():
            found += [span.moved(block.start) for span in finder(text) if span.end > span.start]
    return found


def settled(spans: Iterable[Span]) -> list[Span]:
    """Return each span once, in reading order; a gene that lies in a miRNA is none."""
    seen: set[tuple[int, int, str]] = set()
    kept = []
    spans = [s for s in spans if s.start < s.end]
    ordered = sorted(spans, key=lambda s: (s.start, -s.end, s.label, -s.confidence))
    mirna = {i for s in ordered if s.label == "mirna" for i in range(s.start, s.end)}
    for span in ordered:
        key = (span.start, span.end, span.label)
        if key in seen or (span.label == "gene" and not mirna.isdisjoint(range(span.start, span.end))):
            continue
        seen.add(key)
        kept.append(span)
    return kept
