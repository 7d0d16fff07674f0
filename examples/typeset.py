"""Typeset the example review's fictitious articles into pdfs/; the same sources give the same bytes.

    python examples/typeset.py [--out pdfs] [STUDY ...]

Sources: examples/articles/<study>.md, a YAML head and marked-up text (see setting.py) with ```table and ```figure
blocks. Fonts: PyMuPDF's built-in Times and Helvetica (URW Nimbus, AGPL with an exception for embedding), and STIX (SIL
OFL) and DejaVu (Bitstream Vera licence) from matplotlib, embedded as subsets.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from drawings import figure_float, table_float  # noqa: E402
from pages import HEIGHT, LOOKS, WIDTH, Float, Look, page_ops  # noqa: E402
from setting import Op, Row, font, paragraph, words  # noqa: E402


def read_article(path: Path) -> dict[str, Any]:
    """Return the article's head with its parts under `body`: ("h1"|"h2"|"p"|"table"|"figure", content) in order."""
    import yaml

    _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
    article = yaml.safe_load(head)
    article["study"] = path.stem
    body: list[tuple[str, Any]] = []
    for part in re.split(r"(?ms)^```(\w+)\n(.*?)^```\n", text):
        body.append(("", part))
    parts: list[tuple[str, Any]] = []
    pieces = [p for _, p in body]
    for n in range(0, len(pieces), 3):
        for chunk in re.split(r"\n\s*\n", pieces[n]):
            chunk = " ".join(chunk.split("\n")).strip()
            if chunk.startswith("## "):
                parts.append(("h2", chunk[3:]))
            elif chunk.startswith("# "):
                parts.append(("h1", chunk[2:]))
            elif chunk:
                parts.append(("p", chunk))
        if n + 2 < len(pieces):
            parts.append((pieces[n + 1], yaml.safe_load(pieces[n + 2])))
    article["body"] = parts
    return article


def rows_of(article: dict[str, Any], look: Look) -> Iterator[Row | Float]:
    """Yield the body's rows and floats in order, then the references."""
    major = minor = 0
    indent = 0.0
    run_in = ""
    for kind, content in article["body"]:
        if kind == "h1":
            major, minor, indent = major + 1, 0, 0.0
            unnumbered = content in article.get("unnumbered", ())
            title = f"{major}. {content}" if look.numbered and not unnumbered else content
            yield from heading(title.upper() if look.capitals else title, look, level=1)
        elif kind == "h2":
            minor, indent = minor + 1, 0.0
            if look.run_in:
                run_in = f"*{content}.* "
                yield Row(3, space=True)
            else:
                yield from heading(f"{major}.{minor}. {content}" if look.numbered else content, look, level=2)
        elif kind == "p":
            yield from body_paragraph(run_in + content, look, indent)
            indent, run_in = look.size * 1.1, ""
        elif kind == "table":
            yield table_float(content, look)
        else:
            yield figure_float(content, look)
    yield from heading("REFERENCES" if look.capitals else "References", look, level=1)
    small, leading = look.size - 1.3, look.leading - 1.4
    for n, reference in enumerate(article["references"], 1):
        label = f"{n}." if look.citations == "super" or look.numbered else f"[{n}]"
        stream = words(f"{label}\u00a0{reference}", look.body, small, ligatures=look.ligatures)
        yield from paragraph(stream, look.column, leading, hang=13)
        yield Row(1.5)


def body_paragraph(source: str, look: Look, indent: float) -> list[Row]:
    stream = words(source, look.body, look.size, citations=look.citations, ligatures=look.ligatures)
    return paragraph(stream, look.column, look.leading, first=indent)


def heading(text: str, look: Look, *, level: int) -> Iterator[Row]:
    size = look.size + (1.6 if level == 1 else 0.3)
    above, below = (10.0, 3.0) if level == 1 else (6.0, 1.5)
    yield Row(above, need=above + 4 * look.leading, space=True)
    colour = look.accent if level == 1 else (0, 0, 0)
    stream = words(text, look.heads, size, bold=True, italic=level == 2 and not look.numbered)
    rows = paragraph(stream, look.column, size * 1.22, align="left", colour=colour)
    for n, row in enumerate(rows):
        row.need = (len(rows) - n) * row.height + below + (5 if level == 1 else 2) * look.leading
        yield row
    yield Row(below)


def draw(pages: Sequence[Sequence[Op]], article: dict[str, Any]) -> bytes:
    """Return the PDF of the pages' marks."""
    import pymupdf

    pdf = pymupdf.open()
    for ops in pages:
        page = pdf.new_page(width=WIDTH, height=HEIGHT)
        run: list[Op] = []
        for op in [*ops, Op("end", ())]:
            if run and (op.kind != "text" or op.colour != run[0].colour):
                writer = pymupdf.TextWriter(page.rect)
                for mark in run:
                    writer.append(mark.at, mark.text, font=font(mark.font), fontsize=mark.size)
                writer.write_text(page, color=run[0].colour)
                run = []
            if op.kind == "text":
                run.append(op)
            elif op.kind == "vtext":
                writer = pymupdf.TextWriter(page.rect)
                writer.append(op.at, op.text, font=font(op.font), fontsize=op.size)
                writer.write_text(page, color=op.colour, morph=(pymupdf.Point(op.at), pymupdf.Matrix(90)))
            elif op.kind != "end":
                mark_shape(page, op)
    pdf.subset_fonts()
    pdf.set_metadata(
        {"title": re.sub(r"[*^]", "", article["title"]), "subject": "Fictitious example written for vivex"}
    )
    data: bytes = pdf.tobytes(garbage=4, deflate=True, deflate_fonts=True, use_objstms=1, no_new_id=True)
    return data


def mark_shape(page: Any, op: Op) -> None:
    shape = page.new_shape()
    points = list(zip(op.at[::2], op.at[1::2]))
    if op.kind == "line":
        shape.draw_line(*points)
    elif op.kind == "rect":
        shape.draw_rect((*points[0], *points[1]))
    else:
        shape.draw_polyline(points)
    shape.finish(color=op.colour, fill=op.fill, width=op.line, closePath=op.fill is not None)
    shape.commit()


def typeset(path: Path) -> bytes:
    """Return the PDF of an article's source."""
    article = read_article(path)
    look = LOOKS[article["look"]]
    return draw(page_ops(article, list(rows_of(article, look)), look), article)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("studies", nargs="*", help="stems of examples/articles/*.md; default: all")
    parser.add_argument("--out", type=Path, default=HERE.parent / "pdfs")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    for path in sorted((HERE / "articles").glob("*.md")):
        if not options.studies or path.stem in options.studies:
            data = typeset(path)
            (options.out / f"{path.stem}.pdf").write_bytes(data)
            print(f"{path.stem}.pdf: {len(data) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
