"""What the machine proposes for a study: mentions, judgements and form proposals, as annotations."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from vivex.annotation import Annotation, read_annotations
from vivex.document import Document, read_document
from vivex.errors import MalformedFile, UnknownName
from vivex.review import Review

T = TypeVar("T")


def parsed(review: Review) -> list[str]:
    """Return the studies whose papers have been read."""
    return _studies_in(review.outputs / "documents")


def prefilled(review: Review) -> list[str]:
    """Return the studies whose forms are here."""
    return _studies_in(review.outputs / "forms")


def _studies_in(folder: Path) -> list[str]:
    return sorted(p.stem for p in folder.glob("*.json") if not p.name.startswith(".")) if folder.is_dir() else []


def document(review: Review, study: str) -> Document:
    """Return a study's document; raise UnknownName where its paper has not been read."""
    path = review.outputs / "documents" / f"{study}.json"
    if not path.exists():
        raise UnknownName(f"no paper of study {study!r} in {path.parent}; put it into pdfs/ and run `dvc repro`")
    return read_document(path)


def proposals(review: Review, study: str) -> list[Annotation]:
    """Return the machine's mentions, judgements and form proposals of a study; what no stage has written is empty."""
    path = review.outputs / "mentions" / f"{study}.jsonl"
    mentions = read_annotations(path) if path.exists() else []
    return [*mentions, *judgement_proposals(review, study), *form_proposals(review, study)]


def judgement_proposals(review: Review, study: str) -> list[Annotation]:
    """Return the machine's judgements of a study."""
    path = review.outputs / "judgements" / f"{study}.jsonl"
    return list(read_annotations(path)) if path.exists() else []


def form_proposals(review: Review, study: str) -> list[Annotation]:
    """Return the form proposals of a study, with the ids that stand in the workbook."""
    from vivex.forms.rows import proposals as of_record

    path = review.outputs / "forms" / f"{study}.json"
    if not path.exists():
        return []
    return of_record(_json(path), study=study)


def proposed(review: Review, study: str, fields: Iterable[str]) -> bool:
    """Tell whether the form of a study proposes anything for one of the fields."""
    return bool({f"form.{name}" for name in fields} & {a.label for a in form_proposals(review, study)})


def candidates(review: Review, study: str) -> dict[str, list[Annotation]]:
    """Return the further candidates of a study's form, by label."""
    from vivex.forms.rows import alternatives

    path = review.outputs / "forms" / f"{study}.json"
    return alternatives(_json(path), study=study) if path.exists() else {}


def _json(path: Path) -> dict[str, object]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error}); delete it and run `vivex prefill` again") from error


def models_named(annotations: Iterable[Annotation]) -> str:
    """Return the sources of proposals in one line, sorted: what a pre-filled form was pre-filled by."""
    return " ".join(sorted({a.source for a in annotations if a.source}))


class _ByStudy(Mapping[str, T]):
    """Give what `read` says of each study whose paper has been read, when asked for; the last eight stay at hand."""

    def __init__(self, review: Review, read: Callable[[Review, str], T]) -> None:
        self._known = parsed(review)
        self._read = functools.lru_cache(maxsize=8)(functools.partial(read, review))

    def __getitem__(self, study: str) -> T:
        if study not in self._known:
            raise KeyError(study)
        return self._read(study)

    def __contains__(self, study: object) -> bool:
        return study in self._known  # a Mapping's own would read the study's files

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Documents(_ByStudy[Document]):
    """Give the documents of a review by study."""

    def __init__(self, review: Review) -> None:
        super().__init__(review, document)


class Candidates(_ByStudy[dict[str, list[Annotation]]]):
    """Give the further candidates of a review's forms by study."""

    def __init__(self, review: Review) -> None:
        super().__init__(review, candidates)


class Proposals(_ByStudy[list[Annotation]]):
    """Give the machine's proposals of a review by study."""

    def __init__(self, review: Review) -> None:
        super().__init__(review, proposals)
