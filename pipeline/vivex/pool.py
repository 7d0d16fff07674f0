"""Child processes for the work on papers: several at a time, bounded in time and memory, none able to end the run.

A paper's clock runs from when its child is ready (modules imported, models loaded); starting has a limit of its own.
Neither clock runs while other programs keep the processor from the child, as far as the system tells (Linux does). A
child that dies, be it between two papers, costs nothing but time: its paper is done again once, in a fresh child. A
second death is the paper's fault where the program broke, and a fault of the moment where the system ended it.
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from vivex.compiled import kept
from vivex.errors import TransientFault, UnreadablePaper, VivexError, defect, in_one_line

SECONDS = 300.0  # for one paper
START_SECONDS = 180.0  # for a child to import what it needs and to load the models
MEMORY_MB = 4000  # resident memory of one child and of the programs that it calls
IDLE_SECONDS = 1800.0  # after which a child ends that gets no work: a cluster's worker outlives the run
RECYCLE = 100  # papers after which a child is replaced, so that a leak in a library can't grow without end
TRIES = 2
YOUNG = 50_000  # new objects after which a child looks for circles; at Python's 700 it did so a sixteenth of its time
_POLL = 0.2  # seconds between looks at the children's clocks and memory; an answer is taken at once
_LOOK = 1.0  # seconds between looks at the programs that a child calls, which takes longer
_FROM_OUTSIDE = ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT", "SIGXCPU")  # the others are a program's that breaks
_READY = "ready"
_STARTING = threading.Lock()  # what a child is started with belongs to the whole process


@dataclass(frozen=True, slots=True)
class Outcome:
    """Give what the function returned for an item, or the error that stopped it, and how long it took."""

    item: Any
    value: Any = None
    error: VivexError | None = None
    seconds: float = 0.0  # since its child was ready


@dataclass(slots=True)
class _Job:
    item: Any
    tries: int = 0


@dataclass(slots=True)
class _Child:
    process: multiprocessing.process.BaseProcess
    pipe: Connection
    job: _Job | None = None
    ready: bool = False
    leads: bool = False  # a group of processes: what it calls belongs to it
    since: float = 0.0
    queued: float = 0.0  # seconds for which it had waited for the processor by then
    looked: float = 0.0
    done: int = 0


@dataclass
class Pool:
    """Run a function over items in child processes; use it as a context manager.

    `jobs` children run at once (0: the cores at hand). A child that exceeds `seconds` or `memory_mb`, or dies twice,
    costs its item alone: the item's Outcome has an UnreadablePaper ("timed out", "out of memory", "crashed"), or a
    TransientFault where it was ended from outside. Raise TransientFault where children can't be started at all.
    """

    jobs: int = 0
    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB
    start_seconds: float = START_SECONDS
    idle_seconds: float = IDLE_SECONDS
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
            child.process.join(2 if child.job is None else 0)
            _kill(child)
        self._children.clear()

    @property
    def running(self) -> list[Any]:
        """Return the items that are worked on now."""
        return [child.job.item for child in list(self._children) if child.job]

    def map(
        self, function: Callable[[Any], Any], items: Iterable[Any], *, prepare: Callable[[], object] | None = None
    ) -> Iterator[Outcome]:
        """Yield the Outcome of each item as it ends (not in order); `function` must be importable by name.

        `prepare` is called in a child before its first item, outside the item's time: it imports and loads.
        """
        queue = [_Job(item) for item in items][::-1]
        for known in self._children:
            known.ready = False  # for this function
        while queue or any(c.job for c in self._children):
            yield from self._feed(queue, function, prepare)
            for done, outcome in self._collect():
                if (found := outcome or self._died(done, queue)) is not None:
                    yield from self._feed(queue, function, prepare)  # before the caller takes its time over what ended
                    yield found

    def _feed(
        self, queue: list[_Job], function: Callable[[Any], Any], prepare: Callable[[], object] | None
    ) -> Iterator[Outcome]:
        """Give each child without work a job; yield what is lost with children that died while they waited."""
        while queue and (child := self._idle(len(queue), fresh=queue[-1].tries > 0)) is not None:
            job = queue.pop()
            child.job = job
            _start_clock(child)
            try:
                child.pipe.send((function, job.item, None if child.ready else prepare))
            except OSError:  # it died while it waited
                if (lost := self._died(child, queue)) is not None:
                    yield lost

    def _idle(self, wanted: int, *, fresh: bool) -> _Child | None:
        """Return a child without work; `fresh`: one that has done none yet."""
        idle = [c for c in self._children if c.job is None]
        if fresh:
            for child in idle:
                self._retire(child)
        elif idle:
            return idle[0]
        if len(self._children) < min(self.jobs, len(self._children) + wanted):
            context = multiprocessing.get_context("spawn")
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there, self.idle_seconds), daemon=True)
            with _STARTING, _fit_for_children():
                process.start()
            there.close()
            self._children.append(_Child(process, here))
            return self._children[-1]
        return None

    def _collect(self) -> Iterator[tuple[_Child, Outcome | None]]:
        """Yield what has ended since the last look: results, deaths (None), and children that overstep a bound."""
        busy = {c.pipe: c for c in self._children if c.job}
        for pipe in wait(list(busy), timeout=_POLL):
            child = busy[pipe]  # type: ignore[index]
            try:
                answer = child.pipe.recv()
            except (EOFError, OSError):
                yield child, None
                continue
            if answer == _READY:
                child.ready, child.leads = True, True
                _start_clock(child)
                continue
            good, value = answer
            assert child.job is not None
            item, child.job, child.done = child.job.item, None, child.done + 1
            took = time.monotonic() - child.since
            if child.done >= RECYCLE:
                self._retire(child)
            yield child, Outcome(item, value, None, took) if good else Outcome(item, None, value, took)
        for child in [c for c in self._children if c.job]:
            if (error := self._overstepped(child)) is not None:
                assert child.job is not None
                item, took = child.job.item, time.monotonic() - child.since
                self._bury(child)
                yield child, Outcome(item, None, error, took)

    def _overstepped(self, child: _Child) -> VivexError | None:
        """Return the error of a child that takes too long or too much; raise TransientFault where it never starts."""
        now = time.monotonic()
        if not child.ready:
            if _clock(child, now, self.start_seconds) > self.start_seconds:
                raise TransientFault(
                    f"a child process took more than {self.start_seconds:g} s to start; "
                    "close other programs and run it again"
                )
            return None
        if _clock(child, now, self.seconds) > self.seconds:
            remedy = f"it took more than {self.seconds:g} s; raise limits.seconds, or split the file"
            return UnreadablePaper("timed out", remedy)
        deep = now - child.looked > _LOOK
        child.looked = now if deep else child.looked
        if _resident_mb(child.process.pid, deep=deep) > self.memory_mb:
            remedy = f"it needed more than {self.memory_mb} MB; raise limits.memory_mb, or re-save the file smaller"
            return UnreadablePaper("out of memory", remedy)
        return None

    def _died(self, child: _Child, queue: list[_Job]) -> Outcome | None:
        """Bury a dead child; put its job back into the queue, or give it up where it is the second child's death."""
        job, started = child.job, child.ready or child.done > 0
        assert job is not None
        ended = _ended(self._bury(child))
        job.tries += 1
        if job.tries < TRIES:
            queue.append(job)
            return None
        if not started:
            raise TransientFault(
                f"child processes end before they have started ({ended}); close other programs and run it again"
            )
        if ended in _FROM_OUTSIDE:
            return Outcome(
                job.item,
                error=TransientFault(
                    f"its process was ended from outside twice ({ended}), as systems do that are short of memory; "
                    "close other programs, or lower limits.jobs, and run it again"
                ),
            )
        remedy = f"the file breaks the program that reads it ({ended}); re-save it with another program"
        return Outcome(job.item, error=UnreadablePaper("crashed", remedy))

    def _bury(self, child: _Child) -> int:
        """End a child and what it called; return its exit status (negative: the signal that ended it)."""
        child.process.join(0.5)
        code = child.process.exitcode
        _kill(child)
        child.pipe.close()
        self._children.remove(child)
        return code if code is not None else 0

    def _retire(self, child: _Child) -> None:
        with contextlib.suppress(OSError):
            child.pipe.send(None)
        child.pipe.close()
        child.process.join(5)
        _kill(child)
        self._children.remove(child)


