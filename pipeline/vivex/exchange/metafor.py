"""metafor, R's package for meta-analysis: a table with the arguments of `escalc()`, and the calls.

Values come from fields of the type `means`. A standard error is turned into a standard deviation where n is known, and
the row says so; nothing else is converted. A control that several groups share is counted, its n is not split.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vivex.annotation import Annotation
from vivex.codebook import Field
from vivex.exchange.comparisons import control_kind, control_of
from vivex.exchange.formats import RESULTS, Files, Format, Material, SettledStudy
from vivex.exchange.written import table, text_file
from vivex.files import Cell
from vivex.forms import rows
from vivex.group_means import CI, SD, SEM, GroupMean, number, read_mean
from vivex.questions import shown
from vivex.states import CONFLICT, SETTLED

HEADER = (
    "study", "label", "outcome", "unit", "time", "group1", "group2",
    "m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i", "error1", "error2", "error_type",
    "converted", "shared_control", "state", "note", "page", "quote",
)  # fmt: skip
WORDS = {SETTLED: "settled", CONFLICT: "in conflict"}  # of a state; any other is only proposed
OF = "SD = SEM * sqrt(n)"
CALL = """\
# Standardised mean differences of the comparisons that people settled, with metafor (install.packages("metafor")).
library(metafor)
dat <- read.csv("effects.csv", fileEncoding = "UTF-8", na.strings = "")
dat <- dat[dat$state == "settled", ]
dat <- dat[complete.cases(dat[, c("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i")]), ]

# Two means each; choose the outcomes that belong together first: dat <- dat[dat$outcome == "...", ]
dat <- escalc(measure = "SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i,
              slab = label, data = dat)

# A control that k groups share (shared_control = k) counts k times here. Split it before escalc(), if you do not model
# it: dat$n2i <- dat$n2i / pmax(dat$shared_control, 1)
res <- rma(yi, vi, data = dat)
print(res)

# Several rows of one study depend on each other: this model says so.
# res <- rma.mv(yi, vi, random = ~ 1 | study / comparison, data = transform(dat, comparison = seq_along(yi)))
"""
README = """\
effects.csv: one row for each comparison of two groups in one outcome at one time; effects.R: metafor's calls.

m1i, sd1i, n1i  mean, standard deviation and number of animals of group1 (treated)
m2i, sd2i, n2i  the same of group2 (control)
error1, error2  the errors as the paper gives them, error_type what they are (SD, SEM, 95% CI; empty: not stated)
converted       "SD = SEM * sqrt(n)" where the standard deviation was made from the standard error
shared_control  how many rows use the same control; its n is not split between them: effects.R shows how
state           settled (people decided), in conflict, or proposed only. Numbers of what is not settled stand here only
                after `vivex export --proposed`; effects.R leaves them out
note            why a number is empty, or why a group has no control beside it
page, quote     where the numbers of both groups stand

What this can't do
- Numbers in figures are not read. Where a paper gives an outcome only as a figure, measure it with a tool for that
  (WebPlotDigitizer, metaDigitise) and add the value to the form.
- Medians, ranges, proportions, counts and survival are not read as means.
- A confidence interval and an error of unstated type are kept as they are: sd is empty, convert them yourself.
- Which group is the control is told by its name or by the field `comparator`. Where neither tells, group2 is empty.
- Outcomes are worded as each paper words them: rows that belong to one analysis are yours to choose.
- Whether n counts animals, litters or cells is the paper's matter: look at the quote.
"""


@dataclass(frozen=True, slots=True)
class _Side:
    """Hold a group's mean and the annotation that says it."""

    said: GroupMean
    by: Annotation


def write_metafor(material: Material) -> Files:
    """Return the table, the calls and what it can't do; nothing where the form asks for no means."""
    if not any(field.type == "means" for field in material.codebook.fields):
        return {}
    lines = [line for study in material.studies for line in _lines(study)]
    return {
        "effects.csv": table(HEADER, lines),
        "effects.R": text_file(CALL),
        "effects-README.txt": text_file(README),
    }


def _lines(study: SettledStudy) -> Iterator[dict[str, Cell]]:
    comparators = [shown(a.value) for field, a in study.values if field.subject == "comparator"]
    for (state, *_), sides in _sets((*study.values, *study.unsettled), study).items():
        groups = [side.said.group for side in sides]
        controls = control_of(list(dict.fromkeys(groups)), comparators)
        by_group = {side.said.group: side for side in sides}
        unclear = {g for g, many in Counter(groups).items() if many > 1}  # a group with two values at once
        shared = Counter(controls[g] for g in dict.fromkeys(groups) if g in controls)
        for side in sides:
            group = side.said.group
            if group in controls.values() and group not in controls:
                continue  # it stands beside those that are compared with it
            control = by_group.get(controls.get(group, ""))
            if control is None or {group, control.said.group} & unclear:
                yield _row(study, state, side, None, 0, _alone(group, groups, unclear))
            else:
                yield _row(study, state, side, control, shared[control.said.group], "")


