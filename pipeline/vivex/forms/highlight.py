"""A copy of the PDF with what was found marked in it: mentions by colour, form values and SYRCLE evidence by lines."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from vivex import questions
from vivex.annotation import Annotation, Evidence
from vivex.codebook import NOT_REPORTED
from vivex.errors import UnreadablePaper
from vivex.files import clean, write_bytes
from vivex.forms import rows
from vivex.forms.guarded import OF_THE_DISK
from vivex.labels import colours
from vivex.paper import Paper

_FORM, _REPORTING = "#0072B2", "#56B4E9"  # underlines
_SYRCLE = {"low": "#009E73", "unclear": "#B8860B", "high": "#D55E00"}
_OPACITY = 0.45
_ODD = (RuntimeError, ValueError, TypeError, IndexError, KeyError, OSError)  # what PyMuPDF raises on odd files
_PLAIN = 1  # pymupdf.PDF_ENCRYPT_NONE, a name that its types lack
_PLACES = 400  # places of one value on one page, at most


class Comment(NamedTuple):
    """Place one comment on a page: how it is drawn, its colour, its heading and text, its boxes."""

    page: int
    kind: str  # highlight or underline
    colour: str
    head: str
    text: str
    boxes: tuple[tuple[float, float, float, float], ...]


def write_highlights(paper: Paper, path: Path) -> None:
    """Write the annotated copy; raise UnreadablePaper where the PDF can't be annotated.

    The pages and their text stay as they are; a page with the legend is added at the end.
    """
    import pymupdf

    if paper.source is None or paper.source.suffix.lower() != ".pdf":
        raise UnreadablePaper("unsupported", "only PDF files get a highlighted copy", path=paper.study)
    try:
        with pymupdf.open(stream=paper.source.read_bytes(), filetype="pdf") as pdf:
            if pdf.needs_pass or not pdf.page_count:
                raise UnreadablePaper(
                    "encrypted" if pdf.needs_pass else "empty", "no highlighted copy can be made", path=paper.study
                )
            _annotate(pdf, marks(paper))
            _legend(pdf, paper)
            with (
                tempfile.TemporaryDirectory() as folder
            ):  # `tobytes` calls back for every few bytes, which takes longer
                whole = Path(folder) / "copy.pdf"
                pdf.save(whole, garbage=1, deflate=True, no_new_id=True, encryption=_PLAIN)
                data = whole.read_bytes()
    except _ODD as error:
        if isinstance(error, OSError) and error.errno in OF_THE_DISK:
            raise
        raise UnreadablePaper(
            "broken", f"no highlighted copy: {error}; print the PDF to a new PDF and run again", path=paper.study
        ) from error
    write_bytes(path, data)


def marks(paper: Paper) -> list[Comment]:
    """Return the marks of a paper, page by page; one mark holds every place of the same value on a page."""
    found: dict[tuple[int, str, str, str, str], list[tuple[float, float, float, float]]] = {}
    for kind, colour, head, text, evidence in _wanted(paper):
        for page, *box in evidence.boxes:
            boxes = found.setdefault((page, kind, colour, head, text), [])
            x0, y0, x1, y1 = box
            if (x0, y0, x1, y1) not in boxes and x0 < x1 and y0 < y1 and len(boxes) < _PLACES:
                boxes.append((x0, y0, x1, y1))
    ordered = sorted(found.items(), key=lambda item: item[0][0])
    return [Comment(*key, tuple(boxes)) for key, boxes in ordered if boxes]


def _wanted(paper: Paper) -> Iterator[tuple[str, str, str, str, Evidence]]:
    for a in rows.settled(paper, rows.proposals(paper.form, study=paper.study)):
        if a.value != NOT_REPORTED:
            for e in a.evidence[: rows.QUOTES_SHOWN]:
                yield "underline", _FORM, f"Form: {questions.name(a.label)}", _text(a, questions.shown(a.value)), e
    for a in rows.settled(paper, paper.judgements):
        head, _, item = a.label.partition(".")
        if head == "syrcle" and item in questions.SYRCLE:
            words, answer = questions.SYRCLE[item], rows.judgement(a)
            heading = f"SYRCLE {words.number}. {words.name}: {answer}"
            colour = _SYRCLE.get(answer, _SYRCLE["unclear"])
        else:
            answer = rows.reported(a)
            heading, colour = f"Reporting: {questions.name(item)}", _REPORTING
        for e in a.evidence[: rows.QUOTES_SHOWN]:
            yield "underline", colour, heading, _text(a, rows.reason(a) or answer), e
    colour_of = colours()
    for a in paper.mentions:
        if a.label in colour_of:
            value = a.value if isinstance(a.value, dict) else {"text": a.value}
            normal = questions.shown(value.get("normal") or value.get("text"))
            for e in a.evidence[:1]:
                yield "highlight", colour_of[a.label], a.label, _text(a, normal), e


def _text(a: Annotation, value: str) -> str:
    lines = [value, f"group: {a.group}" if a.group else "", f"source: {a.source}" if a.source else ""]
    if a.confidence is not None:
        lines.append(f"confidence: {a.confidence:.2f}")
    return clean("\n".join(line for line in lines if line))


def _annotate(pdf: Any, wanted: Iterable[Comment]) -> None:
    """Add the marks as PDF objects; PyMuPDF's own annotations take four times as long and carry dates."""
    state = pdf.get_new_xref()
    pdf.update_object(state, f"<</Type/ExtGState/BM/Multiply/ca {_OPACITY}/CA {_OPACITY}>>")
    for number, group in itertools.groupby(wanted, key=lambda mark: mark.page):
        if not 1 <= number <= pdf.page_count:
            continue
        page = pdf[number - 1]
        turn = page.rotation
        page.set_rotation(0)  # boxes are on the unrotated page
        to_pdf = ~page.transformation_matrix
        page.set_rotation(turn)
        made = [_mark(pdf, page.xref, mark, to_pdf, state, order) for order, mark in enumerate(group)]
        kind, old = pdf.xref_get_key(page.xref, "Annots")
        if kind == "xref":
            old = pdf.xref_object(int(old.split()[0]), compressed=True)
        inside = old.strip()[1:-1] if kind != "null" and old.strip().startswith("[") else ""
        pdf.xref_set_key(page.xref, "Annots", f"[{inside} {' '.join(f'{x} 0 R' for x in made)}]")


