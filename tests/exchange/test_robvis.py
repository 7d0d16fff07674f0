"""robvis' reader, restated from its source (R/rob_traffic_light.R, R/rob_summary.R, R/helpers.R): it sees our words."""

from __future__ import annotations

import csv
import io
import re

from vivex.annotation import SYRCLE_ITEMS
from vivex.exchange.robvis import write_robvis
from vivex.questions import SYRCLE

WEIGHT = re.compile(r"-?[0-9]*.?[0-9]+")


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def robvis_letters(data: bytes) -> tuple[list[str], dict[str, list[str]]]:
    """Return the legend and each study's letters as rob_traffic_light_generic(overall = FALSE) makes them."""
    header, *lines = read(data)
    assert not any(WEIGHT.fullmatch(line[-1]) for line in lines)  # else its last column would be taken for weights
    letters = {}
    for line in lines:
        words = [re.sub(r"\bse", "high", word.lower()) for word in line[1:]]
        letters[line[0]] = [word[:1].replace("u", "s").replace("m", "s") for word in words]
    return [name.replace(".", " ") for name in header[1:]], letters


def test_robvis_reads_each_judgement_as_it_is(material):
    legend, letters = robvis_letters(write_robvis(material)["robvis.csv"])
    assert legend == [asked.name for asked in SYRCLE.values()]
    found = dict(zip(SYRCLE_ITEMS, letters["Ode 2019"], strict=True))
    assert found["sequence_generation"] == "l"
    assert found["allocation_concealment"] == "s"  # unclear
    assert found["incomplete_outcome_data"] == "h"  # the worst of two outcomes
    assert found["other_bias"] == ""  # in conflict: drawn as missing
    assert set(letters["x"]) == {""}


def test_the_first_column_is_read_by_its_name(material):
    assert write_robvis(material)["robvis.csv"].startswith(b"Study,")  # no byte-order mark


def test_the_call_names_what_is_written(material):
    call = write_robvis(material)["robvis.R"].decode()
    assert 'read.csv("robvis.csv", check.names = FALSE' in call
    assert call.count("overall = FALSE") == 2
    assert "judgement_labels = labels" in call
    assert call.count("(") == call.count(")")
