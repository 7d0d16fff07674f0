"""What a heading's words say about its section: the normalised role."""

from __future__ import annotations

import re

_ROLES: tuple[tuple[str, str], ...] = (
    (r"abstract|summary|synopsis|highlights", "abstract"),
    (r"introduction|background", "introduction"),
    (
        r"(?:materials?|methods?|patients?|animals?|subjects?|experimental|procedures?|methodology)\b.*"
        r"(?:methods?|procedures?|section|materials?)|methods?|methodology|experimental(?: design)?|procedures?",
        "methods",
    ),
    (r"results?(?: and discussions?)?|findings", "results"),
    (r"(?:general )?discussions?|conclusions?|concluding remarks|limitations?|summary and conclusions?", "discussion"),
    (r"references?|bibliography|literature cited|works cited", "references"),
    (
        r".*(?:acknowledge?ments?|competing|conflicts?|disclosures?|declarations?|funding|financial|contributions?|"
        r"availability|\bcoi\b|ethic|consent|abbreviations?|supplementary|supporting information|author information|data sharing).*",
        "statements",
    ),
)
_COMPILED = tuple((re.compile(pattern + r"\s*", re.IGNORECASE), role) for pattern, role in _ROLES)
_NUMBER = re.compile(r"^\s*(?:(?:section\s+)?(?:\d+(?:\.\d+)*|[IVX]+|[A-H])[.):]?\s+)?", re.IGNORECASE)


def role_of(heading: str) -> str | None:
    """Return the section role that the heading announces, or None where it announces none."""
    words = _NUMBER.sub("", heading).strip(" .:#■●▪*-–—").strip()
    for pattern, role in _COMPILED:
        if pattern.fullmatch(words):
            return role
    return None
