"""The desk listens on this machine only, goes to the next port, and outlives slow and many clients."""

from __future__ import annotations

import socket
import time
from contextlib import ExitStack, suppress

import pytest

from desk.conftest import Visitor
from vivex.desk import listening
from vivex.errors import ReviewError


def test_a_port_in_use_gives_way_to_the_next() -> None:
    with listening.bind(0) as first:
        port = first.getsockname()[1]
        with listening.bind(port) as second:
            host, other = second.getsockname()
            assert host == "127.0.0.1"
            assert port < other <= port + listening.PORTS


def test_a_port_that_is_none_is_told() -> None:
    with pytest.raises(ReviewError, match="--port 70000"):
        listening.bind(70000)


def test_a_client_that_asks_slowly_is_hung_up_on(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "ASK_SECONDS", 0.5)
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=10) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: ")
        begin = time.monotonic()
        with suppress(ConnectionResetError):
            assert line.recv(100) == b""
        assert time.monotonic() - begin < 5
    assert visitor.get("/api/board")["studies"]


def test_a_head_without_end_is_refused(visitor: Visitor) -> None:
    with socket.create_connection(("127.0.0.1", visitor.port), timeout=10) as line:
        try:
            line.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * (4 * listening.LONGEST_HEAD))
            said = line.recv(200)
        except OSError:
            said = b""
    assert said == b"" or b" 400" in said


def test_two_hundred_connections_leave_the_desk_usable(visitor: Visitor) -> None:
    with ExitStack() as stack:
        for _ in range(200):
            stack.enter_context(socket.create_connection(("127.0.0.1", visitor.port), timeout=10))
        begin = time.monotonic()
        assert visitor.get("/api/board")["studies"]
        assert time.monotonic() - begin < 5
