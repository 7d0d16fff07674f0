"""Every setting of the policy is asked in words, and each of its values too."""

from __future__ import annotations

from vivex.codebook import POLICY
from vivex.desk.conventions import CONVENTIONS


def test_every_setting_and_value_is_worded() -> None:
    assert list(CONVENTIONS) == list(POLICY)
    for key, values in POLICY.items():
        worded = CONVENTIONS[key]
        assert set(worded.choices) == set(values), key
        assert worded.asked.endswith("?")
        assert all(1 <= item <= 10 for item in worded.items)
        assert worded.items
