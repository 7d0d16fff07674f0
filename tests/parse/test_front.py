"""Where the body begins without an Introduction, small-print Methods, statements on the first page."""

from __future__ import annotations

import pytest
from printed import BODY, BOLD, FILLER, Paper

from vivex.document import Document
from vivex.parse.pdf import parse_pdf


def parsed(made: Paper) -> Document:
    """Return the Document of a paper."""
    return parse_pdf(made.bytes(), study="s", params={})


def roles(document: Document) -> dict[str, str]:
    """Return the role of each heading's section."""
    return {
        document.slice(b): document.sections[b.section].role
        for b in document.blocks
        if b.kind == "heading" and b.section is not None
    }


def begun(*, columns: int = 1, abstract: float = 9, structured: bool = False) -> Paper:
    """Return a paper with title, authors and abstract."""
    made = Paper(columns=columns)
    made.y = 90
    made.wide("Exosomes of synovial stem cells slow the loss of cartilage in rats", BOLD, 18)
    made.wide("Anna Berg, Carl Dahl and Eva Falk", BODY, 11)
    made.heading("Abstract", BOLD, 11)
    if structured:
        for name in ("Methods", "Results"):
            made.heading(name, BOLD, 9)
            made.paragraph(FILLER, indent=0, size=abstract)
    else:
        made.paragraph(FILLER, indent=0, size=abstract)
    return made


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("opening", [True, False])
@pytest.mark.parametrize(
    "order", [("Materials and Methods", "Results", "Discussion"), ("Results", "Discussion", "Methods")]
)
@pytest.mark.parametrize("abstract", [9.0, 10.0])
def test_the_first_heading_without_an_introduction(
    columns: int, opening: bool, order: tuple[str, ...], abstract: float
) -> None:
    made = begun(columns=columns, abstract=abstract)
    if opening:
        made.paragraph("Cartilage is lost with age in all mammals. " + FILLER)
    for name in order:
        made.heading(name)
        if "Methods" in name:
            made.heading("Animals", BOLD, 10)
            made.paragraph("Here begin the animals. " + FILLER)
            made.heading("Treatment", BOLD, 10)
        made.paragraph("Here begins a part. " + FILLER)
        made.paragraph("Here it goes on. " + FILLER)
    found = roles(parsed(made))
    want = {"Materials and Methods": "methods", "Methods": "methods", "Results": "results", "Discussion": "discussion"}
    assert [found.get(name) for name in order] == [want[name] for name in order]
    assert found["Animals"] == "methods"


def test_headings_inside_an_abstract_begin_no_body() -> None:
    made = begun(structured=True)
    for name in ("Introduction", "Methods", "Results", "Discussion"):
        made.heading(name)
        made.paragraph("Here begins a part. " + FILLER)
        made.paragraph("Here it goes on. " + FILLER)
    document = parsed(made)
    heads = [document.slice(b) for b in document.blocks if b.kind == "heading"]
    assert heads == ["Introduction", "Methods", "Results", "Discussion"]


@pytest.mark.parametrize("sub", [10, 12])
def test_headings_of_one_style_stay_under_methods(sub: float) -> None:
    made = begun()
    made.heading("Introduction")
    made.paragraph(FILLER)
    made.heading("Methods")
    for name in ("Animals", "Treatment"):
        made.heading(name, BOLD, sub)
        made.paragraph("Here begins a part. " + FILLER)
    for name in ("Results", "Discussion"):
        made.heading(name)
        made.paragraph("Here begins a part. " + FILLER)
    found = roles(parsed(made))
    assert (found["Animals"], found["Treatment"], found["Results"]) == ("methods", "methods", "results")


@pytest.mark.parametrize("size", [7.5, 8.0, 8.5, 9.0])
def test_methods_in_small_print_are_running_text(size: float) -> None:
    made = begun()
    made.heading("Introduction")
    for _ in range(4):
        made.paragraph(FILLER)
    made.heading("Methods")
    for n in range(2):
        made.paragraph(f"Rats of cage {n} were weighed. " + FILLER, size=size)
    made.heading("Results")
    for _ in range(4):
        made.paragraph(FILLER)
    document = parsed(made)
    kinds = [b.kind for b in document.blocks if "were weighed" in document.slice(b)]
    assert set(kinds) == {"paragraph"}


@pytest.mark.parametrize("label", ["Funding", "Competing Interests", "Conflict of interest", "Author Contributions"])
def test_statements_on_the_first_page_are_statements(label: str) -> None:
    made = begun()
    made.line("Citation: Berg A (2011) Exosomes. A Journal 6(11): e1.", BODY, 7.5)
    made.y += 6
    made.line(f"{label}: The authors say that there is nothing to say here.", BODY, 7.5)
    for name in ("Introduction", "Methods", "Results", "Discussion"):
        made.heading(name)
        made.paragraph(FILLER)
    document = parsed(made)
    block = next(b for b in document.blocks if "nothing to say" in document.slice(b))
    assert block.kind == "footnote"
    assert document.role_at(block.start) == "statements"
    later = next(b for b in document.blocks if b.kind == "paragraph" and b.start > block.start)
    assert document.role_at(later.start) == "introduction"


def test_a_large_heading_is_no_title() -> None:
    made = Paper(columns=1)
    made.paragraph(FILLER, indent=0)
    made.heading("Materials and Methods", BOLD, 13)
    made.paragraph(FILLER, indent=0)
    document = parsed(made)
    assert roles(document) == {"Materials and Methods": "methods"}
