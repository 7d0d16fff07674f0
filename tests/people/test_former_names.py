"""A workbook that was written before a study was renamed is read, and what it says is about the study of now."""

from __future__ import annotations

import pytest
from answers import STUDY

from vivex.cli import main
from vivex.people.assign import Assignment, record
from vivex.people.former_names import UnderFormerNames, former_names, names_now
from vivex.people.rename import rename
from vivex.people.store import read_statement
from workbook_rows import FilledBook

NEW = "ames-2020"


@pytest.fixture
def book(review):
    """Return a filled-in workbook of a study that was renamed since."""
    review.pdfs.mkdir()
    (review.pdfs / f"{STUDY}.txt").touch()
    record(review, [Assignment(STUDY, "mk", False)])
    assert main(["work", "--reviewer", "mk", "--root", str(review.root)]) == 0
    book = FilledBook(review.root / "workbooks" / "mk.xlsx")
    book.put(book.row(STUDY, "species"), decision="accept")
    book.put(book.row(STUDY, "dose"), decision="edit", yours="12 mg/kg")
    book.put(book.row(STUDY, "random housing"), decision="edit", yours="high")
    book.save()
    rename(review, STUDY, NEW)
    return book


def _read_anew(review):
    """Let the stages have read the paper under its new name."""
    for folder, end in (("documents", ".json"), ("mentions", ".jsonl"), ("judgements", ".jsonl"), ("forms", ".json")):
        path = review.outputs / folder / f"{STUDY}{end}"
        text = path.read_text(encoding="utf-8")
        for between in ('":"', '": "'):
            text = text.replace(f'"study{between}{STUDY}"', f'"study{between}{NEW}"')
        path.unlink()
        path.with_name(NEW + end).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("read_anew", [False, True])
def test_what_it_says_is_kept_at_the_study_of_now(review, book, read_anew, capsys):
    if read_anew:
        _read_anew(review)
    assert main(["import", str(book.path), "--root", str(review.root)]) == 0
    printed = capsys.readouterr()
    assert f"the study {STUDY} is called {NEW} now" in printed.out
    assert not printed.err
    assert "not handed" not in printed.out
    assert not (review.annotations / STUDY).exists()
    stated = read_statement(review.annotations / NEW / "mk.jsonl")
    said = {a.label: (a.study, a.decision) for a in stated.decisions}
    assert said == {
        "form.species": (NEW, "accepted"),
        "form.dose": (NEW, "edited"),
        "syrcle.random_housing": (NEW, "edited"),
    }
    if read_anew:
        from vivex.people.machine import proposals

        made = {p.id for p in proposals(review, NEW)}
        assert {a.revises for a in stated.decisions} <= made
    assert main(["import", str(book.path), "--root", str(review.root)]) == 0
    assert "0 studies changed, 1 as before" in capsys.readouterr().out


def test_a_former_name_that_another_paper_bears_is_that_papers(review, book):
    (review.pdfs / f"{STUDY}.pdf").touch()
    assert former_names(review) == {}


def test_names_follow_every_renaming_in_its_order():
    told = [{"old": "a", "new": "b"}, {"old": "b", "new": "c"}, {"old": "d", "new": "a"}, {"old": 5}]
    assert names_now(told) == {"b": "c", "d": "a"}


def test_a_study_is_given_under_its_former_name_as_told_of_it():
    both = UnderFormerNames({"new": "x"}, {"old": "new", "lost": "gone"}, lambda text, study: f"{text} of {study}")
    assert (both["old"], both["new"], list(both), len(both)) == ("x of old", "x", ["new", "old"], 2)
    assert "lost" not in both
    assert both.get("lost") is None


@pytest.mark.parametrize(("there", "remedy"), [(True, "not read yet; run `dvc repro`"), (False, "put it back")])
def test_check_tells_a_paper_that_is_not_read_from_one_that_is_gone(review, book, there, remedy, capsys):
    if not there:
        (review.pdfs / f"{NEW}.txt").unlink()
    assert main(["check", "--root", str(review.root)]) == 0
    assert remedy in capsys.readouterr().out
