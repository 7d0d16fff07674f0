"""Over a real socket: a study decided, undone, closed; two tabs; what is sent of a blind study; faults in one line."""

from __future__ import annotations

import json
from urllib.parse import quote

import pytest

from desk.conftest import BLIND, STUDY, Visitor, opened
from desk.test_desk_review import answer_all
from vivex.desk.app import act_of, static_names
from vivex.desk.desk_review import DeskReview, id_of
from vivex.errors import VivexError
from vivex.people.store import read_statement, statement_path

DOSE = "form.dose"


def test_opening_writes_nothing(visitor: Visitor, desk: DeskReview) -> None:
    before = sorted(desk.review.root.rglob("*"))
    visitor.get("/api/board")
    visitor.study()
    visitor.study(BLIND)
    visitor.get("/api/differences")
    visitor.get("/api/results")
    assert sorted(desk.review.root.rglob("*")) == before


def test_a_decision_is_on_disk_when_it_is_called_saved(visitor: Visitor, desk: DeskReview) -> None:
    (row,) = visitor.question(DOSE)["rows"]
    said = visitor.act("take", DOSE, row=row["row"], seconds=3.25)
    assert said["saved"]
    assert said["question"]["state"] == "answered"
    stands = read_statement(statement_path(desk.review, STUDY, "mk"))
    assert [a.value for a in stands.decisions] == ["10 mg/kg"]
    assert stands.sessions[0].seconds == 3.2
    undone = visitor.post(f"/api/studies/{id_of(STUDY)}/undo", {}).data
    assert (undone["canUndo"], undone["canRedo"]) == (False, True)
    again = visitor.post(f"/api/studies/{id_of(STUDY)}/redo", {}).data
    assert (again["canUndo"], again["canRedo"]) == (True, False)


def test_two_tabs_merge_or_ask(visitor: Visitor) -> None:
    seen = visitor.question(DOSE)["seen"]
    visitor.act("add", "form.age", value="8 weeks")
    path = f"/api/studies/{id_of(STUDY)}/act"
    first = visitor.post(path, {"what": "add", "label": DOSE, "seen": seen, "value": "1 mg/kg"}).data
    assert first["saved"]
    second = visitor.post(path, {"what": "add", "label": DOSE, "seen": seen, "value": "2 mg/kg"}).data
    assert "saved" not in second
    assert "another window" in second["changed"]
    third = {"what": "add", "label": DOSE, "seen": second["question"]["seen"], "value": "2 mg/kg"}
    assert visitor.post(path, third).data["saved"]
    values = [row["value"] for row in visitor.question(DOSE)["rows"]]
    assert values == ["10 mg/kg", "1 mg/kg", "2 mg/kg"]


def test_nothing_of_a_blind_study_is_sent_before_it_is_closed(visitor: Visitor, desk: DeskReview) -> None:
    study = id_of(BLIND)
    paths = [f"/api/studies/{study}", f"/api/studies/{study}/bound", "/api/board", "/api/differences", "/api/results"]
    text = json.dumps(desk.files(BLIND).document.text)[1:-1]
    for path in paths:
        body = visitor.ask("GET", path).body.decode().replace(text, "")
        for word in ("10 mg/kg", "Wistar", "grammar:test", "confidence", "proposed"):
            assert word not in body, (path, word)
    said = visitor.act("add", DOSE, BLIND, value="4 mg/kg")
    assert [row["value"] for row in said["question"]["rows"]] == ["4 mg/kg"]
    assert visitor.post(f"/api/studies/{study}/close", {}).status == 404
    answer_all(desk, BLIND)
    assert visitor.study(BLIND)["canClose"]
    assert visitor.study(BLIND)["blind"]
    closed = visitor.post(f"/api/studies/{study}/close", {}).data
    assert not closed["blind"]
    assert "grammar:test" not in json.dumps(closed)
    assert any(row["proposed"] == "10 mg/kg" for q in closed["questions"] for row in q["rows"])
    stands = read_statement(statement_path(desk.review, BLIND, "mk"))
    assert all(seen.blind for seen in stands.reviewed.values())
    assert stands.sessions[-1].file == "vivex desk: closed"


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"[" * 100_000, 400),
        (json.dumps({"what": "take", "label": DOSE, "seen": 3}).encode(), 409),
        (json.dumps({"what": "take", "label": "form.none", "seen": ""}).encode(), 409),
        (json.dumps({"what": "add", "label": DOSE, "seen": "", "spans": [[0, "x"]]}).encode(), 409),
        (b'{"what": "add", "label": "form.dose", "seen": "", "value": "\\ud800"}', 500),
    ],
)
def test_what_is_no_act_is_told_in_one_line(visitor: Visitor, sent: bytes, status: int) -> None:
    headers = {
        "Origin": f"http://127.0.0.1:{visitor.port}",
        "X-Vivex-Session": visitor.latch.session,
        "Content-Type": "application/json",
    }
    got = visitor.ask("POST", f"/api/studies/{id_of(STUDY)}/act", sent, headers)
    assert got.status == status, got
    assert "\n" not in got.data["error"]


