"""What an agreement coefficient gives: the value beside all that is needed to judge it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Agreement:
    """Give a coefficient with its 95 % interval and the numbers it rests on.

    `value` is NaN where the coefficient is undefined, and `reason` says why. `n` counts the items (or spans) that
    entered, `raters` the raters, `clusters` the independent units (studies) by which the interval was made.
    `prevalence` is the share of each category among all ratings. `interval` names how `ci` was made.
    """

    name: str
    value: float
    ci: tuple[float, float] = (math.nan, math.nan)
    n: int = 0
    raters: int = 0
    clusters: int = 0
    se: float = math.nan
    interval: str = ""
    prevalence: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""

    @property
    def defined(self) -> bool:
        """Tell whether the coefficient has a value."""
        return not math.isnan(self.value)

    def __str__(self) -> str:
        if not self.defined:
            return f"undefined ({self.reason})"
        low, high = self.ci
        span = "" if math.isnan(low) else f" (95 % CI {low:.2f} to {high:.2f})"
        return f"{self.value:.2f}{span}"


def to_json(result: Agreement) -> dict[str, Any]:
    """Return the result as plain JSON data, rounded to 6 decimals, undefined numbers as null."""
    return {
        "value": number(result.value),
        "ci": [number(result.ci[0]), number(result.ci[1])],
        "n": result.n,
        "raters": result.raters,
        "studies": result.clusters,
        "interval": result.interval,
        "prevalence": {key: number(share) for key, share in result.prevalence.items()},
    } | ({"reason": result.reason} if result.reason else {})


def number(value: float) -> float | None:
    """Return the number rounded to 6 decimals, or None where it is not finite (JSON has no NaN)."""
    return round(float(value), 6) if math.isfinite(value) else None
