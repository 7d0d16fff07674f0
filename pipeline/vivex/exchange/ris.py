"""RIS: libraries of Zotero, EndNote, Mendeley, PubMed, Ovid, Embase and others, read by rispy; and records written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.formats import REFERENCES, Brought, Files, Format, Material
from vivex.files import well_formed
from vivex.references import Reference, normal_doi, year_in

_TAG = re.compile(r"^[A-Z][A-Z0-9]  ?-", re.MULTILINE)


def library_text(path: Path) -> str:
    """Return the text of a library's file, UTF-8, or Windows' Latin-1 where it is none; without a byte-order mark."""
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_ris(path: Path) -> Brought:
    """Read a RIS file; raise MalformedFile where it holds no record."""
    import rispy

    text = library_text(path)
    # a tag of one blank ("TY -"), lines before the first record, an entry that no ER ends
    text = re.sub(r"^([A-Z][A-Z0-9]) ?-(?: |$)", r"\1  - ", text[text.find("TY") :], flags=re.MULTILINE)
    text = re.sub(r"(?<!\n)\n*(?=^TY  - )", "\n", text, flags=re.MULTILINE)
    blocks = re.split(r"(?m)^(?=TY  - )", text)
    found = []
    for block in blocks:
        if not block.strip():
            continue
        whole = block if re.search(r"(?m)^ER  -", block) else block.rstrip() + "\nER  - \n"
        for entry in rispy.loads(whole, implementation=rispy.RisParser):
            found.append(_reference(entry))
    if not found:
        raise MalformedFile(f"{path}: no RIS record (TY … ER) is in it; export the library as RIS")
    return Brought(references=tuple(found))


def _reference(entry: Mapping[str, object]) -> Reference:
    """Return what a record says, whichever of its dialect's tags says it."""
    dois = [doi for key in ("doi", "urls", "url", "file_attachments2", "custom3") if (doi := _doi(entry.get(key)))]
    notes = " ".join((*_texts(entry.get("notes")), *_texts(entry.get("custom2"))))
    pmid = re.search(r"PMID:?\s*(\d{4,9})", notes)
    return Reference(
        title=_first(entry, "title", "primary_title", "translated_title"),
        authors=tuple(_texts(entry.get("authors"))) or tuple(_texts(entry.get("first_authors"))),
        year=next((y for key in ("year", "publication_year", "date") if (y := year_in(_first(entry, key)))), ""),
        journal=_first(
            entry, "secondary_title", "journal_name", "alternate_title3", "alternate_title1", "alternate_title2"
        ),
        doi=dois[0] if dois else "",
        pmid=pmid[1] if pmid else _pmid(entry),
        abstract=_first(entry, "abstract", "notes_abstract"),
        url=next((u for u in _texts(entry.get("urls")) if u.startswith("http")), ""),
        volume=_first(entry, "volume"),
        issue=_first(entry, "number"),
        pages="-".join(part for part in (_first(entry, "start_page"), _first(entry, "end_page")) if part),
        key=_first(entry, "id", "accession_number"),
        files=tuple(_files(entry)),
    )


def _files(entry: Mapping[str, object]) -> Iterable[str]:
    """Yield the paths of papers: what L1 and L2 name, addresses in the net aside."""
    for key in ("file_attachments1", "file_attachments2"):
        for text in _texts(entry.get(key)):
            for part in re.split(r";(?=\s*(?:internal-pdf|file):)|\n", text):
                if part.strip() and not re.match(r"https?:", part.strip()):
                    yield part.strip()


def _pmid(entry: Mapping[str, object]) -> str:
    """Return an accession number that is PubMed's own, where the record says whose it is."""
    source = " ".join(_first(entry, key) for key in ("name_of_database", "database_provider")).casefold()
    number = _first(entry, "accession_number")
    medline = any(word in source for word in ("medline", "pubmed", "nlm"))
    return number if medline and re.fullmatch(r"\d{4,9}", number) else ""


def _first(entry: Mapping[str, object], *keys: str) -> str:
    return next((text for key in keys for text in _texts(entry.get(key)) if text), "")


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [" ".join(value.split())] if value.strip() else []
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return []


def _doi(value: object) -> str:
    return next((doi for text in _texts(value) if (doi := normal_doi(text))), "")


def ris_record(reference: Reference, more: Mapping[str, str] | None = None) -> str:
    """Return a reference as a RIS record; `more` gives further tags."""
    tags: list[tuple[str, str]] = [("TY", "JOUR"), *(more or {}).items()]
    tags += [("AU", author) for author in reference.authors]
    start, _, end = reference.pages.partition("-")
    for tag, text in (
        ("PY", reference.year),
        ("TI", reference.title),
        ("T2", reference.journal),
        ("VL", reference.volume),
        ("IS", reference.issue),
        ("SP", start),
        ("EP", end),
        ("DO", reference.doi),
        ("AN", reference.pmid),
        ("DB", "PubMed" if reference.pmid else ""),
        ("UR", reference.url),
        ("AB", reference.abstract),
    ):
        tags += [(tag, text)] if text else []
    lines = [f"{tag}  - {' '.join(well_formed(text).split())}" for tag, text in tags]
    return "\r\n".join((*lines, "ER  - ", "", ""))


def write_ris(material: Material) -> Files:
    """Return the references of the studies, each with its study's id."""
    records = (ris_record(s.reference, {"ID": s.study, "C1": s.label}) for s in material.studies)
    return {"included.ris": "".join(records).encode()}


FORMAT = Format(
    program="RIS (Zotero, EndNote, Mendeley, PubMed, Ovid, Embase …)",
    holds=REFERENCES,
    about="Read: authors, year, title, journal, DOI, PMID and the PDFs that `L1` names, in the dialects of the "
    "databases. Written: `included.ris`, the studies of the review with their labels in `C1`.",
    write=write_ris,
    read=read_ris,
    suffixes=(".ris", ".txt"),
    known_by=lambda head: bool(re.search(r"^TY  ?-", head, re.MULTILINE)),
)
