"""BibTeX and BibLaTeX of Zotero, JabRef, Mendeley, read by bibtexparser; with the papers that `file` names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.formats import REFERENCES, Brought, Format
from vivex.exchange.ris import library_text
from vivex.references import Reference, normal_doi, year_in


def read_bibtex(path: Path) -> Brought:
    """Read the entries of a file; raise MalformedFile where it holds none."""
    import bibtexparser
    from bibtexparser.bparser import BibTexParser

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False, interpolate_strings=True)
    text = library_text(path)
    entries = bibtexparser.loads(text, parser=parser).entries
    found = tuple(_reference(entry) for entry in entries if entry.get("title"))
    if not found:
        raise MalformedFile(f"{path}: no BibTeX entry with a title is in it; export the library as BibTeX")
    keys = Counter(re.findall(r"(?m)^\s*@(?!comment|string|preamble)\w+\s*\{\s*([^,\s]+)\s*,", text, re.IGNORECASE))
    twice = [f"the key {key} stands {n} times; one entry was read" for key, n in sorted(keys.items()) if n > 1]
    return Brought(references=found, notes=tuple(twice))


def _reference(entry: Mapping[str, str]) -> Reference:
    fields = {key.lower(): value for key, value in entry.items()}

    def first(*keys: str) -> str:
        return next((plain(fields[key]) for key in keys if fields.get(key, "").strip()), "")

    people = re.split(r"\s+and\s+", " ".join(fields.get("author", "").split()))
    note = " ".join((fields.get("note", ""), fields.get("annote", "")))
    pmid = re.search(r"PMID:?\s*(\d{4,9})", note)
    return Reference(
        title=first("title"),
        authors=tuple(plain(name) for name in people if name.strip() and name.strip() != "others"),
        year=year_in(first("year", "date")),
        journal=first("journal", "journaltitle", "booktitle"),
        doi=normal_doi(fields.get("doi", "") or fields.get("url", "")),
        pmid=first("pmid") or (pmid[1] if pmid else ""),
        abstract=first("abstract"),
        url=fields.get("url", "").strip(),
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=first("pages").replace("--", "-"),
        key=fields.get("id", ""),
        files=tuple(files_of(fields.get("file", ""))),
    )


def plain(text: str) -> str:
    """Return a field's text without LaTeX: letters for their commands, no braces that keep capitals."""
    from bibtexparser.latexenc import latex_to_unicode

    found = latex_to_unicode(text) if "\\" in text else text
    return " ".join(re.sub(r"(?<!\\)[{}]", "", found).replace("\\&", "&").replace("\\%", "%").split())


def files_of(text: str) -> Iterator[str]:
    """Yield the paths that a `file` field names: "title:path:type" (Zotero, JabRef), a path alone, several by ";"."""
    for one in re.split(r"(?<!\\);", text):
        parts = [part.replace("\\:", ":").replace("\\;", ";") for part in re.split(r"(?<!\\):", one.strip())]
        if len(parts) == 4 and re.fullmatch(r"[A-Za-z]", parts[1]):  # "title:C:\path:type", its colon not escaped
            parts[1:3] = [f"{parts[1]}:{parts[2]}"]
        if len(parts) == 2 and re.fullmatch(r"[A-Za-z]", parts[0]):  # "C:\path"
            parts = [":".join(parts)]
        path = parts[1] if len(parts) >= 3 else parts[0]
        if path.strip():
            yield path.strip().replace("\\\\", "\\")


FORMAT = Format(
    program="BibTeX (Zotero, JabRef, Mendeley …)",
    holds=REFERENCES,
    about="Authors, year, title, journal, DOI, PMID and the papers that `file` names; LaTeX's letters are read.",
    read=read_bibtex,
    suffixes=(".bib", ".bibtex"),
)
