"""A review's folder on disk: where its parts lie, its parameters, its papers."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex import __version__
from vivex.compiled import kept
from vivex.errors import MalformedFile, ReviewError
from vivex.files import well_formed
from vivex.inputs import digest
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
    """Return study -> file for the papers named, and those refused at once.

    Folders are searched below, as Zotero keeps a folder a paper; of files that are byte for byte the same one is taken.
    """
    with kept():
        from vivex.parse import suffixes

        readable = suffixes()
    files: list[tuple[Path, bool]] = []  # and whether it lies in a folder below one that was named
    refused: list[Failure] = []
    for path in paths:
        if len(os.fsencode(path.name)) > 255:
            refused.append(
                Failure(path.stem[:40], path.name[:40], "unsupported", "there is no such file; check the name")
            )
        elif path.is_dir():
            files += _within(path, readable)
        elif path.exists():
            files.append((path, False))
        else:
            refused.append(Failure(path.stem, path.name, "unsupported", "there is no such file; check the name"))
    sources: dict[str, Path] = {}
    for file, below in files:
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
        elif other.resolve() == file.resolve():
            continue
        elif _same_bytes(file, other):
            refused.append(_twin(file.name, file, other))
        elif below and (named := f"{file.stem}-{file.parent.name}") not in sources and _is_id(named):
            sources[named] = file  # "Full Text.pdf" of several folders
        else:
            remedy = f"{other.name} has the same study id ({file.stem}); rename or remove one of the two"
            refused.append(Failure(file.name, file.name, "duplicate", remedy))
    return _once(sources, refused), refused


def _within(folder: Path, readable: Collection[str]) -> list[tuple[Path, bool]]:
    """Return the files of a folder, and the papers in the folders below it; what is hidden aside."""
    here = sorted(f for f in folder.iterdir() if not f.name.startswith("."))
    found = [(f, False) for f in here if f.is_file() and f.suffix != ".dvc"]
    for below in here:
        if below.is_dir():
            deep = (f for f in sorted(below.rglob("*")) if f.suffix.lower() in readable and f.is_file())
            found += [(f, True) for f in deep if not any(p.startswith(".") for p in f.relative_to(folder).parts)]
    return found


def _once(sources: Mapping[str, Path], refused: list[Failure]) -> dict[str, Path]:
    """Return the papers, of several that are byte for byte the same the first; the others are refused."""
    sizes = {study: file.stat().st_size for study, file in sources.items()}
    alone = {size for size, count in Counter(sizes.values()).items() if count == 1}
    taken: dict[str, str] = {}  # hash -> study; only files of one size are read
    found: dict[str, Path] = {}
    for study, file in sources.items():
        hashed = "" if sizes[study] in alone else _hashed(file)
        twin = taken.setdefault(hashed, study) if hashed else study
        if twin == study:
            found[study] = file
        else:
            refused.append(_twin(study, file, found[twin]))
    return found


def _hashed(file: Path) -> str:
    """Return the hash of a file's bytes; "" where it can't be read, which its stage will say."""
    try:
        return digest(file)
    except OSError:
        return ""


def _is_id(study: str) -> bool:
    """Return whether files can be named by a study's id."""
    return well_formed(study) == study and len(study.encode("utf-8")) <= LONGEST


def _twin(study: str, file: Path, taken: Path) -> Failure:
    remedy = f"it is the same paper as {taken.name}, byte for byte, which was taken; remove one of the two"
    return Failure(study, file.name, "duplicate", remedy)


def _same_bytes(one: Path, other: Path) -> bool:
    return one.stat().st_size == other.stat().st_size and one.read_bytes() == other.read_bytes()


def limits(params: Mapping[str, Any]) -> dict[str, Any]:
    """Return the pool's limits from the parameters."""
    chosen = params["limits"]
    return {"jobs": int(chosen["jobs"]), "seconds": float(chosen["seconds"]), "memory_mb": int(chosen["memory_mb"])}
