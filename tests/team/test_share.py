"""A place for the team, and copies of what lies there."""

from __future__ import annotations

import pytest

from team.copies import Team, begin
from vivex.errors import ReviewError
from vivex.team import share
from vivex.team.git import asked, commit_of, git
from vivex.team.sync import sync, team_branch


@pytest.mark.parametrize(
    ("place", "address"),
    [
        ("https://example.org/a.git", True),
        ("git@example.org:a/b.git", True),
        ("ssh://x/y", True),
        ("/mnt/share", False),
        ("a@b/c", False),
        ("..", False),
    ],
)
def test_addresses_and_folders_are_told_apart(place, address):
    assert share.is_address(place) == address


def test_a_copy_goes_into_a_new_folder_only(shared: Team, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a").touch()
    with pytest.raises(ReviewError, match="not empty"):
        share.join(tmp_path / "full", shared.place)


def test_a_clone_of_a_place_with_another_first_branch_stands_on_the_teams(tmp_path):
    review = begin(tmp_path / "mk")
    share.data(review.root, str(tmp_path / "data"))
    git(tmp_path, "init", "-q", "--bare", "--initial-branch", "master", "bare.git")
    git(review.root, "remote", "add", "origin", str(tmp_path / "bare.git"))
    assert sync(review).sent
    git(tmp_path, "clone", "-q", "bare.git", "th")
    assert commit_of(tmp_path / "th", "HEAD") == ""
    assert share.settle_branch(tmp_path / "th")
    assert commit_of(tmp_path / "th", "HEAD") == commit_of(review.root, "HEAD")
    assert team_branch(tmp_path / "th") == "main"
    assert asked(tmp_path / "th", "symbolic-ref", "--short", "HEAD") == "main"
