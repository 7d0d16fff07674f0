"""Two commits in one, beside the files."""

from __future__ import annotations

import yaml

from team.copies import Team, say
from vivex.team.bring import listing_in
from vivex.team.git import commit_files, commit_of, content, files, git, keep
from vivex.team.save import save
from vivex.team.together import together


def test_the_commit_of_both_holds_both_and_one_that_holds_all_is_taken(shared: Team):
    mk = shared.copy("mk")
    root, base = mk.root, commit_of(mk.root, "HEAD")
    say(mk, "mk", "study-0", "male")
    ours = save(mk).commit
    assert together(root, ours, base).commit == ours
    assert together(root, base, ours).commit == ours
    lock = {"schema": "2.0", "stages": {"agree": {"cmd": "theirs"}}}
    theirs = commit_files(
        root,
        {
            **files(root, base),
            ".gitignore": keep(root, content(root, files(root, base)[".gitignore"]) + b"theirs\n"),
            "dvc.lock": keep(root, yaml.safe_dump(lock).encode()),
        },
        parents=(base,),
        message="theirs",
    )
    before = git(root, "status", "--porcelain")
    whole = together(root, ours, theirs)
    tree = files(root, whole.commit)
    assert git(root, "log", "-1", "--format=%P", whole.commit).split() == [ours, theirs]
    assert b"theirs" in content(root, tree[".gitignore"])
    assert "dvc.lock" in tree
    assert "study-0/mk.jsonl" in listing_in(root, files(root, whole.commit), "annotations")
    assert git(root, "status", "--porcelain") == before
    assert together(root, whole.commit, theirs).commit == whole.commit
