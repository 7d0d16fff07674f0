"""The formats of other programs: what each holds, and the door through which all of them are found.

Built-ins and plug-ins register alike, under the entry-point group `vivex.formats`: the entry's name is what is typed
after `--to`, its object a `Format`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vivex.annotation import Annotation
from vivex.arrows import load, names, registered
from vivex.codebook import Codebook, Field
from vivex.errors import UnknownName
from vivex.files import write_bytes
from vivex.forms.tables.prisma import Box
from vivex.references import Reference

GROUP = "vivex.formats"
RESULTS, REFERENCES, DECISIONS, ANNOTATIONS = "results", "references", "decisions", "annotations"
Files = Mapping[str, bytes]  # name within the folder -> contents
HEAD = 4096  # bytes by which a file's format is told


@dataclass(frozen=True, slots=True)
class SettledStudy:
    """Hold what people settled about a study, and where each question stands."""

    study: str
    label: str  # what people call it: "Folarin 2016"
    reference: Reference
    values: tuple[tuple[Field, Annotation], ...] = ()  # settled
    judgements: tuple[Annotation, ...] = ()  # settled: SYRCLE and what is reported
    states: Mapping[str, str] = field(default_factory=dict)  # label -> one of vivex.states
    file: str = ""  # the paper's file name
    unsettled: tuple[tuple[Field, Annotation], ...] = ()  # in conflict or only proposed, where that is asked for

    def judged(self, item: str) -> list[Annotation]:
        """Return the settled judgements of a SYRCLE item, that of the whole study first."""
        return sorted((a for a in self.judgements if a.label == f"syrcle.{item}"), key=lambda a: a.group)


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """Mark characters of a text as naming something; several `parts` where the words stand apart."""

    label: str
    parts: tuple[tuple[int, int], ...]  # half-open, in characters, in the order of the text
    normal: str = ""  # the normal form of what is named
    by: str = ""  # who marked it
    group: str = ""
    page: int | None = None

    @property
    def start(self) -> int:
        """Return where it begins."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.parts[-1][1]


@dataclass(frozen=True, slots=True)
class MarkedText:
    """Hold a paper's text and the spans marked in it."""

    study: str
    text: str
    spans: tuple[MarkedSpan, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Hold what a person answered in another program."""

    study: str  # what that program calls the study: the id that we gave it, where it kept that one
    reviewer: str
    question: str
    answer: str
    comment: str = ""
    quotes: tuple[str, ...] = ()
    group: str = ""
    reconciled: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """Hold all that a writer may write of a review."""

    codebook: Codebook
    studies: Sequence[SettledStudy] = ()
    boxes: Sequence[Box] = ()
    texts: Callable[[], Iterator[MarkedText]] = lambda: iter(())
    title: str = "Review"
    beside: Mapping[str, bytes] = field(default_factory=dict)  # files in the review's folder that a writer goes on with


@dataclass(frozen=True, slots=True)
class Brought:
    """Hold what a reader found in a file, and what to tell about it."""

    references: tuple[Reference, ...] = ()
    answers: tuple[Answer, ...] = ()
    studies: Mapping[str, Reference] = field(default_factory=dict)  # of the answers, by what the program calls them
    texts: tuple[MarkedText, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """Declare a format: whose it is, what it holds, how it is written and read."""

    program: str  # whose format it is, with what version was looked at
    holds: str  # RESULTS, REFERENCES, DECISIONS or ANNOTATIONS
    about: str  # what is written or read, and what to do with it there
    loses: str = ""  # what the format can't hold
    write: Callable[[Material], Files] | None = None
    read: Callable[[Path], Brought] | None = None
    suffixes: tuple[str, ...] = ()  # of the files that it reads
    known_by: Callable[[str], bool] = lambda head: True  # tells by a file's first characters


def format_names() -> list[str]:
    """Return the names of all formats, sorted."""
    return names(GROUP)


def format_named(name: str) -> Format:
    """Return the format registered as `name`.

    Raise UnknownName that lists the known ones, MissingExtra where it can't be loaded.
    """
    found: Format = load(GROUP, name, Format)
    return found


def all_formats() -> dict[str, Format]:
    """Return the formats by name; what can't be loaded is passed over, and `broken_formats` tells it."""
    return registered(GROUP, Format)[0]


def broken_formats() -> list[str]:
    """Return one line for each registered format that is passed over; the others go on."""
    return registered(GROUP, Format)[1]


def writer_named(name: str) -> Callable[[Material], Files]:
    """Return the writer of a format; raise UnknownName that lists the formats which can be written."""
    if name in format_names() and (write := format_named(name).write) is not None:
        return write
    known = ", ".join(name for name, of in all_formats().items() if of.write is not None)
    raise UnknownName(f"no format that can be written is called {name!r}; known: {known}")


def format_of(path: Path, name: str = "") -> tuple[str, Format]:
    """Return the format that reads a file, by `name` or by its suffix and first characters.

    Raise UnknownName that lists the known ones where none does, or the file's beginning doesn't tell.
    """
    if name in format_names() and (of := format_named(name)).read is not None:
        return name, of
    readers = {key: of for key, of in all_formats().items() if of.read is not None}
    if name:
        raise UnknownName(f"no format that can be read is called {name!r}; known: {', '.join(readers)}")
    with path.open("rb") as stream:
        head = stream.read(HEAD).decode("utf-8-sig", "replace")
    fitting = [key for key, of in readers.items() if path.suffix.lower() in of.suffixes and of.known_by(head)]
    if len(fitting) == 1:
        return fitting[0], readers[fitting[0]]
    known = ", ".join(fitting or readers)
    what = "it may be one of several" if fitting else "its beginning is that of none"
    raise UnknownName(f"{path}: which program's file is this? {what}; say --from NAME (known: {known})")


def write_results(material: Material, out: Path) -> list[Path]:
    """Write what people settled in every format that holds results, a folder for each; return the files."""
    written = []
    for name, of in all_formats().items():
        if of.holds == RESULTS and of.write is not None:
            for file, data in of.write(material).items():
                written.append(out / name / file)
                write_bytes(written[-1], data)
    return written
