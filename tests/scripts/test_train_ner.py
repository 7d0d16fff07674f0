"""What training decides beside the weights: folds, choices, and how the encoder is mixed in."""

from __future__ import annotations

import json
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import yaml

from train_ner.corpora import CONFIG, TRAINED, Example
from train_ner.encoder import layer_of
from train_ner.onward import fitted, put_together, read_in, spread
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
    folds = (ALWAYS, 0, 1, OWN, OWN)
    gold = Gold(("a", "b", "c", "d", "e"), (), (), folds, (), ())
    assert gold.judged() == [1, 2]
    assert (gold.new_without(0, own=2), gold.new_without(None, own=1)) == ([2, 3, 4], [1, 2, 3])
    assert gold.new_without(0, own=0) == [2]


GO = {"own_above": 0.5, "read_before": 0.5, "dealt": False, "epochs": 2, "seed": 1}
FOLDS = [ALWAYS] * 40 + [0, 1] + [OWN] * 60
ITEMS = [{"example": i} for i in range(len(FOLDS))]


def test_a_go_reads_its_own_passages_wholly_a_share_of_those_above_and_none_below():
    first, second = ([item["example"] for item in read] for read in read_in(GO | {"own": [40, 50]}, ITEMS, FOLDS, 1))
    assert first == second
    assert 10 < sum(i < 40 for i in first) < 30
    assert 40 in first
    assert 41 not in first
    assert 10 < sum(42 <= i < 82 for i in first) < 30
    assert [i for i in first if i >= 82] == list(range(82, 92))
    (all_folds, _) = read_in(GO | {"own": [40, 50]}, ITEMS, FOLDS, None)
    assert {"example": 41} in all_folds


def test_what_is_dealt_is_read_in_one_epoch():
    same, _ = read_in(GO | {"own": [40, 50]}, ITEMS, FOLDS, None)
    first, second = read_in(GO | {"own": [40, 50], "dealt": True}, ITEMS, FOLDS, None)
    one, other = ({item["example"] for item in read} for read in (first, second))
    assert one & other == {40, 41, *range(82, 92)}
    assert one | other == {item["example"] for item in same}
    assert abs(len(first) - len(second)) <= 1


def test_the_shipped_goes_read_each_of_our_own_passages_wholly_in_turn():
    goes = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["onward"]["goes"]
    count = len(OWN_FILE.read_text(encoding="utf-8").splitlines())
    ends = [go["own"] for go in goes]
    assert [first for first, _ in ends] == [0, *(last for _, last in ends[:-1])]
    assert ends[-1][1] == count


def test_a_chain_learns_from_as_many_of_our_own_passages_as_its_label_has(tmp_path, monkeypatch):
    count = len(TRAINED)
    empty = np.zeros((0, count, 2), dtype=np.float32)
    begun = Chain(TRAINED, np.zeros((3, count, 2), np.float32), empty, np.zeros((count, 3, 3)), np.zeros((count, 3)))
    monkeypatch.setattr("train_ner.onward.pack", lambda gold, chosen: len(chosen))
    monkeypatch.setattr(
        "train_ner.onward.neural_crf.fit",
        lambda read, labels, *, start, **settings: replace(start, first=np.full((count, 3), float(read))),
    )
    settings = {"prior": 1, "dense_prior": 1, "iterations": 1, "least": 1, "own": {"cell": 3, "agent": 1}}
    gold = Gold((), (), (), (ALWAYS, 0, 1, OWN, OWN, OWN), (), ())
    made = fitted({"onward": settings}, gold, SimpleNamespace(chain=begun), tmp_path, 0)
    learnt = dict(zip(TRAINED, made.first[:, 0], strict=True))
    assert (learnt["cell"], learnt["agent"], learnt["gene"]) == (4, 2, 1)


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
