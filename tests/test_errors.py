"""Errors: one tree, drawn in its module, that survives a process boundary."""

from __future__ import annotations

import inspect
import pickle

import pytest

from vivex import errors
from vivex.errors import UnreadablePaper, VivexError

CLASSES = [c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__]


def test_every_error_is_in_the_tree_and_drawn() -> None:
    for error in CLASSES:
        assert issubclass(error, VivexError)
        assert error.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("reason", UnreadablePaper.REASONS)
def test_an_unreadable_paper_says_what_where_and_what_to_do_also_from_a_child(reason: str) -> None:
    error = UnreadablePaper(reason, "save it again", path="pdfs/a.pdf")
    assert str(error) == f"pdfs/a.pdf: {reason}: save it again"
    again = pickle.loads(pickle.dumps(error))
    assert (again.reason, again.remedy, again.path, str(again)) == (reason, "save it again", "pdfs/a.pdf", str(error))


def test_a_reason_that_nobody_lists_is_a_defect() -> None:
    with pytest.raises(ValueError, match="'odd' is not one of"):
        UnreadablePaper("odd", "")
