"""Entities that an XML file declares: plain ones pass, those that could grow or reach outside are refused."""

from __future__ import annotations

import codecs
import re
from collections import Counter

from vivex.errors import UnreadablePaper

_LONGEST = 200  # characters of a value
_TOTAL = 200_000  # characters that all uses together may make
_DECLARED = re.compile(
    r"<!ENTITY\s+(?P<name>[\w.:-]+)\s+(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)'|(?P<outside>(?:SYSTEM|PUBLIC)\b[^>]*?))\s*>"
)
_NESTED = re.compile(r"&(?!#|amp;|lt;|gt;|quot;|apos;)|%|<")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")


def check_entities(data: bytes) -> None:
    """Raise UnreadablePaper where an XML file declares entities that refer to others, or whose uses grow the text."""
    text = _decoded(data)
    declared = text.count("<!ENTITY")
    if not declared:
        return
    found = list(_DECLARED.finditer(text))
    uses = Counter(re.findall(r"&([\w.:-]+);", text))
    total = 0
    for match in found:
        value = match["a"] if match["a"] is not None else match["b"] or ""
        if len(value) > _LONGEST or _NESTED.search(value) or (match["outside"] and uses[match["name"]]):
            raise _refused()
        total += len(value) * uses[match["name"]]
    if len(found) != declared or total > _TOTAL:
        raise _refused()


def _refused() -> UnreadablePaper:
    return UnreadablePaper(
        "unsupported", "the XML declares entities that refer to others or to files; replace them in its text"
    )


def _decoded(data: bytes) -> str:
    """Return the file's characters as an XML reader takes them."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return data.decode("utf-16", "replace")
    if data[:4].count(0) >= 2:  # UTF-16 or UTF-32 without its mark
        return data.replace(b"\0", b"").decode("latin-1")
    declared = _ENCODING.match(data[:300].removeprefix(codecs.BOM_UTF8))
    try:
        return data.decode(declared.group(1).decode("ascii") if declared else "utf-8", "replace")
    except LookupError:
        return data.decode("latin-1")
