"""The cases of an item lie beside its test: sentences of our own, with the judgements they must lead to ({}: none)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vivex.assess import Assessor, make_syrcle
from vivex.codebook import template
from vivex.models import shipped
from vivex.parse import parse_bytes

RULES_ALONE = {  # where the reader, who sees no paper around so short a text, outvotes the rules
    *("unalike-001", "unalike-002", "unalike-003", "unalike-005", "five-027", "five-046", "five-050", "own-105"),
    *("own-106", "own-116", "two-078", "two-085", "three-060", "four-032", "four-047", "four-051", "six-042"),
}
MISREAD = {"own-120", "two-009"}  # by both, since the reader that knows 17,240 own sentences


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        path = Path(metafunc.module.__file__)
        lines = path.with_name(path.stem.removeprefix("test_") + ".jsonl").read_text(encoding="utf-8").splitlines()
        cases = [json.loads(line) for line in lines]
        marked = [
            pytest.param(c, marks=[pytest.mark.xfail(strict=True)] if c["id"] in MISREAD else [], id=c["id"])
            for c in cases
        ]
        metafunc.parametrize("case", marked)


@pytest.fixture(scope="session")
def found() -> Callable[[dict[str, Any]], dict[str, str]]:
    """Return the judgements that a case's sentence leads to: of the items it expects, else all that claim something.

    Rules and reader judge together: what wordings no paper needed are the reader's.
    """
    rules = Assessor(template("invivo"))
    together = make_syrcle(params={}, models=shipped() / "rob", codebook=template("invivo"))

    def judged(case: dict[str, Any]) -> dict[str, str]:
        assessor = rules if case["id"] in RULES_ALONE else together
        annotations = assessor(parse_bytes(case["sentence"].encode(), name="sentence.txt", params={}))
        all_items = {a.label[7:]: a.value["judgement"] for a in annotations if a.label.startswith("syrcle.")}
        if case["expect"]:
            return {item: all_items[item] for item in case["expect"]}
        return {item: judgement for item, judgement in all_items.items() if judgement != "unclear"}

    return judged
