"""Means of tables in every layout, and the twenty tables of papers that were read by hand."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from laid_documents import laid_document

from vivex.document import Document
from vivex.extract.means.from_tables import means_in_tables
from vivex.group_means import GroupMean, show_mean

BENCHMARKS = Path(__file__).resolve().parents[3] / "benchmarks"
NUMBERS = st.decimals(min_value=0, max_value=9999, places=2, allow_nan=False, allow_infinity=False).map(str)
FEW = settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
GROUPS = ("Sham", "Vehicle", "MSC 5 mg/kg")
OUTCOMES = (("Body weight", "g"), ("Serum ALT", "U/L"))
PAIRS = st.lists(st.tuples(NUMBERS, NUMBERS), min_size=6, max_size=6)
Figures = list[tuple[str, str]]


def said(document: Document) -> list[GroupMean]:
    """Return what a document's tables say."""
    return [found.said for found in means_in_tables(document, frozenset())]


def expected(pairs: Figures, **more: str) -> set[GroupMean]:
    """Return the figures by group, then outcome."""
    wanted = set()
    for g, group in enumerate(GROUPS):
        for o, (outcome, unit) in enumerate(OUTCOMES):
            mean, error = pairs[2 * g + o]
            wanted.add(GroupMean(outcome, group, mean, error, unit=unit, **more))
    return wanted


@FEW
@given(PAIRS)
def test_groups_over_the_columns(pairs: Figures) -> None:
    rows = [["", *(f"{g} (n = 9)" for g in GROUPS)]]
    for o, (outcome, unit) in enumerate(OUTCOMES):
        rows.append([f"{outcome} ({unit})", *(" ± ".join(pairs[2 * g + o]) for g in range(3))])
    document = laid_document(rows, note="Values are means ± SEM.")
    assert set(said(document)) == expected(pairs, error_type="SEM", n="9")
    for found in means_in_tables(document, frozenset()):
        start, end = found.places[0]
        assert document.text[start:end] == f"{found.said.mean} ± {found.said.error}"


@FEW
@given(PAIRS)
def test_groups_beside_the_rows(pairs: Figures) -> None:
    rows = [["Group", "n", *(f"{o} ({u})" for o, u in OUTCOMES)]]
    rows += [[group, "9", *(" ± ".join(pair) for pair in pairs[2 * g : 2 * g + 2])] for g, group in enumerate(GROUPS)]
    assert set(said(laid_document(rows, caption="Table 1. Mean ± SD."))) == expected(pairs, error_type="SD", n="9")


@FEW
@given(PAIRS)
def test_groups_under_headings_of_outcomes_and_times_over_the_columns(pairs: Figures) -> None:
    rows = [["Groups", "Week 2"]]
    for o, (outcome, unit) in enumerate(OUTCOMES):
        rows.append([f"{outcome} ({unit})", ""])
        rows += [[group, " ± ".join(pairs[2 * g + o])] for g, group in enumerate(GROUPS)]
    rows = [[*row, row[1]] for row in rows]
    rows[0][2] = "Week 4"
    wanted = expected(pairs, time="Week 2") | expected(pairs, time="Week 4")
    assert set(said(laid_document(rows))) == wanted


@FEW
@given(PAIRS)
def test_statistics_in_columns_of_their_own(pairs: Figures) -> None:
    rows = [["Group", "Parameter", "Mean", "SD", "N"]]
    for g, group in enumerate(GROUPS):
        for o, (outcome, unit) in enumerate(OUTCOMES):
            rows.append([group, f"{outcome} ({unit})", *pairs[2 * g + o], "9"])
    assert set(said(laid_document(rows))) == expected(pairs, error_type="SD", n="9")


@FEW
@given(PAIRS)
def test_statistics_in_columns_of_their_own_under_groups(pairs: Figures) -> None:
    rows = [["Parameter"], [""]]
    for group in GROUPS:
        rows[0] += [group, ""]
        rows[1] += ["Mean", "SEM"]
    for o, (outcome, unit) in enumerate(OUTCOMES):
        rows.append([f"{outcome} ({unit})", *(number for g in range(3) for number in pairs[2 * g + o])])
    document = laid_document(rows, heads=2, spans={(0, 1): (1, 2), (0, 3): (1, 2), (0, 5): (1, 2)})
    assert set(said(document)) == expected(pairs, error_type="SEM")


