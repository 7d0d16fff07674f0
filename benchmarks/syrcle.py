"""Measure the risk-of-bias assessor: python benchmarks/syrcle.py [--shared DIR] [--work DIR] PART...

Parts: five-fold (scores by study, baselines, reliability, abstention), checklist, sentences, pairs, adapt, time;
default all. Five-fold predictions lie in WORK/five-fold and are scored by the shared bench/score_rob.py.
"""

from __future__ import annotations

import argparse
import collections
import csv
import itertools
import json
import pickle
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS, Annotation, Evidence, write_annotations
from vivex.assess import Assessor, make_syrcle
from vivex.assess.examine import examine
from vivex.assess.judge import judge
from vivex.assess.reading.sentence_reader import digest_of
from vivex.assess.weigh.fitting import adapt, fit, from_gold, suggest_policy
from vivex.assess.weigh.scorer import CLASSES, load, save
from vivex.codebook import template
from vivex.document import sha256
from vivex.parse import parse_bytes

ROOT = Path(__file__).resolve().parent.parent
FOLDS = 5
CODEBOOK = template("invivo")


def studies(shared: Path, work: Path) -> tuple[list, list, list]:
    """Return names, examined papers and gold decisions; what was read is kept in WORK for the code that read it."""
    golds = sorted((shared / "gold" / "studies").glob("*.json"))
    kept = work / f"examined-{code()}.pickle"
    if kept.exists():
        examined = pickle.loads(kept.read_bytes())
    else:
        texts = [shared / "gold" / "texts" / f"{g.stem}.txt" for g in golds]
        reader = load(ROOT / "models" / "base" / "rob").reader  # it has learnt from none of these studies
        examined = [examine(parse_bytes(t.read_bytes(), name=t.name, params={}), reader=reader) for t in texts]
        for e in examined:
            if e.is_paper:
                e.quantities, e.tokens, e.announced, e.features  # noqa: B018
        kept.write_bytes(pickle.dumps(examined))
    return [g.stem for g in golds], examined, [json.loads(g.read_text(encoding="utf-8")) for g in golds]


def code() -> str:
    """Return a hash of the assessor's code, the words and the reader: what was read by other code isn't read again."""
    package = ROOT / "pipeline" / "vivex"
    files = [*package.joinpath("assess").rglob("*.py"), *package.joinpath("data", "vocabulary").glob("*.tsv")]
    read = "".join(sha256(path.read_bytes()) for path in sorted(files))
    return sha256((read + digest_of(ROOT / "models" / "base" / "rob")).encode())[:16]


def five_fold(shared: Path, work: Path) -> None:
    """Predict each study by a model trained on the other four fifths; score, calibrate, plot."""
    names, examined, golds = studies(shared, work)
    decided = [from_gold(g) for g in golds]
    out = work / "five-fold"
    out.mkdir(parents=True, exist_ok=True)
    records = []
    for fold in range(FOLDS):
        train = [i for i in range(len(names)) if i % FOLDS != fold]
        model = fit([examined[i] for i in train], [decided[i] for i in train], CODEBOOK)
        save(replace(model, reader=load(ROOT / "models" / "base" / "rob").reader), work / f"model-{fold}")
        model = load(work / f"model-{fold}")
        for i in range(fold, len(names), FOLDS):
            annotations = judge(examined[i], CODEBOOK, model)
            write_annotations(annotations, out / f"{names[i]}.jsonl")
            records += [(a, decided[i][a.label].answer) for a in annotations if a.label.startswith("syrcle.")]
    _score(shared, out)
    _baselines(shared, work, names, examined, golds)
    _calibration(records)


