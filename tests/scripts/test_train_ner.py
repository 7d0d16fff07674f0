"""What training decides beside the weights: folds, choices, and how the encoder is mixed in."""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
import yaml

from train_ner.corpora import CONFIG, TRAINED, rows_of
from train_ner.encoder import layer_of
from train_ner.onward import fitted, put_together, read_in
from train_ner.passages import (
    ALWAYS,
    ASIDE_FILE,
    MARKED_FILE,
    OWN,
    OWN_FILE,
    TAUGHT,
    Gold,
    fold_by_hash,
    fold_numbers,
    marked,
    set_aside,
)
from train_ner.train import best_choices, mixed, unread
from vivex.recognize.tagger.chains import STEP, Chain, unaries
from vivex.recognize.tagger.encoding import inputs_of


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
    rows = rows_of(OWN_FILE)
    assert len({row["pid"] for row in rows}) == len(rows) > 500
    for row in rows:
        assert row["pid"] == row["study_id"]
        assert row["section"]
        for start, end, label in row["spans"]:
            marked = row["text"][start:end]
            assert label.lower() in TRAINED
            assert marked == marked.strip()
            assert marked[-1] not in ",;:"


def test_marked_passages_lie_in_papers_that_nothing_is_judged_on(shared):
    rows = marked(shared)
    assert len({row["pid"] for row in rows}) == len(rows) > 2000
    annotated = {row["study_id"] for row in rows_of(shared / "gold" / ASIDE_FILE)}
    assert not annotated & {row["study_id"] for row in rows}
    for row in rows:
        ends = [end for _, end, _ in row["spans"]]
        assert max(ends) <= len(row["text"])
        for start, end, label in row["spans"]:
            assert label.lower() in TRAINED
            assert row["text"][start:end].strip() == row["text"][start:end] != ""


def test_a_passage_whose_text_has_changed_is_refused(tmp_path, monkeypatch):
    line = {"pid": "p", "study_id": "10-1-x", "paragraph": 0, "place": [5, 9], "spans": [[0, 4, "SPECIES"]]}
    listed, folder = tmp_path / "marked.jsonl", tmp_path / "corpora" / "invivo_fulltext"
    folder.mkdir(parents=True)
    with gzip.open(folder / "invivo_fulltext.jsonl.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"doi": "10.1/X", "sections": [["Methods", "Male mice swam."]]}) + "\n")
    monkeypatch.setattr("train_ner.passages.MARKED_FILE", listed)
    listed.write_text(json.dumps(line | {"crc": zlib.crc32(b"mice")}) + "\n", encoding="utf-8")
    (row,) = marked(tmp_path)
    assert (row["text"], row["section"]) == ("mice", "Methods")
    listed.write_text(json.dumps(line | {"crc": 1}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match="p isn't the text that was marked"):
        marked(tmp_path)


def test_one_in_three_marked_papers_is_judged_whatever_else_is_marked():
    folds = [fold_by_hash(f"paper {i}", 3) for i in range(900)]
    assert set(folds) == {0, 1, 2, TAUGHT}
    assert all(70 < folds.count(fold) < 130 for fold in range(3))


FOLDS = (ALWAYS,) * 40 + (0, 1) + (OWN,) * 60 + (TAUGHT,) * 10 + (0,)
FILES = ("passages.jsonl",) * 40 + ("passages-2.jsonl",) * 2 + (OWN_FILE.name,) * 60 + (MARKED_FILE.name,) * 11
GOLD = Gold(tuple(map(str, range(113))), (), (), FOLDS, FILES, ())
ITEMS = [{"example": i} for i in range(len(FOLDS))]
GO = {"marked": [4, 8], "above": 0.5, "own": 0.5, "read_before": 0.5, "epochs": 2, "seed": 1}


def test_our_own_and_most_marked_passages_are_in_every_training_and_never_judged():
    assert GOLD.judged() == [40, 41, 112]
    assert GOLD.new_without(0) == ([41, *range(102, 112)], list(range(42, 102)))
    assert GOLD.new_without(1) == ([40, *range(102, 113)], list(range(42, 102)))


def test_a_go_reads_annotated_and_its_marked_passages_in_each_epoch_and_deals_out_shares_of_the_others():
    first, second = ([item["example"] for item in read] for read in read_in(GO, ITEMS, GOLD, 0))
    assert set(first) & set(second) == {41, 106, 107, 108, 109}
    dealt = set(first) ^ set(second)
    assert 10 < len([i for i in dealt if i < 40]) < 30
    assert 20 < len([i for i in dealt if 42 <= i < 102]) < 40
    assert [i for i in dealt if i >= 102 and i not in (102, 103, 104, 105)] == []
    assert abs(len(first) - len(second)) <= 1


def test_what_is_left_out_is_never_read():
    for fold in (0, 1):
        left_out = {i for i, f in enumerate(FOLDS) if f == fold}
        assert not left_out & {item["example"] for read in read_in(GO, ITEMS, GOLD, fold) for item in read}


def test_the_last_go_reaches_the_last_marked_passage():
    goes = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["onward"]["goes"]
    assert goes[-1]["marked"][1] == len(rows_of(MARKED_FILE))


def test_chains_of_some_labels_learn_from_our_own_passages_too(monkeypatch):
    count = len(TRAINED)
    empty = np.zeros((0, count, 2), dtype=np.float32)
    begun = Chain(TRAINED, np.zeros((3, count, 2), np.float32), empty, np.zeros((count, 3, 3)), np.zeros((count, 3)))
    monkeypatch.setattr("train_ner.onward.pack", lambda gold, chosen: len(chosen))
    monkeypatch.setattr(
        "train_ner.onward.neural_crf.fit",
        lambda read, labels, *, start, **settings: replace(start, first=np.full((count, 3), float(read))),
    )
    settings = {"prior": 1, "dense_prior": 1, "iterations": 1, "least": 1, "own": ["cell"], "left_out": 0}
    made = fitted({"onward": settings}, GOLD, SimpleNamespace(chain=begun))
    learnt = dict(zip(TRAINED, made.first[:, 0], strict=True))
    assert (learnt["cell"], learnt["gene"]) == (71, 11)


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
