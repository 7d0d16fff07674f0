"""Tables for a manuscript in Word: one for each table of the form, and the risk of bias; made by python-docx."""

from __future__ import annotations

import io
import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from vivex.codebook import NOT_REPORTED, Field
from vivex.exchange.formats import RESULTS, Files, Format, Material, SettledStudy
from vivex.exchange.written import joined, worst
from vivex.files import clean
from vivex.forms.workbook.timeless import timeless
from vivex.questions import SYRCLE, heading
from vivex.states import OPEN, SETTLED, WORDS

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

COLUMNS = 7  # beside the study's; more questions share a column
SIGNS = {"low": "+", "unclear": "?", "high": "−"}
_SHADES = {"low": "CFE8CF", "unclear": "FFF2B3", "high": "F4C7C3"}
_TITLES = {
    "animal_model": "Animal model",
    "cells_exosomes": "Cell source, isolation and characterisation of cells and exosomes",
    "treatment_histology": "Groups, duration, dose, gross morphology, histology and markers",
    "key_outcomes": "Key outcomes in vitro and in vivo",
}


def write_word(material: Material) -> Files:
    """Return the tables as one docx, a study a row; the same review gives the same bytes."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm, Pt

    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = "vivex"
    document.core_properties.comments = ""
    document.core_properties.title = clean(material.title)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.5)
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = "Calibri", Pt(8)
    described = material.codebook.described
    tables = list(dict.fromkeys(field.table for field in described))
    for number, name in enumerate(tables, 1):
        fields = [field for field in described if field.table == name]
        _caption(document, f"Table {number}. {_TITLES.get(name, heading(name))}")
        _form_table(document, fields, material.studies)
        _legend(
            document, "NR: not reported. Values are what reviewers settled; what is not settled says so in brackets."
        )
    _caption(document, f"Table {len(tables) + 1}. Risk of bias (SYRCLE)")
    _bias_table(document, material.studies)
    domains = "; ".join(f"{asked.number} {asked.name.lower()}" for asked in SYRCLE.values())
    _legend(document, f"+ low, ? unclear, − high risk of bias; empty: not settled. {domains}.")
    buffer = io.BytesIO()
    document.save(buffer)
    return {"tables.docx": timeless(buffer.getvalue())}


def columns_of(fields: Sequence[Field]) -> list[list[Field]]:
    """Return which questions stand in each column: one, or neighbours together where there are too many."""
    each = -(-len(fields) // COLUMNS)
    return [list(fields[i : i + each]) for i in range(0, len(fields), each)] if fields else []


def _caption(document: Document, text: str) -> None:
    from docx.shared import Pt

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(10)
    run = paragraph.add_run(clean(text))
    run.bold, run.font.size = True, Pt(10)


def _legend(document: Document, text: str) -> None:
    from docx.shared import Pt

    run = document.add_paragraph().add_run(clean(text))
    run.italic, run.font.size = True, Pt(7)


def _form_table(document: Document, fields: Sequence[Field], studies: Sequence[SettledStudy]) -> None:
    columns = columns_of(fields)
    heads = ["Study", *(" · ".join(heading(f.name) for f in together) for together in columns)]
    table = _empty_table(document, heads)
    for study in studies:
        cells = table.add_row().cells
        cells[0].text = clean(study.label)
        for cell, together in zip(itertools.islice(cells, 1, None), columns, strict=True):
            _fill(cell, study, together)
    _narrow(table)


def _fill(cell: _Cell, study: SettledStudy, fields: Sequence[Field]) -> None:
    """Write the settled values of the questions that share a cell, each behind its name where there are several."""
    lines = [(field, _words(study, field)) for field in fields]
    silent = {words for _, words in lines}
    if len(silent) == 1 and len(lines) > 1 and (silent <= {"NR"} or next(iter(silent)).startswith("[")):
        lines = lines[:1]  # all of them are silent, or none is settled: said once
        cell.paragraphs[0].add_run(lines[0][1])
        return
    for number, (field, words) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        if len(lines) > 1:
            paragraph.add_run(f"{heading(field.name)}: ").bold = True
        paragraph.add_run(clean(words)).italic = words.startswith("[")


def _words(study: SettledStudy, field: Field) -> str:
    where = study.states.get(field.label, OPEN)
    if where != SETTLED:
        return f"[{WORDS[where]}]"
    value = joined(study, field.name)
    return "NR" if value in ("", NOT_REPORTED) else value


def _bias_table(document: Document, studies: Sequence[SettledStudy]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    table = _empty_table(document, ["Study", *(f"{asked.number}" for asked in SYRCLE.values())])
    for study in studies:
        cells = table.add_row().cells
        cells[0].text = clean(study.label)
        for cell, item in zip(itertools.islice(cells, 1, None), SYRCLE, strict=True):
            judged = worst(study, item)
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            cell.paragraphs[0].add_run(SIGNS.get(judged, ""))
            if judged:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), _SHADES[judged])
                cell._tc.get_or_add_tcPr().append(shade)
    _narrow(table)


def _empty_table(document: Document, heads: Sequence[str]):  # type: ignore[no-untyped-def]
    """Return a table with a row of headings that is repeated on each page."""
    from docx.oxml import OxmlElement

    table = document.add_table(rows=1, cols=len(heads), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(clean(text)).bold = True
    properties = table.rows[0]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:tblHeader"))
    return table


def _narrow(table) -> None:  # type: ignore[no-untyped-def]
    """Set the table in small type with little space between lines, and keep its rows whole."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell in row.cells:
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(1.5)
                paragraph.paragraph_format.line_spacing = 1.0
                for run in paragraph.runs:
                    run.font.size = Pt(7)


FORMAT = Format(
    program="Word",
    holds=RESULTS,
    about="`tables.docx`: a table for each table of the form, a study a row, and one of the risk of bias; with the "
    "form `msc-exosome-oa` the four tables of such a review.",
    loses="evidence and who decided; where a table asks more than seven questions, neighbours share a column",
    write=write_word,
)
