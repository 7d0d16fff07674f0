"""Texts with marks for the tests of formats: Greek, astral characters, quotes, tabs, line ends of every kind."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

from vivex.codebook import Codebook
from vivex.exchange.formats import Brought, Format, MarkedSpan, MarkedText, Material

LETTERS = "ab µβ𝛼🐁\n\r\t\"'<>&\\/;é٣"


@st.composite
def marked_texts(draw: st.DrawFn, letters: str = LETTERS) -> MarkedText:
    """Return a text with marks that may overlap, in the order of the text."""
    text = draw(st.text(letters, min_size=1, max_size=40))
    edges = st.integers(0, len(text))
    places = draw(st.sets(st.tuples(edges, edges).filter(lambda p: p[0] < p[1]), max_size=4))
    words = st.sampled_from(("", "mouse", "miR-21-5p", "10 µg/kg 🐁"))
    spans = [
        MarkedSpan(
            draw(st.sampled_from(("species", "dose", "mirna"))),
            (place,),
            draw(words),
            draw(st.sampled_from(("", "reviewer:mk", "model:ner@1f"))),
            draw(words),
            draw(st.sampled_from((None, 1, 12))),
        )
        for place in sorted(places)
    ]
    return MarkedText(draw(st.sampled_from(("ode-2019", "a b"))), text, tuple(spans), "A title")


def material(*texts: MarkedText) -> Material:
    """Return what a writer of marked texts is given."""
    return Material(Codebook("x", ()), texts=lambda: iter(texts))


def there_and_back(of: Format, text: MarkedText, folder: Path, file: str = "") -> Brought:
    """Write a text into a folder and read it again."""
    assert of.write is not None
    assert of.read is not None
    files = of.write(material(text))
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return of.read(folder / (file or next(name for name in files if Path(name).suffix in of.suffixes)))
