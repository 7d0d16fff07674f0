"""References are kept with the annotations; two people's files unite by their lines; labels follow."""

from __future__ import annotations

import pytest

from people.answers import STUDY
from vivex.errors import MalformedFile
from vivex.people.library import FILE, from_library, front_matter, labels, listed, record, references, twins
from vivex.references import Reference

ODE = Reference("Title of another", ("Ode, Ann",), "2019", doi="10.5555/ode")
WHEN = "2026-03-01T10:00:00Z"


def test_what_is_recorded_is_told_and_named(review):
    assert record(review, {STUDY: ODE}, when=WHEN) == [STUDY]
    assert record(review, {STUDY: ODE}, when="2026-03-02T10:00:00Z") == []
    assert from_library(review) == {STUDY: ODE}
    assert references(review)[STUDY].title == "Title of another"
    assert references(review)["bell-2020"].title.startswith("Title of the fictitious paper")
    assert labels(review) == {
        STUDY: "Ode 2019",
        "bell-2020": "bell-2020",
        "cole-2021": "cole-2021",
        "dale-2022": "dale-2022",
    }


def test_the_last_line_counts_and_old_ones_go_when_a_new_one_is_written(review):
    path = review.annotations / FILE
    record(review, {STUDY: ODE}, when=WHEN)
    other = path.read_text().replace('"2019"', '"2020"').replace(WHEN, "2026-04-01T10:00:00Z")
    path.write_text(other + path.read_text())  # as a union of two people's lines
    assert listed(path)[STUDY].year == "2020"
    record(review, {STUDY: ODE}, when="2026-05-01T10:00:00Z")
    assert len(path.read_text().splitlines()) == 1


def test_two_files_of_one_paper_are_named():
    known = {
        "a": Reference("The hearts of very many old mice in winter", doi="10.5555/h"),
        "b": Reference("Received: 5 May", doi="10.5555/h"),
        "c": Reference("the Hearts of very many old Mice, in winter"),
        "d": Reference("Received: 5 May"),
    }
    one, two = twins(known)
    assert one.startswith("b has the DOI of a: if they are one paper, take one out (`vivex exclude b")
    assert two.startswith("c has the title of a")


def test_a_line_that_is_none_is_named(review):
    (review.annotations / FILE).write_text('{"title": "x"}\n')
    with pytest.raises(MalformedFile, match=r"references\.jsonl:1: expected"):
        from_library(review)


def test_the_front_matter_is_read_without_the_rest(review):
    path = review.outputs / "documents" / f"{STUDY}.json"
    assert front_matter(path).title == f"Title of the fictitious paper {STUDY}"
    path.write_text("{")
    assert front_matter(path) == Reference()
