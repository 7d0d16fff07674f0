"""Score text and headings against publishers' JATS, and time parsing: `python benchmarks/text.py SHARED [--time N]`.

Text: every PDF of pdfs/layout and pdfs/in-vivo that has a gold JSON is read and scored by bench/score_text.py.
Time (`--time N`): N papers, each tool in turn over all of them in this one process, CPU seconds, least of three runs
for MuPDF's own text and vivex, one run for the slow tools; ratios to `page.get_text()`.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pymupdf

from vivex.document import write_document
from vivex.parse import parse_bytes


def f1(a: float, b: float) -> float:
    """Return the harmonic mean."""
    return 2 * a * b / (a + b) if a + b else 0.0


def scores(shared: Path) -> None:
    """Print each paper's and each folder's figures."""
    spec = importlib.util.spec_from_file_location("score_text", shared / "bench" / "score_text.py")
    scorer = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
    spec.loader.exec_module(scorer)  # type: ignore[union-attr]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("layout", "in-vivo"):
            rows, raw = {}, []
            for path in sorted((shared / "pdfs" / name).glob("*.json")):
                data, gold = path.with_suffix(".pdf").read_bytes(), json.loads(path.read_text())
                target = Path(folder, path.name)
                write_document(parse_bytes(data, name=f"{path.stem}.pdf"), target)
                rows[path.stem] = scorer.score(gold, *scorer.body(target))
                with pymupdf.open(stream=data) as pdf:
                    text = "\n".join(page.get_text() for page in pdf).replace("\u00ad\n", "").replace("\u00ad", "")
                raw.append(scorer.score(gold, text, []))
            mean = {key: statistics.mean(row[key] for row in rows.values()) for key in next(iter(rows.values()))}
            for study, row in rows.items():
                print(f"{study[:44]:44s} " + " ".join(f"{key} {value:.3f}" for key, value in row.items()))
            print(f"{name}: " + " ".join(f"{key} {value:.4f}" for key, value in mean.items()))
            print(
                f"{name}: headings F1 {f1(mean['heading_recall'], mean['heading_precision']):.4f} of the means, "
                f"{statistics.mean(f1(r['heading_recall'], r['heading_precision']) for r in rows.values()):.4f} mean "
                "of papers"
            )
            print(
                f"{name}: raw recall {statistics.mean(r['recall'] for r in raw):.4f} precision "
                f"{statistics.mean(r['precision'] for r in raw):.4f}"
            )
            worst = sorted(rows, key=lambda study: rows[study]["recall"])[:3]
            print(f"{name}: least recall: {', '.join(worst)}")


def raw_text(data: bytes) -> None:
    """Take MuPDF's text of every page."""
    with pymupdf.open(stream=data) as pdf:
        for page in pdf:
            page.get_text()


def raw_characters(data: bytes) -> None:
    """Take MuPDF's characters of every page, which the boxes need."""
    with pymupdf.open(stream=data) as pdf:
        for page in pdf:
            page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_LIGATURES | pymupdf.TEXT_CLIP)


def ours(data: bytes) -> None:
    """Read the paper with vivex."""
    parse_bytes(data, name="paper.pdf")


def markdown(data: bytes) -> None:
    """Read the paper with pymupdf4llm."""
    import pymupdf4llm

    pymupdf4llm.to_markdown(pymupdf.open(stream=data), show_progress=False)


def plumber(data: bytes) -> None:
    """Read the paper with pdfplumber."""
    import io

    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()


def pypdf(data: bytes) -> None:
    """Read the paper with pypdf."""
    import io

    from pypdf import PdfReader

    for page in PdfReader(io.BytesIO(data)).pages:
        page.extract_text()


def times(shared: Path, count: int) -> None:
    """Print each tool's CPU time over the same papers, and its ratio to MuPDF's text."""
    paths = sorted([*(shared / "pdfs" / "layout").glob("*.pdf"), *(shared / "pdfs" / "in-vivo").glob("*.pdf")])
    chosen = [path.read_bytes() for path in paths[:: max(1, len(paths) // count)]][:count]
    tools: list[tuple[str, Callable[[bytes], None], int]] = [
        ("page.get_text()", raw_text, 3),
        ('page.get_text("rawdict")', raw_characters, 3),
        ("vivex", ours, 3),
        ("pypdf", pypdf, 1),
        ("pdfplumber", plumber, 1),
        ("pymupdf4llm", markdown, 1),
    ]
    base = 0.0
    for name, tool, repeats in tools:
        best = float("inf")
        tool(chosen[0])
        for _ in range(repeats):
            began = time.process_time()
            for data in chosen:
                tool(data)
            best = min(best, time.process_time() - began)
        base = base or best
        print(f"{name:26s} {best:7.2f} s  {best / base:6.2f} x")


def main() -> None:
    """Print the figures asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--time", type=int, default=0)
    options = parser.parse_args()
    if options.time:
        times(options.shared, options.time)
    else:
        scores(options.shared)


if __name__ == "__main__":
    main()
