"""`vivex desk`: opens, says where, ends by an interrupt; bad input named in one line."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from verbs.conftest import Call, one_line
from vivex.errors import ReviewError
from vivex.people.assign import assigned
from vivex.review import Review
from vivex.verbs.desk import assigning


def test_the_desk_opens_says_where_and_ends(review: Review, tmp_path: Path) -> None:
    words = [sys.executable, "-m", "vivex.cli", "desk", "--root", str(review.root), "--reviewer", "mk"]
    command = [*words, "--no-browser", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        found = re.fullmatch(
            r"The desk is open for mk: http://127\.0\.0\.1:(\d+)(/\?token=\S+)\n", child.stdout.readline()
        )
        assert found is not None
        line = http.client.HTTPConnection("127.0.0.1", int(found[1]), timeout=20)
        line.request("GET", found[2])
        assert line.getresponse().status == 303
        line.close()
        child.send_signal(signal.SIGINT)
        _, err = child.communicate(timeout=30)
    assert child.returncode in (0, 130)
    assert "Traceback" not in err


def test_bad_input_is_named_in_one_line(review: Review, vivex: Call, tmp_path: Path) -> None:
    one_line(vivex("desk", "--root", tmp_path), "desk", "no codebook.yaml")
    one_line(vivex("desk", "--root", review.root), "desk", "--reviewer")
    one_line(vivex("desk", "--root", review.root, "--reviewer", "m k"), "desk", "can't be a reviewer's name")
    vivex("assign", "mk", "th", "--root", review.root)
    one_line(vivex("desk", "--root", review.root, "--reviewer", "xy"), "desk", "known: mk, th")
    one_line(vivex("desk", "--root", review.root, "--reviewer", "mk", "--port", "99999"), "desk", "--port 99999")


def test_the_desk_hands_out_as_the_verb_does(review: Review) -> None:
    said = assigning(review)(["--blind", "0.5", "mk", "th"])
    assert said[0] == "8 assignments of 4 studies, 4 of them blind"
    assert len(assigned(review)) == 8
    with pytest.raises(ReviewError, match="2 reviewers for each study"):
        assigning(review)(["mk"])
