"""CSL JSON, the references of Zotero, Pandoc and Citation.js, read and written."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.formats import REFERENCES, Brought, Files, Format, Material
from vivex.exchange.ris import library_text
from vivex.references import Reference, family, normal_doi, year_in


def read_csl(path: Path) -> Brought:
    """Read the items of a file; raise MalformedFile where it is no CSL JSON."""
    try:
        data = json.loads(library_text(path))
    except ValueError as error:
        raise MalformedFile(f"{path}: not JSON ({error}); export the library as CSL JSON") from error
    items = data.get("items") if isinstance(data, dict) else data
    found = [_reference(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    if not any(reference.title for reference in found):
        raise MalformedFile(f"{path}: no item with a title is in it; export the library as CSL JSON")
    return Brought(references=tuple(reference for reference in found if reference.title))


def _reference(item: Mapping[str, object]) -> Reference:
    def text(*keys: str) -> str:
        return next((" ".join(str(item[key]).split()) for key in keys if item.get(key) not in (None, "", [])), "")

    people = item.get("author")
    note = text("note")
    pmid = re.search(r"PMID:?\s*(\d{4,9})", note)
    return Reference(
        title=text("title"),
        authors=tuple(filter(None, map(_name, people if isinstance(people, list) else ()))),
        year=_year(item.get("issued")),
        journal=text("container-title", "collection-title"),
        doi=normal_doi(text("DOI") or text("URL")),
        pmid=text("PMID") or (pmid[1] if pmid else ""),
        abstract=text("abstract"),
        url=text("URL"),
        volume=text("volume"),
        issue=text("issue"),
        pages=text("page"),
        key=text("id"),
    )


def _name(person: object) -> str:
    if not isinstance(person, Mapping):
        return ""
    if person.get("literal"):
        return str(person["literal"])
    particles = (str(person.get(key) or "") for key in ("dropping-particle", "non-dropping-particle"))
    last = " ".join(filter(None, (*particles, str(person.get("family") or ""))))
    given = str(person.get("given") or "")
    return f"{last}, {given}" if last and given else last or given


def _year(issued: object) -> str:
    """Return the year of a date in parts, as a text, or raw."""
    if isinstance(issued, Mapping):
        parts = issued.get("date-parts")
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
            return year_in(str(parts[0][0]))
        return year_in(str(issued.get("raw") or issued.get("literal") or ""))
    return year_in(str(issued or ""))


def write_csl(material: Material) -> Files:
    """Return the references of the studies, each with its study's id."""
    items = []
    for study in material.studies:
        ref = study.reference
        told: dict[str, object] = {
            "id": study.study,
            "type": "article-journal",
            "title": ref.title,
            "author": [_person(author) for author in ref.authors],
            "issued": {"date-parts": [[int(ref.year)]]} if ref.year.isdecimal() else None,
            "container-title": ref.journal,
            "DOI": ref.doi,
            "PMID": ref.pmid,
            "abstract": ref.abstract,
            "URL": ref.url,
            "volume": ref.volume,
            "issue": ref.issue,
            "page": ref.pages,
            "citation-label": study.label,
        }
        items.append({key: value for key, value in told.items() if value})
    return {"included.json": (json.dumps(items, ensure_ascii=False, indent=1) + "\n").encode()}


def _person(author: str) -> dict[str, str]:
    last = family(author)
    given = author.partition(",")[2].strip() if "," in author else author.replace(last, "", 1).strip()
    return {"family": last, "given": given} if given else {"literal": author}


FORMAT = Format(
    program="CSL JSON (Zotero, Pandoc …)",
    holds=REFERENCES,
    about="Read: authors, year, title, journal, DOI, PMID. Written: `included.json`, the studies of the review by id.",
    loses="the papers' files, which CSL JSON does not name",
    write=write_csl,
    read=read_csl,
    suffixes=(".json",),
    known_by=lambda head: (
        bool(re.search(r'"(?:issued|container-title|family)"\s*:', head)) and '"CodeSets"' not in head
    ),
)
