"""Linear-chain models, one for each label, over sparse and dense features of words; plain numpy.

States: 0 outside, 1 begin, 2 inside; 0 -> 2 is forbidden. The score of state 0 is the reference (0).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORBIDDEN = -1e4
STEP = 2.0**-10  # of a score: sums of steps are exact
AT_ONCE = 512  # words whose scores are summed together: they stay in the processor's cache
GROUP = 400  # chains whose sums are taken together in training


@dataclass(frozen=True)
class Chain:
    """Hold weights: sparse [columns, labels, 2], dense [inputs, labels, 2], steps [labels, 3, 3], first [labels, 3]."""

    labels: tuple[str, ...]
    sparse: Any
    dense: Any
    steps: Any
    first: Any


def unaries(chain: Chain, columns: Any, inputs: Any) -> Any:
    """Return float64 [words, labels, 3] scores of the words by themselves, rounded to STEP.

    Sums are taken in float64 and rounded before anything is decided: the last digits depend on the processor.
    """
    import numpy as np

    size = len(columns)
    flat = chain.sparse.reshape(len(chain.sparse), -1)
    out = np.zeros((size, len(chain.labels), 3), dtype=np.float64)
    for start in range(0, size, AT_ONCE):
        part = np.ascontiguousarray(columns[start : start + AT_ONCE].T)
        total = np.zeros((part.shape[1], flat.shape[1]), dtype=np.float32)
        one = np.empty_like(total)
        for column in part:  # column 0 weighs nothing, and few words have most features
            live = np.flatnonzero(column)
            if 2 * len(live) < len(column):
                total[live] += flat[column[live]]
            else:
                total += flat.take(column, axis=0, out=one, mode="clip")
        out[start : start + AT_ONCE, :, 1:] = total.reshape(len(total), -1, 2)
    if inputs is not None and len(chain.dense):
        out[:, :, 1:] += np.tensordot(inputs.astype(np.float64), chain.dense.astype(np.float64), 1)
    return np.rint(out / STEP) * STEP


def best_path(scores: Any, mask: Any, steps: Any, first: Any) -> Any:
    """Return int8 [words, chains]: the most probable valid tags of each chain (Viterbi).

    `scores` is [words, chains, 3], `mask` [words, chains] False on padding, `steps` [chains, 3, 3] and `first`
    [chains, 3].
    """
    import numpy as np

    size, chains, _ = scores.shape
    back = np.zeros((size, chains, 3), dtype=np.int8)
    value = scores[0] + first
    full = mask.all(1)
    for t in range(1, size):
        best, came = value[:, 0:1] + steps[:, 0], back[t]
        for state in (1, 2):
            through = value[:, state : state + 1] + steps[:, state]
            came[through > best] = state  # of equals the lower state
            np.maximum(best, through, out=best)
        best += scores[t]
        if not full[t]:
            live = mask[t][:, None]
            np.copyto(came, [0, 1, 2], where=~live, casting="unsafe")
            best = np.where(live, best, value)
        value = best
    tags = np.zeros((size, chains), dtype=np.int8)
    tags[-1] = value.argmax(1)
    every = np.arange(chains)
    for t in range(size - 1, 0, -1):
        tags[t - 1] = back[t, every, tags[t]]
    return tags


def best_paths(scores: Any, steps: Any, first: Any, breaks: Sequence[int]) -> Any:
    """Return the tags of many chains that follow one another in `scores`; `breaks` are the first words of chains."""
    import numpy as np

    bounds = [*breaks, len(scores)]
    sizes = np.diff(bounds)
    tags = np.zeros(scores.shape[:2], dtype=np.int8)
    labels = scores.shape[1]
    order = sorted((i for i in range(len(sizes)) if sizes[i]), key=lambda i: sizes[i])
    for start in range(0, len(order), 64):
        group = order[start : start + 64]
        rows = np.concatenate([np.arange(bounds[i], bounds[i + 1]) for i in group])
        padded, mask, where = _pad(scores[rows], [int(sizes[i]) for i in group])
        wide = padded.transpose(1, 0, 2, 3).reshape(padded.shape[1], -1, 3)
        found = best_path(
            wide, np.repeat(mask.T, labels, 1), np.tile(steps, (len(group), 1, 1)), np.tile(first, (len(group), 1))
        )
        tags[rows] = found.reshape(padded.shape[1], len(group), labels).transpose(1, 0, 2)[where]
    return tags


def _over_states(values: Any) -> Any:
    """Return the sums over the three states; numpy's own sum of so short a row is slower."""
    total = values[..., 0:1] + values[..., 1:2]
    total += values[..., 2:3]
    return total


