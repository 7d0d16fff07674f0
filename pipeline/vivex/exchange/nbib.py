"""PubMed's own format (.nbib, MEDLINE), read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vivex.errors import MalformedFile
from vivex.exchange.formats import REFERENCES, Brought, Format
from vivex.exchange.ris import library_text
from vivex.references import Reference, normal_doi, year_in

_TAG = re.compile(r"([A-Z]{2,4}) {0,3}- (.*)")
_BEGINS = ("PMID", "OWN")  # the tags with which a record begins; a record holds each once


def read_nbib(path: Path) -> Brought:
    """Read the records of a file; raise MalformedFile where it holds none."""
    found = tuple(_reference(record) for record in _records(library_text(path)))
    if not found:
        raise MalformedFile(f"{path}: no record of PubMed's (PMID- …) is in it; save the search in the format PubMed")
    return Brought(references=found)


def _records(text: str) -> Iterator[dict[str, list[str]]]:
    """Yield each record's texts by tag; a line that begins with blanks goes on with the one before."""
    record: dict[str, list[str]] = {}
    last: list[str] = []
    for line in text.split("\n"):
        tag = _TAG.match(line)
        if tag is not None:
            if tag[1] in _BEGINS and tag[1] in record:
                yield record
                record = {}
            last = record.setdefault(tag[1], [])
            last.append(tag[2].strip())
        elif line.startswith(" ") and line.strip() and last:
            last[-1] += f" {line.strip()}"
        elif not line.strip() and "TI" in record:
            yield record
            record, last = {}, []
    if record:
        yield record


def _reference(record: dict[str, list[str]]) -> Reference:
    def first(*tags: str) -> str:
        return next((texts[0] for tag in tags if (texts := record.get(tag))), "")

    named = [text for tag in ("LID", "AID", "SO") for text in record.get(tag, ())]
    dois = [doi for text in named if (doi := normal_doi(text.replace("[doi]", "")))]
    return Reference(
        title=first("TI", "BTI"),
        authors=tuple(record.get("FAU") or record.get("AU") or record.get("CN") or ()),
        year=year_in(first("DP", "DEP", "EDAT")),
        journal=first("JT", "TA"),
        doi=dois[0] if dois else "",
        pmid=first("PMID"),
        abstract=first("AB"),
        volume=first("VI"),
        issue=first("IP"),
        pages=first("PG"),
        key=first("PMID", "OID"),
    )


FORMAT = Format(
    program="PubMed (.nbib)",
    holds=REFERENCES,
    about="PubMed's records: authors in full, year, title, journal, DOI and PMID.",
    read=read_nbib,
    suffixes=(".nbib", ".txt"),
    known_by=lambda head: bool(re.search(r"^(?:PMID|OWN ?)- ", head, re.MULTILINE)),
)
