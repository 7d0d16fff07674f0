"""Train the entity model again from the annotated data: `python -m vivex.recognize.train --shared DIR --work DIR --out DIR`.

Stages keep what they made in the work folder and are passed over when it is there: names and words, the encoder on the
corpora, the chains over both (five-fold on the passages, then on all of them), the shipped files.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import logging
import random
import shutil
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex.annotation import ENTITY_LABELS
from vivex.errors import MissingExtra
from vivex.headings import role_of
from vivex.recognize import neural_crf
from vivex.recognize.neural import decode, encoder_reads, inputs_of, open_encoder, spans_of
from vivex.recognize.neural_features import BITS, columns, proposed_codes
from vivex.recognize.neural_lexicon import compile_lexicon, load_lexicon, save_lexicon
from vivex.recognize.neural_vocabulary import load_vocabulary, save_vocabulary
from vivex.recognize.proposals import proposals
from vivex.recognize.train_corpora import LABELS, Example, held_out, read_corpora, read_gold

say = logging.getLogger("vivex.train").info
FLAGGED = ("cell", "condition", "gene_name", "gene_symbol", "method", "species", "strain", "trait")


@dataclass(frozen=True)
class Gold:
    """Hold the passages: ids, examples, section roles, the fold of each, and the columns of their words."""

    pids: tuple[str, ...]
    examples: tuple[Example, ...]
    roles: tuple[str, ...]
    folds: tuple[int, ...]
    columns: tuple[Any, ...]

    def tags(self, index: int) -> Any:
        import numpy as np

        made = self.examples[index]
        missing = [-1] * len(made.words)
        return np.array([made.tags.get(label, missing) for label in ENTITY_LABELS], dtype=np.int8).T


def checkpoint_of(config: Mapping[str, Any]) -> Path:
    """Return the folder of the encoder's weights inside its Python package."""
    spec = importlib.util.find_spec(config["checkpoint"])
    if spec is None or spec.origin is None:
        raise MissingExtra(f"{config['checkpoint']} isn't installed; install vivex[train]")
    return Path(spec.origin).parent / "model"


def role_of_path(section: str) -> str:
    """Return the role that the headings of "Methods > Animals" announce, the outermost that announces one."""
    return next((role for part in section.split(">") if (role := role_of(part.strip()))), "other")


def fold_numbers(units: Sequence[str], folds: int) -> tuple[int, ...]:
    """Return the fold of each unit: units in the order of their hash, dealt out in turn."""
    order = sorted(set(units), key=lambda u: (zlib.crc32(u.encode()), u))
    number = {u: i % folds for i, u in enumerate(order)}
    return tuple(number[u] for u in units)


def make_resources(config: Mapping[str, Any], shared: Path, work: Path) -> None:
    """Compile the name lists and learn the vocabulary, unless the work folder holds them."""
    if (work / "lexicon.npz").exists() and (work / "vocabulary.tsv.gz").exists():
        return
    from vivex.recognize.neural_words import folded
    from vivex.recognize.train_lexicon import read_names
    from vivex.recognize.train_vocabulary import learn_vocabulary, names_in, read_texts

    corpora = read_corpora(shared / "corpora")
    examples = [e for name in corpora for e in corpora[name] if not held_out(e.unit)]
    names = read_names(shared / "gazetteers") | names_in(examples)
    save_lexicon(compile_lexicon(names), work / "lexicon.npz")
    texts = read_texts(shared / "corpora" / "invivo_fulltext" / "invivo_fulltext.jsonl.gz")
    texts += [[folded(w) if w[0].isalpha() else ("0" if w[0].isdigit() else w) for w in e.words.text] for e in examples]
    vocabulary = learn_vocabulary(texts, examples, size=config["vocabulary"], seed=config["seed"])
    save_vocabulary(vocabulary, work / "vocabulary.tsv.gz")


