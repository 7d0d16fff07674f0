"""Closing a study commits it; Send and get brings this copy and the team's together, through a bare repository."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk.browsing import at_desk, chromium, needs_chromium, open_study, saved
from desk.conftest import opened
from desk.test_desk_review import answer_all
from small_review import write_study
from team.copies import Team, say, team
from vivex.desk.desk_review import DeskReview, id_of
from vivex.people.assign import Assignment, record
from vivex.people.store import read_statement
from vivex.review import Review
from vivex.team.git import asked
from vivex.verbs.desk import committing, sending

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ONE, OTHER = "study-0", "study-1"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium."""
    with chromium() as made:
        yield made


@pytest.fixture
def shared(tmp_path: Path) -> Team:
    """Return a team of mk, whose review is shared in a folder; two of its papers are read."""
    made = team(tmp_path)
    mk = made.copy("mk")
    for study in (ONE, OTHER):
        write_study(mk, study)
    record(mk, [Assignment(ONE, "mk", False), Assignment(ONE, "th", False), Assignment(OTHER, "mk", True)])
    return made


def desk_of(review: Review) -> DeskReview:
    """Return mk's desk, as `vivex desk` opens it."""
    return DeskReview(review, "mk", send=sending(review), commit=committing(review))


@pytest.mark.parametrize("study", [ONE, OTHER])
def test_closing_a_study_commits_it(shared: Team, study: str) -> None:
    desk = desk_of(shared.copy("mk"))
    answer_all(desk, study)
    before = asked(desk.review.root, "rev-parse", "HEAD")
    with opened(desk) as visitor:
        visitor.enter()
        closed = visitor.post(f"/api/studies/{id_of(study)}/close", {})
        assert (closed.status, closed.data["blind"]) == (200, False)
        assert closed.data["said"] == ["Saved: mk: 1 study, studies handed out"]
    assert asked(desk.review.root, "rev-parse", "HEAD~1") == before
    assert asked(desk.review.root, "status", "--porcelain") == ""
    assert asked(desk.review.root, "log", "-1", "--format=%s").startswith("mk: 1 study")


def test_what_hinders_a_commit_takes_nothing_of_what_was_decided(shared: Team) -> None:
    desk = desk_of(shared.copy("mk"))
    answer_all(desk, OTHER)
    shutil.rmtree(desk.review.root / ".git")
    with opened(desk) as visitor:
        visitor.enter()
        closed = visitor.post(f"/api/studies/{id_of(OTHER)}/close", {}).data
    assert not closed["blind"]
    assert closed["said"][0].startswith("Saved here, but not committed: ")


@needs_chromium
@pytest.mark.slow
def test_send_and_get_brings_both_together(browser: Browser, shared: Team) -> None:
    mk, th = shared.copy("mk"), shared.copy("th")
    desk = desk_of(mk)
    shared.sync("mk", "th")
    say(th, "th", ONE, "male")
    shared.sync("th")
    with at_desk(browser, desk) as (page, _, faults):
        open_study(page, ONE)
        page.locator('[data-label="form.dose"]').focus()
        page.keyboard.press("t")
        saved(page)
        page.keyboard.press("B")
        page.get_by_role("button", name="Send and get").click()
        page.wait_for_selector("dialog[open]", timeout=60_000)
        assert page.locator("dialog li").all_inner_texts() == ["Saved: mk: 1 study", "Received: th: 1 study", "Sent."]
        page.get_by_role("button", name="Go on").click()
        page.get_by_text(f"th 1/{len(desk.questions)}").wait_for()
        shutil.move(Path(shared.place), Path(shared.place).with_name("drive-is-away"))
        page.get_by_role("button", name="Send and get").click()
        page.wait_for_selector("dialog[open]", timeout=60_000)
        assert "connect the drive" in page.locator("dialog").inner_text()
        page.get_by_role("button", name="Go on").click()
        open_study(page, ONE)  # deciding goes on without it
        page.locator('[data-label="form.sex"]').focus()
        page.keyboard.press("t")
        saved(page)
        assert faults == []
    shutil.move(Path(shared.place).with_name("drive-is-away"), Path(shared.place))
    shared.sync("mk", "th")
    both = {path.stem: read_statement(path) for path in (th.annotations / ONE).glob("*.jsonl")}
    assert {name: [a.label for a in one.decisions] for name, one in both.items()} == {
        "mk": ["form.dose", "form.sex"],
        "th": ["form.sex"],
    }
