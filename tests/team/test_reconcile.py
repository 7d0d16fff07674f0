"""Two versions of one person's file in one: nothing decided is lost, whichever is called ours."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.answers import decided
from vivex.annotation import Annotation
from vivex.people.store import Session, Statement, dump_statement, update
from vivex.team.reconcile import renamed, statement_or_none, united, united_statements

LABELS = ("form.sex", "form.species", "syrcle.other_bias", "form.dose")
PATH = "one-2020/mk.jsonl"


def made(label: str, word: str) -> Annotation:
    value = {"judgement": word} if label.startswith("syrcle") else word
    return Annotation("one-2020", label, value, (), "reviewer:mk", None, decision="added")


def after(statement: Statement, answers: list[tuple[str, str]], *, file: str) -> Statement:
    """Return the statement after some imports, one for each answer."""
    for number, (label, word) in enumerate(answers):
        statement = update(statement, [made(label, word)], Session(f"{file}{number}", f"{file}{number}{word}", True))
    return statement


answer = st.tuples(st.sampled_from(LABELS), st.sampled_from(("low", "high", "unclear")))
answers = st.lists(answer, max_size=5)


@given(answers, answers, answers)
def test_nothing_decided_is_lost_and_both_ways_are_one(base, ours, theirs):
    start = after(Statement("one-2020", "mk"), base, file="b")
    one, two = after(start, ours, file="o"), after(start, theirs, file="t")
    found = united_statements(one, two, start)
    whole = statement_or_none(PATH, found.data)
    assert whole is not None
    assert decided(one, two) <= decided(whole)
    assert found.data == united_statements(two, one, start).data
    assert len(whole.sessions) == len(base_sessions(start)) + len(later(one, start)) + len(later(two, start))
    for label in LABELS:
        sides = [[a.value for a in s.of(label)] for s in (one, two)]
        if sides[0] == sides[1] and sides[0]:
            assert [a.value for a in whole.of(label)] == sides[0]
            assert label in whole.reviewed
    for question in found.questions:
        assert question.label not in whole.reviewed


def base_sessions(statement: Statement) -> tuple[Session, ...]:
    return statement.sessions


def later(statement: Statement, start: Statement) -> tuple[Session, ...]:
    return statement.sessions[len(start.sessions) :]


@given(answers, answers)
def test_united_with_what_it_holds_already_it_stays(base, ours):
    start = after(Statement("one-2020", "mk"), base, file="b")
    one = after(start, ours, file="o")
    assert united_statements(one, start, start).data == dump_statement(one).encode()
    assert united_statements(one, one, start).data == dump_statement(one).encode()


def test_both_answers_of_one_person_stand_and_the_question_is_plain():
    start = after(Statement("one-2020", "mk"), [("form.sex", "male")], file="b")
    one, two = (after(start, [("form.sex", word)], file=word) for word in ("female", "not reported"))
    found = united_statements(one, two, start)
    (question,) = found.questions
    assert "“female” and “not reported” in two places" in str(question)
    whole = statement_or_none(PATH, found.data)
    assert {a.value for a in whole.of("form.sex")} == {"female", "not reported"}
    assert "form.sex" not in whole.reviewed
    again = update(whole, [made("form.sex", "female")], Session("x", "x", True))
    assert [a.value for a in again.of("form.sex")] == ["female"]
    assert {s.annotation.value for s in again.superseded} == {"male", "not reported"}


def test_who_has_seen_a_proposal_in_one_place_is_not_blind():
    one, two = (
        update(Statement("one-2020", "mk"), [made("form.sex", "male")], Session("a", "a", blind))
        for blind in (True, False)
    )
    whole = statement_or_none(PATH, united_statements(one, two).data)
    assert not whole.reviewed["form.sex"].blind


@pytest.mark.parametrize("damaged", [b"", b"{", b"\xff", b'{"record": "session"}\n'])
def test_what_cannot_be_read_is_not_united(damaged):
    whole = dump_statement(after(Statement("one-2020", "mk"), [("form.sex", "male")], file="b")).encode()
    assert united(PATH, None, whole, damaged) is None
    assert united("notes.txt", None, b"a", b"b") is None
    assert statement_or_none(PATH, damaged) is None


def test_lists_hold_the_lines_of_both():
    ours = b'{"study": "a", "when": "2026-01-02T00:00:00Z"}\n'
    theirs = b'{"study": "b", "when": "2026-01-01T00:00:00Z"}\n'
    assert united("excluded.jsonl", None, ours, theirs).data == theirs + ours


def test_what_was_handed_out_is_united_by_study_and_taken_back_where_one_side_took_it():
    base = b'{"study": "a", "blind": true}\n{"study": "b", "blind": true}\n'
    ours = b'{"study": "a", "blind": true}\n{"study": "c", "blind": true}\n'
    theirs = b'{"study": "a", "blind": false}\n{"study": "b", "blind": true}\n{"study": "d", "blind": true}\n'
    found = united("assignments/mk.jsonl", base, ours, theirs).data.decode().splitlines()
    assert found == ['{"study": "a", "blind": false}', '{"study": "c", "blind": true}', '{"study": "d", "blind": true}']


def test_questions_that_both_sides_handed_out_since_are_both_handed_out():
    base = b'{"study": "a", "blind": true, "codebook": "1"}\n'
    ours = b'{"study": "a", "blind": true, "codebook": "1", "fields": ["age"]}\n'
    theirs = b'{"study": "a", "blind": true, "codebook": "1", "fields": ["weight"], "left": true}\n'
    for one, other in ((ours, theirs), (theirs, ours)):
        (line,) = united("assignments/mk.jsonl", base, one, other).data.decode().splitlines()
        assert json.loads(line)["fields"] == ["age", "weight"]
        assert united("assignments/mk.jsonl", base, base, one).data == one


def test_a_statement_has_its_study_by_the_new_name():
    start = after(Statement("one-2020", "mk"), [("form.sex", "male"), ("form.sex", "female")], file="b")
    moved = renamed(start, "two-2021")
    assert {a.study for a in moved.decisions} | {s.annotation.study for s in moved.superseded} == {"two-2021"}
    assert replace(moved, study="one-2020").sessions == start.sessions
