"""Running text of JATS elements."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from vivex.parse.raised import placed
from vivex.parse.running_text import bare, caption_of, cleaned, text_of


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>10<sup>6</sup> cells</p>", "10⁶ cells"),
        ("<p>knees<xref ref-type='bibr'><sup>4</sup></xref> age</p>", "knees⁴ age"),
        ("<p>a<break/>b</p>", "a b"),
        ("<p>x<!-- no --> y</p>", "x y"),
    ],
)
def test_what_is_raised_becomes_characters(source: str, text: str) -> None:
    assert placed(cleaned(text_of(ElementTree.fromstring(source))))[0] == text


def test_text_without_some_of_its_elements() -> None:
    element = ElementTree.fromstring("<p>a <fig>b</fig>c</p>")
    assert text_of(element, without=[element[0]]) == "a c "
    assert text_of(None) == ""


def test_bare_text_has_no_marks() -> None:
    assert bare(ElementTree.fromstring("<title>Knees<xref ref-type='fn'><sup>*</sup></xref></title>")) == "Knees"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<fig><label>Fig 1</label><caption><title>T.</title><p>Rats.</p></caption></fig>", "Fig 1 T. Rats."),
        ("<fig><label>Fig 1</label></fig>", "Fig 1"),
        ("<fig-group><label>A</label></fig-group>", ""),
        ("<fig><caption>Rats.</caption></fig>", "Rats."),
        ("<fig><caption><p>One.<fig><label>2</label></fig></p></caption></fig>", "One."),
    ],
)
def test_captions(source: str, text: str) -> None:
    assert caption_of(ElementTree.fromstring(source)) == text


def test_mathematical_letters_are_plain() -> None:
    assert cleaned("\U0001d45b = ６\n rats") == "n = 6 rats"
    assert cleaned("7 ㎎/㎏ in ½ ㎖") == "7 mg/kg in ½ ml"
