"""Adapt a part of the model to what people settled, and promote it only if held-out studies say it is no worse."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from vivex import __version__
from vivex.agreement.result import number
from vivex.codebook import Codebook, read_codebook
from vivex.errors import MissingExtra, VivexError
from vivex.files import write_text
from vivex.learn.answering import Answered, answers, base_models, looking, reader, recogniser, with_model
from vivex.learn.gold import Recognise, Study, pairs, settled
from vivex.learn.scores import LEADING, Comparison, compare, score_of, totals
from vivex.learn.split import SHARE, held_out
from vivex.models import fingerprint, locate
from vivex.review import Review

MIN_TRAINING = 8  # studies with settled annotations below which the base model is kept
MIN_HELD_OUT = 6  # fewer give no interval
# shares of the training studies, for the learning curve
CURVES = {"ner": (1.0,), "rob": (0.25, 0.5, 1.0), "fields": (0.25, 0.5, 1.0)}
CONVENTIONS = 3  # settled studies from which a team's conventions are looked for
REPORT = "promoted.json"
Adapt = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """Say whether a part's adapted model was promoted, why, and on what grounds."""

    part: str
    promoted: bool
    reason: str
    trained_on: tuple[str, ...] = ()
    held_out: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    curve: tuple[tuple[int, str, float, float, float], ...] = ()  # studies, score, value, low, high
    base: str = ""  # fingerprint
    notes: tuple[str, ...] = ()
    learnt: str = ""  # what it learnt from

    @property
    def words(self) -> str:
        """Return in one line what the part learnt from, and what it gained."""
        return f"{self.learnt}; {self.reason}" if self.learnt else self.reason

    def to_json(self) -> dict[str, Any]:
        """Return the decision as plain JSON data."""
        return {
            "part": self.part,
            "vivex": __version__,
            "promoted": self.promoted,
            "reason": self.reason,
            "learnt": self.learnt,
            "trained_on": list(self.trained_on),
            "held_out": list(self.held_out),
            "scores": {c.score: c.to_json() for c in self.comparisons},
            "base": self.base,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Settings:
    """Fix what training depends on besides the annotations."""

    seed: int = 0
    resamples: int = 2000
    share: float = SHARE
    min_training: int = MIN_TRAINING
    min_held_out: int = MIN_HELD_OUT
    curve: tuple[float, ...] = ()  # () is the part's own
    options: Mapping[str, Any] = field(default_factory=dict)  # handed to the adaptation

    @classmethod
    def of(cls, params: Mapping[str, Any], *, seed: int | None = None) -> Settings:
        """Return the settings that params.yaml's `train` gives; what it doesn't name goes to the adaptation."""
        known = {k: params[k] for k in ("resamples", "share", "min_training", "min_held_out") if k in params}
        chosen = int(params.get("seed", 0)) if seed is None else seed
        curve = tuple(float(x) for x in params.get("curve", ()))
        rest = {k: v for k, v in params.items() if k not in (*known, "seed", "curve")}
        return cls(seed=chosen, curve=curve, options=rest, **known)


def train(review: Review, part: str, settings: Settings, params: Mapping[str, Any]) -> Decision:
    """Adapt one part of the model (ner, rob or fields), decide, and write models/<part>, the decision in promoted.json.

    Forms are filled from the mentions that the review's own recogniser finds, so `fields` is adapted after `ner`.
    """
    codebook = read_codebook(review.codebook)
    with tempfile.TemporaryDirectory(prefix="vivex-train-") as scratch:
        work = Path(scratch)
        candidate = work / "adapted" / part
        with base_models(review.models, work / "untaught") as untaught:
            studies, notes = settled(review, part, reader(review, untaught, params))
        decision = decide(
            part,
            studies,
            settings,
            params,
            base=review.models,
            codebook=codebook,
            work=work,
            candidate=candidate,
            recognise=reader(review, review.models, params, chosen=True) if part == "fields" else None,
        )
        decision = replace(decision, notes=(*notes, *decision.notes, *_conventions(part, studies, codebook)))
        _install(review.models / part, candidate if decision.promoted else None, decision)
    return decision


def decide(
    part: str,
    studies: Sequence[Study],
    settings: Settings,
    params: Mapping[str, Any],
    *,
    base: Path,
    codebook: Codebook,
    work: Path,
    candidate: Path,
    adapt: Adapt | None = None,
    known: Answered | None = None,
    recognise: Recognise | None = None,
) -> Decision:
    """Adapt a part to the training studies into `candidate`, and compare it with the base on the held-out ones.

    `known` may give the studies' mentions, where they have been found before; else `recognise` finds them, or the base.
    """
    held = [s for s in studies if held_out(s.study, share=settings.share)]
    training = [s for s in studies if not held_out(s.study, share=settings.share)]
    common: dict[str, Any] = {"part": part, "held_out": tuple(s.study for s in held)}
    with base_models(base, work / "base") as models:
        start = locate(models, part)
        common["base"] = fingerprint(start)
        if len(training) < settings.min_training or len(held) < settings.min_held_out:
            reason = (
                f"too few settled studies: {len(training)} to train on ({settings.min_training} needed), {len(held)} "
                "held out "
                f"({settings.min_held_out} needed); the base model stays"
            )
            return Decision(promoted=False, reason=reason, **common)
        if start is None:
            reason = "there is no base model to adapt; install vivex with its models, or `dvc pull models/base`"
            return Decision(promoted=False, reason=reason, **common)
        common["trained_on"] = tuple(s.study for s in training)
        common["learnt"] = told(part, training)
        if known is None:  # adapting judgements or forms leaves the mentions as they are
            find = recognise or recogniser(models, params, codebook)
            known = {s.study: find(s.document) for s in (studies if part == "fields" else held)}
        look = looking(models, codebook, known) if part == "fields" else None
        before = known if part == "ner" else answers(part, held, models, params, codebook, known, look)
        curve = []
        try:
            learn = adapt or adaptation(part)
            for share in sorted({*(settings.curve or CURVES[part]), 1.0}):
                some = _nested(training, share)
                folder = candidate if share == 1.0 else work / f"curve-{share:g}" / part
                folder.mkdir(parents=True, exist_ok=True)
                options = {
                    **settings.options,
                    "codebook": codebook,
                    "reviewed": {s.study: sorted(s.labels) for s in some},
                    "lessons": {s.study: [(x.label, x.start, x.end) for x in s.lessons] for s in some},
                    "look": look,
                }
                done = learn(pairs(some), base=start, out=folder, params=options, seed=settings.seed)
                if isinstance(done, Mapping) and not done.get("adapted", True):
                    if share < 1.0:
                        continue
                    reason = f"{done.get('reason', 'nothing could be learnt')}; the base model stays"
                    return Decision(promoted=False, reason=reason, **common)
                with with_model(folder, part, models, work / f"models-{share:g}") as adapted:
                    after = answers(part, held, adapted, params, codebook, known, look)
                sums = totals(part, held, after)
                for name, (value, ci) in score_of(sums, resamples=settings.resamples, seed=settings.seed).items():
                    curve.append((len(some), name, value, *ci))
        except VivexError as error:
            return Decision(promoted=False, reason=f"{error}; the base model stays", **common)
        was = totals(part, held, before)
        for name, (value, ci) in score_of(was, resamples=settings.resamples, seed=settings.seed).items():
            curve.append((0, name, value, *ci))
        found = compare(was, totals(part, held, after), resamples=settings.resamples, seed=settings.seed)
        good, reason = verdict(part, found)
        return Decision(
            promoted=good,
            reason=reason,
            comparisons=tuple(found),
            curve=tuple(sorted(curve, key=lambda c: (c[1], c[0]))),
            **common,
        )


def told(part: str, studies: Sequence[Study]) -> str:
    """Return in a few words what a part learns from."""
    annotations = [a for s in studies for a in s.annotations]
    if part == "fields":
        rejected = sum(len(s.rejected) for s in studies)
        and_ = f" and {rejected} rejected" if rejected else ""
        return f"learnt from {len(annotations)} settled{and_} values of forms in {len(studies)} studies"
    if part != "ner":
        return f"learnt from {len(annotations)} settled judgements in {len(studies)} studies"
    marked = sum(a.label in s.labels for s in studies for a in s.annotations)
    shown = sum(len(s.lessons) for s in studies)
    return (
        f"learnt from {marked} marked mentions, and {shown} sentences that values of forms stand in, in "
        f"{len(studies)} studies"
    )


def _conventions(part: str, studies: Sequence[Study], codebook: Codebook) -> list[str]:
    """Return the settings of the codebook that would meet the team's decisions better than the present ones."""
    if part != "rob" or len(studies) < CONVENTIONS:
        return []
    from vivex.assess.weigh.fitting import suggest_policy

    return [suggestion.words for suggestion in suggest_policy(pairs(studies), codebook)]


def verdict(part: str, comparisons: Sequence[Comparison]) -> tuple[bool, str]:
    """Tell whether the adapted model is promoted, and why.

    It must not score lower than the base on the leading score, on no score lower beyond the interval, and higher on
    some.
    """
    by_name = {c.score: c for c in comparisons}
    lead = by_name.get(LEADING[part])
    if lead is None or number(lead.gap) is None:
        return False, "the held-out studies don't tell the models apart (no defined score); the base model stays"
    words = (
        f"{lead.score.replace('_', ' ')} {lead.adapted:.3f} against {lead.base:.3f} of the base on {lead.studies} "
        "held-out studies "
        f"(difference {lead.gap:+.3f}, {_interval(lead)})"
    )
    if lead.gap < 0:
        beyond = " beyond the interval" if lead.ci[1] < 0 else ""
        return False, f"{words}: lower{beyond}; the base model stays"
    worse = [c.score for c in comparisons if number(c.ci[1]) is not None and c.ci[1] < 0]
    if worse:
        return False, f"{words}, but {', '.join(worse)} fell beyond the interval; the base model stays"
    if not any(c.gap > 0 for c in comparisons):
        return False, f"{words}: no better; the base model stays"
    return True, f"{words}: promoted"


def _interval(comparison: Comparison) -> str:
    low, high = comparison.ci
    return "no interval" if number(low) is None else f"95 % interval {low:+.3f} to {high:+.3f}"


def adaptation(part: str) -> Adapt:
    """Return the function that adapts a part of the model."""
    import importlib

    name = {
        "ner": "vivex.recognize.tagger.adapting",
        "rob": "vivex.assess.weigh.fitting",
        "fields": "vivex.extract.own_fitting",
    }[part]
    try:
        adapt: Adapt = importlib.import_module(name).adapt
    except ModuleNotFoundError as error:
        raise MissingExtra(f"the {part} model can't be adapted: {error}; pip install 'vivex[train]'") from error
    return adapt


def _nested(training: Sequence[Study], share: float) -> list[Study]:
    """Return a share of the training studies, chosen by hash; a smaller share lies within a larger one."""
    import hashlib

    ordered = sorted(training, key=lambda s: hashlib.sha256(f"curve {s.study}".encode()).digest())
    return sorted(ordered[: max(1, round(share * len(ordered)))], key=lambda s: s.study)


def _install(place: Path, candidate: Path | None, decision: Decision) -> None:
    """Put the promoted model, or the decision alone, in place of what stood there."""
    fresh = place.with_name(f".{place.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    if candidate is not None:
        shutil.copytree(candidate, fresh)
    # where the base stays nothing in this folder changes, so the stages that read it need not run again
    said = decision.to_json() if candidate is not None else {"part": decision.part, "promoted": False}
    write_text(fresh / REPORT, json.dumps(said, ensure_ascii=False, indent=1, allow_nan=False) + "\n")
    shutil.rmtree(place, ignore_errors=True)
    fresh.rename(place)
