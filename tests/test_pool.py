"""Child processes: results, errors, and bounds that cost one paper only."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from vivex.errors import MissingModel, TransientFault, UnreadablePaper
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
    with Pool(jobs=2, seconds=10, memory_mb=300) as pool:  # hoarding takes seconds on a busy machine
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


class Flaky:
    """Name an item whose child is ended the first `deaths` times, by a signal or an exit status."""

    def __init__(self, count: Path, deaths: int, signal_: int) -> None:
        self.count, self.deaths, self.signal = count, deaths, signal_


def die_sometimes(item: Flaky) -> int:
    """Return how many children died before this one."""
    dead = len(list(item.count.glob("*")))
    if dead < item.deaths:
        (item.count / str(dead)).touch()
        os.kill(os.getpid(), item.signal)
        time.sleep(5)
    return dead


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGSEGV])
def test_a_paper_whose_child_dies_is_done_once_more(tmp_path: Path, how: int) -> None:
    with Pool(jobs=1) as pool:
        (outcome,) = pool.map(die_sometimes, [Flaky(tmp_path, 1, how)])
    assert outcome.value == 1


@pytest.mark.parametrize(
    ("how", "kind"),
    [(signal.SIGKILL, TransientFault), (signal.SIGTERM, TransientFault), (signal.SIGABRT, UnreadablePaper)],
)
def test_a_second_death_is_the_papers_only_where_the_program_broke(tmp_path: Path, how: int, kind: type) -> None:
    with Pool(jobs=1) as pool:
        (outcome,) = pool.map(die_sometimes, [Flaky(tmp_path, 9, how)])
    assert isinstance(outcome.error, kind)
    assert how.name in str(outcome.error)


def test_a_child_that_dies_between_two_papers_costs_none() -> None:
    with Pool(jobs=1) as pool:
        first = list(pool.map(work, ["a"]))
        for child in pool._children:
            child.process.kill()
            child.process.join()
        assert [o.value for o in [*first, *pool.map(work, ["b", "c"])]] == ["A", "B", "C"]


def test_a_child_without_work_ends_in_time_and_costs_no_paper() -> None:
    with Pool(jobs=1, idle_seconds=0.2) as pool:
        assert [o.value for o in pool.map(work, ["a"])] == ["A"]
        (child,) = pool._children
        child.process.join(20)
        assert child.process.exitcode == 0
        assert [o.value for o in pool.map(work, ["b", "c"])] == ["B", "C"]


def slow_start() -> None:
    """Take long to load."""
    time.sleep(1.5)


def test_a_papers_clock_starts_when_its_child_is_ready() -> None:
    with Pool(jobs=1, seconds=1) as pool:
        assert [o.value for o in pool.map(work, ["a", "b"], prepare=slow_start)] == ["A", "B"]


def busy(item: str) -> str:
    """Use a second of the processor."""
    until = time.process_time() + 1
    while time.process_time() < until:
        pass
    return item


@pytest.mark.skipif(not Path("/proc/self/schedstat").exists(), reason="the system doesn't tell who waits")
def test_a_papers_clock_stands_while_other_programs_have_the_processor() -> None:
    count = 6 * (os.cpu_count() or 1)
    with Pool(jobs=count, seconds=3) as pool:
        found = list(pool.map(busy, [str(n) for n in range(count)]))
    assert not [o.error for o in found if o.error]


def test_starting_has_its_own_limit() -> None:
    with Pool(jobs=1, start_seconds=0.3) as pool, pytest.raises(TransientFault, match="to start"):
        list(pool.map(work, ["a"], prepare=slow_start))


def absent() -> None:
    """Find no model."""
    raise MissingModel("no model here")


def test_what_cannot_be_prepared_is_said_of_each_paper() -> None:
    with Pool(jobs=1) as pool:
        assert {str(o.error) for o in pool.map(work, ["a", "b"], prepare=absent)} == {"no model here"}


def fail(item: str) -> None:
    """Fail as the machine or vivex does."""
    kinds = {
        "disk": OSError(errno.ENOSPC, "No space left on device", "/x"),
        "memory": MemoryError(),
        "own": KeyError("boxes"),
    }
    raise kinds[item]


def test_faults_of_the_machine_and_of_vivex_are_none_of_the_paper() -> None:
    with Pool(jobs=1) as pool:
        said = {o.item: o.error for o in pool.map(fail, ["disk", "memory", "own"])}
    assert all(isinstance(error, TransientFault) for error in said.values())
    assert "/x: no space left on device; free some space" in str(said["disk"])
    assert "not enough memory" in str(said["memory"])
    assert "internal error" in str(said["own"])


def call(item: str) -> None:
    """Call a program that outlives the limit, as OCR does."""
    subprocess.run(["sleep", item], check=False)


def test_what_a_child_calls_ends_with_it() -> None:
    with Pool(jobs=1, seconds=1) as pool:
        (outcome,) = pool.map(call, ["61.5"])
    assert isinstance(outcome.error, UnreadablePaper)
    assert not [p for p in psutil.process_iter(["cmdline"]) if p.info["cmdline"] == ["sleep", "61.5"]]
