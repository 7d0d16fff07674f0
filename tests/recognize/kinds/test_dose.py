import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.quantities import find
from vivex.recognize.decide import decided
from vivex.recognize.kinds.dose import dose_value, find_dose


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("Rats received drug A (5, 10 and 20 mg/kg, i.p.).", ["5, 10 and 20 mg/kg"]),
        ("1×10^11 particles/mL were injected into the knee", ["1×10^11 particles/mL"]),
        ("10¹¹ particles/mL of exosomes were injected", ["10¹¹ particles/mL"]),
        ("each knee was injected with 100 µL of exosomes", ["100 µL"]),
        ("mice were irradiated with 2 Gy", ["2 Gy"]),
        (
            "treated with 25 mg/kg, 50 mg/kg, and 100 mg/kg body weight",
            ["25 mg/kg", "50 mg/kg", "100 mg/kg body weight"],
        ),
        ("On days 7, 12 and 22, 8 µL of exosomes were injected", ["8 µL"]),
        (
            "rats were given 5 × 10⁷, 1 × 10⁸ and 2 × 10⁸ particles per knee",
            ["5 × 10⁷, 1 × 10⁸ and 2 × 10⁸ particles per knee"],
        ),
        ("dosed at 10 mg kg−1 day−1 by gavage", ["10 mg kg−1 day−1"]),
        ("Cells were lysed in 50 mM Tris buffer", []),
        ("blots were blocked in 5% milk", []),
        ("mice weighing 25 g were used", []),
    ],
)
def test_doses_and_what_is_none(text, quotes):
    assert [text[s.start : s.end] for s in find_dose(text)] == quotes


@pytest.mark.parametrize(
    ("written", "figures", "unit", "per", "canonical"),
    [
        ("5, 10 and 20 mg/kg", [5, 10, 20], "mg/kg", "mass", ([5, 10, 20], "mg/kg")),
        ("0.5 g/kg body weight", [0.5], "g/kg", "mass", ([500], "mg/kg")),
        ("100 µg/mouse", [100], "ug/{mouse}", "animal", ([0.1], "mg/{mouse}")),
        ("1 × 10 11 particles/mL", [1e11], "{particles}/mL", "volume", ([1e11], "{particles}/mL")),
        ("10¹¹ particles/mL", [1e11], "{particles}/mL", "volume", ([1e11], "{particles}/mL")),
        ("0.1 ml per 10 g body weight", [0.1], "mL/(10.g)", "mass", ([10], "mL/kg")),
        ("10 μM", [10], "umol/L", "volume", ([10], "umol/L")),
        ("50 ng/ml", [50], "ng/mL", "volume", ([5e-5], "mg/mL")),
        ("1.0 mg/kg/day", [1], "mg/kg/d", "mass", ([1], "mg/kg/d")),
        ("10 6 cells", [1e6], "{cells}", "count", ([1e6], "{cells}")),
        ("2–4 μg", [2, 4], "ug", "", ([0.002, 0.004], "mg")),
        ("150 cGy", [150], "cGy", "", ([1.5], "Gy")),
        ("0.5% (w/w)", [0.5], "%", "ratio", ([0.5], "%")),
        ("1,500 IU/kg", [1500], "[iU]/kg", "mass", ([1500], "[iU]/kg")),
    ],
)
def test_units_and_canonical_amounts(written, figures, unit, per, canonical):
    value = dose_value(written)
    assert value["amounts"] == figures
    assert (value["unit"], value["per"]) == (unit, per)
    assert (value["canonical"]["amounts"], value["canonical"]["unit"]) == canonical


def test_the_fitted_decision_tells_doses_from_reagents():
    given = "Mice were injected i.p. with naloxone (2 mg/kg) and cells were treated with 10 µM MG132."
    assert [given[s.start : s.end] for s in decided(given, "dose")] == ["2 mg/kg", "10 µM"]
    reagents = "The buffer contained (in mM): 120 mM NaCl, 5 mM KCl and 10 mM HEPES, pH 7.4. Gels were run at 100 V."
    assert decided(reagents, "dose") == []


