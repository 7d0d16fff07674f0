"""Time the desk's first page of a dense 60-page paper, and watch its memory while the paper is scrolled to its end.

    python benchmarks/desk_pages.py [--pages 60]

The paper is made here: two columns of 58 lines a page, some 7,000 characters. The desk runs as `vivex desk` starts it;
Chromium (/usr/bin/chromium, driven by Playwright) opens the study from the board. How much slower than at rest the
machine was is told beside the figures: a fixed sum takes 0.08 s where nothing else runs.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from vivex.codebook import template_path
from vivex.document import write_document
from vivex.parse import parse_file

STUDY = "long-2024"
WORDS = (
    "Forty fictitious Wistar rats were kept in pairs and fed with pellets; each rat of the treated group had saltwort "
    "at 5 mg/kg by gavage for nine days, and the others had water in the same volume. Infarcts shrank by a third and "
    "nobody died."
).split()
SCROLL = """async () => {
  const seen = [];
  const watch = new PerformanceObserver((list) => seen.push(...list.getEntries().map((one) => one.duration)));
  watch.observe({ type: 'longtask' });
  const pane = document.querySelector('.scroller');
  while (pane.scrollTop + pane.clientHeight < pane.scrollHeight - 5) {
    pane.scrollTop += 300;
    await new Promise((done) => setTimeout(done, 60));
  }
  watch.disconnect();
  return Math.max(0, ...seen);
}"""


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--pages", type=int, default=60)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "review"
        make_review(root, options.parse_args().pages)
        words = [sys.executable, "-m", "vivex.cli", "desk", "--root", str(root), "--reviewer", "mk", "--no-browser"]
        with subprocess.Popen([*words, "--port", "0"], stdout=subprocess.PIPE, text=True) as desk:
            assert desk.stdout is not None
            address = re.search(r"http://\S+", desk.stdout.readline())
            assert address is not None
            watch(address[0], psutil.Process(desk.pid))
            desk.terminate()


def make_review(root: Path, pages: int) -> None:
    """Write a review of one long paper, read and with an empty form."""
    import pymupdf

    for name in ("pdfs", "annotations", "outputs/forms"):
        (root / name).mkdir(parents=True)
    (root / "codebook.yaml").write_bytes(template_path("invivo").read_bytes())
    with pymupdf.open() as pdf:
        text = itertools.cycle(WORDS)
        for _ in range(pages):
            page = pdf.new_page(width=595, height=842)
            for x, line in itertools.product((50, 305), range(58)):
                page.insert_text((x, 70 + 12.5 * line), " ".join(itertools.islice(text, 10)), fontsize=9)
        pdf.save(root / "pdfs" / f"{STUDY}.pdf")
    document = parse_file(root / "pdfs" / f"{STUDY}.pdf")
    write_document(document, root / "outputs" / "documents" / f"{STUDY}.json")
    form = {"form": "invivo", "study": STUDY, "fields": {}}
    (root / "outputs" / "forms" / f"{STUDY}.json").write_text(json.dumps(form), encoding="utf-8")


def watch(address: str, desk: psutil.Process) -> None:
    """Open the study, scroll it, and tell what it took."""
    from playwright.sync_api import sync_playwright

    peak, done = {"server": 0, "painter": 0}, threading.Event()

    def look() -> None:
        while not done.wait(0.05):
            peak["server"] = max(peak["server"], desk.memory_info().rss)
            below = sum(one.memory_info().rss for one in desk.children(recursive=True) if one.is_running())
            peak["painter"] = max(peak["painter"], below)

    with sync_playwright() as drive:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = drive.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_context(viewport={"width": 1300, "height": 850}).new_page()
        page.goto(address)
        page.wait_for_selector(".board-table")
        page.wait_for_timeout(5000)  # a person reads the board meanwhile
        threading.Thread(target=look, daemon=True).start()
        slower = slowness()
        begin = time.monotonic()
        page.get_by_role("link", name=STUDY, exact=True).click()
        page.wait_for_selector(".question.current")
        form = time.monotonic() - begin
        while not page.evaluate("document.querySelector('.sheet img')?.naturalWidth > 0"):
            page.wait_for_timeout(10)
        first = time.monotonic() - begin
        slower = max(slower, slowness())
        longest = page.evaluate(SCROLL)
        page.wait_for_timeout(2000)
        done.set()
        browser.close()
    print(f"form {form:.2f} s, first page {first:.2f} s, longest task while scrolling {longest:.0f} ms")
    print(f"peak of resident memory: server {peak['server'] / 1e6:.0f} MB, painter {peak['painter'] / 1e6:.0f} MB")
    print(f"the machine was up to {slower:.1f} times slower than at rest")


def slowness() -> float:
    """Return by how much this machine is slower than the one of the figures at rest."""
    begin = time.perf_counter()
    sum(n * n for n in range(1_000_000))
    return (time.perf_counter() - begin) / 0.08


if __name__ == "__main__":
    main()
