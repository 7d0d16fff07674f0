"""`vivex run FILE... --out DIR`: from any papers to pre-filled forms, without a review folder."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from vivex.verbs import line

HELP = "Read papers (PDF, JATS XML, text; files or folders) and pre-fill their forms into a folder"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="papers, or folders of papers")
    parser.add_argument("--out", type=Path, required=True, help="folder for the results; made if absent")
    parser.add_argument(
        "--codebook", default="invivo", help="a codebook.yaml, or a shipped form: invivo (default), msc-exosome-oa"
    )
    parser.add_argument("--params", type=Path, help="a params.yaml (default: vivex's defaults)")
    parser.add_argument("--models", type=Path, help="a review's models/ folder (default: the shipped models)")
    line.engine_arguments(parser)
    parser.add_argument("--ocr", action="store_true", help="add a text layer to scans with OCRmyPDF, where installed")
    parser.add_argument("--documents-only", action="store_true", help="stop after reading the papers")
    parser.add_argument(
        "--prune", action="store_true", help="remove what earlier runs left in the folder of papers not given now"
    )
    parser.add_argument(
        "--no-report", action="store_true", help="write the data files only: no workbook, report, figures"
    )
    parser.add_argument(
        "--job-script", action="store_true", help="with --on slurm: print the script of a job, and stop"
    )


def run(options: argparse.Namespace) -> int:
    """Run the line; return 1 where papers were left out, 2 where none was read, 3 where the reason may pass."""
    from vivex.compiled import kept

    with kept():
        from vivex.codebook import TEMPLATES, template_path
        from vivex.engines.chosen import engine
        from vivex.errors import UnknownName
        from vivex.models import shipped
        from vivex.people.library import known_of, publications, twins
        from vivex.progress import Progress, summary
        from vivex.review import gather, pinned, read_params
        from vivex.stages import Papers, failures, locked
        from vivex.work import Setting

    codebook = template_path(options.codebook) if options.codebook in TEMPLATES else Path(options.codebook)
    if not codebook.exists():
        raise UnknownName(f"no codebook {options.codebook!r}; give a codebook.yaml or one of {', '.join(TEMPLATES)}")
    for given in (options.params, options.models):
        if given is not None and not given.exists():
            raise UnknownName(f"there is no {given}; check the name, or leave the option out for what vivex ships")
    params = read_params(options.params, jobs=options.jobs, on=options.on)
    if options.job_script:
        print(_job_script(str(params["limits"]["on"])), end="")
        return 0
    line.tell(pinned(params))
    if options.ocr:
        params["parse"]["ocr"] = True
    sources, refused = gather(options.files)
    setting = Setting(options.out, params, options.models or shipped(), codebook)  # a malformed codebook is named here
    stages = ["parse"] if options.documents_only else [*line.LINE]
    if not (options.no_report or options.documents_only):
        stages += ["highlight", "picture"]
    keep = not options.prune
    notes: list[str] = []  # of papers that break a file of the review
    with locked(options.out):
        with engine(setting) as pool:
            watch = Progress(lambda: pool.running, options.verbose)
            faults = line.transient(line.worked(stages, sources, refused, setting, pool, watch, keep=keep))
            begin = time.monotonic()
            lost = [*failures(options.out), *faults]
            if "highlight" in stages:
                from vivex.forms.review_files import write_review

                earlier = Papers(options.out, sources, keep=keep).studies
                known = known_of(options.out, {}, earlier)
                line.tell(twins(known))
                papers = Papers(options.out, sources, keep=keep, publications=publications(known))
                for path in write_review(
                    papers,
                    lost,
                    setting.codebook_read,
                    options.out / "review",
                    keys=papers.keys,
                    tell=notes.extend,
                    engine=pool if params["limits"]["on"] == "local" else None,
                ):
                    print(path)
                line.tell(notes)
        line.tell(summary(watch.stages, [("workbook, report, tables, figures", time.monotonic() - begin)]))
    given = {*sources, *(failure.study for failure in refused)}
    failed = {failure.study for failure in lost} & given
    if faults:
        return line.TRANSIENT
    if not any((options.out / "documents" / f"{study}.json").exists() for study in sources):
        print("vivex run: no paper could be read", file=sys.stderr)
        return 2
    return 1 if failed or notes else 0


def _job_script(on: str) -> str:
    """Return the script of a job; raise UnknownName where the engine is no SLURM."""
    from vivex.engines.slurm import job_script, read_request
    from vivex.errors import UnknownName

    name, _, file = on.partition(":")
    if name != "slurm":
        raise UnknownName(f"--job-script is of --on slurm or slurm:FILE, not of {on}")
    return job_script(read_request(Path(file) if file else None))
