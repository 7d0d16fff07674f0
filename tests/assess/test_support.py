"""The support text: quotes, then a comment that ends in the judgement."""

from __future__ import annotations

from vivex.assess.policy import NOTHING
from vivex.assess.support import LONGEST, shortened, support


def test_quotes_come_before_the_comment() -> None:
    text = support(["Hens drew lots."], "random component \u2192 low", "lots")
    assert text == 'Quote: "Hens drew lots." Comment: Random component (lots); judged low.'


def test_where_nothing_decides_the_comment_says_so() -> None:
    assert support([], NOTHING) == "Comment: Nothing in the paper decides this item."


def test_long_quotes_are_shortened() -> None:
    assert len(shortened("egg " * 400)) <= LONGEST + 5
    assert shortened("short") == "short"
