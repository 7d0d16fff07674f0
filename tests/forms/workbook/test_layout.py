"""Columns are known by their keys, and a change of what was printed is told from white space."""

from __future__ import annotations

import pytest

from vivex.forms.workbook.layout import HEADERS, changed, columns, fingerprint, key_cell, read_key


def test_a_blind_sheet_has_no_column_of_the_machine() -> None:
    kind = "study/s"
    keys = {c.key for c in columns(kind, blind=True)}
    assert not keys & {"id", "proposed", "confidence", "decision", "rule", "section", "further", "why", "candidate1"}
    assert keys <= {c.key for c in columns(kind, blind=False)}
    assert len({c.header for c in columns(kind, blind=False)}) == len(columns(kind, blind=False))


@pytest.mark.parametrize("kind", HEADERS)
def test_no_two_headers_of_a_sheet_mean_the_same_column(kind: str) -> None:
    assert len(set(HEADERS[kind].values())) == len(HEADERS[kind])


def test_each_key_cell_alone_says_what_the_sheet_is() -> None:
    assert read_key(key_cell("form/a", True, "yours", "model:x")) == ("form/a", True, "yours", "model:x")
    assert [read_key(other) for other in (None, 3, "Study", '["vivex@1" broken')] == [None] * 4


def test_a_change_is_told_part_by_part() -> None:
    texts = {"study": "s", "field": "dose", "proposed": "5 mg", "quote": "at 5 mg", "page": "3", "group": ""}
    texts["printed"] = fingerprint("s\ndose\n5 mg", "at 5 mg", "3", "")
    assert changed(texts, "field") == (False, False, False)
    assert changed(texts | {"quote": "at  5\nmg"}, "field") == (False, False, False)
    assert changed(texts | {"proposed": "6 mg"}, "field") == (True, False, False)
    assert changed(texts | {"page": "4"}, "field") == (False, True, False)
    assert changed(texts | {"group": "sham"}, "field") == (False, False, True)
    del texts["quote"]
    assert changed(texts | {"group": "sham", "printed": ""}, "field") == (False, False, False)
