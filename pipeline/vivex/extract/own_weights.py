"""What a review's own decisions taught the rankers: for each field a small change of the log-odds of its values.

A value's log-odds move by how it stood before (how sure the shipped rankers are, where it stands, what it means), and
by what people have said of the same value, and of its words, in other studies: what they rejected again and again
falls. Where nothing was taught nothing moves. Written by `own_fitting`; numpy alone reads it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from vivex.extract.choice import words_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from vivex.extract.looking import Showing
    from vivex.extract.value_features import Group, Numbers

FILE = "own.npz"
Told: TypeAlias = Mapping[str, tuple[float, float]]  # a value or a word -> what it was told beyond what was expected
_EDGE = 1e-4  # probabilities are kept so far from 0 and 1
_FAR = 30.0  # log-odds beyond which nothing changes
_STEADY = 1.0  # how much must be told of a value, in units of p (1 - p), before half of it is believed


@dataclass(frozen=True, slots=True)
class Memory:
    """Keep what people said of values and words: by how much more often they were right than expected, and how often.

    Each is a sum over studies: of right minus probability, and of probability times what is left to 1.
    """

    values: Told = field(default_factory=dict)
    words: Told = field(default_factory=dict)

    def of(self, group: Group) -> tuple[float, float]:
        """Return what is remembered of a value, and of its words together; 0 where nothing is."""
        words = [remembered(self.words.get(word)) for word in sorted(words_of(group.key))]
        return remembered(self.values.get(group.key)), sum(words) / len(words) if words else 0.0


@dataclass(frozen=True, eq=False)
class FieldShift:
    """Hold one field's weights, for columns brought to mean 0 and deviation 1, its memory and its threshold."""

    mean: Numbers
    deviation: Numbers
    weights: Numbers
    memory: Memory
    threshold: float  # probability from which a value is said

    def __call__(self, showing: Showing) -> list[float]:
        """Return the probabilities of a field's values with what was taught."""
        odds = log_odds(showing.probabilities)
        table = columns(showing, [self.memory.of(group) for group in showing.groups])
        moved = odds + ((table - self.mean) / self.deviation) @ self.weights
        # rounded, since the last digits differ from one processor to another
        return [round(float(p), 6) for p in probability(moved)]


def remembered(told: tuple[float, float] | None) -> float:
    """Return how far the log-odds of a value are to move by what was told of it alone."""
    return 0.0 if told is None else told[0] / (told[1] + _STEADY)


def log_odds(probabilities: Sequence[float]) -> Numbers:
    """Return the log-odds of probabilities."""
    import numpy as np

    p = np.clip(np.asarray(probabilities, dtype=np.float64), _EDGE, 1 - _EDGE)
    odds: Numbers = np.log(p / (1 - p))
    return odds


def probability(odds: npt.NDArray[np.floating[Any]]) -> npt.NDArray[np.float64]:
    """Return the probabilities of log-odds."""
    import numpy as np

    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -_FAR, _FAR))), dtype=np.float64)


def columns(showing: Showing, memory: Sequence[tuple[float, float]]) -> Numbers:
    """Return a row for each value: one, its log-odds, what is remembered of it, its showing, what its words mean."""
    import numpy as np

    odds = log_odds(showing.probabilities)
    own = np.stack([np.ones_like(odds), odds], axis=1)
    table: Numbers = np.concatenate([own, np.asarray(memory).reshape(-1, 2), showing.rows, showing.words], axis=1)
    return table


def write(shifts: Mapping[str, FieldShift], path: Path) -> None:
    """Write the shifts of the fields that have one."""
    import numpy as np

    arrays: dict[str, Numbers] = {}
    for name, shift in sorted(shifts.items()):
        arrays |= {
            f"{name}.mean": shift.mean.astype(np.float64),
            f"{name}.deviation": shift.deviation.astype(np.float64),
            f"{name}.weights": shift.weights.astype(np.float64),
            f"{name}.threshold": np.array(shift.threshold, dtype=np.float64),
            f"{name}.values": _packed(shift.memory.values),
            f"{name}.words": _packed(shift.memory.words),
        }
    np.savez_compressed(path, **arrays)


def read_shifts(path: Path) -> dict[str, FieldShift]:
    """Return the shifts that a file holds, by field; none where there is no file."""
    import numpy as np

    if not path.is_file():
        return {}
    with np.load(path, allow_pickle=False) as data:
        names = sorted({key.partition(".")[0] for key in data.files})
        return {
            name: FieldShift(
                data[f"{name}.mean"],
                data[f"{name}.deviation"],
                data[f"{name}.weights"],
                Memory(_unpacked(data[f"{name}.values"]), _unpacked(data[f"{name}.words"])),
                float(data[f"{name}.threshold"]),
            )
            for name in names
        }


def _packed(told: Told) -> Numbers:
    import numpy as np

    text = json.dumps({key: [round(x, 5) for x in of] for key, of in sorted(told.items())}, ensure_ascii=False)
    packed: Numbers = np.frombuffer(text.encode("utf-8"), dtype=np.uint8)
    return packed


def _unpacked(packed: Numbers) -> Told:
    return {key: (float(of[0]), float(of[1])) for key, of in json.loads(packed.tobytes().decode("utf-8")).items()}


def gathered(told: Iterable[tuple[str, float, float]]) -> dict[str, tuple[float, float]]:
    """Return the sums by value or word."""
    found: dict[str, tuple[float, float]] = {}
    for key, beyond, left in told:
        one, other = found.get(key, (0.0, 0.0))
        found[key] = (one + beyond, other + left)
    return found
