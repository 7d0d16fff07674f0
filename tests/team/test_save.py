"""What is here is saved, and what a folder lacks comes back."""

from __future__ import annotations

import json
import shutil

import pytest

from team.copies import Team, begin, files, say
from vivex.errors import ReviewError
from vivex.team import save as saving
from vivex.team.git import asked, git
from vivex.team.save import save, told
from vivex.team.share import share


def test_saving_twice_changes_nothing(tmp_path):
    review = begin(tmp_path / "mk")
    say(review, "mk", "study-0", "male")
    assert save(review).message == "mk: 1 study, 3 papers"
    again = save(review)
    assert not again.changed
    assert again.message == ""


def test_what_one_person_keeps_is_not_shared(tmp_path):
    review = begin(tmp_path / "mk")
    for name in ("mk-1.xlsx", "protocol.docx", "dvc_plots/index.html"):
        (review.root / name).parent.mkdir(exist_ok=True)
        (review.root / name).write_text("x")
    save(review)
    shown = git(review.root, "ls-files")
    assert not {"mk-1.xlsx", "protocol.docx"} & set(shown.split())
    git(review.root, "add", ".")
    assert "xlsx" not in git(review.root, "ls-files") + "\n"


def test_a_folder_that_git_alone_moved_on_is_completed_not_reverted(shared: Team):
    """`git pull` by hand changes the pointer, and leaves the older files in the folder."""
    mk, th = shared.copy("mk"), shared.copy("th")
    say(mk, "mk", "study-0", "male")
    shared.sync("mk", "th")
    (th.root / ".dvc" / "tmp" / "vivex-folders.json").unlink()  # as if only DVC had been used
    say(mk, "mk", "study-0", "female")
    (mk.pdfs / "study-1.txt").write_text("read anew")
    shared.sync("mk")
    git(th.root, "pull", "-q")
    say(th, "th", "study-0", "male")
    shared.sync("th", "mk")
    assert files(mk) == files(th)
    assert (mk.pdfs / "study-1.txt").read_text() == "read anew"
    assert b"female" in (th.annotations / "study-0" / "mk.jsonl").read_bytes()


def test_a_damaged_statement_is_put_aside_and_the_good_one_stands(tmp_path):
    review = begin(tmp_path / "mk")
    say(review, "mk", "study-0", "male")
    save(review)
    path = review.annotations / "study-0" / "mk.jsonl"
    good = path.read_bytes()
    path.write_bytes(good[:40])
    (kept,) = save(review).aside
    assert path.read_bytes() == good
    assert (review.root / kept).read_bytes() == good[:40]
    assert not save(review).changed


def test_a_lock_that_stays_is_named_and_an_unfinished_merge_is_made_anew(tmp_path, monkeypatch):
    review = begin(tmp_path / "mk")
    save(review)
    monkeypatch.setattr(saving, "_LOCK_SECONDS", 0)
    lock = review.root / ".git" / "index.lock"
    lock.touch()
    with pytest.raises(ReviewError, match="git is at work"):
        save(review)
    lock.unlink()
    (review.root / ".git" / "rebase-merge").mkdir()
    with pytest.raises(ReviewError, match="rebase"):
        save(review)


def test_a_copy_without_connection_says_what_it_lacks(shared: Team):
    mk = shared.copy("mk")
    share(mk.root, shared.place)
    shutil.rmtree(mk.root / ".dvc" / "cache")
    shutil.rmtree(shared.folder / "share" / "data")
    with pytest.raises(ReviewError, match=r"are not here|isn't there"):
        save(mk)


def test_changes_are_told_in_words():
    before = {"pdfs": {"a": "1"}, "annotations": {}}
    after = {"pdfs": {"b": "1"}, "annotations": {"s/mk.jsonl": "1", "t/mk.jsonl": "2", "assignments/mk.jsonl": "3"}}
    assert told(before, after) == "mk: 2 studies, studies handed out, 2 papers"
    assert told(after, after) == "settings and results"
    assert json.dumps(asked is not None) == "true"
