"""BioC, the format of biomedical text mining: a collection of documents as XML or JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from vivex.errors import MalformedFile
from vivex.exchange.formats import ANNOTATIONS, Brought, Files, Format, MarkedSpan, MarkedText, Material

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
JsonObject = dict[str, object]


def _infons(span: MarkedSpan) -> dict[str, str]:
    page = "" if span.page is None else str(span.page)
    told = {"type": span.label, "normal": span.normal, "annotator": span.by, "group": span.group, "page": page}
    return {key: text for key, text in told.items() if text}


def _words(text: MarkedText, span: MarkedSpan) -> str:
    return " ".join(text.text[start:end] for start, end in span.parts)


def write_bioc_json(material: Material) -> Files:
    """Return a collection, a study a document of one passage; offsets count characters."""
    documents: list[JsonObject] = []
    for text in material.texts():
        marks = [
            {
                "id": str(number),
                "infons": _infons(span),
                "text": _words(text, span),
                "locations": [{"offset": start, "length": end - start} for start, end in span.parts],
            }
            for number, span in enumerate(text.spans, 1)
        ]
        passage = {
            "offset": 0,
            "infons": {},
            "text": text.text,
            "sentences": [],
            "annotations": marks,
            "relations": [],
        }
        documents.append(
            {
                "id": text.study,
                "infons": {"title": text.title},
                "passages": [passage],
                "annotations": [],
                "relations": [],
            }
        )
    data = {"source": "vivex", "date": "", "key": "", "version": "1.0", "infons": {}, "documents": documents}
    return {"bioc.json": (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()}


def write_bioc_xml(material: Material) -> Files:
    """Return the same collection as XML; characters that XML forbids are U+FFFD there."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE collection SYSTEM "BioC.dtd">\n<collection>']
    parts.append("<source>vivex</source><date></date><key></key>")
    for text in material.texts():
        parts.append(f"<document><id>{_xml(text.study)}</id>{_xml_infons({'title': text.title})}")
        parts.append(f"<passage><offset>0</offset><text>{_xml(text.text)}</text>")
        for number, span in enumerate(text.spans, 1):
            places = "".join(f'<location offset="{start}" length="{end - start}"/>' for start, end in span.parts)
            words = f"<text>{_xml(_words(text, span))}</text>"
            parts.append(f'<annotation id="{number}">{_xml_infons(_infons(span))}{places}{words}</annotation>')
        parts.append("</passage></document>\n")
    return {"bioc.xml": "".join([*parts, "</collection>\n"]).encode()}


def _xml(text: str) -> str:
    """Return text for XML; a carriage return, which XML would make a line end, by its number."""
    return escape(_NOT_XML.sub("\ufffd", text)).replace("\r", "&#13;")


def _xml_infons(infons: Mapping[str, str]) -> str:
    return "".join(f"<infon key={quoteattr(key)}>{_xml(text)}</infon>" for key, text in infons.items())


# -- in


def read_bioc_json(path: Path) -> Brought:
    """Read a collection; raise MalformedFile where it is none."""
    try:
        data = json.loads(text_as_is(path))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error})") from error
    if not (isinstance(data, dict) and isinstance(data.get("documents"), list)):
        raise MalformedFile(f"{path}: no documents in it; it is no BioC collection")
    return _brought(data["documents"], path)


