"""On a cluster each paper is done as on this machine; what befalls a worker costs no paper, and a mix is refused."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")
from vivex.engines import Engine, cluster
from vivex.engines.cluster import Cluster
from vivex.errors import MissingModel, ReviewError, TransientFault, UnreadablePaper
from vivex.pool import Outcome, Pool
from vivex.stages import run_stage
from vivex.work import Setting, Task, work

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def troubled(task: Task) -> tuple[bytes, tuple[str, ...]]:
    """Work on a paper, unless it breaks its program or hangs."""
    if task.study == "paper-17":
        os._exit(7)
    if task.study == "paper-31":
        time.sleep(600)
    return work(task)


class Troubled:
    """Let an engine work on papers of which one breaks its program and one hangs."""

    def __init__(self, engine: Engine, at: Callable[[int], None] = lambda done: None) -> None:
        self.engine, self.at = engine, at
        self.seconds, self.memory_mb, self.running = engine.seconds, engine.memory_mb, engine.running

    def map(self, function: Any, items: Iterable[Any], *, prepare: Any = None) -> Iterator[Outcome]:
        for done, outcome in enumerate(self.engine.map(troubled, items, prepare=prepare)):
            self.at(done)
            yield outcome


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file in a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_poison_a_hang_and_a_killed_worker_cost_no_other_paper(workers, setting, sources, tmp_path) -> None:
    local = Setting(tmp_path / "local", setting.params, setting.models, setting.codebook)
    with Pool(jobs=1, seconds=4) as pool:
        alone = run_stage("parse", sources, local, Troubled(pool))
    killed: list[int] = []

    with Cluster(workers.scheduler_address, setting, seconds=4) as engine:

        def kill(done: int) -> None:
            if done == 20:
                killed.extend(engine._client.run(os.getpid).values())
                os.kill(killed[0], signal.SIGKILL)

        there = run_stage("parse", sources, setting, Troubled(engine, kill))
    assert len(killed) == 2
    reasons = {"paper-17": "crashed", "paper-31": "timed out"}
    assert {f.study: f.reason for f in there.failures} == reasons
    assert (there.done, there.failures) == (alone.done, alone.failures) == (60, alone.failures)
    assert contents(setting.out) == contents(local.out)
    assert len(list((setting.out / "documents").glob("*.json"))) == 58 + 1  # the index too


def test_workers_that_see_no_common_drive_are_sent_the_bytes(workers, setting, sources, tmp_path, monkeypatch) -> None:
    few = dict(list(sources.items())[:3])
    local = Setting(tmp_path / "local", setting.params, setting.models, setting.codebook)
    stages = ("parse", "recognize", "assess", "prefill")
    with Pool(jobs=1) as pool:
        for stage in stages:
            run_stage(stage, few, local, pool)
    monkeypatch.setattr(Cluster, "_drive_is_shared", lambda self, client: False)
    with Cluster(workers.scheduler_address, setting) as engine:
        for stage in stages:
            assert not run_stage(stage, few, setting, engine).failures
    assert contents(setting.out) == contents(local.out)


def unread(item: str) -> str:
    """Fail as where a drive is away, or say which process it is."""
    if item == "away":
        raise TransientFault("input/output error; check the disk or drive and run it again")
    if item == "absent":
        raise MissingModel("no model here")
    if item == "encrypted":
        raise UnreadablePaper("encrypted", "ask for the password")
    return str(os.getpid())


def test_what_a_worker_says_comes_back(workers, setting) -> None:
    with Cluster(workers.scheduler_address, setting) as engine:
        found = {o.item: o for o in engine.map(unread, ["a", "away", "absent", "encrypted", "b"])}
        assert engine.running == []
    assert isinstance(found["away"].error, TransientFault)
    assert isinstance(found["absent"].error, MissingModel)
    assert isinstance(found["encrypted"].error, UnreadablePaper)
    assert {found["a"].value, found["b"].value}.isdisjoint({None, str(os.getpid())})


def test_workers_that_differ_are_refused_by_name(workers, setting, monkeypatch) -> None:
    real = cluster.standing
    monkeypatch.setattr(cluster, "standing", lambda *a, **k: {**real(*a, **k), "the ner model": "another" * 3})
    address = workers.scheduler_address
    with pytest.raises(ReviewError, match="the ner model") as caught, Cluster(address, setting):
        pass
    assert str(caught.value).count("tcp://") == 2
    assert "install there what is installed here" in str(caught.value)


def test_a_worker_that_joins_later_and_differs_works_on_nothing(workers, setting) -> None:
    with Cluster(workers.scheduler_address, setting) as engine:
        engine._terms = replace(engine._terms, run="later", standing={**engine._terms.standing, "numpy": "0.1"})
        with pytest.raises(ReviewError, match=r"a worker that joined differs in: numpy \(.* there, 0\.1 here\)"):
            list(engine.map(unread, ["a"]))


def doze(item: str) -> str:
    """Take a moment."""
    time.sleep(0.2)
    return item


def test_a_scheduler_that_goes_is_said(make_workers, setting, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "GONE_SECONDS", 1.0)
    found: list[str] = []
    with make_workers() as own, Cluster(own.scheduler_address, setting) as engine:

        def work_on() -> None:
            for outcome in engine.map(doze, map(str, range(200))):
                found.append(outcome.item)
                if len(found) == 5:
                    own.close()

        with pytest.raises(TransientFault, match="is gone; what was finished is kept"):
            work_on()
    assert len(found) >= 5


def test_no_scheduler_and_no_worker_are_said(setting, make_workers, monkeypatch) -> None:
    from distributed import LocalCluster

    with LocalCluster(n_workers=0, dashboard_address=None) as none:
        engine = Cluster(none.scheduler_address, setting, patience=0.5)
        with pytest.raises(TransientFault, match="no worker came"), engine:
            pass
