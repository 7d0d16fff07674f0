"""Train the entity model again from the annotated data: `PYTHONPATH=scripts python -m train_ner.train --shared DIR
--work DIR --out DIR`.

Stages keep what they made in the work folder and are passed over when it is there: names and words, the encoder on the
corpora, then on the passages (once without each fold, then on all of them), the chains (likewise), the shipped files.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import random
import shutil
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from train_ner.corpora import TRAINED, Example, held_out, read_corpora
from train_ner.passages import Gold, read_passages
from unlabelled import FILE
from vivex.errors import MissingExtra
from vivex.models import stamped
from vivex.recognize.tagger import chains as neural_crf
from vivex.recognize.tagger.encoding import INPUT_SCALE, inputs_of, open_tokenizer
from vivex.recognize.tagger.name_lists import compile_lexicon, load_lexicon, save_lexicon
from vivex.recognize.tagger.neural import decode, spans_of
from vivex.recognize.tagger.word_clusters import save_vocabulary
from vivex.recognize.tagger.word_features import BITS

say = logging.getLogger("vivex.train").info
FLAGGED = ("cell", "condition", "gene_name", "gene_symbol", "method", "species", "strain", "trait")


def checkpoint_of(config: Mapping[str, Any]) -> Path:
    """Return the folder of the encoder's weights: a folder as named, or that inside a Python package."""
    if Path(config["checkpoint"]).is_dir():
        return Path(config["checkpoint"])
    spec = importlib.util.find_spec(config["checkpoint"])
    if spec is None or spec.origin is None:
        raise MissingExtra(f"{config['checkpoint']} isn't installed; install vivex[train]")
    return Path(spec.origin).parent / "model"


def make_resources(config: Mapping[str, Any], shared: Path, work: Path) -> None:
    """Compile the name lists and learn the vocabulary, unless the work folder holds them."""
    if (work / "lexicon.npz").exists() and (work / "vocabulary.tsv.gz").exists():
        return
    from train_ner.name_lists import read_names
    from train_ner.word_clusters import learn_vocabulary, names_in, read_texts
    from vivex.recognize.tagger.tokens import folded

    corpora = read_corpora(shared / "corpora")
    examples = [e for name in corpora for e in corpora[name] if not held_out(e.unit)]
    names = read_names(shared / "gazetteers") | names_in(examples)
    save_lexicon(compile_lexicon(names), work / "lexicon.npz")
    texts = read_texts(shared / FILE)
    texts += [[folded(w) if w[0].isalpha() else ("0" if w[0].isdigit() else w) for w in e.words.text] for e in examples]
    vocabulary = learn_vocabulary(texts, examples, size=config["vocabulary"], seed=config["seed"])
    save_vocabulary(vocabulary, work / "vocabulary.tsv.gz")


def encoder_on_corpora(config: Mapping[str, Any], shared: Path, work: Path) -> Path:
    """Train the encoder on the public corpora and return the file of its weights."""
    path = work / "corpora.pt"
    if path.exists():
        return path
    import torch

    from train_ner import encoder

    torch.set_num_threads(config["threads"])
    tables, tokenizer, flags = _encoder_parts(config, work)
    rng = random.Random(config["seed"])
    chosen: list[Example] = []
    for name, examples in read_corpora(shared / "corpora").items():
        kept = [e for e in examples if not held_out(e.unit)]
        share = config["corpora"].get(name, 0)
        for _ in range(int(share)):
            chosen += kept
        chosen += [e for e in kept if rng.random() < share - int(share)]
    items = encoder.prepare(chosen, tokenizer, tables)
    network = encoder.make_network(checkpoint_of(config), flags)
    stage = dict(config["corpora_stage"])
    epochs = [items] * stage.pop("epochs")
    encoder.fit(network, epochs, seed=config["seed"], say=say, **stage)
    torch.save(network.state_dict(), path)
    return path


def _encoder_parts(config: Mapping[str, Any], work: Path) -> tuple[dict[str, Any], Any, int]:
    from vivex.recognize.tagger.pieces import flag_count

    tables = {k: v for k, v in load_lexicon(work / "lexicon.npz").items() if k in FLAGGED}
    return tables, open_tokenizer(checkpoint_of(config) / "tokenizer.json"), flag_count(len(tables))


