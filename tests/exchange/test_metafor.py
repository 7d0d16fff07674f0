"""metafor: its `escalc()` restated from its source (measure SMD, R/escalc.r), and R itself where it is installed."""

from __future__ import annotations

import csv
import io
import math
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from vivex.annotation import Annotation, Evidence
from vivex.codebook import Codebook, Field
from vivex.exchange.formats import Material, SettledStudy
from vivex.exchange.metafor import HEADER, OF, write_metafor
from vivex.references import Reference
from vivex.states import CONFLICT, PROPOSED, SETTLED

MEANS = Field("means", "Which means?", "means")
COMPARATOR = Field("comparator", "Compared with?")
ESCALC = ("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")


def value(text: str, *, source: str = "reviewers:ab", page: int = 3) -> tuple[Field, Annotation]:
    """Return a value of the form with a quote."""
    place = Evidence(1, 9, text.rpartition(": ")[2], page=page)
    return MEANS, Annotation("ode-2019", "form.means", text, (place,), source)


def written(*texts: str, state: str = SETTLED, comparator: str = "") -> list[dict[str, str]]:
    """Return the rows of effects.csv of one study."""
    values = tuple(value(text) for text in texts)
    settled = (*(values if state == SETTLED else ()),)
    if comparator:
        settled = (*settled, (COMPARATOR, Annotation("ode-2019", "form.comparator", comparator)))
    study = SettledStudy(
        "ode-2019",
        "Ode 2019",
        Reference(),
        settled,
        states={"form.means": state},
        unsettled=() if state == SETTLED else values,
    )
    files = write_metafor(Material(Codebook("made-up", (MEANS, COMPARATOR)), [study]))
    assert list(files) == ["effects.csv", "effects.R", "effects-README.txt"]
    return list(csv.DictReader(io.StringIO(files["effects.csv"].decode(), newline="")))


def test_pairs_with_a_shared_control_and_a_converted_error() -> None:
    rows = written(
        "ALT [U/L], at week 2 | Vehicle: 10 ± 2 SD, n = 8",
        "ALT [U/L], at week 2 | Drug low: 8 ± 1 SEM, n = 9",
        "ALT [U/L], at week 2 | Drug high: 6 ± 1.5 SD, n = 7",
        "ALT [U/L], at week 4 | Drug high: 5 ± 1.5 SD, n = 7",
    )
    assert tuple(rows[0]) == HEADER
    assert [(r["group1"], r["group2"], r["shared_control"]) for r in rows] == [
        ("Drug low", "Vehicle", "2"),
        ("Drug high", "Vehicle", "2"),
        ("Drug high", "", ""),
    ]
    assert [rows[0][name] for name in ESCALC] == ["8", "3", "9", "10", "2", "8"]
    assert (rows[0]["converted"], rows[0]["error1"], rows[0]["error_type"]) == (OF, "1", "SEM; SD")
    assert (rows[1]["converted"], rows[0]["page"], rows[0]["state"]) == ("", "3", "settled")
    assert "8 ± 1 SEM" in rows[0]["quote"]
    assert "no other group" in rows[2]["note"]


def test_nothing_is_invented() -> None:
    (row,) = written("ALT | Vehicle: 10 ± 2, n = 6–8", "ALT | Drug: 8 (95% CI 7 to 9)")
    assert [row[name] for name in ESCALC] == ["8", "", "", "10", "", ""]
    assert "n is a range (6–8)" in row["note"]
    assert "isn't stated" in row["note"]
    assert "confidence interval" in row["note"]
    (row,) = written("ALT | Vehicle: 10 ± 2 SEM", "ALT | Drug: 8 ± 1 SD, n = 5")
    assert (row["sd2i"], row["n2i"], row["sd1i"]) == ("", "", "1")


