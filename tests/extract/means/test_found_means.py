"""A mean as it was found."""

from __future__ import annotations

from vivex.extract.means.found_means import FoundMean
from vivex.group_means import GroupMean


def test_two_of_the_same_are_equal() -> None:
    said = GroupMean("ALT", "Sham", "1")
    assert FoundMean(said, ((0, 1),), "table") == FoundMean(said, ((0, 1),), "table")
