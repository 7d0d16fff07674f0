"""What single sentences decide of baseline characteristics.

The cases of baseline_characteristics.jsonl, and sentences that only look like them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_sentence(case: dict[str, Any], found: Callable[[dict[str, Any]], dict[str, str]]) -> None:
    assert found(case) == case["expect"]
