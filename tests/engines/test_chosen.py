"""An engine is chosen by its name."""

from __future__ import annotations

import pytest

from vivex.engines.chosen import engine
from vivex.errors import MalformedFile, TransientFault, UnknownName
from vivex.pool import Pool
from vivex.review import read_params
from vivex.work import Setting


def on(setting: Setting, name: str) -> Setting:
    """Return the setting with another engine."""
    params = {**setting.params, "limits": {**setting.params["limits"], "on": name, "jobs": 3}}
    return Setting(setting.out, params, setting.models, setting.codebook)


def test_the_pool_of_this_machine_is_the_default(setting: Setting) -> None:
    assert setting.params["limits"]["on"] == "local"
    with engine(on(setting, "local")) as chosen:
        assert isinstance(chosen, Pool)
        assert chosen.jobs == 3


def test_an_unknown_engine_is_named(setting: Setting) -> None:
    with (
        pytest.raises(UnknownName, match=r"no engine is called 'cloud'; known: local, dask://HOST:PORT"),
        engine(on(setting, "cloud")),
    ):
        pass
    for wrong in ("cloud", "dask://", "dask://host", "slurm:", ""):
        with pytest.raises(MalformedFile, match=r"limits\.on is .*; it must be local, dask://HOST:PORT"):
            read_params(None, on=wrong)
    for right in ("local", "dask://lab-server:8786", "slurm", "slurm:jobs.yaml"):
        assert read_params(None, on=right)["limits"]["on"] == right


def test_a_scheduler_that_is_not_there_is_said(setting: Setting, monkeypatch) -> None:
    distributed = pytest.importorskip("distributed")

    def refuse(*_: object, **__: object) -> None:
        raise OSError("Timed out trying to connect")

    monkeypatch.setattr(distributed, "Client", refuse)
    with (
        pytest.raises(TransientFault, match="no Dask scheduler answers at tcp://lab:1"),
        engine(on(setting, "dask://lab:1")),
    ):
        pass
