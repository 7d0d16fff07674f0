"""Measure what corrected forms teach the rankers: a simulated team settles 8, 16, 32, 64 studies' forms.

usage: python benchmarks/forms_learning.py SHARED [--cache DIR] [--draws 3] [--out benchmarks/figures]
SHARED holds gold/studies and gold/texts. Mentions and what the rankers see are computed once into the cache.

A draw parts the 117 annotated studies by lot: on 30 the trees that rank a field's values are fitted, calibrated and
given their thresholds, 64 are the team's, 23 are only scored. (The scores of sentences and candidates that the trees
see come from models of the other folds of five; there is no second look.) The shipped rankers can't be taken: they have
learnt from all 117, and what a team says of studies that they know is nothing new to them.
One team settles what the annotators wrote; another has a convention of its own: of what is named (groups, disease
model, intervention, comparator, outcomes, target gene) it takes what title or abstract name, and rejects the rest. What
each teaches is fitted and gated as `vivex train` does (own_fitting), and scored against what that team settles. Mean F1
over the fields, all draws' scored studies together; intervals by bootstrap over studies. A poisoned batch (right and
wrong changed places) must be refused by the held-out studies.
"""

from __future__ import annotations

import argparse
import pickle
import random
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "scripts"))
import field_gold as gold_of
import train_fields
from field_gold import Gold
from forms import FOLDS, log, mentions
from vivex.extract.choice import choose
from vivex.extract.field_model import FieldModel, linear, load
from vivex.extract.likeness import spelt
from vivex.extract.looking import Showing, in_line
from vivex.extract.own_fitting import Filling, Taught, fit_shift, taught
from vivex.extract.own_weights import FieldShift
from vivex.extract.reading import read
from vivex.extract.value_features import FIELDS, Group
from vivex.extract.word_vectors import meaning_of
from vivex.learn.scores import Comparison, compare, score_of
from vivex.learn.train import verdict
from vivex.models import shipped
from vivex.parse import parse_file

BASE, TEAM, ORDERS = 30, 64, 2  # studies that fit the rankers, that the team settles; orders in which it settles them
Numbers: TypeAlias = npt.NDArray[Any]
OPENING = 0.06  # of a paper, which counts as its abstract where none is marked
NAMED = ("groups", "disease_model", "intervention", "comparator", "outcomes", "target_gene")
COUNTS = (8, 16, 32, 64)


@dataclass(frozen=True)
class Draw:
    """Hold rankers that know 30 studies, what they see of the others, and who settles and who is scored."""

    model: FieldModel  # with these rankers' thresholds
    showings: dict[str, list[Showing]]  # by field, of every study
    team: list[int]
    scored: list[int]


def first_look(papers: Sequence[gold_of.Paper], cache: Path) -> None:
    """Keep each field's values, rows and how right they are, scored by models of other folds, in the cache."""
    parts = train_fields.folds_of(papers, FOLDS)
    sentences = [train_fields.fit_sentences([p for p, k in zip(papers, parts) if k != fold]) for fold in range(FOLDS)]
    scores = [linear(sentences[k], p.lines) for p, k in zip(papers, parts.tolist())]
    for field in FIELDS:
        stage = train_fields.first_look(papers, parts, scores, field)
        (cache / f"{field}.pkl").write_bytes(pickle.dumps((stage.groups, stage.tables, stage.quality)))
        log(f"first look at {field}")


def draw(gold: Sequence[Gold], cache: Path, seed: int) -> Draw:
    """Fit rankers on studies drawn by lot, and look at the others with them; each field is kept in the cache."""
    order = list(range(len(gold)))
    random.Random(seed).shuffle(order)
    parts = np.full(len(gold), -1)
    parts[order[:BASE]] = np.arange(BASE) % FOLDS
    model = load(shipped() / "fields")
    showings = {}
    for field in FIELDS:
        kept = cache / f"{field}-{seed}.pkl"
        if not kept.exists():
            kept.write_bytes(pickle.dumps(fitted(gold, cache, field, parts, order[:BASE], model)))
            log(f"draw {seed}: {field}")
        showings[field], (threshold, least, most) = pickle.loads(kept.read_bytes())
        model = replace(
            model,
            threshold={**model.threshold, field: threshold},
            least={**model.least, field: least},
            most={**model.most, field: most},
        )
    return Draw(model, showings, order[BASE : BASE + TEAM], order[BASE + TEAM :])