def _sets(values: Iterable[tuple[Field, Annotation]], study: SettledStudy) -> dict[tuple[str, ...], list[_Side]]:
    """Return the means that may be compared: of one state, outcome, unit and time, in the order of the text."""
    found: dict[tuple[str, ...], list[_Side]] = {}
    for field, a in values:
        said = read_mean(shown(a.value)) if field.type == "means" else None
        if said is not None:
            state = WORDS.get(study.states.get(field.label, ""), "proposed only")
            who = a.source if state == WORDS[CONFLICT] else ""  # each side of a conflict by itself
            key = (state, field.name, who, *(part.casefold() for part in (said.outcome, said.unit, said.time)))
            found.setdefault(key, []).append(_Side(said, a))
    return found


def _alone(group: str, groups: Sequence[str], unclear: set[str]) -> str:
    """Return why a group stands without a control."""
    if unclear:
        return "a group has several values of this outcome and time: which of them are compared isn't told"
    if len(set(groups)) == 1:
        return "no other group of this outcome and time"
    if control_kind(group) == "healthy":
        return "a healthy control: not compared with the treated"
    return "which group is the control isn't told"


def _row(
    study: SettledStudy, state: str, treated: _Side, control: _Side | None, shared: int, note: str
) -> dict[str, Cell]:
    sides = [treated, *([control] if control is not None else [])]
    found: dict[str, Cell] = {
        "study": study.study,
        "label": study.label,
        "outcome": treated.said.outcome,
        "unit": treated.said.unit,
        "time": treated.said.time,
        "shared_control": shared or "",
        "state": state,
    }
    notes, converted = [note] if note else [], []
    for k, side in enumerate(sides, 1):
        deviation, turned, why = spread(side.said)
        n = side.said.n if side.said.n.isdigit() else ""
        found |= {f"group{k}": side.said.group, f"m{k}i": side.said.mean, f"sd{k}i": deviation, f"n{k}i": n}
        found[f"error{k}"] = side.said.error
        converted += [turned] if turned else []
        notes += [f"group{k}: {reason}" for reason in why]
    quotes = [place.quote for side in sides for place in side.by.evidence[:1]]
    pages = [str(place.page) for side in sides for place in side.by.evidence[:1] if place.page is not None]
    return found | {
        "error_type": "; ".join(dict.fromkeys(side.said.error_type for side in sides if side.said.error_type)),
        "converted": "; ".join(dict.fromkeys(converted)),
        "note": "; ".join(notes),
        "page": "; ".join(dict.fromkeys(pages)),
        "quote": " | ".join(rows.flat(quote) for quote in quotes),
    }


def spread(said: GroupMean) -> tuple[str, str, list[str]]:
    """Return a mean's standard deviation as text, how it was converted, and why it or n is empty."""
    why = []
    if not said.n.isdigit():
        why.append(f"n is a range ({said.n})" if said.n else "n isn't stated")
    error = number(said.error)
    if said.error_type == SD and error is not None:
        return said.error, "", why
    if said.error_type == SEM and error is not None:
        if not said.n.isdigit():
            return "", "", [*why, "no SD from a SEM without n"]
        return f"{float(error) * math.sqrt(int(said.n)):.6g}", OF, why
    told = "no error is stated" if not said.error else "whether the error is SD or SEM isn't stated"
    return "", "", [*why, "a confidence interval is not converted" if said.error_type == CI else told]


FORMAT = Format(
    program="metafor (R), `escalc()`",
    holds=RESULTS,
    about="`effects.csv`: a row for each treated group beside its control, with `m1i sd1i n1i m2i sd2i n2i`, the "
    "errors as the paper gives them, page and quote; `effects.R`, which reads it; `effects-README.txt`: what it "
    "can't do. Values come from a field of the type `means`; `--proposed` adds what nobody has decided, marked so.",
    loses="numbers in figures, which are not read; medians, ranges, proportions; a standard deviation where the paper "
    "gives a confidence interval or doesn't say what its errors are; how the n of a shared control is split (it is "
    "marked); which group is the control where neither its name nor `comparator` tells",
    write=write_metafor,
)
