"""What a paper's result depends on: the key of a stage, made of bytes, code, settings, models, plug-ins and libraries.

Every input is read once, or compared after its use with what was hashed before it: a file that changes while it is
read gives no result that is kept under another's key.
"""

from __future__ import annotations

import functools
import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from vivex.arrows import plugged_in
from vivex.document import sha256
from vivex.models import fingerprint

_SETTLED = 2.0  # seconds since its last change after which another change can't bear the same time
_digests: dict[tuple[str, int, int, int, int], str] = {}  # (path, inode, size, times of change) -> hash


def digest(path: Path) -> str:
    """Return the hash of a file's bytes, read once in this process as long as the file stays untouched."""
    told = os.stat(path)
    mark = (os.fspath(path), told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns)
    known = _digests.get(mark)
    if known is None:
        known = sha256(path.read_bytes())
        if time.time() - max(told.st_mtime, told.st_ctime) > _SETTLED:
            _digests[mark] = known
    return known


def of_files(common: str, paths: Iterable[Path], *, anew: bool = False) -> str:
    """Return the key of one paper: the hash of what all papers depend on and of the bytes of its own inputs.

    `anew`: read each file, also those that this process has read before.
    """
    hashes = (sha256(path.read_bytes()) if anew else digest(path) for path in paths)
    return sha256("\n".join([common, *hashes]).encode())[:32]


def of_libraries(names: Iterable[str]) -> list[str]:
    """Return "name=version" of the libraries that decide results."""
    return [f"{name}={_version(name)}" for name in names]


def of_plug_ins(stage: str, params: Mapping[str, Any]) -> list[str]:
    """Return name, package, version and place of the strangers' parsers, or of the annotators that params name."""
    if stage == "parse":
        return plugged_in("vivex.parsers")
    return plugged_in("vivex.annotators", params.get("annotators") or ())


def of_chosen_models(params: Mapping[str, Any]) -> list[str]:
    """Return label, name and fingerprint of each model that params choose under `models`."""
    found = []
    for label, choice in sorted((params.get("models") or {}).items()):
        use = str(choice.get("use", "") if isinstance(choice, dict) else choice)
        origin, _, name = use.partition(":")
        libraries = of_libraries(("spacy",) if origin == "spacy" else ("transformers", "torch"))
        found.append(json.dumps([label, use, _model(name), libraries]))
    return found


def of_ocr(params: Mapping[str, Any]) -> list[str]:
    """Return the version of OCRmyPDF where parse.ocr is set."""
    if not params.get("ocr"):
        return []
    program = shutil.which("ocrmypdf")
    return [f"ocrmypdf={_said(program) if program else ''}"]


def _model(name: str) -> str:
    """Return what tells a model's versions apart: its folder's bytes, its package's version, its commit of the hub."""
    if Path(name).is_dir():
        return fingerprint(Path(name))
    if installed := _version(name):
        return installed
    try:
        from huggingface_hub.constants import HF_HUB_CACHE
    except ImportError:
        return ""
    commit = Path(HF_HUB_CACHE, f"models--{name.replace('/', '--')}", "refs", "main")
    return commit.read_text(encoding="utf-8").strip() if commit.is_file() else ""


def _version(name: str) -> str:
    try:
        return version(name)
    except (PackageNotFoundError, ValueError):
        return ""


@functools.cache
def _said(program: str) -> str:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
