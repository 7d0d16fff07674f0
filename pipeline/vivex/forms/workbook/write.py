"""Write a workbook: how to fill it in, an overview, and a sheet for each study."""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from vivex.annotation import Annotation
from vivex.codebook import Codebook
from vivex.files import write_bytes
from vivex.forms import rows
from vivex.forms.workbook.guide import TITLE, guide
from vivex.forms.workbook.looks import LISTS, Lists, Styles, set_font
from vivex.forms.workbook.overview import TITLE as OVERVIEW
from vivex.forms.workbook.overview import StudyLine, write_overview
from vivex.forms.workbook.printed_rows import authors, study_rows
from vivex.forms.workbook.study_sheet import write_study
from vivex.forms.workbook.timeless import timeless
from vivex.paper import Failure, Paper


def write_workbook(
    path: Path,
    *,
    papers: Sequence[Paper],
    codebook: Codebook,
    failures: Sequence[Failure] = (),
    reviewer: str = "",
    blind: bool | Collection[str] = False,
    prefilled_by: str = "",
    decided: Mapping[str, Sequence[Annotation]] | None = None,
    only: Mapping[str, Collection[str]] | None = None,
) -> None:
    """Write one workbook; the sheet of a study that is `blind` (all, or those named) holds no proposal or evidence.

    `decided` gives by study what the reviewer has decided before: it stands in the cells to be gone on with. `only`
    gives the labels of a study's questions that are asked, where these aren't all.
    """
    from openpyxl import Workbook as Book

    book = Book(write_only=True)
    book.properties.creator = "vivex"
    book.properties.title = f"Extraction and SYRCLE forms: {codebook.title or codebook.name}"
    set_font(book)
    styles, lists = Styles(book), Lists(codebook)
    first, overview = book.create_sheet(TITLE), book.create_sheet(OVERVIEW)
    lines: list[StudyLine] = []
    taken = {TITLE.lower(), OVERVIEW.lower(), LISTS.lower()}
    for number, paper in enumerate(papers, 1):  # once: a lazy sequence reads its files each time
        hidden = blind if isinstance(blind, bool) else paper.study in blind
        title = sheet_title(number, paper.called, taken)
        taken.add(title.lower())
        before, asked = (decided or {}).get(paper.study, ()), (only or {}).get(paper.study)
        printed = study_rows(paper, codebook, blind=hidden, decided=before, only=asked)
        sheet = book.create_sheet(title)
        count, left = write_study(sheet, styles, lists, paper, printed, blind=hidden, prefilled_by=prefilled_by)
        state = "blind" if hidden else "pre-filled"
        warnings = "; ".join(paper.document.warnings)
        named = (rows.title(paper), authors(paper)[:200])
        lines.append(StudyLine(paper.study, paper.called, title, *named, state, warnings, count, left))
    write_overview(overview, styles, lines, failures)
    states = {line.state for line in lines} or {"blind" if blind is True else "pre-filled"}
    counts = (len(lines), len(failures))
    guide(first, styles, codebook, reviewer=reviewer, states=states, prefilled_by=prefilled_by, counts=counts)
    lists.write(book)
    buffer = io.BytesIO()
    book.save(buffer)
    write_bytes(path, timeless(buffer.getvalue()))


def sheet_title(number: int, called: str, taken: Collection[str]) -> str:
    """Return the title of a study's sheet: its number and as much of what it is called as Excel takes, none twice."""
    plain = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", called).strip() or "study"
    endings = ("", *(f" ({n})" for n in range(2, 10_000)))
    return next(t for e in endings if (t := f"{number} {plain}"[: 31 - len(e)] + e).lower() not in taken)