def _mark(pdf: Any, page: int, mark: Comment, to_pdf: Any, state: int, order: int) -> int:
    """Add one annotation with its appearance; return its object's number."""
    import pymupdf

    rects = [pymupdf.Rect(box) * to_pdf for box in mark.boxes]
    colour = " ".join(f"{v:.3f}" for v in _rgb(mark.colour))
    quads = " ".join(
        f"{r.x0:.2f} {r.y1:.2f} {r.x1:.2f} {r.y1:.2f} {r.x0:.2f} {r.y0:.2f} {r.x1:.2f} {r.y0:.2f}" for r in rects
    )
    edges = (min(r.x0 for r in rects), min(r.y0 for r in rects) - 3, max(r.x1 for r in rects), max(r.y1 for r in rects))
    box = "[" + " ".join(f"{v:.2f}" for v in edges) + "]"
    if mark.kind == "highlight":
        kind, look, opacity = "Highlight", f"/Resources<</ExtGState<</G {state} 0 R>>>>", f"/CA {_OPACITY}"
        drawn = f"/G gs {colour} rg " + " ".join(
            f"{r.x0:.2f} {r.y0:.2f} {r.width:.2f} {r.height:.2f} re" for r in rects
        )
        drawn += " f"
    else:
        kind, look, opacity = "Underline", "/Resources<<>>", ""
        below = {_FORM: 0.0, _REPORTING: 2.2}.get(mark.colour, 1.1)  # the kinds of lines lie under one another
        drawn = f"{colour} RG 0.9 w " + " ".join(
            f"{r.x0:.2f} {y:.2f} m {r.x1:.2f} {y:.2f} l S" for r in rects for y in (r.y0 + 0.08 * r.height - below,)
        )
    shape, note = int(pdf.get_new_xref()), int(pdf.get_new_xref())
    pdf.update_object(shape, f"<</Type/XObject/Subtype/Form/BBox{box}/Group<</S/Transparency>>{look}>>")
    pdf.update_stream(shape, drawn.encode(), new=True, compress=False)
    pdf.update_object(
        note,
        f"<</Type/Annot/Subtype/{kind}/Rect{box}/QuadPoints[{quads}]/C[{colour}]{opacity}/F 4/P {page} 0 R"
        f"/NM(vivex-{mark.page}-{order})/T{_string('vivex · ' + mark.head)}/Subj{_string(mark.head)}"
        f"/Contents{_string(mark.text)}/AP<</N {shape} 0 R>>>>",
    )
    return note


def _string(text: str) -> str:
    """Return a PDF string that holds any character."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def _legend(pdf: Any, paper: Paper) -> None:
    """Add a last page that says what the colours mean and what was marked."""
    page = pdf.new_page(width=595, height=842)
    proposed = not paper.states
    what = "What vivex marked in this copy" if proposed else "What reviewers settled, marked in this copy"
    page.insert_text((50, 70), what, fontsize=16, fontname="hebo")
    page.insert_text(
        (50, 92), "The pages before this one are the paper's own. Point at a mark to read its comment.", fontsize=10
    )
    counts: dict[str, int] = {}
    for a in paper.mentions:
        counts[a.label] = counts.get(a.label, 0) + 1
    y = 126
    for label, colour in colours().items():
        page.draw_rect((50, y - 10, 80, y + 3), fill=_rgb(colour), color=None, fill_opacity=0.7)
        page.insert_text((92, y), f"{label}: {counts.get(label, 0)} mentions", fontsize=11)
        y += 22
    word = "proposed" if proposed else "settled"
    lines = [(f"form value: the sentence that a {word} value comes from", _FORM)]
    lines += [(f"SYRCLE: evidence of a {word} judgement, {judgement}", colour) for judgement, colour in _SYRCLE.items()]
    lines.append(("reporting item: stated here", _REPORTING))
    y += 12
    for text, colour in lines:
        page.draw_line((50, y), (80, y), color=_rgb(colour), width=1.6)
        page.insert_text((92, y), text, fontsize=11)
        y += 22


def _rgb(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]
