"""A renamed study keeps what people said about it, whoever renamed its folder."""

from __future__ import annotations

import pytest
from answers import STUDY, low, say

from vivex.cli import main
from vivex.errors import ReviewError, UnknownName
from vivex.people.assign import Assignment, assigned, record
from vivex.people.rename import FILE, rename
from vivex.people.store import read_statement, statements

NEW = "ames-2020"


@pytest.fixture
def stated(review):
    say(review, "mk", "form.dose", "10 mg/kg", decision="accepted")
    say(review, "mk", "form.dose", "12 mg/kg", decision="edited")  # the first one becomes history
    say(review, "th", "syrcle.other_bias", low())
    record(review, [Assignment(STUDY, "mk", True), Assignment("bell-2020", "mk", False)])
    for folder, end in (("documents", ".json"), ("mentions", ".jsonl"), ("judgements", ".jsonl"), ("forms", ".json")):
        path = review.outputs / folder / f"{STUDY}{end}"
        text = path.read_text(encoding="utf-8").replace(f'"study":"{STUDY}"', f'"study":"{NEW}"')
        path.unlink()
        path.with_name(NEW + end).write_text(text, encoding="utf-8")
    return review


@pytest.mark.parametrize("by_hand", [False, True])
def test_all_statements_speak_of_the_new_name(stated, by_hand, capsys):
    root = str(stated.root)
    if by_hand:
        (stated.annotations / STUDY).rename(stated.annotations / NEW)
        assert main(["status", "--root", root]) == 2
        assert f"vivex rename {STUDY} {NEW}" in capsys.readouterr().err
    assert main(["rename", STUDY, NEW, "--root", root]) == 0
    assert sorted(statements(stated, NEW)) == ["mk", "th"]
    mk = read_statement(stated.annotations / NEW / "mk.jsonl")
    assert {a.study for a in (*mk.decisions, *(s.annotation for s in mk.superseded))} == {NEW}
    assert not (stated.annotations / STUDY).exists()
    assert {(a.study, a.blind) for a in assigned(stated)} == {(NEW, True), ("bell-2020", False)}
    assert main(["check", "--root", root]) == 0
    assert "0 errors, 0 warnings" in capsys.readouterr().out


def test_a_name_that_is_taken_or_unknown_is_refused_before_anything_is_written(stated):
    before = {p: p.read_bytes() for p in stated.annotations.rglob("*.jsonl")}
    (stated.annotations / NEW).mkdir()
    taken = stated.annotations / NEW / "mk.jsonl"
    taken.write_bytes(b"")
    with pytest.raises(ReviewError, match="exists already"):
        rename(stated, STUDY, NEW)
    taken.unlink()
    for old, new in (("nobody-1999", NEW), (STUDY, STUDY), ("../x", NEW)):
        with pytest.raises(UnknownName):
            rename(stated, old, new)
    assert {p: p.read_bytes() for p in stated.annotations.rglob("*.jsonl")} == before


def test_the_paper_is_renamed_and_the_new_name_recorded_once(stated):
    stated.pdfs.mkdir()
    (stated.pdfs / f"{STUDY}.pdf").touch()
    rename(stated, STUDY, NEW, by="mk", when="2026-01-31T09:30:00Z")
    assert [p.name for p in stated.pdfs.iterdir()] == [f"{NEW}.pdf"]
    (line,) = (stated.annotations / FILE).read_text(encoding="utf-8").splitlines()
    assert line == f'{{"old": "{STUDY}", "new": "{NEW}", "by": "mk", "when": "2026-01-31T09:30:00Z"}}'
    for name in (STUDY, NEW):
        (stated.pdfs / f"{name}.pdf").touch()
    with pytest.raises(ReviewError, match="exists already"):
        rename(stated, STUDY, NEW)
