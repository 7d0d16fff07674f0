"""Listen on this machine only, with bounds on how many connections there are and how long one may take to ask."""

from __future__ import annotations

import asyncio
import errno
import socket
import sys
from typing import TYPE_CHECKING

from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from vivex.errors import ReviewError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

PORT = 8765
PORTS = 20  # tried, from the one asked for
CONNECTIONS = 64  # a browser opens six
ASK_SECONDS = 10.0  # for a request's head to come whole
LONGEST_HEAD = 16 * 1024  # bytes


def bind(port: int = PORT) -> socket.socket:
    """Return a socket of this machine at the port, or at the next free one; raise ReviewError where none is free."""
    if not 0 <= port < 65536:
        raise ReviewError(f"--port {port}: give a number from 1024 to 65535")
    for number in range(port, min(port + PORTS, 65536)):
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform != "win32":  # there it would let two programs listen at one port
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", number))
            listener.listen(128)
        except OSError as error:
            listener.close()
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
        else:
            return listener
    raise ReviewError(f"no port from {port} to {port + PORTS - 1} is free; give another one: --port NUMBER")


class BoundedProtocol(H11Protocol):
    """Speak HTTP with a browser; a connection that doesn't ask in time ends, as does the oldest of too many."""

    _deadline: asyncio.TimerHandle | None = None
    _since: float = 0.0  # when the connection was made

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection; where there are too many, end the one that has waited longest, idle ones first."""
        others = [one for one in self.connections if isinstance(one, BoundedProtocol)]
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(others) >= CONNECTIONS:
            waiting = [one for one in others if not one._asked()]
            oldest = min(waiting or others, key=lambda one: one._since)
            if oldest.transport is not None:
                oldest.transport.abort()
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what came."""
        super().data_received(data)
        if self._asked():
            self._unwatch()
        else:
            self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        self._unwatch()
        super().connection_lost(exc)

    def _asked(self) -> bool:
        """Tell whether a request is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def _watch(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(ASK_SECONDS, self._too_slow)

    def _unwatch(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _too_slow(self) -> None:
        self._deadline = None
        if not self._asked() and not self.transport.is_closing():
            self.transport.abort()


def server(app: ASGIApp) -> Server:
    """Return a server of the app that says nothing of its own."""
    return Server(
        Config(
            app,
            loop="asyncio",
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            log_level="critical",
            access_log=False,
            server_header=False,
            date_header=False,
            proxy_headers=False,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=2,
            h11_max_incomplete_event_size=LONGEST_HEAD,
        )
    )
