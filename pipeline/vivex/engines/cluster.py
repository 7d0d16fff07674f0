"""The engine that works on a Dask cluster: `pip install vivex[cluster]`.

What is sent is names of files where the workers see the same drive, else the files' bytes; what comes back is bytes.
Models are loaded by the workers' children, each once, and never sent. Before the first paper every worker is compared
with this machine, and a worker that joins later before its first one. A paper whose worker is lost, or that a worker
couldn't read, is done once more with its bytes sent along; a second time it is named, and the others go on.
"""

from __future__ import annotations

import contextlib
import os
import queue
import secrets
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from vivex.engines import at_worker
from vivex.engines.parcel import pack
from vivex.engines.standing import standing
from vivex.errors import MissingExtra, ReviewError, TransientFault, VivexError, in_one_line
from vivex.models import shipped
from vivex.pool import MEMORY_MB, SECONDS, TRIES, Outcome
from vivex.work import Setting

if TYPE_CHECKING:
    from distributed import Client, Future

WORKERS_SECONDS = 180.0  # for a first worker to come, and for one to come back where all are gone
GONE_SECONDS = 15.0  # after which a scheduler that doesn't answer is gone
AHEAD = 2  # papers sent for each thread of a worker: one is worked on, one waits
_LOOK = 1.0  # seconds between looks at the scheduler


@dataclass(slots=True)
class _Sent:
    """Hold an item that a worker has, how often it was sent, and whether with its bytes."""

    item: Any
    tries: int = 1
    carried: bool = False


