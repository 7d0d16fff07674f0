"""Move a shipped entity model towards passages that it has not read: `PYTHONPATH=scripts python -m train_ner.onward
--model DIR --shared DIR --work DIR --out DIR`.

Its encoder stays as it is, and so what it says of the new passages is honest; its chains move by MAP estimation around
their weights (`onward` in config.yaml), and weights, lifts and the score from which the chains alone are believed are
chosen anew by folds over the new passages. Some minutes of processor.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from train_ner.corpora import TRAINED
from train_ner.passages import Gold, read_passages
from train_ner.train import Choice, cross_validate, pack, parser_of, prepared, tell, true_spans, write_chain
from vivex.models import stamped
from vivex.recognize.tagger import chains as neural_crf
from vivex.recognize.tagger.encoding import INPUT_SCALE, encoder_reads, inputs_of
from vivex.recognize.tagger.name_lists import match
from vivex.recognize.tagger.neural import BASE_FILES, Recognizer, load_folder
from vivex.recognize.tagger.word_features import BITS


def read_by(model: Recognizer, gold: Gold) -> list[Any]:
    """Return what the model's encoder says of the words of each judged passage (None for the others)."""
    import numpy as np

    judged = gold.judged()
    tables = {name: model.lexicon[name] for name in model.meta["flags"]}
    words = [gold.examples[i].words for i in judged]
    listed = [match(some, tables) for some in words]
    said = inputs_of(encoder_reads(words, listed, model.session, model.tokenizer, {}))
    out: list[Any] = [None] * len(gold.examples)
    for i, rows in zip(judged, np.split(said, np.cumsum([len(w) for w in words])[:-1]), strict=True):
        out[i] = rows
    return out


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
    """Move the model and write the new one."""
    import numpy as np

    parser = parser_of("onward", __doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the model to go on from")
    options = parser.parse_args(arguments)
    config = prepared(options)
    settings = dict(config["onward"])
    config["folds"] = settings.pop("folds")
    model = load_folder(options.model)
    gold = read_passages(config, options.shared, options.model, begun=True)
    start = replace(model.chain, dense=np.zeros((0, len(TRAINED), 2), dtype=np.float32))

    def fitted(left_out: int | None) -> neural_crf.Chain:
        chosen = [i for i in gold.judged() if gold.folds[i] != left_out]
        return neural_crf.fit(pack(gold, chosen), TRAINED, width=1 << BITS, start=start, **settings)

    found, choices = cross_validate(config, gold, read_by(model, gold), fitted)
    choices = {name: {**some, **chosen_before(model, gold)} for name, some in choices.items()}
    tell(gold, found, choices, options.work)
    joined = write_chain(fitted(None), choices, options.out)
    for name in BASE_FILES:
        if options.out.resolve() != options.model.resolve():
            shutil.copyfile(options.model / name, options.out / name)
    meta = {**model.meta, **joined}
    (options.out / "model.json").write_text(json.dumps(stamped("ner", meta), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
