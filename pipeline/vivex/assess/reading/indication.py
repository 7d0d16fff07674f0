"""What one place in a paper says about one item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Indication:
    """Answer a signalling question from one or more places.

    `signal` is the question's key, `answer` what the places say to it; `strength` (0 to 1) orders those of one answer;
    `spans` are the places, best first; `why` says in words how they were read.
    """

    item: str
    signal: str
    answer: str
    strength: float
    spans: tuple[tuple[int, int], ...]
    why: str = ""
    detail: Mapping[str, object] = field(default_factory=dict)


def best(findings: Iterable[Indication], signal: str, answer: str | None = None) -> Indication | None:
    """Return the strongest finding of a signal (and answer); the earliest where two are equally strong."""
    chosen = [f for f in findings if f.signal == signal and (answer is None or f.answer == answer)]
    return max(chosen, key=lambda f: (f.strength, -(f.spans[0][0] if f.spans else 0)), default=None)
