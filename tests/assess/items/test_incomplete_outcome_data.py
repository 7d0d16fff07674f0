"""What single sentences decide of incomplete outcome data.

The cases of incomplete_outcome_data.jsonl, and sentences that only look like them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from vivex.assess.items.incomplete_outcome_data import find
from vivex.assess.reading.sentence import reading


def test_sentence(case: dict[str, Any], found: Callable[[dict[str, Any]], dict[str, str]]) -> None:
    assert found(case) == case["expect"]


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        ("The mice showed a loss of memory after a week.", False),
        ("Weight loss of the rats was measured daily.", False),
        ("Rats lost body weight under the drug.", False),
        ("The loss of three rats delayed the work.", True),
        ("Some of the rats were lost.", True),
        ("Rats that lost weight were excluded.", True),
    ],
)
def test_who_loses_weight_is_not_lost(text: str, mentioned: bool) -> None:
    assert any(f.signal == "losses" for f in find(reading(text, role="results"))) is mentioned
