"""A study's section shows values with their groups, what else may be meant, and marks values in their sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from vivex.forms.report.study import dot, esc, study_section


def section(paper, codebook, **record) -> str:
    """Return the section of a paper whose record holds more."""
    return study_section(replace(paper, form=paper.form | record), codebook, 1, {}, "")


def test_a_value_stands_with_its_group(papers, codebook) -> None:
    dose = papers[0].form["fields"]["dose"][0] | {"group": "treated"}
    page = section(papers[0], codebook, fields=papers[0].form["fields"] | {"dose": [dose]})
    assert '<b>40 µg/kg</b> <span class="group">treated</span>' in page


def test_further_candidates_are_folded_under_their_field(papers, codebook) -> None:
    fields = papers[0].form["fields"]
    page = section(papers[0], codebook, alternatives={"dose": [fields["n_total"][0] | {"value": "4 µg/kg"}]})
    (folded,) = re.findall(r'<details class="further">.*?</details>', page)
    assert "1 further candidate<" in folded
    assert "<b>4 µg/kg</b>" in folded
    assert "n = 24" in folded
    assert "further candidate" not in section(papers[0], codebook)


def test_what_was_given_stands_in_rows(papers, codebook) -> None:
    given = [
        {"intervention": "exosomes", "group": "treated", "dose": "40 µg/kg", "route": "intra-articular", "quote": "x"}
    ]
    page = section(papers[0], codebook, interventions=given)
    assert "<td>treated</td><td>exosomes</td><td>40 µg/kg</td><td>intra-articular</td>" in page


def test_dots_and_texts_are_safe() -> None:
    assert 'class="dot low" title="low">+' in dot("low")
    assert 'class="dot unjudged" title="not judged">·' in dot("")
    assert esc('<a href="x">\x00') == "&lt;a href=&quot;x&quot;&gt;"
