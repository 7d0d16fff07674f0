"""Quantities as packages of TeX write them: number and unit, as a reader sees them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.parse.formulae import tex
from vivex.parse.tex_units import plain_units


@pytest.mark.parametrize(
    ("source", "text"),
    [
        (r"$\SI{5}{\milli\gram\per\kilogram}$", "5 mg/kg"),
        (r"\SI[mode=text]{0.25}{\micro\litre}", "0.25 μL"),
        (r"\qty{12}{\hour}", "12 h"),
        (r"\qty{5}{\mg\per\kg\per\day}", "5 mg/kg/day"),
        (r"\SI{40}{\ug}", "40 μg"),
        (r"\SI{5}{mg/kg}", "5 mg/kg"),
        (r"\SI{5e6}{cells}", "5 × 10⁶ cells"),
        (r"\SI{1.5e-7}{\molar}", "1.5 × 10⁻⁷ M"),
        (r"\SI{22 +- 2}{\degreeCelsius}", "22 ± 2 °C"),
        (r"\SI{2}{\square\centi\metre}", "2 cm²"),
        (r"\SI{2}{\cm\squared}", "2 cm²"),
        (r"\SIrange{20}{25}{\gram}", "20–25 g"),
        (r"$5\,\si{\micro\gram}$", "5 μg"),
        (r"$5\,\unit{\mg}$", "5 mg"),
        (r"$\unit[5]{mg}$", "5 mg"),
        (r"\num{1e9} particles", "1 × 10⁹ particles"),
    ],
)
def test_number_and_unit_are_read(source: str, text: str) -> None:
    assert tex(source) == text


@pytest.mark.parametrize("source", ["5 mg/kg", r"$\mathrm{mg}$", r"\SI{5", r"\SI{5}", r"\unit", r"\kern", "{}"])
def test_what_is_no_quantity_of_a_package_stays(source: str) -> None:
    assert plain_units(source) == source


@given(st.text(r"\\{}[]SIunitqtyumgperkern 1.5e+-", max_size=60))
def test_any_text_is_read(source: str) -> None:
    assert isinstance(tex(source), str)


@pytest.mark.parametrize("item", [r"\SI{", r"\SI[", r"\SI ", r"\SI{5}", " ", r"\unit[", r"\kern", r"\SI{5} {", "5e"])
def test_long_texts_end(item: str) -> None:
    began = time.process_time()
    tex(item * 5000)
    assert time.process_time() - began < 3