def read_passages(config: Mapping[str, Any], shared: Path, work: Path) -> Gold:
    """Read the annotated passages with their folds and columns."""
    import numpy as np

    path = shared / "gold" / "passages.jsonl"
    rows = read_gold(path)
    examples = tuple(e for *_, e in rows)
    roles = tuple(role_of_path(section) for _, section, _ in rows)
    tables, vocabulary = load_lexicon(work / "lexicon.npz"), load_vocabulary(work / "vocabulary.tsv.gz")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    proposed = [proposed_codes(e.words, proposals(text)) for e, text in zip(examples, texts)]
    read = columns([e.words for e in examples], roles, proposed, tables, vocabulary, {})
    cuts = np.cumsum([len(e.words) for e in examples])[:-1]
    folds = fold_numbers([e.unit for e in examples], config["folds"])
    return Gold(tuple(pid for pid, *_ in rows), examples, roles, folds, tuple(np.split(read, cuts)))


def encoder_on_corpora(config: Mapping[str, Any], shared: Path, work: Path, *, minutes: float | None = None) -> Path:
    """Train the encoder on the public corpora and return the file of its weights."""
    path = work / "corpora.pt"
    if path.exists():
        return path
    import torch

    from vivex.recognize import train_encoder as encoder

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
    encoder.fit(network, items, seed=config["seed"], say=say, minutes=minutes, **config["corpora_stage"])
    torch.save(network.state_dict(), path)
    return path


