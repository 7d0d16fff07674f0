"""What headings announce, in publishers' many wordings."""

from __future__ import annotations

import pytest

from vivex.document import Section
from vivex.headings import role_of, with_lost_parents

ROLES = {
    "introduction": (
        "1. Introduction",
        "1 | INTRODUCTION",
        "Background",
        "Introduction and aims",
        "II. Background and objectives",
    ),
    "methods": (
        "Materials and Methods",
        "2 Materials & methods",
        "STAR★Methods",
        "Experimental procedures",
        "Patients and methods",
        "Animals, materials and methods",
        "Methods/design",
        "Online methods",
        "Methodology",
        "■ EXPERIMENTAL SECTION",
    ),
    "results": ("Results", "3. RESULTS AND DISCUSSION", "Findings", "Results & discussion"),
    "discussion": (
        "Discussion",
        "5. Conclusions and perspectives",
        "Concluding remarks",
        "Limitations of the study",
        "Summary and conclusion",
    ),
    "references": ("References", "REFERENCES AND NOTES", "Literature cited", "Bibliography"),
    "statements": (
        "Acknowledgements",
        "Conflict of interest",
        "Competing interests",
        "Funding",
        "Authors' contributions",
        "Data availability statement",
        "Ethics approval and consent to participate",
        "Declaration of competing interest",
        "Supplementary material",
        "Abbreviations",
    ),
    "abstract": ("Abstract", "SUMMARY", "Highlights", "Graphical abstract"),
}


@pytest.mark.parametrize(("role", "heading"), [(role, heading) for role, words in ROLES.items() for heading in words])
def test_headings_announce_their_role(role, heading):
    assert role_of(heading) == role


@pytest.mark.parametrize(
    "heading",
    [
        "Animals",
        "Statistical analysis",
        "Contribution of TNF to pain",
        "Gene expression in the knee",
        "A rat model of arthritis",
        "Data analysis",
    ],
)
def test_other_headings_announce_none(heading):
    assert role_of(heading) is None


@pytest.mark.parametrize(
    ("paths", "roles"),
    [
        (["1. Introduction", "1. Introduction > 2.1. Animals", "3. Results"], ["introduction", "methods", "results"]),
        (
            ["1 Introduction", "1 Introduction > 2.1 Test item", "3 Discussion"],
            ["introduction", "methods", "discussion"],
        ),
        (["1. Introduction", "1. Introduction > 1.1. Aims", "2. Methods"], ["introduction", "introduction", "methods"]),
        (["2. Methods", "2. Methods > 3.1. Weight", "4. Discussion"], ["methods", "other", "discussion"]),
        (["1. Introduction", "2. Methods", "2. Methods > 2.1. Rats"], ["introduction", "methods", "methods"]),
        (["1. Introduction", "1. Introduction > 2.1. Results of tests"], ["introduction", "other"]),
    ],
)
def test_numbered_sections_whose_parent_is_lost(paths, roles):
    sections = []
    for path in paths:
        names = tuple(path.split(" > "))
        sections.append(Section(names, next((r for r in map(role_of, reversed(names)) if r), "other")))
    assert [section.role for section in with_lost_parents(sections)] == roles