def tuned_on_passages(config: Mapping[str, Any], shared: Path, gold: Gold, work: Path, left_out: int | None) -> Any:
    """Return the network of `encoder_on_corpora` trained further on the passages, those of one fold left out."""
    import torch

    from train_ner import encoder

    torch.set_num_threads(config["threads"])
    tables, tokenizer, flags = _encoder_parts(config, work)
    network = encoder.make_network(checkpoint_of(config), flags)
    network.load_state_dict(torch.load(encoder_on_corpora(config, shared, work)))
    stage = dict(config["passages_stage"])
    encoder.freeze(network, layers=stage.pop("frozen"))
    chosen = [e for e, fold in zip(gold.examples, gold.folds) if fold != left_out]
    epochs = [encoder.prepare(chosen, tokenizer, tables)] * stage.pop("epochs")
    encoder.fit(network, epochs, seed=config["seed"], say=say, **stage)
    return network


def held_out_reads(config: Mapping[str, Any], shared: Path, gold: Gold, work: Path) -> list[Any]:
    """Return what the encoder says of the words of each judged passage, by a network that has not seen its study."""
    import numpy as np

    from train_ner import encoder

    out: list[Any] = [None] * len(gold.examples)
    for fold in range(config["folds"]):
        chosen = [i for i, f in enumerate(gold.folds) if f == fold]
        path = work / f"reads-{fold}.npy"
        if not path.exists():
            tables, tokenizer, _ = _encoder_parts(config, work)
            examples = [gold.examples[i] for i in chosen]
            network = tuned_on_passages(config, shared, gold, work, fold)
            scores = encoder.score(network, examples, encoder.prepare(examples, tokenizer, tables))
            np.save(path, inputs_of(np.concatenate(scores)[:, : len(TRAINED)]))
            say(f"encoder without fold {fold} done")
        read = np.load(path)
        for i, rows in zip(chosen, np.split(read, np.cumsum([len(gold.examples[i].words) for i in chosen])[:-1])):
            out[i] = rows
    return out


def export_encoder(config: Mapping[str, Any], shared: Path, gold: Gold, work: Path) -> None:
    """Write the encoder trained on all passages as the ONNX file that is shipped, unless the work folder holds it."""
    if (work / "encoder.onnx").exists():
        return
    from train_ner import encoder

    network = tuned_on_passages(config, shared, gold, work, None)
    flags = _encoder_parts(config, work)[2]
    encoder.export_onnx(network.eval(), work / "encoder.onnx", flags=flags, labels=len(TRAINED))


def pack(gold: Gold, chosen: Sequence[int], inputs: Sequence[Any] | None = None) -> neural_crf.Passages:
    """Return the chosen passages as chains."""
    import numpy as np

    return neural_crf.Passages(
        np.concatenate([gold.columns[i] for i in chosen]),
        None if inputs is None else np.concatenate([inputs[i] for i in chosen]),
        np.concatenate([gold.tags(i) for i in chosen]),
        tuple(len(gold.examples[i].words) for i in chosen),
        tuple(zlib.crc32(gold.examples[i].unit.encode()) for i in chosen),
    )


Spans = dict[tuple[str, int, int], float]  # label, start, end in characters -> confidence


def predict(
    chain: neural_crf.Chain, gold: Gold, chosen: Sequence[int], inputs: Any, lift: Sequence[float]
) -> list[Spans]:
    """Return the spans (label, start, end in characters) found in each chosen passage."""
    packed = pack(gold, chosen, inputs)
    tags, sure = decode(chain, packed.columns, packed.inputs, packed.sizes, lift=lift)
    out: list[Spans] = []
    at = 0
    for i, size in zip(chosen, packed.sizes):
        words = gold.examples[i].words
        found = spans_of(tags[at : at + size], sure[at : at + size], chain.labels, [size])
        out.append({(label, words.start[a], words.end[b - 1]): round(p, 3) for label, a, b, p in found})
        at += size
    return out


def mixed(chain: neural_crf.Chain, weights: Sequence[float]) -> neural_crf.Chain:
    """Return the chain with the encoder's log odds of each label added to its scores, times that label's weight.

    Chain and encoder are fitted apart: fitted together, the chain would trust an encoder that knows its passages by
    heart.
    """
    import numpy as np

    count = len(chain.labels)
    dense = np.zeros((count, 2, count, 2), dtype=np.float32)
    for label, weight in enumerate(weights):
        dense[label, 0, label, 0] = dense[label, 1, label, 1] = weight * INPUT_SCALE
    return replace(chain, dense=dense.reshape(2 * count, count, 2))


