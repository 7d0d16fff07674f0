"""Every way of writing a unit is read as that unit."""

from __future__ import annotations

import pytest

from vivex.quantities import read
from vivex.units import kind, scale, shown_unit, units


def test_every_unit_reads_as_itself() -> None:
    for written, unit in units()[1].items():
        quantity = read(f"3 {written}")
        assert quantity is not None, written
        assert (quantity.unit, kind(quantity.unit)) == (unit.name, unit.kind)


@pytest.mark.parametrize(
    ("unit", "what", "compared", "printed"),
    [
        ("mg/kg/d", "mass", "mg/kg/d", "mg/kg/day"),
        ("umol/L", "molar", "umol/L", "\u00b5M"),
        ("mmol/mL", "amount", "umol/L", "mmol/mL"),
        ("mL/(10.g)", "volume", "mL/kg", "mL/10 g"),
        ("wk", "time", "d", "weeks"),
        ("mo", "months", "mo", "months"),
        ("{cells}/{mouse}", "count", "{cells}/{mouse}", "cells/mouse"),
        ("mW/cm2", "irradiance", "W/cm2", "mW/cm2"),
        ("", "", "", ""),
    ],
)
def test_what_a_unit_measures_and_how_it_is_compared_and_printed(
    unit: str, what: str, compared: str, printed: str
) -> None:
    assert (kind(unit), scale(unit)[1], shown_unit(unit)) == (what, compared, printed)
