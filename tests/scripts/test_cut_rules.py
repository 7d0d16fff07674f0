"""Taking out of the rules what no text needs: the tree, what only forbids, and how a module is written again."""

from __future__ import annotations

import re
import sys
import types
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cut_rules.alternation import Group, parse
from cut_rules.cut import Module
from cut_rules.recording import Matched
from cut_rules.sources import expressions, rewritten

ATOMS = st.sampled_from(["a", "bc", r"\b", r"\d{1,3}", "[^|)]", "[]x]", " ?", "x+?", "{GROUP}", r"\(", "."])
EXPRESSIONS = st.recursive(
    st.lists(ATOMS, max_size=4).map("".join),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("|".join),
        st.tuples(st.sampled_from(["(?:", "(", "(?!", "(?<=a)(?:"]), inner, st.sampled_from([")", ")?", "){0,2}"])).map(
            "".join
        ),
    ),
    max_leaves=8,
)
SOURCE = '''"""Rules."""
import re
_DRAWN = r"(?:lots|dice)"
_RULE = re.compile(
    rf"\\bdrew {_DRAWN}|\\b(?:coin|cards) (?:was |were )?(?:tossed|dealt)"
)
_TRAP = re.compile(r"\\b(?:lottery|gamble)")
def find(text):
    if _TRAP.search(text):
        return
    if _RULE.search(text) and not re.search(r"never|nobody", text):
        yield re.sub(r"x|y", "", text)
'''


@given(EXPRESSIONS)
def test_a_tree_says_what_it_was_read_from(expression: str) -> None:
    tree = parse(expression)
    assert str(parse(str(tree))) == str(tree)
    if "(?:" not in expression:  # brackets without use go
        assert str(tree) == expression


def test_groups_know_how_they_open_and_how_often_they_come() -> None:
    (part,) = parse(r"a(?:b|c\|d){1,2}(?!e)").parts
    assert [(p.opens, p.times) for p in part if isinstance(p, Group)] == [("(?:", "{1,2}"), ("(?!", "")]


@pytest.mark.parametrize("expression", ["a)", "(a", "(?P=name)"])
def test_what_cant_be_followed_is_said(expression: str) -> None:
    with pytest.raises(ValueError, match=r"bracket|group"):
        parse(expression)


def test_what_only_forbids_is_known() -> None:
    found = {str(e)[:12]: e.forbids for e in expressions(SOURCE) if not e.fragment}
    assert found[r"\b(?:lottery"[:12]] is True
    assert found["never|nobody"] is True
    assert found["x|y"] is True
    assert [forbids for start, forbids in found.items() if "drew" in start] == [False]


def test_a_source_whose_trees_are_as_they_were_stays() -> None:
    assert rewritten(SOURCE, expressions(SOURCE)) == SOURCE


@pytest.fixture
def module() -> Iterator[types.ModuleType]:
    made = types.ModuleType("cut_rules_example")
    exec(SOURCE, vars(made))
    sys.modules[made.__name__] = made
    yield made
    del sys.modules[made.__name__]


def noted(module: types.ModuleType, *texts: str) -> Matched:
    return {
        (module.__name__, name): {("search", text): {text} for text in texts if getattr(module, name).search(text)}
        for name in ("_RULE", "_TRAP")
    }


def test_what_no_text_needs_goes_and_what_forbids_stays(module: types.ModuleType) -> None:
    texts = ("The keepers drew lots.", "A coin was tossed.")
    work = Module(module.__name__, SOURCE, noted(module, *texts), 1)
    work.cut()
    code = rewritten(SOURCE, work.given)
    left = {str(e) for e in expressions(code)}
    assert "lots" in left
    assert r"\b(?:lottery|gamble)" in left
    rule = re.compile(next(work.whole(e) for e in work.given if e.name == "_RULE"))
    assert all(rule.search(text) for text in texts)
    assert not rule.search("Cards were dealt.")


def test_more_support_may_be_asked_for(module: types.ModuleType) -> None:
    texts = ("The keepers drew lots.", "We drew lots.", "A coin was tossed.")
    work = Module(module.__name__, SOURCE, noted(module, *texts), 2)
    work.cut()
    rule = re.compile(next(work.whole(e) for e in work.given if e.name == "_RULE"))
    assert rule.search(texts[0])
    assert not rule.search(texts[2])
