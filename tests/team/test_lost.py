"""What a merge by hand lost is found, and brought back by the next sync."""

from __future__ import annotations

from team.copies import Team, files, say
from vivex.codebook import read_codebook
from vivex.people.check import check
from vivex.team.bring import listing_in
from vivex.team.git import files as committed
from vivex.team.git import git
from vivex.team.lost import lost
from vivex.team.save import save


def test_what_a_merge_by_hand_lost_is_named_and_comes_back(shared: Team):
    mk, th = shared.copy("mk"), shared.copy("th")
    say(mk, "mk", "study-0", "male")
    shared.sync("mk")
    say(th, "th", "study-1", "female")
    save(th)
    git(th.root, "fetch", "-q", "origin")
    git(th.root, "merge", "-q", "-s", "ours", "-m", "by hand", "origin/main")
    here = listing_in(th.root, committed(th.root, "HEAD"), "annotations")
    assert sorted(here) == ["codebooks.jsonl", "study-1/th.jsonl"]
    assert sorted(lost(th.root, here)) == ["study-0/mk.jsonl"]
    (fault,) = [f for f in check(th, read_codebook(th.codebook)) if f.weight == "error"]
    assert str(fault) == "error: study-0/mk.jsonl: vanished in a merge; `vivex sync` brings it back"
    shared.sync("th", "mk")
    assert files(mk) == files(th)
    assert "annotations/study-0/mk.jsonl" in files(th)
    assert lost(th.root, listing_in(th.root, committed(th.root, "HEAD"), "annotations")) == {}
