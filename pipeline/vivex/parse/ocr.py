"""A text layer for scans, by OCRmyPDF where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from vivex.errors import UnreadablePaper


def can_add_text() -> bool:
    """Tell whether OCRmyPDF is installed."""
    return shutil.which("ocrmypdf") is not None


def with_text(data: bytes) -> bytes:
    """Return the PDF with a text layer added; raise UnreadablePaper where OCRmyPDF is absent or fails."""
    program = shutil.which("ocrmypdf")
    if program is None:
        raise UnreadablePaper("no text", "parse.ocr is set but OCRmyPDF is not installed; install it (with Tesseract)")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        source.write_bytes(data)
        command = [program, "--quiet", "--skip-text", "--jobs", "1", "--output-type", "pdf", str(source), str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode or not target.exists():
            reason = (done.stderr.strip().splitlines() or ["no message"])[-1][:200]
            raise UnreadablePaper("no text", f"OCRmyPDF failed ({reason}); run it by hand on the file")
        return target.read_bytes()
