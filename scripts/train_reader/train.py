"""Make the sentence reader again: PYTHONPATH=scripts python -m train_reader.train --shared DIR --out models/base/rob.

Steps, each kept in WORK: a network trained without a third of the annotated sentences; one epoch more over all
sentences that aren't our own, the annotated ones twice, and every third of ours, without that third (held.pt) and with
it (all.pt); the gate. What counts is the mean of the weights before and after that epoch: without the third the votes
of rules and reader are weighed by it, with it that is the reader. An hour of one core. With --begun the first step is
left out: a network of an earlier round is taken, and the last --new own sentences, which it hasn't learnt, are all
learnt.
Afterwards run scripts/train_rob.py, whose model names the reader.
"""

from __future__ import annotations

import argparse
import json
import re
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from int8_network import export_int8
from train_reader import network as net
from train_reader.samples import FILES, LABELS, Sample, gather, paper_of
from unlabelled import FILE, papers_in
from vivex.assess.examine import examine
from vivex.assess.reading.sentence_reader import digest_of, stems
from vivex.assess.weigh.votes import FAMILIES, MEANINGS, ballot
from vivex.parse.text import parse_text

FOLDS = 3
AGAIN = 1  # epochs over what isn't our own and some of that, at the end
PASSING = 0.08  # share of ordinary sentences that the gate lets through
ORDINARY = 6000  # sentences of unlabelled papers that the gate learns from
ELSEWHERE = -3.0  # log odds where the sentence speaks of another study, cells, people or what ought to be done
ROUND = 3  # decimals of weights
REPEATED = 3  # of the sentences that an earlier round has learnt every so many are learnt again
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z])")


def main() -> None:
    """Train, weigh and write."""
    import torch

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds gold/ and corpora/")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder for what is computed on the way")
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--begun", type=Path, help="network of an earlier round that hasn't learnt the held third")
    parser.add_argument("--new", type=int, default=0, help="own sentences at the end of the list that it hasn't learnt")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.work.mkdir(parents=True, exist_ok=True)
    samples = gather(options.shared)
    held = [i for i, s in enumerate(samples) if s.source in FILES and fold_of(s) == 0]
    rest = sorted(set(range(len(samples))) - set(held))
    own = [i for i in rest if samples[i].source == "own"]
    new = own[len(own) - options.new :]
    network = net.make(len(LABELS))
    begun = options.begun or options.work / "begun.pt"
    trained(network, [samples[i] for i in rest], begun, epochs=options.epochs)
    others = [i for i in rest if samples[i].source != "own"]
    parts = (samples, rest, begun)
    once_more(network, *parts, [*others, *new], options.work / "held.pt")
    votes = weighed_votes([samples[i] for i in held], net.scores(network, [samples[i].text for i in held]))
    once_more(network, *parts, [*others, *held, *new], options.work / "all.pt")
    options.out.mkdir(parents=True, exist_ok=True)
    export(network, options.out / "reader.onnx")
    (options.out / "tokenizer.json").write_bytes((net.checkpoint() / "tokenizer.json").read_bytes())
    told = {"labels": LABELS, "gate": gate(samples, options.shared), "votes": votes}
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n"
    (options.out / "reader.json").write_text(text, encoding="utf-8")
    print(f"{len(samples)} sentences, reader {digest_of(options.out)} in {options.out}")


def fold_of(sample: Sample) -> int:
    """Return the fold of an annotated sentence; the sentences of a paper go together."""
    return zlib.crc32(("f" + paper_of(sample.id)).encode()) % FOLDS


def once_more(
    network: Any, samples: Sequence[Sample], known: Sequence[int], begun: Path, chosen: Sequence[int], kept: Path
) -> None:
    """Give the network the mean of the weights begun with and those learnt in an epoch over the chosen sentences.

    The annotated ones are read twice, and every third of what is known beside them once.
    """
    import torch

    before = torch.load(begun)
    network.load_state_dict(before)
    annotated = [i for i in chosen if samples[i].source in FILES]
    trained(network, [samples[i] for i in sorted([*with_some(chosen, known), *annotated])], kept, epochs=AGAIN)
    net.halfway(network, before)


def with_some(new: Sequence[int], known: Sequence[int]) -> list[int]:
    """Return the places of what is new and of every third of the others, in order."""
    others = sorted(set(known) - set(new))
    return sorted({*new, *others[::REPEATED]})


def trained(network: Any, samples: Sequence[Sample], kept: Path, *, epochs: int) -> None:
    """Train the network in place on these sentences; take it from `kept` where it is there."""
    import torch

    if kept.is_file():
        network.load_state_dict(torch.load(kept))
        network.eval()
        return
    wanted = np.array([[label in s.labels for label in LABELS] for s in samples], dtype=np.float32)
    known = np.array([[label not in s.unknown for label in LABELS] for s in samples], dtype=np.float32)
    net.fit(network, net.cut([s.text for s in samples]), wanted, known, epochs=epochs)
    torch.save(network.state_dict(), kept)