def cores() -> int:
    """Return the number of cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


@contextlib.contextmanager
def _fit_for_children() -> Iterator[None]:
    """Start children with one thread for numbers, for the papers are the parallelism, and with a safe path.

    A child would look for modules in the working folder first: a file `select.py` beside the papers would be run.
    A process that is a daemon itself, as the workers of Dask are, may have none, lest they outlive it: ours don't.
    """
    single = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    wanted = dict.fromkeys(single, "1") | {"TOKENIZERS_PARALLELISM": "false", "PYTHONSAFEPATH": "1"}
    before, path = {name: os.environ.get(name) for name in wanted}, list(sys.path)
    told: dict[str, Any] = getattr(multiprocessing.current_process(), "_config", {})
    daemon = told.pop("daemon", None)
    os.environ.update(wanted)
    sys.path[:] = [folder for folder in path if folder]  # "" becomes the working folder in the child
    try:
        yield
    finally:
        sys.path[:] = path
        if daemon is not None:
            told["daemon"] = daemon
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _ended(status: int) -> str:
    """Return how a process ended: the signal's name, or "status 1"."""
    try:
        return signal.Signals(-status).name if status < 0 else f"status {status}"
    except ValueError:
        return f"signal {-status}"


def _kill(child: _Child) -> None:
    """End a child with all programs that it called, where it still lives or they do."""
    if child.leads and hasattr(os, "killpg"):
        with contextlib.suppress(OSError):
            os.killpg(child.process.pid or 0, signal.SIGKILL)
    if child.process.is_alive():
        child.process.kill()
    child.process.join()


