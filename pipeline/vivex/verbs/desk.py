"""`vivex desk`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vivex.review import Review

HELP = "Open the review desk in your browser: the paper beside its form, on this machine only"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--reviewer", help="who decides here (default: who worked on this machine last)")
    parser.add_argument(
        "--read-only",
        action="store_true",
        help="decide nothing: for a meeting; with --reviewer NAME, that one's answers are shown",
    )
    parser.add_argument("--port", type=int, default=8765, help="where to listen (default: 8765, or the next free one)")
    parser.add_argument("--no-browser", action="store_true", help="print the address only")


def sending(review: Review) -> Callable[[], list[str]]:
    """Return what brings this copy and the team's together, and says in plain words what it did."""

    def send() -> list[str]:
        from vivex.team.sync import sync
        from vivex.verbs.sync import told

        return told(sync(review))

    return send


def committing(review: Review) -> Callable[[], list[str]]:
    """Return what commits what is here, and says in plain words what it did."""

    def commit() -> list[str]:
        from vivex.team.sync import save_here

        saved = save_here(review)
        return [f"Saved: {saved.message}"] if saved.changed else ["Everything was saved already."]

    return commit


def assigning(review: Review) -> Callable[[Sequence[str]], list[str]]:
    """Return what hands studies or new questions out as `vivex assign` does with its words, and what it says."""

    def assign(options: Sequence[str]) -> list[str]:
        import subprocess
        import sys

        from vivex.errors import ReviewError

        words = [sys.executable, "-m", "vivex.cli", "assign", "--root", str(review.root), *options]
        done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode:
            raise ReviewError((done.stderr.strip().splitlines() or ["it was not done"])[-1])
        return done.stdout.splitlines()

    return assign


def run(options: argparse.Namespace) -> int:
    """Serve the desk until Ctrl-C."""
    import threading
    import webbrowser

    from vivex.desk import listening
    from vivex.desk.app import make_app
    from vivex.desk.aside import Aside
    from vivex.desk.desk_review import DeskReview
    from vivex.desk.doorkeeper import Latch
    from vivex.desk.painting import Painter
    from vivex.people import who
    from vivex.review import open_review

    review = open_review(options.root)
    given = options.reviewer
    if options.read_only and not given:
        name = ""
    elif who.reviewers(review):
        name = who.me(review, given)
    else:
        name = who.who(review.root, given, option="--reviewer")
    desk, painter = DeskReview(review, name, options.read_only, assign=assigning(review)), Painter()
    if (review.root / ".git").exists():
        desk.send, desk.commit = sending(review), committing(review)
    aside = Aside()
    desk.codebook  # noqa: B018  a malformed one is told before anything opens
    listener = listening.bind(options.port)
    latch = Latch(listener.getsockname()[1])
    serving = listening.server(make_app(desk, latch, painter, aside))
    whose = ", ".join(filter(None, (f"for {name}" if name else "", "for reading only" if desk.read_only else "")))
    print(f"The desk is open {whose}: {latch.address}", flush=True)
    print(
        "The address lets one browser in, on this machine only. Ctrl-C ends the desk; all that is saved stays.",
        flush=True,
    )
    threading.Thread(target=painter.warm, daemon=True).start()
    if not options.no_browser:
        threading.Timer(0.3, webbrowser.open, (latch.address,)).start()
    try:
        serving.run(sockets=[listener])
    finally:
        painter.close()
        aside.close()
        listener.close()
    return 0
