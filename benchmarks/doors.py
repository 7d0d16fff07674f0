"""Draw what `scripts/disturb_runs.py` printed: `python benchmarks/doors.py LOG... [--out benchmarks/doors.svg]`.

Each dot is a kill, at the seconds after which it came; full disks and low memory are counted. The table by verb goes to
standard output.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_LINE = re.compile(r"(good|BAD ) (\w+): (.*?): exit (-?\d+)")
_AFTER = re.compile(r"killed after ([\d.]+) s")
KINDS = ("killed", "full disk", "low memory")


@dataclass(frozen=True, slots=True)
class Disturbed:
    """Hold one line of the log: the verb, how it was disturbed, after how many seconds, whether all was made good."""

    verb: str
    kind: str
    after: float | None
    good: bool


def read(paths: list[Path]) -> list[Disturbed]:
    """Return the calls that the logs tell of."""
    found = []
    for path in paths:
        for good, verb, how, _ in _LINE.findall(path.read_text(encoding="utf-8")):
            after = _AFTER.search(how)
            kind = (
                "killed" if after else "low memory" if "address space" in how or "begins with" in how else "full disk"
            )
            found.append(Disturbed(verb, kind, float(after[1]) if after else None, good == "good"))
    return found


def table(calls: list[Disturbed]) -> str:
    """Return the counts by verb as a table of Markdown."""
    lines = [f"| verb | {' | '.join(KINDS)} | made good |", "|---|---|---|---|---|"]
    counts = Counter((call.verb, call.kind) for call in calls)
    for verb in [*dict.fromkeys(call.verb for call in calls), "all"]:
        mine = [call for call in calls if verb in ("all", call.verb)]
        numbers = [
            sum(counts[one, kind] for one, of in counts if of == kind and verb in ("all", one)) for kind in KINDS
        ]
        lines.append(f"| {verb} | {' | '.join(map(str, numbers))} | {sum(call.good for call in mine)} of {len(mine)} |")
    return "\n".join(lines)


def drawn(calls: list[Disturbed]) -> str:
    """Return the moments of the kills, by verb, as SVG."""
    from vivex.agreement.plots import svg

    kills = [call for call in calls if call.after is not None]
    verbs = sorted({call.verb for call in kills}, key=lambda v: (sum(call.verb == v for call in kills), v))

    def draw(plt: Any) -> Any:
        figure, axes = plt.subplots(figsize=(6.4, 0.3 * len(verbs) + 1.1), layout="constrained")
        for good, colour, label in ((True, "#2b7a78", "made good by the next call"), (False, "#c0392b", "not")):
            some = [call for call in kills if call.good == good]
            at = [verbs.index(call.verb) for call in some]
            dots = {"s": 14, "color": colour, "alpha": 0.6, "linewidths": 0}
            axes.scatter([call.after for call in some], at, label=f"{label} ({len(some)})", **dots)
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter("{x:g}")
        axes.set_yticks(range(len(verbs)), verbs)
        axes.set_xlabel("seconds after which the verb, or a child process of it, was killed")
        figure.legend(loc="outside upper center", ncols=2, frameon=False)
        return figure

    return svg(draw)


def main() -> None:
    """Read the logs, print the table, draw the figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("logs", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/doors.svg"))
    options = parser.parse_args()
    calls = read(options.logs)
    print(table(calls))
    options.out.write_text(drawn(calls), encoding="utf-8")


if __name__ == "__main__":
    main()
