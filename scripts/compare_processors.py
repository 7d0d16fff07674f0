"""Compare what the entity model reads on this processor with what it reads on another, or in another way.

    python scripts/compare_processors.py write FOLDER [--paper FILE] [--pieces N]
    qemu-x86_64-static -cpu Nehalem python scripts/compare_processors.py score FOLDER nehalem
    python scripts/compare_processors.py compare FOLDER nehalem
    python scripts/compare_processors.py line FOLDER NAME --papers PDF_FOLDER [--threads N] [--plain] [--shake 4e-6]
    python scripts/compare_processors.py lines FOLDER NAME

The encoder is the only part whose sums are not rounded as they are made, and the only one that takes long under an
emulator: so `write` keeps what it is given for the first N word pieces of a paper and what comes out here, `score` runs
it alone elsewhere (with numpy and onnxruntime only), and `compare` lets the mentions follow from either: it prints
those that differ, and returns 1 where any does.

`line` reads whole papers into mentions, judgements and forms, in one process, in the way that its options and the
environment force (NPY_DISABLE_CPU_FEATURES, OPENBLAS_CORETYPE); `--shake` adds to every answer of a network a
difference of that size, as another processor's float would. `lines` compares what came out with FOLDER/here, file by
file.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from vivex.pool import Outcome, Pool
    from vivex.work import Task

ROOT = Path(__file__).resolve().parent.parent
NETWORK = ROOT / "models" / "base" / "ner" / "encoder.onnx"
Mention = tuple[str, int, int, float]  # label, start, end, confidence


class Kept:
    """Stand for the encoder: keep what it is asked and what it answers, or answer from what is kept."""

    def __init__(self, session: Any, answers: dict[int, Any] | None = None) -> None:
        self.session, self.answers = session, answers
        self.asked: list[dict[str, Any]] = []
        self.given: list[Any] = []

    def run(self, names: Any, feed: dict[str, Any]) -> list[Any]:
        """Return the scores of a window."""
        known = (self.answers or {}).get(len(self.asked))
        self.asked.append(feed)
        self.given.append(self.session.run(names, feed)[0] if known is None else known)
        return [self.given[-1]]


def mentions(text: str, answers: dict[int, Any] | None = None) -> tuple[Kept, list[Mention]]:
    """Return the encoder's questions and answers for a text, and the model's mentions."""
    from vivex.parse.text import parse_text
    from vivex.recognize.tagger.neural import load_folder

    model = load_folder(NETWORK.parent)
    model.session = kept = Kept(model.session, answers)
    return kept, model(parse_text(text.encode(), study="paper", params={}))


def write(folder: Path, paper: Path, pieces: int) -> int:
    """Keep the windows of a paper's first paragraphs from Methods on that come to a number of word pieces."""
    import numpy as np

    text = paper.read_text(encoding="utf-8")
    begin = text.index("\nMaterials and Methods") + 1
    end, kept = begin, Kept(None)
    found: list[Mention] = []
    while sum(feed["ids"].shape[1] for feed in kept.asked) < pieces and end < len(text):
        end = text.find("\n\n", end + 1) % (len(text) + 1)
        kept, found = mentions(text[begin:end])
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "text.txt").write_text(text[begin:end], encoding="utf-8")
    np.savez(folder / "asked.npz", **{f"{k}{i}": feed[k] for i, feed in enumerate(kept.asked) for k in feed})
    np.savez(folder / "here.npz", **{str(i): given for i, given in enumerate(kept.given)})
    print(f"{len(kept.asked)} windows, {len(found)} mentions")
    return 0


def score(folder: Path, name: str, *, threads: int, plain: bool) -> int:
    """Run the encoder alone over what was kept; `plain` without onnxruntime's rewriting of the network."""
    import numpy as np
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = threads, 3
    if plain:
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(str(NETWORK), options, providers=["CPUExecutionProvider"])
    asked = np.load(folder / "asked.npz")
    given: dict[str, Any] = {}
    while f"ids{len(given)}" in asked:
        number = len(given)
        (given[str(number)],) = session.run(None, {k: asked[f"{k}{number}"] for k in ("ids", "mask", "flags")})
    np.savez(folder / f"{name}.npz", **given)
    return 0


