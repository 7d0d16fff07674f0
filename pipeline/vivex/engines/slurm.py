"""Workers as jobs of SLURM, by dask-jobqueue: started for a run, replaced as their time is over, ended with the run.

What a job asks for stands in a small file (docs/clusters.md): cores, memory, walltime, jobs, queue, account,
directives, prologue, scratch, interface, python. Without it the site's own configuration of dask-jobqueue counts.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from vivex.engines.cluster import Cluster
from vivex.errors import MalformedFile, MissingExtra, TransientFault
from vivex.work import Setting
from vivex.yaml_files import read_yaml

if TYPE_CHECKING:
    from dask_jobqueue.slurm import SLURMCluster

CORES, MEMORY, WALLTIME, JOBS = 4, "16 GB", "04:00:00", 4
_EARLY = 300  # seconds before its end in which a worker takes no new paper and hands back what it has
_REPLACED = 60.0  # seconds in which a job takes another's place: a job that ended before then may have a successor
_ASK = 20.0  # seconds between questions to the queue


class JobRequest(TypedDict, total=False):
    """Say what each job asks for; `jobs` is how many run at most."""

    cores: int
    memory: str
    walltime: str
    jobs: int
    queue: str
    account: str
    directives: list[str]
    prologue: list[str]
    scratch: str
    interface: str
    python: str


_COUNTS, _LINES = ("cores", "jobs"), ("directives", "prologue")
_OF_JOBQUEUE = {  # our word -> dask-jobqueue's
    "queue": "queue",
    "account": "account",
    "directives": "job_extra_directives",
    "prologue": "job_script_prologue",
    "scratch": "local_directory",
    "interface": "interface",
    "python": "python",
}


def read_request(path: Path | None) -> JobRequest:
    """Return what a file asks of each job; raise MalformedFile naming the key that is wrong."""
    found: JobRequest = {}
    if path is None:
        return found
    known = list(JobRequest.__annotations__)
    data: Any = read_yaml(path.read_bytes(), where=str(path), as_written=True) or {}
    if not isinstance(data, dict):
        raise MalformedFile(f"{path}: expected `key: value` lines; known: {', '.join(known)}")
    for key, value in data.items():
        if key not in known:
            raise MalformedFile(f"{path}: unknown key {key!r}; known: {', '.join(known)}")
        if key in _COUNTS:
            good, must = isinstance(value, str) and value.isdecimal() and int(value) > 0, "a whole number from 1"
        elif key in _LINES:
            good, must = isinstance(value, list) and all(isinstance(x, str) for x in value), "a list of lines"
        else:
            good, must = isinstance(value, str) and bool(value), "a text"
        if not good:
            raise MalformedFile(f"{path}: {key} is {value!r}; it must be {must}")
        found[key] = int(value) if key in _COUNTS else value  # type: ignore[literal-required]
    seconds(found.get("walltime", WALLTIME), where=str(path))
    return found


def job_script(request: JobRequest) -> str:
    """Return the script that SLURM would be given for each job; raise MissingExtra where dask-jobqueue is absent."""
    with _cluster(request) as cluster:
        return str(cluster.job_script())


@contextlib.contextmanager
def slurm(path: Path | None, setting: Setting, bounds: dict[str, Any]) -> Iterator[Cluster]:
    """Give the engine whose workers are jobs of SLURM; they wait in the queue as long as it takes.

    Raise MalformedFile where the papers that a job works on at once may need more memory than it asks for,
    TransientFault where SLURM refuses the jobs or all have ended and no worker is there.
    """
    request = read_request(path)
    check_memory(request, bounds["memory_mb"], where=str(path or "slurm"))
    with _cluster(request) as cluster:
        cluster.adapt(minimum_jobs=1, maximum_jobs=request.get("jobs", JOBS))
        limits = {"seconds": bounds["seconds"], "memory_mb": bounds["memory_mb"]}
        jobs = _Jobs(cluster)
        with Cluster(cluster.scheduler_address, setting, patience=None, waits=jobs.look, **limits) as engine:
            yield engine


@dataclass(slots=True)
class _Jobs:
    """Look whether the jobs of a cluster may still bring a worker: dask-jobqueue replaces none that never joined."""

    cluster: SLURMCluster
    asked: float = 0.0

    def look(self, gone: float) -> None:
        """Raise TransientFault where no job will bring a worker; `gone`: the seconds in which none was there."""
        jobs: list[Any] = list(self.cluster.workers.values())
        sent = [str(job.job_id) for job in jobs if job.job_id]
        if jobs and not sent:
            raise TransientFault(f"SLURM takes no job: {jobs[-1].refused}; mend the file of jobs and run it again")
        if not sent or gone < _REPLACED or time.monotonic() - self.asked < _ASK:
            return
        queued = _queued()
        self.asked = time.monotonic()
        if queued is not None and queued.isdisjoint(sent):
            raise TransientFault(
                f"the jobs of SLURM ended and no worker is there (job {', '.join(sent)}); what was finished is kept, "
                f"read why in slurm-{sent[-1]}.out, mend the file of jobs and run it again"
            )


def _queued() -> set[str] | None:
    """Return this user's jobs that wait or run; None where the queue doesn't tell."""
    words = ["squeue", "--noheader", f"--user={os.getuid()}", "--format=%A"]
    try:
        told = subprocess.run(words, capture_output=True, text=True, check=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return None
    return set(told.stdout.split())


def check_memory(request: JobRequest, memory_mb: int, *, where: str) -> None:
    """Raise MalformedFile where a job's papers, one a core, may need more memory than the job has."""
    from dask.utils import parse_bytes

    cores = request.get("cores", CORES)
    asked = parse_bytes(request.get("memory", MEMORY)) / 1e6
    if cores * memory_mb > asked * 1.05:  # 4 × 4000 MB are meant to fit into 16 GB
        raise MalformedFile(
            f"{where}: {cores} papers at once may take {memory_mb} MB each, and a job has {asked:.0f} MB; "
            "ask for more memory, for fewer cores, or lower limits.memory_mb"
        )


