"""Words from the vocabulary's files: fragments match what they should in any type, and no word is said twice."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex import vocabulary
from vivex.errors import UnknownName

KINDS = sorted(path.stem for path in vocabulary.FOLDER.glob("*.tsv"))


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_sorted_and_every_word_matches_itself(kind: str) -> None:
    lines = (vocabulary.FOLDER / f"{kind}.tsv").read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines]
    assert len(rows) == len(set(rows))
    assert kind == "units" or rows[1:] == sorted(rows[1:])  # units stand by size
    assert rows[0][:2] == ("name", "words")
    whole = re.compile(vocabulary.pattern(kind), re.IGNORECASE)
    for term in vocabulary.terms(kind):
        for word in term.words:
            assert word == word.strip() != "", term
            for wording in vocabulary.wordings(word):
                assert whole.fullmatch(wording), (term, wording)


@pytest.mark.parametrize("kind", ["animals", "routes"])
def test_a_wording_has_one_name_and_broader_terms_exist(kind: str) -> None:
    names = {term.name for term in vocabulary.terms(kind)}
    seen: dict[str, str] = {}
    for term in vocabulary.terms(kind):
        assert term["broader"] in {"", *names} - {term.name}, term
        for word in term.words:
            for wording in map(vocabulary.plain, vocabulary.wordings(word)):
                assert seen.setdefault(wording, term.name) == term.name, wording


def test_multi_word_terms_hold_over_line_ends_and_any_hyphen() -> None:
    found = re.compile(vocabulary.pattern("animals", "named"), re.IGNORECASE)
    for written in ("guinea pigs", "guinea\u00a0pigs", "Guinea\npig", "guinea\u2011pig", "mini \u2013 pigs"):
        assert found.fullmatch(written), written
        assert vocabulary.named("animals", written, "named")


def test_words_end_beside_superscripts_but_not_inside_other_words() -> None:
    found = re.compile(vocabulary.pattern("animals", "named"))
    assert found.search("of mice\u00b9 and")
    assert found.search("\u00b2mice")
    assert not found.search("ratio crate mice2")


def test_the_longest_wording_is_taken() -> None:
    found = re.compile(vocabulary.pattern("animals"), re.IGNORECASE)
    match = found.search("six rhesus monkeys")
    assert match
    assert match.group() == "rhesus monkeys"


@pytest.mark.parametrize(
    ("phrase", "name"),
    [
        ("injected intravenously into the tail vein", "intravenous (tail vein)"),
        ("a bolus i. v. injection", "intravenous"),
        ("stereotaxic injection", "stereotaxic injection"),
        ("orally by gavage", "oral gavage"),
        ("intra\u2010peritoneally", "intraperitoneal"),
    ],
)
def test_the_narrowest_term_is_told(phrase: str, name: str) -> None:
    term = vocabulary.route_of(phrase)
    assert term
    assert term.name == name


def test_classes_join_and_unknown_names_are_told() -> None:
    nouns = {term.name for term in vocabulary.of_class("giving", "give noun")}
    assert "inject" in nouns
    assert "implant" not in nouns
    with pytest.raises(UnknownName, match=r"the known ones are .*routes"):
        vocabulary.terms("nosuch")
    with pytest.raises(UnknownName, match="no term is of class nosuch"):
        vocabulary.pattern("animals", "nosuch")


@given(st.text())
def test_plain_is_settled(text: str) -> None:
    once = vocabulary.plain(text)
    assert vocabulary.plain(once) == once