def weighed_votes(held: Sequence[Sample], scores: NDArray[np.float64]) -> dict[str, dict[str, float]]:
    """Return the weight of each vote, by family of labels: a logistic regression on sentences held out."""
    from sklearn.linear_model import LogisticRegression

    rows: dict[str, list[dict[str, float]]] = {family: [] for family in FAMILIES}
    right: dict[str, list[bool]] = {family: [] for family in FAMILIES}
    for sample, given in zip(held, scores, strict=True):
        examined = examine(parse_text(sample.text.encode(), study="s", params={}))
        if not examined.readings:
            continue
        for label, meaning in MEANINGS.items():
            said = ballot(examined.findings, meaning, examined.readings[0])
            rows[meaning.family].append({"score": float(given[LABELS.index(label)]), **said})
            right[meaning.family].append(label in sample.labels)
    out = {}
    for family in FAMILIES:
        names = [n for n in rows[family][0] if n not in ("bias", "elsewhere")]
        x = np.array([[row[n] for n in names] for row in rows[family]])
        fitted = LogisticRegression(C=1.0, max_iter=1000).fit(x, right[family])
        out[family] = {n: round(float(w), ROUND) for n, w in zip(names, fitted.coef_[0], strict=True)}
        out[family] |= {"elsewhere": ELSEWHERE, "bias": round(float(fitted.intercept_[0]), ROUND)}
    return out


def gate(samples: Sequence[Sample], shared: Path) -> dict[str, Any]:
    """Return the words' weights by which sentences are let through, and the least sum; print the recall left out."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    known = [s for s in samples if not s.unknown]
    plain = ordinary(shared)
    texts = [s.text for s in known] + plain
    says = np.array([bool(s.labels & set(MEANINGS)) for s in known] + [False] * len(plain))
    source = np.array([s.source for s in known] + ["ordinary"] * len(plain))
    fold = np.array([fold_of(s) for s in known] + [i % FOLDS for i in range(len(plain))])
    weight = np.where(says, 20.0, np.where(source == "ordinary", 1.0, 0.1))

    def fitted(rows: NDArray[np.bool_]) -> tuple[dict[str, float], float]:
        counter = CountVectorizer(analyzer=stems, min_df=3, binary=True)
        x = counter.fit_transform([text for text, kept in zip(texts, rows, strict=True) if kept])
        model = LogisticRegression(C=0.3, max_iter=500).fit(x, says[rows], sample_weight=weight[rows])
        named = zip(counter.get_feature_names_out(), model.coef_[0], strict=True)
        return {str(word): round(float(w), 2) for word, w in named if abs(w) >= 0.05}, float(model.intercept_[0])

    sums = np.zeros(len(texts))
    for k in range(FOLDS):
        weights, bias = fitted(fold != k)
        for i in np.flatnonzero(fold == k):
            sums[i] = bias + sum(weights.get(stem, 0.0) for stem in stems(texts[i]))
    least = float(np.quantile(sums[source == "ordinary"], 1 - PASSING))
    for name in (*FILES, "own"):
        recall = float((sums[says & (source == name)] >= least).mean())
        print(f"gate, left out: {recall:.3f} of the sentences of {name} with a label pass")
    weights, bias = fitted(np.ones(len(texts), dtype=bool))
    return {"weights": dict(sorted(weights.items())), "least": round(least - bias, 2)}


def ordinary(shared: Path) -> list[str]:
    """Return sentences of unlabelled in-vivo papers, evenly taken; none that is in the annotated lists."""
    lists = [(shared / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() for name in FILES]
    listed = {json.loads(line)["sentence"] for lines in lists for line in lines}
    found = []
    for paper in papers_in(shared / FILE):
        for _, paragraph in paper["sections"]:
            found += [s for s in _SENTENCE.split(paragraph) if 20 < len(s) < 600 and s not in listed]
    return found[:: max(1, len(found) // ORDINARY)]


def export(network: Any, path: Path) -> None:
    """Write the network as ONNX: int8 weights, float activations."""
    import torch

    pieces = torch.ones((1, 16), dtype=torch.int64)
    sample = {"ids": pieces, "mask": pieces.clone()}
    full = ["/heads/MatMul", "/heads/Gemm", "/heads/Gemm_MatMul"]  # small, and int8 would blur them
    export_int8(network, path, sample=sample, output="scores", axes={0: "batch"}, full=full)


if __name__ == "__main__":
    main()
