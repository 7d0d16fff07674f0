"""A small review at a desk, asked over a real socket as a browser would."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest

from small_review import review
from vivex.desk import listening
from vivex.desk.app import make_app
from vivex.desk.aside import Aside
from vivex.desk.desk_review import DeskReview, id_of
from vivex.desk.doorkeeper import Latch
from vivex.desk.painting import Painter
from vivex.people.assign import Assignment, record
from vivex.review import Review

__all__ = ["review"]
STUDY, BLIND = "ames-2019", "bell-2020"


@dataclass
class Answer:
    """Hold an answer of the desk."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def data(self) -> Any:
        """Return the JSON."""
        return json.loads(self.body)


@dataclass
class Visitor:
    """Ask a desk as the browser does that its address let in."""

    port: int
    latch: Latch
    headers: dict[str, str] = field(default_factory=dict)

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send one request."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, {**self.headers, **(headers or {})})
            got = line.getresponse()
            return Answer(got.status, {k.lower(): v for k, v in got.getheaders()}, got.read())
        finally:
            line.close()

    def enter(self) -> Visitor:
        """Open the address."""
        got = self.ask("GET", f"/?token={self.latch.token}")
        assert got.status == 303, got
        self.headers["Cookie"] = got.headers["set-cookie"].partition(";")[0]
        return self

    def get(self, path: str) -> Any:
        """Return the JSON at a path."""
        got = self.ask("GET", path)
        assert got.status == 200, got
        return got.data

    def post(self, path: str, sent: object) -> Answer:
        """Send JSON as the desk's page does."""
        headers = {
            "Origin": f"http://127.0.0.1:{self.port}",
            "X-Vivex-Session": self.latch.session,
            "Content-Type": "application/json",
        }
        return self.ask("POST", path, json.dumps(sent).encode(), headers)

    def study(self, study: str = STUDY) -> Any:
        """Return a study."""
        return self.get(f"/api/studies/{id_of(study)}")

    def question(self, label: str, study: str = STUDY) -> Any:
        """Return a question of a study."""
        return next(q for q in self.study(study)["questions"] if q["label"] == label)

    def act(self, what: str, label: str, study: str = STUDY, **more: object) -> Any:
        """Do something with a question as it stands; return what the desk says."""
        sent = {"what": what, "label": label, "seen": self.question(label, study)["seen"], **more}
        got = self.post(f"/api/studies/{id_of(study)}/act", sent)
        assert got.status == 200, got
        return got.data


@contextmanager
def opened(desk: DeskReview) -> Iterator[Visitor]:
    """Serve a desk and give a visitor who is not let in yet."""
    listener = listening.bind(0)
    port = listener.getsockname()[1]
    latch, painter, aside = Latch(port), Painter(), Aside()
    serving = listening.server(make_app(desk, latch, painter, aside))
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield Visitor(port, latch)
    finally:
        serving.should_exit = True
        thread.join(10)
        painter.close()
        aside.close()
        listener.close()


@pytest.fixture
def desk(review: Review) -> DeskReview:
    """Return mk's desk: one study pre-filled, one blind."""
    record(review, [Assignment(STUDY, "mk", False), Assignment(BLIND, "mk", True), Assignment(STUDY, "th", False)])
    return DeskReview(review, "mk")


@pytest.fixture
def visitor(desk: DeskReview) -> Iterator[Visitor]:
    """Return a visitor of mk's desk who was let in."""
    with opened(desk) as found:
        yield found.enter()
