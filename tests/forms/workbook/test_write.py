from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from vivex.arrows import Form
from vivex.codebook import Codebook, Field
from vivex.forms.workbook import Workbook, write_workbook
from vivex.forms.workbook.write import sheet_title
from workbook_rows import FilledBook

SAID = ("proposed", "confidence", "why", "quote", "page", "id", "printed", "candidate1")


@pytest.fixture(scope="module")
def written(papers, failures, codebook, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "forms.xlsx"
    write_workbook(path, papers=papers, failures=failures, codebook=codebook, reviewer="mk", prefilled_by="model:rob@0")
    return path


def test_the_class_is_a_form():
    assert isinstance(Workbook, Form)
    assert isinstance(Workbook(), Form)


def test_a_study_has_one_sheet_with_all_its_questions_in_order(written, codebook):
    book = FilledBook(written)
    assert book.book.sheetnames == ["Read me", "Overview", "1 Abel 2020", "2 Babel-2021", "_lists"]
    rows = [row for row in book.rows() if row.sheet == "1 Abel 2020"]
    asked = [row.texts["field"] or row.texts["item"] for row in rows if row.texts["study"]]
    assert list(dict.fromkeys(asked))[:4] == ["species", "sex", "n total", "age"]
    assert len(
        set(zip(asked, (row.texts["row"].removeprefix("add ") for row in rows if row.texts["study"]), strict=True))
    )
    assert len({r.texts["row"] for r in rows if r.texts["row"].startswith("section")}) == len(codebook.tables) + 2
    sheet = book.book["1 Abel 2020"]
    heads = [c.value for row in sheet.iter_rows(max_row=3) for c in row if c.value]
    assert heads == [
        "Exosomes with miR-140-5p in a made-up arthritis study",
        "study Abel 2020 · Abel 2020.pdf",
    ]


def test_every_value_has_its_row_with_quote_and_page(written):
    rows = [
        r.texts for r in FilledBook(written).rows() if r.sheet == "1 Abel 2020" and r.texts["row"] == "form/treatment"
    ]
    assert [(r["field"], r["proposed"]) for r in rows] == [
        ("dose", "40 µg/kg"),
        ("dose", "=1+1"),
        ("miRNA", "miR-140-5p"),
        ("miRNA", "-181b"),
        ("target gene", "SEPTIN2"),
    ]
    assert (rows[0]["quote"], rows[0]["page"], rows[0]["confidence"]) == (
        "Exosomes were injected at 40 µg/kg",
        "1",
        "0.4",
    )


def test_guesses_stand_among_the_candidates_and_need_no_decision(papers, codebook, tmp_path):
    entry = papers[0].form["fields"]["n_total"][0]
    guess = entry | {"value": "9 µg/kg", "confidence": 0.39}
    others = [entry | {"value": f"{n} µg/kg " + "x" * 80 * (n == 2), "confidence": 0.3} for n in range(1, 7)]
    fields = papers[0].form["fields"]
    form = papers[0].form | {
        "fields": fields | {"dose": [*fields["dose"], guess], "target_gene": [guess]},
        "alternatives": {"dose": others},
    }
    write_workbook(tmp_path / "a.xlsx", papers=[replace(papers[0], form=form)], codebook=codebook)
    book = FilledBook(tmp_path / "a.xlsx")
    row = book.row("Abel 2020", "dose")
    lines = row.texts["why"].split("\n")
    assert lines[0] == "or 9 µg/kg (0.39, p. 1)"
    assert len(lines) == 4
    assert all(len(line) < 80 for line in lines)
    assert row.texts["candidate1"] == "9 µg/kg"
    gene = book.row("Abel 2020", "target gene")
    assert (gene.texts["proposed"], gene.texts["id"], gene.texts["candidate1"]) == ("", "", "9 µg/kg")
    assert [r.texts["proposed"] for r in book.rows() if r.texts["field"] == "dose" and r.texts["id"]] == [
        "40 µg/kg",
        "=1+1",
    ]


def test_not_reported_is_a_value(written):
    assert FilledBook(written).row("Abel 2020", "age").texts["proposed"] == "not reported"


def test_text_is_never_a_formula_and_cells_to_write_in_are_text(written):
    book = FilledBook(written)
    sheet = book.book["1 Abel 2020"]
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert (kinds["=1+1"], kinds["-181b"]) == ("s", "s")
    spare = book.spare("Abel 2020", "dose")
    assert {sheet.cell(spare.number, spare.columns[key]).number_format for key in ("yours", "quote", "note")} == {"@"}


def test_what_is_counted_is_a_number_that_the_spreadsheet_works_out(written):
    book = FilledBook(written)
    row = book.row("Abel 2020", "dose")
    sheet = book.book[row.sheet]
    cell = sheet.cell(row.number, row.columns["left"])
    assert (cell.data_type, cell.number_format) == ("f", "General")
    prompts = [v.prompt for v in sheet.data_validations.dataValidation if v.prompt]
    assert prompts
    assert max(map(len, prompts)) <= 255  # Excel takes no longer ones


def test_dropdowns_name_the_allowed_values(written):
    book = FilledBook(written)
    lists = book.book["_lists"]
    assert lists.sheet_state == "hidden"

    def allowed(row, key: str) -> list[str]:
        sheet = book.book[row.sheet]
        cell = sheet.cell(row.number, row.columns[key]).coordinate
        for validation in sheet.data_validations.dataValidation:
            if cell in validation.sqref:
                place, _, area = validation.formula1.rpartition("!")
                cells = (lists if place else sheet)[area.replace("$", "")]
                return [c.value for line in cells for c in line] if isinstance(cells, tuple) else [cells.value]
        return []

    item = book.row("Abel 2020", "1. Sequence generation")
    assert allowed(item, "yours") == ["low", "high", "unclear"]
    assert allowed(item, "decision") == ["accept", "edit", "reject", "add", "only this"]
    assert allowed(book.row("Abel 2020", "Blinding"), "yours") == ["yes", "no"]
    assert allowed(book.row("Babel-2021", "sex"), "yours") == ["male", "female", "both", "not reported"]
    assert allowed(book.row("Babel-2021", "species"), "yours") == ["not reported"]
    assert allowed(book.row("Abel 2020", "section syrcle", kind="section"), "decision") == ["accept the rest"]
    assert allowed(book.row("Abel 2020", "study"), "decision") == ["accept the rest"]


def test_the_machines_cells_are_locked_and_the_persons_are_not(written):
    book = FilledBook(written)
    row = book.row("Abel 2020", "dose")
    sheet = book.book[row.sheet]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    locked = {key: sheet.cell(row.number, n).protection.locked for key, n in row.columns.items()}
    assert {key for key, is_locked in locked.items() if not is_locked} == {
        "decision", "yours", "quote", "page", "group", "note",
    }  # fmt: skip
    assert sheet.freeze_panes == "I6"
    assert sheet.print_title_rows == "$1:$5"


def test_papers_left_out_stand_with_reason_and_remedy(written):
    lines = list(load_workbook(written)["Overview"].iter_rows(min_row=3, values_only=True))
    assert [line[3] for line in lines] == ["pre-filled", "pre-filled", "left out", "left out"]
    assert lines[2][6:8] == ("no text", "run OCR on it")


def test_a_blind_workbook_holds_nothing_of_the_machine(papers, failures, codebook, tmp_path):
    path = tmp_path / "blind.xlsx"
    write_workbook(path, papers=papers, failures=failures, codebook=codebook, blind=True)
    words = b"".join(zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist() if "sheet" in n)
    for paper in papers:
        for a in paper.judgements:
            assert a.id.encode() not in words
    for secret in ("miR-140-5p was raised", "40 µg/kg", "table of random numbers", "rule of", "SEPTIN2", "model:rob"):
        assert secret.encode() not in words
    assert not any(row.texts.get(key) for row in FilledBook(path).rows() for key in SAID)


def test_one_study_may_be_blind_beside_others(papers, codebook, tmp_path):
    path = tmp_path / "mixed.xlsx"
    write_workbook(path, papers=papers, codebook=codebook, blind={"Babel-2021"}, prefilled_by="model:rob@0")
    shown = {r.sheet for r in FilledBook(path).rows() if any(r.texts.get(key) for key in SAID)}
    assert shown == {"1 Abel 2020"}
    assert [line[3] for line in load_workbook(path)["Overview"].iter_rows(min_row=3, values_only=True)] == [
        "pre-filled",
        "blind",
    ]


def test_same_review_same_bytes(papers, failures, codebook, written, tmp_path):
    again = tmp_path / "again.xlsx"
    write_workbook(
        again, papers=papers, failures=failures, codebook=codebook, reviewer="mk", prefilled_by="model:rob@0"
    )
    assert again.read_bytes() == written.read_bytes()
    with zipfile.ZipFile(io.BytesIO(written.read_bytes())) as archive:
        assert {i.date_time[0] for i in archive.infolist()} == {1980}


def test_no_papers_still_gives_a_workbook(failures, codebook, tmp_path):
    write_workbook(tmp_path / "none.xlsx", papers=[], failures=failures, codebook=codebook)
    assert load_workbook(tmp_path / "none.xlsx")["Overview"].max_row == 4


def test_studies_make_sheet_titles_that_excel_takes(papers, tmp_path):
    taken: set[str] = set()
    for study in ("a/b:c[d]", "x" * 40, "x" * 41, "Overview", "", "'"):
        title = sheet_title(1, study, taken)
        assert 0 < len(title) <= 31
        assert not set(title) & set("[]:*?/\\'")
        assert title.lower() not in taken
        taken.add(title.lower())
    codebook = Codebook(
        "odd", tuple(Field(f"f{i}", "?", table=t) for i, t in enumerate(("a/b:c[d]", "syrcle", "x" * 40)))
    )
    write_workbook(tmp_path / "odd.xlsx", papers=papers, codebook=codebook)
    assert len(load_workbook(tmp_path / "odd.xlsx").sheetnames) == len(papers) + 3