def seconds(walltime: str, *, where: str) -> int:
    """Return the seconds of a time as SLURM writes it (minutes, H:M:S, days-H:M:S); raise MalformedFile for others."""
    matched = re.fullmatch(r"(?:(\d+)-)?(\d+)(?::(\d+))?(?::(\d+))?", walltime.strip())
    if matched is None:
        raise MalformedFile(f"{where}: walltime {walltime!r} is no time; write hours:minutes:seconds in quotes")
    days, *parts = (int(part) if part else None for part in matched.groups())
    given = [part for part in parts if part is not None]
    if days is not None:  # days-hours, days-hours:minutes, days-hours:minutes:seconds
        hours, minutes, rest = (*given, 0, 0, 0)[:3]
    elif len(given) == 3:
        hours, minutes, rest = given
    else:  # minutes, minutes:seconds
        hours, (minutes, rest) = 0, (*given, 0)[:2]
    return (days or 0) * 86_400 + hours * 3600 + minutes * 60 + rest


@contextlib.contextmanager
def _cluster(request: JobRequest) -> Iterator[SLURMCluster]:
    try:
        from dask_jobqueue.slurm import SLURMCluster, SLURMJob
        from distributed.core import Status
    except ImportError as error:
        raise MissingExtra("working on SLURM needs dask-jobqueue; pip install 'vivex[cluster]'") from error

    class Job(SLURMJob):
        """Keep why SLURM refused the job, where dask-jobqueue would log a traceback and wait on."""

        refused = ""

        async def start(self) -> None:
            try:
                await super().start()  # type: ignore[no-untyped-call]
            except (OSError, RuntimeError, ValueError) as error:
                self.refused = str(error).strip().splitlines()[-1]  # the last line that sbatch says
                self.status = Status.running  # as Dask expects; a job without an id isn't cancelled

        async def close(self) -> None:
            await super().close()  # type: ignore[no-untyped-call]
            self.status = Status.closed  # Dask, as it ends, checks those that are still held in a traceback

    walltime = request.get("walltime", WALLTIME)
    lifetime = max(seconds(walltime, where="slurm") - _EARLY, 60)
    options: dict[str, Any] = {"job_cls": Job}
    options |= {_OF_JOBQUEUE[key]: value for key, value in request.items() if key in _OF_JOBQUEUE}
    cluster = SLURMCluster(
        cores=request.get("cores", CORES),
        memory=request.get("memory", MEMORY),
        processes=1,  # one worker a job, a thread a core; each thread's child is a process of its own
        walltime=walltime,
        job_name="vivex",
        worker_extra_args=["--lifetime", f"{lifetime}s", "--lifetime-stagger", "60s"],
        **options,
    )
    with cluster:
        yield cluster
