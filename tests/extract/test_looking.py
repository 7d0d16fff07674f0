"""A paper's values as the rankers see them."""

from __future__ import annotations

import itertools

from vivex.document import Block, Document, Section
from vivex.extract.field_model import load
from vivex.extract.looking import in_order, look, of_this_paper
from vivex.extract.mentioned import LABELS
from vivex.extract.reading import Candidate, read
from vivex.extract.value_features import Group
from vivex.models import shipped
from vivex.parse import parse_bytes

TEXT = "Forty male Wistar rats (8 weeks old) were used. Ten rats had curcumin at 50 mg/kg by gavage once daily."


def test_every_value_is_seen_once_with_its_row_and_put_in_order() -> None:
    model = load(shipped() / "fields")
    looked = look(read(parse_bytes(TEXT.encode(), name="a.txt"), []), LABELS, model)
    assert "age" in looked.fields
    for seen in looked.fields.values():
        assert len(seen.groups) == len(seen.rows) == len(seen.words) == len(seen.probabilities)
    order = in_order(looked, model)
    assert order["age"][0][0].members[0].value == "8 weeks"
    assert all(p >= q for found in order.values() for (_, p), (_, q) in itertools.pairwise(found))


def test_what_only_the_introduction_tells_comes_after_the_papers_own() -> None:
    text = "In mice 10 mg/kg borane slowed it [1].\n\nRats got 5 mg/kg telomin."
    at = text.index("Rats")
    blocks = (Block("paragraph", 0, at - 2, 0), Block("paragraph", at, len(text), 1))
    sections = (Section(("Introduction",), "introduction"), Section(("Methods",), "methods"))
    reading = read(Document("s", text, blocks, sections), [])

    def group(value: str) -> Group:
        start = text.index(value)
        line = reading.line_at(start)
        assert line is not None
        return Group(
            "dose", value, (Candidate("dose", value, start, start + len(value), line, "mention:dose"),), (0.0,)
        )

    others, own = group("10 mg/kg"), group("5 mg/kg")
    assert [g.key for g, _ in of_this_paper("dose", [(others, 0.8), (own, 0.5)], reading)] == ["5 mg/kg", "10 mg/kg"]
    assert [g.key for g, _ in of_this_paper("dose", [(others, 0.8), (own, 0.1)], reading)] == ["10 mg/kg", "5 mg/kg"]
