"""Train the shipped risk-of-bias model on the annotated studies: python scripts/train_rob.py [--shared DIR] [--out
DIR].
"""

from __future__ import annotations

import argparse
import json
from dataclasses import replace
from pathlib import Path

from vivex.assess.examine import examine
from vivex.assess.reading.sentence_reader import digest_of, load_reader
from vivex.assess.weigh.fitting import fit, from_gold
from vivex.assess.weigh.scorer import save
from vivex.codebook import template
from vivex.parse import parse_bytes

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Train on gold/studies and write models/base/rob."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared", help="folder that holds gold/")
    parser.add_argument("--out", type=Path, default=ROOT / "models" / "base" / "rob", help="folder of the model")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    reader = load_reader([options.out], digest_of(options.out))  # scripts/train_reader makes it
    studies, decided = [], []
    for path in sorted((options.shared / "gold" / "studies").glob("*.json")):
        text = options.shared / "gold" / "texts" / f"{path.stem}.txt"
        studies.append(examine(parse_bytes(text.read_bytes(), name=text.name, params={}), reader=reader))
        decided.append(from_gold(json.loads(path.read_text(encoding="utf-8"))))
    model = fit(studies, decided, template("invivo"), seed=options.seed)
    save(replace(model, reader=reader), options.out)
    size = sum(f.stat().st_size for f in options.out.iterdir() if f.suffix in (".json", ".npz"))
    print(f"{len(studies)} studies, {len(model.vocabulary)} tokens, {size / 1e6:.2f} MB in {options.out}")


if __name__ == "__main__":
    main()
