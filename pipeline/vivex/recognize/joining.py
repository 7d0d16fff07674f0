"""How grammar and model are joined, label by label.

Where both mark the same span it stays. Where their spans overlap but differ, `prefer` says whose stays. A span that
only one of them marks stays from a confidence on. A review's params may name a joining instead: "grammar", "model",
"union" (all of both, the grammar's boundaries), "filtered" (the grammar's boundaries where the model agrees, and what
only the model marks). Each kind declares its own, chosen by study on development passages that the model had not read
(`benchmarks/entities.py --found FILE --choose`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from vivex.errors import MalformedFile
from vivex.recognize.spans import Reach, Span

NEVER = 2.0


@dataclass(frozen=True, slots=True)
class Joining:
    """Say from which confidence a span stays that only one of them marks, and whose boundaries are preferred."""

    grammar: float = 0.0
    model: float = 0.0
    prefer: str = "grammar"


NAMED = {
    "grammar": Joining(0.0, NEVER, "grammar"),
    "model": Joining(NEVER, 0.0, "model"),
    "union": Joining(0.0, 0.0, "grammar"),
    "filtered": Joining(NEVER, 0.0, "grammar"),
}


def read_strategy(choices: Mapping[str, Any], declared: Mapping[str, Joining]) -> dict[str, Joining]:
    """Return the joining of each label: as declared, or what params.yaml says (a name, or its three settings)."""
    out = dict(declared)
    for label, choice in choices.items():
        try:
            joining = NAMED[choice] if isinstance(choice, str) else Joining(**choice)
        except (KeyError, TypeError) as error:
            raise MalformedFile(
                f"params.yaml: recognize.strategy.{label} is {choice!r}; write one of {', '.join(NAMED)}, "
                "or {grammar: 0..1, model: 0..1, prefer: grammar|model}"
            ) from error
        if label not in declared or joining.prefer not in ("grammar", "model"):
            raise MalformedFile(f"params.yaml: recognize.strategy.{label}: known labels are {', '.join(declared)}")
        out[label] = joining
    return out


def combined(grammar: Sequence[Span], model: Sequence[Span], strategy: Mapping[str, Joining]) -> list[Span]:
    """Return the spans kept, in reading order."""
    out: list[Span] = []
    for label, joining in strategy.items():
        g = [s for s in grammar if s.label == label]
        m = [s for s in model if s.label == label]
        out += joined(g, m, joining)
    return sorted(out, key=lambda s: (s.start, -s.end, s.label))


def joined(grammar: Sequence[Span], model: Sequence[Span], joining: Joining) -> list[Span]:
    """Return the spans of one label that stay."""
    by_model = {(s.start, s.end): s for s in model}
    agreed = [s for s in grammar if (s.start, s.end) in by_model]
    first, second = (grammar, model) if joining.prefer == "grammar" else (model, grammar)
    least_first, least_second = (
        (joining.grammar, joining.model) if joining.prefer == "grammar" else (joining.model, joining.grammar)
    )
    kept = list(agreed)
    rest = _without(first, kept)
    reach = Reach(second)
    kept += [s for s in rest if s.confidence >= least_first or reach.meets(s)]
    reach = Reach(rest)
    kept += [s for s in _without(second, kept) if s.confidence >= least_second and not reach.meets(s)]
    return kept


def _without(spans: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    reach = Reach(others)
    return [s for s in spans if not reach.meets(s)]
