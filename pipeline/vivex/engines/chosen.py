"""The engine that `--on` or `limits.on` of params.yaml names: local, dask://HOST:PORT, slurm or slurm:FILE."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from vivex.engines import Engine
from vivex.errors import UnknownName
from vivex.review import limits
from vivex.work import Setting

KNOWN = "local, dask://HOST:PORT, slurm, slurm:FILE"


@contextlib.contextmanager
def engine(setting: Setting) -> Iterator[Engine]:
    """Give the engine that the setting's limits name; raise UnknownName where none is called so."""
    chosen = str(setting.params["limits"]["on"])
    bounds = limits(setting.params)
    if chosen == "local":
        from vivex.pool import Pool

        with Pool(**bounds) as pool:
            yield pool
    elif chosen.startswith("dask://") and chosen != "dask://":
        from vivex.engines.cluster import Cluster

        address = "tcp://" + chosen.removeprefix("dask://")
        with Cluster(address, setting, seconds=bounds["seconds"], memory_mb=bounds["memory_mb"]) as cluster:
            yield cluster
    elif chosen == "slurm" or chosen.startswith("slurm:"):
        from vivex.engines.slurm import slurm

        file = chosen.partition(":")[2]
        with slurm(Path(file) if file else None, setting, bounds) as jobs:
            yield jobs
    else:
        raise UnknownName(f"no engine is called {chosen!r}; known: {KNOWN}")
