"""Names of genes that a spreadsheet made dates or numbers of."""

from __future__ import annotations

import re

_DATE_LIKE = re.compile(
    r"\d{1,2}[-/. ](?:mar|sep|sept|dec|oct|apr|feb|nov|jan|may|jun|jul|aug)[a-z]*\.?(?:[-/. ]\d{2,4})?"  # 2-Sep-2026
    r"|(?:mar|sep|sept|dec|oct|apr|feb|nov)[a-z]*[-/]0\d(?:\d\d)?"  # Mar-01
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[ T]00:00(?::00)?)?",  # 2026-09-02 00:00:00
    re.IGNORECASE,
)
_NUMBER_LIKE = re.compile(r"[-+]?\d+(?:\.\d+)?(?:e[+-]?\d+)?", re.IGNORECASE)


def spoilt_name(text: str) -> str:
    """Return why a text is no gene's name, and what to type, where it is a date or a bare number; else ""."""
    if _DATE_LIKE.fullmatch(text):
        return (
            f"{text!r} looks like a date that a spreadsheet made of a gene's name (SEPT2, MARCH1, DEC1); "
            "format the cell as text and type the name again, best the present one (SEPTIN2, MARCHF1, DELEC1)"
        )
    if _NUMBER_LIKE.fullmatch(text):
        return f"{text!r} is a number, not a name (2310009E13 becomes 2.31E+19 in a spreadsheet); type the name as text"
    return ""
