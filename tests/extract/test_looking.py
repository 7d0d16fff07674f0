"""A paper's values as the rankers see them."""

from __future__ import annotations

import itertools

from vivex.extract.field_model import load
from vivex.extract.looking import in_order, look
from vivex.extract.mentioned import LABELS
from vivex.extract.reading import read
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
