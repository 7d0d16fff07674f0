"""The first sheet of a workbook: what it is and how to fill it in."""

from __future__ import annotations

from typing import Any

from vivex.codebook import NOT_REPORTED, Codebook

TITLE = "Read me"


def guide(
    book: Any,
    styles: Any,
    codebook: Codebook,
    *,
    reviewer: str,
    blind: bool,
    prefilled_by: str,
    counts: tuple[int, int],
) -> None:
    """Write the guide; `counts` are the studies read and the papers left out."""
    sheet = book.create_sheet(TITLE)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 120
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_view.showGridLines = False

    def line(*cells: tuple[str, str], height: float | None = None) -> None:
        row = [styles.cell(sheet, text, look) for text, look in cells]
        lines = max((1 + len(text) // 100 for text, _ in cells[1:]), default=1)
        sheet.row_dimensions[sheet._max_row + 1].height = height or 13.5 * lines + 4
        sheet.append(row)

    line((f"Extraction and SYRCLE forms: {codebook.title or codebook.name}", "h1"), height=30)
    line(("Reviewer", "strong plain"), (reviewer or "(write your code here or give it to vivex import)", "plain"))
    line(
        ("Form", "strong plain"),
        (f"{codebook.name}; {counts[0]} studies, {counts[1]} papers left out (sheet Papers)", "plain"),
    )
    if blind:
        kind = (
            "Blind: no proposals are shown, so that agreement with the machine can be measured without its influence."
        )
    else:
        kind = (
            "Pre-filled by " + (prefilled_by or "vivex") + ". Proposals are a machine's; none counts until you decide."
        )
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
        line(("confidence below 0.5", "swatch F6C66A"), (_GUESS, "plain"))
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


_GUESS = "The proposal is a guess: look twice. Confidence says how sure the machine is, not how good the study is."
_PREFILLED = (
    "Go through the sheets from left to right, one study at a time: the filter arrows in the header row show one "
    "study alone.",
    "Read the quote (column “Evidence”) and, in doubt, the page in the highlighted copy of the PDF. Choose a "
    "decision in each row.",
    "Where the value is wrong, choose edit and write the right one in “Your value”. Write “not reported” where "
    "the paper doesn't say.",
    "To add a value, use an empty row at the end of the sheet: choose study and field, write the value, paste the "
    "sentence.",
    "SYRCLE: accept the proposed judgement, or choose your own (low, high, unclear) and say why in “Your support "
    "for the judgement”. Empty rows at the end take judgements by outcome.",
    "Save as .xlsx and run: vivex import THIS_FILE --reviewer YOUR_CODE. What can't be read is listed by sheet "
    "and cell; the rest is kept.",
)
_BLIND = (
    "Go through the sheets from left to right, one study at a time: the filter arrows in the header row show one "
    "study alone.",
    "Write what you find in “Your value”, one value a row; write “not reported” where the paper doesn't say. "
    "Paste the sentence and give its page.",
    "Further values go into the empty rows at the end of the sheet: choose study and field.",
    "SYRCLE: choose low, high or unclear, paste the passage that decides, and say why in “Your support for the "
    "judgement”. Empty rows at the end take judgements by outcome.",
    "Save as .xlsx and run: vivex import THIS_FILE --reviewer YOUR_CODE. What can't be read is listed by sheet "
    "and cell; the rest is kept.",
)
_DECISIONS = (
    (
        "accept",
        "DDF1E4",
        "The proposed value is right as it stands. (You may still paste a better quote or write a note.)",
    ),
    (
        "edit",
        "FFF0CC",
        "The proposal is to be replaced by “Your value” (or keeps its value and gets the evidence that you pasted).",
    ),
    ("reject", "F7D9D2", "The proposal is wrong and nothing takes its place."),
    ("add", "DCE9F7", "“Your value” is a further value, beside the proposal of the row or in an empty row."),
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
        "caught at import.",
    ),
    (
        "Evidence",
        "Paste a sentence from the PDF or from the report; line breaks and hyphens don't matter. Several quotes: "
        "an empty line between them (Alt+Enter twice).",
    ),
    (
        "Further candidates",
        "What else the machine found for a field. Nothing is to be decided on them; write one into “Your value” and it "
        "brings its own sentence.",
    ),
    (
        "Sorting",
        "The sheets are protected so that rows and their hidden ids stay together. Filter instead; or unprotect "
        "the sheet (no password) and sort whole rows.",
    ),
    ("Columns", "You may hide, move or widen columns and add your own; leave the first, hidden row where it is."),
    ("LibreOffice", "Works alike. Save in the format “Excel 2007-365 (.xlsx)”."),
)
