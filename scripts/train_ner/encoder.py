"""Train the encoder: first on the public corpora, each for the labels it covers, then on the passages."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from int8_network import export_int8
from train_ner.corpora import LABELS, Example
from vivex.recognize.tagger.name_lists import match
from vivex.recognize.tagger.pieces import flags_of, pieces_of, special_of, windows


def make_network(checkpoint: Path, flags: int, *, dropout: float = 0.1) -> Any:
    """Return the torch module: word pieces and flags in, scores [batch, pieces, labels, 3] out."""
    import torch
    from transformers import AutoModel

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(checkpoint, add_pooling_layer=False, attn_implementation="sdpa")
            width = self.encoder.config.hidden_size
            self.flags = torch.nn.Linear(flags, width, bias=False)
            torch.nn.init.zeros_(self.flags.weight)
            self.dropout = torch.nn.Dropout(dropout)
            self.heads = torch.nn.Linear(width + flags, 3 * len(LABELS))
            torch.nn.init.normal_(self.heads.weight, std=0.02)
            self.heads.bias.data = torch.tensor([1.5, -1.5, -1.5] * len(LABELS))

        def read(self, ids: Any, mask: Any, flags: Any) -> Any:
            embedded = self.encoder.embeddings.word_embeddings(ids) + self.flags(flags)
            return self.encoder(inputs_embeds=embedded, attention_mask=mask).last_hidden_state

        def forward(self, ids: Any, mask: Any, flags: Any) -> Any:
            return self.heads(torch.cat([self.dropout(self.read(ids, mask, flags)), flags], -1))

    network = Network()
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    return network


def freeze(network: Any, *, layers: int) -> None:
    """Keep the embeddings and the lowest layers of the encoder as they are in what follows."""
    for name, parameter in network.named_parameters():
        part = name.split(".")
        if name.startswith("encoder.embeddings") or (
            part[:3] == ["encoder", "encoder", "layer"] and int(part[3]) < layers
        ):
            parameter.requires_grad_(False)


def prepare(examples: Sequence[Example], tokenizer: Any, tables: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return one item for each window: piece ids, flags of each piece, position of each word, tags [words, labels].

    A tag of -1 marks a label that the corpus doesn't cover.
    """
    import numpy as np

    cache: dict[str, list[int]] = {}
    begin, finish = special_of(tokenizer)
    items = []
    for number, made in enumerate(examples):
        if not len(made.words):
            continue
        pieces = pieces_of(made.words.text, tokenizer, cache)
        flags = flags_of(made.words, match(made.words, tables)).astype(np.int8)
        tags = np.full((len(made.words), len(LABELS)), -1, dtype=np.int8)
        for label, row in made.tags.items():
            tags[:, LABELS.index(label)] = row
        for first, last, keep, end in windows([len(p) for p in pieces]):
            ids, place, rows = [begin], [], [-1]
            for i in range(first, last):
                place.append(len(ids))
                ids += pieces[i]
                rows += [i] * len(pieces[i])
            ids.append(finish)
            rows.append(-1)
            spread = np.zeros((len(ids), flags.shape[1]), dtype=np.int8)
            inside = [r for r, i in enumerate(rows) if i >= 0]
            spread[inside] = flags[[rows[r] for r in inside]]
            items.append(
                {
                    "example": number,
                    "words": (first, last, keep, end),
                    "ids": np.array(ids, dtype=np.int64),
                    "flags": spread,
                    "place": np.array(place, dtype=np.int64),
                    "tags": tags[first:last],
                }
            )
    return items


def batches(items: Sequence[Any], *, pieces: int, rng: random.Random | None) -> list[list[int]]:
    """Group items of like length until `pieces` are reached; with a generator, in random order."""
    order = list(range(len(items)))
    if rng:
        rng.shuffle(order)
    pooled = []
    for start in range(0, len(order), 256):
        pooled += sorted(order[start : start + 256], key=lambda i: len(items[i]["ids"]))
    groups: list[list[int]] = [[]]
    for i in pooled:
        widest = max([len(items[j]["ids"]) for j in groups[-1]] + [len(items[i]["ids"])])
        if groups[-1] and widest * (len(groups[-1]) + 1) > pieces:
            groups.append([])
        groups[-1].append(i)
    if rng:
        rng.shuffle(groups)
    return groups