def _encoder_parts(config: Mapping[str, Any], work: Path) -> tuple[dict[str, Any], Any, int]:
    from tokenizers import Tokenizer

    from vivex.recognize.neural_pieces import flag_count

    tables = {k: v for k, v in load_lexicon(work / "lexicon.npz").items() if k in FLAGGED}
    tokenizer = Tokenizer.from_file(str(checkpoint_of(config) / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tables, tokenizer, flag_count(tables)


def encoder_inputs(config: Mapping[str, Any], shared: Path, gold: Gold, work: Path, minutes: float | None) -> list[Any]:
    """Train and export the encoder unless the work folder holds it; return what it says of the words of each passage.

    The encoder never reads the passages in training, and the chains learn from the very file that is shipped.
    """
    import numpy as np

    tables, tokenizer, flags = _encoder_parts(config, work)
    if not (work / "encoder.onnx").exists():
        import torch

        from vivex.recognize import train_encoder as encoder

        weights = encoder_on_corpora(config, shared, work, minutes=minutes)
        network = encoder.make_network(checkpoint_of(config), flags)
        network.load_state_dict(torch.load(weights))
        encoder.export_onnx(network.eval(), work / "encoder.onnx", flags=flags, labels=len(LABELS))
    session, _ = open_encoder(work / "encoder.onnx", checkpoint_of(config) / "tokenizer.json")
    words = [e.words for e in gold.examples]
    read = inputs_of(encoder_reads(words, tables, session, tokenizer, {}))
    return np.split(read, np.cumsum([len(w) for w in words])[:-1])


def pack(gold: Gold, chosen: Sequence[int], inputs: Sequence[Any] | None) -> neural_crf.Passages:
    """Return the chosen passages as training chains."""
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


def true_spans(gold: Gold, index: int) -> Spans:
    """Return the annotated spans of a passage."""
    import numpy as np

    made, tags = gold.examples[index], gold.tags(index)
    found = spans_of(tags, np.ones(tags.shape), ENTITY_LABELS, [len(tags)])
    return {(label, made.words.start[a], made.words.end[b - 1]): p for label, a, b, p in found}


def counts(found: Sequence[Spans], true: Sequence[Spans]) -> dict[str, list[int]]:
    """Return [right, found, true] for each label."""
    table = {label: [0, 0, 0] for label in ENTITY_LABELS}
    for f, t in zip(found, true):
        for column, spans in enumerate((f.keys() & t.keys(), f, t)):
            for label, *_ in spans:
                table[label][column] += 1
    return table


def best_lifts(tables: Mapping[float, Mapping[str, Sequence[int]]]) -> list[float]:
    """Return for each label the lift whose counts have the highest F1; of equals the one nearest nought."""

    def f1(right: int, found: int, true: int) -> float:
        return 2 * right / max(1, found + true)

    return [max(sorted(tables, key=abs), key=lambda lift: f1(*tables[lift][label])) for label in ENTITY_LABELS]


def cross_validate(
    config: Mapping[str, Any], gold: Gold, inputs: Sequence[Any] | None
) -> tuple[list[Spans], list[float]]:
    """Return what the chains of each fold find in the passages left out, and the lifts to ship.

    The lifts of a fold are those best on the other folds, so that no passage helps to choose its own.
    """
    sweep: dict[float, list[Spans]] = {lift: [{} for _ in gold.examples] for lift in config["lifts"]}
    for fold in range(config["folds"]):
        train = [i for i, f in enumerate(gold.folds) if f != fold]
        test = [i for i, f in enumerate(gold.folds) if f == fold]
        chain = neural_crf.fit(pack(gold, train, inputs), ENTITY_LABELS, width=1 << BITS, **config["chain"])
        for lift in config["lifts"]:
            for i, spans in zip(test, predict(chain, gold, test, inputs, [lift] * len(ENTITY_LABELS))):
                sweep[lift][i] = spans
        say(f"fold {fold} done")
    true = [true_spans(gold, i) for i in range(len(gold.examples))]

    def tables(chosen: Sequence[int]) -> dict[float, dict[str, list[int]]]:
        return {k: counts([v[i] for i in chosen], [true[i] for i in chosen]) for k, v in sweep.items()}

    out: list[Spans] = [{} for _ in gold.examples]
    for fold in range(config["folds"]):
        lifts = dict(zip(ENTITY_LABELS, best_lifts(tables([i for i, f in enumerate(gold.folds) if f != fold]))))
        for i in [i for i, f in enumerate(gold.folds) if f == fold]:
            out[i] = {s: p for label, lift in lifts.items() for s, p in sweep[lift][i].items() if s[0] == label}
    return out, best_lifts(tables(range(len(gold.examples))))


def write_model(
    config: Mapping[str, Any], gold: Gold, inputs: Any, lifts: Sequence[float], work: Path, out: Path
) -> None:
    """Fit the chains on all passages and write the shipped files."""
    out.mkdir(parents=True, exist_ok=True)
    chain = neural_crf.fit(
        pack(gold, range(len(gold.examples)), inputs), ENTITY_LABELS, width=1 << BITS, **config["chain"]
    )
    neural_crf.save_chain(chain, out / "chain.npz")
    for name in ("lexicon.npz", "vocabulary.tsv.gz"):
        shutil.copyfile(work / name, out / name)
    if inputs is not None:
        shutil.copyfile(work / "encoder.onnx", out / "encoder.onnx")
        shutil.copyfile(checkpoint_of(config) / "tokenizer.json", out / "tokenizer.json")
    meta = {
        "version": 1,
        "labels": list(ENTITY_LABELS),
        "encoder": inputs is not None,
        "flags": list(FLAGGED),
        "lift": list(lifts),
        "adapt": dict(config["adapt"]),
    }
    (out / "model.json").write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run every stage that the work folder lacks."""
    import yaml

    parser = argparse.ArgumentParser(prog="python -m vivex.recognize.train", description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("models/base/ner/config.yaml"))
    parser.add_argument("--shared", type=Path, required=True, help="folder of the annotated data (VIVEX_SHARED)")
    parser.add_argument("--work", type=Path, required=True, help="folder for what the stages make")
    parser.add_argument("--out", type=Path, required=True, help="folder for the shipped files")
    parser.add_argument(
        "--with-encoder", action="store_true", help="give the chains an encoder, whatever the config says"
    )
    parser.add_argument("--minutes", type=float, help="stop the corpora stage after this time")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    config = yaml.safe_load(options.config.read_text(encoding="utf-8"))
    options.work.mkdir(parents=True, exist_ok=True)
    make_resources(config, options.shared, options.work)
    gold = read_passages(config, options.shared, options.work)
    inputs = None
    if options.with_encoder or config["encoder"]:
        inputs = encoder_inputs(config, options.shared, gold, options.work, options.minutes)
    found, lifts = cross_validate(config, gold, inputs)
    kept = [[gold.pids[i], [[*s, p] for s, p in sorted(spans.items())]] for i, spans in enumerate(found)]
    (options.work / f"found{'-encoder' if inputs else ''}.json").write_text(json.dumps(kept), encoding="utf-8")
    for label, (right, proposed, true) in counts(found, [true_spans(gold, i) for i in range(len(found))]).items():
        say(
            f"{label:9} P {right / max(1, proposed):.3f} R {right / max(1, true):.3f} F {2 * right / max(1, proposed + true):.3f} n {true}"
        )
    write_model(config, gold, inputs, lifts, options.work, options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
