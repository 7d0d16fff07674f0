"""Child processes: results, errors, and bounds that cost one paper only."""

from __future__ import annotations

import os
import time

from vivex.errors import UnreadablePaper
from vivex.pool import Pool


def work(item: str) -> str:
    """Do what the item's name says."""
    if item == "hang":
        time.sleep(60)
    if item == "die":
        os._exit(7)
    if item == "eat":
        hoard = []
        while True:
            hoard.append(bytearray(2**24))
    if item == "refuse":
        raise UnreadablePaper("encrypted", "ask for the password")
    if item == "defect":
        raise KeyError("boxes")
    if item == "recurse":
        return work(item)
    return item.upper()


def test_one_bad_paper_costs_itself_alone() -> None:
    items = ["a", "hang", "b", "die", "c", "eat", "refuse", "defect", "recurse", "d"]
    with Pool(jobs=2, seconds=3, memory_mb=500) as pool:
        outcomes = {o.item: o for o in pool.map(work, items)}
    assert {i: outcomes[i].value for i in "abcd"} == {"a": "A", "b": "B", "c": "C", "d": "D"}
    reasons = {i: o.error.reason for i, o in outcomes.items() if isinstance(o.error, UnreadablePaper)}
    assert reasons == {
        "hang": "timed out",
        "die": "crashed",
        "eat": "out of memory",
        "refuse": "encrypted",
        "recurse": "broken",
    }
    assert "internal error in test_pool.py" in str(outcomes["defect"].error)
    assert "KeyError" in str(outcomes["defect"].error)


def test_a_pool_serves_several_stages() -> None:
    with Pool(jobs=1) as pool:
        assert [o.value for o in pool.map(work, ["x"])] == ["X"]
        assert sorted(o.value for o in pool.map(work, ["y", "z"])) == ["Y", "Z"]
        assert list(pool.map(work, [])) == []
