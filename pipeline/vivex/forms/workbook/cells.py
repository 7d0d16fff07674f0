"""What a person left in the cells of a workbook: texts as typed, damage that a spreadsheet did, quotes found in the paper."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from typing import Any

from vivex.annotation import Evidence, find_quote, reanchor
from vivex.codebook import Field
from vivex.document import Document
from vivex.forms.rows import flat


class UnreadableCell(Exception):
    """Say what is wrong with a cell, and the remedy; `key` is its column."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


_MONTHS = {  # what a spreadsheet turns into a date, by month: gene and miRNA-like names
    3: "MARCH{d} (now MARCHF{d}) or MARC{d} (now MTARC{d})",
    9: "SEPT{d} (now SEPTIN{d}) or SEP{d}",
    10: "OCT{d}",
    12: "DEC{d} (now DELEC{d})",
    4: "APR-{d}",
    2: "FEB{d}",
    11: "NOV{d}",
}
_DATE_LIKE = re.compile(
    r"\d{1,2}[-/. ](?:mar|sep|sept|dec|oct|apr|feb|nov|jan|may|jun|jul|aug)[a-z]*\.?(?:[-/. ]\d{2,4})?"
    r"|(?:mar|sep|sept|dec|oct|apr|feb|nov)[a-z]*[-/]0\d(?:\d\d)?|\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ T]00:00(?::00)?)?",
    re.IGNORECASE,
)
_NUMBER_LIKE = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)


def text_of(cell: Any, key: str) -> str:
    """Return the cell's text without surrounding white space; raise UnreadableCell for what is no text any more."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        raise UnreadableCell("holds a formula; type the value itself (as text)", key)
    if cell.data_type == "e":
        raise UnreadableCell(f"holds the spreadsheet error {value}; type the value again, as text", key)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime.datetime | datetime.date):
        raise UnreadableCell(_date_message(value), key)
    if isinstance(value, datetime.time | datetime.timedelta):
        raise UnreadableCell(
            f"holds a time ({value}): a spreadsheet made it of what was typed; format the cell as text and type it again",
            key,
        )
    if isinstance(value, int | float):
        if "%" in (cell.number_format or ""):
            return f"{value * 100:g}%"
        return f"{value:.15g}"
    return str(value).strip()


def _date_message(value: datetime.date) -> str:
    day = f"{value.day} {value:%b}" if value.day != 1 or value.year in range(2000, 2100) else f"{value:%b} {value.year}"
    guess = _MONTHS.get(value.month)
    perhaps = f"; was it {guess.format(d=value.day)}?" if guess else ""
    return (
        f"holds a date ({day}): a spreadsheet made it of what was typed{perhaps} "
        "Format the cell as text and type the value again"
    )


def check_gene(text: str, field: Field | None, key: str) -> None:
    """Raise UnreadableCell where a field of genes or miRNAs holds a date or a bare number in the place of a name."""
    if field is None or not is_gene(field):
        return
    if _DATE_LIKE.fullmatch(text):
        raise UnreadableCell(
            f"{text!r} looks like a date that a spreadsheet made of a gene's name (SEPT2, MARCH1, DEC1); "
            "format the cell as text and type the name again, best the present one (SEPTIN2, MARCHF1, DELEC1)",
            key,
        )
    if _NUMBER_LIKE.fullmatch(text):
        raise UnreadableCell(
            f"{text!r} is a number, not a name (2310009E13 becomes 2.31E+19 in a spreadsheet); type the name as text",
            key,
        )


def is_gene(field: Field) -> bool:
    """Tell whether a field asks for genes or miRNAs."""
    return bool({"gene", "mirna"} & set(field.labels)) or (field.source or field.name) in ("mirna", "target_gene")


def find_evidence(text: str, page: str, document: Document) -> tuple[list[Evidence], list[str]]:
    """Return the places of the quotes that a cell holds, and the quotes that the paper doesn't hold."""
    numbers = [int(n) for n in re.findall(r"\d+", page)]
    whole = _find(text, numbers[:1], document)
    if whole is not None:
        return [whole], []
    found, missing = [], []
    for number, quote in enumerate(_quotes(text)):
        place = _find(quote, numbers[number : number + 1], document)
        if place is None:
            parts = [p for p in re.split(r"\s*(?:\[\s*(?:\.\.\.|…)\s*\]|\.\.\.|…)\s*", quote) if len(p) > 3]
            places = [_find(p, (), document) for p in parts]
            if len(parts) > 1 and all(p is not None for p in places):
                found += [p for p in places if p is not None]
            else:
                missing.append(quote)
        else:
            found.append(place)
    return list(dict.fromkeys(found)), missing


def _quotes(text: str) -> Iterator[str]:
    for part in re.split(r"\r?\n[ \t]*\r?\n", text):
        part = re.sub(r"^\s*(?:p\.|page)\s*\d+\s*[:.]\s*", "", part, flags=re.IGNORECASE)
        if part.strip():
            yield part.strip()


def _find(quote: str, pages: Iterable[int], document: Document) -> Evidence | None:
    """Return the place of a quote, on the page where one is given and holds it."""
    for words in dict.fromkeys((quote.strip(), quote.strip().strip("\"'“”‘’«»„ ").rstrip("…").strip())):
        if len(words) < 2:
            continue
        for page in pages:
            start = next((f.start for f in document.fragments if f.page == page), None)
            if start is not None:
                place = reanchor(Evidence(start, start, words), document)
                if place is not None and place.page == page:
                    return place
        place = find_quote(words, document)
        if place is not None:
            return place
    return None


def kept(evidence: Iterable[Evidence], document: Document) -> tuple[list[Evidence], list[str]]:
    """Return the machine's evidence as it stands in the document of now, and the quotes that it no longer holds."""
    placed, missing = [], []
    for one in evidence:
        if document.text[one.start : one.end] == one.quote:
            placed.append(one)
        elif (moved := reanchor(one, document)) is not None:
            placed.append(moved)
        else:
            missing.append(one.quote)
    return placed, missing


def same(a: str, b: str) -> bool:
    """Tell whether two texts differ in white space alone."""
    return flat(a) == flat(b)
