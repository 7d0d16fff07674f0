"""`vivex init DIR`: the folders, files, git and DVC of a new review; in an existing one, what is missing."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

HELP = "Make a new review's folder (git, DVC, codebook, pipeline), or complete a cloned one"

GITIGNORE = """\
.venv/
__pycache__/
*.tmp
~$*
.~lock.*#
/models/ner
/models/rob
/outputs/*
!/outputs/*.json
"""
GITATTRIBUTES = "*.dvc merge=dvc\ndvc.lock merge=dvc\n"
MERGE_DRIVER = "dvc git-hook merge-driver --ancestor %O --our %A --their %B"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the review's folder; made if absent")
    parser.add_argument(
        "--form",
        default="invivo",
        help="the form to begin with: invivo (default) or msc-exosome-oa; edit codebook.yaml later",
    )


def run(options: argparse.Namespace) -> int:
    """Lay out the review; nothing that exists is changed."""
    from vivex import __version__
    from vivex.codebook import template_path
    from vivex.files import write_text

    root: Path = options.folder
    form = template_path(options.form).read_text(encoding="utf-8")
    shipped = Path(__file__).parents[1] / "data" / "review"
    for folder in ("pdfs", "annotations", "outputs", "models"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    files = {
        "codebook.yaml": form,
        "dvc.yaml": (shipped / "pipeline.yaml").read_text(encoding="utf-8"),
        "params.yaml": (shipped / "params.yaml").read_text(encoding="utf-8").replace("@VERSION@", __version__),
        ".gitignore": GITIGNORE,
        ".gitattributes": GITATTRIBUTES,
        "README.md": (shipped / "README.md").read_text(encoding="utf-8"),
    }
    for name, content in files.items():
        if not (root / name).exists():
            write_text(root / name, content)
            print(f"wrote {root / name}")
    if not (root / ".git").exists():
        _call(root, "git", "init", "--quiet", "--initial-branch", "main")
    if not (root / ".dvc").exists():
        _dvc(root, "init", "--quiet")
        _dvc(root, "config", "core.analytics", "false")
        _dvc(root, "config", "core.autostage", "true")
    _call(root, "git", "config", "merge.dvc.name", "DVC merge driver")
    _call(root, "git", "config", "merge.dvc.driver", MERGE_DRIVER)
    for folder in ("pdfs", "annotations"):
        if not (root / f"{folder}.dvc").exists():
            _dvc(root, "add", "--quiet", folder)
    _call(root, "git", "add", *files, ".dvc", ".dvcignore", "pdfs.dvc", "annotations.dvc")
    print(f"The review is ready. Copy papers into {root / 'pdfs'}, then, in {root}: dvc add pdfs, dvc repro.")
    return 0


def _dvc(root: Path, *words: str) -> None:
    _call(root, sys.executable, "-m", "dvc", *words)


def _call(root: Path, *words: str) -> None:
    """Run a command in the review's folder; raise ReviewError with what it said where it fails."""
    from vivex.errors import ReviewError

    try:
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise ReviewError(
            f"{words[0]} is not installed; install git from git-scm.com and run `vivex init` again"
        ) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no message"]
        raise ReviewError(f"{root}: `{' '.join(words[:4])}` failed: {said[-1]}")
