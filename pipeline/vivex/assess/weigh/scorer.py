"""The shipped model: sentence scorers by item and the weighing of a paper's quantities. Plain numbers, no pickle."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vivex.assess.reading.sentence_reader import SentenceReader, load_reader
from vivex.assess.weigh.ranking import Ranking
from vivex.document import sha256
from vivex.errors import MalformedFile
from vivex.files import write_bytes
from vivex.models import shipped, stamped, unstamped

SCHEMA = 2
CLASSES = ("low", "high", "unclear")


@dataclass(frozen=True)
class Weighing:
    """Turn named quantities of a paper into probabilities of low, high and unclear (multinomial logistic)."""

    names: tuple[str, ...]
    mean: NDArray[np.float64]
    scale: NDArray[np.float64]
    weights: NDArray[np.float64]  # [3, names]
    bias: NDArray[np.float64]  # [3]

    def logits(self, quantities: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the log-odds of low, high and unclear, up to a constant."""
        return self.weights @ self.standard(quantities) + self.bias

    def standard(self, quantities: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the quantities in standard units, at most three from the mean."""
        x = (np.array([quantities[n] for n in self.names]) - self.mean) / self.scale
        return np.clip(x, -3, 3)

    def probabilities(self, quantities: Mapping[str, float]) -> NDArray[np.float64]:
        """Return the probabilities of low, high and unclear."""
        z = self.logits(quantities)
        e: NDArray[np.float64] = np.exp(z - z.max())
        shares: NDArray[np.float64] = e / e.sum()
        return shares


@dataclass(frozen=True)
class Model:
    """Hold the sentence scorers, the weighings by item and the tables of judgements by rule."""

    vocabulary: Mapping[str, int]
    targets: tuple[str, ...]
    weights: NDArray[np.float64]  # [tokens, targets]
    bias: NDArray[np.float64]  # [targets]
    weighings: Mapping[str, Weighing]
    tables: Mapping[str, Mapping[str, list[float]]]  # item -> rule's key -> counts of low, high, unclear
    digest: str = ""
    meta: Mapping[str, Any] | None = None
    rankings: Mapping[str, Ranking] = field(default_factory=dict)  # by item; a model made before them has none
    reader: SentenceReader | None = None  # of single sentences; a model made before it has none
    sure: Mapping[str, float] = field(default_factory=dict)  # bounds of labels in whole papers (heard.bounds)

    def scores(self, sentences: Sequence[Sequence[str]]) -> NDArray[np.float64]:
        """Return the probability that each sentence is evidence for each target, shape [sentences, targets]."""
        out = np.tile(self.bias, (len(sentences), 1))
        look_up = self.vocabulary.get
        for i, tokens in enumerate(sentences):
            ids = [j for t in tokens if (j := look_up(t)) is not None]
            if ids:
                out[i] += self.weights[ids].sum(axis=0)
        return 1 / (1 + np.exp(-np.clip(out, -30, 30)))

    def table(self, item: str, rule: str, judgement: str) -> NDArray[np.float64]:
        """Return the probabilities of low, high and unclear given the key of the deciding rule, smoothed towards it."""
        prior = np.array([4.0 * (c == judgement) + 0.15 for c in CLASSES])
        counts = np.array(self.tables.get(item, {}).get(rule, [0.0, 0.0, 0.0])) + prior
        shares: NDArray[np.float64] = counts / counts.sum()
        return shares


def load(folder: Path) -> Model:
    """Read a model folder; raise MalformedFile where its files don't fit together."""
    try:
        data = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        raw = (folder / "weights.npz").read_bytes()
        with np.load(folder / "weights.npz", allow_pickle=False) as arrays:
            stored = {name: arrays[name].astype(np.float64) for name in arrays.files}
    except (OSError, ValueError, KeyError) as error:
        raise MalformedFile(
            f"{folder}: not a risk-of-bias model ({error}); train it again or remove the folder"
        ) from error
    if data.get("schema") != SCHEMA or stored["weights"].shape != (len(data["vocabulary"]), len(data["targets"])):
        raise MalformedFile(f"{folder}: model.json and weights.npz don't belong together; train the model again")
    weighings = {
        item: Weighing(tuple(names), *(stored[f"{item}.{part}"] for part in ("mean", "scale", "weights", "bias")))
        for item, names in data["weighings"].items()
    }
    rankings = {
        item: Ranking(
            tuple(data["ranked_by"]), *(stored[f"{item}.rank_{part}"] for part in ("mean", "scale", "weights"))
        )
        for item in data.get("rankings", [])
    }
    digest = sha256(_bytes(unstamped(data)) + raw)[:8]
    named = data.get("reader")
    vocabulary = {token: i for i, token in enumerate(data["vocabulary"])}
    return Model(
        vocabulary,
        tuple(data["targets"]),
        stored["weights"],
        stored["bias"],
        weighings,
        data["tables"],
        digest,
        data.get("meta"),
        rankings,
        load_reader((folder, folder.parent / "base" / "rob", shipped() / "rob"), named) if named else None,
        data.get("sure", {}),
    )


def save(model: Model, folder: Path) -> None:
    """Write the model as model.json and weights.npz; the same model gives the same bytes."""
    tokens = sorted(model.vocabulary, key=model.vocabulary.__getitem__)
    data = {
        "schema": SCHEMA,
        "targets": list(model.targets),
        "weighings": {item: list(w.names) for item, w in model.weighings.items()},
        "rankings": list(model.rankings),
        "ranked_by": list(next(iter(model.rankings.values())).names) if model.rankings else [],
        "tables": model.tables,
        "meta": dict(model.meta or {}),
        "vocabulary": tokens,
    }
    if model.reader is not None:
        data["reader"] = model.reader.digest
        data["sure"] = dict(model.sure)
    arrays: dict[str, NDArray[np.float64]] = {
        "weights": model.weights.astype(np.float16),
        "bias": model.bias.astype(np.float32),
    }
    for item, w in model.weighings.items():
        for part in ("mean", "scale", "weights", "bias"):
            arrays[f"{item}.{part}"] = getattr(w, part).astype(np.float32)
    for item, ranking in model.rankings.items():
        for part in ("mean", "scale", "weights"):
            arrays[f"{item}.rank_{part}"] = getattr(ranking, part).astype(np.float32)
    write_bytes(folder / "model.json", _bytes(stamped("rob", data)))
    write_bytes(folder / "weights.npz", _npz(arrays))


def _bytes(data: Mapping[str, Any]) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _npz(arrays: Mapping[str, NDArray[np.float64]]) -> bytes:
    """Return the arrays as a compressed .npz whose bytes depend on nothing else (no clock)."""
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(arrays):
            part = io.BytesIO()
            np.save(part, np.ascontiguousarray(arrays[name]), allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, part.getvalue())
    return buffer.getvalue()
