"""The support text of a judgement, as reviewers write it in RevMan: Quote: "…" Comment: …"""

from __future__ import annotations

from collections.abc import Sequence

from vivex.assess.policy import NOTHING

LONGEST = 320  # characters of a quote


def support(quotes: Sequence[str], rule: str, why: str = "") -> str:
    """Return the support text for a judgement from its quotes, its rule and how the first quote was read."""
    words, _, judgement = rule.rpartition(" → ")
    if rule == NOTHING:
        comment = "Nothing in the paper decides this item."
    else:
        comment = words[:1].upper() + words[1:]
        if why and why not in words:
            comment += f" ({why})"
        comment += f"; judged {judgement}."
    quoted = " ".join(f'Quote: "{shortened(q)}"' for q in quotes[:2])
    return f"{quoted} Comment: {comment}".strip()


def shortened(quote: str) -> str:
    """Return the quote on one line, cut at a word where it is long."""
    line = " ".join(quote.split())
    if len(line) <= LONGEST:
        return line
    return line[:LONGEST].rsplit(" ", 1)[0] + " …"