def collate(items: Sequence[Mapping[str, Any]]) -> tuple[Any, Any, Any, Any, Any]:
    """Return padded tensors ids, mask, flags, and the flat places and tags of the words."""
    import numpy as np
    import torch

    width = max(len(i["ids"]) for i in items)
    ids = np.zeros((len(items), width), dtype=np.int64)
    mask = np.zeros((len(items), width), dtype=np.int64)
    flags = np.zeros((len(items), width, items[0]["flags"].shape[1]), dtype=np.float32)
    place = []
    for row, item in enumerate(items):
        size = len(item["ids"])
        ids[row, :size], mask[row, :size], flags[row, :size] = item["ids"], 1, item["flags"]
        place.append(item["place"] + row * width)
    tags = np.concatenate([i["tags"] for i in items]).astype(np.int64)
    return (*map(torch.from_numpy, (ids, mask, flags)), torch.from_numpy(np.concatenate(place)), torch.from_numpy(tags))


def fit(
    network: Any,
    epochs: Sequence[Sequence[Mapping[str, Any]]],
    *,
    rate: float,
    head_rate: float,
    pieces: int,
    seed: int,
    say: Callable[[str], None],
    decay: float = 1.0,
) -> None:
    """Train in place with AdamW, linear warm-up and decay, on the items of each epoch; each layer learns at `decay`
    times the rate above it.
    """
    import torch

    rng = random.Random(seed)
    torch.manual_seed(seed)
    plan = [[items[i] for i in group] for items in epochs for group in batches(items, pieces=pieces, rng=rng)]
    trained = [(name, p) for name, p in network.named_parameters() if p.requires_grad]
    layers = network.encoder.config.num_hidden_layers
    rates = [
        rate * decay ** (layers - 1 - layer_of(name)) if name.startswith("encoder") else head_rate
        for name, _ in trained
    ]
    optimizer = torch.optim.AdamW(
        [{"params": [p], "lr": base} for (_, p), base in zip(trained, rates, strict=True)],
        weight_decay=0.01,
        betas=(0.9, 0.98),
    )
    network.train()
    begun, total, seen = time.monotonic(), 0.0, 0
    warm = max(1, len(plan) // 16)
    for step, group in enumerate(plan):
        progress = step / len(plan)
        factor = min(1.0, (step + 1) / warm) * max(0.02, 1 - progress)
        for part, base in zip(optimizer.param_groups, rates, strict=True):
            part["lr"] = base * factor
        ids, mask, flags, place, tags = collate(group)
        scores = network(ids, mask, flags).flatten(0, 1)[place].view(-1, len(LABELS), 3)
        covered = tags >= 0
        loss = torch.nn.functional.cross_entropy(scores[covered], tags[covered], reduction="sum") / len(tags)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for _, p in trained], 1.0)
        optimizer.step()
        total, seen = total + loss.item(), seen + 1
        if (step + 1) % 25 == 0 or step + 1 == len(plan):
            say(f"{step + 1}/{len(plan)} loss {total / seen:.4f} {time.monotonic() - begun:.0f} s")
            total, seen = 0.0, 0
    network.eval()


def layer_of(name: str) -> int:
    """Return the number of the layer that a parameter of the encoder belongs to; -1 is the embeddings."""
    part = name.split(".")
    return int(part[3]) if part[1:3] == ["encoder", "layer"] else -1


def score(
    network: Any, examples: Sequence[Example], items: Sequence[Mapping[str, Any]], *, pieces: int = 4096
) -> list[Any]:
    """Return for each example float32 [words, labels, 3]: log probabilities."""
    import numpy as np
    import torch

    out = [np.zeros((len(e.words), len(LABELS), 3), dtype=np.float32) for e in examples]
    network.eval()
    with torch.inference_mode():
        for group in batches(items, pieces=pieces, rng=None):
            chosen = [items[i] for i in group]
            ids, mask, flags, place, _ = collate(chosen)
            scores = network(ids, mask, flags).flatten(0, 1)[place].view(-1, len(LABELS), 3).log_softmax(-1).numpy()
            row = 0
            for item in chosen:
                first, last, keep, end = item["words"]
                out[item["example"]][keep:end] = scores[row + keep - first : row + end - first]
                row += last - first
    return out


def export_onnx(network: Any, path: Path, *, flags: int, labels: int) -> None:
    """Write the network as an ONNX file with int8 weights that gives the scores of the first `labels` labels."""
    import torch

    class Shipped(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, ids: Any, mask: Any, flags: Any) -> Any:
            return self.network(ids, mask, flags)[..., : 3 * labels]

    shape = (2, 16)
    pieces = torch.ones(shape, dtype=torch.int64)
    export_int8(
        Shipped(),
        path,
        sample={"ids": pieces, "mask": pieces.clone(), "flags": torch.zeros((*shape, flags))},
        output="read",
        axes={0: "batch", 1: "pieces"},
        full=["/network/flags/MatMul", "/network/heads/MatMul"],  # small
    )
