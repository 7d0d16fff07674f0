"""Only the browser that opened the address gets in; every attack is refused, and told in one line."""

from __future__ import annotations

import json
import socket

import pytest

from desk.conftest import STUDY, Visitor, opened
from vivex.desk.desk_review import DeskReview, id_of
from vivex.desk.doorkeeper import HEADERS, LARGEST_JSON
from vivex.people.store import statement_path

ACT = f"/api/studies/{id_of(STUDY)}/act"


def test_the_token_lets_one_browser_in_once(desk: DeskReview) -> None:
    with opened(desk) as visitor:
        assert visitor.ask("GET", "/").status == 403
        assert visitor.ask("GET", "/api/review").status == 403
        assert visitor.ask("GET", "/static/desk.css").status == 403
        assert visitor.ask("GET", "/?token=wrong").status == 403
        got = visitor.ask("GET", f"/?token={visitor.latch.token}")
        cookie = got.headers["set-cookie"]
        assert (got.status, got.headers["location"]) == (303, "/")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
        assert visitor.ask("GET", f"/?token={visitor.latch.token}").status == 403
        visitor.headers["Cookie"] = cookie.partition(";")[0]
        assert visitor.ask("GET", "/api/review").status == 200
        assert visitor.ask("GET", f"/?token={visitor.latch.token}").status == 303  # the one that is in goes on
        visitor.headers["Cookie"] = f"{visitor.latch.cookie_name}=guess"
        assert visitor.ask("GET", "/api/review").status == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:{port}", ""])
def test_a_foreign_host_is_refused_before_anything_else(visitor: Visitor, host: str) -> None:
    host = host.format(port=visitor.port)
    assert visitor.ask("GET", "/api/review", headers={"Host": host}).status in (400, 421)
    assert visitor.ask("GET", f"/?token={visitor.latch.token}", headers={"Host": host}).status in (400, 421)


def test_a_write_needs_origin_session_and_json(visitor: Visitor, desk: DeskReview) -> None:
    right = {
        "Origin": f"http://127.0.0.1:{visitor.port}",
        "X-Vivex-Session": visitor.latch.session,
        "Content-Type": "application/json",
    }
    body = json.dumps({"what": "take"}).encode()
    for change, status in (
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": f"http://localhost:{visitor.port}"}, 403),
        ({"X-Vivex-Session": "guess"}, 403),
        ({"Content-Type": "application/x-www-form-urlencoded"}, 415),
        ({"Content-Type": "text/plain"}, 415),
        ({"Cookie": ""}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
    ):
        assert visitor.ask("POST", ACT, body, {**right, **change}).status == status, change
    for key in ("Origin", "X-Vivex-Session"):
        assert visitor.ask("POST", ACT, body, {k: v for k, v in right.items() if k != key}).status == 403
    for method in ("PUT", "DELETE", "OPTIONS", "PATCH"):
        assert visitor.ask(method, ACT, body, right).status == 405
    assert not statement_path(desk.review, STUDY, "mk").exists()


def test_a_body_that_is_too_large_is_refused(visitor: Visitor) -> None:
    right = {
        "Origin": f"http://127.0.0.1:{visitor.port}",
        "X-Vivex-Session": visitor.latch.session,
        "Content-Type": "application/json",
        "Content-Length": str(10 * LARGEST_JSON),
    }
    assert visitor.ask("POST", ACT, b"{}", right).status == 413


def test_a_body_without_a_length_is_bounded_too(visitor: Visitor) -> None:
    head = (
        f"POST {ACT} HTTP/1.1\r\nHost: 127.0.0.1:{visitor.port}\r\nCookie: {visitor.headers['Cookie']}\r\n"
        f"Origin: http://127.0.0.1:{visitor.port}\r\nX-Vivex-Session: {visitor.latch.session}\r\n"
        "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=20) as line:
        line.sendall(head.encode())
        said = b""
        chunk = b"40000\r\n" + b" " * 0x40000 + b"\r\n"
        try:
            for _ in range(8):
                line.sendall(chunk)
            said = line.recv(1000)
        except OSError:  # it hung up
            said = said or b"HTTP/1.1 413"
    assert b" 413" in said


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/pyproject.toml",
        "/static/..%2fapp.py",
        "/..%5c..%5cetc",
        "/api/studies/..%2f..%2fetc",
        "/api/studies/ames-2019",
        "/api/results/..%2f..%2fcodebook.yaml",
        "/api/studies/%00",
        "//evil.example/",
        "/pdfs/ames-2019.pdf",
    ],
)
def test_no_path_leads_out(visitor: Visitor, path: str) -> None:
    got = visitor.ask("GET", path)
    assert got.status in (403, 404), got
    assert b"root:" not in got.body
    assert b"import" not in got.body


def test_every_answer_forbids_what_a_page_could_do(visitor: Visitor) -> None:
    for path in ("/", "/api/review", "/nowhere", f"/api/studies/{id_of(STUDY)}"):
        got = visitor.ask("GET", path)
        for name, value in HEADERS.items():
            assert got.headers[name] == value, (path, name)
        assert "access-control-allow-origin" not in got.headers
    assert "default-src 'self'" in HEADERS["content-security-policy"]
    assert "frame-ancestors 'none'" in HEADERS["content-security-policy"]


def test_the_secret_of_a_write_is_not_in_the_cookie(visitor: Visitor) -> None:
    secrets = {visitor.latch.token, visitor.latch.cookie, visitor.latch.session}
    assert len(secrets) == 3
    assert visitor.get("/api/review")["session"] == visitor.latch.session
