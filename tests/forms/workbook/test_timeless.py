"""A workbook's bytes don't tell when it was made, and its sheets stay."""

from __future__ import annotations

import datetime
import io

from openpyxl import Workbook, load_workbook

from vivex.forms.workbook.timeless import timeless


def made(when: datetime.datetime) -> bytes:
    book, out = Workbook(), io.BytesIO()
    book.worksheets[0]["A1"] = "rat"
    book.properties.created = when
    book.save(out)
    return out.getvalue()


def test_two_times_give_the_same_bytes() -> None:
    early, late = (timeless(made(datetime.datetime(year, 5, 6))) for year in (1999, 2031))
    assert early == late
    assert load_workbook(io.BytesIO(late)).worksheets[0]["A1"].value == "rat"
