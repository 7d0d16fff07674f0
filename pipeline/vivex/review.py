"""A review's folder on disk: where its parts lie, its parameters, its papers."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex import __version__
from vivex.errors import MalformedFile, ReviewError
from vivex.files import well_formed
from vivex.paper import Failure
from vivex.settings import check_settings
from vivex.yaml_files import read_yaml

LONGEST = 200  # bytes of a study's id: files are named by it, with endings and prefixes, and 255 is the most
DEFAULTS: dict[str, Any] = {
    "vivex": __version__,
    "limits": {"jobs": 0, "seconds": 300, "memory_mb": 4000, "on": "local"},
    "parse": {},
    "recognize": {},
    "assess": {},
    "prefill": {},
    "train": {},
    "agree": {},
}


@dataclass(frozen=True, slots=True)
class Review:
    """Name the parts of a review's folder."""

    root: Path

    @property
    def pdfs(self) -> Path:
        """Return the folder of the papers."""
        return self.root / "pdfs"

    @property
    def annotations(self) -> Path:
        """Return the folder of what people decided."""
        return self.root / "annotations"

    @property
    def outputs(self) -> Path:
        """Return the folder of everything derived."""
        return self.root / "outputs"

    @property
    def models(self) -> Path:
        """Return the folder of the models."""
        return self.root / "models"

    @property
    def codebook(self) -> Path:
        """Return the path of the codebook."""
        return self.root / "codebook.yaml"


def open_review(root: Path, *, whole: bool = True) -> Review:
    """Return the review at `root`; raise ReviewError where the folder is none.

    Where `whole`, papers and decisions must be here too: what its pointers count and its folders lack is absent, not
    none, and nobody should go on as if it had never been.
    """
    review = Review(root)
    if not review.codebook.exists():
        raise ReviewError(
            f"{root}: no codebook.yaml here; go to a review's folder, or make one with `vivex init {root}`"
        )
    lacking = absent(review) if whole else {}
    if lacking:
        what = " and ".join(f"{count} of the files of {folder}/" for folder, count in lacking.items())
        raise ReviewError(f"{root}: {what} are not here; `vivex sync` brings them")
    return review


def absent(review: Review) -> dict[str, int]:
    """Return folder -> how many of the files that its pointer counts are not here; nothing where all are."""
    found = {}
    for folder in (review.pdfs, review.annotations):
        pointer = folder.with_name(f"{folder.name}.dvc")
        if not pointer.is_file():
            continue
        counted = re.search(r"(?m)^\s+nfiles: (\d+)$", pointer.read_text(encoding="utf-8", errors="replace"))
        wanted = int(counted[1]) if counted else 0
        here = sum(path.is_file() and not path.name.endswith(".part") for path in folder.rglob("*")) if wanted else 0
        if here < wanted:
            found[folder.name] = wanted - here
    return found


def read_params(path: Path | None, *, jobs: int | None = None, on: str | None = None) -> dict[str, Any]:
    """Return the parameters of params.yaml over the defaults; raise MalformedFile naming the key that is wrong.

    `jobs` and `on`, where given on the command line, go before limits.jobs and limits.on.
    """
    data: Any = {}
    where = "params" if path is None else str(path)
    if path is not None and path.exists():
        data = read_yaml(path.read_bytes(), where=where) or {}
    if not isinstance(data, dict):
        raise MalformedFile(f"{where}: expected `key: value` lines")
    unknown = sorted(map(str, set(data) - set(DEFAULTS)))
    if unknown:
        raise MalformedFile(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(DEFAULTS)}")
    for key, value in data.items():
        if isinstance(DEFAULTS[key], dict) and not isinstance(value, dict | None):
            raise MalformedFile(f"{where}: {key} must hold settings (`{key}: {{name: value}}`)")
    params = {
        key: {**default, **(data.get(key) or {})} if isinstance(default, dict) else data.get(key, default)
        for key, default in DEFAULTS.items()
    }
    if jobs is not None:
        params["limits"]["jobs"] = jobs
        where = "--jobs" if set(data.get("limits") or {}) <= {"jobs"} else where
    if on is not None:
        params["limits"]["on"] = on
    check_settings(params, where=where)
    return params


def pinned(params: Mapping[str, Any]) -> list[str]:
    """Return one line where params.yaml names another version of vivex than this one."""
    wanted = str(params["vivex"])
    if wanted == __version__:
        return []
    return [
        f"params.yaml pins vivex {wanted}, and this is {__version__}; install that version, or set the pin to this one"
    ]


def gather(paths: Iterable[Path]) -> tuple[dict[str, Path], list[Failure]]:
    """Return study -> file for the papers named (folders are searched, not deeply), and those refused at once."""
    from vivex.parse import suffixes

    files: list[Path] = []
    refused: list[Failure] = []
    for path in paths:
        if len(os.fsencode(path.name)) > 255:
            refused.append(
                Failure(path.stem[:40], path.name[:40], "unsupported", "there is no such file; check the name")
            )
        elif path.is_dir():
            files += sorted(
                f for f in path.iterdir() if f.is_file() and not f.name.startswith(".") and f.suffix != ".dvc"
            )
        elif path.exists():
            files.append(path)
        else:
            refused.append(Failure(path.stem, path.name, "unsupported", "there is no such file; check the name"))
    sources: dict[str, Path] = {}
    readable = suffixes()
    for file in files:
        other = sources.get(file.stem)
        if well_formed(file.name) != file.name:
            shown = well_formed(file.name)
            refused.append(Failure(shown, shown, "unsupported", "its name is not UTF-8 text; rename the file"))
        elif len(file.stem.encode("utf-8")) > LONGEST:
            shown = f"{file.name[:40]}…{file.suffix}"
            remedy = f"its name has more than {LONGEST} bytes; give it a shorter one"
            refused.append(Failure(shown, shown, "unsupported", remedy))
        elif file.suffix.lower() not in readable:
            remedy = f"only {', '.join(sorted(readable))} files are read; save the paper as one of them"
            refused.append(Failure(file.name, file.name, "unsupported", remedy))
        elif other is None:
            sources[file.stem] = file
        elif other.resolve() != file.resolve():
            remedy = f"{other.name} has the same study id ({file.stem}); rename or remove one of the two"
            refused.append(Failure(file.name, file.name, "duplicate", remedy))
    return sources, refused


def limits(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the pool's limits from the parameters."""
    chosen = params["limits"]
    return {"jobs": int(chosen["jobs"]), "seconds": float(chosen["seconds"]), "memory_mb": int(chosen["memory_mb"])}
