"""A desk in Debian's Chromium, driven by Playwright; and papers whose every letter's place is known."""

from __future__ import annotations

import contextlib
import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from desk.conftest import Visitor, opened
from vivex.desk.desk_review import DeskReview
from vivex.document import write_document
from vivex.parse import parse_file
from vivex.review import Review

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine; `apt-get install chromium`")
NEVER = ("10 mg/kg", "grammar:test", '"confidence":0', "Wistar")  # what no answer of a blind study may hold


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as drive:
        made = drive.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield made
        finally:
            made.close()


@contextlib.contextmanager
def at_desk(browser: Browser, desk: DeskReview, **context: Any) -> Iterator[tuple[Page, Visitor, list[str]]]:
    """Open a desk in a window; give the page, who to ask directly, and what went wrong in it.

    A request to anything but this machine is refused, and counts as a fault.
    """
    with opened(desk) as visitor:
        made = browser.new_context(**{"viewport": {"width": 1300, "height": 850}, **context})
        faults: list[str] = []
        home = f"http://127.0.0.1:{visitor.port}/"

        def check(route: Any) -> None:
            if route.request.url.startswith((home, "blob:", "data:")):
                route.continue_()
            else:
                faults.append(f"asked for {route.request.url}")
                route.abort()

        made.route("**/*", check)
        page = made.new_page()
        page.set_default_timeout(20_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on("dialog", lambda box: faults.append(f"a dialog: {box.message}"))
        page.goto(f"{home}?token={visitor.latch.token}")
        page.wait_for_selector(".board-table")
        cookie = next(one for one in made.cookies() if one["name"] == visitor.latch.cookie_name)
        visitor.headers["Cookie"] = f"{cookie['name']}={cookie['value']}"
        try:
            yield page, visitor, faults
        finally:
            page.unroute_all(behavior="ignoreErrors")
            made.close()


def open_study(page: Page, study: str) -> None:
    """Go to a study from the board."""
    page.get_by_role("link", name=study, exact=True).click()
    page.wait_for_selector(".question.current")


def until(page: Page, expression: str, seconds: float = 20) -> None:
    """Wait until a JavaScript expression holds; the page's own policy forbids Playwright to wait by itself."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(20)


def saved(page: Page) -> None:
    """Wait until the desk says that all is saved."""
    until(page, "document.getElementById('saved').textContent === 'Saved'")


def add_pdf(review: Review, study: str, path: Path) -> None:
    """Put a paper into the review as the stages would, with nothing proposed."""
    target = review.pdfs / f"{study}.pdf"
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(path, target)
    write_document(parse_file(target), review.outputs / "documents" / f"{study}.json")
    form = review.outputs / "forms" / f"{study}.json"
    form.parent.mkdir(parents=True, exist_ok=True)
    form.write_text(json.dumps({"form": "invivo", "study": study, "fields": {}}), encoding="utf-8")


LEFT = (
    "Methods of the fictitious trial",
    "Forty Wistar rats were kept in pairs and fed",
    "with pellets. Each rat of the treated group had",
    "saltwort at 5 mg/kg by gavage for nine days.",
    "The others had water in the same volume.",
)
RIGHT = (
    "Results of the fictitious trial",
    "Infarcts shrank by a third in treated animals",
    "and stayed as they were in all the others. No",
    "animal died, none was left out of the counts.",
    "Weights did not differ between the two groups.",
)


def two_columns(path: Path, *, rotation: int = 0, unit: int = 1, crop: bool = False, pages: int = 1) -> None:
    """Write a paper of two columns: turned, cropped, or in units of its own."""
    import pymupdf

    made = pymupdf.open()
    for number in range(pages):
        page = made.new_page(width=500, height=420)
        for x, lines in ((60, LEFT), (270, RIGHT)):
            for n, line in enumerate((*lines, *(lines[1:] * 3))):
                page.insert_text((x, 80 + 14 * n), line, fontsize=9, fontname="tiro")
        page.insert_text((60, 400), f"Page {number + 1}", fontsize=8)
        if crop:
            page.set_cropbox(pymupdf.Rect(40, 30, 490, 410))
        page.set_rotation(rotation)
        if unit != 1:
            made.xref_set_key(page.xref, "UserUnit", str(unit))
    made.save(path)
    made.close()


def letters(path: Path, words: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return where the first letter of some words begins and the last one ends, as shares of the page as shown."""
    import pymupdf

    with pymupdf.open(path) as made:
        page = made[0]
        places = page.get_text("rawdict")["blocks"]
        line = next(
            line
            for block in places
            for line in block.get("lines", ())
            if words in "".join(c["c"] for span in line["spans"] for c in span["chars"])
        )
        glyphs = [c for span in line["spans"] for c in span["chars"]]
        start = "".join(c["c"] for c in glyphs).index(words)
        boxes = [pymupdf.Rect(c["bbox"]) for c in (glyphs[start], glyphs[start + len(words) - 1])]
        whole = page.rect
        ends = []
        for box, x in ((boxes[0], boxes[0].x0 + 0.4), (boxes[1], boxes[1].x1 - 0.4)):
            point = pymupdf.Point(x, (box.y0 + box.y1) / 2) * page.rotation_matrix
            ends.append((point.x / whole.width, point.y / whole.height))
        return ends[0], ends[1]
