"""Plots: well-formed, the same bytes, nothing undefined shown as a number."""

from __future__ import annotations

import math
from xml.etree import ElementTree

from vivex.agreement import plots
from vivex.agreement.measure import Confusion, Row
from vivex.agreement.result import Agreement
from vivex.people.ratings import BLIND, PEOPLE

ROWS = [
    Row(PEOPLE, "all", "syrcle", "kappa", Agreement("kappa", 0.6, (0.4, 0.8), clusters=12)),
    Row(BLIND, "all", "syrcle", "kappa", Agreement("kappa", -0.3, (-0.5, -0.1), clusters=9)),
    Row(PEOPLE, "all", "syrcle.other_bias", "kappa", Agreement("kappa", math.nan, reason="no variation")),
]
TABLE = Confusion(PEOPLE, "syrcle.other_bias", ("low", "<high>"), ((3, 1), (0, 0)))


def test_a_forest_plot_names_its_items_and_what_is_undefined() -> None:
    drawn = plots.forest(ROWS, "Agreement")
    ElementTree.fromstring(drawn)
    assert "all SYRCLE items" in drawn
    assert "Other bias" in drawn
    assert "undefined" in drawn
    assert drawn == plots.forest(ROWS, "Agreement")


def test_a_heat_map_is_safe_whatever_a_category_is_called() -> None:
    drawn = plots.confusion([TABLE])
    ElementTree.fromstring(drawn)
    assert "&lt;high&gt;" in drawn


def test_names_are_those_that_people_read() -> None:
    assert plots.name("syrcle.random_housing") == "Random housing"
    assert plots.name("strain") == "strain"
