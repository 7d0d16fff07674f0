"""What a job of SLURM asks for is read strictly; the script holds it, and gives its workers back in time."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import vivex.engines.slurm as module
from vivex.engines.slurm import check_memory, job_script, read_request, seconds, slurm
from vivex.errors import MalformedFile, TransientFault
from vivex.review import limits
from vivex.stages import run_stage

pytestmark = pytest.mark.filterwarnings("ignore")  # what Dask warns of as it ends is its own

FILE = """
cores: 8
memory: 40 GB
walltime: 12:00:00
queue: short
account: lab
prologue: ["source /shared/venv/bin/activate"]
directives: ["--constraint=avx2"]
"""


def test_a_job_script_holds_what_was_asked_for(tmp_path: Path) -> None:
    pytest.importorskip("dask_jobqueue")
    (tmp_path / "jobs.yaml").write_text(FILE)
    script = job_script(read_request(tmp_path / "jobs.yaml"))
    for line in (
        "#SBATCH -J vivex",
        "#SBATCH -p short",
        "#SBATCH -A lab",
        "#SBATCH -n 1",
        "#SBATCH --cpus-per-task=8",
        "#SBATCH --mem=38G",
        "#SBATCH -t 12:00:00",
        "#SBATCH --constraint=avx2",
        "source /shared/venv/bin/activate",
    ):
        assert line in script.splitlines()
    assert "--nthreads 8" in script
    assert "--lifetime 42900s" in script


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("core: 4", "unknown key 'core'; known: cores, memory"),
        ("cores: many", "cores is 'many'; it must be a whole number from 1"),
        ("cores: 0", "whole number"),
        ("prologue: source x", "must be a list of lines"),
        ("queue: ''", "must be a text"),
        ("walltime: soon", "walltime 'soon' is no time"),
        ("- cores", "expected `key: value` lines"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "jobs.yaml").write_text(text)
    with pytest.raises(MalformedFile, match=told):
        read_request(tmp_path / "jobs.yaml")


def test_times_are_read_as_slurm_does() -> None:
    known = {"30": 1800, "30:30": 1830, "02:00:00": 7200, "1-12": 129_600, "1-12:30": 131_400, "1-0:0:5": 86_405}
    assert {text: seconds(text, where="") for text in known} == known


def test_a_job_has_memory_for_its_papers() -> None:
    pytest.importorskip("dask")
    check_memory({}, 4000, where="slurm")
    with pytest.raises(MalformedFile, match="8 papers at once may take 4000 MB each, and a job has 16000 MB"):
        check_memory({"cores": 8}, 4000, where="slurm")


SBATCH = """#!/bin/bash
echo "$@" >> "$SLURM_STAND_IN/said"
cp "${@: -1}" "$SLURM_STAND_IN/script.$$"  # as SLURM keeps it: the file is removed once sbatch has returned
setsid bash "$SLURM_STAND_IN/script.$$" > "$SLURM_STAND_IN/job.$$" 2>&1 < /dev/null &
echo $! >> "$SLURM_STAND_IN/jobs"
echo "Submitted batch job $!"
"""
SQUEUE = """#!/bin/bash
for job in $(cat "$SLURM_STAND_IN/jobs"); do kill -0 "$job" 2>/dev/null && echo "$job"; done
exit 0
"""
SCANCEL = """#!/bin/bash
echo "scancel $@" >> "$SLURM_STAND_IN/said"
for job in "$@"; do kill -TERM -- "-$job" 2>/dev/null; done
exit 0
"""
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="the stand-in for SLURM is a shell script")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Give what puts programs of SLURM's names first on the path."""
    pytest.importorskip("dask_jobqueue")
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("SLURM_STAND_IN", str(tmp_path))
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.chdir(tmp_path)

    def put(**texts: str) -> None:
        for name, text in texts.items():
            (programs / name).write_text(text)
            (programs / name).chmod(0o755)

    return put


@on_linux
@pytest.mark.slow
def test_jobs_of_a_stand_in_for_slurm_work_on_papers(setting, sources, tmp_path, stand_in) -> None:
    stand_in(sbatch=SBATCH, squeue=SQUEUE, scancel=SCANCEL)  # a job that ends before its worker comes is told
    (tmp_path / "jobs.yaml").write_text("cores: 1\nmemory: 4 GB\njobs: 1\nwalltime: 00:30:00\n")
    few = dict(list(sources.items())[:2])
    with slurm(tmp_path / "jobs.yaml", setting, limits(setting.params)) as engine:
        assert not run_stage("parse", few, setting, engine).failures
    assert len(list((setting.out / "documents").glob("paper-*.json"))) == 2
    assert "scancel" in (tmp_path / "said").read_text()


REFUSES = """#!/bin/bash
echo "sbatch: error: invalid partition specified: shrt" >&2
exit 1
"""
TAKES = """#!/bin/bash
echo "Submitted batch job 7"
"""
KNOWS_TWICE = """#!/bin/bash
echo "$@" >> "$SLURM_STAND_IN/asked"
[ $(wc -l < "$SLURM_STAND_IN/asked") -gt 2 ] || echo 7
echo 17
"""
NO_QUEUE = """#!/bin/bash
echo "$@" >> "$SLURM_STAND_IN/asked"
[ $(wc -l < "$SLURM_STAND_IN/asked") -gt 2 ] || exit 1
"""


@on_linux
@pytest.mark.parametrize(
    ("programs", "told"),
    [
        ({"sbatch": REFUSES}, "SLURM takes no job: sbatch: error: invalid partition specified: shrt; mend"),
        ({"sbatch": TAKES, "squeue": KNOWS_TWICE}, r"ended and no worker is there \(job 7\)"),
        ({"sbatch": TAKES, "squeue": NO_QUEUE}, "read why in slurm-7.out"),
    ],
)
def test_jobs_that_bring_no_worker_are_not_waited_for(
    setting, tmp_path, stand_in, monkeypatch, capfd, programs, told
) -> None:
    stand_in(**programs, scancel=SCANCEL)
    monkeypatch.setattr(module, "_REPLACED", 0.5)
    monkeypatch.setattr(module, "_ASK", 0.1)
    with pytest.raises(TransientFault, match=told), slurm(None, setting, limits(setting.params)):
        pass
    if "squeue" in programs:  # while the queue knows the job, or doesn't tell, it is waited for
        assert len((tmp_path / "asked").read_text().splitlines()) == 3
    assert "Traceback" not in capfd.readouterr().err
