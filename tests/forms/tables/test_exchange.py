"""Other programs' formats hold their own headers, judgements with support, and values with their groups."""

from __future__ import annotations

import csv
from dataclasses import replace

import pytest

from vivex.forms.tables.exchange import CAMARADES, SYRF_ANNOTATIONS, SYRF_STUDIES, write_exchange


@pytest.fixture(scope="module")
def folder(papers, codebook, tmp_path_factory):
    out = tmp_path_factory.mktemp("exchange")
    write_exchange(papers, codebook, out)
    return out


def read(path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, strict=True))


def test_syrf_headers_are_its_own(folder):
    assert ",".join(SYRF_STUDIES).startswith("Title,Authors,PublicationName,AlternateName,Abstract,Url")
    assert read(folder / "syrf-studies.csv")[0] == list(SYRF_STUDIES)
    lines = read(folder / "syrf-annotations.csv")
    assert lines[0] == list(SYRF_ANNOTATIONS)
    assert len(lines[0]) == 21
    row = dict(zip(lines[0], lines[1], strict=True))
    assert (row["Question"], row["Answer"], row["AnswerType"]) == ("Which species?", "rat", "string")
    assert row["Comments"] == "p. 1: Wistar rats | Proposed by vivex, not reviewed"
    assert {r[SYRF_ANNOTATIONS.index("AnswerType")] for r in lines[1:]} == {"string", "boolean"}


def test_camarades_has_a_row_for_each_item(folder):
    lines = read(folder / "camarades-rob.csv")
    assert lines[0] == list(CAMARADES)
    assert len(lines) == 21
    assert lines[1][2:5] == ["1", "Selection", "low"]
    assert "divided by a table of random numbers" in lines[1][6]


def test_revman_has_judgement_and_support(folder):
    header, first, _ = read(folder / "revman-risk-of-bias.csv")
    row = dict(zip(header, first, strict=True))
    assert row["Sequence generation: judgement"] == "Low risk"
    assert row["Sequence generation: support for judgement"].startswith('Quote: "divided by')
    header, first, _ = read(folder / "revman-study-information.csv")
    row = dict(zip(header, first, strict=True))
    assert (row["Year"], row["Char: Species"], row["Char: Dose"]) == ("2024", "rat", "40 µg/kg; =1+1")


def test_a_value_of_a_group_says_so(papers, codebook, tmp_path):
    dose = papers[0].form["fields"]["dose"][0] | {"group": "treated"}
    paper = replace(papers[0], form=papers[0].form | {"fields": {"dose": [dose]}})
    write_exchange([paper], codebook, tmp_path)
    header, first = read(tmp_path / "revman-study-information.csv")
    assert dict(zip(header, first, strict=True))["Char: Dose"] == "40 µg/kg (treated)"
    lines = read(tmp_path / "syrf-annotations.csv")
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    assert next(r["Comments"] for r in rows if r["QuestionId"] == "form.dose").startswith("group: treated | p. 1: ")
