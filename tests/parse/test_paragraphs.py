"""Printed lines that belong together make one group."""

from __future__ import annotations

import pytest
from printed import TYPE, set_group, set_line, set_lines

from vivex.parse.lines import Line
from vivex.parse.paragraphs import ENTRY, LABEL, NUMBERED, Group, grouped, measure

COLUMNS = {1: [(50.0, 250.0), (270.0, 470.0)], 2: [(50.0, 250.0)]}
FULL = "Rats were kept in pairs and were given water"  # 220 points: nearly to the column's edge


def told(*lines: Line) -> list[list[str]]:
    """Return the texts of the groups that lines make."""
    return [[line.text for line in group.lines] for group in grouped(lines, COLUMNS, TYPE)]


def test_lines_of_one_step_are_a_paragraph() -> None:
    assert told(*set_lines(FULL, FULL, "and chow.")) == [[FULL, FULL, "and chow."]]


def test_white_parts_paragraphs() -> None:
    assert len(told(set_line(FULL, y=100), set_line(FULL, y=112), set_line(FULL, y=140))) == 2


def test_an_indented_line_begins_a_paragraph() -> None:
    first = [set_line(FULL, y=100), set_line("They lived.", y=112)]
    assert len(told(*first, set_line("Mice were kept alone and were given", x=62, y=124), set_line(FULL, y=136))) == 2


def test_a_short_line_that_ends_a_sentence_ends_the_paragraph() -> None:
    assert len(told(*set_lines(FULL, "They lived.", FULL))) == 2
    assert len(told(*set_lines(FULL, "as they lived", "in " + FULL[:30]))) == 1


@pytest.mark.parametrize("more", [{"page": 2}, {"column": 1, "x": 270}, {"size": 8}, {"font": "Other"}])
def test_another_page_column_or_type_parts(more: dict[str, object]) -> None:
    other = set_line("Readers did not know the groups.", y=112, **more)
    assert len(told(set_line("The end of a paragraph."), other)) == 2


def test_columns_of_a_table_are_apart() -> None:
    assert told(set_line("Sham", 50), set_line("8", 150)) == [["Sham"], ["8"]]


def test_a_group_has_the_type_that_most_of_it_is_set_in() -> None:
    group = measure(Group([set_line("Rats", bold=True), set_line(FULL, 40, 112, size=9)]))
    assert (group.text, group.size, group.bold) == (f"Rats {FULL}", 9, False)
    assert (group.x0, group.x1, group.y1) == (40, 40 + 4.5 * len(FULL), group.lines[1].y1)
    assert (group.page, group.column) == (1, 0)
    assert set_group("Rats", italic=True).italic


@pytest.mark.parametrize(
    "text", ["Table 1. Doses", "Fig. 2a: Score", "Figure S3", "Supplementary Table IV", "TABLE II", "Scheme 1"]
)
def test_labels_of_captions(text: str) -> None:
    assert LABEL.match(text)


@pytest.mark.parametrize("text", ["Tables were set", "Figure of eight", "Charter 1", "Boxes 3 and 4x"])
def test_words_that_are_no_label(text: str) -> None:
    assert not LABEL.match(text)


def test_entries_and_numbers() -> None:
    assert all(map(ENTRY.match, ("1. Berg A", "[12] Dahl", "• rats", "(a) sham", "iv) low")))
    assert not any(map(ENTRY.match, ("10 rats", "Rats 1. A", "2020 Berg")))
    assert NUMBERED.match("2.1. Animals")
    assert not NUMBERED.match("2.5 mg")


def test_nothing_makes_no_group() -> None:
    assert grouped([], {}, TYPE) == []
