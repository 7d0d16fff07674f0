"""Move a shipped entity model towards passages that it has not read: `PYTHONPATH=scripts python -m train_ner.onward
--model DIR --shared DIR --work DIR --out DIR`.

Where `onward` in config.yaml has settings for it, its encoder is trained further, all layers that it keeps, on passages
that it has read, on the new ones and on our own, once without each fold and once on all; else it stays, and what it
says of the new passages is honest. Its chains move by MAP estimation around their weights, without our own passages
and with them; which labels take the latter, `onward` says. Weights, lifts and the score from which the chains alone are
believed are chosen anew by folds over the new passages.

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
from train_ner.passages import ALWAYS, Gold, read_passages
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
from vivex.recognize.tagger.encoding import INPUT_SCALE, encoder_reads, inputs_of
from vivex.recognize.tagger.name_lists import match
from vivex.recognize.tagger.neural import BASE_FILES, Recognizer, load_folder
from vivex.recognize.tagger.pieces import flag_count
from vivex.recognize.tagger.word_features import BITS


def flagged(model: Recognizer) -> dict[str, Any]:
    """Return the name lists that the model's encoder is told of."""
    return {name: model.lexicon[name] for name in model.meta["flags"]}


def read_by(model: Recognizer, gold: Gold) -> list[Any]:
    """Return what the model's own encoder says of the words of each judged passage (None for the others)."""
    import numpy as np

    judged = gold.judged()
    tables = flagged(model)
    words = [gold.examples[i].words for i in judged]
    listed = [match(some, tables) for some in words]
    said = inputs_of(encoder_reads(words, listed, model.session, model.tokenizer, {}))
    out: list[Any] = [None] * len(gold.examples)
    for i, rows in zip(judged, np.split(said, np.cumsum([len(w) for w in words])[:-1]), strict=True):
        out[i] = rows
    return out


def further(config: Mapping[str, Any], gold: Gold, model: Recognizer, left_out: int | None) -> Any:
    """Return the model's encoder trained on the passages without a fold: a share of those it has read, and the rest.

    The rest are the new ones and our own (passages.OWN_FILE).
    """
    import torch

    from train_ner import encoder

    torch.set_num_threads(config["threads"])
    stage = dict(config["onward"]["encoder"])
    share, random = stage.pop("read_before"), Random(config["seed"])
    layers = stage.pop("layers")
    tables = flagged(model)
    network = encoder.make_network(checkpoint_of(config), flag_count(len(tables)))
    network.load_state_dict(state_of(model.folder_of("encoder.onnx")))
    encoder.keep_layers(network, layers)
    encoder.freeze(network, layers=0)
    items = [
        item
        for item in encoder.prepare(gold.examples, model.tokenizer, tables)
        if (fold := gold.folds[item["example"]]) != left_out and (fold != ALWAYS or random.random() < share)
    ]
    encoder.fit(network, items, seed=config["seed"], say=say, **stage)
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
    """Return the model's chains moved towards the new passages without a fold, some labels' towards our own too."""
    import numpy as np

    start = replace(model.chain, dense=np.zeros((0, len(TRAINED), 2), dtype=np.float32))
    settings = {key: config["onward"][key] for key in ("prior", "dense_prior", "iterations", "least")}
    chains = []
    for own in (False, True):
        path = work / f"chain-{'own-' if own else ''}{'all' if left_out is None else left_out}.npz"
        if not path.exists():
            passages = pack(gold, gold.new_without(left_out, own=own))
            made = neural_crf.fit(passages, TRAINED, width=1 << BITS, start=start, **settings)
            np.savez(path, sparse=made.sparse, steps=made.steps, first=made.first)
        with np.load(path) as data:
            chains.append(replace(start, sparse=data["sparse"], steps=data["steps"], first=data["first"]))
    return put_together(*chains, config["onward"]["own"])


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


def main(arguments: Sequence[str] | None = None) -> int:
    """Move the model and write the new one, or make one part of it."""
    parser = parser_of("onward", __doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the model to go on from")
    parser.add_argument("--only", help="make this part alone: the number of a fold, all (the encoder), or chains")
    options = parser.parse_args(arguments)
    config = prepared(options)
    config["folds"] = config["onward"]["folds"]
    folds, trained = range(config["folds"]), config["onward"]["encoder"] is not None
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
    reads = spread({fold: read_without(*parts, fold) for fold in folds}, gold) if trained else read_by(model, gold)
    found, choices = cross_validate(config, gold, reads, lambda left_out: fitted(*parts, left_out))
    choices = {name: {**some, **chosen_before(model, gold)} for name, some in choices.items()}
    tell(gold, found, choices, options.work)
    joined = write_chain(fitted(*parts, None), choices, options.out)
    if trained:
        export(*parts)
    for name in BASE_FILES:
        kept = (options.work if trained and name == "encoder.onnx" else options.model) / name
        if kept.resolve() != (options.out / name).resolve():
            shutil.copyfile(kept, options.out / name)
    meta = {**model.meta, **joined}
    (options.out / "model.json").write_text(json.dumps(stamped("ner", meta), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
