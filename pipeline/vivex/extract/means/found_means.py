"""A group's mean as it was found: what is said, and where."""

from __future__ import annotations

from dataclasses import dataclass

from vivex.group_means import GroupMean


@dataclass(frozen=True, slots=True)
class FoundMean:
    """Hold a group's mean with where it stands: the cell or sentence first, then what tells its error."""

    said: GroupMean
    places: tuple[tuple[int, int], ...]
    way: str  # "table" or "sentence"