def test_a_script_in_a_value_stays_text(visitor: Visitor) -> None:
    words = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    said = visitor.act("add", DOSE, value=words, note=words)
    row = said["question"]["rows"][-1]
    assert (row["value"], row["note"]) == (words, words)
    assert visitor.ask("GET", f"/api/studies/{id_of(STUDY)}").headers["content-type"] == "application/json"


def test_a_paper_is_sent_as_bytes_with_its_name(visitor: Visitor, desk: DeskReview) -> None:
    headers = {
        "Origin": f"http://127.0.0.1:{visitor.port}",
        "X-Vivex-Session": visitor.latch.session,
        "Content-Type": "application/octet-stream",
        "X-Vivex-Name": quote("Zörn 2024.txt"),
    }
    assert visitor.ask("POST", "/api/papers", b"Ten rats.", headers).data["added"]
    assert (desk.review.pdfs / "Zörn 2024.txt").read_bytes() == b"Ten rats."
    headers["X-Vivex-Name"] = quote("../evil.exe")
    assert visitor.ask("POST", "/api/papers", b"MZ", headers).status == 409


def test_a_paper_without_a_file_has_no_picture(visitor: Visitor) -> None:
    got = visitor.ask("GET", f"/api/studies/{id_of(STUDY)}/pages/1/picture")
    assert got.status == 404
    assert "no picture of page 1" in got.data["error"]


def test_a_meeting_reads_and_writes_nothing(desk: DeskReview) -> None:
    with opened(DeskReview(desk.review)) as visitor:
        visitor.enter()
        assert visitor.get("/api/review")["readOnly"]
        got = visitor.post(f"/api/studies/{id_of(STUDY)}/act", {"what": "silent", "label": DOSE, "seen": ""})
        assert (got.status, "only reads" in got.data["error"]) == (409, True)


def test_the_front_end_comes_with_the_package(visitor: Visitor) -> None:
    assert "index.html" in static_names()
    for name in static_names():
        got = visitor.ask("GET", f"/static/{name}")
        assert got.status == 200
        assert got.headers["content-type"].startswith(("text/html", "text/css", "text/javascript", "image/svg+xml"))


def test_an_act_is_read_or_refused() -> None:
    made = act_of({"what": "add", "label": DOSE, "seen": "x", "spans": [[1, 2]], "seconds": 4})
    assert (made.spans, made.seconds, made.group) == (((1, 2),), 4.0, None)
    for spans in ([[1]], [[1, True]], ["12"]):
        with pytest.raises(VivexError, match="marked words"):
            act_of({"spans": spans})


def test_sending_says_what_it_did_and_needs_a_team(visitor: Visitor, desk: DeskReview) -> None:
    assert not visitor.get("/api/review")["canSend"]
    assert visitor.post("/api/send", {}).status == 404
    desk.send = lambda: ["Sent."]
    assert visitor.get("/api/review")["canSend"]
    assert visitor.post("/api/send", {}).data == {"said": ["Sent."]}
