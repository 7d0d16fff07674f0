"""A worker's thread keeps one child for a run, compares itself once, and lets no paper harm it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator

import pytest

from vivex.engines import at_worker
from vivex.engines.at_worker import Terms, compared, do, release, sees
from vivex.engines.parcel import Parcel
from vivex.engines.standing import standing
from vivex.errors import ReviewError, UnreadablePaper


@pytest.fixture
def terms(setting) -> Iterator[Terms]:
    """Give the terms of a run."""
    yield Terms("run", 2.0, 500, setting, False, standing(setting, own_models=False))
    release("run")


def told(item: str) -> int:
    """Return the process's id, or fail."""
    if item == "hang":
        time.sleep(60)
    if item == "die":
        os._exit(7)
    return os.getpid()


def test_one_child_serves_a_run(terms: Terms) -> None:
    first, second = (do(told, Parcel(item), None, terms) for item in "ab")
    assert first[0] == second[0] != os.getpid()
    assert release("run") == 1
    assert release("run") == 0


def test_what_a_paper_does_is_its_own(terms: Terms) -> None:
    for item, reason in (("die", "crashed"), ("hang", "timed out")):
        _, error, _ = do(told, Parcel(item), None, terms)
        assert isinstance(error, UnreadablePaper)
        assert error.reason == reason
    assert do(told, Parcel("a"), None, terms)[1] is None


def test_a_worker_that_differs_works_on_nothing(terms: Terms, monkeypatch) -> None:
    monkeypatch.setattr(at_worker, "_known", {})
    monkeypatch.setattr(at_worker, "standing", lambda *a, **k: {**terms.standing, "numpy": "0.1"})
    assert compared(terms) == [f"numpy (0.1 there, {terms.standing['numpy']} here)"]
    with pytest.raises(ReviewError, match=r"numpy \(0.1 there"):
        do(told, Parcel("a"), None, terms)


def test_a_shared_drive_is_one_that_shows_the_same_file(tmp_path) -> None:
    (tmp_path / "probe").write_text("words")
    assert sees(tmp_path / "probe", "words")
    assert not sees(tmp_path / "probe", "other words")
    assert not sees(tmp_path / "absent", "words")
