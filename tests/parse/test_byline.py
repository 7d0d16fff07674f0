"""Authors are read from the lines beneath a title, whatever marks of addresses they carry."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import BODY, BOLD, Paper, parsed

from vivex.parse.byline import authors_of, names_in
from vivex.parse.jats import parse_jats

THREE = ("Ann Abel", "Bo van Babel", "Cy J. Cain")


@pytest.mark.parametrize(
    "line",
    [
        "Ann Abel, Bo van Babel and Cy J. Cain",
        "Ann Abel¹, Bo van Babel²,³ and Cy J. Cain¹*",
        "Ann Abel,¹,² Bo van Babel,³ and Cy J. Cain¹",
        "Ann Abelᵃ, Bo van Babelᵇ,ᶜ, Cy J. Cainᵃ,⁎",
        "Ann Abel ᵃ, Bo van Babel b,⇑, Cy J. Cain a,c,1",
        "Ann Abel MD, PhD; Bo van Babel, MSc; Cy J. Cain, Ph.D.",
        "Ann Abel | Bo van Babel | Cy J. Cain |",
        "Ann Abel (1,2), Bo van Babel [3] & Cy J. Cain†",
        "by Ann Abel 1, Bo van Babel 2 AND Cy J. Cain 1",
        "Ann Abel • Bo van Babel • Cy J. Cain",
        "Ann AbelID¹, Bo van BabeliD, Cy J. Cain",  # the sign of an ORCID, read as letters
    ],
)
def test_names_without_marks(line: str) -> None:
    assert authors_of([line]) == THREE
    assert authors_of(["RESEARCH ARTICLE", line, "¹ Department of Made-up Studies, University of Nowhere"]) == THREE


def test_a_byline_of_several_lines_ends_where_addresses_begin() -> None:
    lines = [
        "Ann Abel",
        "| Bo van Babel",
        "Cy J. Cain |",
        "|",
        "¹ School of Tea, Nowhere, Norway",
        "Dan Dale, Eva East",
    ]
    assert authors_of(lines) == THREE


def test_initials_behind_a_family_name_belong_to_it() -> None:
    assert authors_of(["Abel, A. B., Babel, C., Cain, D.-E."]) == ("A. B Abel", "C Babel", "D.-E Cain")


@pytest.mark.parametrize(
    "line",
    [
        "Received 3 May 2019; accepted 4 June 2019",
        "Department of Made-up Studies, University of Nowhere",
        "The rats were given tea, and then they slept.",
        "School of Tea, Nowhere, Norway",
        "RESEARCH ARTICLE",
        "ann.abel@nowhere.example",
        "",
    ],
)
def test_what_is_no_byline(line: str) -> None:
    assert authors_of([line]) == ()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert all(len(name.split()) > 1 for name in names_in(text))


def test_they_stand_in_the_document() -> None:
    made = Paper()
    made.y = 90
    made.wide("Exosomes of synovial stem cells slow the loss of cartilage", BOLD, 18)
    made.wide("Anna Berg¹, Carl Dahl² and Eva Falk¹", BODY, 11)
    made.wide("¹ Department of Made-up Studies, University of Nowhere", BODY, 9)
    made.heading("Abstract", BOLD, 11)
    made.paragraph("Cartilage is lost with age in all mammals, and nobody knows why. " * 6)
    assert parsed(made.bytes()).meta["authors"] == "Anna Berg, Carl Dahl, Eva Falk"


def test_of_an_article_in_xml_its_contributors_are() -> None:
    kinds = (("author", "Ann", "Abel"), ("editor", "Ed", "East"), ("author", "Bo", "van Babel"))
    one = "<name><surname>{2}</surname><given-names>{1}</given-names></name>"
    people = "".join(f'<contrib contrib-type="{kind[0]}">{one.format(*kind)}</contrib>' for kind in kinds)
    group = f"<contrib-group>{people}<contrib><collab>The Tea Group</collab></contrib></contrib-group>"
    title = "<title-group><article-title>Tea and rats</article-title></title-group>"
    data = f"<article><front><article-meta>{title}{group}</article-meta></front><body><p>Rats.</p></body></article>"
    assert parse_jats(data.encode(), study="s", params={}).meta["authors"] == "Ann Abel, Bo van Babel, The Tea Group"
