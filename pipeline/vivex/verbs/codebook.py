"""`vivex codebook`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Check codebook.yaml and write what it means, comments and layout aside, for the stages that follow"
FOLDER, FILE = "codebook", "codebook.json"  # in outputs/


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")


def run(options: argparse.Namespace) -> int:
    """Write outputs/codebook; the stages of dvc.yaml depend on it in the place of codebook.yaml."""
    import json

    from vivex.codebook import read_codebook
    from vivex.files import write_text
    from vivex.review import open_review

    review = open_review(options.root)
    codebook = read_codebook(review.codebook)
    folder = review.outputs / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write_text(folder / FILE, json.dumps(codebook.meaning, ensure_ascii=False, indent=1) + "\n")
    print(f"{codebook.name}: {len(codebook.fields)} questions, policy {codebook.policy_id}")
    return 0
