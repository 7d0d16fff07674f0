"""`vivex report`: the files of the review that people open, from the forms as they are."""

from __future__ import annotations

import argparse
from pathlib import Path

from vivex.verbs import line

HELP = "Write workbook, CSV set, report and figures anew; --all shows the studies that are judged blind, and is noted"
ALL = "review-all"  # the folder of outputs/ that holds them; it is shared with nobody


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    line.arguments(parser)
    parser.add_argument(
        "--all",
        action="store_true",
        help=f"show also what is proposed for studies that are judged blind, in outputs/{ALL}/ on this machine alone; "
        "it is noted that --reviewer has seen them",
    )
    parser.add_argument("--reviewer", help="with --all: whose eyes these are (default: who works on this machine)")


def run(options: argparse.Namespace) -> int:
    """Bring the highlighted copies up to date and write the review's files."""
    from vivex.compiled import kept

    with kept():
        from vivex.people.who import who

    reviewer = who(options.root, options.reviewer, option="--reviewer") if options.all else ""
    done = line.run_stages(options, "highlight", "picture")
    write_shared(done)
    if reviewer:
        _write_all(done, options.root, reviewer)
    return done.status


def write_shared(done: line.Done) -> None:
    """Write what the team shares: without the proposals of studies that are still judged blind."""
    from vivex.forms.review_files import write_review
    from vivex.people.blind import left_out
    from vivex.people.library import publications, references, twins
    from vivex.review import Review
    from vivex.stages import Papers, failures

    out, hidden = done.setting.out, done.hidden
    visible = {study: path for study, path in done.sources.items() if study not in hidden}
    blind = left_out([(study, path.name) for study, path in sorted(done.sources.items())], hidden)
    lost = [*failures(out), *done.faults, *blind]
    known = references(Review(out.parent), done.sources)
    line.tell(twins(known))
    papers = Papers(out, visible, publications=publications(known))
    write_review(papers, lost, done.setting.codebook_read, out / "review", keys=papers.keys, tell=line.tell)
    for failure in blind:
        print(f"  judged blind, so not shown: {failure.file}")


def hide(root: Path) -> None:
    """Make the files that the team shares anew, so that what was handed out blind just now stands in none of them.

    Where DVC keeps the review its record of them is made anew too, for that is what the others get. Raise ReviewError
    where that fails.
    """
    import subprocess
    import sys

    from vivex.errors import ReviewError
    from vivex.verbs import prefill

    if not (root / "outputs" / "review").is_dir():
        return
    print("taking what is proposed for blind studies out of report, tables, figures and highlighted copies ...")
    if (root / ".dvc").is_dir() and (root / "dvc.lock").exists():
        words = [sys.executable, "-m", "dvc", "repro", "--quiet", "--single-item", "prefill"]
        done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
        status, said = done.returncode, (done.stderr.strip().splitlines() or [""])[-1]
    else:
        options = argparse.Namespace(root=root, jobs=None, on=None, verbose=False, allow_left_out=True)
        status, said = prefill.run(options), ""
    if status:
        raise ReviewError(
            f"the studies are handed out, but {root / 'outputs' / 'review'} may still show what is proposed for blind "
            f"ones{f' ({said})' if said else ''}; run `dvc repro` before `vivex sync`"
        )


def _write_all(done: line.Done, root: Path, reviewer: str) -> None:
    """Note who sees what is judged blind, then show it in a folder that neither git nor DVC carries."""
    from vivex.errors import UnreadablePaper
    from vivex.files import write_text
    from vivex.forms.highlight import write_highlights
    from vivex.forms.review_files import write_review
    from vivex.people.blind import note_seen
    from vivex.people.library import publications, references
    from vivex.people.who import now
    from vivex.review import open_review
    from vivex.stages import Papers, failures

    review = open_review(root)
    seen = note_seen(review, reviewer, list(done.hidden), when=now())
    out = done.setting.out
    write_text(out / ALL / ".gitignore", "*\n")
    lost = [*failures(out), *done.faults]
    papers = Papers(out, done.sources, publications=publications(references(review, done.sources)))
    opened = write_review(papers, lost, done.setting.codebook_read, out / ALL, tell=line.tell)
    for paper in Papers(out, {study: path for study, path in done.sources.items() if study in done.hidden}):
        if paper.source is not None and paper.source.suffix.lower() == ".pdf":
            try:
                write_highlights(paper, out / ALL / "highlighted" / f"{paper.study}.pdf")
            except UnreadablePaper as error:
                line.tell([f"{paper.study}: {error}"])
    print(opened[0])
    if seen:
        print(f"noted that {reviewer} has seen what is proposed for {', '.join(seen)}: no longer blind from here on")
