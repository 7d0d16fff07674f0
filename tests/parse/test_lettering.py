"""Lettering of figures leaves the text; whole sections that are set small stay in it."""

from __future__ import annotations

import pytest
from printed import BODY, FILLER, TYPE, Paper, kinds, parsed, set_group

from vivex.document import BODY_KINDS
from vivex.parse.lettering import mark_figures, with_lesser
from vivex.parse.paragraphs import Group

COLUMNS = {1: [(50.0, 300.0)], 2: [(50.0, 300.0)]}
PROSE = ("Rats were kept in pairs and had free access to wa", "ter and to chow in all the weeks before surgery.")


def page(label: str, *, caption: str = "Figure 1. Scores.", gap: float = 30) -> tuple[Group, Group, Group]:
    """Return running text, a label under it and a caption under that."""
    return (
        set_group(*PROSE, y=100),
        set_group(label, y=150, size=7, font="Sans"),
        set_group(caption, y=150 + gap, size=8, kind="caption"),
    )


@pytest.mark.parametrize("label", ["Sham", "0 50 100", "Score (points)"])
def test_lettering_over_a_caption_is_no_text(label: str) -> None:
    text, letters, caption = page(label)
    mark_figures([text, letters, caption], TYPE, COLUMNS)
    assert (text.kind, letters.kind, caption.kind) == ("", "other", "caption")


@pytest.mark.parametrize(
    ("label", "more"),
    [
        ("Results", {}),  # a heading stands over the caption
        ("2.1. Animals", {}),
        ("Sham", {"gap": 160}),  # too far away
        ("Sham", {"caption": "Table 1. Scores."}),
    ],
)
def test_what_stays_over_a_caption(label: str, more: dict[str, float]) -> None:
    groups = page(label, **more)  # type: ignore[arg-type]
    mark_figures(groups, TYPE, COLUMNS)
    assert [g.kind for g in groups] == ["", "", "caption"]


def small(count: int) -> list[Group]:
    """Return running text on a second page, then paragraphs set smaller."""
    lines = (
        "Mice were kept alone and had free access to wat",
        "er and to chow in all the weeks before their sur",
        "gery.",
    )
    usual = [set_group(*PROSE, "They lived.", page=2, y=100 + 50 * n) for n in range(4)]
    return usual + [set_group(*[t + " and so on" for t in lines], page=2, size=8, y=400 + 50 * n) for n in range(count)]


def test_small_type_of_whole_sections_is_running_text() -> None:
    assert with_lesser(TYPE, small(4), COLUMNS).lesser == (8.0,)
    assert with_lesser(TYPE, small(2), COLUMNS).lesser == ()


def test_the_type_of_references_is_not() -> None:
    groups = small(4)
    groups.insert(4, set_group("References", page=2, bold=True))
    assert with_lesser(TYPE, groups, COLUMNS).lesser == ()


def test_captions_and_lettering_of_figures_leave_the_text() -> None:
    paper = Paper(columns=1)
    paper.heading("Results")
    paper.paragraph("The score rose over time. " + FILLER, indent=0)
    for n, label in enumerate(("0", "50", "100", "Sham", "Treated")):
        paper.page.insert_text((150 + 30 * n, paper.y + 30), label, fontname="helv", fontsize=7)
    paper.y += 60
    paper.line("Figure 1. The score over time in both groups.", BODY, 8)
    paper.y += 20
    paper.paragraph("The second paragraph goes on with what was seen. " + FILLER, indent=0)
    document = parsed(paper.bytes())
    assert kinds(document, "caption") == ["Figure 1. The score over time in both groups."]
    body = " ".join(document.slice(b) for b in document.blocks if b.kind in BODY_KINDS)
    assert "Treated" not in body


def test_small_set_methods_are_text() -> None:
    paper = Paper(columns=1)
    for name, size in (("Introduction", 10), ("Results", 10), ("Discussion", 10), ("Methods", 8)):
        paper.heading(name)
        for _ in range(12):
            paper.paragraph(FILLER, size=size)
    document = parsed(paper.bytes())
    roles = {document.sections[b.section].role for b in document.blocks if b.kind == "paragraph"}
    assert roles == {"introduction", "results", "discussion", "methods"}
