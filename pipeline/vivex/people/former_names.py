"""Let a file be read that speaks of studies by former names: what it says is about the studies of now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from vivex.annotation import Annotation
from vivex.arrows import FilledForm
from vivex.jsonlines import read_lines
from vivex.people.rename import FILE, under_name
from vivex.review import Review

T = TypeVar("T")


def names_now(events: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Return the name that each renamed study has now, of the renamings in their order."""
    now: dict[str, str] = {}
    for event in events:
        old, new = event.get("old"), event.get("new")
        if isinstance(old, str) and isinstance(new, str):
            now = {study: new if name == old else name for study, name in now.items()}
            now[old] = new
            now.pop(new, None)  # a name that is in use again
    return now


def former_names(review: Review) -> dict[str, str]:
    """Return the present name of each study that was renamed, but of none whose former name is another paper's now."""
    path = review.annotations / FILE
    if not path.exists():
        return {}
    taken = {p.stem for p in review.pdfs.glob("*")} if review.pdfs.is_dir() else set()
    now = names_now(data for _, data in read_lines(path))
    return {old: new for old, new in now.items() if old not in taken}


class UnderFormerNames(Mapping[str, T]):
    """Give what a mapping holds by study under the study's former names too, as `told` of it under that name."""

    def __init__(self, of: Mapping[str, T], now: Mapping[str, str], told: Callable[[T, str], T]) -> None:
        self._of, self._told = of, told
        self._now = {old: new for old, new in now.items() if new in of}

    def __getitem__(self, study: str) -> T:
        if study in self._now:
            return self._told(self._of[self._now[study]], study)
        return self._of[study]

    def __contains__(self, study: object) -> bool:
        return study in self._now or study in self._of

    def __iter__(self) -> Iterator[str]:
        yield from self._of
        yield from (old for old in self._now if old not in self._of)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def named(annotations: Sequence[Annotation], study: str) -> list[Annotation]:
    """Return a study's annotations under another name of it."""
    return [replace(a, study=study) for a in annotations]


@dataclass(frozen=True, slots=True)
class FileSays:
    """Hold what a form's file says, about the studies as they are called now."""

    decisions: tuple[Annotation, ...]
    problems: tuple[object, ...]
    undecided: tuple[tuple[str, str], ...]
    unread: tuple[tuple[str, str], ...]
    blind: bool
    prefilled_by: str
    notes: tuple[str, ...]
    reviewer: str
    blind_studies: frozenset[str]


def said_now(contents: FilledForm, now: Mapping[str, str], machine: Mapping[str, Sequence[Annotation]]) -> FileSays:
    """Return what a file says under present names; a decision on a proposal stays one on that proposal."""
    blind: Collection[str] = getattr(contents, "blind_studies", ())
    met = sorted({a.study for a in contents.decisions} & set(now))
    notes = tuple(f"the study {old} is called {now[old]} now; what the file says of it is kept there" for old in met)
    ids = {replace(p, study=old).id: p.id for old in met for p in machine.get(now[old], ())}
    return FileSays(
        decisions=tuple(_moved(a, now[a.study], ids) if a.study in now else a for a in contents.decisions),
        problems=tuple(contents.problems),
        undecided=tuple((now.get(study, study), label) for study, label in contents.undecided),
        unread=tuple((now.get(study, study), label) for study, label in contents.unread),
        blind=contents.blind,
        prefilled_by=contents.prefilled_by,
        notes=(*getattr(contents, "notes", ()), *notes),
        reviewer=str(getattr(contents, "reviewer", "")),
        blind_studies=frozenset(now.get(study, study) for study in blind),
    )


def _moved(a: Annotation, study: str, ids: Mapping[str, str]) -> Annotation:
    after = under_name(a, study)
    return after if a.revises == a.id else replace(after, revises=ids.get(a.revises, a.revises))
