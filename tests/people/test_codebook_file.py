"""A question or convention that is changed changes its own words in codebook.yaml, and nothing else of the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vivex.codebook import POLICY, TEMPLATES, Field, from_bytes, template_path
from vivex.errors import MalformedFile, ReviewError
from vivex.people.codebook_file import Asked, changed, field_data, rewritten

WRITTEN = """\
# The form of a fictitious review
schema: 1
name: my-form   # its name
title: "A form"
fields:
  # Table 1: animals
  - name: species
    question: Which species?   # asked of all
    labels: [species]
  # the lead wants the strain as written
  - {name: strain, question: "Which strain, if any?", labels: [strain]}

  - name: sex
    question: >
      Which
      sex?
    type: category
    allowed:
      - male   # or bucks
      - female
    many: no
  # Table 2: what is said last
policy:
  n_as_range: high   # agreed in May
# the end
"""
NAMES = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
WORDS = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), min_size=1, max_size=30).map(
    lambda words: " ".join(words.split())
)
FIELDS = st.builds(
    Field,
    name=NAMES,
    question=WORDS.filter(bool),
    type=st.sampled_from(["text", "number", "quote"]),
    labels=st.sampled_from([(), ("dose",), ("gene", "mirna")]),
    many=st.booleans(),
    per=st.sampled_from(["study", "group", "outcome"]),
    table=NAMES,
    keywords=st.lists(WORDS.filter(bool), max_size=3, unique=True).map(tuple),
)


def asked(written: str, **others: Field) -> list[Asked]:
    """Return the questions of a file, some of them changed."""
    return [Asked(others.get(f.name, f), f.name) for f in from_bytes(written.encode()).fields]


def new(written: str, questions: Sequence[Asked], **policy: object) -> str:
    """Return the file with other questions."""
    return rewritten(written.encode(), questions, policy, where="codebook.yaml").decode()  # type: ignore[arg-type]


def test_nothing_is_touched_where_nothing_changes() -> None:
    assert new(WRITTEN, asked(WRITTEN)) == WRITTEN
    for name in TEMPLATES:
        text = template_path(name).read_text(encoding="utf-8")
        assert new(text, asked(text), n_as_range="unclear") == text


def test_a_changed_question_changes_its_own_words() -> None:
    species, strain, sex = from_bytes(WRITTEN.encode()).fields
    found = new(
        WRITTEN,
        asked(
            WRITTEN,
            species=replace(species, question="Which animal, say: rat?", per="group"),
            strain=replace(strain, question="Which strain?", many=False),
            sex=replace(sex, question="Which sex?", allowed=("male", "female", "both")),
        ),
    )
    there = {
        "    question: Which species?   # asked of all\n": "    question: 'Which animal, say: rat?'   # asked of all\n",
        "    labels: [species]\n": "    labels: [species]\n    per: group\n",
        '"Which strain, if any?", labels: [strain]}': "'Which strain?', labels: [strain], many: false}",
        "    question: >\n      Which\n      sex?\n": "    question: 'Which sex?'\n",
        "    allowed:\n      - male   # or bucks\n      - female\n": "    allowed: [male, female, both]\n",
    }
    expected = WRITTEN
    for was, now in there.items():
        expected = expected.replace(was, now)
    assert found == expected


def test_questions_move_with_what_stands_above_them_and_leave_their_comments() -> None:
    species, strain, sex = asked(WRITTEN)
    moved = new(WRITTEN, [strain, sex, species])
    assert moved.index("the lead wants") < moved.index("name: strain") < moved.index("Table 1: animals")
    gone = new(WRITTEN, [species, sex])
    assert "strain, " not in gone
    assert gone.index("name: species") < gone.index("the lead wants") < gone.index("name: sex")
    last = new(WRITTEN, [species])
    assert all(line in last for line in ("the lead wants", "Table 2", "# the end", "# agreed in May"))
    added = new(WRITTEN, [species, Asked(Field("age", "How old?")), strain, sex])
    assert "    labels: [species]\n  - name: age\n    question: 'How old?'\n" in added
    for text in (moved, gone, last, added):
        assert {"# The form of a fictitious review", "# its name", "# the end"} <= {
            line[line.index("#") :] for line in text.splitlines() if "#" in line
        }


def test_a_convention_is_set_where_it_stands() -> None:
    assert "  n_as_range: unclear   # agreed in May\n" in new(WRITTEN, asked(WRITTEN), n_as_range="unclear")
    more = new(WRITTEN, asked(WRITTEN), stated_not_blinded="unclear", data_not_shown="high")
    assert "# agreed in May\n  stated_not_blinded: unclear\n# the end\n" in more
    empty = WRITTEN.replace("policy:\n  n_as_range: high   # agreed in May\n", "policy: {}\n")
    assert "policy: {coded_treatments_blind_caregivers: false}\n" in new(
        empty, asked(empty), coded_treatments_blind_caregivers=False
    )
    for none in (empty.replace("policy: {}\n", ""), empty.replace("policy: {}", "policy:")):
        assert "policy: {baseline_common_characteristics: 3}" in new(
            none, asked(none), baseline_common_characteristics=3
        )


def test_lines_of_windows_stay_as_they_are() -> None:
    written = WRITTEN.replace("\n", "\r\n")
    assert new(written, asked(written)) == written
    species, *others = asked(written)
    found = new(written, [Asked(replace(species.field, per="group"), "species"), *others, Asked(Field("a", "b"))])
    assert "\n" not in found.replace("\r\n", "")


def test_what_is_not_legal_is_told_by_its_key() -> None:
    one, *others = asked(WRITTEN)
    for wrong, words in (
        (replace(one.field, name="Two Words"), "must be lower case"),
        (replace(one.field, name="sex"), "asked twice"),
        (replace(one.field, type="category"), "needs its values"),
    ):
        with pytest.raises(MalformedFile, match=words):
            new(WRITTEN, [Asked(wrong, "species"), *others])
    with pytest.raises(MalformedFile, match="n_as_range"):
        new(WRITTEN, asked(WRITTEN), n_as_range="maybe")
    with pytest.raises(MalformedFile, match="`fields` is empty"):
        new(WRITTEN, [])


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("schema: 1\nname: a\nfields: [{name: a, question: b}]\n", "brackets"),
        ("schema: 1\nname: a\nfields:\n  - &x {name: a, question: b, labels: &y [dose]}\n"
         "  - {name: c, question: d, labels: *y}\n", "anchors"),
    ],
)  # fmt: skip
def test_a_file_that_would_have_to_be_rewritten_is_left_alone(written: str, words: str) -> None:
    one, *others = asked(written)
    with pytest.raises(ReviewError, match=words):
        new(written, [Asked(replace(one.field, question="Else?"), one.was), *others])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_any_change_says_what_was_asked_for_and_keeps_every_comment(data: st.DataObject) -> None:
    written = data.draw(st.sampled_from([WRITTEN, *(template_path(n).read_text(encoding="utf-8") for n in TEMPLATES)]))
    before = from_bytes(written.encode())
    old = data.draw(st.permutations([Asked(f, f.name) for f in before.fields]))
    old = old[: data.draw(st.integers(0, len(old)))]
    edits = data.draw(st.lists(FIELDS, min_size=1, max_size=4, unique_by=lambda f: f.name))
    for edit in edits:
        if old and data.draw(st.booleans()):
            at = data.draw(st.integers(0, len(old) - 1))
            old[at] = Asked(edit, old[at].was)
        else:
            old.insert(data.draw(st.integers(0, len(old))), Asked(edit))
    policy = {key: data.draw(st.sampled_from(POLICY[key])) for key in data.draw(st.sets(st.sampled_from([*POLICY])))}
    names = [one.field.name for one in old]
    if len(set(names)) < len(names):
        return
    found = rewritten(written.encode(), old, policy, where="codebook")
    assert from_bytes(found) == changed(before, old, policy, where="codebook")
    assert [f.name for f in from_bytes(found).fields] == names
    comments = [line.strip() for line in written.splitlines() if line.strip().startswith("#")]
    assert all(comment in found.decode() for comment in comments)


def test_a_field_is_written_without_its_defaults() -> None:
    assert field_data(Field("a", "b?")) == {"name": "a", "question": "b?"}
    full = Field("a", "b?", "category", ("x",), synonyms={"x": ("y",)}, many=False)
    assert field_data(full) == {
        "name": "a",
        "question": "b?",
        "type": "category",
        "allowed": ["x"],
        "many": False,
        "synonyms": {"x": ["y"]},
    }
