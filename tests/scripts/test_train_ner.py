"""What training decides beside the weights: folds, choices, and how the encoder is mixed in."""

from __future__ import annotations

import json

import numpy as np

from train_ner.corpora import TRAINED, Example
from train_ner.encoder import layer_of
from train_ner.onward import put_together, spread
from train_ner.passages import ALWAYS, OWN, OWN_FILE, Gold, fold_numbers, set_aside
from train_ner.train import best_choices, mixed, unread
from vivex.recognize.tagger.chains import STEP, Chain, unaries
from vivex.recognize.tagger.encoding import inputs_of
from vivex.recognize.tagger.tokens import words_of


def test_a_mixed_chain_adds_weighted_log_odds_of_the_same_label():
    count = len(TRAINED)
    random = np.random.default_rng(0)
    chain = Chain(
        TRAINED,
        random.normal(size=(8, count, 2)).astype(np.float32),
        np.zeros((0, count, 2), dtype=np.float32),
        np.zeros((count, 3, 3), dtype=np.float32),
        np.zeros((count, 3), dtype=np.float32),
    )
    columns = np.array([[1, 2], [3, 0]])
    odds = random.normal(size=(2, count, 3)).astype(np.float32)
    weights = [0.1 * i for i in range(count)]
    alone = unaries(chain, columns, None)
    both = unaries(mixed(chain, weights), columns, inputs_of(odds))
    expected = alone[..., 1:] + np.array(weights)[None, :, None] * (odds[..., 1:] - odds[..., :1])
    np.testing.assert_allclose(both[..., 1:], expected, rtol=1e-4, atol=2 * STEP)
    np.testing.assert_allclose(both[..., 0], 0)


def test_of_equal_choices_the_one_nearest_nought_is_taken():
    tables = {(weight, lift): {label: [5, 10, 10] for label in TRAINED} for weight in (0.0, 0.5) for lift in (0.0, 1.0)}
    tables[0.5, 1.0]["gene"] = [6, 10, 10]
    chosen = best_choices(tables)
    assert chosen["gene"] == (0.5, 1.0)
    assert chosen["dose"] == (0.0, 0.0)
    assert best_choices(tables, {"gene": 0.4})["gene"] == (0.0, 0.0)


def test_a_study_lies_in_one_fold_and_folds_are_even():
    units = [f"study {i // 3}" for i in range(60)]
    folds = fold_numbers(units, 5)
    assert all(len({f for u, f in zip(units, folds) if u == unit}) == 1 for unit in units)
    assert sorted(folds.count(f) for f in range(5)) == [12] * 5
    assert fold_numbers(units[::-1], 5) == folds[::-1]


def test_words_that_the_encoder_does_not_read_get_the_lift_of_the_chains_alone():
    both = dict.fromkeys(TRAINED, (0.5, 1.0)) | {"gene": (0.0, 2.0)}
    words = dict.fromkeys(TRAINED, (0.0, 3.0)) | {"gene": (0.0, 2.0)}
    count = len(TRAINED)
    chain = Chain(
        TRAINED,
        np.zeros((8, count, 2), dtype=np.float32),
        np.zeros((0, count, 2), dtype=np.float32),
        np.zeros((count, 3, 3), dtype=np.float32),
        np.zeros((count, 3), dtype=np.float32),
    )
    joined = mixed(chain, [both[label][0] for label in TRAINED])
    scores = unaries(joined, np.zeros((1, 1), dtype=int), np.array([unread(both, words)], dtype=np.float32))
    lifted = scores[0, :, 1] + [both[label][1] for label in TRAINED]
    np.testing.assert_allclose(lifted, [words[label][1] for label in TRAINED], atol=STEP)
    np.testing.assert_allclose(scores[0, :, 2], 0)


def test_a_fifth_of_the_papers_is_set_aside():
    papers = [f"paper {i}" for i in range(2000)]
    assert 350 < sum(map(set_aside, papers)) < 450


def test_our_own_passages_are_marked_as_the_guidelines_ask():
    rows = [json.loads(line) for line in OWN_FILE.read_text(encoding="utf-8").splitlines()]
    assert len({row["pid"] for row in rows}) == len(rows) > 500
    for row in rows:
        assert row["pid"] == row["study_id"]
        assert row["section"]
        for start, end, label in row["spans"]:
            marked = row["text"][start:end]
            assert label.lower() in TRAINED
            assert marked == marked.strip()
            assert marked[-1] not in ",;:"


def test_our_own_passages_are_in_every_training_and_never_judged():
    folds = (ALWAYS, 0, 1, OWN)
    gold = Gold(("a", "b", "c", "d"), (), (), folds, (), ())
    assert gold.judged() == [1, 2]
    assert (gold.new_without(0), gold.new_without(None)) == ([2, 3], [1, 2, 3])
    assert gold.new_without(0, own=False) == [2]


def test_what_was_said_of_folds_lies_by_passage():
    words = [words_of("one two three"), words_of("four"), words_of("five six"), words_of("seven")]
    examples = tuple(Example(w, {}, "gold", "study") for w in words)
    gold = Gold(("a", "b", "c", "d"), examples, (), (0, ALWAYS, 1, 0), (), ())
    said = spread({0: np.arange(4), 1: np.arange(10, 12)}, gold)
    assert [None if some is None else some.tolist() for some in said] == [[0, 1, 2], None, [10, 11], [3]]


def test_chains_are_put_together_label_by_label():
    count = len(TRAINED)
    one, other = (
        Chain(
            TRAINED,
            np.full((3, count, 2), fill, dtype=np.float32),
            np.zeros((0, count, 2), dtype=np.float32),
            np.full((count, 3, 3), fill),
            np.full((count, 3), fill),
        )
        for fill in (1.0, 2.0)
    )
    both = put_together(one, other, ["schedule"])
    at = TRAINED.index("schedule")
    for part, axis in ((both.sparse, 1), (both.steps, 0), (both.first, 0)):
        by_label = np.moveaxis(part, axis, 0)
        assert (by_label[at] == 2).all()
        assert (np.delete(by_label, at, 0) == 1).all()


def test_a_parameter_belongs_to_its_layer_and_the_embeddings_lie_below_the_first():
    assert layer_of("encoder.encoder.layer.3.attention.self.query.weight") == 3
    assert layer_of("encoder.embeddings.LayerNorm.weight") == -1
