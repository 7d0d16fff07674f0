"""Published worked examples, and the public two-team data."""

from __future__ import annotations

import csv
import json

import pytest

from vivex.agreement import cohen_kappa, fleiss_kappa, gwet_ac1, gwet_ac2, krippendorff_alpha, pabak, percent

COHEN = [[88, 14, 18], [10, 40, 10], [2, 6, 12]]


def ratings(table):
    """Return the two raters' ratings that give the confusion table."""
    cells = [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]
    return [i for i, _ in cells], [j for _, j in cells]


def test_cohen_1960():
    a, b = ratings(COHEN)
    kappa = cohen_kappa(a, b)
    assert kappa.value == pytest.approx(0.49153, abs=5e-5)
    assert kappa.se == pytest.approx(0.0510, abs=5e-5)
    assert kappa.ci == pytest.approx((0.3916, 0.5915), abs=5e-5)
    assert (kappa.n, kappa.raters) == (200, 2)
    assert cohen_kappa(a, b, "linear").value == pytest.approx(0.47368, abs=5e-5)
    assert cohen_kappa(a, b, "quadratic").value == pytest.approx(0.45455, abs=5e-5)
    assert gwet_ac1([a, b]).value == pytest.approx(0.57597, abs=5e-5)
    assert pabak([a, b]).value == pytest.approx(0.55, abs=5e-5)


def test_own_weights_are_disagreements():
    a, b = ratings(COHEN)
    assert cohen_kappa(a, b, [[0, 1, 3], [1, 0, 6], [3, 6, 0]]).value == pytest.approx(0.34783, abs=5e-5)
    with pytest.raises(ValueError, match="zeros on the diagonal"):
        cohen_kappa(a, b, [[1, 0, 0], [0, 1, 0], [0, 0, 1]])


@pytest.mark.parametrize(
    ("table", "kappa"),
    [
        ([[20, 5], [10, 15]], 0.4),
        ([[45, 15], [25, 15]], 0.13043),
        ([[25, 35], [5, 35]], 0.25926),
        ([[75, 1, 4], [5, 4, 1], [0, 0, 10]], 0.67647),
        ([[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]], 0.12933),
        ([[24, 8, 13], [8, 13, 11], [10, 9, 64]], 0.38884),
    ],
)
def test_textbook_kappas(table, kappa):
    assert cohen_kappa(*ratings(table)).value == pytest.approx(kappa, abs=5e-5)


@pytest.mark.parametrize(
    ("table", "observed", "kappa", "ac1", "adjusted"),
    [
        ([[40, 9], [6, 45]], 0.85, 0.69952, 0.70075, 0.70),  # Feinstein and Cicchetti 1990: as much agreement,
        ([[80, 10], [5, 5]], 0.85, 0.31818, 0.80800, 0.70),  # another prevalence
        ([[118, 5], [2, 0]], 0.944, -0.02339, 0.94078, 0.8880),  # Gwet 2002
    ],
)
def test_prevalence_moves_kappa_and_not_the_others(table, observed, kappa, ac1, adjusted):
    a, b = ratings(table)
    assert percent([a, b]).value == pytest.approx(observed, abs=5e-5)
    assert cohen_kappa(a, b).value == pytest.approx(kappa, abs=5e-5)
    assert gwet_ac1([a, b]).value == pytest.approx(ac1, abs=5e-5)
    assert pabak([a, b]).value == pytest.approx(adjusted, abs=5e-5)


@pytest.mark.shared
def test_every_shared_example(shared):
    data = json.loads((shared / "bench" / "agreement_examples.json").read_text(encoding="utf-8"))
    for example in data["two_raters"]:
        a, b = ratings(example["table"])
        measured = {
            "po": percent([a, b]).value,
            "kappa": cohen_kappa(a, b).value,
            "kappa_se": cohen_kappa(a, b).se,
            "kappa_ci95": cohen_kappa(a, b).ci,
            "kappa_linear": cohen_kappa(a, b, "linear").value,
            "kappa_quadratic": cohen_kappa(a, b, "quadratic").value,
            "kappa_weighted": cohen_kappa(a, b, [[0, 1, 3], [1, 0, 6], [3, 6, 0]]).value if len(set(a)) == 3 else None,
            "ac1": gwet_ac1([a, b]).value,
            "pabak": pabak([a, b]).value,
        }
        for key in set(example) - {"source", "table"}:
            assert measured[key] == pytest.approx(example[key], abs=5e-5), (example["source"], key)
    fleiss, gaps, ac2 = data["many_raters"]
    assert fleiss_kappa(fleiss["counts"]).value == pytest.approx(fleiss["fleiss_kappa"], abs=5e-5)
    four = gaps["ratings"]
    for level in ("nominal", "ordinal", "interval", "ratio"):
        assert krippendorff_alpha(four, level).value == pytest.approx(gaps[f"alpha_{level}"], abs=5e-5)
    ac1 = gwet_ac1(four)
    assert ac1.value == pytest.approx(gaps["ac1"], abs=5e-5)
    assert ac1.se == pytest.approx(gaps["ac1_se"], abs=5e-5)
    assert ac1.ci == pytest.approx(gaps["ac1_ci95"], abs=5e-5)
    counts = [[sum(row[i] == c for row in four) for c in range(1, 6)] for i in range(12)]
    assert fleiss_kappa(counts).value == pytest.approx(gaps["fleiss_kappa_with_missing"], abs=5e-5)
    assert pabak(four).value == pytest.approx(gaps["brennan_prediger"], abs=5e-5)
    for weights in ("quadratic", "linear", "ordinal"):
        assert gwet_ac2(four, weights).value == pytest.approx(ac2[f"ac2_{weights}"], abs=5e-5)


@pytest.mark.shared
def test_two_teams_on_the_same_stroke_studies(shared):
    with open(shared / "syrcle" / "syrcle_labels_long.csv", encoding="utf-8", newline="") as stream:
        rows = [r for r in csv.DictReader(stream) if r["source"].startswith("RIC_stroke")]
    teams = {"original": {}, "replication": {}}
    for row in rows:
        team = row["source"].removeprefix("RIC_stroke_")
        teams[team].setdefault((row["study_key"], row["item_no"]), {})[row["rater"]] = row["judgment"]
    order = ["low", "unclear", "high"]

    inside = sorted(k for k, raters in teams["replication"].items() if {"R1", "R2"} <= set(raters))
    one, two = ([teams["replication"][k][r] for k in inside] for r in ("R1", "R2"))
    within = cohen_kappa(one, two, categories=order, clusters=[study for study, _ in inside])
    assert within.value == pytest.approx(0.78, abs=0.005)

    # the third rater settled what the first two judged apart
    both = sorted(set(teams["original"]) & set(teams["replication"]))
    first = [teams["original"][k]["R0"] for k in both]
    second = [teams["replication"][k].get("R3", teams["replication"][k]["R1"]) for k in both]
    between = cohen_kappa(first, second, categories=order, clusters=[study for study, _ in both])
    assert between.value == pytest.approx(0.32, abs=0.005)
    assert between.clusters == 68
    assert between.ci[0] < 0.32 < between.ci[1]
    assert between.ci[1] < within.ci[0]
