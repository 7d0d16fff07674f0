"""Score table cells against JATS tables.

usage: python benchmarks/tables.py GOLD_DIR PDF_DIR [--tools vivex pymupdf4llm pdfplumber]

A tool's tables of a paper are paired with the gold tables one to one, best first. A gold cell is found where a cell of
the paired table has the same normalised text (NFKC, case, white space and punctuation apart), each cell counted once.
Empty cells don't count. Recall: found gold cells / gold cells; precision: found / cells of paired tables (strict: of
all tables).
"""

from __future__ import annotations

import argparse
import json
import re
import time
import unicodedata
from collections import Counter
from pathlib import Path


def normal(text: str) -> str:
    """Return a cell's text as it compares."""
    return "".join(re.findall(r"[^\W_]|[<>=±%+-]", unicodedata.normalize("NFKC", text).casefold().replace("−", "-")))


def bag(cells: list[str]) -> Counter[str]:
    """Return the cells that are not empty, normalised and counted."""
    return Counter(filter(None, map(normal, cells)))


def vivex(path: Path) -> list[list[str]]:
    """Return each table's cells as vivex reads them."""
    from vivex.parse import parse_file

    document = parse_file(path)
    return [[document.slice(cell) for cell in table.cells] for table in document.tables]


def pymupdf4llm(path: Path) -> list[list[str]]:
    """Return each table's cells from pymupdf4llm's Markdown."""
    import pymupdf4llm as tool

    tables: list[list[str]] = []
    inside = False
    for line in tool.to_markdown(str(path), show_progress=False).splitlines():
        if line.startswith("|"):
            if not inside:
                tables.append([])
            inside = True
            if not re.fullmatch(r"[|\s:-]+", line):
                tables[-1] += [re.sub(r"<br>|\*\*|_|<[^>]+>", " ", c) for c in line.strip("|").split("|")]
        else:
            inside = False
    return tables


def pdfplumber(path: Path) -> list[list[str]]:
    """Return each table's cells as pdfplumber finds them."""
    import pdfplumber as tool

    with tool.open(path) as pdf:
        return [[c or "" for row in t.extract() for c in row] for page in pdf.pages for t in page.find_tables()]


def scored(gold: list[Counter[str]], found: list[Counter[str]]) -> tuple[int, int]:
    """Return (cells found, cells of the paired tables)."""
    pairs = sorted(
        ((sum((g & f).values()), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
        key=lambda p: (-p[0], p[1], p[2]),
    )
    used_gold, used_found, hits, cells = set(), set(), 0, 0
    for shared, i, j in pairs:
        if shared and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            hits += shared
            cells += sum(found[j].values())
    return hits, cells


def main() -> None:
    """Print recall and precision of cells for each tool."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("pdfs", type=Path)
    parser.add_argument("--tools", nargs="+", default=["vivex"], choices=["vivex", "pymupdf4llm", "pdfplumber"])
    options = parser.parse_args()
    for tool in options.tools:
        read = globals()[tool]
        hits = cells = everything = wanted = 0
        began = time.process_time()
        for path in sorted(options.gold.glob("*.json")):
            tables = json.loads(path.read_text())["tables"]
            gold = [bag([c for row in t["rows"] for c in row]) for t in tables]
            gold = [g for g in gold if g]
            if not gold:
                continue
            found = [bag(t) for t in read(options.pdfs / f"{path.stem}.pdf")]
            h, c = scored(gold, found)
            total = sum(sum(g.values()) for g in gold)
            hits, cells, wanted = hits + h, cells + c, wanted + total
            everything += sum(sum(f.values()) for f in found)
            print(
                f"{tool} {path.stem[:44]:44s} tables {len(found)}/{len(gold)} recall {h / total:.3f} precision "
                f"{h / max(1, c):.3f}"
            )
        print(
            f"{tool}: cell recall {hits / wanted:.3f} precision {hits / max(1, cells):.3f} "
            f"(of all tables {hits / max(1, everything):.3f}), {time.process_time() - began:.1f} s CPU"
        )


if __name__ == "__main__":
    main()
