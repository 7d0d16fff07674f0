"""Lines become text: broken words are healed, and every character knows its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import Paper, parsed, set_group, set_line, set_lines

from vivex.parse.assemble import Words, assemble
from vivex.parse.cells import TableCell
from vivex.parse.paragraphs import Group, measure

KNOWN = Words(set_lines("The thickness of a low-dose layer", "dose and layer and low and dose", "up to date"))


@pytest.mark.parametrize(
    ("left", "right", "joined"),
    [
        ("the thick-", "ness of it", True),  # the whole word is in the paper
        ("a low-", "dose group", False),  # the hyphenated one is
        ("an unheard-", "of word", True),  # neither is
        ("and IL-", "six", False),
        ("and IL-", "6 levels", False),
        ("group A-", "treated", False),
        ("of Smith-", "Jones", False),
        ("no hyphen", "here", False),
        ("an up-to-", "date list", False),
        ("a hydro-alco-", "holic one", True),
    ],
)
def test_hyphens_at_line_ends(left: str, right: str, joined: bool) -> None:
    assert KNOWN.joins(left, right) is joined


def test_halves_of_broken_words_do_not_count() -> None:
    words = Words(set_lines("A nerve was cut and the carti-", "lage was kept")).count
    assert words["carti"] == words["lage"] == 0
    assert words["nerve"] == 1


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (("Rats were", "kept."), "Rats were kept."),
        (("The thick-", "ness"), "The thickness"),
        (("The thick\u00ad", "ness"), "The thickness"),
        (("mg/", "kg"), "mg/kg"),
        (("2020\u2013", "2024"), "2020\u20132024"),
        (("so \u2013", "he said"), "so \u2013 he said"),
        (("two  words", " here "), "two words here"),
    ],
)
def test_lines_are_joined(lines: tuple[str, ...], text: str) -> None:
    assert assemble([set_group(*lines, kind="paragraph")], [None], KNOWN).text == text


LINE = st.text(alphabet="abcA6 -\u00ad/\u2013.", min_size=1, max_size=20).filter(lambda text: text.strip() == text)


@given(st.lists(st.lists(LINE, min_size=1, max_size=4), min_size=1, max_size=4))
def test_every_character_lies_where_it_is_printed(paragraphs: list[list[str]]) -> None:
    groups = [set_group(*lines, kind="paragraph", y=100 + 80 * n) for n, lines in enumerate(paragraphs)]
    layers = assemble(groups, [None] * len(groups), KNOWN)
    assert [(b.kind, b.level) for b in layers.blocks] == [("paragraph", None)] * len(groups)
    lines = {line.box: line for group in groups for line in group.lines}
    for part in layers.fragments:
        line = lines[part.box]
        assert len(part.edges) == part.end - part.start + 1
        for i, char in enumerate(layers.text[part.start : part.end]):
            assert line.text[line.edges.index(part.edges[i])] == char
    placed = "".join(layers.text[f.start : f.end] for f in layers.fragments)
    printed = "".join("".join(lines) for lines in paragraphs)
    drop = str.maketrans("", "", " -\u00ad")
    assert placed.translate(drop) == printed.translate(drop)
    assert layers.text.count("\n\n") == len(groups) - 1


def test_tables_are_rows_of_cells_tied_to_their_caption() -> None:
    lines = [set_line("Dose"), set_line("n"), set_line("5 mg"), set_line("8")]
    table = measure(Group(lines, kind="table"))
    table.cells = [TableCell(i // 2, i % 2, [(line, 0, len(line.text))], header=i < 2) for i, line in enumerate(lines)]
    caption = set_group("Table 1. Doses", kind="caption")
    table.caption = caption
    layers = assemble([caption, table], [None, 0], KNOWN)
    assert layers.text == "Table 1. Doses\n\nDose\tn\n5 mg\t8"
    ((found),) = layers.tables
    assert (found.block, found.caption, layers.blocks[1].section) == (1, 0, 0)
    assert [layers.text[c.start : c.end] for c in found.cells] == ["Dose", "n", "5 mg", "8"]
    assert [c.header for c in found.cells] == [True, True, False, False]


def test_part_of_a_line_keeps_its_place() -> None:
    group = set_group("Animals. Rats ran.", kind="paragraph")
    group.first = 9
    layers = assemble([group], [None], KNOWN)
    assert layers.text == "Rats ran."
    assert layers.fragments[0].edges[0] == group.lines[0].edges[9]


def test_words_broken_at_line_ends_are_healed() -> None:
    paper = Paper(columns=1)
    paper.paragraph("Rats got a low-dose of the drug. A cartilage layer was seen.", indent=0)
    paper.line("The animals were observed daily and the thick-")
    paper.line("ness of the cartilage was taken from a low-")
    paper.line("dose group and an IL-")
    paper.line("6 assay in each of them.")
    text = parsed(paper.bytes()).text
    assert "thickness" in text
    assert "low-dose group" in text
    assert "IL-6 assay" in text
