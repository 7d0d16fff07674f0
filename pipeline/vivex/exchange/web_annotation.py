"""W3C Web Annotations, as Hypothesis and other annotation servers exchange them: places by quote, position and page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.bioc_files import text_as_is
from vivex.exchange.formats import ANNOTATIONS, Brought, Files, Format, MarkedSpan, MarkedText, Material

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_PDF = "http://tools.ietf.org/rfc/rfc3778"  # what `page=` conforms to
_AROUND = 32


def write_web_annotations(material: Material) -> Files:
    """Return a page of annotations; positions count characters of the study's text, which stands beside it."""
    items = []
    files: dict[str, bytes] = {}
    for text in material.texts():
        files[f"{text.study}.txt"] = text.text.encode()
        items += [_item(text, span, number) for number, span in enumerate(text.spans, 1)]
    page = {"@context": CONTEXT, "type": "AnnotationPage", "items": items}
    return {**files, "annotations.jsonld": (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()}


def _item(text: MarkedText, span: MarkedSpan, number: int) -> dict[str, object]:
    start, end = span.start, span.end
    quote: dict[str, object] = {
        "type": "TextQuoteSelector",
        "exact": text.text[start:end],
        "prefix": text.text[max(0, start - _AROUND) : start],
        "suffix": text.text[end : end + _AROUND],
    }
    selectors: list[dict[str, object]] = [quote, {"type": "TextPositionSelector", "start": start, "end": end}]
    if span.page is not None:
        selectors.append({"type": "FragmentSelector", "conformsTo": _PDF, "value": f"page={span.page}"})
    told = (("tagging", span.label), ("identifying", span.normal), ("classifying", span.group))
    return {
        "id": f"urn:vivex:{text.study}:{number}",
        "type": "Annotation",
        "motivation": "tagging",
        **({"creator": span.by} if span.by else {}),
        "body": [{"type": "TextualBody", "purpose": purpose, "value": value} for purpose, value in told if value],
        "target": {"source": f"{text.study}.txt", "selector": selectors},
    }


def read_web_annotations(path: Path) -> Brought:
    """Read annotations: a page, a collection or a list of them.

    Where the text lies beside the file it is read; else what the selectors tell is laid out at its place.
    """
    try:
        data = json.loads(text_as_is(path))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error})") from error
    items = data.get("items", data.get("first", {}).get("items")) if isinstance(data, dict) else data
    if not isinstance(items, list):
        raise MalformedFile(f"{path}: no list of annotations in it (an AnnotationPage has `items`)")
    found: dict[str, list[tuple[MarkedSpan, Mapping[str, object]]]] = {}
    lost = 0
    for item in items:
        read = _read(item) if isinstance(item, Mapping) else None
        if read is None:
            lost += 1
        else:
            found.setdefault(read[0], []).append(read[1:])
    texts = []
    for study, marks in found.items():
        beside = path.parent / f"{study}.txt"
        text = text_as_is(beside) if beside.is_file() else _laid_out(marks)
        texts.append(MarkedText(study, text, tuple(span for span, _ in marks)))
    notes = (f"{lost} annotations name no label or no place in a text; passed over",) if lost else ()
    return Brought(texts=tuple(texts), notes=notes)


def _read(item: Mapping[str, object]) -> tuple[str, MarkedSpan, Mapping[str, object]] | None:
    """Return the study, the mark and its quote; None for a note without a tag or a place."""
    bodies = item.get("body")
    told = {
        str(body.get("purpose")): str(body.get("value"))
        for body in (bodies if isinstance(bodies, list) else [bodies])
        if isinstance(body, Mapping)
    }
    target = item.get("target")
    first = target[0] if isinstance(target, list) and target else target
    if not (isinstance(first, Mapping) and told.get("tagging")):
        return None
    held = first.get("selector")
    selectors = {
        str(one.get("type")): one for one in (held if isinstance(held, list) else [held]) if isinstance(one, Mapping)
    }
    place, quote = selectors.get("TextPositionSelector", {}), selectors.get("TextQuoteSelector", {})
    start, end = place.get("start"), place.get("end")
    exact = str(quote.get("exact") or "")
    if not isinstance(start, int) or not isinstance(end, int):
        start, end = (0, len(exact))
    if not 0 <= start < end:
        return None
    page = str(selectors.get("FragmentSelector", {}).get("value") or "").removeprefix("page=")
    creator = item.get("creator")
    by = str(creator.get("name") or creator.get("id") or "") if isinstance(creator, Mapping) else str(creator or "")
    source = str(first.get("source") or "").rstrip("/").rpartition("/")[2]
    return (
        source.rpartition(".")[0] or source,
        MarkedSpan(
            told["tagging"],
            ((start, end),),
            told.get("identifying", ""),
            by,
            told.get("classifying", ""),
            int(page) if page.isdecimal() else None,
        ),
        quote,
    )


def _laid_out(marks: list[tuple[MarkedSpan, Mapping[str, object]]]) -> str:
    """Return as much of the text as the quotes tell, each at its position, blanks between them."""
    length = max(span.end for span, _ in marks) + _AROUND
    text = [" "] * length
    for span, quote in marks:
        prefix, exact, suffix = (str(quote.get(key) or "") for key in ("prefix", "exact", "suffix"))
        for at, words in ((span.start - len(prefix), prefix), (span.end, suffix)):
            if at >= 0 and at + len(words) <= length:
                text[at : at + len(words)] = words
    for span, quote in marks:
        exact = str(quote.get("exact") or "")
        if len(exact) == span.end - span.start:
            text[span.start : span.end] = exact
    return "".join(text)


FORMAT = Format(
    program="W3C Web Annotation (Hypothesis …)",
    holds=ANNOTATIONS,
    about="`annotations.jsonld` with quote, position and page of each mark, and the texts that the positions count in.",
    loses="marks whose parts stand apart (they are marked through)",
    write=write_web_annotations,
    read=read_web_annotations,
    suffixes=(".jsonld", ".json"),
    known_by=lambda head: "anno.jsonld" in head or '"TextQuoteSelector"' in head,
)
