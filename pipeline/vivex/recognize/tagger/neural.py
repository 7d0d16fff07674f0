"""Find entities with the shipped models: an encoder (ONNX) whose scores, with words in context, feed linear chains."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from vivex.document import Document
from vivex.errors import MissingModel
from vivex.models import locate, shipped, unstamped
from vivex.recognize.spans import readable
from vivex.recognize.tagger import chains as neural_crf
from vivex.recognize.tagger.name_lists import load_lexicon
from vivex.recognize.tagger.pieces import flags_of, pieces_of, special_of, windows
from vivex.recognize.tagger.proposals import proposals
from vivex.recognize.tagger.tokens import Words, words_of
from vivex.recognize.tagger.word_clusters import Vocabulary, load_vocabulary
from vivex.recognize.tagger.word_features import columns, proposed_codes

BASE_FILES = ("lexicon.npz", "vocabulary.tsv.gz", "encoder.onnx", "tokenizer.json")  # an adapted model uses its base's
VERSION = 1
INPUT_SCALE = 4.0  # log odds of the encoder that make one unit of a chain's dense input
Mention = tuple[str, int, int, float]  # label, start, end, confidence


@dataclass
class Recognizer:
    """Find mentions in a document; `source` names the model by the hash of its files."""

    source: str
    meta: dict[str, Any]
    chain: neural_crf.Chain
    lexicon: dict[str, Any]
    vocabulary: Vocabulary
    files: dict[str, Path] = field(default_factory=dict)  # name -> where it lies
    session: Any = None  # onnxruntime
    tokenizer: Any = None
    _cache: dict[str, Any] = field(default_factory=dict)
    _pieces: dict[str, list[int]] = field(default_factory=dict)

    def __call__(self, document: Document) -> list[Mention]:
        """Return (label, start, end, confidence) of each mention, in the order of the text."""
        return self.mentions(*read_blocks(document, self.labels))

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels that the model knows, in the order of its columns."""
        return self.chain.labels

    def mentions(self, passages: Sequence[Words], roles: Sequence[str], proposed: Sequence[Any]) -> list[Mention]:
        """Return the mentions in passages, each read by itself; `proposed` is what grammars say (`proposed_codes`)."""
        import numpy as np

        kept = [i for i, p in enumerate(passages) if len(p)]
        if not kept:
            return []
        passages, roles, proposed = [passages[i] for i in kept], [roles[i] for i in kept], [proposed[i] for i in kept]
        read, inputs = self.features(passages, roles, proposed)
        sizes = [len(p) for p in passages]
        tags, sure = decode(self.chain, read, inputs, sizes, lift=self.meta["lift"])
        starts = np.concatenate([p.start for p in passages])
        ends = np.concatenate([p.end for p in passages])
        found = [
            (label, int(starts[a]), int(ends[b - 1]), round(float(p), 3))
            for label, a, b, p in spans_of(tags, sure, self.chain.labels, sizes)
        ]
        return sorted(found, key=lambda m: (m[1], -m[2], m[0]))

    def features(self, passages: Sequence[Words], roles: Sequence[str], proposed: Sequence[Any]) -> tuple[Any, Any]:
        """Return the sparse columns of all words and what the encoder says of them (None without an encoder)."""
        if len(self._cache) > 30_000:
            self._cache.clear()
            self._pieces.clear()
        read = columns(passages, roles, proposed, self.lexicon, self.vocabulary, self._cache)
        return read, self.encode(passages) if self.session is not None else None

    def folder_of(self, name: str) -> Path:
        """Return the path of one of the model's files."""
        return self.files.get(name, Path(name))

    def encode(self, passages: Sequence[Words]) -> Any:
        """Return float32 [words, inputs]: what the encoder says of each word (see `inputs_of`)."""
        flagged = {k: self.lexicon[k] for k in self.meta["flags"]}
        read = encoder_reads(passages, flagged, self.session, self.tokenizer, self._pieces)
        return inputs_of(read)


def read_blocks(document: Document, labels: Sequence[str]) -> tuple[list[Words], list[str], list[Any]]:
    """Return the words of each readable block, its section's role, and what the labels' grammars propose in it."""
    blocks = [(b.start, b.end, document.role_at(b.start)) for b in readable(document)]
    passages = [words_of(document.reading[start:end], offset=start) for start, end, _ in blocks]
    proposed = []
    for words, (start, end, _) in zip(passages, blocks, strict=True):
        offered = proposals(document.reading[start:end], labels)
        proposed.append(proposed_codes(words, [(k, a + start, b + start, p) for k, a, b, p in offered], labels))
    return passages, [role for *_, role in blocks], proposed


def decode(chain: Any, read: Any, inputs: Any, sizes: Sequence[int], *, lift: Sequence[float]) -> tuple[Any, Any]:
    """Return tags [words, labels] and the probability [words, labels] of each word's tag; `lift` raises begins."""
    import numpy as np

    scores = neural_crf.unaries(chain, read, inputs)
    scores[:, :, 1] += np.asarray(lift, dtype=np.float64)
    breaks = [0, *np.cumsum(sizes)[:-1].tolist()]
    tags = neural_crf.best_paths(scores, chain.steps, chain.first, breaks)
    probability = neural_crf.marginals_of(scores, chain.steps, chain.first, sizes)
    return tags, np.take_along_axis(probability, tags[:, :, None].astype(int), 2)[:, :, 0]


