"""Bold and shadow made by printing again: each text stands once."""

from __future__ import annotations

import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from printed import BODY

from vivex.parse import overprint
from vivex.parse.overprint import print_once
from vivex.parse.pdf import parse_pdf

pymupdf: Any = pytest.importorskip("pymupdf")
ROWS = ["Results of the second week", "Mice were weighed at 5 mg/kg by two readers", "and were then kept in pairs."]


@pytest.mark.parametrize(
    "shifts",
    [
        [(0, 0), (0.3, 0)],
        [(0, 0), (0, 0)],
        [(0, 0), (0.4, 0), (0, -0.4), (0.4, -0.4)],
        [(0, 0), (1, 1)],
        [(0.5, 0.5), (0, 0)],
        [(0, 0), (0.2, 0), (0.4, 0)],
    ],
)
@pytest.mark.parametrize("by_line", [True, False])
def test_copies_of_lines_are_read_once(shifts: list[tuple[float, float]], by_line: bool) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    places = [(n, shift) for n in range(3) for shift in shifts]
    for n, (dx, dy) in places if by_line else sorted(places, key=lambda p: shifts.index(p[1])):
        page.insert_text((72 + dx, 100 + 14 * n + dy), ROWS[n], fontname=BODY, fontsize=10)
    text = " ".join(parse_pdf(pdf.tobytes(), study="s", params={}).text.split())
    assert [text.count(row) for row in ROWS] == [1, 1, 1]
    assert len(text) == sum(map(len, ROWS)) + 2


def test_a_bold_word_inside_a_line_is_read_once() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    x = 72.0
    for word, times in (("Mice were ", 1), ("not blinded", 2), (" to the groups.", 1)):
        for n in range(times):
            page.insert_text((x + 0.3 * n, 100), word, fontname=BODY, fontsize=10)
        x += pymupdf.get_text_length(word, BODY, 10)
    assert parse_pdf(pdf.tobytes(), study="s", params={}).text == "Mice were not blinded to the groups."


def test_equal_cells_of_a_table_stay() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for n in range(4):
        for m in range(3):
            page.insert_text((72 + 80 * m, 100 + 12 * n), "12.5", fontname=BODY, fontsize=10)
    assert parse_pdf(pdf.tobytes(), study="s", params={}).text.count("12.5") == 12


def test_a_first_piece_that_wholly_repeats_the_line_before_goes_and_what_follows_is_read() -> None:
    def piece(words: str, x: float, size: float = 10) -> dict[str, Any]:
        chars = [{"c": c, "origin": (x + 5 * n, 100.0)} for n, c in enumerate(words)]
        return {"size": size, "chars": chars, "origin": chars[0]["origin"]}

    lines = [{"spans": [piece("once weekly", 0)]}, {"spans": [piece("ly", 45), piece(" by", 55, 9)]}]
    lines.append({"spans": [piece("ear", 80)]})
    raw = {"blocks": [{"lines": lines}]}
    print_once(raw)
    shown = ["".join(char["c"] for span in line["spans"] for char in span["chars"]) for line in lines]
    assert shown == ["once weekly", " by", "ear"]


def _run(text: str, x: float, y: float, size: float = 10.0) -> dict[str, Any]:
    chars = [{"c": c, "origin": (x + 0.5 * size * n, y)} for n, c in enumerate(text)]
    return {"spans": [{"size": size, "origin": (x, y), "chars": chars}]}


_PLACES = st.floats(-40, 40) | st.sampled_from([0.0, 15.9, 16.0, 16.1, -16.0, 1e9, float("inf"), float("nan")])
_RUNS = st.lists(st.tuples(st.sampled_from(["ab", "ac"]), _PLACES, _PLACES, st.sampled_from([1.0, 10.0, 300.0])))


@given(_RUNS)
def test_looking_in_cells_of_a_grid_finds_what_looking_everywhere_finds(
    runs: list[tuple[str, float, float, float]],
) -> None:
    apart, together = ({"blocks": [{"lines": [_run(*run)]} for run in runs]} for _ in range(2))
    print_once(apart)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(overprint, "_CELL", 1e300)
        print_once(together)
    assert repr(apart) == repr(together)  # as text: a place that is no number equals nothing


def test_thousands_of_scattered_words_take_no_square_of_their_number() -> None:
    chance = random.Random(3)
    lines = [_run("mice", chance.uniform(0, 600), chance.uniform(0, 780), size=3) for _ in range(12_000)]
    began = time.process_time()
    print_once({"blocks": [{"lines": lines}]})
    assert time.process_time() - began < 3  # pair by pair it was a minute
