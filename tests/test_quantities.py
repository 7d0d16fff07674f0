"""A quantity is read whole, exactly and once, and two are the same only where they say the same amount."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vivex.quantities import Quantity, Value, canonical, count, find, read, same, show
from vivex.units import units


def told(text: str) -> tuple[list[str], str]:
    """Return the values and the unit of a text that is one quantity, as show() writes them."""
    quantity = read(text)
    assert quantity is not None, text
    return [show(Quantity((v,))) for v in quantity.values], quantity.unit


@pytest.mark.parametrize(
    ("text", "values", "unit"),
    [
        ("1,250 mg/kg", ["1250"], "mg/kg"),
        ("1 750 mg/kg", ["1750"], "mg/kg"),
        ("2’000 IU", ["2000"], "[iU]"),
        ("0·25 mg/kg", ["0.25"], "mg/kg"),
        ("7,5 mL", ["7.5"], "mL"),
        (".25 mg/kg", ["0.25"], "mg/kg"),
        ("30 ± 4 mg/kg", ["30 ± 4"], "mg/kg"),
        ("22 +/- 3 g", ["22 ± 3"], "g"),
        ("3–6 × 10⁷ cells", ["3×10^7–6×10^7"], "{cells}"),
        ("10⁷⁻⁸ CFU", ["10^7–10^8"], "[CFU]"),
        ("½ mg", ["0.5"], "mg"),
        ("2½–3 mg/kg", ["2.5–3"], "mg/kg"),
        ("1 ¾ years", ["1.75"], "a"),
        ("¼, ½ and 1 mL", ["0.25", "0.5", "1"], "mL"),
        ("3⁄4 mg", ["0.75"], "mg"),
        ("2 1/2 mL", ["2.5"], "mL"),
        ("1-1/2 mL", ["1.5"], "mL"),
        ("7 3/4 mL", ["7.75"], "mL"),
        ("1 1/2 to 2 mL", ["1.5–2"], "mL"),
        ("1/2/4 mL", ["1", "2", "4"], "mL"),
        ("2-, 4- and 8-mg/kg", ["2", "4", "8"], "mg/kg"),
        ("2-, 4-, and 8-mg", ["2", "4", "8"], "mg"),
        ("0.2-, 0.4- or 0.8-mL", ["0.2", "0.4", "0.8"], "mL"),
        ("7 ㎎/㎏", ["7"], "mg/kg"),
        ("0.4 ㎍·㎏⁻¹", ["0.4"], "ug/kg"),
        ("½ ㎖", ["0.5"], "mL"),
        ("30㎕", ["30"], "uL"),
        ("1, 2 and 4 million cells", ["10^6", "2×10^6", "4×10^6"], "{cells}"),
        ("2 to 5 million cells", ["2×10^6–5×10^6"], "{cells}"),
        ("1 and 3 × 10⁵ PFU", ["10^5", "3×10^5"], "[PFU]"),
        ("3, 10 and 30 mg/kg", ["3", "10", "30"], "mg/kg"),
        ("3,10,30 mg/kg", ["3", "10", "30"], "mg/kg"),
        ("between 180 and 220 g", ["180–220"], "g"),
        ("20 mg·kg⁻¹·day⁻¹", ["20"], "mg/kg/d"),
        ("20 mg kg^-1 d^-1", ["20"], "mg/kg/d"),
        ("20 mg kg−1", ["20"], "mg/kg"),
        ("0.2 mL/20 g", ["0.2"], "mL/(20.g)"),
        ("3 mg/Kg", ["3"], "mg/kg"),
        ("𝟑 𝐦𝐠/𝐤𝐠", ["3"], "mg/kg"),
        ("8- to 12-week", ["8–12"], "wk"),
        ("six months", ["6"], "mo"),
        ("75 mg/m2", ["75"], "mg/m2"),
        ("75 mg m⁻²", ["75"], "mg/m2"),
        ("4 × 10⁶/mL", ["4×10^6"], "1/mL"),
        ("(2–6) × 10⁷ cells", ["2×10^7–6×10^7"], "{cells}"),
        ("(2, 3 or 6)×10^7 cells", ["2×10^7", "3×10^7", "6×10^7"], "{cells}"),
        ("(3.5 ± 0.5) × 10⁶ CFU", ["3.5×10^6 ± 5×10^5"], "[CFU]"),
        ("30 (±4) mg/kg", ["30 ± 4"], "mg/kg"),
        ("30 ∓ 4 mg/kg", ["30 ± 4"], "mg/kg"),
        ("2,50,000 IU", ["2.5×10^5"], "[iU]"),
        ("12,50,000 cells", ["1.25×10^6"], "{cells}"),
        ("75/15/3 mg/kg", ["75", "15", "3"], "mg/kg"),
        ("3 / 6 / 12 / 24 mg", ["3", "6", "12", "24"], "mg"),
    ],
)
def test_quantities_of_every_custom(text: str, values: list[str], unit: str) -> None:
    assert told(text) == (values, unit)


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("IL-6 and 4 mg/kg¹² of it", ["4 mg/kg"]),
        ("on days 2 and 9 and 15 mg/kg thereafter", ["15 mg/kg"]),
        ("Reagent 3000, 750 ng each", ["750 ng"]),
        ("days 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14 and 5 mg", ["5 mg"]),
        ("2 mg/kg, 4 mg/kg or 6–8 mg/kg", ["2 mg/kg", "4 mg/kg", "6–8 mg/kg"]),
        ("miR-21 and C57BL/6 mice", []),
        ("In ㎝ or 3 ㎎/㎏, then ½ ㎖ each", ["3 ㎎/㎏", "½ ㎖"]),
        ("about 1½ mg or 5⁄10 mg", ["1½ mg", "5⁄10 mg"]),
    ],
)
def test_where_quantities_stand(text: str, quotes: list[str]) -> None:
    assert [text[f.start : f.end] for f in find(text)] == quotes


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("250 g", "0.25 kg"),
        ("1 mg", "1000 µg"),
        ("1½ ㎎", "1500 µg"),
        ("14 days", "2 weeks"),
        ("24 h", "1 day"),
        ("1 year", "12 months"),
        ("10⁻⁷ M", "0.1 µM"),
        ("10^-7 M", "100 nM"),
        ("0.1 mL/10 g", "10 mL/kg"),
        ("10 µg/g", "10 mg/kg"),
        ("1 mmol/mL", "1 M"),
        ("2 million cells", "2 × 10⁶ cells"),
        ("5, 10 and 20 mg", "20, 10 and 5 mg"),
        ("twenty days", "20 days"),
        ("2 Gy", "200 cGy"),
    ],
)
def test_the_same_amount_in_other_words(one: str, other: str) -> None:
    a, b = read(one), read(other)
    assert a is not None
    assert b is not None
    assert same(a, b)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10⁶ cells", "106 cells"),
        ("10⁻⁷ M", "10-7 M"),
        (".5 mg/kg", "5 mg/kg"),
        ("8 weeks", "8 months"),
        ("4 weeks", "1 month"),
        ("5 mg", "5 mg/kg"),
        ("5 mg/kg", "5 mg/kg/day"),
        ("5 U", "5 IU"),
        ("25 g", "25 ± 3 g"),
        ("5–10 mg", "5 and 10 mg"),
        ("< 5 mg", "5 mg"),
        ("5% (w/v)", "5% (v/v)"),
        ("10⁶ cells", "10⁶ CFU"),
        ("-5 °C", "5 °C"),
        ("5 mg/mouse", "5 mg/rat"),
        ("1.250 mg", "1,250 mg"),
    ],
)
def test_no_meaning_is_lost(one: str, other: str) -> None:
    a, b = read(one), read(other)
    assert a is not None
    assert b is not None
    assert not same(a, b)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("One hundred and twenty", 120),
        ("1,200", 1200),
        ("1 200", 1200),
        ("a total of 96", 96),
        ("two dozen", 24),
        ("a dozen", 12),
        ("sixty-four", 64),
        ("0", 0),
        ("6–8", None),
        ("2.5", None),
        ("8 weeks", None),
        ("mice", None),
    ],
)
def test_counts(text: str, number: int | None) -> None:
    assert count(text) == number


numbers = st.builds(Fraction, st.integers(0, 10**8), st.sampled_from([1, 10, 100, 1000, 10**6]))
values = st.builds(
    lambda a, b, pm: Value(min(a, b), max(a, b), pm), numbers, numbers, st.one_of(st.none(), numbers)
) | st.builds(lambda a: Value(a, a), numbers)
heads = st.sampled_from(sorted(set(units()[0]) - {"J/cm2", "mJ/cm2", "W/cm2", "mW/cm2"}))
pers = st.sampled_from(["", "", "/kg", "/kg/d", "/mL", "/{mouse}", "/(10.g)", "/h", "/m2"])
quantities = st.builds(
    lambda many, head, per, sign: Quantity(tuple(many), f"{head}{per}" if head != "%" else head, "", sign),
    st.lists(values, min_size=1, max_size=4),
    heads,
    pers,
    st.sampled_from(["", "", "<", ">=", "~"]),
)


@given(quantities)
def test_what_is_shown_reads_back(quantity: Quantity) -> None:
    back = read(show(quantity))
    assert back is not None, show(quantity)
    assert same(back, quantity), show(quantity)


CUSTOMS = (
    lambda n: f"{n:,}",
    lambda n: f"{n:,}".replace(",", "\u00a0"),
    lambda n: f"{n:,}".replace(",", "\u2009"),
    lambda n: f"{n:,}".replace(",", "\u202f"),
    lambda n: f"{n:,}".replace(",", "\u2007"),
    lambda n: f"{n:,}".replace(",", "'"),
    lambda n: f"{n:,}".replace(",", "\u2019"),
    lambda n: f"{n:,}".replace(",", " "),
    lambda n: f"{n}.0",
    lambda n: f"{n}\u00b70",
    lambda n: f"{n},0",
    lambda n: "".join(chr(0x1D7CE + int(d)) for d in str(n)),
    lambda n: "".join(chr(0xFF10 + int(d)) for d in str(n)),
    str,
)
PER_KG = (
    "mg/kg",
    "mg / kg",
    "mg/Kg",
    "mg per kg",
    "mg kg-1",
    "mg kg\u22121",
    "mg\u00b7kg\u207b\u00b9",
    "mg kg^-1",
    "mg/kg body weight",
    "mg/kg b.w.",
    "㎎/㎏",
    "㎎ per ㎏",
    "㎎·㎏⁻¹",
)
JOINTS = ("\u2013", "-", "\u2212", " - ", " \u2013 ", " to ", "\u2011")


@example(1, 10**6, "{:,}".format, "mg/kg", "\u2013")
@given(
    st.integers(1, 10**6),
    st.integers(1, 10**6),
    st.sampled_from(CUSTOMS),
    st.sampled_from(PER_KG),
    st.sampled_from(JOINTS),
)
def test_a_quantity_in_any_custom_reads_back(one: int, other: int, custom, unit: str, joint: str) -> None:
    low, high = sorted((one, other))
    for text, value in (
        (f"{custom(low)} {unit}", Value(Fraction(low), Fraction(low))),
        (f"{custom(low)}{joint}{custom(high)} {unit}", Value(Fraction(low), Fraction(high))),
        (f"{custom(low)} \u00b1 {custom(high)} {unit}", Value(Fraction(low), Fraction(low), Fraction(high))),
        (f"{custom(low)} +/- {custom(high)} {unit}", Value(Fraction(low), Fraction(low), Fraction(high))),
    ):
        quantity = read(text)
        assert quantity is not None, text
        assert (quantity.values, quantity.unit) == ((value,), "mg/kg"), text
        written = f"Mice were given {text}, then water."
        assert [written[f.start : f.end] for f in find(written)] == [text]


@given(st.integers(1, 99), st.integers(1, 99), st.integers(2, 12), st.sampled_from("\u00d7x\u00b7*"))
def test_a_list_or_range_shares_its_power(one: int, other: int, exponent: int, times: str) -> None:
    low, high = sorted((one, other + 100))
    powers = (
        f"10{str(exponent).translate(str.maketrans('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'))}",
        f"10^{exponent}",
        f"10({exponent})",
    )
    for power in powers:
        ranged = read(f"{low}\u2013{high} {times} {power} cells")
        listed = read(f"{low} and {high} {times} {power} cells")
        assert ranged is not None
        assert listed is not None
        assert ranged.values == (Value(Fraction(low) * 10**exponent, Fraction(high) * 10**exponent),)
        assert listed.amounts == (low * 10.0**exponent, high * 10.0**exponent)


MINUSES = ("-", "\u2212", "\u2013", "\u2010", "\u2011", "\ufe63", "\uff0d")
BEFORE = ("Kept at ", "between 4 \u00b0C and ", "(", "at ", "[", "under the ", "changed by ", "= ", "; ", "", "x\t")
UNITS = ("\u00b0C", " \u00b0C", "\u00a0\u00b0C", " \u2103", "%", " %", " mm", " mmHg")


@given(st.integers(1, 999), st.sampled_from(MINUSES), st.sampled_from(BEFORE), st.sampled_from(UNITS))
def test_a_minus_belongs_to_its_number(number: int, minus: str, before: str, unit: str) -> None:
    text = f"{before}{minus}{number}{unit} for a night."
    (below,) = (f for f in find(text) if f.quantity.values[0].low != 4)
    assert text[below.start : below.end] == f"{minus}{number}{unit}"
    (above,) = find(f"at {number}{unit} for a night.")
    written = read(f"{minus}{number}{unit}")
    assert written is not None
    assert same(below.quantity, written)
    assert not same(below.quantity, above.quantity)
    assert below.quantity.amounts == (-number,)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("frozen at \u2212 70 \u00b0C", [(-70,)]),  # with a blank
        ("frozen at - 70 \u00b0C", [(-70,)]),
        ("stored at \u221270 to \u221280 \u00b0C", [(-80, -70)]),
        ("stored at -70 or -80 \u00b0C", [(-70, -80)]),
        ("between -30 and -10 \u00b0C", [(-30, -10)]),
        ("\u221230\u2013\u221210 \u00b0C", [(-30, -10)]),
        ("from -4 \u00b0C to 4 \u00b0C", [(-4,), (4,)]),
        ("between 3 and -20 \u00b0C", [(-20,)]),
        ("2.5 vs -0.5%", [(-0.5,)]),
        ("cooled by \u22123 \u00b1 1 \u00b0C", [(-3,)]),
        ("warm \u2013 25 \u00b0C \u2013 and dry", [(25,)]),  # a dash of the sentence
        ("18\u201320 \u00b0C", [(18, 20)]),
        ("18 - 20 \u00b0C", [(18, 20)]),
        ("18 \u00b0C - 20 \u00b0C", [(18,), (20,)]),
        ("5 mg -10 mg", [(5,), (10,)]),
        ("saline \u201320 mg/kg", [(20,)]),  # nobody is given less than nothing
        ("5 mg kg \u22121 day \u22121", [(5,)]),
        ("+/-20 mm", [(20,)]),
    ],
)
def test_a_dash_is_a_minus_only_where_it_joins_nothing(text: str, amounts: list[tuple[int, ...]]) -> None:
    assert [found.quantity.amounts for found in find(text)] == amounts


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("caspases-3, -7 and -9", [(7,), (9,)]),
        ("the clone pZ -12 grew", [(12,)]),
        ("- 12 pups", [(12,)]),  # a bullet
        ("-12 pups", [(12,)]),
        ("on day -7", [(-7,)]),
        ("r = \u22120.4", [(-0.4,)]),
        ("\u221212", [(-12,)]),
        ("0.5 \u03bcg \u03bcl \u22121 of it", [(0.5,), (1,)]),
    ],
)
def test_a_bare_number_has_a_minus_where_no_name_or_list_has_a_dash(text: str, amounts: list[tuple[float]]) -> None:
    assert [found.quantity.amounts for found in find(text, bare=True)] == amounts


@given(quantities, quantities, quantities)
def test_sameness_is_an_equivalence(a: Quantity, b: Quantity, c: Quantity) -> None:
    assert same(a, a)
    assert same(a, b) == same(b, a)
    assert not (same(a, b) and same(b, c)) or same(a, c)
    assert same(canonical(a), a)


@given(st.text(alphabet="0123456789 .,×^-–/±µmgklMxandort%()⁵⁻wekhs", max_size=60))
def test_quantities_lie_inside_any_text(text: str) -> None:
    last = 0
    for found in find(text, bare=True):
        assert last <= found.lead <= found.start < found.end <= len(text)
        last = found.end
    read(text)


@pytest.mark.parametrize(
    "item",
    [
        "1,",
        "1, ",
        "28,",
        "1,000,",
        "1 ",
        "1-",
        "1.",
        "1·",
        "1/",
        "5 × 10⁶, ",
        "⁵",
        "10⁵⁻",
        "10^",
        "(1)",
        "±1",
        "1 mg/",
        "one ",
        "1'000'",
    ],
)
def test_time_is_in_proportion_to_the_text(item: str) -> None:
    def seconds(length: int) -> float:
        text = (item * length)[:length]
        begin = time.process_time()
        for _ in find(text):
            pass
        for _ in find(text, bare=True):
            pass
        read(text)
        return time.process_time() - begin

    seconds(100)
    short, long = min(seconds(1000) for _ in range(2)), min(seconds(4000) for _ in range(2))
    assert long < 8 * short + 0.1


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("(n = 1 250 in total)", ["1 250"]),
        ("n = 8 200 mg/kg", ["8", "200 mg/kg"]),
        ("n=12 (8 male)", ["12", "8"]),
        ("n = 1 250, 300 of them young", ["1 250, 300"]),
    ],
)
def test_a_blank_behind_n_separates_thousands_unless_a_unit_follows(text: str, read: list[str]) -> None:
    assert [text[found.start : found.end] for found in find(text, bare=True)] == read
