"""What is done at the desk is what a workbook's import would write; nothing is lost to another tab, or to a kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from desk.conftest import BLIND, STUDY
from vivex.annotation import Annotation
from vivex.cli import main
from vivex.decisions import UnreadableReply
from vivex.desk.deciding import (
    ACTS,
    FILE,
    REST,
    Act,
    Changed,
    act,
    act_together,
    at_desk,
    matched,
    open_proposals,
    take_back,
    version,
)
from vivex.desk.desk_review import DeskReview
from vivex.errors import ReviewError
from vivex.people.importing import take_in
from vivex.people.store import Session, Statement, dump_statement, read_statement, statement_path
from vivex.questions import NOT_REPORTED
from vivex.review import Review
from workbook_rows import FilledBook

JUDGED = "syrcle.random_housing"
ROW = (("dose", "7 mg/kg"), ("route", "tail vein"))


def do(desk: DeskReview, what: str, label: str, study: str = STUDY, **more) -> Statement:
    """Do something with a question as it stands, and return what is on disk then."""
    seen = more.pop("seen", None) or version(desk.statement(study), label)
    act(desk, study, Act(what, label, seen, **more))
    return read_statement(statement_path(desk.review, study, "mk"))


def proposal(desk: DeskReview, label: str) -> Annotation:
    """Return the one proposal of a question."""
    (found,) = desk.files(STUDY).proposals[label]
    return found


def said(statement: Statement, label: str) -> list[tuple[str, object]]:
    return [(a.decision, a.value) for a in statement.decisions if a.label == label]


def test_taking_changing_and_adding(desk: DeskReview) -> None:
    dose = proposal(desk, "form.dose")
    made = do(desk, "take", "form.dose", row=dose.id)
    assert said(made, "form.dose") == [("accepted", "10 mg/kg")]
    assert "form.dose" in made.reviewed
    made = do(desk, "answer", "form.dose", row=dose.id, value="12 mg/kg")
    assert said(made, "form.dose") == [("edited", "12 mg/kg")]
    made = do(desk, "add", "form.dose", value="3 mg/kg", group="low")
    assert said(made, "form.dose") == [("edited", "12 mg/kg"), ("added", "3 mg/kg")]
    own = made.decisions[-1]
    assert (own.group, own.source) == ("low", "reviewer:mk")
    made = do(desk, "drop", "form.dose", row=own.id)
    assert said(made, "form.dose") == [("edited", "12 mg/kg")]
    made = do(desk, "note", "form.dose", row=dose.id, note=" as in table 1 ")
    assert made.decisions[0].note == "as in table 1"
    made = do(desk, "clear", "form.dose", row=dose.id)
    assert said(made, "form.dose") == []
    assert "form.dose" not in made.reviewed
    assert made.sessions[-1].file == FILE


def test_marked_words_are_the_evidence(desk: DeskReview) -> None:
    text = desk.files(STUDY).document.text
    start = text.index("Three animals")
    made = do(desk, "add", "form.n_total", value="20", spans=((start, start + 13),))
    (own,) = made.of("form.n_total")
    assert [(e.start, e.end, e.quote) for e in own.evidence] == [(start, start + 13, "Three animals")]
    made = do(desk, "answer", "form.n_total", row=own.id, value="17")
    assert made.of("form.n_total")[0].evidence == own.evidence


def test_not_reported_rejects_what_is_proposed(desk: DeskReview) -> None:
    made = do(desk, "silent", "form.dose")
    assert said(made, "form.dose") == [("rejected", "10 mg/kg"), ("added", NOT_REPORTED)]
    made = do(desk, "silent", "form.age")  # it is proposed so
    assert said(made, "form.age") == [("accepted", NOT_REPORTED)]


def test_a_judgement_has_one_answer(desk: DeskReview) -> None:
    made = do(desk, "add", JUDGED, value="high")
    assert said(made, JUDGED) == [("edited", {"judgement": "high"})]
    assert len(do(desk, "add", JUDGED, value="low").of(JUDGED)) == 1
    made = do(desk, "add", JUDGED, value="unclear")  # as proposed
    assert made.of(JUDGED)[0].decision == "accepted"


def test_being_done_rejects_the_rest_and_a_part_is_no_answer(desk: DeskReview) -> None:
    path = desk.review.outputs / "forms" / f"{STUDY}.json"
    record = json.loads(path.read_text())
    entry = record["fields"]["dose"][0]
    record["fields"]["dose"] = [entry, {**entry, "value": "5 mg/kg"}, {**entry, "value": "1 mg/kg"}]
    path.write_text(json.dumps(record))
    first, second, _ = desk.files(STUDY).proposals["form.dose"]
    with pytest.raises(UnreadableReply, match="nothing is taken yet"):
        do(desk, "finish", "form.dose")
    made = do(desk, "take", "form.dose", row=second.id)
    assert "form.dose" not in made.reviewed
    made = do(desk, "finish", "form.dose")
    assert [a.decision for a in made.decisions] == ["rejected", "accepted", "rejected"]
    assert "form.dose" in made.reviewed
    assert [s.file for s in made.sessions] == [FILE, REST]  # the rest was not rejected by hand
    assert (at_desk(made, 2), at_desk(made, 0)) == (True, False)
    made = do(desk, "take", "form.dose", row=first.id)
    assert [a.decision for a in made.decisions] == ["accepted", "accepted", "rejected"]
    assert open_proposals(desk.files(STUDY).proposals["form.dose"], made.decisions, desk.questions["form.dose"]) == []
    made = do(desk, "take_all", "form.sex")
    assert said(made, "form.sex") == [("accepted", "male")]


def test_what_was_decided_elsewhere_is_never_written_over(desk: DeskReview) -> None:
    dose = proposal(desk, "form.dose")
    seen = version(desk.statement(STUDY), "form.dose")
    do(desk, "take", "form.sex", row=proposal(desk, "form.sex").id)  # another question: merged
    other = Annotation(STUDY, "form.dose", "7 mg/kg", (), "reviewer:mk", decision="added")
    take_in(desk.review, "mk", [other], Session("mk.xlsx", "", False))
    with pytest.raises(Changed, match="another window"):
        do(desk, "take", "form.dose", row=dose.id, seen=seen)
    stands = read_statement(statement_path(desk.review, STUDY, "mk"))
    assert [a.value for a in stands.decisions] == ["7 mg/kg", "male"]
    with pytest.raises(ReviewError, match=r"came from mk\.xlsx"):
        take_back(desk, STUDY)


def test_acts_are_taken_back_and_brought_back(desk: DeskReview) -> None:
    dose = proposal(desk, "form.dose")
    do(desk, "take", "form.dose", row=dose.id)
    do(desk, "answer", "form.dose", row=dose.id, value="12 mg/kg")
    take_back(desk, STUDY)
    assert said(desk.statement(STUDY), "form.dose") == [("accepted", "10 mg/kg")]
    take_back(DeskReview(desk.review, "mk"), STUDY)  # the desk was opened anew
    assert desk.statement(STUDY).decisions == ()
    take_back(desk, STUDY, again=True)
    take_back(desk, STUDY, again=True)
    assert said(desk.statement(STUDY), "form.dose") == [("edited", "12 mg/kg")]
    with pytest.raises(ReviewError, match="nothing of mk"):
        take_back(desk, STUDY, again=True)


def test_a_blind_study_is_decided_blind(desk: DeskReview) -> None:
    machine = desk.files(BLIND).proposals["form.dose"][0]
    with pytest.raises(Changed):
        do(desk, "take", "form.dose", BLIND, row=machine.id)
    made = do(desk, "add", "form.dose", BLIND, value="10 mg/kg")
    (own,) = made.decisions
    assert (own.decision, own.evidence, own.revises) == ("added", (), "")
    assert made.sessions[-1].blind
    assert made.reviewed["form.dose"].blind
    assert made.sessions[-1].prefilled_by == ""


def test_a_reading_desk_writes_nothing(review: Review) -> None:
    with pytest.raises(ReviewError, match="only reads"):
        act(DeskReview(review), STUDY, Act("take", "form.dose", ""))
    assert not (review.annotations / STUDY).exists()


@pytest.mark.parametrize("what", ["", "__class__", "erase"])
def test_an_act_that_is_none_is_told(desk: DeskReview, what: str) -> None:
    assert what not in ACTS
    with pytest.raises(ReviewError, match="no such question or act"):
        do(desk, what, "form.dose", seen="x")


def test_a_decision_on_a_proposal_of_old_holds_for_one_that_says_the_same(desk: DeskReview) -> None:
    dose = proposal(desk, "form.dose")
    old = replace(dose, source="reviewer:mk", decision="accepted", revises="gone", evidence=())
    assert matched([dose], [old], desk.questions["form.dose"]) == {dose.id: old}
    assert matched([dose], [replace(old, value="9 mg/kg")], desk.questions["form.dose"]) == {}


# -- the same decisions, at the desk and in a workbook


def test_the_desk_and_a_workbook_write_the_same_bytes(desk: DeskReview, tmp_path: Path) -> None:
    review, root = desk.review, str(desk.review.root)
    book = tmp_path / "mk.xlsx"
    assert main(["work", "--reviewer", "mk", "--root", root, "--out", str(book)]) == 0
    filled = FilledBook(book)
    text = desk.files(STUDY).document.text
    words = "Three animals died before the end"
    start = text.index(words)
    filled.put(filled.row(STUDY, "species"), decision="accept")
    filled.put(filled.row(STUDY, "dose"), decision="edit", yours="12 mg/kg", note="in the table")
    filled.put(filled.row(STUDY, "sex"), decision="reject")
    filled.put(filled.spare(STUDY, "sex"), yours="both")
    filled.put(filled.spare(STUDY, "n total"), yours="17", quote=words)
    filled.put(filled.row(STUDY, "random housing"), yours="high", quote=words)
    filled.put(filled.row(STUDY, "sequence generation"), decision="accept")
    filled.put(filled.row(BLIND, "strain"), yours="Wistar")
    filled.save()
    assert main(["import", str(book), "--root", root]) == 0
    places = {study: statement_path(review, study, "mk") for study in (STUDY, BLIND)}
    imported = {study: read_statement(path) for study, path in places.items()}
    for path in places.values():
        path.unlink()
    span = ((start, start + len(words)),)
    do(desk, "take", "form.species", row=proposal(desk, "form.species").id)
    dose = proposal(desk, "form.dose")
    do(desk, "answer", "form.dose", row=dose.id, value="12 mg/kg")
    do(desk, "note", "form.dose", row=dose.id, note="in the table")
    do(desk, "drop", "form.sex", row=proposal(desk, "form.sex").id)
    do(desk, "add", "form.sex", value="both")
    do(desk, "add", "form.n_total", value="17", spans=span)
    do(desk, "add", JUDGED, value="high", spans=span)
    do(desk, "take", "syrcle.sequence_generation", row=proposal(desk, "syrcle.sequence_generation").id)
    do(desk, "add", "form.strain", BLIND, value="Wistar")
    for study, path in places.items():
        made = read_statement(path)
        session = imported[study].sessions[0]
        for one in made.sessions:  # the sessions say where decisions came from; all else is the same
            assert (one.blind, one.prefilled_by, one.policy) == (session.blind, session.prefilled_by, session.policy)
        bare = [replace(s, sessions=(), superseded=()) for s in (made, imported[study])]
        assert dump_statement(bare[0]) == dump_statement(bare[1])
        assert dump_statement(bare[0]).count("\n") > 1


KILLED = """
import sys
from pathlib import Path
from vivex.desk.deciding import Act, act, version
from vivex.desk.desk_review import DeskReview
from vivex.review import Review
desk = DeskReview(Review(Path(sys.argv[1])), "mk")
for number in range(1000):
    seen = version(desk.statement("ames-2019"), "form.dose")
    act(desk, "ames-2019", Act("add", "form.dose", seen, value=f"{number} g"))
    print(number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_called_saved(desk: DeskReview) -> None:
    root = str(desk.review.root)
    with subprocess.Popen([sys.executable, "-c", KILLED, root], stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        saved = [int(child.stdout.readline()) for _ in range(6)][-1]
        os.kill(child.pid, signal.SIGKILL)
        rest = child.stdout.read().split()
    saved = int(rest[-1]) if rest else saved
    values = [a.value for a in read_statement(statement_path(desk.review, STUDY, "mk")).decisions]
    assert values[: saved + 1] == [f"{number} g" for number in range(saved + 1)]
    assert len(values) <= saved + 2
    assert main(["check", "--root", root]) == 0


def test_acts_together_are_written_and_undone_as_one_or_not_at_all(desk: DeskReview) -> None:
    seen = version(desk.statement(STUDY), "form.route")
    row = [Act("add", f"form.{name}", seen, value=value, group="treated", seconds=2.0) for name, value in ROW]
    with pytest.raises(UnreadableReply, match=r"^sex: 'grey' is not one of"):
        act_together(desk, STUDY, [*row, Act("add", "form.sex", seen, value="grey")])
    with pytest.raises(Changed):
        act_together(desk, STUDY, [*row, Act("add", "form.age", "another", value="8 weeks")])
    for wrong in ([], [*row, row[0]]):
        with pytest.raises(ReviewError, match="twice of one question"):
            act_together(desk, STUDY, wrong)
    assert not statement_path(desk.review, STUDY, "mk").exists()
    act_together(desk, STUDY, row)
    made = desk.statement(STUDY)
    assert [(a.label, a.value, a.group) for a in made.decisions] == [(f"form.{n}", v, "treated") for n, v in ROW]
    assert ("form.route" in made.reviewed, "form.dose" in made.reviewed) == (True, False)  # a dose is proposed besides
    assert [s.seconds for s in made.sessions] == [4.0]
    take_back(desk, STUDY)
    assert desk.statement(STUDY).decisions == ()
