"""Each group's kind, and the sections of a paper."""

from __future__ import annotations

import pytest
from printed import TYPE, kinds, paper, parsed, set_group

from vivex.document import BODY_KINDS, Document
from vivex.parse.outline import structure
from vivex.parse.paragraphs import Group

COLUMNS = {page: [(50.0, 300.0)] for page in (1, 2)}
TEXT = ("Rats were kept in pairs and had free access to wa", "ter and to chow in all the weeks before surgery.")
HEAD: dict[str, object] = {"bold": True, "font": "Bold", "size": 12}


def told(*groups: Group) -> list[tuple[str, str, str]]:
    """Return (kind, role of its section, first words) of the groups of a paper."""
    lines = [line for group in groups for line in group.lines]
    found, sections, places, _ = structure(list(groups), lines, {}, TYPE, COLUMNS, {1: 842.0, 2: 842.0}, {})
    assert len(found) == len(places)
    return [
        (g.kind, sections[at].role if at is not None else "", " ".join(g.text.split()[:2]))
        for g, at in zip(found, places, strict=True)
    ]


def body(*heads: str) -> list[Group]:
    """Return headings, each with running text under it."""
    groups = []
    for n, head in enumerate(heads):
        groups += [set_group(head, y=100 + 60 * n, **HEAD), set_group(*TEXT, y=116 + 60 * n)]
    return groups


def test_running_text_stands_in_the_section_of_its_heading() -> None:
    found = told(*body("Introduction", "Methods", "Results", "Discussion"))
    assert [(kind, role) for kind, role, _ in found] == [
        (kind, role)
        for role in ("introduction", "methods", "results", "discussion")
        for kind in ("heading", "paragraph")
    ]


def test_what_follows_the_references_is_references_one_by_one() -> None:
    entries = set_group("1. Berg A. On knees. 2020.", "2. Dahl C. On hips. 2021.", "3. Falk E. On rats. 2022.", y=400)
    found = told(
        *body("Introduction", "Methods", "Results", "Discussion"), set_group("References", y=380, **HEAD), entries
    )
    assert [item for item in found if item[0] == "reference"] == [
        ("reference", "references", "1. Berg"),
        ("reference", "references", "2. Dahl"),
        ("reference", "references", "3. Falk"),
    ]


def test_a_paragraph_that_a_page_parts_is_one() -> None:
    first = set_group(
        "Rats were kept in pairs and had free access to wa", "ter and to chow in all the weeks before the sur-", y=700
    )
    second = set_group(
        "gery of both knees, which was done by one surgeon", "and seen by another of them.", y=80, page=2
    )
    found = told(*body("Methods"), first, second)
    assert [words for kind, _, words in found if kind == "paragraph"] == ["Rats were", "Rats were"]


def test_statements_are_notes() -> None:
    heads = body("Introduction", "Methods", "Results", "Discussion", "Acknowledgements")
    found = told(*heads)
    assert found[-1][:2] == ("footnote", "statements")


def test_captions_are_told_by_their_label() -> None:
    caption = set_group("Figure 1. Scores of all rats.", size=8, y=300)
    assert ("caption", "methods", "Figure 1.") in told(*body("Methods"), caption)


def test_running_heads_come_last() -> None:
    head = set_group("Journal of Knees", y=30)
    head.lines[0].kind = "header"
    groups = body("Methods")
    lines = [*head.lines, *(line for g in groups for line in g.lines)]
    found, _, places, _ = structure(groups, lines, {}, TYPE, COLUMNS, {1: 842.0}, {})
    assert (found[-1].kind, found[-1].text, places[-1]) == ("header", "Journal of Knees", None)


@pytest.fixture(scope="module")
def document() -> Document:
    """Return the paper of printed.py, read."""
    return parsed(paper())


def test_headings_have_levels_and_roles(document: Document) -> None:
    heads = [
        (document.slice(b), b.level, document.sections[b.section].role) for b in document.blocks if b.kind == "heading"
    ]
    assert heads == [
        ("Introduction", 1, "introduction"),
        ("Materials and methods", 1, "methods"),
        ("Animals", heads[2][1], "methods"),
        ("Surgery", heads[2][1], "methods"),
        ("Statistical analysis", heads[2][1], "methods"),
        ("Results", 1, "results"),
        ("Discussion", 1, "discussion"),
    ]
    assert heads[2][1] > 1
    thanks = next(b for b in document.blocks if "We thank the keepers" in document.slice(b))
    assert document.sections[thanks.section].role == "statements"


def test_parts_are_told_apart(document: Document) -> None:
    assert kinds(document, "title") == ["Exosomes of synovial stem cells slow the loss of cartilage in rats"]
    assert document.meta["title"] == kinds(document, "title")[0]
    assert kinds(document, "abstract")[0].startswith("Background: Loss of cartilage")
    assert kinds(document, "abstract")[-1].endswith("exosomes slow it.")
    assert len(kinds(document, "reference")) == 8
    body = " ".join(document.slice(b) for b in document.blocks if b.kind in BODY_KINDS)
    assert "Journal of Knees" not in body
    assert "University of Nowhere" not in body
    assert "Keywords" not in body
    assert "We thank the keepers" not in body
