"""Adapt the entity model to a review: the chains move from the shipped weights towards what its people settled."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation
from vivex.document import Document
from vivex.files import write_text
from vivex.models import stamped
from vivex.recognize.kinds import usable
from vivex.recognize.tagger import chains as neural_crf
from vivex.recognize.tagger.neural import BASE_FILES, Excerpt, Recognizer, load_folder, read_blocks
from vivex.recognize.tagger.tokens import Words

DEFAULTS: dict[str, Any] = {
    "prior": 1.0,  # precision of the weights around the shipped ones: higher stays nearer
    "dense_prior": 1.0,
    "iterations": 30,
    "least_papers": 5,
    "least_mentions": 25,
    "most_words": 150_000,
}


def adapt(
    pairs: Sequence[tuple[Document, Sequence[Annotation]]],
    *,
    base: Path,
    out: Path,
    params: Mapping[str, Any],
    seed: int = 0,
) -> dict[str, Any]:
    """Fit the chains to settled entity annotations and write the adapted model into `out`; return what was done.

    A label counts as reviewed in a paper that `params["reviewed"][study]` names it for, or, where the paper isn't named
    there, that has a mention of it; else it is left out of the loss, but for the sentences (label, start, end) in which
    `params["lessons"][study]` says that it is known. A label with too few mentions or papers keeps its shipped weights;
    where that is every label nothing is written and "adapted" is False. A label that the base doesn't know (its entity
    is new) gets weights of its own, from nought. Only the weights are written: the other files are the base's, named by
    hash. The same pairs and parameters give the same bytes (`seed` only breaks ties in choosing paragraphs).
    """
    model = load_folder(_folder(base))
    settings = {**DEFAULTS, **model.meta.get("adapt", {}), **{k: v for k, v in params.items() if k in DEFAULTS}}
    known = (*model.labels, *(label for label in usable() if label not in model.labels))
    named: Mapping[str, Sequence[str]] = params.get("reviewed") or {}
    reviewed = {
        document.study: {
            label
            for label in named.get(document.study, () if document.study in named else [a.label for a in settled])
            if label in known
        }
        for document, settled in pairs
    }
    lessons = {study: [x for x in told if x[0] in known] for study, told in (params.get("lessons") or {}).items()}
    seen = {study: labels | {x[0] for x in lessons.get(study, ())} for study, labels in reviewed.items()}
    papers = {label: sum(label in labels for labels in seen.values()) for label in known}
    mentions = {label: sum(a.label == label for _, settled in pairs for a in settled) for label in known}
    learnt = [
        label
        for label in known
        if papers[label] >= settings["least_papers"] and mentions[label] >= settings["least_mentions"]
    ]
    counted = {"papers": papers, "mentions": mentions}
    if not learnt:
        reason = (
            f"no label has {settings['least_mentions']} settled mentions in {settings['least_papers']} papers "
            f"(most: {max(mentions.values(), default=0)} mentions, {max(papers.values(), default=0)} papers)"
        )
        return {"adapted": False, "reason": reason, **counted}
    import numpy as np

    model = _with_labels(model, [label for label in learnt if label not in model.labels])
    read: list[Any] = []
    tags: list[Any] = []
    sizes: list[int] = []
    units: list[int] = []
    inputs: list[Any] = []

    def take(document: Document, rows: slice, found: Any, dense: Any, marked: Any) -> None:
        read.append(found[rows])
        inputs.append(None if dense is None else dense[rows])
        tags.append(marked)
        sizes.append(len(marked))
        units.append(zlib.crc32(document.study.encode()))

    for document, settled in sorted(pairs, key=lambda p: p[0].study):
        labels = reviewed[document.study] & set(learnt)
        taught = [x for x in lessons.get(document.study, ()) if x[0] in learnt]
        if not labels and not taught:
            continue
        passages = [p for p in read_blocks(document, model.labels) if len(p.words)]
        most = settings["most_words"] // len(pairs)
        whole = _chosen([p.words for p in passages], document.study, most, seed) if labels else []
        parts = _sentences(passages, taught)
        keep = sorted({*whole, *(i for i, *_ in parts)})
        if not keep:
            continue
        found, dense = model.features([passages[i] for i in keep])
        at = dict(zip(keep, np.cumsum([0, *(len(passages[i].words) for i in keep)]).tolist(), strict=False))
        for i in whole:
            marked = tags_of(passages[i].words, settled, labels, columns=model.labels)
            take(document, slice(at[i], at[i] + len(marked)), found, dense, marked)
        for i, first, last, some in parts:
            marked = tags_of(passages[i].words, settled, some, columns=model.labels)[first:last]
            take(document, slice(at[i] + first, at[i] + last), found, dense, marked)
    if not read:
        return {"adapted": False, "reason": "no settled mention stands in a paragraph that is read", **counted}
    widest = max(r.shape[1] for r in read)
    packed = neural_crf.Passages(
        np.concatenate([np.pad(r, ((0, 0), (0, widest - r.shape[1]))) for r in read]),
        None if inputs[0] is None else np.concatenate(inputs),
        np.concatenate(tags),
        tuple(sizes),
        tuple(units),
    )
    chain = neural_crf.fit(
        packed,
        model.labels,
        width=len(model.chain.sparse),
        start=_lifted(model.chain, model.meta["lift"]),
        prior=settings["prior"],
        dense_prior=settings["dense_prior"],
        iterations=settings["iterations"],
    )
    chain = _lifted(chain, [-x for x in model.meta["lift"]])
    out.mkdir(parents=True, exist_ok=True)
    neural_crf.save_chain(chain, out / "chain.npz")
    names = [name for name in BASE_FILES if (model.folder_of(name)).is_file()]
    meta = {
        **model.meta,
        "base": {n: hashlib.sha256(model.folder_of(n).read_bytes()).hexdigest() for n in sorted(names)},
    }
    write_text(out / "model.json", json.dumps(stamped("ner", meta), indent=1) + "\n")
    return {"adapted": True, "labels": learnt, "words": int(sum(sizes)), "base": model.source, **counted}


def tags_of(words: Words, settled: Sequence[Annotation], labels: set[str], *, columns: Sequence[str]) -> Any:
    """Return int8 [words, columns]: 0 outside, 1 begin, 2 inside, -1 for columns of labels that weren't reviewed."""
    import numpy as np

    out = np.full((len(words), len(columns)), -1, dtype=np.int8)
    if not len(words):
        return out
    starts, ends = np.array(words.start), np.array(words.end)
    for label in labels:
        out[:, columns.index(label)] = 0
    for annotation in settled:
        if annotation.label not in labels or not annotation.evidence:
            continue
        span = annotation.evidence[0]
        first = int(np.searchsorted(ends, span.start, "right"))
        last = int(np.searchsorted(starts, span.end, "left"))
        column = columns.index(annotation.label)
        if first < last and not out[first:last, column].any():
            out[first, column] = 1
            out[first + 1 : last, column] = 2
    return out


