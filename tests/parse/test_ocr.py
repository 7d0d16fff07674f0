"""Scans: a text layer is added by OCRmyPDF, or it is said what to do."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from printed import made, parsed

from vivex.errors import UnreadablePaper
from vivex.parse.ocr import can_add_text, with_text

# What stands for OCRmyPDF: the last two arguments are the file that it reads and the one that it writes.
COPIES = "import shutil, sys; shutil.copy(sys.argv[-2], sys.argv[-1])"
FAILS = "import sys; sys.stderr.write('first\\nno Tesseract\\n'); sys.exit(3)"
WRITES_NOTHING = "pass"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Return what puts a program in the place of OCRmyPDF."""

    def install(code: str) -> None:
        program = tmp_path / "ocrmypdf"
        program.write_text(f"#!{sys.executable}\n{code}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setattr("shutil.which", lambda name: str(program) if name == "ocrmypdf" else None)

    return install


def test_the_file_that_the_program_writes_is_returned(installed) -> None:  # type: ignore[no-untyped-def]
    installed(COPIES)
    assert can_add_text()
    assert with_text(b"%PDF-1.4 scan") == b"%PDF-1.4 scan"


@pytest.mark.parametrize(("code", "said"), [(FAILS, "no Tesseract"), (WRITES_NOTHING, "no message")])
def test_a_failure_is_told_with_its_last_line(installed, code: str, said: str) -> None:  # type: ignore[no-untyped-def]
    installed(code)
    with pytest.raises(UnreadablePaper, match=said) as caught:
        with_text(b"%PDF-1.4 scan")
    assert caught.value.reason == "no text"


def test_without_the_program_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert not can_add_text()
    with pytest.raises(UnreadablePaper, match="install it"):
        with_text(b"%PDF-1.4 scan")


def test_a_scan_says_how_to_add_a_text_layer(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnreadablePaper, match="ocrmypdf"):
        parsed(made(""))
    monkeypatch.setattr("shutil.which", lambda name: None)
    with pytest.raises(UnreadablePaper, match="not installed"):
        parsed(made(""), ocr=True)
