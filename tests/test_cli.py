"""The command line as a whole: errors in one line, exit statuses, nothing heavy at the start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vivex import __version__, cli
from vivex.errors import ReviewError

HEAVY = ("numpy", "pandas", "pymupdf", "onnxruntime", "spacy", "matplotlib", "openpyxl", "yaml")


def raising(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> int:
    """Return the exit status of a verb that raises."""
    import vivex.verbs.status as verb

    def run(_: object) -> int:
        raise error

    monkeypatch.setattr(verb, "run", run)
    return cli.main(["status"])


def test_an_error_of_vivex_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert raising(monkeypatch, ReviewError("here: no codebook.yaml")) == 2
    assert capsys.readouterr().err == "vivex status: here: no codebook.yaml\n"


def test_an_interruption_says_what_is_kept(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert raising(monkeypatch, KeyboardInterrupt()) == 130
    assert "run it again" in capsys.readouterr().err


def test_a_defect_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError):
        raising(monkeypatch, ZeroDivisionError())


def test_version_and_unknown_verbs(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        cli.main(["--version"])
    assert done.value.code == 0
    assert capsys.readouterr().out == f"vivex {__version__}\n"
    with pytest.raises(SystemExit) as done:
        cli.main(["recognise"])
    assert done.value.code == 2
    assert "recognize" in capsys.readouterr().err


def test_the_parser_loads_nothing_heavy() -> None:
    code = f"import sys, vivex.cli; vivex.cli.parser(); print([m for m in {HEAVY} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_verb_is_a_module_of_its_own() -> None:
    folder = Path(cli.__file__).parent / "verbs"
    modules = {p.stem for p in folder.glob("*.py") if not p.stem.startswith("_")}
    assert modules - {"line", "foreign"} == set(cli.VERBS.values())


@pytest.mark.parametrize(("verb", "threads"), [("status", "1"), ("train", None)])
def test_only_what_computes_has_threads_for_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verb: str, threads: str | None
) -> None:
    """OpenBLAS's threads spin for ever where the address space is too small for them."""
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS")
    cli.main([verb, "--root", str(tmp_path)])
    assert os.environ.get("OPENBLAS_NUM_THREADS") == threads


@pytest.mark.parametrize(("fault", "told"), [("OSError(28, 'no space')", False), ("ValueError('odd')", True)])
def test_what_fails_as_something_is_thrown_away_is_told_unless_it_was(fault: str, told: bool) -> None:
    lines = (
        "from vivex import cli",
        "class Half:",
        f"    def __del__(self): raise {fault}",
        "class Verb:",
        "    verb = 'status'",
        "    def run(self, options):",
        "        Half()",
        "        return 0",
        "cli.parser = lambda: type('P', (), {'parse_args': lambda self, argv: Verb()})()",
        "raise SystemExit(cli.main([]))",
    )
    code = "\n".join(lines).replace("self, options", "self, options=None")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert ("Traceback" in done.stderr) is told
