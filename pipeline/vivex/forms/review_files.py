"""The files of a whole review: workbook, CSV set, report, figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vivex.arrows import Form, load, names
from vivex.codebook import Codebook
from vivex.paper import Failure, Paper

if TYPE_CHECKING:
    from vivex.forms.report.snippets import Snippet


def _pictures(folder: Path) -> Callable[[Paper], Mapping[str, Snippet]]:
    """Return the function that gives a paper's page pictures as the stage drew them, in bounded child processes."""
    from vivex.forms.report.snippets import read_snippets

    def pictures(paper: Paper) -> Mapping[str, Snippet]:
        path = folder / f"{paper.study}.json"
        return read_snippets(path) if path.exists() else {}

    return pictures


def _write_form(name: str, papers: Sequence[Paper], failures: Sequence[Failure], codebook: Codebook, out: Path) -> Path:
    """Write a registered form for the whole review; the workbook is forms.xlsx, others are named as registered."""
    form: Form = load("vivex.forms", name)
    path = out / f"{'forms' if name == 'workbook' else name}{form.suffix}"
    form.write(path, papers=papers, failures=failures, codebook=codebook)
    return path


def write_review(papers: Sequence[Paper], failures: Sequence[Failure], codebook: Codebook, out: Path) -> list[Path]:
    """Write every file of the review into `out`; return the ones a reviewer opens first."""
    from vivex.forms.figures import write_figures
    from vivex.forms.report.review_page import write_report
    from vivex.forms.tables.csvs import write_csvs
    from vivex.forms.tables.exchange import write_exchange

    out.mkdir(parents=True, exist_ok=True)
    filled_in = [_write_form(name, papers, failures, codebook, out) for name in names("vivex.forms")]
    write_csvs(papers, failures, codebook, out / "csv")
    write_exchange(papers, codebook, out / "exchange")
    write_figures(papers, out / "figures")
    write_report(papers, failures, codebook, out / "report.html", pictures=_pictures(out.parent / "pictures"))
    return [out / "report.html", *filled_in, out / "figures"]
