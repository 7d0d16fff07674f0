"""Agents: named ones, what stands by a dose, what stands before "-treated"; not reagents, not anaesthesia."""

from __future__ import annotations

import pytest

from vivex.recognize.kinds.agent import find_agent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hens received enrofloxacin (10 mg/kg).", ["enrofloxacin"]),
        ("Rats were injected with 5 mg/kg of Zq-17.", ["Zq-17"]),
        ("LPS-treated ferrets were fed a high-fat diet.", ["LPS", "high-fat diet"]),
        ("Ewes were anaesthetised with ketamine (10 mg/kg).", []),
        ("The buffer held 10 mM glucose.", []),
    ],
)
def test_agents(text: str, expected: list[str]) -> None:
    assert [text[s.start : s.end] for s in find_agent(text)] == expected
