"""How many sentences, copied out of the PDF as viewers give them, find their place in the paper as vivex reads it.

Each sentence of a paper's running text is selected as a person would, from its first printed letter to its last: in
PDFium (Chrome, Edge), by the characters between the two; in Poppler (Evince, Okular), by the words between the two.
Sentences on two pages and those whose selection runs through another column are left out, and counted. Each sentence is
also looked for with another digit, with a minus more or less before a number, with a "not" more, and with a word of the
paper in the place of one of its own: none of these may be found.

    python benchmarks/quotes.py FOLDER... [--most 120] [--show 20]

Needs Poppler's pdftotext and `pip install pypdfium2`.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from vivex.annotation import find_quote
from vivex.document import Document
from vivex.errors import UnreadablePaper
from vivex.parse import parse_file
from vivex.quotations import folded
from vivex.sentences import sentences

MIXED = 1.4  # a selection with so many times the sentence's letters runs through other text

Box = tuple[float, float, float, float]


class Copied(NamedTuple):
    """Hold a sentence of the paper and what a viewer gives for it."""

    study: str
    viewer: str
    start: int
    end: int
    text: str


class Word(NamedTuple):
    """Hold a word as pdftotext gives it; `line` counts the page's lines."""

    box: Box
    text: str
    line: int


def poppler_pages(path: Path) -> list[list[Word]]:
    """Return the words of each page in Poppler's reading order."""
    done = subprocess.run(["pdftotext", "-bbox-layout", str(path), "-"], capture_output=True, check=True)
    text = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", done.stdout.decode("utf-8", "replace"))
    pages = []
    name = "{http://www.w3.org/1999/xhtml}"
    for page in ElementTree.fromstring(text).iter(f"{name}page"):
        words = []
        for number, line in enumerate(page.iter(f"{name}line")):
            for word in line.iter(f"{name}word"):
                x0, y0, x1, y1 = (float(word.attrib[key]) for key in ("xMin", "yMin", "xMax", "yMax"))
                words.append(Word((x0, y0, x1, y1), word.text or "", number))
        pages.append(words)
    return pages


def by_poppler(words: Sequence[Word], first: Box, last: Box) -> str:
    """Return the words from the place where a selection starts to where it ends."""
    start, end = _word_at(words, first[0] + 1, first), _word_at(words, last[2] - 1, last)
    if start is None or end is None or end < start:
        return ""
    parts = [words[start].text]
    for before, word in zip(words[start:end], words[start + 1 : end + 1], strict=True):
        parts.append(("\n" if word.line != before.line else " ") + word.text)
    return "".join(parts)


def _word_at(words: Sequence[Word], x: float, box: Box) -> int | None:
    y = (box[1] + box[3]) / 2
    at = [n for n, w in enumerate(words) if w.box[1] <= y <= w.box[3] and w.box[0] - 2 <= x <= w.box[2] + 2]
    return min(at, key=lambda n: abs((words[n].box[0] + words[n].box[2]) / 2 - x), default=None)


