"""Entities of an XML file's own: plain ones are read, bombs and files are refused in any encoding."""

from __future__ import annotations

import pytest

from vivex.errors import UnreadablePaper
from vivex.parse.jats import parse_jats


def article(declared: str, content: str) -> str:
    """Return an article with entities declared."""
    body = f"<article><body><sec><title>Methods</title><p>{content}</p></sec></body></article>"
    return f"<!DOCTYPE article [{declared}]>{body}"


@pytest.mark.parametrize(
    ("declared", "content", "text"),
    [
        ('<!ENTITY mu "&#956;">', "5 &mu;g/kg", "5 μg/kg"),
        ("<!ENTITY mu '&#x3BC;'>", "5 &mu;g/kg", "5 μg/kg"),
        ('<!ENTITY lab "the laboratory of knees">', "in &lab;.", "in the laboratory of knees."),
        ('<!ENTITY a "x"><!ENTITY b "y">', "&a;&b; &amp; z", "xy & z"),
        ('<!ENTITY pic SYSTEM "pic.tif" NDATA tif><!NOTATION tif SYSTEM "tif">', "no picture", "no picture"),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_plain_entities_are_read(declared: str, content: str, text: str, encoding: str) -> None:
    document = parse_jats(article(declared, content).encode(encoding), study="s", params={})
    assert document.text == f"Methods\n\n{text}"


@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "mice mice"><!ENTITY b "&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/hostname">',
        '<!ENTITY % p "x">',
        f'<!ENTITY a "{"x" * 500}">',
        '<!ENTITY a "<p>x</p>">',
        '<!ENTITY a PUBLIC "-//x" "http://example.org/x">',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_entities_that_grow_or_reach_outside_are_refused(declared: str, encoding: str) -> None:
    with pytest.raises(UnreadablePaper):
        parse_jats(article(declared, "&a;").encode(encoding), study="s", params={})


def test_many_uses_of_a_long_entity_are_refused() -> None:
    with pytest.raises(UnreadablePaper):
        parse_jats(article(f'<!ENTITY a "{"x" * 190}">', "&a;" * 2000).encode(), study="s", params={})
