"""Move a shipped entity model towards passages that it has not read: `PYTHONPATH=scripts python -m train_ner.onward
--model DIR --shared DIR --work DIR --out DIR`.

`onward` in config.yaml holds its settings. The encoder is trained further, all layers, in several goes on the new
passages, on our own and on a share of those that it has read. The chains move by MAP estimation around their weights.
One fold of the new passages is left out of both, for good: weights and lifts are chosen on it, and what is told of it
is told of the model as it is shipped. What the work folder holds isn't made again.
"""

from __future__ import annotations

import json
import shutil
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from train_ner.corpora import TRAINED
from train_ner.encoder import export_onnx
from train_ner.passages import ALWAYS, MARKED_FILE, OWN, Gold, read_passages
from train_ner.shipped import state_of
from train_ner.train import (
    Choice,
    checkpoint_of,
    cross_validate,
    pack,
    parser_of,
    prepared,
    say,
    tell,
    true_spans,
    write_chain,
)
from vivex.models import stamped
from vivex.recognize.tagger import chains as neural_crf
from vivex.recognize.tagger.encoding import INPUT_SCALE, inputs_of
from vivex.recognize.tagger.neural import BASE_FILES, Recognizer, load_folder
from vivex.recognize.tagger.pieces import flag_count
from vivex.recognize.tagger.word_features import BITS

LEAST = 50  # mentions of a label by which its weight and lift are chosen


def flagged(model: Recognizer) -> dict[str, Any]:
    """Return the name lists that the model's encoder is told of."""
    return {name: model.lexicon[name] for name in model.meta["flags"]}


def read_in(go: Mapping[str, Any], items: Sequence[Any], gold: Gold, left_out: int | None) -> list[list[Any]]:
    """Return the items that the encoder reads in each epoch of a go.

    In each epoch these are the new annotated passages without a fold and, of those that we marked in unlabelled
    papers, lines `marked[0]` (the top is 0) to before `marked[1]`. Shares of the marked ones above them (`above`), of
    our own (`own`) and of those that the model has read (`read_before`) are dealt out: each is read in one epoch.
    """
    first, last = go["marked"]
    begin = gold.files.index(MARKED_FILE.name)  # the last of the files
    random, epochs = Random(go["seed"]), go["epochs"]
    always, dealt = [], []
    for item in items:
        fold, line = gold.folds[item["example"]], item["example"] - begin
        if fold == left_out or line >= last:
            continue
        share = {OWN: go["own"], ALWAYS: go["read_before"]}.get(fold, go["above"] if 0 <= line < first else None)
        if share is None:
            always.append(item)
        elif random.random() < share:
            dealt.append(item)
    random.shuffle(dealt)
    return [always + dealt[epoch::epochs] for epoch in range(epochs)]


def further(config: Mapping[str, Any], gold: Gold, model: Recognizer, work: Path) -> Any:
    """Return the model's encoder trained on the passages without the fold, in the goes of the settings.

    What each go made is kept in the work folder, and taken from there.
    """
    import torch

    from train_ner import encoder

    torch.set_num_threads(config["threads"])
    tables = flagged(model)
    network = encoder.make_network(checkpoint_of(config), flag_count(len(tables)))
    network.load_state_dict(state_of(model.folder_of("encoder.onnx")))
    encoder.freeze(network, layers=0)
    items = encoder.prepare(gold.examples, model.tokenizer, tables)
    for number, go in enumerate(config["onward"]["goes"]):
        path = work / f"go-{number}.pt"
        if path.exists():
            network.load_state_dict(torch.load(path))
            continue
        settings = {**config["onward"]["encoder"], **{key: go[key] for key in ("rate", "head_rate", "seed")}}
        encoder.fit(network, read_in(go, items, gold, config["onward"]["left_out"]), say=say, **settings)
        torch.save(network.state_dict(), path)
    return network.eval()


