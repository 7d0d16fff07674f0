"""Words around a value that tell what it is."""

from __future__ import annotations

from vivex.document import Block, Document, Section
from vivex.extract.reading import Candidate, read
from vivex.extract.surroundings import around

TEXT = "The quellin group (n = 6) was compared with the sham group. Mice received quellin (5 mg). Quellin was stored."
PAPER = Document("s", TEXT, (Block("paragraph", 0, len(TEXT), 0),), (Section(("Methods",), "methods"),))


def places(word: str) -> list[Candidate]:
    reading = read(PAPER, [])
    starts = [i for i in range(len(TEXT)) if TEXT[i : i + len(word)].lower() == word]
    return [
        Candidate("groups", word, i, i + len(word), line, "x")
        for i in starts
        if (line := reading.line_at(i)) is not None
    ]


def test_a_group_an_agent_and_a_comparison_are_told_by_what_stands_beside() -> None:
    quellin, sham = around(places("quellin"), read(PAPER, [])), around(places("sham"), read(PAPER, []))
    followed, sized, dosed, compared, given = quellin[:5]
    assert (round(followed, 2), sized, round(dosed, 2)) == (0.33, 0.0, 0.33)
    assert (compared, round(given, 2)) == (0.0, 0.33)
    assert sham[0] == 1.0
    assert sham[3] == 1.0


def test_the_shares_are_none_to_all() -> None:
    assert all(0 <= share <= 1 for share in around(places("quellin"), read(PAPER, [])))
