"""Take a study out of the review with its reason, or into it again; PRISMA counts it, tables and agreement don't."""

from __future__ import annotations

import json

from vivex import __version__
from vivex.errors import ReviewError, UnknownName
from vivex.files import write_text
from vivex.people.excluded import FILE, excluded, present
from vivex.people.store import locked, reviewer_name, studies
from vivex.review import Review


def exclude(review: Review, study: str, *, reason: str, by: str, when: str, again: bool = False) -> None:
    """Record that a study leaves the review, or (`again`) comes back; what people decided about it stays as it is.

    Raise UnknownName for a study that the review never had, ReviewError where nothing would change.
    """
    with locked(review):
        out = excluded(review)
        known = present(review) | set(studies(review)) | set(out)
        if study not in known:
            raise UnknownName(f"no study {study!r}; known: {', '.join(sorted(known)) or 'none'}")
        if again and study not in out:
            raise ReviewError(f"{study} is in the review; nothing to take in again")
        if not again and study in out:
            raise ReviewError(f"{study} is out of the review already: {out[study].reason} ({out[study].by})")
        if not again and not reason.strip():
            raise ReviewError(f"give the reason why {study} is excluded, as PRISMA reports it: --reason TEXT")
        event = {"study": study, "reason": reason.strip(), "by": reviewer_name(by), "when": when, "vivex": __version__}
        line = json.dumps({**event, **({"again": True} if again else {})}, ensure_ascii=False)
        path = review.annotations / FILE
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        write_text(path, before + line + "\n")