def compare(folder: Path, name: str) -> int:
    """Print how far the scores lie apart and which mentions differ; return 1 where any does."""
    import numpy as np

    text = (folder / "text.txt").read_text(encoding="utf-8")
    here, other = np.load(folder / "here.npz"), np.load(folder / f"{name}.npz")
    apart = max(float(np.abs(here[k] - other[k]).max()) for k in other.files)
    _, one = mentions(text, {int(k): here[k] for k in here.files})
    _, two = mentions(text, {int(k): other[k] for k in other.files})
    for mention in sorted(set(one) ^ set(two), key=lambda m: m[1:3]):
        print("here only:" if mention in one else f"{name} only:", *mention, text[mention[1] : mention[2]])
    differ = len(set(one) ^ set(two))
    print(f"{name}: {len(other.files)} windows, scores at most {apart:.1e} apart; {len(one)} mentions, {differ} differ")
    return 1 if differ else 0


class Here:
    """Stand for the pool: do a stage's work in this process, so that what was forced holds."""

    seconds, memory_mb = 0.0, 0

    def map(self, do: Callable[[Task], object], tasks: Iterable[Task], *, prepare: object) -> Iterator[Outcome]:
        """Yield what the work came to, paper by paper."""
        from vivex.pool import Outcome

        for task in tasks:
            yield Outcome(task, do(task))


def force(*, threads: int, plain: bool, shake: float) -> None:
    """Let every network of this process run with so many threads, as it lies, or with answers that are shaken."""
    import numpy as np
    import onnxruntime

    opened, chance = onnxruntime.InferenceSession, np.random.default_rng(11)

    class Shaken:
        def __init__(self, session: Any) -> None:
            self.session = session

        def run(self, names: Any, feed: dict[str, Any]) -> list[Any]:
            given = self.session.run(names, feed)
            return [one + chance.uniform(-shake, shake, one.shape).astype(one.dtype) for one in given]

    def session(path: str, options: Any, **more: Any) -> Any:
        options.intra_op_num_threads = threads
        if plain:
            options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        made = opened(path, options, **more)
        return Shaken(made) if shake else made

    onnxruntime.InferenceSession = session


def line(out: Path, papers: Path) -> int:
    """Read a folder of papers into documents, mentions, judgements and forms."""
    from vivex.codebook import template_path
    from vivex.models import shipped
    from vivex.stages import run_stage
    from vivex.work import Setting

    out.mkdir(parents=True, exist_ok=True)
    sources = {path.stem: path for path in sorted(papers.glob("*.pdf"))}
    setting = Setting(out, {}, shipped(), template_path("invivo"))
    for stage in ("parse", "recognize", "assess", "prefill"):
        report = run_stage(stage, sources, setting, cast("Pool", Here()))
        print(f"{out.name}: {stage}: {report.done} papers", flush=True)
    return 0


def lines(folder: Path, name: str) -> int:
    """Print how many annotations and form values differ from FOLDER/here, and which; return 1 where any does."""
    differ = 0
    for kind in ("documents", "mentions", "judgements", "forms"):
        one, other = (
            {
                (path.name, number): text
                for path in sorted((folder / run / kind).glob("[!.]*"))
                for number, text in enumerate(path.read_text(encoding="utf-8").splitlines())
            }
            for run in ("here", name)
        )
        changed = sorted(key for key in one.keys() | other.keys() if one.get(key) != other.get(key))
        files = {file for file, _ in one}
        differ += len(changed)
        print(f"{name}: {kind}: {len(files)} files, {len(one)} lines, {len(changed)} differ")
        for key in changed[:20]:
            print(f"  {key[0]}:{key[1] + 1}\n    here {one.get(key, '')[:240]}\n    {name} {other.get(key, '')[:240]}")
    return 1 if differ else 0


def main() -> int:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("write", "score", "compare", "line", "lines"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("name", nargs="?", default="other")
    parser.add_argument("--paper", type=Path, default=ROOT / "examples" / "twins" / "quellen-2021.txt")
    parser.add_argument("--pieces", type=int, default=400)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--papers", type=Path, help="a folder of PDFs, for `line`")
    parser.add_argument("--shake", type=float, default=0.0)
    asked = parser.parse_args()
    if asked.what == "write":
        return write(asked.folder, asked.paper, asked.pieces)
    if asked.what == "score":
        return score(asked.folder, asked.name, threads=asked.threads, plain=asked.plain)
    if asked.what == "line":
        force(threads=asked.threads, plain=asked.plain, shake=asked.shake)
        return line(asked.folder / asked.name, asked.papers)
    return lines(asked.folder, asked.name) if asked.what == "lines" else compare(asked.folder, asked.name)


if __name__ == "__main__":
    sys.exit(main())
