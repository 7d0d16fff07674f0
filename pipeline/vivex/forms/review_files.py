"""The files of a whole review: workbook, CSV set, report, figures."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from vivex.arrows import Form, load, names
from vivex.codebook import Codebook
from vivex.errors import MissingExtra
from vivex.forms.guarded import Tell, written
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
    from vivex.forms.figures import write_figures
    from vivex.forms.report.review_page import write_report
    from vivex.forms.report.snippets import pictures_of
    from vivex.forms.tables.csvs import write_csvs
    from vivex.forms.tables.exchange import write_exchange

    out.mkdir(parents=True, exist_ok=True)
    pictures = pictures_of(out.parent / "pictures")

    def report(some: Sequence[Paper], to: Path) -> None:
        write_report(some, failures, codebook, to / "report.html", pictures=pictures)

    filled_in = []
    for name in names("vivex.forms"):
        try:
            form = functools.partial(_write_form, name, load("vivex.forms", name), failures=failures, codebook=codebook)
        except MissingExtra as error:  # a stranger's package: the other files need it not
            tell([str(error)])
            continue
        filled_in.append(written(name, form, papers, out, tell))
    written("CSV set", lambda some, to: write_csvs(some, failures, codebook, to / "csv"), papers, out, tell)
    written("exchange files", lambda some, to: write_exchange(some, codebook, to / "exchange"), papers, out, tell)
    written("figures", lambda some, to: write_figures(some, to / "figures"), papers, out, tell)
    written("report", report, papers, out, tell)
    return [out / "report.html", *filled_in, out / "figures"]
