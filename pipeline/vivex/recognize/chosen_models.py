"""Recognisers that a review chooses in params.yaml: an installed spaCy or scispaCy model, or a Hugging Face checkpoint.

recognize:
  models:
    gene: "spacy:en_ner_bionlp13cg_md"           # which of the model's labels answer to ours: Kind.named
    agent: {use: "spacy:en_ner_bc5cdr_md", labels: [CHEMICAL]}
    outcome: {use: "hf:path/or/name", labels: [Outcome]}
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vivex.document import Document
from vivex.errors import MalformedFile, MissingExtra, MissingModel
from vivex.labels import entity_labels, is_entity
from vivex.recognize.kinds import kind
from vivex.recognize.spans import Finder, Span, readable


def chosen_finders(choices: Mapping[str, Any]) -> dict[str, Finder]:
    """Return the finder of each label that the review chooses a model for; raise MissingModel or MissingExtra."""
    finders: dict[str, Finder] = {}
    for label, choice in choices.items():
        if not is_entity(label):
            raise MalformedFile(
                f"params.yaml: recognize.models.{label} is no entity; known: {', '.join(entity_labels())}"
            )
        use, labels = (choice, None) if isinstance(choice, str) else (choice.get("use", ""), choice.get("labels"))
        origin, _, name = str(use).partition(":")
        wanted = (
            frozenset(str(x).upper() for x in labels) if labels else kind(label).named or frozenset((label.upper(),))
        )
        if origin == "spacy" and name:
            finders[label] = functools.partial(_by_spacy, name=name, label=label, wanted=wanted)
            _spacy_model(name)
        elif origin == "hf" and name:
            finders[label] = functools.partial(_by_transformers, name=name, label=label, wanted=wanted)
            _transformers_model(name)
        else:
            raise MalformedFile(
                f"params.yaml: recognize.models.{label} is {use!r}; "
                "write spacy:<installed model> or hf:<folder or hub name>"
            )
    return finders


def chosen_spans(document: Document, finders: Mapping[str, Finder]) -> list[Span]:
    """Return what the chosen models find in the readable blocks."""
    return [
        span.moved(block.start)
        for block in readable(document)
        for finder in finders.values()
        for span in finder(document.reading[block.start : block.end])
    ]


@functools.cache
def _spacy_model(name: str) -> Any:
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra(
            "recognize.models asks for spaCy, which is not installed; pip install 'spacy>=3.8,<3.9'"
        ) from error
    try:
        return spacy.load(name, exclude=["parser", "tagger", "lemmatizer", "attribute_ruler"])
    except OSError as error:
        raise MissingModel(
            f"recognize.models asks for the spaCy model {name!r}, which is not installed; pip install it "
            "(scispaCy models: https://allenai.github.io/scispacy/) or remove the line from params.yaml"
        ) from error


def _by_spacy(text: str, *, name: str, label: str, wanted: frozenset[str]) -> Iterable[Span]:
    for ent in _spacy_model(name)(text).ents:
        if ent.label_.upper() in wanted:
            yield Span(ent.start_char, ent.end_char, label, {}, f"model:spacy:{name}", 0.8)


@functools.cache
def _transformers_model(name: str) -> Any:
    path = Path(name)
    if path.is_absolute() and not path.is_dir():  # a relative name may be a folder or one of the hub
        raise MissingModel(
            f"recognize.models asks for the Hugging Face model {name!r}, and there is no such folder; "
            "give the path of a downloaded checkpoint or remove the line from params.yaml"
        )
    try:
        import torch  # noqa: F401  # transformers alone imports, and fails when it loads
        from transformers import pipeline
    except ImportError as error:
        raise MissingExtra("recognize.models asks for a Hugging Face model; pip install 'vivex[train]'") from error
    try:
        model = pipeline("token-classification", model=name, aggregation_strategy="first")
    except (OSError, ValueError) as error:
        where = "folder" if path.is_dir() else "hub"
        raise MissingModel(
            f"recognize.models asks for the Hugging Face model {name!r}, which could not be loaded from the {where} "
            f"({str(error).splitlines()[0]}); "
            "give the path of a downloaded checkpoint or remove the line from params.yaml"
        ) from error
    return _in_windows(model)


def _in_windows(model: Any) -> Any:
    """Return the pipeline reading sentences longer than its checkpoint takes in windows that overlap by a quarter."""
    tokenizer, positions = model.tokenizer, getattr(model.model.config, "max_position_embeddings", None)
    if positions:
        tokenizer.model_max_length = min(tokenizer.model_max_length, positions - 2)  # RoBERTa keeps two for itself
    if tokenizer.model_max_length > 1_000_000:  # the library's way to say that no bound is known
        return model
    return functools.partial(model, stride=tokenizer.model_max_length // 4)


def _by_transformers(text: str, *, name: str, label: str, wanted: frozenset[str]) -> Iterable[Span]:
    from vivex.sentences import split

    model = _transformers_model(name)
    for start, end in split(text):
        for entity in model(text[start:end]):
            if str(entity["entity_group"]).upper() in wanted:
                yield Span(
                    start + int(entity["start"]), start + int(entity["end"]), label, {}, f"model:hf:{Path(name).name}",
                    round(float(entity["score"]), 3),
                )  # fmt: skip
