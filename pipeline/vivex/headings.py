"""What a heading's words say about its section: the normalised role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from vivex.document import Section

_AND = r"\s?(?:,|and|&|/|\+|\s)\s?(?:the\s)?"  # words are read with single spaces between them
_MATTER = (
    r"(?:materials?|methods?|methodolog(?:y|ies)|patients?|animals?|subjects?|participants?|procedures?|protocols?|"
    r"experiments?|experimental|study|design|reagents?|chemicals|data|sources?|models?|analys[ie]s|population|"
    r"resources?|"
    r"research|section|summary|details?|overview|part)"
)
_ROLES: tuple[tuple[str, str], ...] = (
    (
        r"(?:graphical |structured |extended |visual |lay |plain[- ]language |author |executive )?(?:abstract|summary)|"
        r"synopsis|highlights|key ?points|significance(?: statement)?",
        "abstract",
    ),
    (
        rf"(?:general )?(?:introduction|background)(?:{_AND}(?:aims?|objectives?|purposes?|background|significance|"
        r"rationale|"
        r"hypothes[ie]s|literature review)(?: of the study)?)*",
        "introduction",
    ),
    (
        rf"(?:star|online|general|extended|detailed|full|supplementary|key)?\s?[★*⋆✩]?\s?(?:{_MATTER}{_AND})*"
        rf"(?:methods?|methodolog(?:y|ies)|procedures?)(?:{_AND}{_MATTER})*|"
        r"experimental(?: (?:section|part|design|protocols?|details?|set-?up|work|approach))?|"
        r"materials?(?: and reagents?)? used",
        "methods",
    ),
    (
        rf"(?:main |experimental )?(?:results?|findings)(?:{_AND}(?:(?:general )?discussions?|analys[ie]s|"
        r"interpretations?|"
        r"findings|conclusions?))*",
        "results",
    ),
    (
        rf"(?:general |overall )?discussions?(?:{_AND}(?:conclusions?|limitations?|perspectives?|future directions?|"
        r"outlook|"
        rf"implications?|results))*|(?:(?:summary|final){_AND})?conclusions?(?:{_AND}.{{0,60}})?|(?:concluding|"
        r"final) remarks|"
        rf"(?:study )?(?:strengths?{_AND})?limitations?(?: of (?:the|this|our) (?:present |current )?study)?|"
        r"comment(?:s|ary)?|(?:future )?perspectives?|interpretation|implications?",
        "discussion",
    ),
    (
        r"references?(?:(?:\s|,|and|&)*(?:notes|cited|list|citations))?|bibliography|(?:literature|works?)(?: cited)?|"
        r"cited literature",
        "references",
    ),
    (
        r"acknowledge?ments?\b.{0,40}|(?:authors?['’]?s?['’]? )?(?:competing|conflicts? of|conflicting|"
        r"dual|duality of|commercial)(?: financial)? "
        r"interests?\b.{0,40}|(?:potential )?conflicts? of interests?\b.{0,30}|.{0,24}\bdisclosures?(?: statements?)?|"
        r"disclosures? of .{0,40}|declarations?(?: of .{0,40})?|disclaimer|coi|interests?|"
        r"(?:sources? of )?(?:funding|financ(?:ial|e))(?: (?:and|&) .{0,30})?(?: (?:sources?|information|statement|"
        r"support|disclosures?|details))*|"
        r"(?:grant|financial)(?: and .{0,20})? support|grants?|role of the funding sources?|role of funders?|"
        r"(?:credit )?authors?(?:['’]?s?['’]?|ship)? (?:contributions?|statements?|information|notes?|details|roles?|"
        r"affiliations?)\b.{0,40}|"
        r"contributions?|contributors?(?:hip)?|.{0,30}data (?:availability|sharing|accessibility|deposition)\b.{0,40}|"
        r"(?:code|materials?) availability|availability of .{0,40}|"
        r"ethic(?:s|al)\b.{0,60}|.{0,30}\bethics (?:statement|approval)|(?:informed )?consent(?: (?:for|to) .{0,40})?|"
        r"(?:list of )?abbreviations?(?: used)?|nomenclature|supplement(?:al|ary)\b.{0,40}|supporting (?:information|"
        r"data|material)s?|"
        r"additional (?:information|files?|material)|electronic supplementary material|appendi(?:x|"
        r"ces)(?: [a-z0-9]{1,2})?|"
        r"publisher['’]?s['’]? notes?|orcid.{0,20}|transparency.{0,20}|provenance and peer review|(?:about|"
        r"group) (?:the )?authors?.{0,20}|"
        r"pre-?publication history|open access|reviewers?['’]? comments|peer review.{0,20}",
        "statements",
    ),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), role) for pattern, role in _ROLES)
_NUMBER = re.compile(
    r"^[\W_]*(?:(?:section\s+)?(?:\d+(?:\.\d+)*|[IVX]+|[A-H])(?:\s*[.):|│–—-]\s*|\s+))?[\s|■●▪•►▶]*", re.IGNORECASE
)


_MARKS = re.compile(r"(?<![⁰¹²³⁴-⁹ᵃ-ᵉ,*†‡§])[⁰¹²³⁴-⁹ᵃ-ᵉ,*†‡§]+\s*$")
_MAJOR = re.compile(r"\s{0,4}(\d{1,2})(\.\d{1,2})?[.)]?\s")


def role_of(heading: str) -> str | None:
    """Return the section role that the heading announces, or None where it announces none."""
    words = " ".join(_NUMBER.sub("", _MARKS.sub("", heading)).strip(" .:;#■●▪•►▶*|-–—").split())
    for pattern, role in _COMPILED:
        if pattern.fullmatch(words):
            return role
    return None


def role_of_path(path: Iterable[str]) -> str | None:
    """Return the role that the innermost heading of a path announces of those that announce one, or None."""
    return next((role for role in map(role_of, reversed(tuple(path))) if role), None)


def with_lost_parents(sections: Sequence[Section]) -> list[Section]:
    """Return the sections, numbered ones apart from a parent of another number.

    "2.1 Animals" after "1 Introduction" has lost the heading "2"; where it stands between an introduction and results,
    that heading announced the methods.
    """
    firsts = [(_major(section.path[0]), section.role) for section in sections if section.path]
    tops = {major: role for major, role in firsts if major is not None}
    out = []
    for section in sections:
        own, parent = (_major(section.path[-1]), _major(section.path[0])) if section.path else (None, None)
        if len(section.path) < 2 or own is None or parent is None or own == parent or own in tops:
            out.append(section)
            continue
        path = tuple(name for name in section.path[1:] if _major(name) in (None, own))
        before = tops.get(own - 1) if own - 1 in tops else None
        lost = "methods" if before == "introduction" and tops.get(own + 1) in ("results", "discussion") else "other"
        out.append(Section(path, role_of_path(path) or lost))
    return out


def _major(heading: str) -> int | None:
    """Return the first part of a heading's number, or None without one."""
    number = _MAJOR.match(heading)
    return int(number.group(1)) if number else None
