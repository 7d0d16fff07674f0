"""Measure whether a span's boxes hold the span's text: `python benchmarks/coordinates.py PDF... [--spans 500]`.

Random spans of 1 to 15 words of the running text are taken (a fixed seed); the characters whose centre lies in
one of a span's boxes are read back from the page by MuPDF and compared with the span, both normalised (NFKC, white
space, hyphens and case apart).
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from pathlib import Path

import pymupdf

from vivex.document import BODY_KINDS, Document
from vivex.parse import parse_file


def normal(text: str) -> str:
    """Return the letters and digits of a text as they compare."""
    return "".join(re.findall(r"[^\W_]", unicodedata.normalize("NFKC", text).casefold()))


def clipped(pdf: pymupdf.Document, boxes: list, cache: dict) -> str:
    """Return the text whose characters' centres lie in the boxes, page by page."""
    out = []
    for number, (x0, y0, x1, y1) in boxes:
        if number not in cache:
            raw = pdf[number - 1].get_text("rawdict", flags=pymupdf.TEXT_CLIP)
            cache[number] = [
                (c["c"], (c["bbox"][0] + c["bbox"][2]) / 2, c["origin"][1] - 0.25 * s["size"])
                for b in raw["blocks"]
                for line in b["lines"]
                for s in line["spans"]
                for c in s["chars"]
            ]
        inside = [(c, x) for c, x, y in cache[number] if x0 <= x <= x1 and y0 <= y <= y1]
        out.append("".join(c for c, _ in sorted(inside, key=lambda item: item[1])))
    return " ".join(out)


def spans(document: Document, count: int, seed: int) -> list[tuple[int, int]]:
    """Return random spans of the running text."""
    chance = random.Random(seed)
    blocks = [b for b in document.blocks if b.kind in BODY_KINDS and b.end - b.start > 30]
    found = []
    for _ in range(count):
        block = chance.choices(blocks, [b.end - b.start for b in blocks])[0]
        words = [m.span() for m in re.finditer(r"\S+", document.text[block.start : block.end])]
        first = chance.randrange(len(words))
        last = min(len(words) - 1, first + chance.randrange(15))
        found.append((block.start + words[first][0], block.start + words[last][1]))
    return found


def main() -> None:
    """Print the share of spans whose boxes hold their text, and those that don't."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pdfs", nargs="+", type=Path)
    parser.add_argument("--spans", type=int, default=500)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    good = total = 0
    each = -(-options.spans // len(options.pdfs))
    for n, path in enumerate(options.pdfs):
        document, pdf, cache = parse_file(path), pymupdf.open(path), {}
        for start, end in spans(document, each, n):
            text = normal(document.text[start:end])
            if not text:
                continue
            found = normal(clipped(pdf, document.boxes(start, end), cache))
            total += 1
            good += found == text
            if found != text and options.show:
                print(path.stem, repr(document.text[start:end]), "->", repr(found))
    print(f"{good}/{total} spans = {100 * good / total:.2f} %")


if __name__ == "__main__":
    main()
