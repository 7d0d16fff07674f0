"""Move a shipped entity model towards passages that it has not read: `PYTHONPATH=scripts python -m train_ner.onward
--model DIR --shared DIR --work DIR --out DIR`.

`onward` in config.yaml holds its settings. The encoder is trained further, all layers, in several goes on the new
passages, on our own and on a share of those that it has read. The chains move by MAP estimation around their weights,
those of each label with as many of our own passages as the settings say. With `--keep-weights` the weights and lifts
are those of the settings; else encoder and chains are made without each fold of the new passages too, and weights and
lifts chosen on what they find there.

What the work folder holds isn't made again: processes that each make one part (`--only 0`, `--only 1`, ..., `--only
all`, `--only chains`) may share the work, and the command without `--only` puts together what they made.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from train_ner.corpora import TRAINED
from train_ner.encoder import export_onnx
from train_ner.passages import ALWAYS, OWN, Gold, read_passages
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


def flagged(model: Recognizer) -> dict[str, Any]:
    """Return the name lists that the model's encoder is told of."""
    return {name: model.lexicon[name] for name in model.meta["flags"]}


def read_in(go: Mapping[str, Any], items: Sequence[Any], folds: Sequence[int], left_out: int | None) -> list[list[Any]]:
    """Return the items that the encoder reads in each epoch of a go.

    These are all of the new passages without a fold and of our own from line `own[0]` to before `own[1]`, and a share
    of our own above and of the passages that the model has read: the same in each epoch or, if `dealt`, each in one.
    """
    first, last = (go["own"][i] + folds.index(OWN) for i in (0, 1))  # our own passages are the last
    random, epochs = Random(go["seed"]), go["epochs"]
    read, above, new, own = [], [], [], []
    for item in items:
        number = item["example"]
        if folds[number] == ALWAYS:
            read += [item] if random.random() < go["read_before"] else []
        elif folds[number] != OWN:
            new += [item] if folds[number] != left_out else []
        elif number < first:
            above += [item] if random.random() < go["own_above"] else []
        elif number < last:
            own.append(item)
    if not go["dealt"]:
        return [read + above + new + own] * epochs
    rest = above + read
    random.shuffle(rest)
    return [new + own + rest[epoch::epochs] for epoch in range(epochs)]


def further(config: Mapping[str, Any], gold: Gold, model: Recognizer, left_out: int | None) -> Any:
    """Return the model's encoder trained on the passages without a fold, in the goes of the settings."""
    import torch

    from train_ner import encoder

    torch.set_num_threads(config["threads"])
    tables = flagged(model)
    network = encoder.make_network(checkpoint_of(config), flag_count(len(tables)))
    network.load_state_dict(state_of(model.folder_of("encoder.onnx")))
    encoder.freeze(network, layers=0)
    items = encoder.prepare(gold.examples, model.tokenizer, tables)
    for go in config["onward"]["goes"]:
        settings = {**config["onward"]["encoder"], **{key: go[key] for key in ("rate", "head_rate", "seed")}}
        encoder.fit(network, read_in(go, items, gold.folds, left_out), say=say, **settings)
    return network


def read_without(config: Mapping[str, Any], gold: Gold, model: Recognizer, work: Path, fold: int) -> Any:
    """Return what an encoder that hasn't seen the fold's papers says of its passages, one after the other."""
    import numpy as np

    from train_ner import encoder

    path = work / f"reads-{fold}.npy"
    if not path.exists():
        examples = [gold.examples[i] for i in gold.judged() if gold.folds[i] == fold]
        items = encoder.prepare(examples, model.tokenizer, flagged(model))
        scores = encoder.score(further(config, gold, model, fold), examples, items)
        np.save(path, inputs_of(np.concatenate(scores)[:, : len(TRAINED)]))
    return np.load(path)


def spread(reads: Mapping[int, Any], gold: Gold) -> list[Any]:
    """Return what was said of the words of each judged passage (None for the others), from what was said of folds."""
    import numpy as np

    out: list[Any] = [None] * len(gold.examples)
    for fold, said in reads.items():
        chosen = [i for i in gold.judged() if gold.folds[i] == fold]
        cuts = np.cumsum([len(gold.examples[i].words) for i in chosen])[:-1]
        for i, rows in zip(chosen, np.split(said, cuts), strict=True):
            out[i] = rows
    return out


def export(config: Mapping[str, Any], gold: Gold, model: Recognizer, work: Path) -> None:
    """Train the encoder on all passages and write its file into the work folder, unless it is there."""
    path = work / "encoder.onnx"
    if not path.exists():
        flags = flag_count(len(model.meta["flags"]))
        export_onnx(further(config, gold, model, None).eval(), path, flags=flags, labels=len(TRAINED))


