"""The files of a whole review: workbook, CSV set, report, figures."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from pathlib import Path

from vivex.arrows import Form, load, names
from vivex.codebook import Codebook
from vivex.errors import MissingExtra
from vivex.forms.figures import write_figures
from vivex.forms.guarded import Tell, written
from vivex.forms.report.review_page import Front, write_report
from vivex.forms.report.snippets import pictures_of
from vivex.forms.tables.csvs import write_csvs
from vivex.forms.tables.exchange import write_exchange
from vivex.paper import Failure, Paper


def _write_form(
    name: str, form: Form, papers: Sequence[Paper], out: Path, *, failures: Sequence[Failure], codebook: Codebook
) -> Path:
    """Write a registered form for the whole review; the workbook is forms.xlsx, others are named as registered."""
    path = out / f"{'forms' if name == 'workbook' else name}{form.suffix}"
    form.write(path, papers=papers, failures=failures, codebook=codebook)
    return path


def write_review(
    papers: Sequence[Paper],
    failures: Sequence[Failure],
    codebook: Codebook,
    out: Path,
    *,
    tell: Tell = lambda notes: None,
) -> list[Path]:
    """Write every file of the review into `out`; return the ones a reviewer opens first.

    A paper that breaks one of the files is left out of that file; `tell` is given a note of each.
    """
    out.mkdir(parents=True, exist_ok=True)
    filled_in = []
    for name in names("vivex.forms"):
        try:
            form = functools.partial(_write_form, name, load("vivex.forms", name), failures=failures, codebook=codebook)
        except MissingExtra as error:  # a stranger's package: the other files need it not
            tell([str(error)])
            continue
        filled_in.append(written(name, form, papers, out, tell))
    write_views(papers, failures, codebook, out, highlighted=out.parent / "highlighted", tell=tell)
    return [out / "report.html", *filled_in, out / "figures"]


def write_views(
    papers: Sequence[Paper],
    failures: Sequence[Failure],
    codebook: Codebook,
    out: Path,
    *,
    highlighted: Path,
    tell: Tell,
    front: Front | None = None,
) -> list[Path]:
    """Write CSV set, exchange files, figures and report into `out`, which lies in a folder of outputs; return them.

    `highlighted` is the folder of the annotated PDFs. With the `front` of its report they are what people settled, and
    `papers` have states (`Paper.states`).
    """
    pictures, said = pictures_of(out.parent / "pictures"), front or Front()

    def report(some: Sequence[Paper], to: Path) -> list[Path]:
        path = to / "report.html"
        write_report(some, failures, codebook, path, pictures=pictures, highlighted=highlighted, front=said)
        return [path]

    parts: dict[str, Callable[[Sequence[Paper], Path], list[Path]]] = {
        "CSV set": lambda some, to: write_csvs(some, failures, codebook, to / "csv", decided=front is not None),
        "exchange files": lambda some, to: write_exchange(some, codebook, to / "exchange"),
        "figures": lambda some, to: write_figures(some, to / "figures"),
        "report": report,
    }
    return [path for part, write in parts.items() for path in written(part, write, papers, out, tell)]
