"""Count by verb what `scripts/disturb_runs.py` printed: `python benchmarks/doors.py LOG...`."""

from __future__ import annotations

import argparse
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

_LINE = re.compile(r"(good|BAD ) (\w+): (.*?): exit (-?\d+)")
KINDS = ("killed", "full disk", "low memory")


@dataclass(frozen=True, slots=True)
class Disturbed:
    """Hold one line of the log: the verb, how it was disturbed, whether all was made good."""

    verb: str
    kind: str
    good: bool


def read(paths: list[Path]) -> list[Disturbed]:
    """Return the calls that the logs tell of."""
    found = []
    for path in paths:
        for good, verb, how, _ in _LINE.findall(path.read_text(encoding="utf-8")):
            starved = "address space" in how or "begins with" in how
            kind = "killed" if "killed after" in how else "low memory" if starved else "full disk"
            found.append(Disturbed(verb, kind, good == "good"))
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


def main() -> None:
    """Read the logs and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("logs", nargs="+", type=Path)
    print(table(read(parser.parse_args().logs)))


if __name__ == "__main__":
    main()
