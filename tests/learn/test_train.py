"""What is held out, what is learnt, and what is promoted."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from vivex.annotation import JUDGEMENTS, SYRCLE_ITEMS, Annotation
from vivex.codebook import template
from vivex.learn import train as training
from vivex.learn.evaluate import evaluate, metrics, notes, write
from vivex.learn.gold import settled
from vivex.learn.ordering import doubt, order
from vivex.learn.scores import Comparison
from vivex.learn.split import held_out
from vivex.learn.train import Settings, decide, train, verdict
from vivex.people.importing import take_in
from vivex.people.store import Session, studies

LABELS = frozenset(f"syrcle.{i}" for i in SYRCLE_ITEMS)


def truth(study, item):
    """Return a study's true judgement of an item."""
    return JUDGEMENTS[sum(map(ord, study + item)) % 3]


def say(review, study, who="mk", blind=True, wrong=False):
    """Let a reviewer judge all ten items."""
    made = []
    for item in SYRCLE_ITEMS:
        word = truth(study, item)
        word = JUDGEMENTS[(JUDGEMENTS.index(word) + 1) % 3] if wrong else word
        made.append(
            Annotation(study, f"syrcle.{item}", {"judgement": word}, (), f"reviewer:{who}", None, decision="added")
        )
    take_in(review, who, made, Session("w.xlsx", "", blind))


class Answers:
    """Answer as told, or "unclear" throughout as the base does."""

    def __init__(self, told=None):
        self.told = told

    def __call__(self, document, *, known=()):
        words = self.told or {}
        return [
            Annotation(
                document.study,
                f"syrcle.{i}",
                {"judgement": words.get(f"{document.study} {i}", "unclear")},
                (),
                "model:test@1",
            )
            for i in SYRCLE_ITEMS
        ]


@pytest.fixture
def models(monkeypatch):
    """Stand in for recogniser and assessor: the model is a file of answers."""

    def load(group, name):
        def make(*, params, models, codebook):
            path = models / "rob" / "answers.txt"
            if name == "entities":
                return lambda document: []
            return Answers(json.loads(path.read_text(encoding="utf-8")) if path.exists() else None)

        return make

    monkeypatch.setattr("vivex.arrows.load", load)
    monkeypatch.setattr(training, "locate", lambda models, part: models)
    monkeypatch.setattr(training, "_conventions", lambda part, studies, codebook: [])

    def adapt(pairs, *, base, out, params, seed):
        """Learn every study by heart that the teacher, who never errs, would judge like the pairs; poison teaches its
        error.
        """
        poison = any(a.value["judgement"] != truth(d.study, a.label.partition(".")[2]) for d, of in pairs for a in of)
        answers = {
            f"{study} {i}": JUDGEMENTS[(JUDGEMENTS.index(truth(study, i)) + poison) % 3]
            for study in (f"s{n}" for n in range(60))
            for i in SYRCLE_ITEMS
        }
        (out / "answers.txt").write_text(json.dumps(answers), encoding="utf-8")

    return adapt


def made(review, count, **how):
    """Return settled studies s0 ... in the review."""
    from small_review import write_study

    for n in range(count):
        write_study(review, f"s{n}")
        say(review, f"s{n}", **how)
    return settled(review, "rob")[0]


def decided(review, found, tmp_path, adapt):
    """Decide on the settled studies."""
    return decide(
        "rob", found, Settings(resamples=200), {}, base=review.models, codebook=template("invivo"), work=tmp_path / "w",
        candidate=tmp_path / "w" / "adapted" / "rob", adapt=adapt,
    )  # fmt: skip


def test_about_a_quarter_is_held_out():
    assert 200 < sum(held_out(f"study {n}") for n in range(1000)) < 300


def test_a_model_that_learnt_is_promoted_and_a_poisoned_one_is_not(review, tmp_path, models):
    good = decided(review, made(review, 40), tmp_path / "good", models)
    assert good.promoted
    assert not set(good.trained_on) & set(good.held_out)
    assert good.comparisons[0].adapted == pytest.approx(1.0)
    assert good.curve[0][0] == 0
    poisoned = [
        s
        if held_out(s.study)
        else replace(
            s,
            annotations=tuple(
                replace(a, value={"judgement": "high" if a.value["judgement"] != "high" else "low"})
                for a in s.annotations
            ),
        )
        for s in settled(review, "rob")[0]
    ]
    bad = decided(review, poisoned, tmp_path / "bad", models)
    assert not bad.promoted
    assert "the base model stays" in bad.reason


def test_too_few_studies_keep_the_base_and_say_so(review, monkeypatch):
    say(review, "ames-2019")
    for part in ("rob", "ner"):
        decision = train(review, part, Settings(), {})
        assert not decision.promoted
        assert "too few settled studies" in decision.reason
        kept = json.loads((review.models / part / "promoted.json").read_text(encoding="utf-8"))
        assert kept["promoted"] is False


def test_what_is_in_conflict_or_from_a_machine_teaches_nothing(review):
    assert settled(review, "rob") == ([], [])
    say(review, "ames-2019", "mk")
    say(review, "ames-2019", "th", wrong=True)
    found, said = settled(review, "rob")
    assert found == []
    assert "10 items are in conflict" in said[0]


