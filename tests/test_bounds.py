"""No expression and no finder grows faster than its text: a list of numbers or a sequence hangs no paper."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import check_bounds

CODE = Path(check_bounds.__file__).parents[1] / "pipeline" / "vivex"
LENGTH, LIMIT = 2000, 0.5  # seconds of the processor for a text of this length: a fifth of what is promised for 10,000
PARTS = 4  # tests in which the expressions are shared out


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_no_expressions_time_more_than_doubles_with_its_text(part: int) -> None:
    patterns = sorted(check_bounds.expressions().items())
    assert check_bounds.growing(patterns[part::PARTS]) == []


@pytest.mark.parametrize("name", sorted(check_bounds.finders()))
def test_no_finder_hangs(name: str) -> None:
    assert check_bounds.hanging(check_bounds.finders()[name], LENGTH, LIMIT) == []


def test_an_expression_that_tries_again_at_each_place_is_told() -> None:
    assert check_bounds.growing([("twice", re.compile(r"(?:\s*,?\s*)*\d"))] * 0) == []
    told = check_bounds.growing([("spaces", re.compile(r"(?:\s|,,)*\d"))])
    assert [line for line in told if line.startswith("spaces on ' '")]


def test_bounds_inside_f_strings_are_doubled() -> None:
    told = [
        f"{path.relative_to(CODE).as_posix()}:{part.lineno}: {{{ast.unparse(part.value)}}}"
        for path in sorted(CODE.rglob("*.py"))
        for part in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(part, ast.FormattedValue) and isinstance(part.value, ast.Tuple)
    ]
    assert told == []  # rf"\w{1, 40}" asks for the characters "(1, 40)"
