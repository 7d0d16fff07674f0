"""What models answer for settled studies, by the base or by an adapted model over it: mentions, judgements, forms."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivex.annotation import Annotation, read_annotations
from vivex.codebook import Codebook, read_codebook
from vivex.document import Document
from vivex.learn.gold import Recognise, Study
from vivex.models import locate
from vivex.review import Review

if TYPE_CHECKING:
    from vivex.extract.field_model import FieldModel
    from vivex.extract.looking import Looked

Answered = Mapping[str, Sequence[Annotation]]  # by study
Look = Callable[[Document], "Looked"]


@contextmanager
def base_models(models: Path, place: Path) -> Iterator[Path]:
    """Give a models folder in which a review's base (or, without one, what is shipped) stands and nothing adapted."""
    place.mkdir(parents=True)
    if (models / "base").is_dir():
        (place / "base").symlink_to((models / "base").resolve(), target_is_directory=True)
    yield place


@contextmanager
def with_model(folder: Path, part: str, models: Path, place: Path) -> Iterator[Path]:
    """Give a models folder in which `folder` is the adapted model of a part, over the base of `models`."""
    with base_models(models, place) as found:
        (found / part).symlink_to(folder.resolve(), target_is_directory=True)
        yield found


def answers(
    part: str,
    studies: Sequence[Study],
    models: Path,
    params: Mapping[str, Any],
    codebook: Codebook,
    known: Answered,
    look: Look | None = None,
) -> Answered:
    """Return what the models answer for the studies; `look` may give what the rankers of forms see in a paper."""
    from vivex.arrows import annotator

    if part == "ner":
        return mentions(studies, models, params, codebook)
    if part == "fields":
        from vivex.extract.propose import filled

        model, seen = rankers(models), look or looking(models, codebook, known)
        return {s.study: filled(seen(s.document), codebook, model).values for s in studies}
    judge = annotator("syrcle", params=params.get("assess") or {}, models=models, codebook=codebook)
    return {s.study: judge(s.document, known=known[s.study]) for s in studies}


def mentions(studies: Sequence[Study], models: Path, params: Mapping[str, Any], codebook: Codebook) -> Answered:
    """Return the mentions that the models find in the studies."""
    recognise = recogniser(models, params, codebook)
    return {s.study: recognise(s.document) for s in studies}


def recogniser(models: Path, params: Mapping[str, Any], codebook: Codebook) -> Recognise:
    """Return the recogniser of the models, which is made when it is first asked."""
    from vivex.arrows import Annotator, annotator

    @functools.cache
    def made() -> Annotator:
        return annotator("entities", params=params.get("recognize") or {}, models=models, codebook=codebook)

    return lambda document: made()(document)


def reader(review: Review, models: Path, params: Mapping[str, Any], *, chosen: bool = False) -> Recognise:
    """Return what gives the mentions of a review's papers by the models; what the stage has found is read, if current.

    With `chosen` by the annotators that params name, as forms are filled from their mentions too.
    """
    from vivex.stages import present
    from vivex.work import Setting, annotators_of

    setting = Setting(review.outputs, params, models, review.codebook)
    others = bool((params.get("recognize") or {}).get("annotators"))
    plain = recogniser(models, params, read_codebook(review.codebook))

    @functools.cache
    def found() -> set[str]:
        return present("recognize", setting) if chosen or not others else set()

    def recognise(document: Document) -> Sequence[Annotation]:
        if document.study in found():
            return read_annotations(review.outputs / "mentions" / f"{document.study}.jsonl")
        return annotators_of("recognize", setting)(document) if chosen and others else plain(document)

    return recognise


def rankers(models: Path) -> FieldModel:
    """Return the model that fills forms."""
    from vivex.extract.field_model import load

    folder = locate(models, "fields")
    assert folder is not None
    return load(folder)


def looking(models: Path, codebook: Codebook, known: Answered) -> Look:
    """Return what gives a paper's values as the base's rankers see them, each paper looked at once."""
    from vivex.extract.propose import looked_at

    model = rankers(models)
    seen: dict[str, Looked] = {}

    def look(document: Document) -> Looked:
        if document.study not in seen:
            seen[document.study] = looked_at(document, known[document.study], codebook, model)
        return seen[document.study]

    return look
