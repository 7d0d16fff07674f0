"""Taking out of the rules what no text needs: the tree, what a text needs, and how a module is written again."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cut_rules.alternation import Group, parse
from cut_rules.cut import NEVER, Cut, findings
from cut_rules.effect import otherwise
from cut_rules.sources import expressions, rewritten
from cut_rules.texts import Text
from cut_rules.watching import Watch
from vivex.assess.reading.sentence import reading

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
from vivex.assess.reading.indication import Indication
_DRAWN = r"(?:lots|dice)"
_RULE = re.compile(
    rf"\\bdrew {_DRAWN}|\\b(?:coin|cards) (?:was |were )?(?:tossed|dealt)"
)
_TRAP = re.compile(r"\\b(?:lottery|gamble)")
_NOBODY = re.compile(r"\\bby nobody\\b")
def find(reading):
    if _TRAP.search(reading.text) or _NOBODY.search(reading.text):
        return
    if _RULE.search(reading.text) and not re.search(r"never|nobody", reading.text):
        for word in ("dice", "coin"):
            yield Indication("sequence_generation", "said", re.sub(rf"{word}|y", "", "x"), 0.5, ())
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


def test_what_is_put_together_from_names_of_a_function_is_left_alone() -> None:
    assert len([e for e in expressions(SOURCE) if not e.fragment]) == 4


def test_a_source_whose_trees_are_as_they_were_stays() -> None:
    assert rewritten(SOURCE, expressions(SOURCE)) == SOURCE


def cut(folder: Path, *sentences: str, support: int = 1) -> str:
    """Return the example's source after a cut for texts of one sentence each."""
    path = folder / "example.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("cut_rules_example", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    watch = Watch({"example": module})
    texts = [Text(sentence, True, (reading(sentence),)) for sentence in sentences]
    work = Cut(
        "example",
        code=module,
        watch=watch,
        reads=findings([module], texts),
        texts=texts,
        votes={},
        sure={},
        support=support,
    )
    work.cut()
    return rewritten(SOURCE, work.given)


def left(source: str) -> list[str]:
    return [str(e) for e in expressions(source) if not e.fragment]


def test_what_no_text_needs_goes_and_what_keeps_a_claim_away_stays(tmp_path: Path) -> None:
    code = cut(tmp_path, "The keepers drew lots.", "A coin was tossed.", "We drew lots in a gamble.")
    rule, trap, nobody, never = left(code)
    assert rule.endswith(r"|\bcoin (?:was )?tossed")
    assert "dice" not in code.split("def find")[0]
    assert trap == r"\bgamble"
    assert nobody == never == NEVER


def test_more_support_may_be_asked_for(tmp_path: Path) -> None:
    code = cut(tmp_path, "The keepers drew lots.", "We drew lots.", "A coin was tossed.", support=2)
    assert "lots" in code
    assert "coin was" not in code


LOW, COUNTED = ("random_housing", "placed", "yes", ""), ("other_bias", "unit", "parts", "")


@pytest.mark.parametrize(
    ("real", "size", "kind", "was", "now", "reads", "needed"),
    [
        (True, 30, LOW, 3, 1, False, False),  # said elsewhere in the paper
        (True, 30, LOW, 1, 0, False, True),
        (True, 30, LOW, 1, 0, True, False),  # the reader is believed to say so
        (True, 30, LOW, 0, 1, True, True),
        (True, 1, LOW, 1, 0, True, True),
        (False, 1, LOW, 1, 0, True, False),
        (False, 1, LOW, 0, 1, False, True),
        (True, 30, COUNTED, 4, 2, False, False),
        (True, 30, COUNTED, 4, 1, True, True),
        (True, 30, COUNTED, 2, 5, True, True),
        (False, 1, ("random_housing", "placed", "mentioned", ""), 1, 0, False, False),
    ],
)
def test_what_a_text_needs(
    real: bool, size: int, kind: tuple[str, str, str, str], was: int, now: int, reads: bool, needed: bool
) -> None:
    text = Text("text", real, tuple(reading("Kids were fed.") for _ in range(size)))
    assert otherwise(text, Counter({kind: was}), Counter({kind: now}), lambda kind: reads) is needed
