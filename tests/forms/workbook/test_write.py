from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from vivex.arrows import Form
from vivex.forms.workbook import Workbook, write_workbook
from vivex.forms.workbook.layout import read_key

PERSON = {"study", "field", "item", "question", "group"}


def rows_of(sheet) -> list[dict]:
    lines = list(sheet.iter_rows(values_only=True))
    keys = [read_key(v)[2] for v in lines[0]]
    return [dict(zip(keys, line, strict=True)) for line in lines[2:]]


@pytest.fixture(scope="module")
def written(papers, failures, codebook, tmp_path_factory):
    path = tmp_path_factory.mktemp("book") / "forms.xlsx"
    write_workbook(path, papers=papers, failures=failures, codebook=codebook, reviewer="mk", prefilled_by="model:rob@0")
    return path


def test_the_class_is_a_form():
    assert isinstance(Workbook, Form)
    assert isinstance(Workbook(), Form)


def test_every_value_has_its_row_with_quote_and_page(written):
    rows = [r for r in rows_of(load_workbook(written)["Treatment"]) if r["field"]]
    assert [(r["study"], r["field"], r["proposed"]) for r in rows[:5]] == [
        ("Abel 2020", "dose", "40 µg/kg"),
        ("Abel 2020", "dose", "=1+1"),
        ("Abel 2020", "miRNA", "miR-140-5p"),
        ("Abel 2020", "miRNA", "-181b"),
        ("Abel 2020", "target gene", "SEPTIN2"),
    ]
    assert rows[0]["quote"] == "Exosomes were injected at 40 µg/kg"
    assert rows[0]["page"] == "1"
    assert rows[0]["section"] == "Methods > Animals"
    assert rows[0]["confidence"] == 0.4


def test_a_few_further_candidates_stand_beside_the_first_row_of_their_field(papers, codebook, tmp_path):
    entry = papers[0].form["fields"]["n_total"][0]
    others = [entry | {"value": f"{n} µg/kg " + "x" * 80 * (n == 2), "confidence": 0.3} for n in range(1, 7)]
    paper = replace(papers[0], form=papers[0].form | {"alternatives": {"dose": others}})
    write_workbook(tmp_path / "a.xlsx", papers=[paper], codebook=codebook)
    sheet = load_workbook(tmp_path / "a.xlsx")["Treatment"]
    column = next(c.column for c in sheet[1] if c.value and read_key(c.value)[2] == "further")
    (cell,) = [row[0].value for row in sheet.iter_rows(min_row=3, min_col=column, max_col=column) if row[0].value]
    lines = cell.split("\n")
    assert lines[0] == "1 µg/kg (0.30, p. 1)"
    assert len(lines) == 4
    assert all(len(line) < 80 for line in lines)


def test_not_reported_is_a_value(written):
    rows = rows_of(load_workbook(written)["Animals"])
    assert next(r for r in rows if r["field"] == "age")["proposed"] == "not reported"


def test_text_is_never_a_formula_and_cells_to_write_in_are_text(written):
    sheet = load_workbook(written)["Treatment"]
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds["=1+1"] == "s"
    assert kinds["-181b"] == "s"
    spare = sheet.cell(sheet.max_row, 10)
    assert spare.number_format == "@"
    assert sheet.column_dimensions["J"].number_format == "@"


def test_dropdowns_name_the_allowed_values(written):
    book = load_workbook(written)
    lists = book["_lists"]
    assert lists.sheet_state == "hidden"

    def allowed(sheet: str, cell: str) -> list[str]:
        for validation in book[sheet].data_validations.dataValidation:
            if cell in validation.sqref:
                area = validation.formula1.split("!")[1].replace("$", "")
                return [c[0].value for c in lists[area]] if ":" in area else [lists[area].value]
        return []

    assert allowed("SYRCLE", "K3") == ["low", "high", "unclear"]
    assert allowed("SYRCLE", "J3") == ["accept", "edit", "reject", "add"]
    assert allowed("Reporting", "J3") == ["yes", "no"]
    assert allowed("Animals", "J4") == ["male", "female", "both", "not reported"]
    assert allowed("Animals", "J3") == []
    assert allowed("Animals", "D20") == ["Abel 2020", "Babel-2021"]


def test_the_machines_cells_are_locked_and_the_persons_are_not(written):
    sheet = load_workbook(written)["SYRCLE"]
    assert sheet.protection.sheet
    assert sheet.column_dimensions["A"].hidden
    assert sheet["A3"].protection.locked
    assert not sheet["K3"].protection.locked
    assert sheet.freeze_panes == "F3"
    assert sheet.auto_filter.ref.startswith("A2:")


def test_papers_left_out_stand_with_reason_and_remedy(written):
    rows = rows_of(load_workbook(written)["Papers"])
    assert [r["state"] for r in rows] == ["read", "read", "left out", "left out"]
    assert (rows[2]["reason"], rows[2]["remedy"]) == ("no text", "run OCR on it")


def test_a_blind_workbook_holds_nothing_of_the_machine(papers, failures, codebook, tmp_path):
    path = tmp_path / "blind.xlsx"
    write_workbook(path, papers=papers, failures=failures, codebook=codebook, blind=True)
    words = b"".join(zipfile.ZipFile(path).read(n) for n in zipfile.ZipFile(path).namelist() if "sheet" in n)
    for paper in papers:
        for a in paper.judgements:
            assert a.id.encode() not in words
    for secret in ("miR-140-5p was raised", "40 µg/kg", "table of random numbers", "rule of", "SEPTIN2", "model:rob"):
        assert secret.encode() not in words
    book = load_workbook(path)
    for name in ("Animals", "Treatment", "SYRCLE", "Reporting"):
        for row in rows_of(book[name]):
            assert not any(v for k, v in row.items() if k not in PERSON and k != "text"), row


def test_same_review_same_bytes(papers, failures, codebook, written, tmp_path):
    write_workbook(
        tmp_path / "again.xlsx",
        papers=papers,
        failures=failures,
        codebook=codebook,
        reviewer="mk",
        prefilled_by="model:rob@0",
    )
    assert (tmp_path / "again.xlsx").read_bytes() == written.read_bytes()
    with zipfile.ZipFile(io.BytesIO(written.read_bytes())) as archive:
        assert {i.date_time[0] for i in archive.infolist()} == {1980}


def test_no_papers_still_gives_a_workbook(failures, codebook, tmp_path):
    write_workbook(tmp_path / "none.xlsx", papers=[], failures=failures, codebook=codebook)
    assert len(rows_of(load_workbook(tmp_path / "none.xlsx")["Papers"])) == 2


def test_table_names_make_sheet_titles_that_excel_takes(papers, tmp_path):
    from vivex.codebook import Codebook, Field

    tables = ("a/b:c[d]", "syrcle", "x" * 40, "x" * 41, "Papers")
    codebook = Codebook("odd", tuple(Field(f"f{i}", "?", table=t) for i, t in enumerate(tables)))
    write_workbook(tmp_path / "odd.xlsx", papers=papers, codebook=codebook)
    titles = load_workbook(tmp_path / "odd.xlsx").sheetnames
    assert len(titles) == len({t.lower() for t in titles}) == len(tables) + 5
    assert max(map(len, titles)) <= 31
