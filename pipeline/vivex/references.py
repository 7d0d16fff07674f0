"""What is known of a paper as a publication: authors, year, title, identifiers; and how people call the study.

A study's id is the name of its paper's file and stays what it is. What people read is its label, "Folarin 2016", with
a letter behind it where two studies would have the same one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace

from vivex.errors import MalformedFile

UNDATED = "n.d."


@dataclass(frozen=True, slots=True)
class Reference:
    """Hold what a library, a paper's front matter or another program tells about a publication."""

    title: str = ""
    authors: tuple[str, ...] = ()  # in the paper's order, best as "Family, Given"
    year: str = ""
    journal: str = ""
    doi: str = ""  # lower case, without https://doi.org/
    pmid: str = ""
    abstract: str = ""
    url: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    key: str = ""  # what the library calls the record
    files: tuple[str, ...] = ()  # the papers that the library names, as they are written there

    def over(self, other: Reference) -> Reference:
        """Return this reference, with what it lacks taken from another one."""
        return replace(self, **{f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(self)})


NOTHING = Reference()


@dataclass(frozen=True, slots=True)
class Publication:
    """Hold what people call a study, and what is known of its publication."""

    label: str = ""
    reference: Reference = NOTHING


UNKNOWN = Publication()


def to_json(reference: Reference) -> dict[str, object]:
    """Return the reference as plain JSON data, what it lacks left out."""
    return {
        name: list(value) if isinstance(value, tuple) else value for name, value in asdict(reference).items() if value
    }


def from_json(data: Mapping[str, object], *, where: str) -> Reference:
    """Return the Reference; raise MalformedFile that names the key which is wrong."""
    found: dict[str, str | tuple[str, ...]] = {}
    for one in fields(Reference):
        value = data.get(one.name, "")
        several = one.name in ("authors", "files")
        listed = value if isinstance(value, list | tuple) else [value] if value else []
        if any(not isinstance(part, str) for part in listed) or (isinstance(value, list | tuple) and not several):
            raise MalformedFile(f"{where}: {one.name} {value!r} is no {'list of texts' if several else 'text'}")
        if listed:
            found[one.name] = tuple(str(part) for part in listed) if several else str(listed[0])
    return Reference(**found)  # type: ignore[arg-type]


def of_front_matter(meta: Mapping[str, str]) -> Reference:
    """Return what a paper's own front matter (`Document.meta`) tells."""
    return Reference(
        title=meta.get("title", ""),
        authors=names_in(meta.get("authors", "")),
        year=meta.get("year", ""),
        journal=meta.get("journal", ""),
        doi=normal_doi(meta.get("doi", "")),
        pmid=meta.get("pmid", ""),
    )


# -- names


def names_in(text: str) -> tuple[str, ...]:
    """Return the authors that a byline lists: "A. Ole, B. Bo and C. Eld", "Ole, A.; Bo, B."."""
    line = " ".join(text.split())
    if ";" in line:
        parts = line.split(";")
    else:
        parts = re.split(r",\s*(?:and\s+|&\s*)?|\s+and\s+|\s*&\s*", line)
        parts = [
            f"{a} {b}" if _INITIALS.fullmatch(b) else a for a, b in _with_next(parts) if not _INITIALS.fullmatch(a)
        ]
    marks = " \t*†‡§¶#0123456789¹²³⁴⁵⁶⁷⁸⁹⁰"
    names = (part.strip(marks).strip(".,") + ("." if part.rstrip(marks).endswith(".") else "") for part in parts)
    return tuple(name for name in names if re.search(r"[^\W\d_]{2}", name))


def _with_next(parts: Sequence[str]) -> list[tuple[str, str]]:
    return [(part, parts[i + 1] if i + 1 < len(parts) else "") for i, part in enumerate(parts)]


_INITIALS = re.compile(r"(?:[A-Z]\.?[-\s]?){1,4}")
_DEGREES = re.compile(r" (?:MD|PhD|MSc|BSc|DVM|MBBS|Jr\.?|Sr\.?|I{2,3})\b\.?", re.IGNORECASE)
_GROUPS = frozenset("group groups consortium network collaboration committee investigators".split())
_PARTICLES = frozenset("van von der den de del della di da dos du la le ten ter zu zur al el bin ibn st".split())


def family(author: str) -> str:
    """Return an author's family name: of "van de Schoot, Rens", "Schoot R", "Rens van de Schoot" or a group's name."""
    name = " ".join(author.replace("{", "").replace("}", "").split())
    if "," in name:
        return name.partition(",")[0].strip()
    words = _DEGREES.sub("", name).split()
    if len(words) < 2 or _GROUPS & {word.casefold() for word in words}:
        return name
    if _INITIALS.fullmatch(words[-1]) and words[-1].isupper() and len(words[-1].replace(".", "")) <= 4:
        end = len(words) - 1  # "Ole AB", as PubMed has it
        while end > 1 and _INITIALS.fullmatch(words[end - 1]) and words[end - 1].isupper():
            end -= 1
        return " ".join(words[:end])
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in _PARTICLES:
        start -= 1
    return " ".join(words[start:])


# -- what studies are called


def study_labels(references: Mapping[str, Reference]) -> dict[str, str]:
    """Return what to call each study: "Folarin 2016", with a, b … where that would name two, else its id.

    The letters follow the titles, so that the same papers get the same ones wherever they lie.
    """
    names = {study: _plain_label(reference) for study, reference in references.items()}
    counts = Counter(name.casefold() for name in names.values() if name)
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    for study in sorted(references, key=lambda study: (normal_title(references[study].title), study)):
        name = names[study]
        if name and counts[name.casefold()] > 1:
            seen[name.casefold()] += 1
            name += _letters(seen[name.casefold()])
        found[study] = name or study
    return {study: found[study] for study in sorted(found)}


def _plain_label(reference: Reference) -> str:
    who = family(reference.authors[0]) if reference.authors else ""
    return f"{who} {reference.year or UNDATED}" if who else ""


def _letters(number: int) -> str:
    """Return a, b … z, aa, ab … of 1, 2 …"""
    number, letters = number - 1, ""
    while number >= 0:
        letters, number = chr(ord("a") + number % 26) + letters, number // 26 - 1
    return letters


# -- when two references are the same


def normal_doi(text: str) -> str:
    """Return the DOI that a text holds, in lower case; "" where it holds none."""
    found = re.search(r"10\.\d{4,9}/[^\s\"<>]+", text)
    return found.group().rstrip(".,;)]}").lower() if found else ""


def normal_title(text: str) -> str:
    """Return a title's letters and digits in lower case, without what typesetting does to them."""
    plain = re.sub(r"</?\w{1,5}>|[{}\\$]", "", text)
    folded = unicodedata.normalize("NFKD", plain).casefold().replace("ß", "ss")
    return "".join(c for c in folded if c.isalnum())


def year_in(text: str) -> str:
    """Return the year that a date holds ("2019///", "2018 Mar 5"); "" where it holds none."""
    found = re.search(r"(?<!\d)(1[89]|20)\d\d(?!\d)", text)
    return found.group() if found else ""
