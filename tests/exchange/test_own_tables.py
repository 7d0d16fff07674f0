"""vivex's own tables come back as answers to their questions."""

from __future__ import annotations

import pytest

from vivex.errors import MalformedFile
from vivex.exchange.formats import format_of
from vivex.exchange.own_tables import read_tables
from vivex.files import BOM, csv_text


def table(path, header, *lines):
    path.write_text(BOM + csv_text(header, lines), encoding="utf-8", newline="")
    return path


def test_each_table(tmp_path):
    header = ["study_id", "table", "field", "group", "value", "quote"]
    values = table(
        tmp_path / "values.csv", header, ["s", "t", "dose", "low", "=5 mg", "5 mg"], ["s", "t", "age", "", "", ""]
    )
    assert format_of(values)[0] == "vivex-csv"
    (dose,) = read_tables(values).answers
    assert (dose.question, dose.answer, dose.group, dose.quotes) == ("form.dose", "=5 mg", "low", ("5 mg",))
    syrcle = table(
        tmp_path / "syrcle.csv", ["study_id", "item", "outcome", "judgement"], ["s", "other_bias", "pain", "low"]
    )
    (other,) = read_tables(syrcle).answers
    assert (other.question, other.answer, other.group) == ("syrcle.other_bias", "low", "pain")
    reporting = table(tmp_path / "reporting.csv", ["study_id", "item", "reported"], ["s", "blinding", "yes"])
    assert [a.question for a in read_tables(reporting).answers] == ["reporting.blinding"]


def test_another_table_is_refused(tmp_path):
    with pytest.raises(MalformedFile, match=r"none of values\.csv"):
        read_tables(table(tmp_path / "x.csv", ["study_id", "title"], ["s", "t"]))
