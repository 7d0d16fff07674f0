"""A paper that breaks a file costs itself alone; a disk that is full is no paper's fault."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import MalformedFile
from vivex.forms.guarded import written
from vivex.paper import Paper


class Files(Sequence):
    """Papers that are read as they are asked for, of which some can't be."""

    def __init__(self, studies: Sequence[str], damaged: frozenset[str] = frozenset()) -> None:
        self.studies, self.damaged = studies, damaged

    def __len__(self) -> int:
        return len(self.studies)

    def __getitem__(self, index: int) -> str:
        if self.studies[index] in self.damaged:
            raise MalformedFile(f"documents/{self.studies[index]}.json: not JSON")
        return self.studies[index]


def listed(papers: Sequence[Paper], out: Path) -> list[str]:
    """Write the papers' names, as far as they are."""
    names = [str(paper) for paper in papers]
    (out / "list").write_text(" ".join(names))
    return names


@pytest.fixture
def notes() -> list[str]:
    """Give a list of what was told."""
    return []


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.frozensets(st.sampled_from("abcdef")))
def test_what_can_be_read_is_written_and_the_rest_told(tmp_path_factory, studies, damaged) -> None:
    told: list[str] = []
    out = tmp_path_factory.mktemp("out")
    good = [study for study in studies if study not in damaged]
    assert written("list", listed, Files(studies, damaged), out, told.extend) == good
    assert (out / "list").read_text() == " ".join(good)
    lost = [study for study in studies if study in damaged]
    assert told == [f"{s} is left out of the list: documents/{s}.json: not JSON" for s in lost]


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), MemoryError()])
def test_a_full_disk_is_no_papers_fault(tmp_path: Path, notes: list[str], error: Exception) -> None:
    calls: list[int] = []

    def write(papers: Sequence[Paper], out: Path) -> None:
        calls.append(len(papers))
        raise error

    with pytest.raises(type(error)):
        written("list", write, Files("ab"), tmp_path, notes.extend)
    assert (calls, notes) == ([2], [])


def test_what_no_paper_alone_breaks_is_raised(tmp_path: Path, notes: list[str]) -> None:
    def write(papers: Sequence[Paper], out: Path) -> None:
        if len(papers) > 1:
            raise ValueError("two are too many")

    with pytest.raises(ValueError, match="two are too many"):
        written("list", write, Files("ab"), tmp_path, notes.extend)
    assert notes == []
