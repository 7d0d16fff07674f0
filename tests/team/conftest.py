"""One shared review a test module, copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from team.copies import Team, team
from vivex.review import Review
from vivex.team import share
from vivex.team.remote import forget_sent


@pytest.fixture(scope="session")
def shared_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a shared review of three papers and its first copy."""
    folder = tmp_path_factory.mktemp("team")
    team(folder)
    return folder


@pytest.fixture
def shared(shared_once: Path, tmp_path: Path) -> Team:
    """Return a team of one member, mk, whose review is shared."""
    folder = tmp_path / "team"
    shutil.copytree(shared_once, folder)
    made = Team(folder, {"mk": Review(folder / "mk")})
    share.share(folder / "mk", made.place)
    forget_sent(folder / "mk")
    return made