def true_spans(gold: Gold, index: int) -> Spans:
    """Return the annotated spans of a passage."""
    import numpy as np

    made, tags = gold.examples[index], gold.tags(index)
    found = spans_of(tags, np.ones(tags.shape), TRAINED, [len(tags)])
    return {(label, made.words.start[a], made.words.end[b - 1]): p for label, a, b, p in found}


def counts(found: Sequence[Spans], true: Sequence[Spans]) -> dict[str, list[int]]:
    """Return [right, found, true] for each label."""
    table = {label: [0, 0, 0] for label in TRAINED}
    for f, t in zip(found, true):
        for column, spans in enumerate((f.keys() & t.keys(), f, t)):
            for label, *_ in spans:
                table[label][column] += 1
    return table


Choice = tuple[float, float]  # weight of the encoder, lift of a begin


def best_choices(
    tables: Mapping[Choice, Mapping[str, Sequence[int]]], most: Mapping[str, float] = MappingProxyType({})
) -> dict[str, Choice]:
    """Return for each label the choice whose counts have the highest F1, of equals the one nearest nought; `most` holds
    the highest weight that a label may get."""

    def f1(right: int, found: int, true: int) -> float:
        return 2 * right / max(1, found + true)

    order = sorted(tables, key=lambda c: (c[0], abs(c[1]), c[1]))
    allowed = {label: [c for c in order if c[0] <= most.get(label, c[0])] for label in TRAINED}
    return {label: max(some, key=lambda c: f1(*tables[c][label])) for label, some in allowed.items()}


def cross_validate(
    config: Mapping[str, Any],
    gold: Gold,
    inputs: Sequence[Any] | None,
    parts: Mapping[int, Sequence[int]],
    fitted: Callable[[int], neural_crf.Chain],
) -> tuple[dict[str, list[Spans]], dict[str, dict[str, Choice]]]:
    """Return what is found in the passages of each part, by the chains alone ("words") and with the encoder ("both"),
    and the choices to ship of either. `fitted` gives chains that have not seen a part.

    The choices of a part are those best on the other parts, so that no passage helps to choose its own.
    """
    weights = config["weights"] if inputs is not None else [0.0]
    most = config["most"]
    sweep: dict[Choice, list[Spans]] = {(w, x): [{} for _ in gold.examples] for w in weights for x in config["lifts"]}
    for part, test in parts.items():
        chain = fitted(part)
        for (weight, lift), kept in sweep.items():
            used = mixed(chain, [weight] * len(TRAINED)) if weight else chain
            given = inputs if weight else None
            for i, spans in zip(test, predict(used, gold, test, given, [lift] * len(TRAINED))):
                kept[i] = spans
        say(f"part {part} done")
    true = [true_spans(gold, i) for i in range(len(gold.examples))]

    def tables(chosen: Sequence[int], weights: Sequence[float]) -> dict[Choice, dict[str, list[int]]]:
        some = [true[i] for i in chosen]
        return {k: counts([v[i] for i in chosen], some) for k, v in sweep.items() if k[0] in weights}

    def without(left_out: int | None) -> list[int]:
        return [i for part, passages in parts.items() if part != left_out for i in passages]

    out: dict[str, list[Spans]] = {}
    for name, allowed in (("words", [0.0]), ("both", weights)):
        out[name] = [{} for _ in gold.examples]
        for part, test in parts.items():
            choices = best_choices(tables(without(part), allowed), most)
            for i in test:
                out[name][i] = {
                    s: p for label, choice in choices.items() for s, p in sweep[choice][i].items() if s[0] == label
                }
    return out, {
        "words": best_choices(tables(without(None), [0.0])),
        "both": best_choices(tables(without(None), weights), most),
    }


def write_chain(chain: neural_crf.Chain, choices: Mapping[str, Mapping[str, Choice]], out: Path) -> dict[str, Any]:
    """Write the chains joined with the encoder as chosen; return what model.json says of the joining."""
    both, words = (choices[name] for name in ("both", "words"))
    neural_crf.save_chain(mixed(chain, [both[label][0] for label in TRAINED]), out / "chain.npz")
    return {"lift": [both[label][1] for label in TRAINED], "unread": unread(both, words)}


