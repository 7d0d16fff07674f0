"""Where models lie (a review's adapted ones first, then its base, then those shipped), and what each was fitted with.

A model is weights for features that rules and vocabularies make. Its model.json names the files those rest on, each by
its hash, under "fitted_with"; where they have changed since, the weights answer to other features than these, and every
run says so in one line. Whoever trains a model stamps it (`stamped`); who has measured that a model still holds under
changed rules stamps it with scripts/stamp_models.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from vivex.dependencies import hashes
from vivex.document import sha256
from vivex.errors import MalformedFile

PARTS = ("ner", "rob", "fields")
FITTED_WITH = "fitted_with"
_FEATURES = {  # part -> the module that makes its features; for ner those of its labels too
    "ner": "recognize.tagger.neural",
    "rob": "assess.judge",
    "fields": "extract.propose",
}
# What every module rests on and no feature does: kinds of errors, places of files, the form of records.
_NO_FEATURE = (
    "annotation",
    "arrows",
    "codebook",
    "dependencies",
    "errors",
    "files",
    "labels",
    "models",
    "paper",
    "questions",
    "yaml_files",
)


def shipped() -> Path:
    """Return the folder of the shipped models (models/base of a checkout, data/models/base of an installation)."""
    inside = Path(__file__).parent / "data" / "models" / "base"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "models" / "base"


def locate(models: Path, part: str) -> Path | None:
    """Return the folder of a part's model: promoted by the review, else its base, else shipped; None where none is."""
    for folder in (models / part, models / "base" / part, shipped() / part):
        if any(f.suffix != ".json" or f.name == "model.json" for f in _files(folder)):
            return folder
    return None


def fingerprint(folder: Path | None) -> str:
    """Return a hash of a model folder's files, names and bytes ("" for no folder)."""
    if folder is None or not folder.is_dir():
        return ""
    lines = (f"{f.relative_to(folder).as_posix()} {sha256(f.read_bytes())}\n" for f in _files(folder))
    return sha256("".join(lines).encode())[:16]


def stamped(part: str, meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a model.json says, with the files that the part's features rest on as they are now."""
    return {**meta, FITTED_WITH: _now(part, meta)}


def unstamped(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a model.json says of the model itself: the name it goes by doesn't change when it is stamped anew."""
    return {key: value for key, value in meta.items() if key != FITTED_WITH}


def uncoupled(models: Path, parts: Iterable[str] = PARTS) -> list[str]:
    """Return one line for each model that was fitted with other rules or vocabulary than these."""
    lines = []
    for part in parts:
        folder = locate(models, part)
        changed = _changed(part, folder) if folder is not None else []
        if folder is not None and changed:
            others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
            lines.append(
                f"the {part} model ({folder.parent.name}/{folder.name}) was fitted with other rules: "
                f"{changed[0]}{others} changed since; its figures may not hold. "
                "Train it again, or measure and run scripts/stamp_models.py"
            )
    return lines


def adapted(models: Path) -> list[str]:
    """Return one line for each part that a review has adapted: what it learnt from, and what it gained."""
    lines = []
    for part in PARTS:
        path = models / part / "promoted.json"
        said = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        if said.get("promoted"):
            learnt = said.get("learnt") or "learnt from settled decisions"
            lines.append(f"the {part} model is the review's own: {learnt}; {said.get('reason', '')}")
    return lines


def _changed(part: str, folder: Path) -> list[str]:
    """Return the files that differ from those a model was fitted with; a model that names none can't be checked."""
    path = folder / "model.json"
    if not path.is_file():
        return []
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error}); train the model again or remove its folder") from error
    then, now = meta.get(FITTED_WITH), _now(part, meta)
    if then is None:
        return []
    return sorted(name for name in {*then, *now} if then.get(name) != now.get(name))


def _now(part: str, meta: Mapping[str, Any]) -> dict[str, str]:
    """Return the hash of each file that the part's features rest on."""
    kinds = (f"recognize.kinds.{label}" for label in meta.get("labels", ())) if part == "ner" else ()
    files = hashes(*(f"vivex.{name}" for name in (_FEATURES[part], *kinds)))
    return {name: digest for name, digest in files.items() if _counts(name)}


def _counts(name: str) -> bool:
    return not name.startswith("data/codebooks/") and name.removesuffix(".py") not in _NO_FEATURE


def _files(folder: Path) -> list[Path]:
    """Return the files of a model folder in order, cards and hidden files aside; none where there is no folder."""
    return sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix != ".md" and not f.name.startswith("."))