def forward_backward(scores: Any, mask: Any, steps: Any, first: Any, cover: Any = None) -> tuple[Any, Any, Any]:
    """Return log partition [chains, labels], marginals like `scores`, and step expectations [labels, 3, 3].

    `scores` is [chains, words, labels, 3]; `mask` [chains, words] marks the words that are not padding; the
    expectations are summed over chains with weights `cover` [chains, labels] (None: no expectations; then `steps` and
    `first` may also differ from chain to chain).
    """
    import numpy as np

    counted = cover is not None
    high = scores.max(-1, keepdims=True)
    potential = np.ascontiguousarray(np.exp(scores - high).transpose(1, 0, 2, 3))  # words first
    size, chains, labels, _ = potential.shape
    live = np.ascontiguousarray(mask.T)[:, :, None, None]
    full = mask.all(0)
    move = np.exp(steps).astype(scores.dtype)  # [labels, 3, 3], or [chains, labels, 3, 3]
    alpha, scale = np.empty_like(potential), np.ones((size, chains, labels), dtype=scores.dtype)
    state = potential[0] * np.exp(first).astype(scores.dtype)
    for t in range(size):
        if t:
            moved = state[..., 0:1] * move[..., 0, :]
            moved += state[..., 1:2] * move[..., 1, :]
            moved += state[..., 2:3] * move[..., 2, :]
            moved *= potential[t]
            state = moved if full[t] else np.where(live[t], moved, state)
        total = _over_states(state)
        state = state / total
        alpha[t], scale[t] = state, total[..., 0]
    log_z = np.log(scale).sum(0, dtype=np.float64) + np.where(mask[:, :, None], high[..., 0], 0).sum(
        1, dtype=np.float64
    )
    turned = move.swapaxes(-1, -2)
    beta = np.ones((chains, labels, 3), dtype=scores.dtype)
    betas = np.empty_like(potential)
    onwards: Any = np.zeros_like(potential) if counted else None
    for t in range(size - 1, -1, -1):
        betas[t] = beta
        if t:
            onward = beta * potential[t]
            back = onward[..., 0:1] * turned[..., 0, :]
            back += onward[..., 1:2] * turned[..., 1, :]
            back += onward[..., 2:3] * turned[..., 2, :]
            if counted:
                weighed = onward / _over_states(alpha[t - 1] * back)
                onwards[t] = weighed if full[t] else np.where(live[t], weighed, 0)
            back /= _over_states(back)
            beta = back if full[t] else np.where(live[t], back, beta)
    marginal = alpha * betas
    marginal /= _over_states(marginal)
    shown = (marginal * live).transpose(1, 0, 2, 3)
    if not counted:
        return log_z, shown, None
    onwards *= cover[None, :, :, None]
    pairs = np.stack([[(alpha[:-1, ..., a] * onwards[1:, ..., b]).sum((0, 1)) for b in range(3)] for a in range(3)])
    expected = pairs.transpose(2, 0, 1).astype(np.float64) * move
    return log_z, shown, expected


@dataclass(frozen=True)
class Passages:
    """Hold training chains: columns [words, features], dense inputs [words, inputs] or None, tags [words, labels]
    (-1: a label that wasn't reviewed), the number of words of each chain, the paper it stands in (empty: one each)."""

    columns: Any
    inputs: Any
    tags: Any
    sizes: tuple[int, ...]
    units: tuple[int, ...] = ()


def certainties(scores: Any, steps: Any, first: Any, sizes: Sequence[int], tags: Any) -> Any:
    """Return [words, labels] the probability of each word's tag, for chains and labels that begin a mention; else 0.

    Most passages mention nothing of most labels: chains of those are not summed.
    """
    import numpy as np

    out = np.zeros(tags.shape, dtype=scores.dtype)
    bounds = np.concatenate([[0], np.cumsum(sizes)]).astype(int)
    found = [
        (size, chain, label)
        for chain, size in enumerate(sizes)
        for label in np.flatnonzero((tags[bounds[chain] : bounds[chain + 1]] == 1).any(0)).tolist()
    ]
    found.sort()
    for start in range(0, len(found), GROUP):
        group = found[start : start + GROUP]
        alike = [label for _, _, label in group]
        rows = np.concatenate([np.arange(bounds[chain], bounds[chain + 1]) for _, chain, _ in group])
        columns = np.repeat(alike, [size for size, _, _ in group])
        padded, mask, where = _pad(scores[rows, columns][:, None], [size for size, _, _ in group])
        marginal = forward_backward(padded, mask, steps[alike][:, None], first[alike][:, None])[1][where][:, 0]
        out[rows, columns] = np.take_along_axis(marginal, tags[rows, columns][:, None].astype(int), 1)[:, 0]
    return out


