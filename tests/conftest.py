"""Fixtures shared by the tests: the annotated data, found through VIVEX_SHARED and skipped where absent."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quick_children import quick_children

if TYPE_CHECKING:
    from xdist.scheduler.protocol import Scheduling

ROOT = Path(__file__).resolve().parent.parent
LONG = (  # a minute or two to a quarter of one each: they go first, so that none is worked on alone at the end
    "test_dose_bindings",
    "test_browser",
    "test_teams_day",
    "test_errands",
    "test_disturb_runs",
    "test_cluster",
    "test_cluster_faults",
    "test_workflow",
    "test_bounds",
    "test_run",
    "test_cases",
    "test_random_rounds",
    "test_fuzz_doors",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the long files first; the order within a file stays."""
    items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Scheduling | None:
    """Give each worker whole files, so that what a file's tests share is made once (`pytest -n 2`)."""
    if config.getoption("dist") != "load":
        return None
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False
    return LoadFileScheduling(config, log)


@pytest.fixture(scope="session", autouse=True)
def children() -> Iterator[None]:
    """Start the children of pools quickly, all tests through."""
    with quick_children():
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of annotated data, or skip the test with the reason."""
    folder = Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"no annotated data at {folder}; set VIVEX_SHARED to the folder that holds gold/ and corpora/")
    return folder
