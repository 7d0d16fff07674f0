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
from vivex.recognize.tagger.encoding import encoder_reads, inputs_of, open_encoder, worth_reading
from vivex.recognize.tagger.name_lists import load_lexicon, matches, of_lists
from vivex.recognize.tagger.proposals import proposals
from vivex.recognize.tagger.tokens import Words, words_of
from vivex.recognize.tagger.word_clusters import Vocabulary, load_vocabulary
from vivex.recognize.tagger.word_features import columns, proposed_codes

BASE_FILES = ("lexicon.npz", "vocabulary.tsv.gz", "encoder.onnx", "tokenizer.json")  # an adapted model uses its base's
VERSION = 1
Mention = tuple[str, int, int, float]  # label, start, end, confidence


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Hold what is read by itself: words, role of the section, what grammars propose (`proposed_codes`) for each label,
    and whether the encoder reads it."""

    words: Words
    role: str
    proposed: Any
    encoded: bool = True


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
        return self.mentions(read_blocks(document, self.labels))

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the labels that the model knows, in the order of its columns."""
        return self.chain.labels

    def mentions(self, passages: Sequence[Excerpt]) -> list[Mention]:
        """Return the mentions in passages, each read by itself."""
        import numpy as np

        passages = [p for p in passages if len(p.words)]
        if not passages:
            return []
        read, inputs = self.features(passages)
        sizes = [len(p.words) for p in passages]
        tags, sure = decode(self.chain, read, inputs, sizes, lift=self.meta["lift"])
        starts = np.concatenate([p.words.start for p in passages])
        ends = np.concatenate([p.words.end for p in passages])
        found = [
            (label, int(starts[a]), int(ends[b - 1]), round(float(p), 3))
            for label, a, b, p in spans_of(tags, sure, self.chain.labels, sizes)
        ]
        return sorted(found, key=lambda m: (m[1], -m[2], m[0]))

    def features(self, passages: Sequence[Excerpt]) -> tuple[Any, Any]:
        """Return the sparse columns of all words and what the encoder says of them (None without an encoder)."""
        if len(self._cache) > 30_000:
            self._cache.clear()
            self._pieces.clear()
        words = [p.words for p in passages]
        roles, proposed = [p.role for p in passages], [p.proposed for p in passages]
        listed = matches(words, self.lexicon)
        read = columns(words, roles, proposed, listed, self.vocabulary, self._cache)
        return read, self.encode(passages, listed) if self.session is not None else None

    def folder_of(self, name: str) -> Path:
        """Return the path of one of the model's files."""
        return self.files.get(name, Path(name))

    def encode(self, passages: Sequence[Excerpt], listed: Sequence[Any]) -> Any:
        """Return float32 [words, inputs]: what the encoder says of each word (see `inputs_of`), names `listed`.

        Of words that it doesn't read it says what the model holds as `unread`, chosen in training: the score from which
        the chains alone are believed.
        """
        import numpy as np

        unread = self.meta.get("unread")
        chosen = [unread is None or p.encoded for p in passages]
        some = [p.words for p, kept in zip(passages, chosen, strict=True) if kept]
        names = [of_lists(m, self.lexicon, self.meta["flags"]) for m, kept in zip(listed, chosen, strict=True) if kept]
        read = encoder_reads(some, names, self.session, self.tokenizer, self._pieces)
        asked = np.repeat(chosen, [len(p.words) for p in passages])
        if unread is None or asked.all():
            return inputs_of(read)
        out = np.tile(np.asarray(unread, dtype=np.float32), (len(asked), 1))
        if asked.any():
            out[asked] = inputs_of(read)
        return out


def read_blocks(document: Document, labels: Sequence[str]) -> list[Excerpt]:
    """Return each readable block as a passage, with what the labels' grammars propose in it."""
    passages = []
    for block in readable(document):
        text, role = document.reading[block.start : block.end], document.role_at(block.start)
        words = words_of(text, offset=block.start)
        offered = [(k, a + block.start, b + block.start, p) for k, a, b, p in proposals(text, labels)]
        encoded = worth_reading(block.kind, role)
        passages.append(Excerpt(words, role, proposed_codes(words, offered, labels), encoded))
    return passages


def decode(chain: Any, read: Any, inputs: Any, sizes: Sequence[int], *, lift: Sequence[float]) -> tuple[Any, Any]:
    """Return tags [words, labels] and the probability [words, labels] of each word's tag; `lift` raises begins.

    The probability is told of passages and labels that have a mention; elsewhere it is 0.
    """
    import numpy as np

    scores = neural_crf.unaries(chain, read, inputs)
    scores[:, :, 1] += np.asarray(lift, dtype=np.float64)
    breaks = [0, *np.cumsum(sizes)[:-1].tolist()]
    tags = neural_crf.best_paths(scores, chain.steps, chain.first, breaks)
    return tags, neural_crf.certainties(scores, chain.steps, chain.first, sizes, tags)


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