def test_outcomes_are_no_groups_where_statistics_stand_under_unknown_names() -> None:
    rows = [
        ["", "Red", "", "Blue", ""],
        ["", "Mean", "SD", "Mean", "SD"],
        ["ALT (U/L)", "1.0", "0.1", "2.0", "0.1"],
        ["AST (U/L)", "3.0", "0.1", "4.0", "0.1"],
    ]
    document = laid_document(rows, heads=2, spans={(0, 1): (1, 2), (0, 3): (1, 2)})
    assert [(m.outcome, m.group) for m in said(document)[:2]] == [("ALT", "Red"), ("ALT", "Blue")]


@FEW
@given(PAIRS)
def test_outcomes_and_groups_both_beside_the_rows(pairs: Figures) -> None:
    rows = [["Parameter", "Group", "Day 7", "Day 14"]]
    for o, (outcome, unit) in enumerate(OUTCOMES):
        for g, group in enumerate(GROUPS):
            rows.append(["" if g else f"{outcome} ({unit})", group, *[" ± ".join(pairs[2 * g + o])] * 2])
    assert set(said(laid_document(rows))) == expected(pairs, time="Day 7") | expected(pairs, time="Day 14")


@FEW
@given(PAIRS)
def test_errors_in_brackets_are_read_where_the_paper_says_so(pairs: Figures) -> None:
    rows = [["Group", *(f"{o} ({u})" for o, u in OUTCOMES)]]
    rows += [[g, *(f"{m} ({e})" for m, e in pairs[2 * k : 2 * k + 2])] for k, g in enumerate(GROUPS)]
    assert said(laid_document(rows)) == []
    assert set(said(laid_document(rows, note="Values are mean (SD)."))) == expected(pairs, error_type="SD")
    assert said(laid_document(rows, note="Values are median (range).")) == []


@pytest.mark.parametrize(
    ("caption", "outcome"),
    [
        ("Table 2. Body weight (g) of rats.", "Body weight [g]"),
        ("Table 2. Effects of the extract on body weight in rats.", "body weight"),
        ("TABLE II Changes in paw width after 4 weeks", "paw width"),
        ("Table 3: Survival of cells", "Survival"),
    ],
)
def test_the_caption_names_the_outcome_of_times_over_the_columns(caption: str, outcome: str) -> None:
    rows = [["Group", "Day 7", "Day 14"], ["Sham", "1 ± 1", "2 ± 1"], ["Drug", "3 ± 1", "4 ± 1"]]
    found = said(laid_document(rows, caption=caption))
    assert {show_mean(m).partition(", at ")[0] for m in found} == {outcome}
    assert {m.time for m in found} == {"Day 7", "Day 14"}


def test_nothing_is_said_where_no_axis_names_groups() -> None:
    rows = [["", "Red", "Blue"], ["Round", "1 ± 1", "2 ± 1"], ["Square", "3 ± 1", "4 ± 1"]]
    assert said(laid_document(rows)) == []


def test_p_values_counts_and_ranges_are_no_errors() -> None:
    rows = [
        ["Group", "Weight (g)", "P", "Range (g)", "Animals alive (%)"],
        ["Sham", "20 ± 2", "0.03", "18–22", "8/10"],
        ["Drug", "25 ± 3", "<0.01", "21–29", "9/10"],
    ]
    assert [(m.group, m.mean, m.error) for m in said(laid_document(rows))] == [("Sham", "20", "2"), ("Drug", "25", "3")]


@pytest.mark.shared
@pytest.mark.slow
def test_twenty_tables_read_by_hand(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [*sys.path, str(BENCHMARKS)])
    import group_means as benchmark

    found = benchmark.tally(benchmark.gold(), shared / "pdfs")
    for of in found.values():
        assert of.precision >= 0.95
    assert found["dev"].recall >= 0.9
    assert found["aside"].recall >= 0.5
