"""What another program's questions are here is proposed, kept in a file, and applied as the file says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.codebook import template
from vivex.errors import MalformedFile
from vivex.exchange.correspondence import Correspondence, completed, likely, propose, read, told, write
from vivex.exchange.formats import Answer, Brought
from vivex.references import Reference

ASKED = template("invivo").questions


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("Item 1 - Selection bias: Sequence generation", "syrcle.sequence_generation"),
        ("Item 3 – Selection: was allocation concealed?", "syrcle.allocation_concealment"),
        ("Item 10. Other sources of bias", "syrcle.other_bias"),
        ("Random allocation to the groups", "reporting.randomisation"),
        ("Sample size calculation", "reporting.sample_size_calculation"),
        ("Statement of interests", "reporting.conflict_of_interest"),
        ("Which animal species?", "form.species"),
        ("form.dose", "form.dose"),
        ("Language of the publication", ""),
        ("Item 77: nothing of SYRCLE's", ""),
    ],
)
def test_likely_questions(question, label):
    assert likely(question, ASKED) == label


BROUGHT = Brought(
    answers=(
        Answer("g1", "Ann Ode", "Item 1: Sequence generation", "Yes "),
        Answer("g1", "Bo Eld", "Item 1: Sequence generation", "Unclear"),
        Answer("g2", "Ann Ode", "Language", "English"),
    ),
    studies={"g1": Reference("The hearts of many old mice", doi="10.5555/h"), "g2": Reference("x")},
)


def test_a_first_mapping(tmp_path):
    found = propose(BROUGHT, ASKED, {"ode-2019": Reference(doi="10.5555/h")})
    assert found.questions == {"Item 1: Sequence generation": "syrcle.sequence_generation", "Language": ""}
    assert found.answers == {"syrcle.sequence_generation": {"Yes ": "low"}}
    assert found.reviewers == {"Ann Ode": "ao", "Bo Eld": "be"}
    assert found.studies == {"g1": "ode-2019", "g2": ""}
    path = tmp_path / "m.yaml"
    write(path, found, "f.csv")
    assert read(path, ASKED) == found
    one, two = told(BROUGHT.answers, found, ASKED)
    assert (one.study, one.label, one.reviewer, one.value) == (
        "ode-2019",
        "syrcle.sequence_generation",
        "ao",
        {"judgement": "low"},
    )
    assert two.value == {"judgement": "unclear"}


def test_what_is_wrong_in_a_mapping_is_named(tmp_path):
    path = tmp_path / "m.yaml"
    for text, said in (
        ("questions: {a: form.nothing}\n", "'form.nothing' is no question of this review; known: form."),
        ("question: {a: b}\n", "'question' is no part of a mapping; known: questions, answers"),
        ("reviewers: [a]\n", "reviewers must hold lines of the form"),
        ("answers: {form.dose: x}\n", "answers: form.dose must hold lines"),
    ):
        path.write_text(text)
        with pytest.raises(MalformedFile, match=said):
            read(path, ASKED)


def test_an_answer_that_is_none_says_why_and_an_empty_one_is_passed_over():
    of = Correspondence({"q": "form.sex", "r": "form.age"}, {"form.age": {"888": ""}}, {"A": "a"}, {"s": "ode-2019"})
    answers = [Answer("s", "A", "q", "purple"), Answer("s", "A", "r", "888"), Answer("s", "A", "r", " ")]
    (one,) = told(answers, of, ASKED)
    assert "'purple' is not one of the values" in one.problem


def test_a_newer_files_names_are_added():
    kept = Correspondence({"a": ""}, {}, {"A": "x"}, {"s": "one", "t": ""})
    both = completed(kept, Correspondence({"a": "form.age", "b": "form.sex"}, {}, {"A": "a", "B": "b"}, {"t": "two"}))
    assert both.questions == {"a": "", "b": "form.sex"}
    assert (both.reviewers, both.studies) == ({"A": "x", "B": "b"}, {"t": "two", "s": "one"})


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20),
        st.sampled_from([*ASKED, ""]),
        max_size=5,
    )
)
def test_any_mapping_comes_back(tmp_path_factory, questions):
    path = tmp_path_factory.mktemp("mapping") / "m.yaml"
    write(path, Correspondence(questions), "f.csv")
    assert read(path, ASKED).questions == questions


def test_a_real_export_finds_most_of_syrcle(shared):
    from vivex.exchange.syrf import read_syrf

    brought = read_syrf(shared / "exchange" / "samples" / "syrf-annotation-long-template.csv")
    questions = propose(brought, ASKED, {}).questions
    items = {label for label in questions.values() if label.startswith("syrcle.")}
    assert len(items) == sum("Item " in question for question in questions)
    assert questions["Reporting of sample size calculations"] == "reporting.sample_size_calculation"
    assert questions["Language"] == ""
