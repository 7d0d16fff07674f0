"""Let a simulated team review the annotated studies, and see whether agreement, adjudication and learning come out as
set.

usage: python benchmarks/simulated_team.py [--shared ../shared] [--part agreement|learning|entities|all] [--out
benchmarks/simulated_team.svg]

Reviewers judge each study as its annotation does, except that they err at a set rate (uniformly among the other
answers). agreement: percent and kappa between reviewers against what the rates imply; adjudication by one who never
errs; the share of wrong answers left. learning: a base risk-of-bias model is trained on 10 (and on 30) of the studies;
the team corrects 10, 20 and 40 others, and the adapted model is scored on the held-out ones, which neither saw; then
once more for a team with a convention of its own (whatever says "randomised" is low risk), with the settings that vivex
suggests to it; a poisoned batch (low and high exchanged, unclear called low) must not be promoted. (The rules of vivex
were written with all these studies at hand; the weights were not.) entities: the same for the entity model and the
annotated passages, for a team that marks a strain together with the species after it ("Wistar rats") as one strain. The
shipped model was trained on these passages under the annotators' convention, so what it gains is the team's own
convention, not the passages.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import math
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from vivex.agreement import cohen_kappa, percent
from vivex.annotation import JUDGEMENTS, REPORTING_ITEMS, SYRCLE_ITEMS, Annotation, evidence, find_quote
from vivex.codebook import Codebook, read_codebook, template_path
from vivex.document import Block, Document, Section, write_document
from vivex.headings import role_of
from vivex.labels import entity_labels
from vivex.learn.answering import answers as answers_of
from vivex.learn.answering import base_models, mentions, with_model
from vivex.learn.gold import Study, settled
from vivex.learn.scores import compare, score_of, totals
from vivex.learn.split import held_out
from vivex.learn.train import Settings, _nested, adaptation, decide
from vivex.models import locate
from vivex.parse.text import parse_text
from vivex.people import adjudicate
from vivex.people.conflicts import conflicts
from vivex.people.importing import take_in
from vivex.people.machine import document as document_of
from vivex.people.ratings import PEOPLE, ratings
from vivex.people.resolve import resolved
from vivex.people.store import ADJUDICATED, Session, statement_path
from vivex.people.values import answer, answers
from vivex.review import Review

ERRORS = {"ann": 0.05, "ben": 0.15, "cyd": 0.25}
COUNTS = (10, 20, 40)
SETTINGS = "syrcle kappa, settings as suggested"
FOLDS = 5
Truth = dict[str, dict[str, Any]]  # study -> label -> value
Quotes = dict[tuple[str, str], list[str]]  # study, label -> quotes


def main() -> int:
    """Run the parts asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--part", choices=("agreement", "learning", "entities", "all"), default="all")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--out", type=Path, default=Path("benchmarks/simulated_team.svg"))
    options = parser.parse_args()
    truth = gold(options.shared)
    with tempfile.TemporaryDirectory() as folder:
        if options.part in ("agreement", "all"):
            measure_agreement(lay_out(Path(folder) / "agreement", options.shared, truth), truth, options.seed)
        if options.part in ("learning", "all"):
            read_each_paper_once()
            curves = {}
            for name, convention, base in (
                ("base of 10 studies", as_annotated, 10),
                ("base of 30, own convention", lenient, 30),
                ("base of 30 studies", as_annotated, 30),
            ):
                review = lay_out(Path(folder) / name.replace(" ", "-"), options.shared, truth)
                quotes = quotes_of(options.shared)
                curves[name] = learn(review, convention(truth), quotes, name, options.seed, base)
            plot(curves, options.out)
        if options.part in ("entities", "all"):
            learn_entities(Path(folder) / "entities", options.shared)
    return 0


