"""The three arrows between files, documents, annotations and forms, and the registry of their makers.

Built-ins and plug-ins register alike, under the entry-point groups `vivex.parsers`, `vivex.annotators` and
`vivex.forms`. A parser entry is a `Parser`; an annotator entry is a factory `(params, models) -> Annotator`;
a form entry is a `Form`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from vivex.compiled import kept
from vivex.errors import MissingExtra, UnknownName
from vivex.paper import Failure, Paper

if TYPE_CHECKING:
    from vivex.annotation import Annotation
    from vivex.codebook import Codebook
    from vivex.document import Document


@runtime_checkable
class Parser(Protocol):
    """Read a file into a Document; raise UnreadablePaper with reason and remedy."""

    suffixes: tuple[str, ...]

    def __call__(self, data: bytes, *, study: str, params: Mapping[str, Any]) -> Document: ...


@runtime_checkable
class Annotator(Protocol):
    """Annotate a Document; `known` holds what earlier annotators found in it."""

    name: str
    version: str

    def __call__(self, document: Document, *, known: Sequence[Annotation] = ()) -> list[Annotation]: ...


class AnnotatorFactory(Protocol):
    """Make an Annotator from a review's parameters and its models folder."""

    def __call__(self, *, params: Mapping[str, Any], models: Path, codebook: Codebook) -> Annotator: ...


class FilledForm(Protocol):
    """Give what a person decided in a form's file, and what of it could not be read."""

    @property
    def decisions(self) -> Sequence[Annotation]: ...

    @property
    def problems(self) -> Sequence[object]: ...  # each says, as text, where, what and what to do

    @property
    def undecided(self) -> Sequence[tuple[str, str]]: ...  # study and label of what was left alone

    @property
    def unread(self) -> Sequence[tuple[str, str]]: ...  # what could not be read: earlier decisions stand

    @property
    def blind(self) -> bool: ...

    @property
    def prefilled_by(self) -> str: ...


@runtime_checkable
class Form(Protocol):
    """Write what is proposed into a file that people fill in, and read what they decided back.

    Every registered form is written beside the report, and `vivex import` reads a file by its suffix.
    """

    suffix: str

    def write(
        self,
        path: Path,
        *,
        papers: Sequence[Paper],
        failures: Sequence[Failure],
        codebook: Codebook,
        reviewer: str = "",
        blind: bool = False,
        prefilled_by: str = "",
    ) -> None: ...

    def read(
        self,
        path: Path,
        *,
        documents: Mapping[str, Document],
        machine: Mapping[str, Sequence[Annotation]],
        candidates: Mapping[str, Mapping[str, Sequence[Annotation]]],
        codebook: Codebook,
        reviewer: str,
    ) -> FilledForm: ...


def load(group: str, name: str, kind: type[object] = object) -> Any:
    """Return the object registered as `name` in `group`.

    Raise UnknownName that lists the known ones, MissingExtra where it can't be loaded or is no `kind`.
    """
    found = _entries(group)
    if name not in found:
        raise UnknownName(f"no {_word(group)} is called {name!r}; known: {', '.join(sorted(found))}")
    return _loaded(found[name], kind)


def registered(group: str, kind: type[object]) -> tuple[dict[str, Any], list[str]]:
    """Return what is registered in `group` by name, sorted, and one line for each entry that is passed over.

    That is one which can't be loaded or is no `kind`.
    """
    found: dict[str, Any] = {}
    broken = []
    for name, entry in sorted(_entries(group).items()):
        try:
            found[name] = _loaded(entry, kind)
        except MissingExtra as error:
            broken.append(str(error))
    return found, broken


def _entries(group: str) -> dict[str, EntryPoint]:
    return {entry.name: entry for entry in entry_points(group=group)}


def _word(group: str) -> str:
    """Return what one of a group is called: "parser"."""
    return group.removeprefix("vivex.").rstrip("s")


def _loaded(entry: EntryPoint, kind: type[object]) -> object:
    """Return what an entry names; raise MissingExtra where it can't be loaded or is no `kind`."""
    remedy = "install vivex anew" if _own(entry) else "mend that package or uninstall it"
    declared = f"the {_word(entry.group)} {entry.name!r} is declared at {entry.value}"
    try:
        with kept():  # a module's expressions, as the module itself
            found: object = entry.load()
    except (Exception, SystemExit) as error:  # whatever a stranger's module does as it is imported
        if isinstance(error, MemoryError) or (_own(entry) and not _gone(entry, error)):
            raise
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise MissingExtra(f"{declared}, which can't be loaded ({said}); {remedy}") from error
    if not isinstance(found, kind):
        raise MissingExtra(f"{declared}, which is no {kind.__module__}.{kind.__qualname__}; {remedy}")
    return found


def _gone(entry: EntryPoint, error: BaseException) -> bool:
    """Tell whether the entry's module itself is absent: an installation's list of entries may be another version's."""
    absent = error.name if isinstance(error, ModuleNotFoundError) else None
    return absent is not None and f"{entry.module}.".startswith(f"{absent}.")


def annotator(name: str, *, params: Mapping[str, Any], models: Path, codebook: Codebook) -> Annotator:
    """Return the annotator registered as `name`, made from a review's parameters and its models folder."""
    factory: AnnotatorFactory = load("vivex.annotators", name)
    return factory(params=params, models=models, codebook=codebook)


def names(group: str) -> list[str]:
    """Return the names registered in `group`, sorted."""
    return sorted(_entries(group))


def plugged_in(group: str, chosen: Iterable[str] | None = None) -> list[str]:
    """Return "name package version place" of the strangers' entries of a group (of those chosen)."""
    wanted = None if chosen is None else set(chosen)
    return sorted(
        f"{entry.name} {entry.dist.name if entry.dist else ''} {entry.dist.version if entry.dist else ''} {entry.value}"
        for entry in entry_points(group=group)
        if not _own(entry) and (wanted is None or entry.name in wanted)
    )


def _own(entry: EntryPoint) -> bool:
    return entry.value.split(":")[0].split(".")[0] == "vivex"
