"""How judgements and mentions look in everything a reviewer sees: colours, symbols, order."""

from __future__ import annotations

from vivex.annotation import ENTITY_LABELS

# Okabe and Ito's palette: told apart by colour-blind readers; the symbols say the same without colour.
JUDGEMENT_COLOURS = {"low": "#009E73", "unclear": "#F0E442", "high": "#D55E00"}
JUDGEMENT_SYMBOLS = {"low": "+", "unclear": "?", "high": "−"}
JUDGEMENT_ORDER = ("low", "unclear", "high")

LABEL_COLOURS = dict(
    zip(
        ENTITY_LABELS,
        (
            "#FFB3B8",  # mirna
            "#A6D8FF",  # gene
            "#FFE08A",  # dose
            "#FFC89E",  # route
            "#E9D8A6",  # schedule
            "#B8E6C1",  # outcome
            "#D9C2F0",  # species
            "#E3D5F7",  # strain
            "#AEE5E0",  # cell
            "#F7C1E0",  # model
            "#D5DCE4",  # agent
        ),
        strict=True,
    )
)
