"""Rows that bind agent, dose, route and schedule stand together in the report, nothing of a paper is markup."""

from __future__ import annotations

from vivex.document import Document
from vivex.forms.report.bound import bound_tables
from vivex.paper import Paper

GIVEN = [
    {"intervention": "saltwort", "group": "low", "dose": "5 mg/kg", "route": "oral", "quote": "got 5 mg/kg", "page": 2},
    {"intervention": "<b>brine</b>", "group": "", "dose": "", "route": "oral", "quote": "", "page": None},
]


def paper(**record) -> Paper:
    """Return a paper with the form record."""
    return Paper(Document("one", "x"), form=record)


def test_one_row_is_one_agent_in_its_group() -> None:
    page = bound_tables(paper(interventions=GIVEN))
    assert '<tr title="got 5 mg/kg"><td>low</td><td>saltwort</td><td>5 mg/kg</td><td>oral</td><td>2</td></tr>' in page
    assert "&lt;b&gt;brine" in page
    assert "How often" not in page  # no row says it


def test_targets_stand_with_their_direction() -> None:
    page = bound_tables(paper(mirna_targets=[{"mirna": "miR-1", "target_gene": "Hand2", "direction": "down"}]))
    assert "<td>miR-1</td><td>Hand2</td><td>down</td>" in page


def test_a_record_without_such_rows_shows_none() -> None:
    assert (
        bound_tables(paper()) == bound_tables(paper(interventions=[])) == bound_tables(paper(interventions="x")) == ""
    )