def _start_clock(child: _Child) -> None:
    child.since, child.queued = time.monotonic(), _queued(child.process.pid)


def _clock(child: _Child, now: float, limit: float) -> float:
    """Return the seconds since a child's clock began, without those in which it waited for the processor."""
    passed = now - child.since
    return passed if passed <= limit else passed - (_queued(child.process.pid) - child.queued)


def _queued(pid: int | None) -> float:
    """Return the seconds for which a process was ready to run while others ran; 0 where the system doesn't say."""
    try:
        with open(f"/proc/{pid}/schedstat", encoding="ascii") as told:
            return int(told.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def _resident_mb(pid: int | None, *, deep: bool = False) -> float:
    """Return the memory of a process; `deep`: and of the programs that it called."""
    import psutil

    try:
        process = psutil.Process(pid)
        called = process.children(recursive=True) if deep else []
        return float(sum(p.memory_info().rss for p in (process, *called))) / 2**20
    except psutil.Error:
        return 0.0


def _serve(pipe: Connection, idle_seconds: float) -> None:
    """Work off the items that come through the pipe until None comes, or nothing for so long."""
    # PyMuPDF 2.0 loads its layout network with itself where that is installed; it costs a second and isn't used
    sys.modules.setdefault("pymupdf.layout", None)  # type: ignore[arg-type]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    if hasattr(os, "setpgid"):
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)  # so that what it calls ends with it
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    gc.set_threshold(YOUNG)
    imports: contextlib.AbstractContextManager[None] = kept()  # of the first message
    while True:
        try:
            with imports:
                message = pipe.recv() if pipe.poll(idle_seconds) else None
            imports = contextlib.nullcontext()
        except (EOFError, OSError):
            return
        if message is None:
            return
        function, item, prepare = message
        short = False
        try:
            if prepare is not None:
                with kept():
                    prepare()
                gc.freeze()  # modules and models stay
            pipe.send(_READY)
            answer: tuple[bool, Any] = (True, function(item))
        except VivexError as error:
            answer = (False, error)
        except MemoryError as error:
            answer, short = (False, TransientFault(in_one_line(error) or "")), True
        except RecursionError:
            answer = (False, UnreadablePaper("broken", "the file's structure loops; re-save it with another program"))
        except Exception as error:  # a defect of ours must not take the other papers down; it is named in the report
            answer = (False, TransientFault(in_one_line(error) or defect(error)))
        try:
            pipe.send(answer)
        except OSError:
            return  # nobody waits for it any more
        if short:
            return  # with its memory


def _end_with(parent: int) -> None:
    """End this process and what it called once its parent is gone: nobody waits for its work any more."""
    while os.getppid() == parent:
        time.sleep(0.5)
    if hasattr(os, "getpgrp") and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)
