"""Stamp the shipped models with the rules and vocabulary of this checkout: `python scripts/stamp_models.py`.

A stamp says that the model's figures hold with these files. Training stamps by itself; run this after a change of rules
that was measured (benchmarks/) and made no model worse. Weights and names of the models stay as they are.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from vivex.files import write_text
from vivex.models import PARTS, shipped, stamped

INDENT = {"ner": 1, "rob": None, "fields": 1}  # as each is written by its training


def main() -> None:
    """Stamp every model.json of the folder."""
    parser = argparse.ArgumentParser(prog="python scripts/stamp_models.py", description=__doc__)
    parser.add_argument("--models", type=Path, default=shipped(), help="folder that holds ner/, rob/, fields/")
    folder = parser.parse_args().models
    for part in PARTS:
        path = folder / part / "model.json"
        meta = stamped(part, json.loads(path.read_text(encoding="utf-8")))
        separators = (",", ":") if INDENT[part] is None else None
        write_text(path, json.dumps(meta, ensure_ascii=False, indent=INDENT[part], separators=separators) + "\n")
        print(f"{part}: {len(meta['fitted_with'])} files")


if __name__ == "__main__":
    main()
