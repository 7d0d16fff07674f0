"""Write docs/exchange.md from the registered formats: `python scripts/write_exchange.py`; a test compares."""

from __future__ import annotations

from pathlib import Path

from vivex.exchange.formats import ANNOTATIONS, DECISIONS, REFERENCES, RESULTS, Format, all_formats
from vivex.files import write_text

PAGE = Path(__file__).resolve().parents[1] / "docs" / "exchange.md"
HEAD = """\
# Files of other programs

<!-- written by scripts/write_exchange.py from the formats that are registered; don't edit -->

```
vivex export --list                              # the formats, what each holds, which are written and which read
vivex export --to robvis --to word --out sent/   # what people settled, for other programs
vivex import library.ris                         # references, finished reviews, marked texts: the file tells what it is
```

What is exported comes from people's decisions alone: what is in conflict, only proposed or not reviewed is empty or
absent, and a comment says so where the format has room for one. `vivex final` writes every format of results into
`outputs/final/exchange/`, a folder for each. Which program a file is from is told by its ending and its beginning;
where several would do, `--from NAME` says it.

A further format is a package with an entry point of the group `vivex.formats`, whose object is a
`vivex.exchange.formats.Format`; vivex's own come through the same door.
"""
PARTS = {
    RESULTS: "Results out",
    REFERENCES: "References",
    DECISIONS: "Finished reviews in",
    ANNOTATIONS: "Marked texts",
}


def text() -> str:
    """Return the page."""
    parts = [HEAD]
    for holds, heading in PARTS.items():
        parts.append(f"## {heading}\n")
        parts += [_entry(name, of) for name, of in all_formats().items() if of.holds == holds]
    return "\n".join(parts)


def _entry(name: str, of: Format) -> str:
    ways = [f"`vivex export --to {name}`"] if of.write else []
    ways += [f"`vivex import FILE` ({', '.join(of.suffixes)}; `--from {name}`)"] if of.read else []
    lines = [f"### {of.program}", "", f"{', '.join(ways)}. {of.about}"]
    lines += ["", f"Not held: {of.loses}."] if of.loses else []
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    write_text(PAGE, text())
