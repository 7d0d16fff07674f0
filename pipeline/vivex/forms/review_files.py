"""The files of a whole review: workbook, CSV set, report, figures; each anew only where it would differ."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.arrows import Form, plugged_in, registered
from vivex.codebook import Codebook
from vivex.dependencies import code_hash
from vivex.document import sha256
from vivex.forms.figures import judgements, write_figures
from vivex.forms.guarded import Tell, studies_of, written
from vivex.forms.made_from import MadeFrom, read_made_from
from vivex.forms.report.review_page import Front, write_front, write_page, write_report
from vivex.forms.report.snippets import pictures_of
from vivex.forms.tables.csvs import write_csvs
from vivex.forms.volumes import Volume, named, of_volume, volumes
from vivex.inputs import of_libraries
from vivex.paper import Failure, Paper

if TYPE_CHECKING:
    from vivex.engines import Engine

_LIBRARIES = ("openpyxl", "lxml", "matplotlib", "numpy", "pillow")  # whose versions decide bytes

_DRAWN = ("figures", "report")  # they load the same library, which takes as long as the drawing

Write = Callable[[Sequence[Paper], Path], list[Path]]  # writes of the papers into the folder, and returns the files


@dataclass(frozen=True, slots=True)
class _Part:
    """Describe a part of the files: how it is written into a folder, and the papers and failures that it shows."""

    name: str
    write: Write
    papers: Sequence[Paper]
    failures: Sequence[Failure]
    keys: tuple[str, ...] = ()
    place: str = ""  # where it stands among others of its kind

    def key(self, common: str) -> str:
        """Return the hash of all that it shows."""
        lost = json.dumps([asdict(failure) for failure in self.failures])
        return sha256("\n".join([self.name, self.place, common, lost, *self.keys]).encode())[:32]


@dataclass(frozen=True, slots=True)
class _Order:
    """Ask for parts of a review's files: all that they are made from, and which of them."""

    papers: Sequence[Paper]
    failures: Sequence[Failure]
    codebook: Codebook
    out: Path
    keys: Sequence[str]
    numbers: tuple[int, ...]


def write_review(
    papers: Sequence[Paper],
    failures: Sequence[Failure],
    codebook: Codebook,
    out: Path,
    *,
    keys: Sequence[str] | None = None,
    tell: Tell = lambda notes: None,
    engine: Engine | None = None,
) -> list[Path]:
    """Write every file of the review into `out`; return the ones a reviewer opens first.

    A paper that breaks one of the files is left out of that file; `tell` is given a note of each. With `keys`, for each
    paper the hash of all that its files show, only what would differ is written. With an `engine` of this machine its
    children write the parts, several at a time.
    """
    out.mkdir(parents=True, exist_ok=True)
    filled_in, views, broken = _parts(papers, failures, codebook, out, keys or ())
    tell(broken)
    made = read_made_from(out) if keys is not None else None
    common = _common(codebook) if made is not None else ""
    stale = [
        number
        for number, part in enumerate([*filled_in, *views])
        if engine is not None and (made is None or not made.holds(part.name, part.key(common)))
    ]
    drawing = [number for number in stale if number >= len(filled_in) and views[number - len(filled_in)].name in _DRAWN]
    others = [number for number in stale if number not in drawing]
    shared = [drawing, others] if len(others) < 3 else [drawing, *([number] for number in others)]
    orders = [_Order(papers, failures, codebook, out, keys or (), tuple(numbers)) for numbers in shared if numbers]
    done = _elsewhere(orders, engine)
    opened = [p for n, part in enumerate(filled_in) for p in _renewed(part, made, common, out, tell, done.get(n))]
    for number, part in enumerate(views, len(filled_in)):
        _renewed(part, made, common, out, tell, done.get(number))
    if made is not None:
        made.close()
    return [out / "report.html", *opened, out / "figures"]


def _parts(
    papers: Sequence[Paper], failures: Sequence[Failure], codebook: Codebook, out: Path, keys: Sequence[str]
) -> tuple[list[_Part], list[_Part], list[str]]:
    """Return the parts of the registered forms, those of the views, and what to tell of forms that are passed over."""
    forms, broken = registered("vivex.forms", Form)
    filled_in: list[_Part] = []
    for name, form in forms.items():
        filled_in += _of_a_form(name, form, papers, failures, codebook, keys)
    views = _views(papers, failures, codebook, out, out.parent / "highlighted", Front(), keys, decided=False)
    return filled_in, views, broken


def _elsewhere(orders: Sequence[_Order], engine: Engine | None) -> dict[int, tuple[list[Path], list[str]]]:
    """Return for each part that a child wrote its files and notes; what a child can't write is left to the caller."""
    if engine is None or len(orders) < 2:
        return {}
    outcomes = engine.map(_write_parts, orders)
    return {number: made for outcome in outcomes if outcome.error is None for number, made in outcome.value.items()}


def _write_parts(order: _Order) -> dict[int, tuple[list[Path], list[str]]]:
    """Write the parts, one after the other; return the files of each and the notes to the reviewer."""
    filled_in, views, _ = _parts(order.papers, order.failures, order.codebook, order.out, order.keys)
    parts, made = [*filled_in, *views], dict[int, tuple[list[Path], list[str]]]()
    for number in order.numbers:
        part, notes = parts[number], list[str]()
        made[number] = written(part.name, part.write, part.papers, order.out, notes.extend), notes
    return made


