"""The rules of judging: they ask only what is asked, and turn on settings that exist."""

from __future__ import annotations

from vivex.assess.policy import QUESTIONS, RULES
from vivex.codebook import POLICY


def test_rules_name_known_questions_and_settings():
    for item, rules in RULES.items():
        for rule in rules:
            assert set(rule.when) <= set(QUESTIONS[item])
            name = rule.judgement.removeprefix("setting:")
            assert name in POLICY or name in ("low", "high", "unclear")
            assert rule.words.endswith(("→ {judgement}", f"→ {rule.judgement}"))
