"""What settled and rejected values teach the rankers."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from vivex.annotation import Annotation
from vivex.codebook import template
from vivex.document import Document
from vivex.extract.field_model import load
from vivex.extract.likeness import spelt
from vivex.extract.looking import Looked, Showing, in_order
from vivex.extract.own_fitting import Filling, Taught, adapt, fit_shift, lessons_of, taught
from vivex.extract.own_weights import read_shifts
from vivex.extract.reading import Candidate, read
from vivex.extract.value_features import Group
from vivex.models import shipped
from vivex.parse import parse_bytes

FIELD = "intervention"
FILLING = Filling(FIELD, load(shipped() / "fields"))


def showing(values: dict[str, float], seed: int = 0) -> Showing:
    """Return values with the probabilities that the shipped rankers give."""
    rng = np.random.default_rng(seed)
    groups = [
        Group(FIELD, value, (Candidate(FIELD, value, 0, 1, 0, "mention:agent", backed=True),), (1.0,))
        for value in values
    ]
    rows, words = (rng.normal(size=(len(values), k)).astype(np.float32) for k in (6, 48))
    return Showing(groups, rows, words, list(values.values()))


def study(number: int) -> Taught:
    """Return a study in which the rankers like an anaesthetic that people reject, and one agent of its own."""
    values = {"isoflurane": 0.7, f"agent {number}": 0.6, f"other {number}": 0.3}
    return taught(showing(values, number), [spelt(f"agent {number}")], [spelt("isoflurane")])


def test_what_is_rejected_again_and_again_falls() -> None:
    found = fit_shift([study(n) for n in range(8)], FILLING)
    assert found is not None
    shift, gain = found
    assert gain > 0
    before = {"isoflurane": 0.7, "curcumin": 0.6}
    after = dict(zip(before, shift(showing(before, 99)), strict=True))
    assert after["isoflurane"] < 0.3
    assert after["curcumin"] > after["isoflurane"]


def test_where_people_say_what_the_rankers_say_nothing_is_learnt() -> None:
    rng = np.random.default_rng(5)
    studies = []
    for number in range(12):
        values = {f"agent{number}x{k}": float(rng.choice([0.2, 0.5, 0.8])) for k in range(10)}
        right = [spelt(value) for value, p in values.items() if rng.random() < p]
        studies.append(taught(showing(values, number), right, []))
    assert fit_shift(studies, FILLING) is None


def test_too_little_teaches_nothing() -> None:
    assert fit_shift([study(n) for n in range(3)], FILLING) is None
    assert fit_shift([], FILLING) is None


def test_a_rejected_value_is_wrong_though_it_is_part_of_a_right_one() -> None:
    of = taught(showing({"saline": 0.5, "saline by gavage": 0.4}), [spelt("saline by gavage")], [spelt("saline")])
    assert of.right.tolist() == [0, 1]
    assert taught(showing({"saline": 0.5}), [spelt("saline by gavage")], []).right.tolist() == [1]


def said(study: str, label: str, value: str, decision: str) -> Annotation:
    """Return a reviewer's decision."""
    return Annotation(study, label, value, (), "reviewer:mk", None, decision=decision)


def test_a_field_teaches_where_all_that_ask_for_it_are_answered() -> None:
    book = template("invivo")
    annotations = [said("s", "form.dose", "5 mg/kg", "added"), said("s", "form.dose", "9 mg", "rejected")]
    assert lessons_of(annotations, book, ["form.dose"]) == [("dose", [spelt("5 mg/kg")], [spelt("9 mg")])]
    assert lessons_of(annotations, book, ["form.route"]) == [("route", [], [])]
    assert lessons_of(annotations, book, []) == []


def test_the_adapted_folder_is_a_model_of_its_own_and_the_same_each_time(tmp_path: Path) -> None:
    document = parse_bytes(b"Mice had isoflurane.", name="a.txt")
    pairs, looks = [], {}
    for number in range(8):
        name = f"s{number}"
        own = Document(name, document.text, document.blocks, document.sections)
        seen = showing({"isoflurane": 0.7, f"agent {number}": 0.6, f"other {number}": 0.3}, number)
        looks[name] = Looked(read(own, []), {FIELD: seen})
        label = f"form.{FIELD}"
        answers = [said(name, label, f"agent {number}", "accepted"), said(name, label, "isoflurane", "rejected")]
        pairs.append((own, answers))
    params = {
        "codebook": template("invivo"),
        "look": lambda document: looks[document.study],
        "reviewed": {name: [f"form.{FIELD}"] for name in looks},
    }
    base = shipped() / "fields"
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        assert adapt(pairs, base=base, out=tmp_path / name, params=params) == {"adapted": True, "fields": [FIELD]}
    assert all((tmp_path / "two" / f.name).read_bytes() == f.read_bytes() for f in (tmp_path / "one").iterdir())
    assert json.loads((tmp_path / "one" / "model.json").read_text(encoding="utf-8"))["adapted"]["gain"][FIELD] > 0
    model = load(tmp_path / "one")
    assert set(model.own) == {FIELD} == set(read_shifts(tmp_path / "one" / "own.npz"))
    looked = Looked(looks["s0"].reading, {FIELD: showing({"isoflurane": 0.7, "curcumin": 0.6}, 99)})
    assert in_order(looked, model)[FIELD][0][0].key == "curcumin"
    assert in_order(looked, load(base))[FIELD][0][0].key == "isoflurane"
    nothing = adapt(pairs[:2], base=base, out=tmp_path / "one", params=params)
    assert nothing["adapted"] is False
