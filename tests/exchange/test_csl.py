"""CSL JSON: names with particles, dates in parts; what is written is read."""

from __future__ import annotations

import json

import pytest

from vivex.errors import MalformedFile
from vivex.exchange.csl import read_csl, write_csl


def read(tmp_path, data):
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return read_csl(path).references


def test_items(tmp_path):
    people = [{"family": "Berg", "non-dropping-particle": "van de", "given": "Bo"}, {"literal": "The Group"}]
    item = {"id": "a", "title": "T", "author": people, "issued": {"date-parts": [["2019", 3]]}, "DOI": "10.5555/X"}
    (one,) = read(tmp_path, [item])
    assert (one.authors, one.year, one.doi) == (("van de Berg, Bo", "The Group"), "2019", "10.5555/x")
    (one,) = read(tmp_path, {"items": [item | {"issued": {"raw": "Spring 2018"}}]})
    assert one.year == "2018"


def test_what_is_written_is_read(material, tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(write_csl(material)["included.json"])
    one, two = read_csl(path).references
    assert (one.key, one.authors, one.pmid) == ("ode-2019", ("Ode, Ann", "van de Berg, B."), "12345678")
    assert two.title.startswith("Nobody")


@pytest.mark.parametrize("data", [[], {"a": 1}, "x", [{"id": 1}]])
def test_what_holds_no_item_is_refused(tmp_path, data):
    with pytest.raises(MalformedFile, match="no item with a title"):
        read(tmp_path, data)
