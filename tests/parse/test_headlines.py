"""Headings: set apart from the running text, or run in at a paragraph's start."""

from __future__ import annotations

import random
import time

import pymupdf
import pytest
from printed import BOLD, FILLER, TYPE, Paper, kinds, parsed, set_group, set_line

from vivex.parse.headlines import mark_headings, split_run_in
from vivex.parse.lines import Span
from vivex.parse.paragraphs import Group, measure

COLUMNS = {1: [(50.0, 300.0)]}
TEXT = ("Rats were kept in pairs and had free access to", "water and to chow in the weeks before surgery.")


def headed(*heads: dict[str, object]) -> list[tuple[str, int | None]]:
    """Return the headings (text, level) found among groups, each followed by a paragraph."""
    groups, y = [], 100.0
    for head in heads:
        more = dict(head)
        groups.append(set_group(str(more.pop("text")), y=y, **more))
        groups.append(set_group(*TEXT, y=y + 16))
        y += 60
    mark_headings(groups, TYPE, COLUMNS)
    return [(g.text, g.level) for g in groups if g.kind == "heading"]


def test_bold_lines_over_text_are_headings_of_their_level() -> None:
    assert headed(
        {"text": "Methods", "bold": True, "font": "Bold", "size": 12},
        {"text": "Animals and their care", "italic": True, "font": "Italic"},
        {"text": "Surgery of the knee", "italic": True, "font": "Italic"},
        {"text": "Results", "bold": True, "font": "Bold", "size": 12},
    ) == [("Methods", 1), ("Animals and their care", 2), ("Surgery of the knee", 2), ("Results", 1)]


def test_numbers_tell_the_level() -> None:
    found = headed(
        {"text": "2. Methods", "bold": True, "font": "Bold"},
        {"text": "2.1. Animals", "bold": True, "font": "Bold"},
        {"text": "2.1.1. Rats", "bold": True, "font": "Bold"},
    )
    assert [level for _, level in found] == [1, 2, 3]


@pytest.mark.parametrize(
    ("head", "size", "headed"),
    [("Methods", 8, True), ("Results", 7.5, True), ("Methods", 6.5, False), ("Notes", 8, False), ("Legend", 8, False)],
)
def test_a_section_in_small_print_has_its_heading(head: str, size: float, headed: bool) -> None:
    print_ = ("Rats were kept in pairs and had free access to", "water and to chow in the weeks before", "surgery.")
    groups = [
        set_group(*TEXT, y=80),
        set_group(head, y=120, size=size),
        set_group(*print_, y=134, size=size),
        set_group(*TEXT, y=180),
    ]
    mark_headings(groups, TYPE, COLUMNS)
    assert [g.text for g in groups if g.kind == "heading"] == ([head] if headed else [])


@pytest.mark.parametrize(
    "text", ["a.berg@example.org", "https://example.org/x", "and so on", "12.5 8.1 7.3", "Knees, hips,", "Eq"]
)
def test_what_can_be_no_heading(text: str) -> None:
    assert headed(*[{"text": text, "bold": True, "font": "Bold"}] * 3) == []


def test_names_in_a_row_of_a_table_are_no_headings() -> None:
    groups = [
        set_group("Methods used", bold=True, font="Bold"),
        set_group("Results seen", x=180, bold=True, font="Bold"),
    ]
    mark_headings([*groups, set_group(*TEXT, y=116)], TYPE, COLUMNS)
    assert not any(g.kind for g in groups)


def run_in(head: str, rest: str, **style: bool) -> list[tuple[str, str]]:
    """Return (kind, text) of the parts of a paragraph whose first words are set otherwise."""
    line = set_line(f"{head} {rest}")
    cut = len(head) + 1
    line.spans = [
        Span(0, cut, 10, "Head", style.get("bold", False), style.get("italic", False), False),
        Span(cut, len(line.text), 10, "Body", False, False, False),
    ]
    group = measure(Group([line, set_line("and so they lived on.", y=112)], kind="paragraph"))
    found = split_run_in(group, TYPE)
    return [(g.kind, (g.text if g.kind == "heading" else g.text[g.first :]).strip()) for g in found]


def test_a_bold_beginning_is_a_heading() -> None:
    assert run_in("Animals.", "Male rats were bought", bold=True) == [
        ("heading", "Animals."),
        ("paragraph", "Male rats were bought and so they lived on."),
    ]


@pytest.mark.parametrize(
    ("head", "rest", "style"),
    [
        ("E. coli", "Was grown in flasks", "italic"),  # a species
        ("In vivo", "imaging was done", "italic"),  # words of a sentence
        ("Writing.", "Anna Berg wrote the text", "bold"),  # a credit
        ("animals", "Were kept in pairs", "bold"),
    ],
)
def test_words_set_otherwise_that_are_no_heading(head: str, rest: str, style: str) -> None:
    assert len(run_in(head, rest, **{style: True})) == 1


def test_other_kinds_are_never_split() -> None:
    group = set_group("Animals. Rats", kind="reference", bold=True)
    assert split_run_in(group, TYPE) == [group]


def test_run_in_headings_are_split_off() -> None:
    paper = Paper(columns=1)
    for name in ("Animals.", "Surgery."):
        paper.page.insert_text((50, paper.y), name, fontname=BOLD, fontsize=10)
        shift = pymupdf.get_text_length(name + " ", BOLD, 10)
        paper.line("Male rats of ten weeks were bought and kept for two weeks before use.", indent=shift)
        paper.paragraph(FILLER, indent=0)
        paper.y += 8
    document = parsed(paper.bytes())
    assert kinds(document, "heading") == ["Animals.", "Surgery."]
    assert any(t.startswith("Male rats of ten weeks") for t in kinds(document, "paragraph"))


def test_a_page_of_thousands_of_scattered_words_holds_no_heading_and_takes_no_square_of_them() -> None:
    chance = random.Random(3)
    groups = [set_group("Mice", x=chance.uniform(0, 500), y=chance.uniform(0, 780), size=3) for _ in range(12_000)]
    began = time.process_time()
    mark_headings(groups, TYPE, COLUMNS)
    assert not any(group.kind for group in groups)
    assert time.process_time() - began < 5  # pair by pair it was twenty times as long