def test_equal_doses_have_one_canonical_form():
    assert (
        dose_value("0.01 g/kg")["canonical"]
        == dose_value("10 mg/kg")["canonical"]
        == dose_value("10 µg/g")["canonical"]
    )


def test_a_zero_dose_is_a_dose():
    assert dose_value("0, 5 or 40 mg/kg")["amounts"] == [0, 5, 40]


@given(
    st.floats(0.001, 9999).map(lambda x: f"{x:.3g}").filter(lambda s: "e" not in s),
    st.sampled_from(["mg/kg", "µL", "nM", "Gy", "IU/kg", "%"]),
)
def test_numbers_come_back(figure, unit):
    assert dose_value(f"{figure} {unit}")["amounts"] == [float(figure)]


@pytest.mark.parametrize(
    ("written", "figures", "unit", "normal"),
    [
        ("1,750 mg/kg", [1750], "mg/kg", "1750 mg/kg"),
        ("1 750 mg/kg", [1750], "mg/kg", "1750 mg/kg"),
        ("0·25 mg/kg", [0.25], "mg/kg", "0.25 mg/kg"),
        ("30 ± 4 mg/kg", [30], "mg/kg", "30 ± 4 mg/kg"),
        ("2–6 × 10⁶ cells", [2e6, 6e6], "{cells}", "2×10^6–6×10^6 cells"),
        ("10⁶⁻⁷ CFU", [1e6, 1e7], "[CFU]", "10^6–10^7 CFU"),
        ("20 mg·kg⁻¹·day⁻¹", [20], "mg/kg/d", "20 mg/kg/day"),
        ("10^-6 M", [1e-6], "mol/L", "10^-6 M"),
        ("3 mg/Kg", [3], "mg/kg", "3 mg/kg"),
    ],
)
def test_doses_of_every_custom(written, figures, unit, normal):
    value = dose_value(written)
    assert (value["amounts"], value["unit"], value["normal"]) == (figures, unit, normal)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Rats were given 10⁷⁻⁸ CFU of bacteria by gavage.", [1e7, 1e8]),
        ("Rats were inoculated with 10⁴–⁵ PFU intranasally.", [1e4, 1e5]),
        ("Mice were injected with 10^(8-9) particles i.v.", [1e8, 1e9]),
        ("Mice were injected with 10^{3–4} parasites or 10⁵⁻⁶ cells i.v.", [1e5, 1e6]),
        ("Piglets were challenged with 10⁹⁻¹⁰ CFU orally.", [1e9, 1e10]),
        ("Mice received 10⁻³⁻² mg of it.", None),
    ],
)
def test_a_range_of_exponents_ends_no_paper(text, figures):
    found = [dose_value(text[s.start : s.end])["amounts"] for s in find_dose(text)]
    assert figures is None or found == [figures]


@pytest.mark.parametrize(
    "listed",
    [
        ",".join(map(str, range(60))),
        ", ".join(map(str, range(400))),
        "–".join(map(str, range(60))),
        "/".join(map(str, range(200))),
        "1,000," * 200,
        "5 × 10⁶, " * 200,
        "0.5;" * 400,
    ],
)
def test_a_list_of_numbers_hangs_no_paper(listed):
    begin = time.process_time()
    text = f"Weights were taken on days {listed} and 7 mg/kg of it was given."
    list(find_dose(text))
    decided(text, "dose")
    dose_value(text)
    assert time.process_time() - begin < 2


def test_a_dash_before_an_amount_is_no_range():
    text = "peptide (AAA 260-270 \u2014200 \u00b5g/ml) for a day; 5-10 mg/kg or 5 - 10 mg/kg"
    assert [text[q.start : q.end] for q in find(text)] == ["200 \u00b5g/ml", "5-10 mg/kg", "5 - 10 mg/kg"]
