"""Tables and archives as bytes; which outcomes an item was judged for."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vivex.exchange.written import archive, outcomes, r_text, support, table, worst


def test_a_table_has_a_mark_only_where_it_is_asked_for():
    assert table(("a", "b"), [{"b": "=1"}]) == b"a,b\r\n,'=1\r\n"
    assert table(("a",), [], bom=True).startswith(b"\xef\xbb\xbf")


@given(st.dictionaries(st.text("abc/", min_size=1), st.binary(max_size=20), max_size=3))
def test_an_archive_rests_on_its_files_alone(files):
    assert archive(files) == archive(dict(reversed(list(files.items()))))


def test_outcomes_and_the_worst(first):
    assert outcomes([first], "incomplete_outcome_data") == ["infarct size", "survival"]
    assert outcomes([first], "random_housing") == [""]
    assert worst(first, "incomplete_outcome_data") == "high"
    assert worst(first, "other_bias") == ""
    assert support(first, "other_bias", None) == "[In conflict]"


def test_a_text_in_r():
    assert r_text('a "b" \\') == '"a \\"b\\" \\\\"'
