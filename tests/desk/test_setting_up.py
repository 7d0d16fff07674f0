"""The set-up screens in a browser: files dropped, questions added, tried on a paper and saved, conventions chosen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from desk.browsing import at_desk, chromium, needs_chromium, until
from desk.conftest import BLIND, STUDY
from desk.test_adding import RIS, jats
from vivex.desk.deciding import Act, act, version
from vivex.desk.desk_review import DeskReview
from vivex.people.library import from_library

if TYPE_CHECKING:
    from playwright.sync_api import Browser, FilePayload, Page

pytestmark = [needs_chromium, pytest.mark.slow]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return Chromium."""
    with chromium() as made:
        yield made


def file(name: str, data: bytes) -> FilePayload:
    """Return a file to drop."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def test_papers_and_a_library_are_dropped_together(browser: Browser, desk: DeskReview) -> None:
    title = "Livers of the fictitious and rather young rat"
    dropped = [
        file("library.ris", RIS.format(name="Ole.xml").encode()),
        file("Ole.xml", jats("Kidneys", doi="10.5555/ole", state="old")),
        file("fen.xml", jats(title)),
        file("preprint.xml", jats(title, doi="10.5555/preprint", state="healthy")),
        file("notes.docx", b"PK"),
    ]
    with at_desk(browser, desk) as (page, _, faults):
        page.keyboard.press("S")
        page.wait_for_selector(".drop input")
        page.set_input_files(".drop input", dropped)
        page.wait_for_selector("dialog[open]", timeout=60_000)
        assert "preprint.xml: it has the title of fen" in page.locator("dialog").inner_text()
        page.get_by_role("button", name="Leave it out").click()
        until(page, "document.querySelectorAll('.came li').length === 5")
        page.get_by_text("library.ris: 1 record, 1 of papers of this review (1 newly told)").wait_for()
        assert "'notes.docx': only" in page.locator(".came").inner_text()
        assert [fault for fault in faults if "409" not in fault] == []
    assert sorted(p.name for p in desk.review.pdfs.iterdir()) == ["Ole.xml", "fen.xml"]
    assert from_library(desk.review)["Ole"].authors == ("Ole, Anna",)


def to_form(page: Page) -> None:
    """Go to the form by the set-up screen."""
    page.keyboard.press("S")
    page.get_by_role("link", name="Questions of the form").click()
    page.wait_for_selector(".asked")


def test_a_question_is_added_tried_and_saved_by_keys(browser: Browser, desk: DeskReview) -> None:
    act(desk, STUDY, Act("add", "form.age", version(desk.statement(STUDY), "form.age"), value="8 weeks"))
    before = desk.review.codebook.read_text(encoding="utf-8")
    said: list[list[str]] = []
    desk.assign = lambda words: said.append([*words]) or ["how: asked of mk, th in 2 studies"]
    with at_desk(browser, desk) as (page, _, faults):
        to_form(page)
        page.locator("#add-question").focus()
        page.keyboard.press("Enter")
        page.keyboard.type("how")
        page.get_by_label("The question, as reviewers read it").fill("How was it injected?")
        page.get_by_label("An answer is").select_option("category")
        page.get_by_label("Categories, one on each line").fill("vein = venous; i.v.\ngavage")
        papers = page.locator(".try select option").all_inner_texts()
        assert STUDY in papers
        assert BLIND not in papers
        page.get_by_role("button", name="Look").click()
        page.get_by_text(f"In {STUDY} it proposes:").wait_for(timeout=60_000)
        assert "vein" in page.locator(".found").inner_text()
        assert desk.review.codebook.read_text(encoding="utf-8") == before
        page.get_by_role("button", name="Keep").click()
        page.get_by_role("button", name="Move how up").click()
        page.get_by_role("button", name="Take age out").click()
        page.get_by_label("High: animals are missing somewhere").check()
        page.keyboard.press("B")  # what isn't saved is there again
        page.wait_for_selector(".board-table")
        to_form(page)
        assert page.get_by_text("Not saved yet").count() == 1
        page.get_by_role("button", name="Save the form…").click()
        page.wait_for_selector("dialog[open]")
        told = page.locator("dialog").inner_text()
        assert "how: a new question" in told
        assert "age: asked no more; kept in annotations/, but shown in no table: 1 answer in 1 study" in told
        assert "SYRCLE convention n as range: unclear becomes high" in told
        page.get_by_role("button", name="Save", exact=True).click()
        page.get_by_role("button", name="Hand out").click()
        page.get_by_text("how: asked of mk, th in 2 studies").wait_for()
        assert page.get_by_text("Saved as it stands").count() == 1
        assert faults == []
    assert said == [["--fields", "how"]]
    after = desk.review.codebook.read_text(encoding="utf-8")
    names = [f.name for f in desk.codebook.fields]
    assert (names[-2], "age" in names) == ("how", False)
    assert dict(desk.codebook.fields[-2].synonyms) == {"vein": ("venous", "i.v.")}
    assert desk.codebook.setting("n_as_range") == "high"
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert comments
    assert [line for line in after.splitlines() if line.startswith("#")] == comments


def test_a_question_that_is_not_legal_is_not_saved(browser: Browser, desk: DeskReview) -> None:
    before = desk.review.codebook.read_bytes()
    with at_desk(browser, desk) as (page, _, faults):
        to_form(page)
        page.get_by_role("button", name="Change species").click()
        page.get_by_label("Short name").fill("Which Animal")
        page.get_by_role("button", name="Keep").click()
        page.get_by_role("button", name="Save the form…").click()
        page.wait_for_selector("dialog[open]")
        assert "must be lower case" in page.locator("dialog").inner_text()
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("button", name="Discard").click()
        assert page.get_by_text("Saved as it stands").count() == 1
        assert [fault for fault in faults if "409" not in fault] == []
    assert desk.review.codebook.read_bytes() == before


def test_a_meeting_reads_the_form(browser: Browser, desk: DeskReview) -> None:
    with at_desk(browser, DeskReview(desk.review)) as (page, _, faults):
        to_form(page)
        assert page.locator(".asked button, #add-question, .foot").count() == 0
        assert page.locator(".conventions input:not(:disabled)").count() == 0
        assert faults == []
