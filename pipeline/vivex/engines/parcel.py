"""A paper's work as it is sent to a worker: by names of files on a drive that both see, or with the files' bytes."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any

from vivex.models import shipped
from vivex.stages import STAGES
from vivex.work import Setting, Task

_PAPERS, _OUT = "papers", "outputs"  # the folders of a parcel's files


@dataclass(frozen=True, slots=True)
class Parcel:
    """Hold an item; `files` are the bytes of what it reads, by their place, where the worker doesn't see them."""

    item: Any
    files: tuple[tuple[str, bytes], ...] = ()
    own_models: bool = True  # the review's, by their path; else those that come with the worker's vivex


def pack(item: Any, *, carried: bool) -> Parcel:
    """Return the parcel of an item; raise OSError where a file that is to be carried can't be read here."""
    if not isinstance(item, Task):
        return Parcel(item)
    setting = item.setting
    absolute = replace(
        item,
        source=item.source.absolute(),
        paths=tuple(path.absolute() for path in item.paths),
        setting=_with(setting, out=setting.out.absolute(), models=setting.models.absolute()),
    )
    files = tuple(_files(item)) if carried else ()
    return Parcel(absolute, files, own_models=setting.models.resolve() != shipped().resolve())


@contextlib.contextmanager
def unpacked(parcel: Parcel) -> Iterator[Any]:
    """Give the item as this machine can work on it: what it carries lies in a folder that is removed afterwards."""
    item = parcel.item
    if not isinstance(item, Task):
        yield item
        return
    if not parcel.own_models:
        item = replace(item, setting=_with(item.setting, models=shipped()))
    if not parcel.files:
        yield item
        return
    with tempfile.TemporaryDirectory(prefix="vivex-") as folder:
        root = Path(folder)
        for place, data in parcel.files:
            path = root.joinpath(*PurePosixPath(place).parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        out, source = root / _OUT, root / _PAPERS / item.source.name
        moved = tuple(source if path == item.source else out / path.parent.name / path.name for path in item.paths)
        yield replace(item, source=source, paths=moved, setting=_with(item.setting, out=out))


def _files(task: Task) -> Iterator[tuple[str, bytes]]:
    """Yield the files that the work on a paper reads, with their places in a parcel."""
    stage = STAGES[task.stage]
    if not stage.reads or stage.formats:
        yield f"{_PAPERS}/{task.source.name}", task.source.read_bytes()
    read = [path for path in task.paths if path != task.source]
    if stage.formats:  # vivex.paper reads all that was written of it
        line = [of for of in STAGES.values() if not of.formats]
        read = [task.setting.out / of.folder / f"{task.study}{of.suffix}" for of in line]
    for path in read:
        yield f"{_OUT}/{path.parent.name}/{path.name}", path.read_bytes()


def _with(setting: Setting, *, out: Path | None = None, models: Path | None = None) -> Setting:
    return replace(setting, out=out or setting.out, models=models or setting.models)
