"""Children of pools that begin where a process stands that has imported vivex: most tests are about what comes after.

Each has the folder and environment of the test that starts it, as a fresh interpreter would, and its own memory.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import context, forkserver
from pathlib import Path
from unittest.mock import patch

FRESH = ("test_pool.py", "test_safe_start.py")  # these test the start itself
TESTS = str(Path(__file__).parent)


class Child(context.ForkServerProcess):
    """Begin with the environment in which it was started."""

    environment: dict[str, str]

    def start(self) -> None:
        """Start, with the environment as it is now."""
        self.environment = dict(os.environ)
        super().start()

    def run(self) -> None:
        """Do the work."""
        os.environ.clear()
        os.environ.update(self.environment)
        super().run()


class Quick(context.ForkServerContext):
    """Start children from a process that has imported all."""

    Process = Child


@contextmanager
def quick_children() -> Iterator[None]:
    """Start children quickly where a fresh interpreter is asked for, unless the test that runs is about that."""
    fresh = multiprocessing.get_context

    def chosen(method: str | None = None) -> context.BaseContext:
        here = os.environ.get("PYTEST_CURRENT_TEST", "").partition("::")[0]
        if method != "spawn" or here.endswith(FRESH):
            return fresh(method)
        _serve()
        return Quick()

    with patch.object(multiprocessing, "get_context", chosen):
        yield


def _serve() -> None:
    """Start the process from which children are forked, unless it runs."""
    forkserver.set_forkserver_preload(["loaded"])
    single = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    places = os.pathsep.join(filter(None, [os.environ.get("PYTHONPATH"), TESTS]))
    with patch.dict(os.environ, {**single, "TOKENIZERS_PARALLELISM": "false", "PYTHONPATH": places}):
        forkserver.ensure_running()