def fitted(
    config: Mapping[str, Any], gold: Gold, model: Recognizer, work: Path, left_out: int | None
) -> neural_crf.Chain:
    """Return the model's chains moved towards the new passages without a fold, and as many of our own as a label's."""
    import numpy as np

    start = replace(model.chain, dense=np.zeros((0, len(TRAINED), 2), dtype=np.float32))
    settings = {key: config["onward"][key] for key in ("prior", "dense_prior", "iterations", "least")}
    taught = config["onward"]["own"]
    out: neural_crf.Chain | None = None
    for own in sorted({0, *taught.values()}):
        path = work / f"chain-{own}-{'all' if left_out is None else left_out}.npz"
        if not path.exists():
            passages = pack(gold, gold.new_without(left_out, own=own))
            made = neural_crf.fit(passages, TRAINED, width=1 << BITS, start=start, **settings)
            np.savez(path, sparse=made.sparse, steps=made.steps, first=made.first)
        with np.load(path) as data:
            chain = replace(start, sparse=data["sparse"], steps=data["steps"], first=data["first"])
        out = chain if out is None else put_together(out, chain, [label for label in taught if taught[label] == own])
    assert out is not None
    return out


def put_together(chain: neural_crf.Chain, other: neural_crf.Chain, labels: Sequence[str]) -> neural_crf.Chain:
    """Return the first chain with the other's weights for some labels; a label's weights depend on no other label."""
    import numpy as np

    chosen = [TRAINED.index(label) for label in labels]
    sparse, steps, first = (np.array(part) for part in (chain.sparse, chain.steps, chain.first))
    sparse[:, chosen], steps[chosen], first[chosen] = other.sparse[:, chosen], other.steps[chosen], other.first[chosen]
    return replace(chain, sparse=sparse, steps=steps, first=first)


def chosen_before(model: Recognizer, gold: Gold) -> dict[str, Choice]:
    """Return weight and lift that the model has of each label of which the new passages hold no mention."""
    spans = [span for i in gold.judged() for span in true_spans(gold, i)]
    found = {label for label, *_ in spans}
    out = {}
    for i, label in enumerate(TRAINED):
        if label not in found:
            out[label] = (float(model.chain.dense[2 * i, i, 0]) / INPUT_SCALE, float(model.meta["lift"][i]))
    return out


def kept(config: Mapping[str, Any]) -> dict[str, dict[str, Choice]]:
    """Return the weights and lifts of the settings as choices: with the encoder, and for words that it doesn't read."""
    joined = config["onward"]["joined"]
    return {
        "both": {label: (weight, lift) for label, (weight, lift, _) in joined.items()},
        "words": {label: (0.0, lift) for label, (*_, lift) in joined.items()},
    }


def chosen(config: Mapping[str, Any], gold: Gold, model: Recognizer, work: Path) -> dict[str, dict[str, Choice]]:
    """Return the weights and lifts that are best in passages whose fold was left out, and tell what is found there."""
    parts = (config, gold, model, work)
    reads = spread({fold: read_without(*parts, fold) for fold in range(config["folds"])}, gold)
    found, choices = cross_validate(config, gold, reads, lambda left_out: fitted(*parts, left_out))
    choices = {name: {**some, **chosen_before(model, gold)} for name, some in choices.items()}
    tell(gold, found, choices, work)
    return choices


def main(arguments: Sequence[str] | None = None) -> int:
    """Move the model and write the new one, or make one part of it."""
    parser = parser_of("onward", __doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the model to go on from")
    parser.add_argument("--only", help="make this part alone: the number of a fold, all (the encoder), or chains")
    parser.add_argument("--keep-weights", action="store_true", help="weights and lifts of the settings; no folds")
    options = parser.parse_args(arguments)
    config = prepared(options)
    config["folds"] = config["onward"]["folds"]
    folds = () if options.keep_weights else range(config["folds"])
    model = load_folder(options.model)
    gold = read_passages(config, options.shared, options.model, begun=True)
    parts = (config, gold, model, options.work)
    if options.only == "chains":
        for left_out in (*folds, None):
            fitted(*parts, left_out)
    elif options.only == "all":
        export(*parts)
    elif options.only is not None:
        read_without(*parts, int(options.only))
    if options.only is not None:
        return 0
    joined = write_chain(fitted(*parts, None), kept(config) if options.keep_weights else chosen(*parts), options.out)
    export(*parts)
    for name in BASE_FILES:
        made = (options.work if name == "encoder.onnx" else options.model) / name
        if made.resolve() != (options.out / name).resolve():
            shutil.copyfile(made, options.out / name)
    meta = {**model.meta, **joined}
    (options.out / "model.json").write_text(json.dumps(stamped("ner", meta), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