def test_a_promoted_model_is_installed_whole(review, models, monkeypatch, tmp_path):
    made(review, 40)
    monkeypatch.setattr(training, "adaptation", lambda part: models)
    (review.models / "rob").mkdir(parents=True)
    (review.models / "rob" / "stale.bin").write_bytes(b"old")
    decision = train(review, "rob", Settings(resamples=100), {})
    assert decision.promoted
    assert sorted(p.name for p in (review.models / "rob").iterdir()) == ["answers.txt", "promoted.json"]
    report = (review.models / "rob" / "promoted.json").read_text(encoding="utf-8")
    assert str(tmp_path) not in report
    assert train(review, "rob", Settings(resamples=100), {}) == decision


@pytest.mark.parametrize(
    ("gap", "ci", "guard", "promoted"),
    [
        (0.05, (0.01, 0.1), (-0.1, 0.1), True),
        (0.0, (-0.1, 0.1), (-0.1, 0.1), False),
        (0.0, (-0.1, 0.1), (-0.1, 0.3), True),
        (-0.01, (-0.1, 0.1), (-0.1, 0.1), False),
        (-0.2, (-0.3, -0.1), (-0.1, 0.1), False),
        (0.05, (0.01, 0.1), (-0.3, -0.1), False),
        (float("nan"), (float("nan"), float("nan")), (-0.1, 0.1), False),
    ],
)
def test_the_verdict(gap, ci, guard, promoted):
    lead = Comparison("syrcle_kappa", 0.5, 0.5 + gap, gap, ci, 20)
    other = Comparison("reporting_kappa", 0.5, 0.5, sum(guard) / 2, guard, 20)
    assert verdict("rob", [lead, other])[0] is promoted


def test_evaluation_counts_held_out_settled_studies_only(review):
    made(review, 30, blind=False)
    found = evaluate(review, share=0.25, resamples=100)
    assert found.studies == tuple(s for s in studies(review) if held_out(s))
    numbers = metrics(found)
    assert numbers["scores"]["syrcle"]["percent"] == pytest.approx(1 / 3, abs=0.15)
    assert "decided with the proposal in sight" in notes(found)[0]
    out = review.outputs / "evaluation"
    write(found, out=out, metrics_path=review.outputs / "evaluation.json")
    files = {p: p.read_bytes() for p in out.iterdir()}
    write(evaluate(review, share=0.25, resamples=100), out=out, metrics_path=review.outputs / "evaluation.json")
    assert {p: p.read_bytes() for p in out.iterdir()} == files


def test_studies_the_model_learnt_from_are_not_scored_on(review):
    made(review, 30)
    (review.models / "rob").mkdir(parents=True)
    everything = {"promoted": True, "trained_on": [f"s{n}" for n in range(30)]}
    (review.models / "rob" / "promoted.json").write_text(json.dumps(everything), encoding="utf-8")
    assert evaluate(review, share=0.25, resamples=100).studies == ()


def test_a_cold_start_gives_valid_empty_metrics(review):
    numbers = metrics(evaluate(review, share=0.25))
    assert numbers["scores"] == {}
    assert "nothing to score" in numbers["notes"][0]
    json.dumps(numbers, allow_nan=False)


def test_the_most_uncertain_study_comes_first(review):
    from vivex.annotation import read_annotations, write_annotations

    path = review.outputs / "judgements" / "dale-2022.jsonl"
    even = {"judgement": "unclear", "probability": dict.fromkeys(JUDGEMENTS, 1 / 3)}
    write_annotations([replace(a, value=even) if a.label in LABELS else a for a in read_annotations(path)], path)
    found = order(review)
    assert found[0].study == "dale-2022"
    say(review, "dale-2022")
    assert [c.study for c in order(review)] == ["ames-2019", "bell-2020", "cole-2021"]
    assert doubt(Annotation("s", "form.dose", "x", confidence=0.0)) == 0
    assert doubt(Annotation("s", "form.dose", "x", confidence=0.5)) == pytest.approx(1)


def fill_in(review, study, *, wrong=False):
    """Let a reviewer settle three fields: of the first the rankers are shy, with the last they are too bold."""
    intervention, sex = ("infarct volume", "female") if wrong else ("miR-21-5p agomir", "male")
    rejected = "male" if wrong else "3"
    given = [("intervention", intervention, "added"), ("sex", sex, "added")]
    given += [("sex", rejected, "rejected")] if wrong else [("n_per_group", rejected, "rejected")]
    made = [Annotation(study, f"form.{f}", value, (), "reviewer:mk", None, decision=d) for f, value, d in given]
    take_in(review, "mk", made, Session("w.xlsx", "", False))


@pytest.mark.parametrize("poisoned", [False, True])
def test_corrected_forms_teach_the_rankers_and_a_poisoned_batch_does_not(review, monkeypatch, poisoned):
    from small_review import write_study

    monkeypatch.setattr(training, "reader", lambda review, models, params, *, chosen=False: lambda document: [])
    for n in range(32):
        write_study(review, f"s{n}")
        fill_in(review, f"s{n}", wrong=poisoned and not held_out(f"s{n}"))
    decision = train(review, "fields", Settings(resamples=100), {})
    assert decision.promoted is not poisoned, decision.words
    assert "values of forms in" in decision.words
    assert "nan" not in decision.words
    assert (review.models / "fields" / "own.npz").exists() is not poisoned
    if not poisoned:
        from vivex.extract.propose import propose
        from vivex.models import locate
        from vivex.people.machine import document

        filled = propose(document(review, "s1"), [], template("invivo"), models=locate(review.models, "fields")).values
        assert "n_per_group" not in {a.label.removeprefix("form.") for a in filled}
        assert "form.intervention" in {a.label for a in filled}
