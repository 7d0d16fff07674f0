"""A large review is divided into volumes that hold each study once, in order."""

from __future__ import annotations

import itertools
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from vivex.forms.volumes import named, of_volume, volumes
from vivex.paper import Failure, Paper
from vivex.parse.text import parse_text


def paper(study: str) -> Paper:
    """Return a paper of which only the study's name matters."""
    return Paper(parse_text(b"A title\n\nTwelve rats were weighed every day for a week.\n", study=study, params={}))


PAPERS = [paper(f"s{number}") for number in range(23)]


@given(st.integers(0, 23), st.integers(1, 30))
def test_each_study_stands_in_one_volume(count: int, most: int) -> None:
    keys = [f"k{n}" for n in range(count)]
    found = volumes(PAPERS[:count], keys, studies=most)
    assert [s for v in found for s in v.studies] == [p.study for p in PAPERS[:count]]
    assert [k for v in found for k in v.keys] == keys
    assert all(len(v.papers) <= most for v in found)
    assert [v.number for v in found] == list(range(1, len(found) + 1))
    assert all(after.first == before.last + 1 for before, after in itertools.pairwise(found))


def test_only_several_volumes_have_a_number() -> None:
    one, several = volumes(PAPERS, studies=23), volumes(PAPERS, studies=10)
    assert named(Path("forms.xlsx"), one[0], 1).name == "forms.xlsx"
    names = [named(Path("forms.xlsx"), v, len(several)).name for v in several]
    assert names == ["forms-1.xlsx", "forms-2.xlsx", "forms-3.xlsx"]


def test_a_failure_is_named_where_its_study_is_or_in_the_first() -> None:
    divided = volumes(PAPERS, studies=10)
    known = frozenset(p.study for p in PAPERS)
    lost = [Failure("s12", "s12.pdf", "broken", "save it anew"), Failure("x", "x.pdf", "no text", "run OCR on it")]
    assert [[f.study for f in of_volume(lost, v, known)] for v in divided] == [["x"], ["s12"], []]
