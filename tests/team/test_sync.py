"""What `vivex sync` does for people: nothing lost, whatever the order, and a plain sentence for each hindrance."""

from __future__ import annotations

import pytest

from team.copies import Team, begin, files, lose, say
from vivex.errors import ReviewError
from vivex.people.store import read_statement
from vivex.review import absent
from vivex.team import bring, share
from vivex.team.cache import cache_of
from vivex.team.git import asked, git
from vivex.team.pointers import lock_text, read_lock
from vivex.team.sync import sync


def test_each_gets_what_the_others_decided(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    say(mk, "mk", "study-0", "male")
    say(th, "th", "study-0", "female")
    assert shared.sync("mk").sent
    done = shared.sync("th")
    assert (done.saved.message, done.received, done.sent) == ("th: 1 study", "mk: 1 study", True)
    shared.sync("mk")
    assert files(mk) == files(th)
    assert {"annotations/study-0/mk.jsonl", "annotations/study-0/th.jsonl"} <= set(files(mk))
    again = shared.sync("mk")
    assert (again.sent, again.saved.changed, again.received) == (False, False, "")
    assert asked(mk.root, "status", "--porcelain") == ""


def test_a_new_paper_and_a_changed_setting_reach_the_others(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    (mk.pdfs / "new-2024.txt").write_text("A new one", encoding="utf-8")
    (th.root / "params.yaml").write_text(mk.root.joinpath("params.yaml").read_text() + "# ours\n", encoding="utf-8")
    assert shared.sync("mk").saved.message == "1 paper"
    shared.sync("th", "mk")
    assert files(mk) == files(th)
    assert mk.root.joinpath("params.yaml").read_text().endswith("# ours\n")


def test_one_person_in_two_places_is_asked(shared: Team):
    mk, elsewhere = shared.copy("mk"), shared.copy("laptop")
    say(mk, "mk", "study-0", "male")
    say(elsewhere, "mk", "study-0", "female")
    say(elsewhere, "mk", "study-1", "female")
    shared.sync("mk")
    (question,) = shared.sync("laptop").questions
    assert "“female” and “male”" in str(question)
    assert not shared.sync("mk").questions
    both = read_statement(mk.annotations / "study-0" / "mk.jsonl")
    assert {a.value for a in both.decisions} == {"male", "female"}
    assert not both.reviewed
    say(mk, "mk", "study-0", "male")
    shared.sync("mk", "laptop")
    assert [a.value for a in read_statement(elsewhere.annotations / "study-0" / "mk.jsonl").decisions] == ["male"]


def test_what_is_absent_is_not_none(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    say(mk, "mk", "study-0", "male")
    shared.sync("mk", "th")
    lose(th, "pdfs")
    lose(th, "annotations")
    assert absent(th) == {"pdfs": 3, "annotations": 2}  # a statement and codebooks.jsonl
    done = shared.sync("th")
    assert len(done.saved.restored) == 5
    assert not done.sent
    assert files(th) == files(mk)


def test_a_folder_emptied_and_added_by_hand_takes_nothing_from_the_team(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    lose(th, "pdfs")
    pointer = th.root / "pdfs.dvc"
    pointer.write_text(th.root.joinpath("annotations.dvc").read_text().replace("annotations", "pdfs"))  # of no file
    git(th.root, "commit", "-qam", "oops")
    shared.sync("th", "mk")
    assert len(list(mk.pdfs.iterdir())) == len(list(th.pdfs.iterdir())) == 3


def test_two_versions_of_a_paper_are_both_kept(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    for review, text in ((mk, "one"), (th, "two")):
        (review.pdfs / "study-0.txt").write_text(text, encoding="utf-8")
    shared.sync("mk")
    (kept,) = shared.sync("th").aside
    assert kept.startswith("pdfs/two-versions/study-0.")
    assert {(th.root / kept).read_text(), (th.pdfs / "study-0.txt").read_text()} == {"one", "two"}


def test_a_setting_that_both_changed_stands_as_the_team_has_it(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    text = (mk.root / "params.yaml").read_text(encoding="utf-8")
    for review, seconds in ((mk, "400"), (th, "500")):
        (review.root / "params.yaml").write_text(text.replace("300", seconds), encoding="utf-8")
    shared.sync("mk")
    assert shared.sync("th").yours == ("params.yaml",)
    assert "400" in (th.root / "params.yaml").read_text(encoding="utf-8")
    assert "500" in (th.root / "params.yaml.yours").read_text(encoding="utf-8")
    assert asked(th.root, "status", "--porcelain") in ("", "?? params.yaml.yours")


def test_without_a_place_all_is_saved_and_the_way_is_shown(tmp_path):
    review = begin(tmp_path / "mk")
    done = sync(review)
    assert (done.why, done.saved.message) == ("alone", "3 papers")
    share.share(review.root, str(tmp_path / "share"))
    assert sync(review).sent
    with pytest.raises(ReviewError, match="isn't there; connect the drive"):
        share.share(review.root, str(tmp_path / "no" / "drive"))


def test_offline_all_is_saved_and_goes_the_next_time(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    away = shared.folder / "away"
    (shared.folder / "share").rename(away)
    say(th, "th", "study-0", "male")
    done = shared.sync("th")
    assert (done.why, done.saved.changed) == ("offline", True)
    assert done.said == f"{shared.folder / 'share'} isn't there; connect the drive"
    away.rename(shared.folder / "share")
    assert shared.sync("th").sent
    shared.sync("mk")
    assert files(mk) == files(th)


def test_what_was_sent_by_git_alone_is_waited_for(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    say(mk, "mk", "study-0", "male")
    (shared.folder / "share").rename(shared.folder / "away")
    shared.sync("mk")  # saved only
    (shared.folder / "away").rename(shared.folder / "share")
    git(mk.root, "push", "-q", "origin", "HEAD:main")
    say(th, "th", "study-1", "male")
    done = shared.sync("th")
    assert done.why == "offline"
    assert "ask whoever sent the last changes to run `vivex sync`" in done.said
    shared.sync("mk", "th", "mk")
    assert files(mk) == files(th)


def test_a_branch_that_only_its_keeper_may_change_gets_a_proposal(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    hook = shared.folder / "share" / "review.git" / "hooks" / "update"
    hook.write_text('#!/bin/sh\n[ "$1" = refs/heads/main ] && echo protected branch >&2 && exit 1\nexit 0\n')
    hook.chmod(0o755)
    say(th, "th", "study-0", "male")
    done = shared.sync("th")
    assert done.why == "protected"
    assert done.said.startswith("sync-")
    hook.unlink()
    assert shared.sync("mk").received == "th: 1 study"
    assert files(mk) == files(th)


def test_another_review_is_never_laid_over_this_one(shared: Team, tmp_path):
    other = begin(tmp_path / "other")
    share.share(other.root, shared.place)
    with pytest.raises(ReviewError, match="holds another review"):
        sync(other)


def test_a_place_for_the_data_is_asked_for(shared: Team, tmp_path):
    review = begin(tmp_path / "other")
    git(tmp_path, "init", "-q", "--bare", "bare")
    git(review.root, "remote", "add", "origin", str(tmp_path / "bare"))
    with pytest.raises(ReviewError, match="vivex sync --data FOLDER"):
        sync(review)
    share.data(review.root, str(tmp_path / "data"))
    assert sync(review).sent


@pytest.mark.parametrize("written", range(3))
def test_a_sync_cut_short_is_finished_by_the_next(shared: Team, monkeypatch, written):
    mk, th = shared.copy("mk"), shared.copy("th")
    for number in range(3):
        say(mk, "mk", f"study-{number}", "male")
    shared.sync("mk")
    say(th, "th", "study-0", "female")
    left = iter(range(written))
    real = bring.write_bytes

    def killed(path, data):
        if path.name == "mk.jsonl" and next(left, None) is None:
            raise KeyboardInterrupt
        real(path, data)

    monkeypatch.setattr(bring, "write_bytes", killed)
    with pytest.raises(KeyboardInterrupt):
        shared.sync("th")
    monkeypatch.undo()
    assert bring.journal_path(th.root).exists()
    assert len([name for name in files(th) if name.endswith("mk.jsonl")]) == written
    say(th, "th", "study-1", "female")  # goes on working before the next sync
    shared.sync("th", "mk", "th")
    assert not bring.journal_path(th.root).exists()
    assert files(mk) == files(th)
    assert len([name for name in files(mk) if name.endswith("th.jsonl")]) == 2


def test_who_works_on_a_branch_of_their_own_sends_to_the_teams(shared: Team):
    """As the page of version 0.1 said: `git switch -c th`, push, `git merge th`."""
    mk, th = shared.copy("mk"), shared.copy("th")
    git(th.root, "switch", "-qc", "th")
    say(th, "th", "study-0", "male")
    say(mk, "mk", "study-0", "female")
    shared.sync("th")
    git(th.root, "push", "-q", "origin", "HEAD:th")
    shared.sync("mk", "th")
    assert files(mk) == files(th)
    assert asked(th.root, "symbolic-ref", "--short", "HEAD") == "th"
    assert "annotations/study-0/th.jsonl" in files(mk)


def test_two_people_who_both_ran_the_stages_have_one_lock(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    for review, name in ((mk, "agree"), (th, "final")):
        folder = review.outputs / name
        folder.mkdir(parents=True)
        (folder / "report.html").write_text(name)
        cache = cache_of(review.root)
        oid = cache.put_listing({"report.html": cache.put(name.encode())})
        stage = {"cmd": f"vivex {name}", "outs": [{"path": f"outputs/{name}", "md5": oid}]}
        (review.root / "dvc.lock").write_text(lock_text({name: stage}), encoding="utf-8")
    shared.sync("mk", "th", "mk")
    for review in (mk, th):
        assert sorted(read_lock((review.root / "dvc.lock").read_bytes())) == ["agree", "final"]
        assert (review.outputs / "agree" / "report.html").read_text() == "agree"
        assert (review.outputs / "final" / "report.html").read_text() == "final"