def read_bioc_xml(path: Path) -> Brought:
    """Read a collection; entities from outside the file are never fetched."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(path.read_bytes(), parser)

    def infons(node: etree._Element) -> JsonObject:
        return {str(one.get("key")): one.text or "" for one in node.findall("infon")}

    def marks(node: etree._Element) -> list[JsonObject]:
        return [
            {
                "infons": infons(one),
                "locations": [
                    {"offset": int(place.get("offset") or 0), "length": int(place.get("length") or 0)}
                    for place in one.findall("location")
                ],
            }
            for one in node.findall("annotation")
        ]

    def passage(node: etree._Element) -> JsonObject:
        return {
            "offset": int(node.findtext("offset") or 0),
            "text": node.findtext("text") or "",
            "annotations": marks(node),
            "sentences": [passage(one) for one in node.findall("sentence")],
            "relations": [None] * len(node.findall("relation")),
        }

    documents = [
        {
            "id": node.findtext("id") or "",
            "infons": infons(node),
            "passages": [passage(one) for one in node.findall("passage")],
            "annotations": marks(node),
            "relations": [None] * len(node.findall("relation")),
        }
        for node in root.findall("document")
    ]
    return _brought(documents, path)


def text_as_is(path: Path) -> str:
    """Return a file's text with its line ends as they are."""
    return path.read_bytes().decode("utf-8-sig", "replace")


def _brought(documents: Iterable[Mapping[str, object]], path: Path) -> Brought:
    texts, relations = [], 0
    for document in documents:
        passages = _listed(document, "passages")
        pieces = [part for passage in passages for part in (passage, *_listed(passage, "sentences"))]
        text = _laid_out((_number(piece, "offset"), str(piece.get("text") or "")) for piece in pieces)
        spans = [
            span
            for piece in (document, *pieces)
            for one in _listed(piece, "annotations")
            for span in _span(one, text, path)
        ]
        relations += sum(len(_relations(piece)) for piece in (document, *pieces))
        infons = document.get("infons")
        title = str(infons.get("title") or "") if isinstance(infons, Mapping) else ""
        texts.append(MarkedText(str(document.get("id") or ""), text, tuple(spans), title))
    notes = (f"{relations} relations, which vivex has no place for",) if relations else ()
    return Brought(texts=tuple(texts), notes=notes)


def _laid_out(pieces: Iterable[tuple[int, str]]) -> str:
    """Return the document's text: each passage at its offset, line ends between them."""
    found: list[str] = []
    for offset, text in sorted((offset, text) for offset, text in pieces if text):
        found += ["\n"] * max(0, offset - len(found))
        found[offset : offset + len(text)] = text
    return "".join(found)


def _span(one: Mapping[str, object], text: str, path: Path) -> list[MarkedSpan]:
    places = [(_number(p, "offset"), _number(p, "offset") + _number(p, "length")) for p in _listed(one, "locations")]
    held = one.get("infons")
    infons = held if isinstance(held, Mapping) else {}
    if not places:
        return []
    if not all(0 <= start < end <= len(text) for start, end in places):
        raise MalformedFile(f"{path}: a mark at {places} lies outside its document ({len(text)} characters)")
    page = str(infons.get("page") or "")
    return [
        MarkedSpan(
            str(infons.get("type") or ""),
            tuple(sorted(places)),
            str(infons.get("normal") or infons.get("identifier") or ""),
            str(infons.get("annotator") or ""),
            str(infons.get("group") or ""),
            int(page) if page.isdecimal() else None,
        )
    ]


def _listed(data: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = data.get(key)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _relations(data: Mapping[str, object]) -> list[object]:
    found = data.get("relations")
    return found if isinstance(found, list) else []


def _number(data: Mapping[str, object], key: str) -> int:
    value = data.get(key)
    return int(value) if isinstance(value, int | str) and str(value).isdecimal() else 0


JSON = Format(
    program="BioC (JSON)",
    holds=ANNOTATIONS,
    about="`bioc.json`, a study a document; label, normal form, annotator, group and page are infons.",
    loses="relations of others, which are told, not read",
    write=write_bioc_json,
    read=read_bioc_json,
    suffixes=(".json",),
    known_by=lambda head: '"documents"' in head or ('"source"' in head and '"infons"' in head),
)
XML = Format(
    program="BioC (XML)",
    holds=ANNOTATIONS,
    about="`bioc.xml`, the same as XML.",
    loses="characters that XML forbids (U+FFFD stands for each); relations of others are told, not read",
    write=write_bioc_xml,
    read=read_bioc_xml,
    suffixes=(".xml",),
    known_by=lambda head: "<collection" in head,
)
