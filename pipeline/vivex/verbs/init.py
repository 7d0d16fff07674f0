"""`vivex init DIR`: the folders, files, git and DVC of a new review; in an existing one, what is missing."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vivex.review import Review

HELP = "Make a new review's folder, or get the team's review into one and complete it"

GITIGNORE = """\
.venv/
__pycache__/
*.tmp
.DS_Store
# one person's: workbooks, versions set aside, plots, what vivex keeps on this machine
*.xlsx
~$*
.~lock.*#
*.yours
dvc_plots/
.vivex/
# what DVC keeps
/pdfs
/annotations
/models/ner
/models/rob
/models/fields
/outputs/*
!/outputs/*.json
"""
GITATTRIBUTES = "*.dvc merge=dvc\ndvc.lock merge=dvc\noutputs/*.json merge=dvc\n"
DVCIGNORE = """\
# what programs leave in folders: no papers, no decisions
.DS_Store
Thumbs.db
desktop.ini
._*
~$*
.~lock.*
.*.part
"""
DVC_FILES = {
    ".dvc/config": "[core]\n    analytics = false\n    autostage = true\n",
    ".dvc/.gitignore": "/config.local\n/tmp\n/cache\n",
    ".dvcignore": DVCIGNORE,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="the review's folder; made if absent")
    parser.add_argument(
        "--form",
        default="invivo",
        help="the form to begin with: invivo (default) or msc-exosome-oa; edit codebook.yaml later",
    )
    parser.add_argument(
        "--from",
        dest="place",
        metavar="PLACE",
        help="get the team's review: the folder or address that it is shared at",
    )
    parser.add_argument("--data", metavar="PLACE", help="where its papers and decisions lie, if not beside it")


def run(options: argparse.Namespace) -> int:
    """Lay out the review; nothing that exists is changed."""
    from vivex.review import Review
    from vivex.team import share
    from vivex.team.driver import configure
    from vivex.team.git import asked, commit_of, git

    root: Path = options.folder
    if options.place:
        share.join(root, options.place)
    cloned = (root / ".git").exists() and share.ORIGIN in asked(root, "remote").split()
    if cloned and not commit_of(root, "HEAD"):
        git(root, "fetch", "-q", share.ORIGIN)
        share.settle_branch(root)
    wrote = lay_out(root, form=options.form)
    for name in wrote:
        print(f"wrote {root / name}")
    if not (root / ".git").exists():
        git(root, "init", "-q", "--initial-branch", "main")
    configure(root)
    if options.data:
        share.data(root, options.data)
    git(root, "add", *wrote)
    if cloned and commit_of(root, "HEAD"):
        return _complete(Review(root))
    print(f"The review is ready. Copy papers into {root / 'pdfs'}, then, in {root}: dvc repro")
    print("Where several people review, first: vivex assign NAME NAME; what is proposed for blind ones stays unseen.")
    return 0


def lay_out(root: Path, *, form: str) -> list[str]:
    """Write what a review's folder lacks; return the files written."""
    from vivex import __version__
    from vivex.codebook import template_path
    from vivex.files import write_text
    from vivex.team.bring import FOLDERS
    from vivex.team.cache import cache_of
    from vivex.team.pointers import pointer_text

    shipped = Path(__file__).parents[1] / "data" / "review"
    files = {
        "codebook.yaml": template_path(form).read_text(encoding="utf-8"),
        "dvc.yaml": (shipped / "pipeline.yaml").read_text(encoding="utf-8"),
        "params.yaml": (shipped / "params.yaml").read_text(encoding="utf-8").replace("@VERSION@", __version__),
        ".gitignore": GITIGNORE,
        ".gitattributes": GITATTRIBUTES,
        "README.md": (shipped / "README.md").read_text(encoding="utf-8"),
        **DVC_FILES,
    }
    absent = [name for name in files if not (root / name).exists()]
    for name in absent:
        write_text(root / name, files[name])
    for folder in (*FOLDERS, "outputs", "models"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    cache = cache_of(root)
    for folder in FOLDERS:
        name = f"{folder}.dvc"
        if not (root / name).exists():
            oid = cache.put_listing(cache.put_folder(root / folder))
            write_text(root / name, pointer_text(folder, oid, cache))
            absent.append(name)
    return absent


def _complete(review: Review) -> int:
    """Get the papers, decisions and results of a cloned review, and say what is next."""
    from vivex.errors import VivexError
    from vivex.review import absent
    from vivex.team.sync import sync

    try:
        done = sync(review, sending=False)
    except VivexError as error:
        print(f"{error}\nThen, in {review.root}: vivex sync")
        return 1
    if done.why == "offline" or absent(review):
        print(f"Papers and decisions have not come: {done.said or 'no connection'}\nThen, in {review.root}: vivex sync")
        return 1
    papers = sum(path.is_file() for path in review.pdfs.iterdir())
    print(f"The team's review is here, with {papers} papers. In {review.root}: vivex status says what is next.")
    return 0