def spans_of(tags: Any, sure: Any, labels: Sequence[str], sizes: Sequence[int]) -> list[tuple[str, int, int, float]]:
    """Return (label, first word, word after the last, confidence): the least sure word speaks for the span."""
    import numpy as np

    begins_chain = set(np.cumsum([0, *sizes]).tolist())
    out = []
    for column, label in enumerate(labels):
        row = tags[:, column]
        for a in np.flatnonzero(row == 1).tolist():
            b = a + 1
            while b < len(row) and row[b] == 2 and b not in begins_chain:
                b += 1
            out.append((label, a, b, float(sure[a:b, column].min())))
    return out


def inputs_of(scores: Any) -> Any:
    """Return the chains' dense inputs: log odds of begin and inside against outside over INPUT_SCALE, cut at ±2."""
    import numpy as np

    scores = np.asarray(scores, dtype=np.float32).reshape(len(scores), -1, 3)
    return np.clip((scores[..., 1:] - scores[..., :1]) / INPUT_SCALE, -2, 2).reshape(len(scores), -1)


def encoder_reads(
    passages: Sequence[Words], tables: Any, session: Any, tokenizer: Any, cache: dict[str, list[int]]
) -> Any:
    """Return float32 [words of all passages, outputs] of each word's first piece.

    Long passages are read in windows. Each window is run by itself: what a paragraph says must not depend on its
    neighbours, not even in the last digit.
    """
    import numpy as np

    rows = []
    begin, finish = special_of(tokenizer)
    for words in passages:
        pieces = pieces_of(words.text, tokenizer, cache)
        flags = flags_of(words, tables)
        for first, last, keep, end in windows([len(p) for p in pieces]):
            counts = [len(p) for p in pieces[first:last]]
            ids = [begin, *(i for p in pieces[first:last] for i in p), finish]
            marks = np.zeros((1, len(ids), flags.shape[1]), dtype=np.float32)
            marks[0, 1:-1] = np.repeat(flags[first:last], counts, axis=0)
            feed = {"ids": np.array([ids]), "mask": np.ones((1, len(ids)), dtype=np.int64), "flags": marks}
            (given,) = session.run(None, feed)
            places = 1 + np.concatenate([[0], np.cumsum(counts)[:-1]]).astype(int)
            rows.append(given[0, places[keep - first : end - first]])
    return np.concatenate(rows)


def load(models: Path) -> Recognizer | None:
    """Return the recogniser of a models folder (adapted, else base, else shipped), or None where there is none.

    `models` may also be the model's own folder. Raise MissingModel where files lack or don't match.
    """
    models = Path(models)
    if (models / "model.json").is_file():
        return load_folder(models)
    folder = locate(models.parent if models.name == "ner" else models, "ner")
    return load_folder(folder) if folder else None


def load_folder(folder: Path) -> Recognizer:
    """Read a model's files, those of its base where it names them; raise MissingModel that says what lacks."""
    remedy = "install vivex again, or train with `vivex train`"
    try:
        meta = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        needed = ["lexicon.npz", "vocabulary.tsv.gz", *(("encoder.onnx", "tokenizer.json") if meta["encoder"] else ())]
        known = meta.get("base", {})
    except (OSError, ValueError, KeyError) as error:
        raise MissingModel(f"{folder}/model.json can't be read ({error}); {remedy}") from error
    if meta.get("version") != VERSION:
        raise MissingModel(f"{folder}: model version {meta.get('version')}, this vivex reads {VERSION}; {remedy}")
    files = {"model.json": folder / "model.json", "chain.npz": folder / "chain.npz"}
    for name in needed:
        places = [folder / name, folder.parent / "base" / "ner" / name, shipped() / "ner" / name]
        found = [p for p in places if p.is_file() and (name not in known or _sha(p) == known[name])]
        files[name] = found[0] if found else folder / name
    lacking = [name for name, path in files.items() if not path.is_file()]
    if lacking:
        raise MissingModel(
            f"{folder}: {', '.join(lacking)} is missing or not the one the model was made with; {remedy}"
        )
    itself = (json.dumps(unstamped(meta), indent=1) + "\n").encode()
    parts = [
        hashlib.sha256(itself).hexdigest() if name == "model.json" else _sha(files[name]) for name in sorted(files)
    ]
    digest = hashlib.sha256("".join(parts).encode()).hexdigest()
    session, tokenizer = (
        open_encoder(files["encoder.onnx"], files["tokenizer.json"]) if meta["encoder"] else (None, None)
    )
    return Recognizer(
        source=f"model:ner@{digest[:8]}",
        meta=meta,
        chain=neural_crf.load_chain(files["chain.npz"]),
        lexicon=load_lexicon(files["lexicon.npz"]),
        vocabulary=load_vocabulary(files["vocabulary.tsv.gz"]),
        files=files,
        session=session,
        tokenizer=tokenizer,
    )


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def open_encoder(network: Path, pieces: Path) -> tuple[Any, Any]:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # one paper a process; the pool gives each its core
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(str(network), options, providers=["CPUExecutionProvider"])
    return session, open_tokenizer(pieces)


def open_tokenizer(pieces: Path) -> Any:
    """Read the tokenizer that cuts words into pieces, whole words each."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(pieces))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer
