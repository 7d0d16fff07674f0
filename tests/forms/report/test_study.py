"""A study's section shows values with their groups, what else may be meant, and marks values in their sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from vivex.annotation import Annotation
from vivex.forms.report.study import dot, esc, study_section
from vivex.states import CONFLICT, OPEN, PROPOSED, SETTLED


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
    assert 'class="dot low settled" title="low: Settled by reviewers">+' in dot("low", SETTLED)
    assert 'class="dot unjudged open" title="Not reviewed">·' in dot("", OPEN)
    assert 'title="In conflict">≠' in dot("", CONFLICT)
    assert esc('<a href="x">\x00') == "&lt;a href=&quot;x&quot;&gt;"


def test_each_value_says_where_it_stands_and_who_says_it(papers, codebook) -> None:
    def said(value: str, source: str, **more: str) -> dict:
        return {"value": value, "evidence": [], "source": source, "status": "settled", **more}

    fields = {
        "species": [said("rat", "reviewers:mk+th", decision="added", note="Table 1")],
        "sex": [said("male", "reviewer:mk", decision="added"), said("female", "reviewer:th", decision="added")],
        "dose": [said("1 mg", "grammar:dose@1")],
    }
    item = "syrcle.other_bias"
    judged = (Annotation("s", item, {"judgement": "unclear", "rule": "x"}, source="adjudicator:rd", decision="added"),)
    states = {"form.species": SETTLED, "form.sex": CONFLICT, "form.dose": PROPOSED, item: SETTLED}
    paper = replace(papers[0], form={"fields": fields}, judgements=judged, states=states)
    page = study_section(paper, codebook, 1, {}, "")
    assert '<p class="state settled">Settled by reviewers (mk, th)</p>' in page
    assert "Table 1" in page
    assert '<b>female</b>  <span class="group">th</span>' in page
    assert '<p class="state proposed">Proposed by vivex, not reviewed</p>' in page
    assert (
        '<p class="state settled">Settled by reviewers (rd)</p><div class="value"><span class="j unclear settled">'
        in page
    )
    assert "not reported" not in page  # of a field that nobody answered nothing is said
    assert "not judged" not in page
    assert ">x<" not in page  # the machine's rule is no reason of a person who judged anew
