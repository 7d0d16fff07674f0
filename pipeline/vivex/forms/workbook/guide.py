"""The first sheet of a workbook: what it is and how to fill it in."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection
from typing import Any

from vivex.codebook import NOT_REPORTED, Codebook

TITLE = "Read me"


def guide(
    sheet: Any,
    styles: Any,
    codebook: Codebook,
    *,
    reviewer: str,
    states: Collection[str],
    prefilled_by: str,
    counts: tuple[int, int],
) -> None:
    """Write the guide; `counts` are the studies read and the papers left out, `states` pre-filled, blind or both."""
    blind = "pre-filled" not in states
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 120
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False

    numbers = itertools.count(1)

    def line(*cells: tuple[str, str], height: float | None = None) -> None:
        row = [styles.cell(sheet, text, look) for text, look in cells]
        lines = max((1 + len(text) // 100 for text, _ in cells[1:]), default=1)
        sheet.row_dimensions[next(numbers)].height = height or 13.5 * lines + 4
        sheet.append(row)

    line((f"Extraction and SYRCLE forms: {codebook.title or codebook.name}", "h1"), height=30)
    line(("Reviewer", "strong plain"), (reviewer or "(write your initials here)", "plain"))
    line(
        ("Form", "strong plain"),
        (f"{codebook.name}; {counts[0]} studies, {counts[1]} papers left out (sheet Overview)", "plain"),
    )
    if blind:
        kind = (
            "Blind: no proposals are shown, so that agreement with the machine can be measured without its influence."
        )
    else:
        by = _in_short(prefilled_by) or "vivex"
        kind = f"Pre-filled by {by}. Proposals are a machine's; none counts until you decide."
        if "blind" in states:
            kind += " Some studies are blind (sheet Overview): their sheets show no proposals."
    line(("Kind", "strong plain"), (kind, "plain"))
    line(("", "plain"))
    line(("How to fill it in", "h2"), height=22)
    for number, text in enumerate(_BLIND if blind else _PREFILLED, 1):
        line((f"{number}", "strong plain"), (text, "plain"))
    line(("", "plain"))
    if not blind:
        line(("The decisions", "h2"), height=22)
        for word, tint, text in _DECISIONS:
            line((word, f"swatch {tint}"), (text, "plain"))
        line(("", "plain"))
    line(("The colours", "h2"), height=22)
    line(
        ("cream cells", "open"),
        ("Yours to write in. All other cells are the machine's and are locked, without a password.", "plain"),
    )
    for word, tint, text in _JUDGEMENTS:
        line((word, f"swatch {tint}"), (text, "plain"))
    if not blind:
        line(("sure below 0.5", "swatch F6C66A"), (_GUESS, "plain"))
    line(
        (NOT_REPORTED, "plain"),
        (
            "A value of its own: you looked and the paper doesn't say. An empty cell says that nobody has looked.",
            "plain",
        ),
    )
    line(("", "plain"))
    line(("Good to know", "h2"), height=22)
    for word, text in _KNOW:
        line((word, "strong plain"), (text, "plain"))


def _in_short(sources: str) -> str:
    """Return what pre-filled a form, the models of its single fields together: "fields@3, grammar:syrcle@2"."""
    parts = (re.sub(r"^fields:[^@]*", "fields", source) for source in sources.split())
    return ", ".join(dict.fromkeys(parts))


_GUESS = "The proposal is a guess: look twice. “Sure” says how sure the machine is, not how good the study is."
_SAVE = (
    "Save as .xlsx and run: vivex import THIS_FILE. It knows whose it is. What can't be read is listed by sheet "
    "and cell; "
    "the rest is kept. Import as often as you like, and go on in the same file."
)
_PREFILLED = (
    "Each study has one sheet, with all its questions in order; the sheet Overview leads there and counts what "
    "is left.",
    "Read the evidence and, in doubt, the page in the highlighted copy of the PDF. Correct what is wrong: write "
    "the right "
    "answer into “Your answer”, or write “not reported” where the paper doesn't say.",
    "A further answer goes into the empty rows beneath its question. Where a question has too few of them, "
    "insert a row.",
    "When the rest of a section is right, choose “accept the rest” in the decision of its heading, or in the "
    "first row for "
    "the whole study: every proposal that you left undecided is accepted.",
    "What stands under “what else was found” asks for no decision; choose one from the list of “Your answer” "
    "and it brings "
    "its own sentence.",
    "SYRCLE: accept the proposed judgement, or choose your own (low, high, unclear) and say why under “Your "
    "reason or note”.",
    _SAVE,
)
_BLIND = (
    "Each study has one sheet, with all its questions in order; the sheet Overview leads there and counts what "
    "is left.",
    "Write what you find in “Your answer”, one answer a row; write “not reported” where the paper doesn't say. "
    "Paste the "
    "sentence and give its page.",
    "A further answer goes into the empty rows beneath its question. Where a question has too few of them, "
    "insert a row.",
    "SYRCLE: choose low, high or unclear, paste the passage that decides, and say why under “Your reason or note”.",
    _SAVE,
)
_DECISIONS = (
    (
        "accept",
        "DDF1E4",
        "The proposal is right as it stands. (You may still paste a better sentence or write a note.)",
    ),
    (
        "edit",
        "FFF0CC",
        "“Your answer” replaces the proposal (or it keeps its value and gets the sentence that you pasted).",
    ),
    ("reject", "F7D9D2", "The proposal is wrong and nothing takes its place."),
    ("add", "DCE9F7", "“Your answer” is a further one, beside the proposal of the row or in an empty row."),
    (
        "only this",
        "CFEBD9",
        "Right, and nothing else answers the question: the question's rows that you left undecided are "
        "rejected. With “Your "
        "answer”, that replaces all that was proposed.",
    ),
    ("accept the rest", "DCE6F1", "In a heading: every proposal below it that you left undecided is right."),
    ("(empty)", "FFFFFF", "Not decided yet. A row left as it was printed says nothing, and is not taken as agreement."),
)
_JUDGEMENTS = (
    ("low", "009E73", "Low risk of bias (the item's question is answered with yes)."),
    ("unclear", "F0E442", "Unclear risk of bias: the paper doesn't say enough."),
    ("high", "D55E00", "High risk of bias (the item's question is answered with no)."),
)
_KNOW = (
    (
        "Gene names",
        "Cells are text, so that SEPT2 or MARCH1 stays what you type. A date that a spreadsheet made of one is "
        "caught at "
        "import.",
    ),
    (
        "Evidence",
        "Paste a sentence from the PDF or from the report; line breaks, hyphens and odd signs don't matter. "
        "Several quotes: "
        "an empty line between them (Alt+Enter twice). An edited answer takes the sentence that you paste; the "
        "machine's stays only where it holds your answer.",
    ),
    (
        "Columns",
        "You may hide, move or widen columns and add your own; leave the hidden row above the headers where it is.",
    ),
    ("LibreOffice", "Works alike. Save in the format “Excel 2007-365 (.xlsx)”."),
)
