"""The front of the results' report: PRISMA's boxes, the Methods text, and what the values are."""

from __future__ import annotations

from vivex.forms.report.published import front
from vivex.forms.tables.prisma import Box


def test_boxes_and_paragraphs_are_escaped() -> None:
    made = front([Box("Reports excluded", "<b>no animals</b>", ("x-1", "x-2"))], "First & last.\n\nSecond.")
    flow, methods = made.sections
    assert "– &lt;b&gt;no animals&lt;/b&gt;</th><td>2</td><td>x-1, x-2</td>" in flow
    assert "<p>First &amp; last.</p><p>Second.</p>" in methods
    assert "reviewers settled" in made.words
