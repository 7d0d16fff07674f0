"""Names, labels, and when two references are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import MalformedFile
from vivex.references import (
    Reference,
    family,
    from_json,
    names_in,
    normal_doi,
    normal_title,
    of_front_matter,
    study_labels,
    to_json,
    year_in,
)


@pytest.mark.parametrize(
    ("author", "name"),
    [
        ("van de Schoot, Rens", "van de Schoot"),
        ("Ode A.B.", "Ode"),
        ("Ode AB", "Ode"),
        ("Ann B. Ode", "Ode"),
        ("A. Ode", "Ode"),
        ("Rens van de Schoot", "van de Schoot"),
        ("Ann Ode, MD", "Ann Ode"),
        ("Ann Ode PhD", "Ode"),
        ("The Heart Group", "The Heart Group"),
        ("{The Heart Group}, ", "The Heart Group"),
        ("Li", "Li"),
        ("XU L", "XU"),
    ],
)
def test_family_names(author, name):
    assert family(author) == name


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Ode, Bo Eld and Cy Fen", ("Ann Ode", "Bo Eld", "Cy Fen")),
        ("Ann Ode1,2*, Bo Eld2 & Cy Fen†", ("Ann Ode", "Bo Eld", "Cy Fen")),
        ("Ode, A.; Eld, B.", ("Ode, A.", "Eld, B.")),
        ("Ode A, Eld BC", ("Ode A", "Eld BC")),
        ("", ()),
    ],
)
def test_a_byline(text, names):
    assert names_in(text) == names


def test_labels_are_told_apart_by_letters():
    found = study_labels(
        {
            "s1": Reference("Zebra", ("Ode, A",), "2019"),
            "s2": Reference("Ape", ("Ode, B",), "2019"),
            "s3": Reference("Bee", ("Eld, C",), ""),
            "s4": Reference("Cow"),
        }
    )
    assert found == {"s1": "Ode 2019b", "s2": "Ode 2019a", "s3": "Eld n.d.", "s4": "s4"}


@given(st.dictionaries(st.text("ab", min_size=1), st.tuples(st.sampled_from("xy"), st.sampled_from(["2019", ""]))))
def test_no_two_labels_are_equal(given_):
    found = study_labels({s: Reference(authors=(f"{a}y, B",), year=y) for s, (a, y) in given_.items()})
    assert len(set(found.values())) == len(found)


def test_identifiers():
    assert normal_doi("https://doi.org/10.5555/ABC.1.") == "10.5555/abc.1"
    assert normal_doi("none") == ""
    assert normal_title("The <i>β</i>-Agonist: Ⅱ") == normal_title("the β–agonist II")
    assert (year_in("2019///"), year_in("12 Mar 2018"), year_in("199")) == ("2019", "2018", "")


def test_json_both_ways_and_what_is_wrong_is_named():
    reference = Reference("T", ("Ode, A",), "2019", doi="10.5555/x", files=("a.pdf",))
    assert from_json(to_json(reference), where="x") == reference
    with pytest.raises(MalformedFile, match="x: authors 5 is no list of texts"):
        from_json({"authors": 5}, where="x")
    with pytest.raises(MalformedFile, match=r"x: title \['a'\] is no text"):
        from_json({"title": ["a"]}, where="x")


def test_the_library_goes_before_the_paper():
    paper = of_front_matter({"title": "Received: 2019", "year": "2018", "authors": "Ann Ode", "doi": "10.5555/X"})
    both = Reference(title="Hearts", year="2019").over(paper)
    assert (both.title, both.year, both.authors, both.doi) == ("Hearts", "2019", ("Ann Ode",), "10.5555/x")
