"""The recognisers as spaCy components, usable in anyone's `nlp`: nlp.add_pipe("vivex_mirna").

Each of vivex_mirna, vivex_gene, vivex_dose, vivex_route, vivex_schedule, vivex_outcome, vivex_species, vivex_strain, vivex_cell,
vivex_model, vivex_agent writes its spans to `doc.spans["vivex"]` (they may overlap) with the label in upper case; `vivex` runs all of
them. With `ents: true` in the component's config, spans that fit beside the entities already there are added to `doc.ents`.
Tokens decide: a span that ends within a token is widened to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from vivex.annotation import ENTITY_LABELS
from vivex.errors import MissingExtra
from vivex.recognize.entities import make_finders
from vivex.recognize.spans import Span

KEY = "vivex"


def component(labels: Iterable[str], *, key: str = KEY, ents: bool = False) -> Callable[[Any], Any]:
    """Return a function Doc -> Doc that marks the labels' spans."""
    finders = {label: finder for label, finder in make_finders().items() if label in set(labels)}

    def mark(doc: Any) -> Any:
        found = [span for finder in finders.values() for span in finder(doc.text)]
        spans = [made for span in found if (made := _span(doc, span)) is not None]
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


def _span(doc: Any, span: Span) -> Any:
    return doc.char_span(span.start, span.end, label=span.label.upper(), alignment_mode="expand")


def make_factory(*labels: str) -> Callable[..., Callable[[Any], Any]]:
    """Return a spaCy factory for the labels."""

    def create(nlp: Any, name: str, key: str = KEY, ents: bool = False) -> Callable[[Any], Any]:
        return component(labels, key=key, ents=ents)

    return create


def register() -> None:
    """Register the factories with spaCy; importing spaCy through the entry points does it too."""
    try:
        from spacy.language import Language
    except ImportError as error:
        raise MissingExtra("spaCy is not installed; pip install 'spacy>=3.8,<3.9'") from error
    for name, labels in ((KEY, ENTITY_LABELS), *((f"vivex_{label}", (label,)) for label in ENTITY_LABELS)):
        if not Language.has_factory(name):
            Language.factory(name, default_config={"key": KEY, "ents": False}, func=make_factory(*labels))


def __getattr__(name: str) -> Any:
    """Give the entry points their factories ("vivex_mirna" and the like), registered on the way."""
    if name == KEY or name.removeprefix("vivex_") in ENTITY_LABELS:
        register()
        return make_factory(*(ENTITY_LABELS if name == KEY else (name.removeprefix("vivex_"),)))
    raise AttributeError(name)