def _chosen(passages: Sequence[Words], study: str, most: int, seed: int) -> list[int]:
    """Return the paragraphs to learn from, in order, drawn by hash until `most` words are reached."""
    order = sorted(
        (i for i, words in enumerate(passages) if len(words)),
        key=lambda i: zlib.crc32(f"{seed} {study} {passages[i].start[0]}".encode()),
    )
    kept, total = [], 0
    for i in order:
        if total and total + len(passages[i]) > most:
            break
        kept.append(i)
        total += len(passages[i])
    return sorted(kept)


def _sentences(
    passages: Sequence[Excerpt], taught: Sequence[tuple[str, int, int]]
) -> list[tuple[int, int, int, set[str]]]:
    """Return for each sentence its passage, its first word, the word after its last, and the labels known in it."""
    import numpy as np

    by_place: dict[tuple[int, int], set[str]] = {}
    for label, start, end in taught:
        by_place.setdefault((start, end), set()).add(label)
    found = []
    for (start, end), labels in sorted(by_place.items()):
        for i, passage in enumerate(passages):
            words = passage.words
            if words.start[0] < end and start < words.end[-1]:
                first = int(np.searchsorted(np.array(words.end), start, "right"))
                last = int(np.searchsorted(np.array(words.start), end, "left"))
                if first < last:
                    found.append((i, first, last, labels))
    return found


def _with_labels(model: Recognizer, labels: Sequence[str]) -> Recognizer:
    """Return the model with a column for each of the labels, all of whose weights are nought."""
    import numpy as np

    if not labels:
        return model
    chain = model.chain

    def widened(weights: Any, axis: int) -> Any:
        more = list(weights.shape)
        more[axis] = len(labels)
        return np.concatenate([weights, np.zeros(more, dtype=weights.dtype)], axis)

    wider = neural_crf.Chain(
        (*chain.labels, *labels),
        widened(chain.sparse, 1),
        widened(chain.dense, 1),
        widened(chain.steps, 0),
        widened(chain.first, 0),
    )
    meta = {**model.meta, "labels": list(wider.labels), "lift": [*model.meta["lift"], *(0.0 for _ in labels)]}
    return replace(model, chain=wider, meta=meta)


def _lifted(chain: neural_crf.Chain, lift: Sequence[float]) -> neural_crf.Chain:
    """Return the chain with `lift` added to every move into a begin, which says the same as adding it to the word."""
    import numpy as np

    steps, first = chain.steps.copy(), chain.first.copy()
    steps[:, :, 1] += np.asarray(lift, dtype=steps.dtype)[:, None]
    first[:, 1] += np.asarray(lift, dtype=first.dtype)
    return neural_crf.Chain(chain.labels, chain.sparse, chain.dense, steps, first)


def _folder(base: Path) -> Path:
    """Return the folder of the model: `base` itself, or its ner."""
    return base if (base / "model.json").is_file() else base / "ner"
