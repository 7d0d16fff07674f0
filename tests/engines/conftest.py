"""A small setting and papers, and a cluster of two worker processes where Dask is installed."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from vivex.codebook import template_path
from vivex.models import shipped
from vivex.review import read_params
from vivex.work import Setting

PAPER = "A made-up study of rat knees\n\n## Methods\nTwelve male Wistar rats (n = 6 per group) were randomly divided.\n"


@pytest.fixture
def setting(tmp_path: Path) -> Setting:
    """Give what a run into a folder depends on."""
    return Setting(tmp_path / "outputs", read_params(None), shipped(), template_path("invivo"))


@pytest.fixture
def sources(tmp_path: Path) -> dict[str, Path]:
    """Give sixty short papers."""
    folder = tmp_path / "papers"
    folder.mkdir()
    for number in range(60):
        (folder / f"paper-{number:02d}.txt").write_text(f"{PAPER}Paper {number} says so.\n")
    return {path.stem: path for path in sorted(folder.glob("*.txt"))}


@pytest.fixture(scope="module")
def workers() -> Iterator[Any]:
    """Give a Dask cluster of two worker processes, each with a thread."""
    with made() as cluster:
        yield cluster


@pytest.fixture
def make_workers() -> Callable[..., contextlib.AbstractContextManager[Any]]:
    """Give what makes such a cluster for a test alone."""
    return made


@contextlib.contextmanager
def made(**options: Any) -> Iterator[Any]:
    """Give a cluster; what Dask warns of as it ends is its own."""
    distributed = pytest.importorskip("distributed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        usual = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
        with distributed.LocalCluster(**{**usual, **options}) as cluster:
            yield cluster
