"""Sessions read as they were written, and say what is wrong with them."""

from __future__ import annotations

import pytest

from vivex.errors import MalformedFile
from vivex.people.sessions import Change, Seen, Session, read_session, session_line

PLAIN = Session("w.xlsx", "ab", True, "m", 1, 2, 3.5)
FULL = Session("w.xlsx", "ab", True, when="2026", act="1", undoes=3, changes={"a": Change(("x",), Seen(True, "m"))})


@pytest.mark.parametrize("session", [PLAIN, FULL])
def test_a_session_reads_as_it_was_written(session):
    assert read_session(session_line(1, session), "f:1") == session


@pytest.mark.parametrize(
    "change",
    [{"seconds": True}, {"added": "1"}, {"changes": {"a": 1}}, {"changes": {"a": {"came": [], "before": 1}}}],
)
def test_a_damaged_session_is_named(change):
    with pytest.raises(MalformedFile, match="f:1"):
        read_session({**session_line(1, PLAIN), **change}, "f:1")
