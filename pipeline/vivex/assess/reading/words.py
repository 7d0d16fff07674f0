"""Words by which a sentence tells who was allocated, housed, treated or measured: fragments for regular expressions.

The words are the vocabulary's (data/vocabulary); "{ANIMAL}" and the like in an item's expression stand for them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from vivex import vocabulary

_ANIMAL_CLASSES = ("species", "breed", "young", "female", "male", "animal")
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = (
    "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen)"
)
# Persons: those who treat and care, those who measure, and those of whom it isn't said
CARER = vocabulary.pattern("people", "carer", whole=False)
ASSESSOR = vocabulary.pattern("people", "assessor", whole=False)
PERSON = vocabulary.pattern("people", "person", whole=False)
ANIMAL = vocabulary.pattern("animals", *_ANIMAL_CLASSES, whole=False)
NAMES: Mapping[str, str] = {
    "ANIMAL": ANIMAL,
    "GROUP": vocabulary.pattern("allocating", "unit", whole=False),
    "ASSIGN": rf"(?:{vocabulary.pattern('allocating', 'verb', whole=False)}|form(?:ed|ing)?\b.{{0,30}}\bgroups?)",
    "CARER": CARER,
    "ASSESSOR": ASSESSOR,
    "PERSON": PERSON,
    "OUTCOME_STEP": vocabulary.pattern("measuring", "step", whole=False),
    "NUMBER": rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|{_TENS}(?:[- ]?{_ONES})?|{_ONES}|hundred)",
}


def named(expression: str) -> str:
    """Return the expression with the names in braces replaced by their words, as in "{ANIMAL}"."""
    return re.sub(r"\{([A-Z_]+)\}", lambda m: NAMES[m.group(1)], expression)


def pattern(*expressions: str) -> re.Pattern[str]:
    """Compile alternatives that use the names of this module."""
    return re.compile(named("|".join(expressions)))
