"""Sixteen papers of our own, of many fields and journals' styles, from text to form: how many values are right.

What a reviewer would write stands in papers/expected.yaml. The floors are a little under what was reached when this was
written (299 right of 398 wanted, 379 said; before, 277 and 369); they may rise. A change that lowers one must say why.
"""

from __future__ import annotations

import functools
from collections import Counter
from pathlib import Path

import pytest
import yaml

from vivex.codebook import template
from vivex.extract.likeness import likeness, spelt
from vivex.extract.propose import propose
from vivex.models import shipped
from vivex.parse import parse_file
from vivex.recognize import make_entities

pytestmark = pytest.mark.slow
PAPERS = Path(__file__).parent / "papers"
EXPECTED = yaml.safe_load((PAPERS / "expected.yaml").read_text(encoding="utf-8"))


@functools.cache
def forms() -> dict[str, dict[str, list[str]]]:
    """Return the values proposed for each paper, by field."""
    book = template("invivo")
    annotate = make_entities(params={}, models=shipped(), codebook=book)
    found: dict[str, dict[str, list[str]]] = {}
    for path in sorted(PAPERS.glob("*.txt")):
        document = parse_file(path)
        said: dict[str, list[str]] = {}
        for value in propose(document, annotate(document), book).values:
            said.setdefault(value.label.removeprefix("form."), []).append(str(value.value))
        found[path.stem] = {field: list(dict.fromkeys(values)) for field, values in said.items()}
    return found


def counts(study: str) -> Counter[tuple[str, str]]:
    """Return how many values of each field are wanted, said, and right, one proposed value for each wanted one."""
    counted: Counter[tuple[str, str]] = Counter()
    for field, wanted in EXPECTED[study].items():
        if field != "never":
            said = [spelt(v) for v in forms()[study].get(field, [])]
            counted[field, "wanted"] += len(wanted)
            counted[field, "said"] += len(said)
            for one in wanted:
                worded = [spelt(w) for w in str(one).split(" | ")]
                met = next((i for i, v in enumerate(said) if any(likeness(w, v) > 0 for w in worded)), None)
                if met is not None:
                    del said[met]
                    counted[field, "right"] += 1
    return counted


# of 398 values: right now; fields that were mended have a floor of their own
ALL, FIELDS = 285, {"groups": 45, "n_per_group": 20, "disease_model": 8, "dose": 23, "intervention": 15, "outcomes": 35}


def test_the_number_of_right_values_does_not_fall() -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for study in EXPECTED:
        counted += counts(study)
    right, said = (sum(n for (_, k), n in counted.items() if k == kind) for kind in ("right", "said"))
    assert right >= ALL
    assert right / said >= 0.75
    assert {field: counted[field, "right"] for field in FIELDS if counted[field, "right"] < FIELDS[field]} == {}


@pytest.mark.parametrize("study", sorted(EXPECTED))
def test_what_must_not_be_said_is_not(study: str) -> None:
    for field, values in EXPECTED[study].get("never", {}).items():
        assert not set(map(str, values)) & set(forms()[study].get(field, []))
