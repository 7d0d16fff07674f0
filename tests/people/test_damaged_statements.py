"""Forty-three damaged statements: each is one line for every verb, and nothing of anybody's is lost."""

from __future__ import annotations

import contextlib
import copy
import json

import pytest
from answers import STUDY, low, say

from vivex.cli import main
from vivex.errors import MalformedFile, ReviewError
from vivex.people.ratings import ratings
from vivex.people.resolve import resolved
from vivex.people.store import Session, read_statement, update, write_statement

DEEP = ("[" * 100_000) + ("]" * 100_000)
READ = "read"  # harmless: read as it was meant
NAMED = "named"  # refused in one line by every door
FOREIGN = "foreign"  # read, told by check, counted nowhere


def damaged(good: str) -> dict[str, tuple[str, bytes]]:
    """Return name -> what becomes of it, bytes, for every damage."""
    head, first = (json.loads(line) for line in good.splitlines()[:2])

    def told(line: dict, h: dict | None = None) -> bytes:
        return (json.dumps(h or head) + "\n" + json.dumps(line) + "\n").encode()

    def but(**more) -> bytes:
        return told(copy.deepcopy(first) | more)

    def headed(**more) -> bytes:
        return told(first, head | more)

    def at(**more) -> bytes:
        return but(evidence=[{"start": 0, "end": 3, "quote": "Tit"} | more])

    def raw(key: str, text: str) -> bytes:
        return told(first | {key: "@@"}).replace(b'"@@"', text.encode())

    conflict = f"<<<<<<< HEAD\n{good}=======\n{good}>>>>>>> th\n"
    return {
        "utf16": (NAMED, good.encode("utf-16")),
        "utf16 without mark": (NAMED, good.encode("utf-16-le")),
        "latin1": (NAMED, good.replace("10 mg/kg", "10 \u00b5g").encode("latin-1")),
        "byte order mark": (READ, b"\xef\xbb\xbf" + good.encode()),
        "crlf": (READ, good.replace("\n", "\r\n").encode()),
        "cut": (NAMED, good[: len(good) // 2].encode()),
        "empty": (NAMED, b""),
        "nul": (NAMED, b"\0" * 200),
        "merge marks": (NAMED, conflict.encode()),
        "twice": (NAMED, (good + good).encode()),
        "a line twice": (READ, (good + good.splitlines()[1] + "\n").encode()),
        "unknown label": (NAMED, but(label="form.Nope!")),
        "label list": (NAMED, but(label=["x"])),
        "judgement list": (NAMED, but(label="syrcle.other_bias", value=["low"])),
        "judgement unknown": (NAMED, but(label="syrcle.other_bias", value={"judgement": "some concerns"})),
        "judgement in a list": (NAMED, but(label="syrcle.other_bias", value={"judgement": ["low"]})),
        "judgement as printed": (READ, but(label="syrcle.other_bias", value="Low risk")),
        "quote list": (NAMED, at(quote=["x"])),
        "quote null": (NAMED, at(quote=None)),
        "start negative": (NAMED, at(start=-5)),
        "start after end": (NAMED, at(start=9)),
        "start float": (NAMED, at(start=1e308)),
        "start nan": (NAMED, at(start=float("nan"))),
        "start true": (NAMED, at(start=True)),
        "group list": (NAMED, but(group=["a"])),
        "source null": (NAMED, but(source=None)),
        "value null": (NAMED, but(value=None)),
        "study number": (NAMED, but(study=5)),
        "note number": (NAMED, but(note=5)),
        "confidence text": (NAMED, but(confidence="high")),
        "surrogate": (NAMED, but(value="x\ud800y")),
        "brackets": (NAMED, raw("value", DEEP)),
        "digits": (NAMED, raw("value", "9" * 5000)),
        "no head": (NAMED, (good.splitlines()[1] + "\n").encode()),
        "reviewed list": (NAMED, headed(reviewed=[])),
        "reviewed of nothing": (NAMED, headed(reviewed={"form.dose": None})),
        "another study's head": (NAMED, headed(study="bell-2020")),
        "another reviewer's head": (NAMED, headed(reviewer="th")),
        "another schema": (NAMED, headed(schema=2)),
        "session without keys": (NAMED, (good + '{"record":"session"}\n').encode()),
        "record unknown": (NAMED, (good + '{"record":"zzz"}\n').encode()),
        "record number": (NAMED, (good + '{"record":5}\n').encode()),
        "unknown key": (NAMED, but(remark="mine")),
        "a machine's line": (FOREIGN, but(source="model:ner@x")),
        "another reviewer's line": (FOREIGN, but(source="reviewer:th")),
        "array": (NAMED, b"[]\n"),
        "boxes": (NAMED, at(boxes=[[1]])),
        "page text": (NAMED, at(page="x")),
        "evidence object": (NAMED, but(evidence={"a": 1})),
        "decision list": (NAMED, but(decision=["accepted"])),
    }


@pytest.fixture
def stated(review):
    """Return a review in which mk and th said something, and mk's file."""
    for who in ("mk", "th"):
        say(review, who, "form.dose", "10 mg/kg", decision="accepted")
        say(review, who, "syrcle.other_bias", low())
    return review, review.annotations / STUDY / "mk.jsonl"


def test_damaged_statements_are_one_line_each_and_nothing_is_lost(stated, capsys):
    review, path = stated
    other = (path.parent / "th.jsonl").read_bytes()
    cases = damaged(path.read_text(encoding="utf-8"))
    assert len(cases) >= 43
    for name, (fate, data) in cases.items():
        path.write_bytes(data)
        for verb in (["check"], ["status"]):
            capsys.readouterr()
            status = main([*verb, "--root", str(review.root)])
            said = capsys.readouterr()
            if fate == NAMED and verb != ["check"]:
                assert status == 2, (name, verb, said)
                assert said.err.count("\n") == 1, (name, said.err)
                assert str(path) in said.err, (name, said.err)
                assert "; " in said.err, (name, said.err)
            if verb == ["check"] and fate != READ:
                assert status == 1, (name, said.out)
                assert len(said.out) < 4000
                assert ": ; " not in said.out, (name, said.out)
        refused = {NAMED: MalformedFile, FOREIGN: ReviewError}
        with pytest.raises(refused[fate]) if fate in refused else contextlib.nullcontext():
            say(review, "mk", "form.dose", "10 mg/kg", decision="accepted")
        if fate != READ or name == "crlf":
            assert path.read_bytes() == data, name
        assert (path.parent / "th.jsonl").read_bytes() == other, name


@pytest.mark.parametrize("name", ["utf16", "quote null", "group list", "judgement unknown", "judgement in a list"])
def test_agree_names_the_file_or_measures(stated, name, capsys):
    review, path = stated
    fate, data = damaged(path.read_text(encoding="utf-8"))[name]
    path.write_bytes(data)
    assert main(["agree", "--resamples", "5", "--root", str(review.root)]) == (2 if fate == NAMED else 0)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize("name", ["a machine's line", "another reviewer's line"])
def test_a_line_of_another_source_is_told_and_counts_nowhere(stated, name, capsys):
    review, path = stated
    path.write_bytes(damaged(path.read_text(encoding="utf-8"))[name][1])
    assert main(["check", "--root", str(review.root)]) == 1
    assert "isn't counted" in capsys.readouterr().out
    (item,) = [i for i in resolved(review) if i.label == "form.dose"]
    assert (item.state, set(item.sides)) == ("single", {"th"})
    assert all("mk" not in pair.raters or pair.label != "form.dose" for pair in ratings(review).pairs)
    before = path.read_bytes()
    with pytest.raises(Exception, match="take the line out"):  # nothing is written over it
        say(review, "mk", "form.sex", "male")
    assert path.read_bytes() == before


def test_an_item_of_a_foreign_line_stays_marked_in_the_file(stated):
    _, path = stated
    path.write_bytes(damaged(path.read_text(encoding="utf-8"))["a machine's line"][1])
    statement = read_statement(path)
    assert "form.dose" not in statement.reviewed
    assert [line for line, _ in statement.foreign] == ["2"]


def test_a_header_of_another_reviewer_overwrites_nobody(stated):
    review, path = stated
    theirs = path.parent / "th.jsonl"
    before = theirs.read_bytes()
    path.write_bytes(damaged(path.read_text(encoding="utf-8"))["another reviewer's head"][1])
    with pytest.raises(MalformedFile, match=r"mk\.jsonl:1: it is by 'th'"):
        say(review, "mk", "form.sex", "male")
    assert theirs.read_bytes() == before


def test_one_damaged_study_stops_the_import_before_anything_is_written(stated):
    from vivex.annotation import Annotation
    from vivex.people.importing import take_in

    review, path = stated
    path.write_bytes(b"{")
    made = [
        Annotation(study, "form.sex", "male", (), "reviewer:mk", None, decision="added")
        for study in ("aaa-2000", STUDY, "zzz-2000")
    ]
    with pytest.raises(MalformedFile):
        take_in(review, "mk", made, Session("w.xlsx", "", False))
    assert not (review.annotations / "aaa-2000").exists()
    assert not (review.annotations / "zzz-2000").exists()


def test_the_reading_of_what_is_written_is_exact(stated):
    review, path = stated
    statement = read_statement(path)
    assert read_statement(write_statement(review, statement)) == statement
    assert update(statement, statement.decisions, Session("x", "", False)) is statement


def test_a_line_that_says_again_what_another_says_goes_with_the_next_import(stated, capsys):
    review, path = stated
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join([*lines, lines[1]]))
    assert main(["check", "--root", str(review.root)]) == 1
    assert "says again what line 2 says" in capsys.readouterr().out
    say(review, "mk", "form.sex", "male")
    assert main(["check", "--root", str(review.root)]) == 0
    assert len([a for a in read_statement(path).decisions if a.label == "form.dose"]) == 1
