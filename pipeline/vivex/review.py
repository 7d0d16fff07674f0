"""A review's folder on disk: where its parts lie, its parameters, its papers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex import __version__
from vivex.errors import MalformedFile, ReviewError
from vivex.paper import Failure

DEFAULTS: dict[str, Any] = {
    "vivex": __version__,
    "limits": {"jobs": 0, "seconds": 300, "memory_mb": 4000},
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


def open_review(root: Path) -> Review:
    """Return the review at `root`; raise ReviewError where the folder is none."""
    review = Review(root)
    if not review.codebook.exists():
        raise ReviewError(
            f"{root}: no codebook.yaml here; go to a review's folder, or make one with `vivex init {root}`"
        )
    return review


def read_params(path: Path | None) -> dict[str, Any]:
    """Return the parameters of params.yaml over the defaults; raise MalformedFile naming the key that is wrong."""
    if path is None or not path.exists():
        return {key: dict(value) if isinstance(value, dict) else value for key, value in DEFAULTS.items()}
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except yaml.YAMLError as error:
        raise MalformedFile(f"{path}: not YAML ({str(error).splitlines()[0]}); correct the line it names") from error
    if not isinstance(data, dict):
        raise MalformedFile(f"{path}: expected `key: value` lines")
    unknown = set(data) - set(DEFAULTS)
    if unknown:
        raise MalformedFile(f"{path}: unknown key {sorted(unknown)[0]!r}; known: {', '.join(DEFAULTS)}")
    for key, value in data.items():
        if isinstance(DEFAULTS[key], dict) and not isinstance(value, dict | None):
            raise MalformedFile(f"{path}: {key} must hold settings (`{key}: {{name: value}}`)")
    return {
        key: {**default, **(data.get(key) or {})} if isinstance(default, dict) else data.get(key, default)
        for key, default in DEFAULTS.items()
    }


def gather(paths: Iterable[Path]) -> tuple[dict[str, Path], list[Failure]]:
    """Return study -> file for the papers named (folders are searched, not deeply), and those refused at once."""
    from vivex.parse import suffixes

    files: list[Path] = []
    refused: list[Failure] = []
    for path in paths:
        if path.is_dir():
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
        if file.suffix.lower() not in readable:
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
