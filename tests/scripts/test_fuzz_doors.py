"""A short run of each fuzz: whatever a file holds, its door reads it or refuses it in one line, and nothing is lost."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

import fuzz_doors
import mutated

SCRIPT = Path(fuzz_doors.__file__)


@pytest.mark.parametrize("door", list(fuzz_doors.ALONE))
@pytest.mark.parametrize("seed", range(1000, 1012))
def test_a_damaged_file_is_read_or_refused_in_one_line(door: str, seed: int) -> None:
    _, fault = fuzz_doors.tried(door, None, seed)
    assert not fault, fault


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("door", list(fuzz_doors.STATED))
def test_a_damaged_file_takes_nothing_from_a_review(door: str) -> None:
    command = [sys.executable, str(SCRIPT), door, "--count", "5", "--seed", "1000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "data",
    [
        b'<?xml version="1.0" encoding="no-such"?><a><b/></a>',
        b'<?xml version="1.0" encoding="UTF-7"?><a><b/></a>',
        b"<a>" * 3000 + b"</a>" * 3000,
        b"<a/>",
        b"no xml",
    ],
)
def test_what_is_no_tree_to_change_is_changed_in_its_bytes(data: bytes) -> None:
    for seed in range(20):
        assert isinstance(mutated.in_xml(data, random.Random(seed)), bytes)
