"""Write the dependencies of the repository's dvc.yaml: `python scripts/write_deps.py`.

The repository is a review of its own: its stages are those of vivex/data/review/pipeline.yaml, which `vivex init` lays
out, and depend on the code too, as `vivex.dependencies` follows it, so that developing reruns what a change touches.
A test compares (tests/test_dependencies.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from vivex.dependencies import ROOT as PACKAGE
from vivex.dependencies import files_of
from vivex.files import write_text
from vivex.stages import STAGES

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = PACKAGE / "data" / "review" / "pipeline.yaml"
HEADER = """\
# Written by scripts/write_deps.py; don't edit. The repository is itself a review: the stages of
# pipeline/vivex/data/review/pipeline.yaml, which here depend on the code and the shipped models too, so that developing
# reruns what a change touches.
"""
LEARNING = (*STAGES["recognize"].code, *STAGES["assess"].code)  # what a model is fitted to and compared with
CODE: dict[str, tuple[str, ...]] = {
    "codebook": ("vivex.verbs.codebook",),
    "parse": STAGES["parse"].code,
    "train": ("vivex.verbs.train", *LEARNING),
    "recognize": STAGES["recognize"].code,
    "assess": STAGES["assess"].code,
    "prefill": (
        *STAGES["prefill"].code,
        *STAGES["highlight"].code,
        *STAGES["picture"].code,
        "vivex.forms.review_files",
        "vivex.people.blind",
    ),
    "evaluate": ("vivex.verbs.evaluate",),
    "agree": ("vivex.verbs.agree",),
    "final": ("vivex.people.final",),
}
MODELS = {stage: ["models/base"] for stage in ("train", "recognize", "assess", "prefill")}


def text() -> str:
    """Return the dvc.yaml of the repository."""
    data: dict[str, Any] = yaml.safe_load(TEMPLATE.read_text(encoding="utf-8"))
    for name, stage in data["stages"].items():
        code = [f"pipeline/{PACKAGE.name}/{path}" for path in gathered(files_of(*CODE[name]))]
        stage["deps"] = [*code, *MODELS.get(name, []), *stage["deps"]]
    return HEADER + yaml.dump(data, Dumper=_Indented, sort_keys=False, allow_unicode=True, width=120)


def gathered(files: Iterable[Path]) -> list[str]:
    """Return the files by their path in the package, a folder in place of its files where all of them are meant."""
    left = set(files)
    folders = {folder for path in left for folder in path.parents if PACKAGE in folder.parents}
    out = []
    for folder in sorted(folders, key=lambda f: (len(f.parts), f)):
        inside = {p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".md", ".pyc")}
        needed = {p for p in inside if p.name != "__init__.py" or p.stat().st_size > 200}
        if left and needed <= left and needed:
            out.append(folder)
            left -= inside
    return sorted(path.relative_to(PACKAGE).as_posix() for path in {*out, *left})


class _Indented(yaml.SafeDumper):
    """Indent lists under their key, as DVC does."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def main() -> None:
    """Write dvc.yaml."""
    write_text(ROOT / "dvc.yaml", text())


if __name__ == "__main__":
    main()
