"""What a cluster's worker does: each of its threads keeps a bounded child process, which works on a paper at a time.

The worker itself loads no model and reads no paper: what a paper does to its child costs the worker nothing.
"""

from __future__ import annotations

import contextlib
import functools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from vivex.engines.parcel import Parcel, unpacked
from vivex.engines.standing import differing, standing
from vivex.errors import ReviewError, TransientFault, VivexError, defect, in_one_line
from vivex.models import shipped
from vivex.pool import Outcome, Pool
from vivex.work import Setting
from vivex.work import prepare as load

_pools: dict[int, tuple[str, Pool]] = {}  # thread -> the run that it works for, its child
_guard = threading.Lock()
_known: dict[str, list[str]] = {}  # run -> what differs here
_comparing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Terms:
    """Fix what a run's workers hold to; `run` tells one run from another."""

    run: str
    seconds: float
    memory_mb: int
    setting: Setting
    own_models: bool
    standing: Mapping[str, str]


def compared(terms: Terms) -> list[str]:
    """Return what on this worker differs from where the run was started."""
    with _comparing:
        if terms.run not in _known:
            _known.clear()
            _known[terms.run] = differing(terms.standing, standing(terms.setting, own_models=terms.own_models))
        return _known[terms.run]


def sees(probe: Path, words: str) -> bool:
    """Return whether the worker reads the same file at the same place: the drive is shared."""
    try:
        return probe.read_text(encoding="utf-8") == words
    except (OSError, UnicodeError):
        return False


def do(
    function: Callable[[Any], Any], parcel: Parcel, prepare: Callable[[], object] | None, terms: Terms
) -> tuple[Any, VivexError | None, float]:
    """Return what the function gives for the parcel's item, or the error, and the seconds it took.

    Raise ReviewError where this worker isn't what the run was started with.
    """
    differs = compared(terms)
    if differs:
        raise ReviewError(", ".join(differs))
    try:
        with unpacked(parcel) as item:
            ready = _prepared(prepare, own_models=parcel.own_models)
            (outcome,) = _pool(terms).map(function, [item], prepare=ready)
    except VivexError as error:  # its child doesn't start, or the folder of temporary files is full
        outcome = Outcome(None, error=error)
    except Exception as error:  # a defect of ours must not take the worker's other papers down
        outcome = Outcome(None, error=TransientFault(in_one_line(error) or defect(error)))
    return outcome.value, outcome.error, outcome.seconds


def release(run: str) -> int:
    """End the children of a run on this worker; return how many."""
    with _guard:
        ended = [(thread, pool) for thread, (of, pool) in _pools.items() if of == run]
        for thread, _ in ended:
            del _pools[thread]
    for _, pool in ended:
        with contextlib.suppress(OSError, ValueError):
            pool.__exit__()
    return len(ended)


def _pool(terms: Terms) -> Pool:
    """Return the child of this thread, a fresh one for each run: the code may be another."""
    here = threading.get_ident()
    with _guard:
        run, pool = _pools.get(here, ("", None))
        if pool is not None and run == terms.run:
            return pool
        fresh = Pool(jobs=1, seconds=terms.seconds, memory_mb=terms.memory_mb)
        _pools[here] = (terms.run, fresh)
    if pool is not None:
        with contextlib.suppress(OSError, ValueError):
            pool.__exit__()
    return fresh


def _prepared(prepare: Callable[[], object] | None, *, own_models: bool) -> Callable[[], object] | None:
    """Return what loads models; those that come with this machine's vivex where the run uses what vivex ships."""
    if not own_models and isinstance(prepare, functools.partial) and prepare.func is load:
        stage, setting = prepare.args
        return functools.partial(load, stage, replace(setting, models=shipped()))
    return prepare
