"""git's plumbing: commits beside the files, and what git says in our words."""

from __future__ import annotations

import pytest

from vivex.errors import ReviewError
from vivex.team.git import GitRefused, ancestor, asked, commit_files, commit_of, content, files, git, identity, keep


@pytest.fixture
def root(tmp_path):
    git(tmp_path, "init", "-q", "--initial-branch", "main")
    return tmp_path


def test_a_commit_is_made_without_touching_files_or_branches(root):
    first = commit_files(root, {"a b.txt": keep(root, b"one\n"), "ü/c": keep(root, b"")}, parents=(), message="first")
    second = commit_files(root, {"a b.txt": keep(root, b"two\n")}, parents=(first,), message="second")
    assert [content(root, blob) for _, blob in sorted(files(root, first).items())] == [b"one\n", b""]
    assert sorted(files(root, first)) == ["a b.txt", "ü/c"]
    assert ancestor(root, first, second)
    assert not ancestor(root, second, first)
    assert commit_of(root, "HEAD") == ""
    assert [p.name for p in root.iterdir()] == [".git"]
    assert files(root, "") == {}
    assert content(root, None) == b""


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("! [rejected] main -> main (fetch first)", "race"),
        ("remote: error: GH006: Protected branch update failed", "protected"),
        ("fatal: Could not read from remote repository.", "offline"),
        ("fatal: '/no/where' does not appear to be a git repository\nfatal: Could not read from remote", "absent"),
        ("fatal: detected dubious ownership in repository at '/share'", "owner"),
        ("fatal: Authentication failed for 'https://example.org'", "refused"),
        ("fatal: something else", ""),
    ],
)
def test_what_git_says_has_a_meaning(said, meaning):
    error = GitRefused(("push", "origin"), said + "\nhint: a hint\n")
    assert error.meaning == meaning
    assert "git push failed" in str(error)
    assert "hint" not in str(error)


def test_who_never_told_git_their_name_can_commit(root, monkeypatch):
    for name in ("GIT_COMMITTER_EMAIL", "GIT_AUTHOR_EMAIL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    git(root, "config", "vivex.reviewer", "mk")
    assert identity(root)["GIT_COMMITTER_NAME"] == "mk"
    commit = commit_files(root, {}, parents=(), message="x")
    assert git(root, "log", "-1", "--format=%an", commit) == "mk"
    git(root, "config", "user.email", "me@example.org")
    assert identity(root) == {}


def test_a_command_that_fails_is_an_error_or_no_answer(root):
    with pytest.raises(GitRefused, match="git checkout failed"):
        git(root, "checkout", "nothing")
    assert asked(root, "rev-parse", "nothing") == ""


def test_git_that_is_not_installed_is_named(root, monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ReviewError, match="git is not installed"):
        git(root, "status")
