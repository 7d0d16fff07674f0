"""Recognise the entities of a paper: grammars and lexicons, joined label by label with the trained model where one is present.

How they combine. `neural.load(models / "ner")` gives a function `document -> [(label, start, end, confidence)]`, or None where no
model lies. STRATEGY says for each label what is kept: "grammar" (the model is not asked), "model" (the grammar is only the
fallback), "union" (both; where they overlap the more confident), "filtered" (the grammar's spans that the model also touches, and
the model's own where no grammar span lies). The table is decided by benchmarks/entities.py.
"""

from __future__ import annotations

from vivex.recognize.entities import make_entities
from vivex.recognize.joining import STRATEGY

__all__ = ["STRATEGY", "make_entities"]
