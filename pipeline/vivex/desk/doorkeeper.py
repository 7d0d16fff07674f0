"""Who may speak to the desk: only the browser that opened its address, on this machine.

In this order: the Host must be a loopback name; the address's token is exchanged once for a cookie; every other request
needs the cookie; a write needs its own Origin, the session's header and a JSON body (a paper: its bytes). Bodies are
read here, bounded in size and time.
"""

from __future__ import annotations

import asyncio
import hmac
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_JSON = 1024 * 1024  # bytes of a write
LARGEST_PAPER = 100 * 1024 * 1024
BODY_SECONDS = 15.0  # for a JSON body to come whole; a paper has ten times as long
SESSION = "x-vivex-session"
JSON, BYTES = "application/json", "application/octet-stream"
HEADERS = {
    "content-security-policy": "default-src 'self'; img-src 'self' blob:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'; object-src 'none'; require-trusted-types-for 'script'; trusted-types 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}
_CLOSED = (
    "Open the address that `vivex desk` printed; it lets one browser in. To open another one, start the desk anew."
)


@dataclass
class Latch:
    """Hold the secrets of one desk: the address's token (good once), the cookie, the session's header."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    used: bool = False

    @property
    def address(self) -> str:
        """Return the address to open."""
        return f"http://127.0.0.1:{self.port}/?token={self.token}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return the names under which the desk answers."""
        return tuple(f"{name}:{self.port}" for name in ("127.0.0.1", "localhost", "[::1]"))

    @property
    def cookie_name(self) -> str:
        """Return the cookie's name: cookies don't tell ports apart."""
        return f"vivex-desk-{self.port}"


@dataclass(frozen=True, slots=True)
class _Refusal(Exception):
    status: int
    message: str


class Doorkeeper:
    """Let in what may speak to the desk, as ASGI middleware; refuse all else in one line of plain text."""

    def __init__(self, app: ASGIApp, latch: Latch) -> None:
        self.app, self.latch = app, latch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        headers = _headers(scope)
        send = _with_headers(send)
        try:
            self._right_host(scope)
            token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [])
            if scope["method"] == "GET" and scope["path"] == "/" and token:
                await self._exchange(token[-1], headers, send)
                return
            if not self._knows(headers):
                raise _Refusal(403, _CLOSED)
            if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
                raise _Refusal(403, "Another site may not ask here.")
            if scope["method"] in ("GET", "HEAD"):
                await self.app(scope, receive, send)
                return
            self._may_write(scope, headers)
            await self.app(scope, _replay(await _body(receive, headers)), send)
        except _Refusal as refusal:
            await _answer(send, refusal.status, refusal.message)

    def _right_host(self, scope: Scope) -> None:
        given = [value.decode("latin-1").lower() for name, value in scope["headers"] if name == b"host"]
        if len(given) != 1 or given[0] not in self.latch.hosts:
            raise _Refusal(421, f"The desk answers under {self.latch.hosts[0]} only.")

    async def _exchange(self, token: str, headers: Mapping[str, str], send: Send) -> None:
        """Exchange the address's token for the cookie; a browser that has it already goes on."""
        latch = self.latch
        if not self._knows(headers):
            right = _same(token, latch.token)
            if latch.used or not right:
                raise _Refusal(403, _CLOSED)
            latch.used = True
        cookie = f"{latch.cookie_name}={latch.cookie}; HttpOnly; SameSite=Strict; Path=/"
        await _answer(send, 303, "", (("location", "/"), ("set-cookie", cookie)))

    def _knows(self, headers: Mapping[str, str]) -> bool:
        try:
            jar = SimpleCookie(headers.get("cookie", ""))
        except CookieError:
            return False
        given = jar.get(self.latch.cookie_name)
        return given is not None and _same(given.value, self.latch.cookie)

    def _may_write(self, scope: Scope, headers: Mapping[str, str]) -> None:
        if scope["method"] != "POST":
            raise _Refusal(405, "The desk takes GET and POST.")
        if headers.get("origin") != f"http://{headers.get('host', '').lower()}":
            raise _Refusal(403, "A write must come from the desk's own page.")
        if not _same(headers.get(SESSION, ""), self.latch.session):
            raise _Refusal(403, "The desk was started anew; load the page again.")
        if headers.get("content-type", "").partition(";")[0].strip().lower() not in (JSON, BYTES):
            raise _Refusal(415, "The desk takes JSON.")


def _same(one: str, other: str) -> bool:
    """Tell whether two secrets are the same, in a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode())


def _headers(scope: Scope) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}


async def _body(receive: Receive, headers: Mapping[str, str]) -> bytes:
    """Return the body; refuse one that is too large, or comes too slowly."""
    paper = headers.get("content-type", "").lower().startswith(BYTES)
    largest = LARGEST_PAPER if paper else LARGEST_JSON
    size = headers.get("content-length", "0")
    if not size.isdecimal() or int(size) > largest:
        raise _Refusal(413, f"More than {largest // 1024 // 1024} MB are not taken.")
    parts: list[bytes] = []
    total = 0
    try:
        async with asyncio.timeout(BODY_SECONDS * (10 if paper else 1)):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise _Refusal(400, "The request broke off.")
                part = message.get("body", b"")
                total += len(part)
                if total > largest:
                    raise _Refusal(413, f"More than {largest // 1024 // 1024} MB are not taken.")
                parts.append(part)
                if not message.get("more_body", False):
                    return b"".join(parts)
    except TimeoutError:
        raise _Refusal(408, "The request came too slowly.") from None


def _replay(body: bytes) -> Receive:
    """Return what gives a body that was read already."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if waiting:
            return waiting.pop()
        await asyncio.Event().wait()  # nothing more comes
        return {"type": "http.disconnect"}

    return receive


def _with_headers(send: Send) -> Send:
    """Return `send` with the desk's headers in every answer; what a route sets itself stays."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name.lower() for name, _ in message.get("headers", ())}
            own = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in given]
            message["headers"] = [*message.get("headers", ()), *own]
        await send(message)

    return sending


async def _answer(send: Send, status: int, text: str, headers: tuple[tuple[str, str], ...] = ()) -> None:
    told = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"connection", b"close" if status >= 400 else b"keep-alive"),
    ]
    told += [(name.encode(), value.encode()) for name, value in headers]
    data = (text + "\n").encode() if text else b""
    told.append((b"content-length", str(len(data)).encode()))
    await send({"type": "http.response.start", "status": status, "headers": told})
    await send({"type": "http.response.body", "body": data})