def _pad(scores: Any, sizes: Sequence[int]) -> tuple[Any, Any, tuple[Any, Any]]:
    import numpy as np

    longest = max(sizes)
    chain_of = np.repeat(np.arange(len(sizes)), sizes)
    place = np.concatenate([np.arange(s) for s in sizes])
    padded = np.zeros((len(sizes), longest, *scores.shape[1:]), dtype=scores.dtype)
    padded[chain_of, place] = scores
    mask = np.zeros((len(sizes), longest), dtype=bool)
    mask[chain_of, place] = True
    return padded, mask, (chain_of, place)


def fit(
    passages: Passages,
    labels: Sequence[str],
    *,
    width: int,
    start: Chain | None = None,
    prior: float = 1.0,
    dense_prior: float = 0.1,
    iterations: int = 60,
    least: int = 2,
    say: Callable[[str], None] | None = None,
) -> Chain:
    """Fit by L-BFGS under a Gaussian prior around `start` (or around nought); the same data give the same weights.

    `prior` is the precision of the sparse weights, `dense_prior` that of the others; columns of fewer than `least`
    papers stay as they were.
    """
    import numpy as np
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    count = len(labels)
    inputs = (
        passages.inputs.astype(np.float32)
        if passages.inputs is not None
        else np.zeros((len(passages.columns), 0), np.float32)
    )
    frequency = np.zeros(width, dtype=np.int64)  # papers that have a column
    chain_of = np.repeat(np.arange(len(passages.sizes)), passages.sizes)
    unit_of = np.asarray(passages.units or range(len(passages.sizes)))[chain_of]
    for unit in np.unique(unit_of):
        frequency[np.unique(passages.columns[unit_of == unit])] += 1
    frequency[0] = 0
    used = np.flatnonzero(frequency >= least)
    place = np.full(width, -1)
    place[used] = np.arange(len(used))
    compact = place[passages.columns]
    rows = np.repeat(np.arange(len(compact)), compact.shape[1])
    live = compact.ravel() >= 0
    table = csr_matrix(
        (np.ones(int(live.sum()), dtype=np.float32), (rows[live], compact.ravel()[live])),
        shape=(len(compact), len(used)),
    )
    table.sum_duplicates()
    turned = table.T.tocsr()
    tags = passages.tags
    known = (tags >= 0).astype(np.float32)
    gold = np.eye(3, dtype=np.float32)[np.maximum(tags, 0)] * known[..., None]
    begins = np.concatenate([[0], np.cumsum(passages.sizes)[:-1]]).astype(int)
    covered = known[begins]  # [chains, labels]
    counted = np.zeros((count, 3, 3), dtype=np.float64)
    inner = np.ones(len(tags), dtype=bool)
    inner[begins] = False
    at = np.flatnonzero(inner)
    for label in range(count):
        good = at[known[at, label] > 0]
        np.add.at(counted[label], (tags[good - 1, label], tags[good, label]), 1)
    gold_first = gold[begins].sum(0)
    allowed = np.ones((count, 3, 3), dtype=bool)
    allowed[:, 0, 2] = False
    base_sparse = start.sparse[used] if start else np.zeros((len(used), count, 2), dtype=np.float32)
    base_dense = start.dense if start else np.zeros((inputs.shape[1], count, 2), dtype=np.float32)
    base_steps = np.where(allowed, start.steps, 0) if start else np.zeros((count, 3, 3))
    base_first = np.where([True, True, False], start.first, 0) if start else np.zeros((count, 3))
    parts = [np.asarray(b, dtype=np.float64) for b in (base_sparse, base_dense, base_steps, base_first)]
    shapes, sizes = [p.shape for p in parts], [p.size for p in parts]
    origin = np.concatenate([p.ravel() for p in parts])
    precision = np.concatenate([np.full(n, p) for n, p in zip(sizes, (prior, dense_prior, dense_prior, dense_prior))])

    # Curvature grows with how often a weight is used and with how common its state is: steps are taken in that measure.
    common = np.stack([(tags == 1).sum(0), (tags == 2).sum(0)], 1) / max(1, len(tags))  # [labels, 2]
    common = np.maximum(common * (1 - common), 1e-4)
    uses = np.asarray(table.multiply(table).sum(0)).ravel()
    bends = [
        uses[:, None, None] * common,
        (inputs.astype(np.float64) ** 2).sum(0)[:, None, None] * common,
        np.full((count, 3, 3), len(tags) * 0.01),
        np.full((count, 3), len(passages.sizes) * 0.05),
    ]
    measure = np.sqrt(precision + 0.25 * np.concatenate([b.ravel() for b in bends]))

    def unpack(vector: Any) -> list[Any]:
        cut = np.split(vector, np.cumsum(sizes)[:-1])
        return [c.reshape(s) for c, s in zip(cut, shapes)]

    def objective(scaled: Any) -> tuple[float, Any]:
        vector = scaled / measure
        sparse, dense, steps, first = unpack(vector)
        scores = np.zeros((len(compact), count, 3), dtype=np.float32)
        flat = sparse.reshape(len(used), -1).astype(np.float32)
        scores[..., 1:] = (table @ flat).reshape(-1, count, 2)
        if inputs.shape[1]:
            scores[..., 1:] += np.tensordot(inputs, dense.astype(np.float32), 1)
        steps = np.where(allowed, steps, FORBIDDEN)
        first = np.where([True, True, False], first, FORBIDDEN)
        value = 0.0
        residual = np.zeros_like(scores)
        step_gradient, first_gradient = np.zeros((count, 3, 3)), np.zeros((count, 3))
        for low in range(0, len(passages.sizes), GROUP):
            chosen = np.flatnonzero((chain_of >= low) & (chain_of < low + GROUP))
            padded, mask, where = _pad(scores[chosen], passages.sizes[low : low + GROUP])
            cover = covered[low : low + GROUP]
            log_z, marginal, expected = forward_backward(padded, mask, steps, first, cover)
            value += float((log_z * cover).sum())
            residual[chosen] = marginal[where] * known[chosen][..., None] - gold[chosen]
            step_gradient += expected
            first_gradient += (marginal[:, 0] * cover[..., None]).sum(0)
        value -= float((scores * gold).sum(dtype=np.float64)) + float((np.where(allowed, steps, 0) * counted).sum())
        value -= float((np.where([True, True, False], first, 0) * gold_first).sum())
        g_sparse = (turned @ residual[..., 1:].reshape(len(compact), -1)).reshape(shapes[0])
        g_dense = np.tensordot(inputs.T, residual[..., 1:], 1) if inputs.shape[1] else np.zeros(shapes[1])
        g_steps = np.where(allowed, step_gradient - counted, 0)
        g_first = np.where([True, True, False], first_gradient - gold_first, 0)
        gradient = np.concatenate(
            [np.asarray(g, dtype=np.float64).ravel() for g in (g_sparse, g_dense, g_steps, g_first)]
        )
        off = vector - origin
        return value + 0.5 * float((precision * off * off).sum()), (gradient + precision * off) / measure

    done = [0]

    def told(intermediate_result: Any) -> None:
        done[0] += 1
        if say and done[0] % 10 == 0:
            say(f"iteration {done[0]}: {intermediate_result.fun:.1f}")

    found = minimize(
        objective,
        origin * measure,
        jac=True,
        method="L-BFGS-B",
        callback=told,
        options={"maxiter": iterations, "maxcor": 6, "ftol": 1e-7},
    )
    sparse, dense, steps, first = unpack(found.x / measure)
    whole = start.sparse.astype(np.float32).copy() if start else np.zeros((width, count, 2), dtype=np.float32)
    whole[used] = sparse
    whole[0] = 0
    return Chain(
        tuple(labels),
        whole,
        dense.astype(np.float32),
        np.where(allowed, steps, FORBIDDEN).astype(np.float32),
        np.where([True, True, False], first, FORBIDDEN).astype(np.float32),
    )


def save_chain(chain: Chain, path: Path) -> None:
    """Write the weights: sparse ones as int8 with a scale for each label and state, the others as float32."""
    import numpy as np

    scale = np.maximum(np.abs(chain.sparse).max(0) / 127, 1e-9).astype(np.float32)
    whole = np.rint(chain.sparse / scale).astype(np.int8)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            labels=np.array(chain.labels),
            sparse=whole,
            scale=scale,
            dense=chain.dense,
            steps=chain.steps,
            first=chain.first,
        )


def load_chain(path: Path) -> Chain:
    """Read what `save_chain` wrote."""
    import numpy as np

    with np.load(path) as data:
        sparse = data["sparse"].astype(np.float32) * data["scale"]
        return Chain(tuple(map(str, data["labels"])), sparse, data["dense"], data["steps"], data["first"])
