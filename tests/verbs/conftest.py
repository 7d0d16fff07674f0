"""A small review, a review of one short paper taken along the line, and vivex as its user calls it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from small_review import review
from vivex.annotation import Annotation
from vivex.cli import main
from vivex.codebook import template_path
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import Review

__all__ = ["review"]
PAPER = """Metformin and the heart of the rat

Methods

Twenty male Wistar rats, 8 weeks old, were given metformin at 100 mg/kg by oral gavage once daily for 4 weeks.
Rats were allocated to two groups with a table of random numbers. Infarct size was measured by a blinded observer.

Results

Infarct size fell from 40 % to 25 % in the treated rats.
"""


@dataclass(frozen=True, slots=True)
class Said:
    """Hold what a call printed and its exit status."""

    status: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture
def vivex(capsys: pytest.CaptureFixture[str]) -> Call:
    """Return a function that calls a verb and returns what it said."""

    def call(*words: str | Path) -> Said:
        status = main([str(word) for word in words])
        printed = capsys.readouterr()
        return Said(status, printed.out, printed.err)

    return call


@pytest.fixture(scope="session")
def line_review(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """Return a review of one paper and one file that is none, taken along the line."""
    found = Review(tmp_path_factory.mktemp("line") / "review")
    found.pdfs.mkdir(parents=True)
    found.annotations.mkdir()
    found.codebook.write_bytes(template_path("invivo").read_bytes())
    (found.pdfs / "metformin-2020.txt").write_text(PAPER, encoding="utf-8")
    (found.pdfs / "notes.docx").write_bytes(b"PK")
    for verb in ("parse", "recognize", "assess", "prefill"):
        assert main([verb, "--root", str(found.root), "--jobs", "1"]) in (0, 1), verb
    return found


def disagree(review: Review, study: str = "ames-2019") -> None:
    """Let two reviewers judge an item of a study apart."""
    for who, word in (("mk", "low"), ("th", "high")):
        made = Annotation(
            study, "syrcle.other_bias", {"judgement": word}, (), f"reviewer:{who}", None, decision="added"
        )
        take_in(review, who, [made], Session("w.xlsx", "", True))


def one_line(said: Said, verb: str, *words: str) -> None:
    """Assert that a call failed with one clear line that holds the words."""
    assert said.status == 2
    *before, last = said.err.splitlines()
    assert all(line.startswith("  ") for line in before)  # warnings of models fitted with other rules
    assert last.startswith(f"vivex {verb}: ")
    for word in words:
        assert word in last
