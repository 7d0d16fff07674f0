"""Tables: which lines belong to one, told by rules and white space."""

from __future__ import annotations

from printed import BODY, FILLER, TYPE, Paper, kinds, parsed, set_group

from vivex.parse.lines import Rule
from vivex.parse.paragraphs import Group
from vivex.parse.tables import mark_tables, prose

COLUMNS = {1: [(50.0, 300.0)]}
PROSE = ("Rats were kept in pairs and had free access to wa", "ter and to chow in all the weeks before surgery.")
ROWS = [("Group", "Dose", "n"), ("Sham", "0", "8"), ("Low", "2.5", "10"), ("High", "25", "9")]


def page(*, caption: str = "Table 1. Doses.", top: float = 100) -> list[Group]:
    """Return a caption, a table's cells under it, and running text."""
    groups = [set_group(caption, y=top, size=9, kind="caption")] if caption else []
    for n, row in enumerate(ROWS):
        groups += [set_group(cell, x=50 + 80 * i, y=top + 20 + 14 * n, size=9) for i, cell in enumerate(row)]
    return [*groups, set_group(*PROSE, y=top + 110)]


def drawn(*heights: float) -> dict[int, list[Rule]]:
    """Return rules over the column."""
    return {1: [Rule(50, 300, y) for y in heights]}


def texts(group: Group) -> list[str]:
    """Return the texts of a table's cells."""
    return [" ".join(line.text[a:b] for line, a, b in cell.pieces) for cell in group.cells]


CELLS = [cell for row in ROWS for cell in row]


def test_lines_between_rules_under_a_caption_are_a_table() -> None:
    groups = mark_tables(page(), drawn(110, 125, 166), TYPE, COLUMNS)
    assert [g.kind for g in groups] == ["caption", "table", ""]
    assert groups[1].caption is groups[0]
    assert texts(groups[1]) == CELLS


def test_without_rules_white_space_tells() -> None:
    groups = mark_tables(page(), {}, TYPE, COLUMNS)
    assert [g.kind for g in groups] == ["caption", "table", ""]
    assert texts(groups[1]) == CELLS


def test_a_caption_may_stand_below() -> None:
    groups = page(caption="")[:-1]
    groups.append(set_group("Table 1. Doses.", y=182, size=9, kind="caption"))
    found = mark_tables(groups, drawn(110, 125, 170), TYPE, COLUMNS)
    assert sorted(g.kind for g in found) == ["caption", "table"]


def test_four_rules_without_a_caption_make_one() -> None:
    groups = mark_tables(page(caption=""), drawn(110, 125, 139, 166), TYPE, COLUMNS)
    assert [g.kind for g in groups] == ["table", ""]
    assert groups[0].caption is None


def test_rules_around_running_text_make_none() -> None:
    groups = [set_group(*PROSE, y=120), set_group(*PROSE, y=160)]
    assert mark_tables(groups, drawn(105, 140, 150, 180), TYPE, COLUMNS) == groups


def test_a_figure_has_no_table() -> None:
    groups = page(caption="Figure 1. Doses.")
    assert mark_tables(groups, drawn(110, 125, 166), TYPE, COLUMNS) == groups


def test_small_type_under_a_table_is_its_note() -> None:
    groups = page()
    groups.insert(-1, set_group("n is the number of the rats that lived.", y=180, size=8))
    found = mark_tables(groups, drawn(110, 125, 166), TYPE, COLUMNS)
    assert [g.kind for g in found] == ["caption", "table", "footnote", ""]


def test_prose_is_full_lines_of_the_body_type() -> None:
    assert prose(set_group(*PROSE), 50, 300, TYPE)
    assert not prose(set_group(*PROSE, font="Sans"), 50, 300, TYPE)
    assert not prose(set_group("Sham", "Low"), 50, 300, TYPE)


def test_tables_have_cells_and_their_caption() -> None:
    paper = Paper(columns=1)
    paper.heading("Results")
    paper.paragraph(FILLER + FILLER, indent=0)
    paper.y += 12
    paper.line("Table 1. Doses and group sizes.", BODY, 9)
    rows = [("Group", "Dose (mg/kg)", "n"), ("Sham", "0", "8"), ("Low", "2.5", "10"), ("High", "25", "9")]
    for number, row in enumerate(rows):
        if number < 2:
            paper.page.draw_line((50, paper.y - 6), (330, paper.y - 6), width=0.5)
        for column, cell in enumerate(row):
            paper.page.insert_text((55 + 100 * column, paper.y + 4), cell, fontname=BODY, fontsize=9)
        paper.y += 13
    paper.page.draw_line((50, paper.y - 6), (330, paper.y - 6), width=0.5)
    paper.y += 14
    paper.paragraph(FILLER, indent=0)
    document = parsed(paper.bytes())
    (table,) = document.tables
    assert [(c.row, c.column, document.slice(c), c.header) for c in table.cells] == [
        (r, c, text, r == 0) for r, row in enumerate(rows) for c, text in enumerate(row)
    ]
    assert document.slice(document.blocks[table.caption]) == "Table 1. Doses and group sizes."
    assert document.boxes(table.cells[-1].start, table.cells[-1].end)
    assert "2.5" not in " ".join(kinds(document, "paragraph"))