def selections(path: Path, document: Document, most: int) -> Iterator[Copied]:
    """Yield what both viewers give for up to `most` sentences of the paper, evenly taken."""
    import pypdfium2

    wanted = []
    for sentence in sentences(document):
        boxes = document.boxes(sentence.start, sentence.end)
        if sentence.end - sentence.start >= 40 and boxes and len({page for page, _ in boxes}) == 1:
            wanted.append((sentence.start, sentence.end, boxes))
    step = max(1, len(wanted) // most)
    pages = poppler_pages(path)
    pdf = pypdfium2.PdfDocument(str(path))
    for start, end, boxes in wanted[::step][:most]:
        number, first, last = boxes[0][0], boxes[0][1], boxes[-1][1]
        yield Copied(document.study, "Poppler", start, end, by_poppler(pages[number - 1], first, last))
        page = pdf[number - 1]
        text, (left, _, _, top) = page.get_textpage(), page.get_cropbox()
        begin = text.get_index(left + first[0] + 1, top - (first[1] + first[3]) / 2, 4, 4)
        stop = text.get_index(left + last[2] - 1, top - (last[1] + last[3]) / 2, 4, 4)
        given = "" if begin is None or stop is None or stop < begin else text.get_text_range(begin, stop - begin + 1)
        yield Copied(document.study, "PDFium", start, end, given)


def letters(text: str) -> int:
    """Return how many letters and digits a text has."""
    return sum(c.isalnum() for c in text)


def placed(copied: Copied, document: Document) -> str:
    """Return what became of a copied sentence: mixed, found, elsewhere or lost."""
    size = letters(document.text[copied.start : copied.end])
    if not size / MIXED <= letters(copied.text) <= size * MIXED:
        return "mixed"
    found = find_quote(copied.text, document)
    if found is None:
        return "lost"
    there = found.start < copied.end and found.end > copied.start
    twice = folded(found.quote).letters == folded(document.text[copied.start : copied.end]).letters
    return "found" if there or twice else "elsewhere"


def changed(text: str, words: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield what a sentence is not: another digit, another sign, a negation more, another word."""
    digits = [at for at, letter in enumerate(text) if letter in "0123456789"]
    if digits:
        at = rng.choice(digits)
        yield "digit", text[:at] + str((int(text[at]) + rng.randint(1, 9)) % 10) + text[at + 1 :]
    numbers = [match.start() for match in re.finditer(r"(?<= )\d", text)]
    if numbers:
        at = rng.choice(numbers)
        yield "sign", f"{text[:at]}-{text[at:]}"
    elif below := re.search(r"(?<= )[-\u2212](?=\d)", text):
        yield "sign", text[: below.start()] + text[below.end() :]
    spaces = [match.start() for match in re.finditer(" ", text)]
    if spaces:
        at = rng.choice(spaces)
        yield "negation", f"{text[:at]} not{text[at:]}"
    own = list(re.finditer(r"\b[a-z]{4,}\b", text))
    if own:
        one, other = rng.choice(own), rng.choice(words)
        if one[0] not in other and other not in one[0]:
            yield "word", text[: one.start()] + other + text[one.end() :]


def papers(folders: Sequence[Path]) -> Iterator[tuple[Path, Document]]:
    """Yield the PDFs that can be read, with their documents."""
    for path in sorted(p for folder in folders for p in folder.glob("*.pdf")):
        try:
            yield path, parse_file(path)
        except UnreadablePaper:
            continue


def main() -> None:
    """Print the share of the sentences that are found, by viewer."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("folders", nargs="+", type=Path)
    options.add_argument("--most", type=int, default=40, help="sentences of a paper")
    options.add_argument("--show", type=int, default=0, help="lost ones to print")
    chosen = options.parse_args()
    counts: dict[str, Counter[str]] = {"Poppler": Counter(), "PDFium": Counter()}
    shown, rng = 0, random.Random(7)
    others: Counter[tuple[str, bool]] = Counter()
    for path, document in papers(chosen.folders):
        words = re.findall(r"[a-z]{5,}", document.text)
        for copied in selections(path, document, chosen.most):
            state = placed(copied, document)
            counts[copied.viewer][state] += 1
            if copied.viewer == "Poppler" and state == "found":
                for kind, text in changed(document.text[copied.start : copied.end], words, rng):
                    others[kind, find_quote(text, document) is None] += 1
            if state in ("lost", "elsewhere") and shown < chosen.show:
                shown += 1
                print(
                    state, copied.viewer, path.name, ascii(copied.text), ascii(document.text[copied.start : copied.end])
                )
    for viewer, count in counts.items():
        tried = count["found"] + count["lost"] + count["elsewhere"]
        print(f"{viewer}: {count['found']} of {tried} found ({count['found'] / max(tried, 1):.1%}); {dict(count)}")
    for kind in sorted({kind for kind, _ in others}):
        tried = others[kind, True] + others[kind, False]
        print(f"another {kind}: {others[kind, False]} of {tried} found")


if __name__ == "__main__":
    main()
