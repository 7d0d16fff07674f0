"""Some kills, full disks and low memories (more by hand): the second call leaves what an undisturbed one leaves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "disturb_runs.py"
LIGHT = ("assign", "import", "conflicts", "adjudicate", "settle", "rename", "work", "exclude", "reopen", "undo")


@pytest.mark.slow
@pytest.mark.timeout(900)  # half a minute where nothing else runs
@pytest.mark.skipif(sys.platform != "linux", reason="the limits that make disks full and memory low are Linux's")
@pytest.mark.parametrize(("count", "verbs"), [(6, LIGHT), (1, ("run",))])
def test_what_is_disturbed_is_made_good_by_the_next_call(count: int, verbs: tuple[str, ...]) -> None:
    counts = [f"--{kind}={count}" for kind in ("kills", "full", "memory")]
    command = [sys.executable, str(SCRIPT), *counts, "--seed", "5", "--only", *verbs]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.endswith(f"{3 * count} of {3 * count} good\n")
