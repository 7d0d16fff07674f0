"""The registry of parsers, annotators and forms: what is registered is found, what isn't is answered with what is."""

from __future__ import annotations

import pytest

from vivex import arrows
from vivex.errors import UnknownName


def test_built_ins_are_registered_like_plug_ins() -> None:
    assert {"pdf", "jats", "text"} <= set(arrows.names("vivex.parsers"))
    assert {"entities", "syrcle"} <= set(arrows.names("vivex.annotators"))


def test_what_is_registered_does_what_its_arrow_says() -> None:
    for name in arrows.names("vivex.parsers"):
        assert isinstance(arrows.load("vivex.parsers", name), arrows.Parser), name


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownName, match=r"no parser is called 'docx'; known: .*jats, pdf, text"):
        arrows.load("vivex.parsers", "docx")
