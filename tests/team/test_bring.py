"""Files are brought from one commit to the next, and what changed in between is united."""

from __future__ import annotations

from team.copies import Team, files, say
from vivex.team.bring import bring, finish, in_step_with, merged_text, read_journal, remember
from vivex.team.git import commit_of, git
from vivex.team.save import save


def test_forth_and_back_and_again(shared: Team):
    mk = shared.copy("mk")
    old = commit_of(mk.root, "HEAD")
    was = files(mk)
    say(mk, "mk", "study-0", "male")
    (mk.root / "outputs" / "agreement.json").write_text("{}")
    new = save(mk).commit
    now = files(mk)
    git(mk.root, "branch", "kept", new)
    for commit, wanted in ((old, was), (new, now), (new, now)):
        assert bring(mk, commit_of(mk.root, "HEAD"), commit) == []
        assert files(mk) == wanted
        assert commit_of(mk.root, "HEAD") == commit
        assert git(mk.root, "status", "--porcelain") == ""
    assert read_journal(mk.root) is None
    assert not finish(mk)


def test_what_was_decided_in_between_stays(shared: Team):
    mk = shared.copy("mk")
    old = commit_of(mk.root, "HEAD")
    say(mk, "mk", "study-0", "male")
    new = save(mk).commit
    bring(mk, new, old)
    say(mk, "mk", "study-0", "rat", "form.species")
    bring(mk, old, new)
    text = (mk.annotations / "study-0" / "mk.jsonl").read_text()
    assert '"male"' in text
    assert '"rat"' in text


def test_two_texts_are_one_or_theirs():
    base = b"1\n2\n3\n4\n5\n"
    assert merged_text(b"0\n2\n3\n4\n5\n", base, b"1\n2\n3\n4\n6\n") == (b"0\n2\n3\n4\n6\n", True)
    assert merged_text(b"a\n", b"b\n", b"c\n") == (b"c\n", False)


def test_what_a_folder_is_in_step_with_is_remembered(tmp_path):
    (tmp_path / ".dvc" / "tmp").mkdir(parents=True)
    assert in_step_with(tmp_path, "pdfs") == ""
    remember(tmp_path, "pdfs", "1.dir")
    remember(tmp_path, "annotations", "2.dir")
    assert in_step_with(tmp_path, "pdfs") == "1.dir"
