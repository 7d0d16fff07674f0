"""What the verbs of the line share: options, progress bars, closing lines."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vivex.progress import Progress, summary

if TYPE_CHECKING:
    from vivex.engines import Engine
    from vivex.paper import Failure
    from vivex.review import Review
    from vivex.stages import Report
    from vivex.work import Setting

TRANSIENT = 3  # the exit status: papers were not done for a reason that may pass
LINE = ("parse", "recognize", "assess", "prefill")  # a paper that fails in one of these has no form


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of a stage verb."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    engine_arguments(parser)
    parser.add_argument(
        "--allow-left-out", action="store_true", help="exit 0 although papers were left out (dvc.yaml uses it)"
    )


def engine_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options that say where papers are worked on, and how much is told of it."""
    parser.add_argument("--jobs", type=int, default=None, help="papers at a time (default: the cores at hand)")
    parser.add_argument(
        "--on",
        default=None,
        metavar="ENGINE",
        help="where papers are worked on: local (default), dask://HOST:PORT, slurm or slurm:FILE; limits.on of "
        "params.yaml says it for good (docs/clusters.md)",
    )
    parser.add_argument("--verbose", action="store_true", help="tell of each paper as it ends, and how long it took")


@dataclass(frozen=True, slots=True)
class Done:
    """Hold what a verb's stages did: exit status, the setting and papers they ran with, faults of the moment."""

    status: int
    setting: Setting
    sources: Mapping[str, Path]
    faults: tuple[Failure, ...] = ()
    hidden: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # studies judged blind -> by whom


def run(options: argparse.Namespace, *stages: str) -> int:
    """Run stages of the review at --root; return the exit status."""
    return run_stages(options, *stages).status


def run_stages(options: argparse.Namespace, *stages: str) -> Done:
    """Run stages of the review at --root; of studies that are still judged blind no highlighted copy is made.

    The status is 3 where papers were not done for a reason that may pass, 1 where papers were left out, unless they
    may be.
    """
    from vivex.compiled import kept

    with kept():
        from vivex.engines.chosen import engine
        from vivex.people.blind import withheld
        from vivex.review import gather, open_review, pinned, read_params
        from vivex.stages import locked

    review = open_review(options.root)
    params = read_params(review.root / "params.yaml", jobs=options.jobs, on=options.on)
    tell(pinned(params))
    chosen = setting(review, params)
    sources, refused = gather([review.pdfs] if review.pdfs.is_dir() else [])
    hidden = withheld(review, chosen.codebook_read) if "highlight" in stages else {}
    with locked(review.outputs), engine(chosen) as pool:
        watch = Progress(lambda: pool.running, options.verbose)
        reports = worked(stages, sources, refused, chosen, pool, watch, unmarked=hidden)
    tell(summary(watch.stages))
    faults = transient(reports)
    lost = any(r.failures for r in reports) and not options.allow_left_out
    return Done(TRANSIENT if faults else int(lost), chosen, sources, faults, hidden)


def worked(
    stages: Iterable[str],
    sources: Mapping[str, Path],
    refused: Sequence[Failure],
    chosen: Setting,
    pool: Engine,
    watch: Progress,
    *,
    keep: bool = False,
    unmarked: Collection[str] = (),
) -> list[Report]:
    """Run the stages one after the other, and print what each did as it ends; `unmarked` get no highlighted copy."""
    from vivex.stages import run_stage

    reports = []
    for stage in stages:
        left_out = refused if stage == "parse" else ()
        given = {s: p for s, p in sources.items() if stage != "highlight" or s not in unmarked}
        report = run_stage(stage, given, chosen, pool, left_out=left_out, keep=keep, progress=watch)
        say(report)
        reports.append(report)
    return reports


def tell(notes: Iterable[str]) -> None:
    """Print what to know, one line each."""
    for note in notes:
        print(f"  {note}", file=sys.stderr)


def transient(reports: Iterable[Report]) -> tuple[Failure, ...]:
    """Return the failures that are no fault of the papers."""
    return tuple(failure for report in reports for failure in report.failures if failure.transient)


def setting(review: Review, params: dict[str, Any]) -> Setting:
    """Return the Setting of a review's stages; the codebook is read here, and named where it is malformed."""
    from vivex.work import Setting

    return Setting(review.outputs, params, review.models, review.codebook)


def say(report: Report) -> None:
    """Print what a stage did, what to know of its models, and each paper it left out with reason and remedy."""
    parts = [f"{report.stage}: {report.done} paper{'s' * (report.done != 1)} worked on"]
    if report.kept:
        parts.append(f"{report.kept} unchanged")
    if report.removed:
        parts.append(f"{report.removed} removed")
    print(", ".join(parts))
    tell(report.warnings)
    for failure in report.failures:
        lost = "left out" if report.stage in LINE else f"no {report.stage} of"
        lost = "try again" if failure.transient else lost
        print(f"  {lost} {failure.file}: {failure.reason}: {failure.remedy}", file=sys.stderr)
    for file, warning in report.papers:
        print(f"  warning {file}: {warning}", file=sys.stderr)
