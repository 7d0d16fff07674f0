"""Recognise the entities of a paper: grammars and lexicons, joined label by label with the trained model.

How they combine. `tagger.neural.load(models / "ner")` gives a function `document -> [(label, start, end, confidence)]`,
or None where no model lies. Each kind (`recognize/kinds/<label>.py`) declares what is kept: see `joining`;
benchmarks/entities.py decides it.
"""

from __future__ import annotations

from vivex.recognize.entities import make_entities

__all__ = ["make_entities"]
