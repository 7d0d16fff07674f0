"""The cases of an item lie beside its test: sentences of our own, with the judgements they must lead to ({}: none)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from vivex.assess import Assessor
from vivex.codebook import template
from vivex.parse import parse_bytes


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" in metafunc.fixturenames:
        path = Path(metafunc.module.__file__)
        lines = path.with_name(path.stem.removeprefix("test_") + ".jsonl").read_text(encoding="utf-8").splitlines()
        metafunc.parametrize("case", [json.loads(line) for line in lines], ids=lambda case: case["id"])


@pytest.fixture(scope="session")
def found() -> Callable[[dict[str, Any]], dict[str, str]]:
    """Return the judgements that a case's sentence leads to: of the items it expects, else all that claim something."""
    assessor = Assessor(template("invivo"))

    def judged(case: dict[str, Any]) -> dict[str, str]:
        annotations = assessor(parse_bytes(case["sentence"].encode(), name="sentence.txt", params={}))
        all_items = {a.label[7:]: a.value["judgement"] for a in annotations if a.label.startswith("syrcle.")}
        if case["expect"]:
            return {item: all_items[item] for item in case["expect"]}
        return {item: judgement for item, judgement in all_items.items() if judgement != "unclear"}

    return judged
