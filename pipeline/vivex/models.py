"""Where models lie: a review's adapted ones first, then its base, then those shipped with vivex."""

from __future__ import annotations

from pathlib import Path

from vivex.document import sha256

PARTS = ("ner", "rob", "fields")


def shipped() -> Path:
    """Return the folder of the shipped models (models/base of a checkout, data/models/base of an installation)."""
    inside = Path(__file__).parent / "data" / "models" / "base"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "models" / "base"


def locate(models: Path, part: str) -> Path | None:
    """Return the folder of a part's model: promoted by the review, else its base, else shipped; None where there is none."""
    for folder in (models / part, models / "base" / part, shipped() / part):
        if any(f.suffix != ".json" or f.name == "model.json" for f in _files(folder)):
            return folder
    return None


def fingerprint(folder: Path | None) -> str:
    """Return a hash of a model folder's files, names and bytes ("" for no folder)."""
    if folder is None or not folder.is_dir():
        return ""
    files = _files(folder)
    return sha256("".join(f"{f.relative_to(folder).as_posix()} {sha256(f.read_bytes())}\n" for f in files).encode())[
        :16
    ]


def _files(folder: Path) -> list[Path]:
    """Return the files of a model folder in order, cards and hidden files aside; none where there is no folder."""
    return sorted(f for f in folder.rglob("*") if f.is_file() and f.suffix != ".md" and not f.name.startswith("."))
