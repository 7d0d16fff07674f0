"""Judge single sentences with the shipped assessor: gold/rob-sentences.jsonl (real) and rob-sentences-written.jsonl.

usage: python benchmarks/sentences.py SHARED [--cache DIR]

Each sentence is read as a paper of its own, and scored by bench/score_sentences.py. A third is set aside, by paper (the
written ones by sentence), by a hash of its name: nobody reads it, only its scores are looked at. Of the sentences
without a label, the share that gets a low or high on items 1 and 3 to 7 is given too.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from vivex.annotation import SYRCLE_ITEMS, write_annotations
from vivex.assess import make_syrcle
from vivex.codebook import template
from vivex.parse.text import parse_text

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "scripts"))

from train_reader.samples import FILES, set_aside  # noqa: E402

TRAPPED = (SYRCLE_ITEMS[0], *SYRCLE_ITEMS[2:7])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, help="folder to keep the judgements in")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        for name in FILES:
            measure(options.shared, name, (options.cache or Path(place)) / name)


def measure(shared: Path, name: str, judgements: Path) -> None:
    """Print the scores of a file's two parts."""
    rows = [json.loads(line) for line in (shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    judge(rows, judgements)
    for part, aside in (("development", False), ("set aside", True)):
        chosen = [row for row in rows if set_aside(row["id"]) == aside]
        gold = judgements / f"{part}.gold.jsonl"
        gold.write_text("".join(json.dumps(row) + "\n" for row in chosen), encoding="utf-8")
        empty = [row for row in chosen if not row["labels"]]
        wrong = sum(decided(judgements / f"{row['id']}.jsonl") for row in empty)
        print(f"## {name}, {part}: {len(chosen)} sentences, {len(chosen) - len(empty)} with labels")
        command = [sys.executable, str(shared / "bench" / "score_sentences.py"), "score", str(gold), str(judgements)]
        print(subprocess.run(command, check=True, capture_output=True, text=True).stdout, end="")
        print(
            f"of {len(empty)} without a label, {wrong} ({wrong / len(empty):.1%}) get a low or high on items 1, 3-7\n"
        )


def judge(rows: list[dict], judgements: Path) -> None:
    """Write the judgements of each sentence, where they aren't there yet."""
    assess = make_syrcle(params={}, models=ROOT / "models" / "base", codebook=template("invivo"))
    judgements.mkdir(parents=True, exist_ok=True)
    for row in rows:
        path = judgements / f"{row['id']}.jsonl"
        if not path.exists():
            write_annotations(assess(parse_text(row["sentence"].encode(), study=row["id"], params={})), path)


def decided(path: Path) -> bool:
    """Tell whether one of the items that a trap is set for is judged low or high."""
    said = {a["label"]: a["value"] for a in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    return any(said.get(f"syrcle.{item}", {}).get("judgement") in ("low", "high") for item in TRAPPED)


if __name__ == "__main__":
    main()