def test_controls_that_are_not_told_stay_open_until_people_say() -> None:
    texts = ("ALT | A: 10 ± 2 SD, n = 6", "ALT | B: 8 ± 1 SD, n = 6")
    assert [(r["group1"], r["group2"], r["note"]) for r in written(*texts)] == [
        ("A", "", "which group is the control isn't told"),
        ("B", "", "which group is the control isn't told"),
    ]
    assert [(r["group1"], r["group2"]) for r in written(*texts, comparator="b")] == [("A", "B")]


def test_groups_with_two_values_are_not_paired() -> None:
    rows = written("ALT | Control: 1 ± 1 SD, n = 3", "ALT | A: 2 ± 1 SD, n = 3", "ALT | A: 3 ± 1 SD, n = 3")
    assert [(r["group1"], r["group2"]) for r in rows] == [("A", ""), ("A", "")]
    assert "several values" in rows[0]["note"]


@pytest.mark.parametrize(("state", "word"), [(CONFLICT, "in conflict"), (PROPOSED, "proposed only")])
def test_what_is_not_settled_says_so(state: str, word: str) -> None:
    rows = written("ALT | Control: 1 ± 1 SD, n = 3", "ALT | A: 2 ± 1 SD, n = 3", state=state)
    assert [r["state"] for r in rows] == [word]


def test_a_form_that_asks_for_no_means_has_no_file(material: Material) -> None:
    assert write_metafor(material) == {}


def smd(row: dict[str, str]) -> float:
    """Return Hedges' g as metafor has it: the exact correction by the gamma function."""
    m1, sd1, n1, m2, sd2, n2 = (float(row[name]) for name in ESCALC)
    m = n1 + n2 - 2
    pooled = math.sqrt(((n1 - 1) * sd1**2 + (n2 - 1) * sd2**2) / m)
    correction = math.exp(math.lgamma(m / 2) - math.log(math.sqrt(m / 2)) - math.lgamma((m - 1) / 2))
    return correction * (m1 - m2) / pooled


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
def test_r_reads_the_table_and_the_call_hands_over_what_escalc_wants(tmp_path: Path) -> None:
    study = SettledStudy(
        "ode-2019",
        'Ode "Öd" 2019',
        Reference(),
        tuple(
            value(f"{outcome} | {group}")
            for outcome in ("IL-1β, serum", "ALT")
            for group in ("Vehicle: 10.5 ± 2 SD, n = 8", "Drug: 8.25 ± 1 SEM, n = 9", "Odd: 3 ± 1, n = 4")
        ),
        states={"form.means": SETTLED},
    )
    files = write_metafor(Material(Codebook("made-up", (MEANS,)), [study]))
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "metafor.R").write_text(
        # what escalc() does for SMD, and an rma() that is never reached with less than it needs
        "library <- function(...) NULL\n"
        "escalc <- function(measure, m1i, sd1i, n1i, m2i, sd2i, n2i, slab, data) {\n"
        "  with(data, { m <- n1i + n2i - 2\n"
        "  stopifnot(measure == 'SMD', is.numeric(c(m1i, sd1i, n1i, m2i, sd2i, n2i)))\n"
        "  s <- sqrt(((n1i - 1) * sd1i^2 + (n2i - 1) * sd2i^2) / m)\n"
        "  j <- exp(lgamma(m / 2) - log(sqrt(m / 2)) - lgamma((m - 1) / 2))\n"
        "  data$yi <- j * (m1i - m2i) / s; data$vi <- 1 / n1i + 1 / n2i + data$yi^2 / (2 * (n1i + n2i)); data }) }\n"
        "rma <- function(yi, vi, data) with(data, cat(sprintf('%s\\t%.10f\\n', outcome, yi), sep = ''))\n"
        "print <- function(x) NULL\n"
        "source('effects.R', encoding = 'UTF-8')\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        ["Rscript", "--encoding=UTF-8", "metafor.R"], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    rows = [row for row in csv.DictReader(io.StringIO(files["effects.csv"].decode(), newline="")) if row["sd1i"]]
    assert len(rows) == 2
    found = [float(number) for number in re.findall(r"\t(-?\d+\.\d+)", done.stdout)]
    assert found == pytest.approx([smd(row) for row in rows], abs=1e-9)