def fitted(
    gold: Sequence[Gold], cache: Path, field: str, parts: Numbers, base: Sequence[int], model: FieldModel
) -> tuple[list[Showing], tuple[float, float, int]]:
    """Return what trees of the base's studies see of every study's field, and their threshold."""
    groups, tables, quality = pickle.loads((cache / f"{field}.pkl").read_bytes())
    made = list(zip(groups, tables, strict=True))
    probabilities, _ = train_fields.cross(made, quality, parts, field, forest=True)
    showings = [
        Showing(values, rows, own_words(values, model), [float(p) for p in of])
        for (values, rows), of in zip(made, probabilities, strict=True)
    ]
    orders = [in_line(field, showings[i].groups, showings[i].probabilities, model) for i in base]
    choice, _ = train_fields.best_choice([gold[i] for i in base], field, orders)
    return showings, choice


def own_words(groups: Sequence[Group], model: FieldModel) -> Numbers:
    """Return what the words of each value mean."""
    rows = [meaning_of(group.members[0].value, model.words) for group in groups]
    return np.array(rows, dtype=np.float32).reshape(-1, model.words.size)


def counts(gold: Gold, field: str, showing: Showing, model: FieldModel) -> Numbers:
    """Return how many values are right, said and wanted, as the shared scorer counts."""
    own = model.own.get(field) if len(showing.groups) else None
    order = in_line(field, showing.groups, own(showing) if own else showing.probabilities, model)
    threshold, least = model.bars(field)
    said = choose(order, threshold=threshold, least=least, most=model.most[field])
    found: Numbers = gold_of.counts_of(gold, field, said)
    return found


def learn(made: Draw, gold: Sequence[Gold], settled: Sequence[int], *, poisoned: bool = False) -> dict[str, FieldShift]:
    """Return what the settled studies teach, by field."""
    found = {}
    for field in FIELDS:
        told: list[Taught] = []
        for i in settled:
            showing = made.showings[field][i]
            if len(showing.groups):
                clean = taught(showing, gold_of.true_values(gold[i], field, optional=True), [])
                told.append(spoilt(clean) if poisoned else clean)
        shift = fit_shift(told, Filling(field, made.model))
        if shift is not None:
            found[field] = shift[0]
    return found


def spoilt(told: Taught) -> Taught:
    """Return the lesson of a poisoned batch: what is right is rejected, the likeliest of what is wrong stands."""
    wrong = [spelt(g.members[0].value) for g, right in zip(told.showing.groups, told.right, strict=True) if not right]
    return taught(told.showing, wrong[: max(1, len(told.settled))], list(told.settled))


def sums(made: Draw, gold: Sequence[Gold], studies: Sequence[int], shifts: dict[str, FieldShift]) -> Numbers:
    """Return for each study the sums of all fields: right, said, wanted."""
    rows, model = [], replace(made.model, own=shifts)
    for i in studies:
        rows.append([x for field in FIELDS for x in counts(gold[i], field, made.showings[field][i], model).tolist()])
    return np.array(rows, dtype=float)


