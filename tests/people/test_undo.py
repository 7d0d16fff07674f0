"""What was imported last can be taken back, in all its studies, and back again."""

from __future__ import annotations

import pytest
from answers import STUDY, decided, low, say
from hypothesis import given
from hypothesis import strategies as st

from vivex.annotation import Annotation
from vivex.errors import ReviewError
from vivex.people.importing import take_in
from vivex.people.store import Session, Statement, read_statement, statement_path, told_hash, update
from vivex.people.undo import last, last_undoing, redo, undo, without

LABELS = ("form.sex", "form.species", "syrcle.other_bias")


def made(label: str, word: str) -> Annotation:
    value = {"judgement": word} if label.startswith("syrcle") else word
    return Annotation(STUDY, label, value, (), "reviewer:mk", None, decision="added")


answers = st.lists(
    st.dictionaries(st.sampled_from(LABELS), st.sampled_from(("low", "high", "unclear")), min_size=1), max_size=5
)


@given(answers, st.booleans())
def test_undone_step_by_step_each_state_comes_back(imports, blind):
    states = [Statement(STUDY, "mk")]
    for number, answer in enumerate(imports):
        said = [made(label, word) for label, word in answer.items()]
        new = update(states[-1], said, Session(f"{number}", f"{number}", blind), partly=("form.sex",) * (number % 2))
        states += [new] if new is not states[-1] else []
    statement = states[-1]
    everything = decided(statement)
    for before in reversed(states[:-1]):
        statement = without(statement, last(statement))
        assert set(map(told_hash, statement.decisions)) == set(map(told_hash, before.decisions))
        assert dict(statement.reviewed) == dict(before.reviewed)
        assert decided(statement) == everything
    assert last(statement) == 0


@given(answers, st.integers(1, 5), st.integers(0, 5))
def test_what_was_undone_is_redone_in_its_order(imports, undone, redone):
    states = [Statement(STUDY, "mk")]
    for number, answer in enumerate(imports):
        said = [made(label, word) for label, word in answer.items()]
        new = update(states[-1], said, Session(f"{number}", f"{number}", False))
        states += [new] if new is not states[-1] else []
    undone = min(undone, len(states) - 1)
    redone = min(redone, undone)
    statement = states[-1]
    assert last_undoing(statement) == 0
    for _ in range(undone):
        statement = without(statement, last(statement))
    for _ in range(redone):
        statement = without(statement, last_undoing(statement))
    at = len(states) - 1 - undone + redone
    assert set(map(told_hash, statement.decisions)) == set(map(told_hash, states[at].decisions))
    assert bool(last_undoing(statement)) == (redone < undone)
    assert bool(last(statement)) == (at > 0)
    if at:
        before = without(statement, last(statement))
        assert set(map(told_hash, before.decisions)) == set(map(told_hash, states[at - 1].decisions))


def test_what_was_decided_since_forbids_redoing(review):
    for word in ("male", "female"):
        said = [Annotation(STUDY, "form.sex", word, (), "reviewer:mk", None, decision="added")]
        take_in(review, "mk", said, Session("desk", "", True))
    path = statement_path(review, STUDY, "mk")
    whole = [a.value for a in read_statement(path).decisions]
    undo(review, "mk", only=STUDY)
    assert redo(review, "mk", only=STUDY).studies == (STUDY,)
    assert [a.value for a in read_statement(path).decisions] == whole
    undo(review, "mk")
    take_in(review, "mk", [made("form.species", "low")], Session("desk", "", True))
    with pytest.raises(ReviewError, match="nothing of mk on ames-2019 is left to be brought back"):
        redo(review, "mk", only=STUDY)


def test_an_import_is_taken_back_in_all_its_studies(review):
    for file, word in (("one.xlsx", "male"), ("two.xlsx", "female")):
        said = [
            Annotation(study, "form.sex", word, (), "reviewer:mk", None, decision="added")
            for study in (STUDY, "bell-2020")
        ]
        take_in(review, "mk", said, Session(file, file, True))
    done = undo(review, "mk", when="2026-01-31T09:30:00Z")
    assert (done.file, done.studies, done.gone, done.again) == ("two.xlsx", (STUDY, "bell-2020"), 2, 2)
    for study in done.studies:
        statement = read_statement(statement_path(review, study, "mk"))
        assert [a.value for a in statement.decisions] == ["male"]
        assert statement.sessions[-1].undoes == 2
    assert undo(review, "mk", only=STUDY).studies == (STUDY,)
    assert undo(review, "mk").studies == ("bell-2020",)
    with pytest.raises(ReviewError, match="nothing of mk is left"):
        undo(review, "mk")


def test_a_ruling_is_taken_back_alone(review):
    say(review, "mk", "syrcle.other_bias", low())
    take_in(
        review,
        "adjudicated",
        [Annotation(STUDY, "syrcle.other_bias", low("high"), (), "adjudicator:xy", None, decision="added")],
        Session("", "", False),
    )
    assert undo(review, "adjudicated").studies == (STUDY,)
    assert not read_statement(statement_path(review, STUDY, "adjudicated")).reviewed
    with pytest.raises(ReviewError, match=f"nothing of the adjudicator on {STUDY}"):
        undo(review, "adjudicated", only=STUDY)
