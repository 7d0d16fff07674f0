"""What befalls a cluster in the middle of a run costs no paper: it is done again, or named, and a rerun goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed")
from vivex.engines import cluster
from vivex.engines.cluster import Cluster
from vivex.errors import TransientFault
from vivex.pool import Pool
from vivex.stages import run_stage
from vivex.work import Task, work

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


def doze(item: str) -> str:
    """Take a moment."""
    time.sleep(0.1)
    return item


def fill_up(megabytes: int) -> None:
    """Take so much memory on a worker, and keep it."""
    threading.Thread(target=lambda: _KEPT.append(os.urandom(1024) * 1024 * megabytes), daemon=True).start()


_KEPT: list[bytes] = []


def time_is_over(dask_worker: Any) -> None:
    """Do what a worker does at the end of its lifetime, some minutes before its job's walltime."""
    dask_worker.loop.add_callback(dask_worker.close_gracefully, reason="worker-lifetime-reached")


def test_too_much_memory_and_a_job_whose_time_is_over_cost_no_item(setting, make_workers) -> None:
    with make_workers(memory_limit="600MB") as own, Cluster(own.scheduler_address, setting) as engine:
        client = engine._client
        (greedy, first), (other, second) = client.run(os.getpid).items()
        found = []
        for outcome in engine.map(doze, map(str, range(30))):
            found.append(outcome)
            if len(found) == 3:  # its nanny looks at its memory, ends it and starts another
                with suppress(OSError):  # that worker doesn't answer any more
                    client.run(fill_up, 800, workers=[greedy])
                _until(lambda: not _lives(first) and len(client.nthreads()) == 2)
            elif len(found) == 12:  # it hands back what it has
                client.run(time_is_over, workers=[other])
                _until(lambda: not _lives(second))
    assert sorted(int(o.item) for o in found if o.error is None) == list(range(30))


def on_a_drive(task: Task) -> tuple[bytes, tuple[str, ...]]:
    """Work on a paper, unless the drive on which it lies is away from this worker."""
    if task.source.with_name("away").exists():  # beside a paper that was sent along there is no such file
        raise OSError(5, "Input/output error", str(task.source))
    return work(task)


class OnADrive:
    """Let an engine read papers from a drive, and say how many are done."""

    def __init__(self, engine: Cluster, at: Callable[[int], object]) -> None:
        self.engine, self.at = engine, at
        self.seconds, self.memory_mb, self.running = engine.seconds, engine.memory_mb, engine.running

    def map(self, function: Any, items: Any, *, prepare: Any = None) -> Iterator[Any]:
        for done, outcome in enumerate(self.engine.map(on_a_drive, items, prepare=prepare), 1):
            yield outcome
            self.at(done)


def test_papers_of_a_drive_that_is_away_from_the_workers_are_sent_along(workers, setting, sources) -> None:
    few = dict(list(sources.items())[:8])
    away = few["paper-00"].with_name("away")

    def comes_and_goes(done: int) -> None:
        if done == 2:
            away.touch()
        elif done == 5:
            away.unlink()

    with Cluster(workers.scheduler_address, setting) as engine:
        assert engine._shared
        report = run_stage("parse", few, setting, OnADrive(engine, comes_and_goes))
    assert (report.done, report.failures) == (8, ())


def test_a_drive_that_is_gone_is_named_and_a_rerun_goes_on(workers, setting, sources, tmp_path) -> None:
    few = dict(list(sources.items())[:8])
    folder, gone = few["paper-00"].parent, tmp_path / "gone"
    with Cluster(workers.scheduler_address, setting) as engine:

        def goes(done: int) -> None:
            if done == 3:
                folder.rename(gone)

        report = run_stage("parse", few, setting, OnADrive(engine, goes))
        assert report.done == 8
        assert 1 <= len(report.failures) <= 5
        assert all(f.transient for f in report.failures)
        gone.rename(folder)
        again = run_stage("parse", few, setting, engine)
    assert (again.done, again.kept, again.failures) == (len(report.failures), 8 - len(report.failures), ())


def test_results_that_cannot_be_written_are_named_and_a_rerun_goes_on(workers, setting, sources, tmp_path) -> None:
    few = dict(list(sources.items())[:8])
    gone = tmp_path / "gone"
    with Cluster(workers.scheduler_address, setting) as engine:

        def goes(done: int) -> None:
            if done == 3:
                setting.out.rename(gone)
                setting.out.touch()  # where a drive is away its folder can't be made either

        with pytest.raises(OSError, match="outputs"):  # `vivex` says it in one line
            run_stage("parse", few, setting, OnADrive(engine, goes))
        setting.out.unlink()
        gone.rename(setting.out)
        again = run_stage("parse", few, setting, engine)
    assert (again.done, again.kept, again.failures) == (5, 3, ())


def test_a_scheduler_that_is_killed_is_said_and_a_rerun_goes_on(setting, sources, monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(cluster, "GONE_SECONDS", 0.5)
    few = dict(list(sources.items())[:12])
    told = tmp_path / "scheduler.json"
    common = ("--scheduler-file", str(told))
    scheduler = _started("dask_scheduler", *common, "--port", "0", "--no-dashboard")
    worker = _started("dask_worker", *common, "--nthreads", "1", "--no-nanny", "--no-dashboard")
    try:
        _until(told.exists)
        address = _address(told)

        def kill(done: int) -> None:
            if done == 3:
                scheduler.send_signal(signal.SIGKILL)
                scheduler.wait()

        with (
            pytest.raises(TransientFault, match="is gone; what was finished is kept"),
            Cluster(address, setting) as engine,
        ):
            run_stage("parse", few, setting, OnADrive(engine, kill))
    finally:
        for process in (worker, scheduler):
            process.kill()
            process.wait()
    with Pool(jobs=1) as pool:
        again = run_stage("parse", few, setting, pool)
    assert again.done + again.kept == 12
    assert again.kept >= 3
    assert not again.failures
    assert len(list((setting.out / "documents").glob("paper-*.json"))) == 12


def _started(module: str, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"distributed.cli.{module}", *words]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # a worker imports this module
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _address(told: Path) -> str:
    import json

    return str(json.loads(told.read_text(encoding="utf-8"))["address"])


def _lives(pid: int) -> bool:
    with suppress(OSError):
        os.kill(pid, 0)
        return "Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2][:3]
    return False


def _until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until something is so."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