def unread(both: Mapping[str, Choice], words: Mapping[str, Choice]) -> list[float]:
    """Return the chains' inputs for words that the encoder doesn't read: what turns one lift into the other."""
    out: list[float] = []
    for label in TRAINED:
        weight, lift = both[label]
        out += [round((words[label][1] - lift) / (weight * INPUT_SCALE), 6) if weight else 0.0, 0.0]
    return out


def write_model(
    config: Mapping[str, Any],
    chain: neural_crf.Chain,
    choices: Mapping[str, Mapping[str, Choice]],
    work: Path,
    out: Path,
) -> None:
    """Write the shipped files."""
    joined = write_chain(chain, choices, out)
    if config["encoder"]:
        shutil.copyfile(work / "encoder.onnx", out / "encoder.onnx")
        shutil.copyfile(checkpoint_of(config) / "tokenizer.json", out / "tokenizer.json")
    for name in ("lexicon.npz", "vocabulary.tsv.gz"):
        shutil.copyfile(work / name, out / name)
    meta = {
        "version": 1,
        "labels": list(TRAINED),
        "encoder": bool(config["encoder"]),
        "flags": list(FLAGGED),
        **joined,
        "adapt": dict(config["adapt"]),
    }
    (out / "model.json").write_text(json.dumps(stamped("ner", meta), indent=1) + "\n", encoding="utf-8")


def tell(
    gold: Gold,
    judged: Sequence[int],
    found: Mapping[str, list[Spans]],
    choices: Mapping[str, Mapping[str, Choice]],
    work: Path,
) -> None:
    """Keep what was found in the judged passages, which were left out, and say how right it is."""
    true = [true_spans(gold, i) for i in judged]
    for name, spans in found.items():
        kept = [[gold.pids[i], [[*s, p] for s, p in sorted(spans[i].items())]] for i in judged]
        (work / f"found-{name}.json").write_text(json.dumps(kept), encoding="utf-8")
        for label, (right, said, real) in counts([spans[i] for i in judged], true).items():
            precision, recall = right / max(1, said), right / max(1, real)
            say(
                f"{name:5} {label:9} P {precision:.3f} R {recall:.3f} F {2 * right / max(1, said + real):.3f} "
                f"{choices[name][label]}"
            )


def parser_of(module: str, description: str | None) -> argparse.ArgumentParser:
    """Return the parser of what every training of this package is told."""
    parser = argparse.ArgumentParser(prog=f"PYTHONPATH=scripts python -m train_ner.{module}", description=description)
    parser.add_argument("--config", type=Path, default=Path("models/base/ner/config.yaml"))
    parser.add_argument("--shared", type=Path, required=True, help="folder of the annotated data (VIVEX_SHARED)")
    parser.add_argument("--work", type=Path, required=True, help="folder for what is made on the way")
    parser.add_argument("--out", type=Path, required=True, help="folder for the new model")
    return parser


def prepared(options: argparse.Namespace) -> dict[str, Any]:
    """Return the settings; log to the screen, and make the folders."""
    import yaml

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    for folder in (options.work, options.out):
        folder.mkdir(parents=True, exist_ok=True)
    config: dict[str, Any] = yaml.safe_load(options.config.read_text(encoding="utf-8"))
    return config


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every stage that the work folder lacks."""
    options = parser_of("train", __doc__).parse_args(arguments)
    config = prepared(options)
    make_resources(config, options.shared, options.work)
    gold = read_passages(config, options.shared, options.work)
    inputs = None
    if config["encoder"]:
        inputs = held_out_reads(config, options.shared, gold, options.work)
        export_encoder(config, options.shared, gold, options.work)

    def fitted(left_out: int | None) -> neural_crf.Chain:
        chosen = [i for i, fold in enumerate(gold.folds) if fold != left_out]
        return neural_crf.fit(pack(gold, chosen), TRAINED, width=1 << BITS, **config["chain"])

    folds = {k: [i for i in gold.judged() if gold.folds[i] == k] for k in range(config["folds"])}
    found, choices = cross_validate(config, gold, inputs, folds, fitted)
    tell(gold, gold.judged(), found, choices, options.work)
    write_model(config, fitted(None), choices, options.work, options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
