"""Judgements look alike wherever they are shown."""

from __future__ import annotations

from vivex.annotation import JUDGEMENTS
from vivex.forms import wording


def test_every_judgement_has_colour_symbol_and_place() -> None:
    assert (
        set(JUDGEMENTS)
        == set(wording.JUDGEMENT_COLOURS)
        == set(wording.JUDGEMENT_SYMBOLS)
        == set(wording.JUDGEMENT_ORDER)
    )
    assert len(set(wording.JUDGEMENT_SYMBOLS.values())) == 3
