"""Child processes for the work on papers: several at a time, bounded in time and memory, none able to end the run."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from vivex.errors import UnreadablePaper, VivexError

SECONDS = 300.0  # for one paper
MEMORY_MB = 4000  # resident memory of one child
RECYCLE = 100  # papers after which a child is replaced, so that a leak in a library can't grow without end
_POLL = 0.05  # seconds between looks at the children's clocks and memory


@dataclass(frozen=True, slots=True)
class Outcome:
    """Give what the function returned for an item, or the error that stopped it."""

    item: Any
    value: Any = None
    error: VivexError | None = None


@dataclass
class _Child:
    process: multiprocessing.process.BaseProcess
    pipe: Connection
    item: Any = None
    busy: bool = False
    since: float = 0.0
    done: int = 0


@dataclass
class Pool:
    """Run a function over items in child processes; use it as a context manager.

    `jobs` children run at once (default: the cores at hand). A child that exceeds `seconds` or `memory_mb`, or dies,
    costs its item alone: the item's Outcome has an UnreadablePaper ("timed out", "out of memory", "crashed").
    """

    jobs: int = 0
    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB
    _children: list[_Child] = field(default_factory=list)

    def __enter__(self) -> Pool:
        self.jobs = self.jobs or cores()
        return self

    def __exit__(self, *_: object) -> None:
        for child in self._children:
            with contextlib.suppress(OSError):
                child.pipe.send(None)
            child.pipe.close()
        for child in self._children:
            child.process.join(2)
            if child.process.is_alive():
                child.process.kill()
                child.process.join()
        self._children.clear()

    def map(self, function: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[Outcome]:
        """Yield the Outcome of each item as it ends (not in order); `function` must be importable by name."""
        queue = list(items)[::-1]
        while queue or any(c.busy for c in self._children):
            while queue and (child := self._idle(len(queue))) is not None:
                item = queue.pop()
                child.item, child.busy, child.since = item, True, time.monotonic()
                child.pipe.send((function, item))
            yield from self._collect()

    def _idle(self, wanted: int) -> _Child | None:
        for child in self._children:
            if not child.busy:
                return child
        if len(self._children) < min(self.jobs, len(self._children) + wanted):
            context = multiprocessing.get_context("spawn")
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there,), daemon=True)
            with _fit_for_children():
                process.start()
            there.close()
            self._children.append(_Child(process, here))
            return self._children[-1]
        return None

    def _collect(self) -> Iterator[Outcome]:
        """Yield what has ended since the last look: results, deaths, and children that overstep a bound."""
        busy = {c.pipe: c for c in self._children if c.busy}
        for pipe in wait(list(busy), timeout=_POLL):
            child = busy[pipe]  # type: ignore[index]
            try:
                good, value = child.pipe.recv()
            except (EOFError, OSError):
                yield self._bury(child, "crashed", "the file breaks the PDF reader; re-save it with another program")
                continue
            child.busy, child.done = False, child.done + 1
            yield Outcome(child.item, value=value) if good else Outcome(child.item, error=value)
            if child.done >= RECYCLE:
                self._retire(child)
        for child in [c for c in self._children if c.busy]:
            if time.monotonic() - child.since > self.seconds:
                yield self._bury(
                    child, "timed out", f"it took more than {self.seconds:g} s; raise limits.seconds, or split the file"
                )
            elif _resident_mb(child.process.pid) > self.memory_mb:
                yield self._bury(
                    child,
                    "out of memory",
                    f"it needed more than {self.memory_mb} MB; raise limits.memory_mb, or re-save the file smaller",
                )

    def _bury(self, child: _Child, reason: str, remedy: str) -> Outcome:
        item = child.item
        child.process.kill()
        child.process.join()
        child.pipe.close()
        self._children.remove(child)
        return Outcome(item, error=UnreadablePaper(reason, remedy))

    def _retire(self, child: _Child) -> None:
        with contextlib.suppress(OSError):
            child.pipe.send(None)
        child.pipe.close()
        child.process.join(5)
        if child.process.is_alive():
            child.process.kill()
            child.process.join()
        self._children.remove(child)


def cores() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


@contextlib.contextmanager
def _fit_for_children() -> Iterator[None]:
    """Start children with one thread for numbers, for the papers are the parallelism, and with a safe path.

    A child would look for modules in the working folder first: a file `select.py` beside the papers would be run.
    """
    single = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    wanted = dict.fromkeys(single, "1") | {"TOKENIZERS_PARALLELISM": "false", "PYTHONSAFEPATH": "1"}
    before, path = {name: os.environ.get(name) for name in wanted}, list(sys.path)
    os.environ.update(wanted)
    sys.path[:] = [folder for folder in path if folder]  # "" becomes the working folder in the child
    try:
        yield
    finally:
        sys.path[:] = path
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _resident_mb(pid: int | None) -> float:
    import psutil

    try:
        return float(psutil.Process(pid).memory_info().rss) / 2**20
    except psutil.Error:
        return 0.0


def _serve(pipe: Connection) -> None:
    """Work off the items that come through the pipe until None comes."""
    import signal

    # PyMuPDF 2.0 loads its layout network with itself where that is installed; it costs a second and isn't used
    sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    while True:
        try:
            message = pipe.recv()
        except EOFError:
            return
        if message is None:
            return
        function, item = message
        try:
            answer: tuple[bool, Any] = (True, function(item))
        except VivexError as error:
            answer = (False, error)
        except MemoryError:
            answer = (False, UnreadablePaper("out of memory", "re-save the file smaller"))
        except RecursionError:
            answer = (False, UnreadablePaper("broken", "the file's structure loops; re-save it with another program"))
        except Exception as error:  # a defect of ours must not take the other papers down; it is named in the report
            answer = (False, VivexError(_defect(error)))
        pipe.send(answer)


def _defect(error: Exception) -> str:
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    where = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "?"
    return f"internal error in {where}: {type(error).__name__}: {error}; please report it with the file"