def write_views(
    papers: Sequence[Paper],
    failures: Sequence[Failure],
    codebook: Codebook,
    out: Path,
    *,
    highlighted: Path,
    tell: Tell,
    front: Front,
    further: Mapping[str, Write] | None = None,
) -> list[Path]:
    """Write CSV set, figures and report of what people settled into `out`, and `further` parts; return them.

    `highlighted` is the folder of the annotated PDFs; `papers` have states (`Paper.states`).
    """
    parts = _views(papers, failures, codebook, out, highlighted, front, (), decided=True)
    parts += [_Part(name, write, papers, ()) for name, write in (further or {}).items()]
    return [path for part in parts for path in _renewed(part, None, "", out, tell)]


def _renewed(
    part: _Part,
    made: MadeFrom | None,
    common: str,
    out: Path,
    tell: Tell,
    done: tuple[list[Path], list[str]] | None = None,
) -> list[Path]:
    """Return the files of a part, written where nothing is known of what they were made from, or that has changed.

    `done`: they are written already; its files and notes.
    """

    def anew(note: Tell) -> list[Path]:
        if done is None:
            return written(part.name, part.write, part.papers, out, note)
        note(done[1])
        return done[0]

    return anew(tell) if made is None else made.renew(part.name, part.key(common), anew, tell)


def _common(codebook: Codebook) -> str:
    """Return the hash of what all parts depend on."""
    told = [code_hash("vivex.forms.review_files", "vivex.forms.workbook"), *of_libraries(_LIBRARIES)]
    return sha256("\n".join([*told, *plugged_in("vivex.forms"), repr(codebook)]).encode())


def _of_a_form(
    name: str,
    form: Form,
    papers: Sequence[Paper],
    failures: Sequence[Failure],
    codebook: Codebook,
    keys: Sequence[str],
) -> list[_Part]:
    """Return the parts of a registered form; the workbook is forms.xlsx, others are named as registered."""
    divided = volumes(papers, keys) if name == "workbook" else [Volume(1, 1, papers, tuple(keys))]
    known = frozenset(study for volume in divided for study in volume.studies)
    parts = []
    for volume in divided:
        file = named(Path(f"{'forms' if name == 'workbook' else name}{form.suffix}"), volume, len(divided)).name
        lost = failures if len(divided) == 1 else of_volume(failures, volume, known)
        write = functools.partial(_write_form, form=form, file=file, failures=lost, codebook=codebook)
        parts.append(_Part(_numbered(name, volume, divided), write, volume.papers, lost, volume.keys))
    return parts


def _write_form(
    papers: Sequence[Paper], out: Path, *, form: Form, file: str, failures: Sequence[Failure], codebook: Codebook
) -> list[Path]:
    form.write(out / file, papers=papers, failures=failures, codebook=codebook)
    return [out / file]


def _views(
    papers: Sequence[Paper],
    failures: Sequence[Failure],
    codebook: Codebook,
    out: Path,
    highlighted: Path,
    front: Front,
    keys: Sequence[str],
    *,
    decided: bool,
) -> list[_Part]:
    """Return what people look at and hand on: CSV set, figures, report."""

    def tables(some: Sequence[Paper], to: Path) -> list[Path]:
        return write_csvs(some, failures, codebook, to / "csv", decided=decided)

    known = tuple(keys)
    parts = [
        _Part("CSV set", tables, papers, failures, known),
        _Part("figures", lambda some, to: write_figures(some, to / "figures"), papers, (), known),
    ]
    pictures = pictures_of(out.parent / "pictures")
    divided = volumes(papers, keys)
    if len(divided) == 1:

        def report(some: Sequence[Paper], to: Path) -> list[Path]:
            path = to / "report.html"
            write_report(some, failures, codebook, path, pictures=pictures, highlighted=highlighted, front=front)
            return [path]

        return [*parts, _Part("report", report, papers, failures, known)]

    home = Path("report.html")
    pages = [(named(home, volume, len(divided)), volume.first, volume.last) for volume in divided]

    def first(some: Sequence[Paper], to: Path) -> list[Path]:
        write_front(judgements(some), failures, codebook, to / home, read=studies_of(some), pages=pages, front=front)
        return [to / home]

    def page(some: Sequence[Paper], to: Path, *, volume: Volume, ways: Sequence[tuple[str, Path]]) -> list[Path]:
        path = to / pages[volume.number - 1][0]
        write_page(
            some,
            codebook,
            path,
            first=volume.first,
            ways=ways,
            pictures=pictures,
            highlighted=highlighted,
            front=front,
        )
        return [path]

    parts.append(_Part("report", first, papers, failures, known))
    for volume in divided:
        before, after = pages[: volume.number - 1][-1:], pages[volume.number :][:1]
        ways = [("All studies", home), *(("before", p) for p, *_ in before), *(("next", p) for p, *_ in after)]
        write = functools.partial(page, volume=volume, ways=ways)
        place = json.dumps([volume.first, [(words, path.name) for words, path in ways]])
        parts.append(_Part(_numbered("report", volume, divided), write, volume.papers, (), volume.keys, place))
    return parts


def _numbered(name: str, volume: Volume, divided: Sequence[Volume]) -> str:
    return name if len(divided) == 1 else f"{name} {volume.number}"
