"""No expression and no finder grows faster than its text: a list of numbers or a sequence hangs no paper."""

from __future__ import annotations

import re

import pytest

import check_bounds

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
