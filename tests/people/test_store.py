"""The store: round trip, history, locks, and a kill at any moment."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from vivex.annotation import Annotation, read_annotations
from vivex.errors import MalformedFile, ReviewError, UnknownName
from vivex.people import importing, store
from vivex.people.importing import take_in
from vivex.people.store import Session, Statement, read_statement, reviewer_name, update, write_statement
from vivex.people.undo import undo

SESSION = Session("mk-1-blind.xlsx", "ab" * 32, True)


def judged(word, item="other_bias", study="ames-2019", who="mk", **more):
    """Return a reviewer's judgement."""
    return Annotation(
        study, f"syrcle.{item}", {"judgement": word}, (), f"reviewer:{who}", None, decision="added", **more
    )


def test_a_statement_reads_back_as_it_was_and_its_decisions_are_annotations(review):
    statement = update(
        Statement("ames-2019", "mk"), [judged("low"), judged("high", "random_housing", note="stacked «cages»")], SESSION
    )
    path = write_statement(review, statement)
    assert read_statement(path) == statement
    assert sorted(a.label for a in read_annotations(path)) == ["syrcle.other_bias", "syrcle.random_housing"]
    assert statement.reviewed["syrcle.other_bias"].blind


def test_the_same_decisions_again_change_nothing():
    first = update(Statement("ames-2019", "mk"), [judged("low")], SESSION)
    assert update(first, [judged("low")], replace(SESSION, file="again.xlsx")) is first


def test_a_changed_decision_keeps_the_old_one_as_history(review):
    first = update(Statement("ames-2019", "mk"), [judged("low"), judged("low", "random_housing")], SESSION)
    later = update(first, [judged("high")], Session("mk-2-prefilled.xlsx", "", False, "model:rob@1"))
    assert [a.value["judgement"] for a in later.of("syrcle.other_bias")] == ["high"]
    assert [(s.session, s.annotation.value["judgement"]) for s in later.superseded] == [(2, "low")]
    assert not later.reviewed["syrcle.other_bias"].blind
    assert later.reviewed["syrcle.random_housing"].blind
    assert read_statement(write_statement(review, later)) == later


def test_what_was_decided_in_a_row_that_cannot_be_read_now_stands():
    def dose(value, revises=""):
        return Annotation("ames-2019", "form.dose", value, (), "reviewer:mk", decision="added", revises=revises)

    first = update(Statement("ames-2019", "mk"), [dose("100 µg", "ab"), dose("200 µg")], SESSION)
    new = [dose("110 µg", "ab")]
    later = update(first, new, SESSION, partly=["form.dose"], unread=["form.dose"])
    assert [a.value for a in later.decisions] == ["110 µg", "200 µg"]
    assert [s.annotation.value for s in later.superseded] == ["100 µg"]
    assert "form.dose" not in later.reviewed
    assert [a.value for a in update(first, new, SESSION).decisions] == ["110 µg"]


def test_who_has_seen_the_proposals_is_not_blind_afterwards():
    seen = update(
        Statement("ames-2019", "mk"), [judged("low")], Session("mk-1-prefilled.xlsx", "", False, "model:rob@1")
    )
    later = update(seen, [judged("high", "random_housing")], SESSION)
    assert later.reviewed["syrcle.random_housing"] == store.Seen(False, "model:rob@1")


@pytest.mark.parametrize("name", ["", "a b", "../x", "adjudicated", "assignments", "Übel"])
def test_a_name_that_cannot_name_a_file_is_refused(name):
    with pytest.raises(UnknownName):
        reviewer_name(name)


def test_a_study_id_cannot_leave_the_folder(review):
    with pytest.raises(UnknownName):
        store.statement_path(review, "../x", "mk")


def test_a_file_without_its_first_record_is_named_with_the_remedy(review):
    path = review.annotations / "ames-2019" / "mk.jsonl"
    path.parent.mkdir()
    path.write_text('{"a": 1}\n', encoding="utf-8")
    with pytest.raises(MalformedFile, match=r"mk\.jsonl:1"):
        read_statement(path)


def test_a_second_writer_waits_and_then_gives_up(review, monkeypatch):
    monkeypatch.setattr(store, "_LOCK_SECONDS", 0.05)
    code = (
        "import sys, pathlib\nfrom vivex.people.store import locked\nfrom vivex.review import Review\n"
        "with locked(Review(pathlib.Path(sys.argv[1]))):\n    print('held', flush=True); sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(review.root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(ReviewError, match="in use"), store.locked(review):
            pass
        other.stdin.close()


IMPORTER = """
import pathlib, sys
from vivex.annotation import Annotation
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import Review
review = Review(pathlib.Path(sys.argv[1]))
made = [Annotation(f"study-{n:03}", f"form.dose", f"{k} mg/kg " + "x" * 2000, (), "reviewer:mk", None, decision="added")
        for n in range(60) for k in range(8)]
print("go", flush=True)
take_in(review, "mk", made, Session("w.xlsx", "", False))
print("done", flush=True)
"""


def test_a_killed_import_leaves_whole_files_and_is_finished_by_importing_again(review):
    for delay in (0.002, 0.02, 0.06):
        with subprocess.Popen([sys.executable, "-c", IMPORTER, str(review.root)], stdout=subprocess.PIPE) as process:
            assert process.stdout.readline().strip() == b"go"
            time.sleep(delay)
            os.kill(process.pid, signal.SIGKILL)
        for study in store.studies(review):
            assert len(read_statement(review.annotations / study / "mk.jsonl").decisions) == 8
    done = subprocess.run(
        [sys.executable, "-c", IMPORTER, str(review.root)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["go", "done"]
    assert len(store.studies(review)) == 60
    assert not list(review.annotations.rglob("*.part"))


def test_an_import_cut_short_is_the_same_act_when_it_is_finished(review, monkeypatch):
    made = [judged("low"), replace(judged("low"), study="bell-2020")]
    session = Session("w.xlsx", "f" * 64, False)
    written = importing.write_statement

    def cut(review, statement):
        if statement.study == "bell-2020":
            raise KeyboardInterrupt
        return written(review, statement)

    monkeypatch.setattr(importing, "write_statement", cut)
    with pytest.raises(KeyboardInterrupt):
        take_in(review, "mk", made, session)
    monkeypatch.setattr(importing, "write_statement", written)
    assert take_in(review, "mk", made, session) == (("bell-2020",), ("ames-2019",))
    acts = {
        read_statement(review.annotations / study / "mk.jsonl").sessions[-1].act for study in ("ames-2019", "bell-2020")
    }
    assert len(acts) == 1
    undo(review, "mk", when="2026-01-31T09:30:00Z")
    for study in ("ames-2019", "bell-2020"):
        assert not read_statement(review.annotations / study / "mk.jsonl").decisions


def test_what_is_taken_in_twice_is_written_once(review):
    assert take_in(review, "mk", [judged("low")], SESSION) == (("ames-2019",), ())
    before = (review.annotations / "ames-2019" / "mk.jsonl").stat().st_mtime_ns
    assert take_in(review, "mk", [judged("low")], SESSION) == ((), ("ames-2019",))
    assert (review.annotations / "ames-2019" / "mk.jsonl").stat().st_mtime_ns == before
