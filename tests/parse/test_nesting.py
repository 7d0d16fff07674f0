"""How deep elements may lie, and which of them are the outermost of their name."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from vivex.errors import UnreadablePaper
from vivex.parse.nesting import flattened, outermost


def told(root: ElementTree.Element) -> str:
    return ElementTree.tostring(root, encoding="unicode")


def test_what_lies_deep_becomes_a_paragraph_of_its_section() -> None:
    root = ElementTree.fromstring("<sec><list><i><i>a <b>rat</b></i> or</i> two</list><p>end</p></sec>")
    assert flattened(root, deepest=2) == 2
    assert told(root) == "<sec><list><i /> two</list><p>a rat or</p><p>end</p></sec>"


@pytest.mark.parametrize("deepest", [3, 4, 10])
def test_a_shallow_tree_stays(deepest: int) -> None:
    source = "<sec><list><i>a <b>rat</b></i> two</list></sec>"
    root = ElementTree.fromstring(source)
    assert flattened(root, deepest=deepest) == 0
    assert told(root) == source


def test_what_no_section_holds_is_refused() -> None:
    root = ElementTree.fromstring("<front><name><b><i>x</i></b></name></front>")
    with pytest.raises(UnreadablePaper, match="<b> 2 deep"):
        flattened(root, deepest=2)


def test_the_outermost_are_in_order() -> None:
    root = ElementTree.fromstring("<s><p><l n='1'><l n='2'/></l></p><l n='3'/><m n='4'/></s>")
    assert [one.get("n") for one in outermost(root, {"l", "m"})] == ["1", "3", "4"]
    assert outermost(root, {"x"}) == []