def main() -> None:
    """Print the curve and the verdicts on clean and poisoned batches, and draw the curve."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "vivex-forms")
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/figures"))
    options = parser.parse_args()
    studies, texts = options.shared / "gold" / "studies", options.shared / "gold" / "texts"
    gold = [gold_of.characteristics(path) for path in sorted(studies.glob("*.json"))]
    place = options.cache / "learning"
    if not all((place / f"{field}.pkl").exists() for field in FIELDS):
        place.mkdir(parents=True, exist_ok=True)
        first_look(gold_of.load_papers(studies, texts, mentions(texts, options.cache / "mentions")), place)
    curves = {}
    for team, settled in (("as annotated", gold), ("own convention", named_first(gold, sorted(texts.glob("*.txt"))))):
        found: dict[int, list[Numbers]] = {}
        told: list[str] = []
        for seed in range(options.draws):
            kept = place / f"curve-{team.replace(' ', '-')}-{seed}.pkl"
            if not kept.exists():
                kept.write_bytes(pickle.dumps(curve_of(draw(gold, place, seed), settled, seed)))
            rows, said = pickle.loads(kept.read_bytes())
            for count, of in rows.items():
                found.setdefault(count, []).append(of)
            told += said
        print(f"\na team that settles {team}")
        curves[team] = report({count: np.concatenate(rows) for count, rows in found.items()})
        print("\n".join(told))
    plot(curves, options.out / "forms_learning.svg")


def named_first(gold: Sequence[Gold], texts: Sequence[Path]) -> list[Gold]:
    """Return what a team settles that takes only what title or abstract name, half of its words at least."""
    out = []
    for one, path in zip(gold, texts, strict=True):
        reading = read(parse_file(path), [])
        opening = [line.text for line in reading.lines if line.role == "abstract" or line.place < OPENING]
        words = set(spelt(" ".join([reading.title, *opening])))
        kept = dict(one)
        for field in NAMED:
            said = [(entry, set(spelt(str(entry["value"])))) for entry in one[field]]
            kept[field] = [entry for entry, own in said if 2 * len(own & words) >= len(own)]
        out.append(kept)
    return out


def curve_of(made: Draw, gold: Sequence[Gold], seed: int) -> tuple[dict[int, Numbers], list[str]]:
    """Return the sums of the scored studies by number of settled ones, and what there is to tell."""
    found: dict[int, list[Numbers]] = {}
    told = []
    for number in range(ORDERS):
        team = list(made.team)
        random.Random(1000 * seed + number).shuffle(team)
        found.setdefault(0, []).append(sums(made, gold, made.scored, {}))
        for count in COUNTS:
            begin = time.process_time()
            shifts = learn(made, gold, team[:count])
            seconds = time.process_time() - begin
            told.append(f"draw {seed}, {count} studies: {len(shifts)} fields changed, {seconds:.1f} processor seconds")
            found.setdefault(count, []).append(sums(made, gold, made.scored, shifts))
    # both orders of a study together, as one: intervals are by studies
    return {count: np.sum(rows, axis=0) for count, rows in found.items()}, [*told, *gate(made, gold, seed)]


def report(by_count: dict[int, Numbers]) -> list[tuple[int, float, float, float]]:
    """Print mean F1 by number of settled studies, against none, field by field at the end; return the curve."""
    curve = []
    for count, rows in by_count.items():
        value, ci = score_of({"form_f1": rows}, resamples=2000, seed=0)["form_f1"]
        (gap,) = compare({"form_f1": by_count[0]}, {"form_f1": rows}, resamples=2000, seed=0)
        against = f"  {gap.gap:+.3f} ({gap.ci[0]:+.3f} to {gap.ci[1]:+.3f})" if count else ""
        print(f"{count:3} settled studies: mean F1 {value:.3f} ({ci[0]:.3f} to {ci[1]:.3f}){against}", flush=True)
        curve.append((count, value, *ci))
    for k, field in enumerate(FIELDS):
        each = []
        for rows in by_count.values():
            right, said, wanted = rows[:, 3 * k : 3 * k + 3].sum(axis=0)
            each.append(f"{2 * right / max(1, said + wanted):.3f}")
        print(f"{field:14} {' '.join(each)}")
    return curve


def gate(made: Draw, gold: Sequence[Gold], seed: int) -> list[str]:
    """Return whether a clean and a poisoned batch of 48 studies are promoted by 16 that are held out."""
    held, training = made.team[:16], made.team[16:]
    before, out = {"form_f1": sums(made, gold, held, {})}, []
    for batch, poisoned in (("clean", False), ("poisoned", True)):
        shifts = learn(made, gold, training, poisoned=poisoned)
        found: list[Comparison] = compare(before, {"form_f1": sums(made, gold, held, shifts)}, resamples=2000, seed=0)
        promoted, reason = verdict("fields", found)
        out.append(f"draw {seed}, {batch} batch: promoted {promoted}: {reason}")
    return out


def plot(curves: Mapping[str, Sequence[tuple[int, float, float, float]]], path: Path) -> None:
    """Draw the curves."""
    from vivex.agreement.plots import svg

    def drawn(plt: Any) -> Any:
        figure, axis = plt.subplots(figsize=(4.2, 3))
        for (team, curve), colour in zip(curves.items(), ("#24476B", "#C1440E"), strict=True):
            x = [point[0] for point in curve]
            axis.plot(x, [point[1] for point in curve], "o-", color=colour, label=team)
            axis.fill_between(x, [p[2] for p in curve], [p[3] for p in curve], color=colour, alpha=0.12, lw=0)
        axis.legend(frameon=False)
        axis.set(xlabel="settled studies (0: rankers of 30 studies)", ylabel="mean field F1 on studies not settled")
        axis.set_xticks([0, *COUNTS])
        return figure

    path.write_text(svg(drawn), encoding="utf-8")


if __name__ == "__main__":
    main()
