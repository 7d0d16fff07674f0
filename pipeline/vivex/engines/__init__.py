"""Engines: what runs a function over papers, on this machine (vivex.pool) or on a cluster (vivex.engines.cluster).

An engine is a context manager. It takes items and gives an Outcome for each, in the order in which they end. It never
writes: the caller does, so that outputs are the same from every engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from vivex.pool import Outcome


class Engine(Protocol):
    """Run a function over items, each in a child process bounded in time and memory."""

    seconds: float
    memory_mb: int

    @property
    def running(self) -> list[Any]:
        """Return the items that are worked on now."""
        ...

    def map(
        self, function: Callable[[Any], Any], items: Iterable[Any], *, prepare: Callable[[], object] | None = None
    ) -> Iterator[Outcome]:
        """Yield the Outcome of each item as it ends; `prepare` is called in a child before its first item."""
        ...
