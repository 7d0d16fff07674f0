"""How judgements and mentions look in everything a reviewer sees: colours, symbols, order."""

from __future__ import annotations

# Okabe and Ito's palette: told apart by colour-blind readers; the symbols say the same without colour.
JUDGEMENT_COLOURS = {"low": "#009E73", "unclear": "#F0E442", "high": "#D55E00"}
JUDGEMENT_SYMBOLS = {"low": "+", "unclear": "?", "high": "−"}
JUDGEMENT_ORDER = ("low", "unclear", "high")