def read_by(network: Any, gold: Gold, model: Recognizer, chosen: Sequence[int]) -> list[Any]:
    """Return what the network says of the words of each chosen passage (None for the others)."""
    from train_ner import encoder

    examples = [gold.examples[i] for i in chosen]
    scores = encoder.score(network, examples, encoder.prepare(examples, model.tokenizer, flagged(model)))
    out: list[Any] = [None] * len(gold.examples)
    for i, said in zip(chosen, scores, strict=True):
        out[i] = inputs_of(said[:, : len(TRAINED)])
    return out


def fitted(config: Mapping[str, Any], gold: Gold, model: Recognizer) -> neural_crf.Chain:
    """Return the model's chains moved towards the new passages without the fold, some with our own."""
    import numpy as np

    start = replace(model.chain, dense=np.zeros((0, len(TRAINED), 2), dtype=np.float32))
    settings = {key: config["onward"][key] for key in ("prior", "dense_prior", "iterations", "least")}
    taught = config["onward"]["own"]
    new, own = gold.new_without(config["onward"]["left_out"])
    chain = neural_crf.fit(pack(gold, new), TRAINED, width=1 << BITS, start=start, **settings)
    if not taught:
        return chain
    other = neural_crf.fit(pack(gold, new + own), TRAINED, width=1 << BITS, start=start, **settings)
    return put_together(chain, other, taught)


def put_together(chain: neural_crf.Chain, other: neural_crf.Chain, labels: Sequence[str]) -> neural_crf.Chain:
    """Return the first chain with the other's weights for some labels; a label's weights depend on no other label."""
    import numpy as np

    chosen = [TRAINED.index(label) for label in labels]
    sparse, steps, first = (np.array(part) for part in (chain.sparse, chain.steps, chain.first))
    sparse[:, chosen], steps[chosen], first[chosen] = other.sparse[:, chosen], other.steps[chosen], other.first[chosen]
    return replace(chain, sparse=sparse, steps=steps, first=first)


def seldom(model: Recognizer, gold: Gold, chosen: Sequence[int]) -> dict[str, Choice]:
    """Return weight and lift that the model has of each label with too few mentions in the passages to choose by."""
    spans = [label for i in chosen for label, *_ in true_spans(gold, i)]
    return {
        label: (float(model.chain.dense[2 * i, i, 0]) / INPUT_SCALE, float(model.meta["lift"][i]))
        for i, label in enumerate(TRAINED)
        if spans.count(label) < LEAST
    }


def chosen_by_halves(
    config: Mapping[str, Any], gold: Gold, model: Recognizer, chain: neural_crf.Chain, network: Any, work: Path
) -> dict[str, dict[str, Choice]]:
    """Return the weights and lifts that are best on the fold left out.

    What is told of it is found with those that are best on the other half of its papers.
    """
    left_out = [i for i in gold.judged() if gold.folds[i] == config["onward"]["left_out"]]
    halves: dict[int, list[int]] = {0: [], 1: []}
    for i in left_out:
        halves[zlib.crc32(("half" + gold.examples[i].unit).encode()) % 2].append(i)
    reads = read_by(network, gold, model, left_out)
    found, choices = cross_validate(config, gold, reads, halves, lambda _: chain)
    tell(gold, left_out, found, choices, work)
    choices["both"] |= seldom(model, gold, left_out)
    return choices


def main(arguments: Sequence[str] | None = None) -> int:
    """Move the model and write the new one."""
    parser = parser_of("onward", __doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the model to go on from")
    options = parser.parse_args(arguments)
    config = prepared(options)
    config["folds"] = config["onward"]["folds"]
    model = load_folder(options.model)
    gold = read_passages(config, options.shared, options.model, begun=True)
    network = further(config, gold, model, options.work)
    chain = fitted(config, gold, model)
    joined = write_chain(chain, chosen_by_halves(config, gold, model, chain, network, options.work), options.out)
    flags = flag_count(len(model.meta["flags"]))
    export_onnx(network, options.out / "encoder.onnx", flags=flags, labels=len(TRAINED))
    for name in BASE_FILES:
        made, kept = options.model / name, options.out / name
        if name != "encoder.onnx" and made.resolve() != kept.resolve():
            shutil.copyfile(made, kept)
    meta = {**model.meta, **joined}
    (options.out / "model.json").write_text(json.dumps(stamped("ner", meta), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
