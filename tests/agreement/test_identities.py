"""What must hold of every agreement coefficient."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.agreement import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    icc,
    krippendorff_alpha,
    pabak,
    percent,
    span_f1,
    value_f1,
    within,
)

CATEGORIES = ["low", "unclear", "high"]
FAST = {"resamples": 50}
words = st.sampled_from(CATEGORIES)
pair = st.lists(st.tuples(words, words), min_size=2, max_size=40)
table = st.integers(2, 5).flatmap(
    lambda raters: st.lists(st.lists(words | st.none(), min_size=raters, max_size=raters), min_size=2, max_size=25).map(
        lambda items: [list(row) for row in zip(*items, strict=True)]
    )
)
spans = st.dictionaries(
    st.sampled_from(["a", "b", "c"]),
    st.lists(
        st.tuples(st.integers(0, 20), st.integers(1, 6)).map(lambda s: (s[0], s[0] + s[1])), max_size=5, unique=True
    ),
)


def close(x, y):
    """Tell whether two values are the same, undefined ones too."""
    return (math.isnan(x) and math.isnan(y)) or x == pytest.approx(y, abs=1e-9)


@given(table)
def test_pabak_is_brennan_and_prediger(ratings):
    observed = percent(ratings, categories=CATEGORIES, **FAST).value
    assert close(pabak(ratings, categories=CATEGORIES, **FAST).value, (3 * observed - 1) / 2)


@given(table, st.permutations(CATEGORIES), st.randoms(use_true_random=False))
def test_order_of_raters_and_names_of_categories_change_nothing(ratings, renamed, random):
    names = dict(zip(CATEGORIES, renamed, strict=True)) | {None: None}
    other = [[names[v] for v in row] for row in ratings]
    random.shuffle(other)
    for coefficient in (percent, pabak, gwet_ac1, krippendorff_alpha):
        one = coefficient(ratings, categories=CATEGORIES, **FAST).value
        assert close(one, coefficient(other, categories=renamed, **FAST).value), coefficient.__name__


@given(pair)
def test_two_raters(judged):
    a, b = [x for x, _ in judged], [y for _, y in judged]
    kappa = cohen_kappa(a, b, categories=CATEGORIES, **FAST)
    assert close(kappa.value, cohen_kappa(b, a, categories=CATEGORIES, **FAST).value)
    n, size = len(a), 2 * len(a)
    shares = [(a.count(c) + b.count(c)) / size for c in CATEGORIES]
    expected = sum(s * s for s in shares)
    observed = sum(x == y for x, y in judged) / n
    if expected < 1:  # Scott's pi with the small-sample correction is alpha
        pi = (observed - expected) / (1 - expected)
        assert close(krippendorff_alpha([a, b], **FAST).value, pi + (1 - pi) / size)
        counts = [[(x == c) + (y == c) for c in CATEGORIES] for x, y in judged]
        assert close(fleiss_kappa(counts, **FAST).value, pi)


@given(st.lists(words, min_size=2, max_size=30))
def test_perfect_agreement_is_one_and_a_single_category_undefined(a):
    every = {
        "kappa": cohen_kappa(a, a, categories=CATEGORIES, **FAST),
        "linear": cohen_kappa(a, a, "linear", categories=CATEGORIES, **FAST),
        "alpha": krippendorff_alpha([a, a, a], **FAST),
        "ordinal": krippendorff_alpha([a, a], "ordinal", categories=CATEGORIES, **FAST),
        "fleiss": fleiss_kappa([[3 * (x == c) for c in CATEGORIES] for x in a], **FAST),
    }
    for name, result in every.items():
        if len(set(a)) == 1:
            assert math.isnan(result.value), name
            assert result.reason, name
        else:
            assert result.value == pytest.approx(1.0), name
    assert percent([a, a], **FAST).value == 1
    for result in (gwet_ac1([a, a], categories=CATEGORIES, **FAST), gwet_ac2([a, a], categories=CATEGORIES, **FAST)):
        assert result.value == pytest.approx(1.0)


@given(pair)
def test_ac2_with_unit_weights_is_ac1(judged):
    a, b = [x for x, _ in judged], [y for _, y in judged]
    unit = [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert close(
        gwet_ac2([a, b], unit, categories=CATEGORIES, **FAST).value,
        gwet_ac1([a, b], categories=CATEGORIES, **FAST).value,
    )


@given(spans, spans, st.sampled_from(["exact", "overlap", "token"]))
def test_span_f1_is_symmetric_and_looser_matches_score_no_less(a, b, match):
    texts = dict.fromkeys("abc", "one two three four five six seven eight nine")
    there, back = span_f1(a, b, match, texts=texts, **FAST), span_f1(b, a, match, texts=texts, **FAST)
    assert close(there.value, back.value)
    if there.defined and match == "overlap":
        assert there.value >= span_f1(a, b, "exact", **FAST).value - 1e-12
    if any(a.values()):
        assert span_f1(a, a, "exact", **FAST).value == 1


def test_nothing_marked_is_undefined_not_one():
    result = span_f1({"a": []}, {"a": []})
    assert math.isnan(result.value)
    assert result.reason == "no span on either side"
    assert value_f1({"a": {"rat"}}, {"a": set()}).value == 0


def test_missing_ratings_are_left_out_not_counted_as_a_category():
    one, other = ["low", None, "high", "low"], ["low", "high", None, "high"]
    assert cohen_kappa(one, other).n == 2
    assert percent([one, other]).value == 0.5
    assert krippendorff_alpha([[1, None], [None, 2]]).reason == "no item was rated by two raters"


def test_an_order_that_cannot_be_told_is_asked_for():
    with pytest.raises(ValueError, match="give them in order"):
        cohen_kappa(["low", "high"], ["low", "unclear"], "linear")


def test_clusters_widen_the_interval():
    a = [w for study in range(12) for w in [CATEGORIES[study % 3]] * 10]
    b = [w for study in range(12) for w in [CATEGORIES[(study + (study % 4 == 0)) % 3]] * 10]
    studies = [n // 10 for n in range(120)]
    alone, clustered = cohen_kappa(a, b), cohen_kappa(a, b, clusters=studies)
    assert alone.value == clustered.value
    assert clustered.clusters == 12
    assert clustered.ci[1] - clustered.ci[0] > 2 * (alone.ci[1] - alone.ci[0])


def test_icc_against_shrout_and_fleiss():
    four = [[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]]
    assert icc(four).value == pytest.approx(0.29, abs=0.005)
    assert icc([[1, 2, 3, None], [1, 2, 3, 9]]).value == pytest.approx(1.0)
    assert math.isnan(icc([[5, 5], [5, 5]]).value)


def test_numbers_within_a_tolerance():
    assert within([100, 200, 0], [104, 220, 0], 0.05, relative=True).value == pytest.approx(2 / 3)
    assert within([1, 2], [1, 3]).value == 0.5


def test_the_same_call_gives_the_same_interval():
    a, b = ["low", "high", "low", "unclear"] * 5, ["low", "high", "unclear", "unclear"] * 5
    studies = [i // 2 for i in range(20)]
    assert cohen_kappa(a, b, clusters=studies) == cohen_kappa(a, b, clusters=studies)
