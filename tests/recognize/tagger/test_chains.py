"""The linear chains: against enumeration, against themselves, and on a task that needs them."""

import itertools
import random

import numpy as np
import pytest

from vivex.recognize.tagger import chains as neural_crf
from vivex.recognize.tagger.chains import FORBIDDEN, Chain, Passages


def _weights(rng, labels=2):
    steps = rng.normal(size=(labels, 3, 3)).astype(np.float32)
    first = rng.normal(size=(labels, 3)).astype(np.float32)
    steps[:, 0, 2], first[:, 2] = FORBIDDEN, FORBIDDEN
    return steps, first


def _paths(scores, steps, first):
    for path in itertools.product(range(3), repeat=len(scores)):
        total = first[path[0]] + sum(scores[t, s] for t, s in enumerate(path))
        yield path, total + sum(steps[a, b] for a, b in itertools.pairwise(path))


@pytest.mark.parametrize("seed", range(5))
def test_best_path_and_marginals_agree_with_enumeration(seed):
    rng = np.random.default_rng(seed)
    steps, first = _weights(rng)
    sizes = [1, 5, 3]
    scores = rng.normal(size=(9, 2, 3)).astype(np.float32)
    tags = neural_crf.best_paths(scores, steps, first, [0, 1, 6])
    sure = neural_crf.certainties(scores, steps, first, sizes, tags)
    for (start, end), label in itertools.product(((0, 1), (1, 6), (6, 9)), range(2)):
        every = list(
            _paths(scores[start:end, label].astype(float), steps[label].astype(float), first[label].astype(float))
        )
        assert tuple(tags[start:end, label]) == max(every, key=lambda p: p[1])[0]
        weight = np.exp([total for _, total in every])
        expected = np.zeros((end - start, 3))
        for (path, _), w in zip(every, weight / weight.sum()):
            expected[np.arange(end - start), list(path)] += w
        chosen = tags[start:end, label]
        told = expected[np.arange(end - start), chosen] if (chosen == 1).any() else np.zeros(end - start)
        np.testing.assert_allclose(sure[start:end, label], told, atol=1e-4)


def _toy(seed, count=40):
    """Make chains in which "2 3" after "1" is a span, and "3" alone never is."""
    rng = random.Random(seed)
    columns, tags, sizes = [], [], []
    for _ in range(count):
        words = []
        while len(words) < 12:
            words += rng.choice(([1, 2, 3], [4], [3], [5, 2]))
        mark = [0] * len(words)
        for i in range(1, len(words) - 1):
            if words[i - 1 : i + 2] == [1, 2, 3]:
                mark[i], mark[i + 1] = 1, 2
        before = [0, *words[:-1]]
        columns += [[w, 10 + b] for w, b in zip(words, before)]
        tags += mark
        sizes.append(len(words))
    return Passages(np.array(columns, dtype=np.int32), None, np.array(tags, dtype=np.int8)[:, None], tuple(sizes))


def _errors(chain, made):
    breaks = np.concatenate([[0], np.cumsum(made.sizes)[:-1]])
    found = neural_crf.best_paths(neural_crf.unaries(chain, made.columns, None), chain.steps, chain.first, breaks)
    return int((found != made.tags).sum())


def test_fitting_learns_the_task_and_is_repeatable():
    train, test = _toy(1), _toy(2)
    chain = neural_crf.fit(train, ["gene"], width=32, prior=0.01, dense_prior=0.01, iterations=60)
    again = neural_crf.fit(train, ["gene"], width=32, prior=0.01, dense_prior=0.01, iterations=60)
    assert _errors(chain, test) == 0
    np.testing.assert_array_equal(chain.sparse, again.sparse)


def test_labels_that_were_not_reviewed_teach_nothing():
    train = _toy(1)
    both = np.concatenate([train.tags, np.full_like(train.tags, -1)], 1)
    chain = neural_crf.fit(Passages(train.columns, None, both, train.sizes), ["gene", "cell"], width=32, iterations=20)
    assert np.abs(chain.sparse[:, 1]).max() == 0
    assert np.abs(chain.sparse[:, 0]).max() > 0


def test_a_strong_prior_keeps_the_start():
    train = _toy(1)
    start = neural_crf.fit(train, ["gene"], width=32, prior=0.1, dense_prior=0.1, iterations=40)
    turned = Passages(train.columns, None, np.zeros_like(train.tags), train.sizes)
    near = neural_crf.fit(turned, ["gene"], width=32, start=start, prior=1e6, dense_prior=1e6)
    far = neural_crf.fit(turned, ["gene"], width=32, start=start, prior=0.1, dense_prior=0.1)
    assert np.abs(near.sparse - start.sparse).max() < 1e-2
    assert _errors(near, train) == 0
    assert _errors(far, train) > 0


def test_the_gradient_is_that_of_the_objective(monkeypatch):
    made = _toy(3, count=4)
    inputs = np.random.default_rng(0).normal(size=(len(made.columns), 2)).astype(np.float32)
    caught = {}

    def minimize(objective, origin, **_):
        caught["objective"], caught["origin"] = objective, origin
        raise StopIteration

    monkeypatch.setattr("scipy.optimize.minimize", minimize)
    with pytest.raises(StopIteration):
        neural_crf.fit(Passages(made.columns, inputs, made.tags, made.sizes), ["gene"], width=32)
    point = np.random.default_rng(1).normal(size=len(caught["origin"]))
    _, gradient = caught["objective"](point)
    for i in range(0, len(point), 3):
        step = np.zeros(len(point))
        step[i] = 1e-2
        rise = (caught["objective"](point + step)[0] - caught["objective"](point - step)[0]) / 2e-2
        assert rise == pytest.approx(gradient[i], abs=5e-3, rel=2e-2)


def test_written_chains_read_back_within_a_step_of_rounding(tmp_path):
    rng = np.random.default_rng(0)
    steps, first = _weights(rng)
    chain = Chain(
        ("gene", "cell"), rng.normal(size=(50, 2, 2)).astype(np.float32), np.zeros((0, 2, 2), np.float32), steps, first
    )
    neural_crf.save_chain(chain, tmp_path / "chain.npz")
    back = neural_crf.load_chain(tmp_path / "chain.npz")
    assert back.labels == chain.labels
    assert np.abs(back.sparse - chain.sparse).max() <= np.abs(chain.sparse).max() / 127


def test_scores_are_rounded_before_anything_is_decided():
    rng = np.random.default_rng(0)
    chain = neural_crf.Chain(
        ("gene", "dose"), rng.normal(size=(9, 2, 2)).astype(np.float32), rng.normal(size=(4, 2, 2)).astype(np.float32),
        np.zeros((2, 3, 3), np.float32), np.zeros((2, 3), np.float32),
    )  # fmt: skip
    columns, inputs = rng.integers(0, 9, size=(30, 5)), rng.normal(size=(30, 4)).astype(np.float32)
    scores = neural_crf.unaries(chain, columns, inputs)
    assert scores.dtype == np.float64
    np.testing.assert_array_equal(scores / neural_crf.STEP, np.rint(scores / neural_crf.STEP))
    shaken = neural_crf.unaries(chain, columns, inputs + np.float32(1e-7))
    assert (shaken != scores).mean() < 0.01


def test_of_equal_paths_the_one_with_lower_states_is_taken():
    steps, first = np.zeros((1, 3, 3), dtype=np.float32), np.zeros((1, 3), dtype=np.float32)
    assert neural_crf.best_paths(np.zeros((4, 1, 3)), steps, first, [0]).ravel().tolist() == [0, 0, 0, 0]