def _score(shared: Path, predictions: Path) -> None:
    command = [
        sys.executable,
        str(shared / "bench" / "score_rob.py"),
        str(shared / "gold" / "studies"),
        str(predictions),
    ]
    print(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def _baselines(shared: Path, work: Path, names: list[str], examined: list, golds: list[dict]) -> None:
    """Score the majority class by item (of the four other fifths), the rules alone, and RegexRoB's patterns."""
    for kind in ("majority", "rules"):
        out = work / kind
        out.mkdir(parents=True, exist_ok=True)
        for i, name in enumerate(names):
            if kind == "rules":
                write_annotations(judge(examined[i], CODEBOOK, None), out / f"{name}.jsonl")
                continue
            rest = [g for j, g in enumerate(golds) if j % FOLDS != i % FOLDS]
            found = []
            for k, item in enumerate(SYRCLE_ITEMS, 1):
                value = collections.Counter(g["syrcle"][str(k)]["judgement"] for g in rest).most_common(1)[0][0]
                found.append(Annotation(name, f"syrcle.{item}", {"judgement": value}, source="majority"))
            for item in REPORTING_ITEMS:
                value = sum(g["reporting"][item]["reported"] for g in rest) * 2 > len(rest)
                found.append(Annotation(name, f"reporting.{item}", {"reported": value}, source="majority"))
            write_annotations(found, out / f"{name}.jsonl")
        print(f"== {kind}")
        _score(shared, out)
    rows = csv.DictReader((shared / "syrcle" / "regexrob_prerob" / "Preclinical_RoB_regex.csv").open(encoding="utf-8"))
    items = {
        "Randomisation": "randomisation",
        "Blinded Outcome": "blinding",
        "Sample size": "sample_size_calculation",
        "Conflict of interest": "conflict_of_interest",
        "Welfare": "animal_welfare",
    }
    print("== RegexRoB patterns, F1 on the reporting items (letters folded)")
    for row in rows:
        item = next((v for k, v in items.items() if k.lower()[:7] in row["Name"].lower()), None)
        if item is None:
            continue
        pattern = re.compile(row["Regex"].replace("\\P{M}\\P{M}*", "[^\\s]*"), re.IGNORECASE)
        pairs = [
            (bool(pattern.search(e.document.text)), g["reporting"][item]["reported"]) for e, g in zip(examined, golds)
        ]
        both = sum(a and b for a, b in pairs)
        print(f"{item:26} {2 * both / max(1, sum(a for a, _ in pairs) + sum(b for _, b in pairs)):.3f}")


def _calibration(records: list[tuple[Annotation, str]]) -> None:
    """Print Brier scores, the reliability of the probabilities and the abstention curve; draw both."""
    p = np.array([[a.value["probability"][c] for c in CLASSES] for a, _ in records])
    y = np.array([CLASSES.index(answer) for _, answer in records])
    chosen = np.array([CLASSES.index(a.value["judgement"]) for a, _ in records])
    one = np.eye(3)[y]
    print(f"Brier score, three classes summed: {((p - one) ** 2).sum(axis=1).mean():.4f}")
    prior = one.mean(axis=0)
    print(f"  of the class shares alone: {((prior - one) ** 2).sum(axis=1).mean():.4f}")
    by_item = {}
    for item in SYRCLE_ITEMS:
        rows = np.array([a.label == f"syrcle.{item}" for a, _ in records])
        share = one[rows].mean(axis=0)
        by_item[item] = ((p[rows] - one[rows]) ** 2).sum(axis=1).mean(), ((share - one[rows]) ** 2).sum(axis=1).mean()
        print(f"  {item:28} {by_item[item][0]:.3f} (shares of the item alone {by_item[item][1]:.3f})")
    confidence = p[np.arange(len(y)), chosen]
    right = chosen == y
    print("reliability: confidence in the judgement, share right, judgements")
    edges = np.array([0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0001])
    points = []
    for low, high in itertools.pairwise(edges):
        rows = (confidence >= low) & (confidence < high)
        if rows.any():
            points.append((confidence[rows].mean(), right[rows].mean(), int(rows.sum())))
            print(f"  {points[-1][0]:.3f} {points[-1][1]:.3f} {points[-1][2]}")
    order = np.argsort(-confidence, kind="stable")
    accuracy = np.cumsum(right[order]) / np.arange(1, len(y) + 1)
    print("abstention: share proposed, accuracy")
    for share in (0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0):
        print(f"  {share:.1f} {accuracy[int(share * len(y)) - 1]:.3f}")
    _plots(points, accuracy)


def _plots(points: list[tuple[float, float, int]], accuracy: np.ndarray) -> None:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figures = ROOT / "benchmarks" / "figures"
    figures.mkdir(parents=True, exist_ok=True)
    figure, axis = pyplot.subplots(figsize=(4.2, 4))
    axis.plot([0.3, 1], [0.3, 1], color="0.6", linewidth=1)
    axis.plot([a for a, _, _ in points], [b for _, b, _ in points], "o-", color="#0072B2")
    for a, b, n in points:
        axis.annotate(str(n), (a, b), textcoords="offset points", xytext=(6, -10), fontsize=8)
    axis.set(
        xlabel="probability of the judgement",
        ylabel="share right",
        title="Reliability, five-fold (judgements at each point)",
    )
    axis.title.set_fontsize(9)
    figure.tight_layout()
    figure.savefig(figures / "syrcle_reliability.png", dpi=150, metadata={"Software": None})
    figure, axis = pyplot.subplots(figsize=(4.2, 3.4))
    axis.plot(np.arange(1, len(accuracy) + 1) / len(accuracy), accuracy, color="#0072B2")
    axis.set(
        xlabel="share of judgements proposed", ylabel="accuracy", ylim=(0.7, 1.01), title="Abstention curve, five-fold"
    )
    axis.title.set_fontsize(9)
    figure.tight_layout()
    figure.savefig(figures / "syrcle_abstention.png", dpi=150, metadata={"Software": None})


def sentences(*paths: Path, show: bool = True) -> None:
    """Judge each sentence of the files as a document of its own; traps must give neither low nor high."""
    assessor = make_syrcle(params={}, models=ROOT / "models" / "base", codebook=CODEBOOK)
    right = strict = total = 0
    kinds: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    for line in (line for path in paths for line in path.read_text(encoding="utf-8").splitlines()):
        case = json.loads(line)
        found = assessor(parse_bytes(case["sentence"].encode(), name="sentence.txt", params={}))
        decided = {a.label[7:]: a.value["judgement"] for a in found if a.label.startswith("syrcle.")}
        claims = {k for k, v in decided.items() if v != "unclear"}
        good = all(decided[k] == v for k, v in case["expect"].items()) and bool(case["expect"] or not claims)
        right += good
        strict += good and claims <= set(case["expect"])
        total += 1
        kind = kinds[case.get("kind", "").split("-")[0]]
        kind[0] += good
        kind[1] += 1
    names = paths[0].name if len(paths) == 1 else f"{len(paths)} files"
    print(f"{names}: {right} of {total} right ({right / total:.3f}); {strict} with no claim on another item")
    if show:
        print("  " + ", ".join(f"{k or 'all'} {a}/{b}" for k, (a, b) in sorted(kinds.items())))


def pairs(shared: Path) -> None:
    """Judge from reviewers' comments alone and compare with their judgements (their conventions differ from ours)."""
    assessor = Assessor(CODEBOOK, None)
    agree: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0, 0, 0])
    with (shared / "syrcle" / "quote_judgment_pairs.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            if not row["comment"].strip() or row["judgment"] not in CLASSES or not 1 <= int(row["item_no"] or 0) <= 10:
                continue
            item = SYRCLE_ITEMS[int(row["item_no"]) - 1]
            found = assessor(parse_bytes(row["comment"].encode(), name="comment.txt", params={}))
            got = next(a.value["judgement"] for a in found if a.label == f"syrcle.{item}")
            for key in ("all", item):
                agree[key][0] += got == row["judgment"]
                agree[key][1] += 1
                agree[key][2] += got == row["judgment"] and got != "unclear"
                agree[key][3] += got != "unclear"
    for key, (a, n, b, m) in agree.items():
        print(f"{key:28} {a}/{n} = {a / n:.2f}; where vivex decides {b}/{m}")


def adaptation(shared: Path, work: Path) -> None:
    """Adapt a fold's model to 15 held-out studies and judge the other held-out ones; time it; suggest a policy."""
    names, examined, golds = studies(shared, work)
    before = after = total = 0
    seconds = []
    for fold in range(FOLDS):
        held = list(range(fold, len(names), FOLDS))
        learn_from, test = held[:15], held[15:]
        given = [(examined[i].document, _annotations(names[i], golds[i])) for i in learn_from]
        start = time.perf_counter()
        adapt(given, base=work / f"model-{fold}", out=work / f"adapted-{fold}", params={})
        seconds.append(time.perf_counter() - start)
        old, new = load(work / f"model-{fold}"), load(work / f"adapted-{fold}")
        for i in test:
            gold = from_gold(golds[i])
            for a, b in zip(judge(examined[i], CODEBOOK, old), judge(examined[i], CODEBOOK, new)):
                if a.label.startswith("syrcle."):
                    before += a.value["judgement"] == gold[a.label].answer
                    after += b.value["judgement"] == gold[b.label].answer
                    total += 1
    print(
        f"adapted to 15 studies of a review: {before}/{total} right before, {after}/{total} after; "
        f"{np.mean(seconds):.1f} s"
    )
    lenient = replace(CODEBOOK, policy={"stated_not_blinded": "unclear", "randomised_without_method": "low"})
    given = [(e.document, [replace(a, decision="accepted") for a in judge(e, lenient, None)]) for e in examined[:30]]
    for s in suggest_policy(given, CODEBOOK):
        print("suggested to a team that judges 'randomised' low and 'not blinded' unclear:", s.words)


def _annotations(study: str, gold: dict) -> list[Annotation]:
    out = []
    for label, decided in from_gold(gold).items():
        value = (
            {"judgement": decided.answer} if label.startswith("syrcle.") else {"reported": decided.answer == "stated"}
        )
        out.append(
            Annotation(study, label, value, tuple(Evidence(0, len(q), q) for q in decided.quotes), "adjudicator:gold")
        )
    return out


def timing(shared: Path) -> None:
    """Print the seconds that the assessor takes for one paper."""
    assessor = make_syrcle(params={}, models=ROOT / "models" / "base", codebook=CODEBOOK)
    texts = sorted((shared / "gold" / "texts").glob("*.txt"))[::8]
    documents = [parse_bytes(t.read_bytes(), name=t.name, params={}) for t in texts]
    start = time.process_time()
    for document in documents:
        assessor(document)
    print(f"{(time.process_time() - start) / len(documents):.2f} s of CPU for a paper ({len(documents)} papers)")


def main() -> None:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", default=["five-fold", "checklist", "sentences", "pairs", "adapt", "time"])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "vivex-syrcle")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    parts = {
        "five-fold": lambda: five_fold(options.shared, options.work),
        "checklist": lambda: sentences(options.shared / "gold" / "syrcle-checklist.jsonl"),
        "sentences": lambda: sentences(*sorted((ROOT / "tests" / "assess" / "items").glob("*.jsonl")), show=False),
        "pairs": lambda: pairs(options.shared),
        "adapt": lambda: adaptation(options.shared, options.work),
        "time": lambda: timing(options.shared),
    }
    for part in options.parts:
        print(f"# {part}", flush=True)
        parts[part]()


if __name__ == "__main__":
    main()
