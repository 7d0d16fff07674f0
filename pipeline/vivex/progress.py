"""What a person sees of long work: papers done and left, how many a minute, what is worked on, where the time went.

On a terminal a bar is kept up to date each second; elsewhere nothing is shown, unless each paper's line is asked for.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from vivex.errors import UnreadablePaper
from vivex.pool import Outcome

_SHOWN = 3  # names of what is worked on
_EACH = 1.0  # seconds between two looks


@dataclass(slots=True)
class Spent:
    """Count what a stage has done: papers, wall seconds, and the seconds that the papers themselves took."""

    papers: int = 0
    wall: float = 0.0
    worked: float = 0.0


@dataclass
class Progress:
    """Watch the outcomes of stages pass by; `verbose`: with a line for each paper."""

    running: Callable[[], Sequence[Any]] = list
    verbose: bool = False
    stages: dict[str, Spent] = field(default_factory=dict)

    def __call__(self, outcomes: Iterator[Outcome], total: int, stage: str) -> Iterator[Outcome]:
        """Yield the outcomes, and show how far the stage is."""
        from tqdm import tqdm

        spent = self.stages.setdefault(stage, Spent())
        begin = time.monotonic()
        bar = tqdm(
            total=total,
            desc=stage,
            leave=False,
            disable=None if total else True,
            bar_format="{desc}: {n_fmt} of {total_fmt} papers |{bar}| {postfix}",
        )
        over = threading.Event()

        def keep_up() -> None:
            while not over.wait(_EACH):
                bar.set_postfix_str(pace(int(bar.n), total, time.monotonic() - begin, self._names()))

        watcher = threading.Thread(target=keep_up, daemon=True)
        if total and not bar.disable:
            watcher.start()
        try:
            for outcome in outcomes:
                spent.papers, spent.worked = spent.papers + 1, spent.worked + outcome.seconds
                if self.verbose:
                    tqdm.write(line(stage, outcome), file=sys.stderr)
                yield outcome
                bar.update()
        finally:
            over.set()
            spent.wall += time.monotonic() - begin
            bar.close()

    def _names(self) -> list[str]:
        return [name_of(item) for item in self.running()]


def pace(done: int, total: int, seconds: float, running: Sequence[str] = ()) -> str:
    """Return how many papers a minute are done, what time is left, and what is worked on."""
    parts = [f"{total - done} left"]
    if done and seconds > 0:
        parts.append(f"{_number(60 * done / seconds)} a minute")
        parts.append(f"{duration((total - done) * seconds / done)} to go")
    if running:
        more = f" and {len(running) - _SHOWN} more" if len(running) > _SHOWN else ""
        parts.append(f"now {', '.join(running[:_SHOWN])}{more}")
    return ", ".join(parts)


def line(stage: str, outcome: Outcome) -> str:
    """Return what is said of one paper."""
    error = outcome.error
    if error is None:
        said = "done"
    else:
        said = error.reason if isinstance(error, UnreadablePaper) else "not done"
    return f"  {stage}: {name_of(outcome.item)}: {said}, {duration(outcome.seconds)}"


def summary(stages: dict[str, Spent], others: Iterable[tuple[str, float]] = ()) -> list[str]:
    """Return where the time went: a line for each stage that worked, and for what else took a second."""
    lines = [
        f"{stage}: {duration(spent.wall)}, {spent.papers} paper{'s' * (spent.papers != 1)}, "
        f"{_number(60 * spent.papers / spent.wall)} a minute, {_number(spent.worked / spent.papers)} s each"
        for stage, spent in stages.items()
        if spent.papers and spent.wall > 0
    ]
    return [*lines, *(f"{what}: {duration(seconds)}" for what, seconds in others if seconds >= 1)]


def duration(seconds: float) -> str:
    """Return a time as people say it: 8.2 s, 3 min 20 s, 2 h 5 min."""
    if seconds < 60:
        return f"{_number(seconds)} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"


def name_of(item: object) -> str:
    """Return how a person knows an item: by its study."""
    return str(getattr(item, "study", item))


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 10 else f"{value:.1f}"
