"""No module, setting or entry point comes from the folder in which vivex is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import vivex

MARKER = "marker"
NAMES = ("select", "numpy", "yaml", "json", "argparse", "vivex", "selectors", "pymupdf", "lxml", "sitecustomize")
PAPER = (
    "Metformin in rats\n\nMethods\n\nTwenty male Wistar rats were given metformin 100 mg/kg by oral gavage once daily "
    "for 4 weeks. Rats were allocated to two groups with a table of random numbers.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a paper, modules that tell when they are run, a plug-in and a settings file."""
    for name in NAMES:
        (tmp_path / f"{name}.py").write_text(
            f"open({str(tmp_path / MARKER)!r}, 'a').write({name!r})\nraise SystemExit(9)\n"
        )
    plugin = tmp_path / "stranger-1.0.dist-info"
    plugin.mkdir()
    (plugin / "METADATA").write_text("Metadata-Version: 2.1\nName: stranger\nVersion: 1.0\n")
    (plugin / "entry_points.txt").write_text(
        "[vivex.annotators]\nstranger = select:run\n[vivex.parsers]\ntxt = select:run\n"
    )
    (tmp_path / ".env").write_text("PYTHONSTARTUP=select.py\n")
    (tmp_path / "paper.txt").write_text(PAPER)
    return tmp_path


def environment() -> dict[str, str]:
    """Return the environment with vivex named by an absolute path, as an installation has it."""
    return {**os.environ, "PYTHONPATH": str(Path(vivex.__file__).parents[1])}


def scripts() -> list[list[str]]:
    """Return the ways to start vivex."""
    # what the console script does, with its own folder first
    console = "import sys; from vivex.cli import main; sys.exit(main())"
    return [[sys.executable, "-P", "-c", console], [sys.executable, "-m", "vivex.cli"]]


@pytest.mark.parametrize("start", scripts(), ids=["console script", "python -m"])
def test_what_lies_beside_the_papers_is_never_run(folder: Path, start: list[str]) -> None:
    names = [n for n in NAMES if start[1] == "-P" or n not in ("argparse", "vivex")]
    for name in set(NAMES) - set(names):  # python -m itself looks for these before a line of vivex is run
        (folder / f"{name}.py").unlink()
    done = subprocess.run(
        [*start, "run", "paper.txt", "--out", "out", "--no-report"],
        cwd=folder, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "left out" not in done.stderr
    assert (folder / "out" / "forms" / "paper.json").exists()
    assert not (folder / MARKER).exists(), (folder / MARKER).read_text()
