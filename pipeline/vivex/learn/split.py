"""Which studies are held out: by a hash of the study's id, so that adding studies moves none."""

from __future__ import annotations

import hashlib

SHARE = 0.25


def held_out(study: str, *, share: float = SHARE) -> bool:
    """Tell whether a study is kept from training, to score models on."""
    digest = hashlib.sha256(f"held out {study}".encode()).digest()
    return int.from_bytes(digest[:8], "big") < share * 2**64