@dataclass
class Cluster:
    """Run a function over items on the workers of a Dask scheduler; use it as a context manager.

    `patience` is how long it waits for workers, in seconds (None: as long as it takes, as in a queue of jobs). While
    none is there `waits` is called with the seconds since; it raises TransientFault where none will come.
    """

    address: str
    setting: Setting
    seconds: float = SECONDS
    memory_mb: int = MEMORY_MB
    patience: float | None = WORKERS_SECONDS
    waits: Callable[[float], object] | None = None
    _client: Client | None = None
    _shared: bool = False
    _terms: at_worker.Terms | None = None
    _sent: dict[Future[Any], _Sent] = field(default_factory=dict)
    _answers: queue.SimpleQueue[Future[Any]] = field(default_factory=queue.SimpleQueue)

    def __enter__(self) -> Cluster:
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingExtra("working on a cluster needs Dask; pip install 'vivex[cluster]'") from error
        import dask

        dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"})  # a paper of 20 MB is no fault
        try:
            self._client = Client(self.address, set_as_default=False, timeout=30)
        except (OSError, TimeoutError, ValueError) as error:
            raise TransientFault(
                f"no Dask scheduler answers at {self.address}; start one (`dask scheduler`), or check the address"
            ) from error
        try:
            self._agree()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        client, self._client = self._client, None
        if client is None:
            return
        with contextlib.suppress(Exception):  # what can't be told to a scheduler that is gone needs no telling
            for future in list(self._sent):
                future.cancel()
            if self._terms is not None and client.status == "running":
                client.run(at_worker.release, self._terms.run, on_error="ignore")
        self._sent.clear()
        with contextlib.suppress(Exception):
            client.close(timeout=5)

    @property
    def running(self) -> list[Any]:
        """Return the items that workers have, oldest first: as many as they have threads are worked on."""
        return [sent.item for sent in list(self._sent.values())]

    def map(
        self, function: Callable[[Any], Any], items: Iterable[Any], *, prepare: Callable[[], object] | None = None
    ) -> Iterator[Outcome]:
        """Yield the Outcome of each item as it ends; `function` must be importable by name on the workers.

        Raise ReviewError where a worker isn't what this machine is, TransientFault where the scheduler is gone.
        """
        waiting = deque(_Sent(item, carried=not self._shared) for item in items)
        looked = alive = time.monotonic()
        room = self._room()
        while waiting or self._sent:
            while waiting and len(self._sent) < room:
                yield from self._send(function, waiting.popleft(), prepare)
            with contextlib.suppress(queue.Empty):
                future = self._answers.get(timeout=_LOOK)
                sent = self._sent.pop(future, None)
                if sent is not None:
                    outcome = self._answer(future, sent)
                    if isinstance(outcome, _Sent):
                        waiting.appendleft(outcome)
                    else:
                        yield outcome
            now = time.monotonic()
            if now - looked > _LOOK:
                looked, room = now, self._room()
                alive = now if room else alive
                self._wait(now - alive)

    def _send(
        self, function: Callable[[Any], Any], sent: _Sent, prepare: Callable[[], object] | None
    ) -> Iterator[Outcome]:
        """Send an item; yield its Outcome at once where its files can't be read here."""
        assert self._client is not None
        try:
            parcel = pack(sent.item, carried=sent.carried)
        except OSError as error:
            yield Outcome(sent.item, error=TransientFault(in_one_line(error) or str(error)))
            return
        try:
            future = self._client.submit(at_worker.do, function, parcel, prepare, self._terms, pure=False)
        except (OSError, RuntimeError) as error:
            raise TransientFault(_gone(self.address)) from error
        self._sent[future] = sent
        future.add_done_callback(self._answers.put)

    def _answer(self, future: Future[Any], sent: _Sent) -> Outcome | _Sent:
        """Return what a worker says of an item, or the item to be sent again."""
        value: Any = None
        error: VivexError | None
        seconds = 0.0
        try:
            if future.status == "finished":
                value, error, seconds = future.result(timeout=60)
            elif future.status == "error":
                error = self._lost(future)
            else:
                error = TransientFault("its worker or the scheduler was lost; run it again")
        except ReviewError:
            raise
        except Exception as raised:  # a result that is lost on its way
            error = TransientFault(f"its result was lost on the way ({type(raised).__name__}); run it again")
        finally:
            future.release()
        if isinstance(error, TransientFault) and sent.tries < TRIES:
            return _Sent(sent.item, sent.tries + 1, carried=True)
        return Outcome(sent.item, value, error, seconds)

    def _lost(self, future: Future[Any]) -> VivexError:
        """Return what ended an item's work on a worker; raise ReviewError where the worker is another vivex."""
        raised = future.exception(timeout=60)
        if isinstance(raised, ReviewError):
            raise ReviewError(f"a worker that joined differs in: {raised}; {_REMEDY}")
        if type(raised).__name__ == "KilledWorker":
            return TransientFault(
                "the workers that had it were ended again and again, as systems do that are short of memory; "
                "give the workers more memory or fewer threads, and run it again"
            )
        return TransientFault(f"its worker failed ({type(raised).__name__}: {raised}); run it again")

    def _room(self) -> int:
        """Return how many items may be with the workers at once; 0 where no worker, or no scheduler, is there."""
        client = self._client
        if client is None or client.status != "running":
            return 0
        with contextlib.suppress(OSError, TimeoutError):
            threads: dict[str, int] = client.nthreads()
            return AHEAD * sum(threads.values())
        return 0

    def _wait(self, gone: float) -> None:
        """Raise TransientFault where scheduler or workers are gone for longer than is to be waited for."""
        client = self._client
        if gone > GONE_SECONDS and (client is None or client.status != "running"):
            raise TransientFault(_gone(self.address))
        if self.patience is not None and gone > self.patience:
            raise TransientFault(
                f"no worker is left at {self.address}; what was finished is kept, start workers and run it again"
            )
        if self.waits is not None and gone:
            self.waits(gone)

    def _agree(self) -> None:
        """Wait for workers, find out what they see, and compare each with this machine."""
        client = self._client
        assert client is not None
        begin = time.monotonic()
        while not client.nthreads():
            passed = time.monotonic() - begin
            if self.patience is not None and passed > self.patience:
                raise TransientFault(
                    f"no worker came to {self.address} in {self.patience:g} s; start some (`dask worker ADDRESS`)"
                )
            if self.waits is not None:
                self.waits(passed)
            time.sleep(0.2)
        self._shared = self._drive_is_shared(client)
        own = self.setting.models.resolve() != shipped().resolve()
        here = _absolute(self.setting)
        known = standing(here, own_models=own)
        self._terms = at_worker.Terms(secrets.token_hex(8), self.seconds, self.memory_mb, here, own, known)
        told = client.run(at_worker.compared, self._terms, on_error="return")
        wrong = [f"{worker}: {_said(differs)}" for worker, differs in sorted(told.items()) if differs]
        if wrong:
            raise ReviewError(f"workers differ from this machine: {'; '.join(wrong)}; {_REMEDY}")

    def _drive_is_shared(self, client: Client) -> bool:
        """Return whether every worker reads here the file that this machine writes."""
        out = self.setting.out.absolute()
        out.mkdir(parents=True, exist_ok=True)
        words = secrets.token_hex(16)
        probe = out / f".vivex-{os.getpid()}-{words[:8]}.part"
        try:
            probe.write_text(words, encoding="utf-8")
            seen = client.run(at_worker.sees, probe, words, on_error="return")
            return all(answer is True for answer in seen.values())
        finally:
            with contextlib.suppress(OSError):
                probe.unlink()


_REMEDY = "install there what is installed here (the same vivex, libraries and models), and run it again"


def _gone(address: str) -> str:
    return f"the scheduler at {address} is gone; what was finished is kept, run it again to go on"


def _said(differs: object) -> str:
    if isinstance(differs, list):
        return ", ".join(map(str, differs))
    return f"vivex can't be used there ({differs})"


def _absolute(setting: Setting) -> Setting:
    return replace(setting, out=setting.out.absolute(), models=setting.models.absolute())