def gold(shared: Path) -> Truth:
    """Return the annotated judgements and reporting items."""
    found: Truth = {}
    for path in sorted((shared / "gold" / "studies").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        if not data.get("in_vivo", True) or not (shared / "gold" / "texts" / f"{path.stem}.txt").exists():
            continue
        labels: dict[str, Any] = {}
        for number, item in enumerate(SYRCLE_ITEMS, 1):
            labels[f"syrcle.{item}"] = {"judgement": data["syrcle"][str(number)]["judgement"]}
        for item in REPORTING_ITEMS:
            labels[f"reporting.{item}"] = {"reported": bool(data["reporting"][item]["reported"])}
        found[path.stem] = labels
    return found


def quotes_of(shared: Path) -> Quotes:
    """Return the annotation's quotes of each judgement and reporting item."""
    found: Quotes = {}
    for path in sorted((shared / "gold" / "studies").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        for number, item in enumerate(SYRCLE_ITEMS, 1):
            found[path.stem, f"syrcle.{item}"] = data["syrcle"][str(number)]["quotes"]
        for item in REPORTING_ITEMS:
            found[path.stem, f"reporting.{item}"] = data["reporting"][item]["quotes"]
    return found


def read_each_paper_once() -> None:
    """Keep what the rules read in a paper: it is the same for every model."""
    import vivex.assess.examine as reading

    plain, seen = reading.examine, {}

    def examine(document: Document, known: Any = ()) -> Any:
        if document.study not in seen:
            seen[document.study] = plain(document, ())
        return seen[document.study]

    reading.examine = examine


def as_annotated(truth: Truth) -> Truth:
    """Return the truth of a team that judges as the annotators did."""
    return truth


def lenient(truth: Truth) -> Truth:
    """Return the truth of a team for which the word "randomised" is enough for a low risk of item 1."""
    found = {}
    for study, labels in truth.items():
        own = dict(labels)
        if (
            labels["reporting.randomisation"]["reported"]
            and labels["syrcle.sequence_generation"]["judgement"] == "unclear"
        ):
            own["syrcle.sequence_generation"] = {"judgement": "low"}
        found[study] = own
    return found


def lay_out(root: Path, shared: Path, truth: Truth) -> Review:
    """Return a review folder with the parsed texts."""
    review = Review(root)
    review.annotations.mkdir(parents=True)
    review.codebook.write_bytes(template_path("invivo").read_bytes())
    for study in truth:
        data = (shared / "gold" / "texts" / f"{study}.txt").read_bytes()
        write_document(parse_text(data, study=study, params={}), review.outputs / "documents" / f"{study}.json")
    return review


def erring(value: dict[str, Any], rate: float, rng: random.Random) -> dict[str, Any]:
    """Return the value, or with the given chance one of the other answers."""
    if rng.random() >= rate:
        return value
    if "judgement" in value:
        return {"judgement": rng.choice([j for j in JUDGEMENTS if j != value["judgement"]])}
    return {"reported": not value["reported"]}


def state(
    review: Review, who: str, truth: Truth, rate: float, rng: random.Random, quoted: Quotes | None = None
) -> None:
    """Let a reviewer state what they take for true of every study, with the quotes of the annotation where given."""
    for study, labels in truth.items():
        document = document_of(review, study) if quoted else None
        made = []
        for label, v in labels.items():
            places = [find_quote(q, document) for q in (quoted or {}).get((study, label), ())] if document else []
            proof = tuple(p for p in places if p is not None)
            made.append(
                Annotation(study, label, erring(v, rate, rng), proof, f"reviewer:{who}", None, decision="added")
            )
        take_in(review, who, made, Session("simulated.xlsx", "", True))


def measure_agreement(review: Review, truth: Truth, seed: int) -> None:
    """Print agreement between the reviewers against what their error rates imply, and what adjudication leaves."""
    for number, (who, rate) in enumerate(ERRORS.items()):
        state(review, who, truth, rate, random.Random(seed * 100 + number))
    pairs = [p for p in ratings(review).pairs if p.comparison == PEOPLE and p.label.startswith("syrcle.")]
    print(f"{len(truth)} studies, ten SYRCLE items")
    print("reviewers     rates       implied %  measured % (95 % CI)         implied kappa  measured kappa (95 % CI)")
    for one, other in itertools.combinations(ERRORS, 2):
        mine = [p for p in pairs if p.raters == (one, other)]
        a, b = (
            [next(iter(answers(side, p.label)))[1] for p, side in ((p, getattr(p, s)) for p in mine)]
            for s in ("first", "second")
        )
        clusters = [p.study for p in mine]
        both = {"categories": list(JUDGEMENTS), "clusters": clusters}
        share, kappa = implied(truth, ERRORS[one], ERRORS[other])
        measured, measured_kappa = percent([a, b], **both), cohen_kappa(a, b, **both)
        print(
            f"{one} × {other}     {ERRORS[one]:.2f} {ERRORS[other]:.2f}   {share:.3f}      {measured.value:.3f} "
            f"({measured.ci[0]:.3f} to {measured.ci[1]:.3f})       {kappa:.3f}          {measured_kappa.value:.3f} "
            f"({measured_kappa.ci[0]:.3f} to {measured_kappa.ci[1]:.3f})"
        )
    for who in ("cyd",):
        for study in truth:
            statement_path(review, study, who).unlink()
    items = [i for i in resolved(review) if i.label.startswith("syrcle.")]
    disputed = sum(not i.settled for i in items)
    wrong = sum(i.settled and answer(i.annotations[0]) != truth[i.study][i.label]["judgement"] for i in items)
    e, f = ERRORS["ann"], ERRORS["ben"]
    print(
        f"ann and ben: {disputed / len(items):.3f} of items in conflict (implied "
        f"{1 - ((1 - e) * (1 - f) + e * f / 2):.3f}); {wrong / len(items):.4f} agreed and wrong (implied "
        f"{e * f / 2:.4f})"
    )
    for item in conflicts(review):
        word = truth[item.study][item.label]
        text = word["judgement"] if "judgement" in word else ("yes" if word["reported"] else "no")
        adjudicate.settle(review, item.study, item.label, by="zoe", values=[text])
    after = resolved(review)
    wrong_after = sum(
        answer(i.annotations[0]) != truth[i.study][i.label]["judgement"] for i in after if i.label.startswith("syrcle.")
    )
    adjudicated = sum(statement_path(review, s, ADJUDICATED).exists() for s in truth)
    print(
        f"adjudicated: {sum(not i.settled for i in after)} conflicts left, {wrong_after / len(items):.4f} wrong "
        f"(those that both got wrong alike); {adjudicated} studies with an adjudicated file"
    )


def implied(truth: Truth, e: float, f: float) -> tuple[float, float]:
    """Return percent agreement and kappa that two error rates imply, given what is true."""
    share = (1 - e) * (1 - f) + e * f / 2
    words = [v["judgement"] for labels in truth.values() for label, v in labels.items() if label.startswith("syrcle.")]
    margins = []
    for rate in (e, f):
        margins.append([sum((1 - rate) if w == j else rate / 2 for w in words) / len(words) for j in JUDGEMENTS])
    chance = sum(x * y for x, y in zip(*margins, strict=True))
    return share, (share - chance) / (1 - chance)


def learn(
    review: Review, truth: Truth, quoted: Quotes, name: str, seed: int, base_studies: int
) -> list[tuple[int, str, float, float, float]]:
    """Print and return the learning curve, pooled over five folds, and see that a poisoned batch is not promoted."""
    state(review, "ann", truth, 0.05, random.Random(seed), quoted)
    studies = _nested(settled(review, "rob")[0], 1.0)
    # scored against what is true for the team, not against the erring reviewer
    right = [
        replace(s, annotations=tuple(replace(a, value=truth[s.study][a.label]) for a in s.annotations)) for s in studies
    ]
    codebook, curve = read_codebook(review.codebook), []
    known: dict[str, list[Annotation]] = {s.study: [] for s in studies}  # mentions are the same on all sides: left out
    found: dict[int | str, list[dict[str, Any]]] = {}
    for fold in range(FOLDS):
        held = right[fold::FOLDS]
        rest = by_hash([s for n, s in enumerate(studies) if n % FOLDS != fold])
        team = rest[base_studies:]
        train_base(review, rest[:base_studies], codebook)
        with tempfile.TemporaryDirectory() as scratch, base_models(review.models, Path(scratch) / "base") as models:
            start = locate(models, "rob")
            found.setdefault(0, []).append(totals("rob", held, answers_of("rob", held, models, {}, codebook, known)))
            for count in COUNTS:
                folder = Path(scratch) / str(count) / "rob"
                folder.mkdir(parents=True)
                given = [(s.document, list(s.annotations)) for s in team[:count]]
                adaptation("rob")(given, base=start, out=folder, params={"codebook": codebook}, seed=0)
                own = with_suggestions(given, codebook)
                with with_model(folder, "rob", models, Path(scratch) / f"m{count}") as adapted:
                    found.setdefault(count, []).append(
                        totals("rob", held, answers_of("rob", held, adapted, {}, codebook, known))
                    )
                    found.setdefault(f"{count} + settings", []).append(
                        totals("rob", held, answers_of("rob", held, adapted, {}, own, known))
                    )
    sums = {count: {k: np.concatenate([of[k] for of in folds]) for k in folds[0]} for count, folds in found.items()}
    print(f"\n{name}: {len(studies)} studies held out in turn")
    for count, of in sums.items():
        for gap in compare(sums[0], of, resamples=2000, seed=0):
            value, ci = score_of(of, resamples=2000, seed=0)[gap.score]
            against = "" if count == 0 else f"  against the base {gap.gap:+.3f} ({gap.ci[0]:+.3f} to {gap.ci[1]:+.3f})"
            print(f"  {count!s:>13}  {gap.score:16} {value:.3f} ({ci[0]:.3f} to {ci[1]:.3f}){against}", flush=True)
            if isinstance(count, int):
                curve.append((count, gap.score, value, *ci))
            elif gap.score == "syrcle_kappa":
                curve.append((int(count.split()[0]), SETTINGS, value, *ci))
    gate(review, studies, right, base_studies, codebook, known)
    return curve


def gate(
    review: Review,
    studies: list[Study],
    right: list[Study],
    base_studies: int,
    codebook: Codebook,
    known: dict[str, list[Annotation]],
) -> None:
    """Print whether batches of 10, 20, 40 and all studies, clean and poisoned, are promoted."""
    held = [s for s in right if held_out(s.study)]
    training = by_hash([s for s in studies if not held_out(s.study)])
    train_base(review, training[:base_studies], codebook)
    team = training[base_studies:]
    for batch, spoil in (("clean", lambda v: v), ("poisoned", poison)):
        for count in (*COUNTS, len(team)):
            taught = [
                replace(s, annotations=tuple(replace(a, value=spoil(a.value)) for a in s.annotations))
                for s in team[:count]
            ]
            with tempfile.TemporaryDirectory() as scratch:
                work = Path(scratch)
                made = decide(
                    "rob", [*held, *taught], Settings(curve=(1.0,)), {},
                    base=review.models, codebook=codebook, work=work,
                    candidate=work / "adapted" / "rob", known=known,
                )  # fmt: skip
            print(f"  {batch} batch of {len(made.trained_on)}: promoted {made.promoted}: {made.reason}", flush=True)


def by_hash(studies: list[Study]) -> list[Study]:
    """Return the studies in an order that nobody chose."""
    return sorted(studies, key=lambda s: hashlib.sha256(f"team {s.study}".encode()).digest())


def with_suggestions(given: list[Any], codebook: Codebook) -> Codebook:
    """Return the codebook with the settings that vivex suggests for the team's decisions."""
    own = {x.setting: x.suggested for x in suggestions(given, codebook)}
    return replace(codebook, policy={**codebook.policy, **own})


def suggestions(given: list[Any], codebook: Codebook) -> list[Any]:
    """Return the settings that vivex would suggest to the team."""
    from vivex.assess.weigh.fitting import suggest_policy

    return suggest_policy(given, codebook)


def train_base(review: Review, studies: list[Study], codebook: Codebook) -> None:
    """Train a base model on some studies, as the shipped one is trained on all."""
    from vivex.assess.examine import examine
    from vivex.assess.weigh.fitting import fit, from_annotations
    from vivex.assess.weigh.scorer import save

    decided = [from_annotations(s.annotations) for s in studies]
    save(fit([examine(s.document) for s in studies], decided, codebook), review.models / "base" / "rob")


def learn_entities(root: Path, shared: Path) -> None:
    """Print the learning curve of the entity model for a team with its own convention, and the fate of a poisoned
    batch.
    """
    review = Review(root)
    review.annotations.mkdir(parents=True)
    review.codebook.write_bytes(template_path("invivo").read_bytes())
    for study, document, marks in passages(shared):
        write_document(document, review.outputs / "documents" / f"{study}.json")
        take_in(review, "ann", marks, Session("simulated.xlsx", "", True))
    studies, _ = settled(review, "ner")
    held = [s for s in studies if held_out(s.study)]
    training = [s for s in studies if not held_out(s.study)]
    codebook = read_codebook(review.codebook)
    print(f"\nentities, strain and species marked as one: {len(held)} held-out studies")
    with tempfile.TemporaryDirectory() as scratch, base_models(review.models, Path(scratch) / "base") as models:
        start = locate(models, "ner")
        base = totals("ner", held, mentions(held, models, {}, codebook))
        sums = {0: base}
        for count in (10, 20, 40, len(training)):
            folder = Path(scratch) / str(count) / "ner"
            folder.mkdir(parents=True)
            some = _nested(training, count / len(training))
            options = {"reviewed": {s.study: sorted(s.labels) for s in some}}
            done = adaptation("ner")(
                [(s.document, list(s.annotations)) for s in some], base=start, out=folder, params=options, seed=0
            )
            if not done.get("adapted", True):
                print(f"  {count:3} studies  {done['reason']}")
                continue
            with with_model(folder, "ner", models, Path(scratch) / f"m{count}") as adapted:
                sums[count] = totals("ner", held, mentions(held, adapted, {}, codebook))
        for count, of in sums.items():
            value, ci = score_of(of, resamples=2000, seed=0)["entity_f1"]
            gap = compare(base, of, resamples=2000, seed=0)[0]
            print(
                f"  {count:3} studies  F1 {value:.3f} ({ci[0]:.3f} to {ci[1]:.3f})  against the base {gap.gap:+.3f} "
                f"({gap.ci[0]:+.3f} to {gap.ci[1]:+.3f})"
            )
    for batch, spoil in (("clean", lambda a: a), ("poisoned", mislabelled)):
        with tempfile.TemporaryDirectory() as scratch:
            given = [
                s if held_out(s.study) else replace(s, annotations=tuple(map(spoil, s.annotations))) for s in studies
            ]
            work = Path(scratch)
            made = decide(
                "ner",
                given,
                Settings(),
                {},
                base=review.models,
                codebook=codebook,
                work=work,
                candidate=work / "adapted" / "ner",
            )
            print(f"  {batch} batch of {len(made.trained_on)}: promoted {made.promoted}: {made.reason}")


def passages(shared: Path) -> list[tuple[str, Document, list[Annotation]]]:
    """Return each study's annotated passages as one document, with the team's marks."""
    by_study: dict[str, list[dict[str, Any]]] = {}
    for line in (shared / "gold" / "passages.jsonl").read_text(encoding="utf-8").splitlines():
        passage = json.loads(line)
        by_study.setdefault(passage["study_id"], []).append(passage)
    found = []
    for study, mine in sorted(by_study.items()):
        text, blocks, sections, spans = "", [], [], []
        for number, passage in enumerate(mine):
            path = tuple(part.strip() for part in passage["section"].split(">"))
            role = next((r for part in path if (r := role_of(part))), "other")
            sections.append(Section(path, role))
            blocks.append(Block("paragraph", len(text), len(text) + len(passage["text"]), number))
            spans += [(a + len(text), b + len(text), label.lower()) for a, b, label in own_marks(passage["spans"])]
            text += passage["text"] + "\n\n"
        document = Document(study, text, tuple(blocks), tuple(sections), parser="simulated@1")
        annotations = [
            Annotation(
                study, label, {"text": text[a:b]}, (evidence(document, a, b),), "reviewer:ann", None, decision="added"
            )
            for a, b, label in spans
        ]
        found.append((study, document, annotations))
    return found


def own_marks(spans: list[Any]) -> list[tuple[int, int, str]]:
    """Return the spans with a strain and the species right after it as one strain."""
    found = [(a, b, label) for a, b, label in spans]
    for a, b, label in list(found):
        after = (
            next(((x, y, z) for x, y, z in found if z == "SPECIES" and 0 < x - b <= 1), None)
            if label == "STRAIN"
            else None
        )
        if after is not None:
            found.remove((a, b, label))
            found.remove(after)
            found.append((a, after[1], label))
    return sorted(set(found))


def mislabelled(annotation: Annotation) -> Annotation:
    """Return the mark under another label, as a careless import might."""
    labels = list(entity_labels())
    return replace(annotation, label=labels[(labels.index(annotation.label) + 1) % len(labels)])


def poison(value: dict[str, Any]) -> dict[str, Any]:
    """Return the value that a poisoned batch gives."""
    if "judgement" in value:
        return {"judgement": {"low": "high", "high": "low", "unclear": "low"}[value["judgement"]]}
    return {"reported": not value["reported"]}


def plot(curves: dict[str, list[tuple[int, str, float, float, float]]], out: Path) -> None:
    """Draw the learning curves."""
    from vivex.agreement.plots import svg

    def draw(plt: Any) -> Any:
        figure, axes = plt.subplots(1, len(curves), figsize=(4 * len(curves), 3), sharey=True)
        for axis, (name, curve) in zip(axes, curves.items(), strict=True):
            for score, colour in (("syrcle_kappa", "#24476B"), (SETTINGS, "#2E8B57"), ("reporting_kappa", "#C1440E")):
                points = [c for c in curve if c[1] == score and not math.isnan(c[2])]
                axis.plot(
                    [p[0] for p in points], [p[2] for p in points], "o-", color=colour, label=score.replace("_", " ")
                )
                axis.fill_between(
                    [p[0] for p in points],
                    [p[3] for p in points],
                    [p[4] for p in points],
                    color=colour,
                    alpha=0.12,
                    lw=0,
                )
            axis.set(title=name, xlabel="corrected studies (0: the base)")
        axes[0].set_ylabel("kappa on held-out studies")
        axes[-1].legend(frameon=False)
        return figure

    out.write_text(svg(draw), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
