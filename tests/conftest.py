"""Fixtures shared by the tests: the annotated data, found through VIVEX_SHARED and skipped where absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of annotated data, or skip the test with the reason."""
    folder = Path(os.environ.get("VIVEX_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        pytest.skip(f"no annotated data at {folder}; set VIVEX_SHARED to the folder that holds gold/ and corpora/")
    return folder
