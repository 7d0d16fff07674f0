"""What a person sees of long work, in words."""

from __future__ import annotations

import pytest

from vivex.errors import TransientFault, UnreadablePaper
from vivex.pool import Outcome
from vivex.progress import Progress, Spent, duration, line, pace, summary


def test_how_far_it_is_is_said() -> None:
    assert pace(0, 300, 1.0) == "300 left"
    assert pace(30, 300, 60.0, ["a-2019"]) == "270 left, 30 a minute, 9 min 0 s to go, now a-2019"
    assert pace(1, 2, 8.0, list("abcde")).endswith("now a, b, c and 2 more")


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.04, "0.0 s"), (8.24, "8.2 s"), (59.2, "59 s"), (200, "3 min 20 s"), (7500, "2 h 5 min")]
)
def test_times_are_said_as_people_say_them(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_a_line_a_paper(capsys) -> None:
    outcomes = [
        Outcome("ames-2019", value=b"", seconds=8.24),
        Outcome("bell-2020", error=UnreadablePaper("timed out", "split it"), seconds=300),
        Outcome("cole-2021", error=TransientFault("disk full")),
    ]
    watch = Progress(verbose=True)
    assert list(watch(iter(outcomes), 3, "recognize")) == outcomes
    assert capsys.readouterr().err.splitlines() == [
        "  recognize: ames-2019: done, 8.2 s",
        "  recognize: bell-2020: timed out, 5 min 0 s",
        "  recognize: cole-2021: not done, 0.0 s",
    ]
    assert watch.stages["recognize"].papers == 3
    assert watch.stages["recognize"].worked == pytest.approx(308.24)
    assert line("parse", outcomes[0]) == "  parse: ames-2019: done, 8.2 s"


def test_nothing_is_shown_where_nobody_looks(capsys) -> None:
    assert list(Progress()(iter([Outcome("a")]), 1, "parse")) == [Outcome("a")]
    assert capsys.readouterr() == ("", "")


def test_where_the_time_went() -> None:
    stages = {"parse": Spent(300, 60.0, 90.0), "assess": Spent()}
    others = [("report", 8.0), ("tables", 0.2)]
    assert summary(stages, others) == ["parse: 1 min 0 s, 300 papers, 300 a minute, 0.3 s each", "report: 8.0 s"]
