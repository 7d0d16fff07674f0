"""A short run of each fuzz: whatever a file holds, its door reads it or refuses it in one line, and nothing is lost."""

from __future__ import annotations

import random

import pytest

import fuzz_doors
import mutated


@pytest.mark.parametrize("door", list(fuzz_doors.ALONE))
@pytest.mark.parametrize("seed", range(1000, 1012))
def test_a_damaged_file_is_read_or_refused_in_one_line(door: str, seed: int) -> None:
    _, fault = fuzz_doors.tried(door, None, seed)
    assert not fault, fault


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> fuzz_doors.Ground:
    """Return what the doors work on; each case puts back what it finds changed."""
    return fuzz_doors.ground(tmp_path_factory.mktemp("ground"))


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("door", list(fuzz_doors.STATED))
def test_a_damaged_file_takes_nothing_from_a_review(ground: fuzz_doors.Ground, door: str) -> None:
    for seed in range(1000, 1005):
        _, fault = fuzz_doors.tried(door, ground, seed)
        assert not fault, f"seed {seed}: {fault}"


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
