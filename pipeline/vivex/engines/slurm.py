"""Workers as jobs of SLURM, by dask-jobqueue: started for a run, replaced as their time is over, ended with the run.

What a job asks for stands in a small file (docs/clusters.md): cores, memory, walltime, jobs, queue, account,
directives, prologue, scratch, interface, python. Without it the site's own configuration of dask-jobqueue counts.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from vivex.engines.cluster import Cluster
from vivex.errors import MalformedFile, MissingExtra
from vivex.work import Setting
from vivex.yaml_files import read_yaml

if TYPE_CHECKING:
    from dask_jobqueue.slurm import SLURMCluster

CORES, MEMORY, WALLTIME, JOBS = 4, "16 GB", "04:00:00", 4
_EARLY = 300  # seconds before its end in which a worker takes no new paper and hands back what it has


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

    Raise MalformedFile where the papers that a job works on at once may need more memory than it asks for.
    """
    request = read_request(path)
    check_memory(request, bounds["memory_mb"], where=str(path or "slurm"))
    with _cluster(request) as cluster:
        cluster.adapt(minimum_jobs=1, maximum_jobs=request.get("jobs", JOBS))
        limits = {"seconds": bounds["seconds"], "memory_mb": bounds["memory_mb"]}
        with Cluster(cluster.scheduler_address, setting, patience=None, **limits) as engine:
            yield engine


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
        from dask_jobqueue.slurm import SLURMCluster
    except ImportError as error:
        raise MissingExtra("working on SLURM needs dask-jobqueue; pip install 'vivex[cluster]'") from error
    walltime = request.get("walltime", WALLTIME)
    lifetime = max(seconds(walltime, where="slurm") - _EARLY, 60)
    options: dict[str, Any] = {_OF_JOBQUEUE[key]: value for key, value in request.items() if key in _OF_JOBQUEUE}
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
