"""The recognisers as a spaCy component, usable in anyone's `nlp`: nlp.add_pipe("vivex", config={"labels": ["mirna"]}).

It writes its spans to `doc.spans["vivex"]` (they may overlap) with the label in upper case; without `labels` it marks
every kind; each kind has a component of its own too, `vivex_<label>`. With `ents: true` in its config, spans that fit
beside the entities already there are added to `doc.ents`. Tokens decide: a span that ends within a token is widened
to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from vivex.errors import MissingExtra
from vivex.labels import entity_labels, is_entity
from vivex.recognize.kinds import found, kinds
from vivex.recognize.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

KEY = "vivex"


def component(labels: Iterable[str] = (), *, key: str = KEY, ents: bool = False) -> Callable[[Doc], Doc]:
    """Return a function Doc -> Doc that marks the labels' spans (without labels, those of every kind)."""
    wanted = [kind.label for kind in kinds(tuple(labels) or None)]  # an unknown label is named at once

    def mark(doc: Doc) -> Doc:
        marked = [span for label in wanted for span in found(label, doc.text)]
        spans = [made for span in marked if (made := _span(doc, span)) is not None]
        doc.spans[key] = [*doc.spans.get(key, []), *spans]
        if ents:
            taken = {token.i for ent in doc.ents for token in ent}
            fitting = []
            for span in sorted(spans, key=lambda s: (s.start - s.end, s.start)):
                if taken.isdisjoint(range(span.start, span.end)):
                    fitting.append(span)
                    taken.update(range(span.start, span.end))
            doc.ents = sorted([*doc.ents, *fitting], key=lambda s: s.start)
        return doc

    return mark


def _span(doc: Doc, span: Span) -> Any:
    return doc.char_span(span.start, span.end, label=span.label.upper(), alignment_mode="expand")


def create(nlp: Any, name: str, labels: Sequence[str] = (), key: str = KEY, ents: bool = False) -> Callable[[Doc], Doc]:
    """Make a component, as spaCy asks a factory to."""
    return component(labels, key=key, ents=ents)


def register() -> None:
    """Register "vivex", and a component "vivex_<label>" for each kind, with spaCy."""
    try:
        from spacy.language import Language
    except ImportError as error:
        raise MissingExtra("spaCy is not installed; pip install 'spacy>=3.8,<3.9'") from error
    for name, labels in ((KEY, []), *((f"{KEY}_{label}", [label]) for label in entity_labels())):
        if not Language.has_factory(name):
            Language.factory(name, default_config={"labels": labels, "key": KEY, "ents": False}, func=create)


def __getattr__(name: str) -> Any:
    """Give the entry point its factory; spaCy asks as it makes a pipeline, and the kinds' own are registered then."""
    if name == KEY or is_entity(name.removeprefix(f"{KEY}_")):
        register()
        return create
    raise AttributeError(name)
