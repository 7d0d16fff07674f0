"""A paper as the extractors read it."""

from __future__ import annotations

from vivex.annotation import Annotation, evidence
from vivex.document import Block, Document, Section
from vivex.extract.reading import read, tidy

TEXT = "Quellin (QU) was given to rats. QU was bound to a dose of 5 mg/kg."
PAPER = Document("s", TEXT, (Block("paragraph", 0, len(TEXT), 0),), (Section(("Methods",), "methods"),))


def mention(label: str, start: int, end: int, **value: object) -> Annotation:
    return Annotation("s", label, value, (evidence(PAPER, start, end),), "g", 0.9)


def test_sentences_have_their_place_and_their_mentions() -> None:
    reading = read(PAPER, [mention("agent", 0, 7, normal="quellin")])
    assert [line.role for line in reading.lines] == ["methods", "methods"]
    assert reading.line_at(40) == 1
    assert reading.line_at(len(TEXT) + 5) is None
    assert reading.marked == {0: ((0, 7, "agent"),)}


def test_abbreviations_and_dosed_agents_come_from_the_mentions() -> None:
    reading = read(
        PAPER,
        [
            mention("agent", 9, 11, normal="quellin", abbreviation="QU"),
            mention("dose", 58, 65, agent="Quellin", purpose="treatment"),
        ],
    )
    assert reading.aliases == {"qu": "quellin"}
    assert reading.dosed == {"quellin": {"treatment": 1}}


def test_ligatures_and_line_ends_are_resolved() -> None:
    assert tidy(" pro\ufb01le\nof lipids. ") == "profile of lipids"
    assert [tidy(text) for text in (".75 mg/kg", "b.i.d.", "...rats.", "5.")] == [".75 mg/kg", "b.i.d.", "rats", "5"]
