"""What a job of SLURM asks for is read strictly; the script holds it, and gives its workers back in time."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.engines.slurm import check_memory, job_script, read_request, seconds
from vivex.errors import MalformedFile

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
