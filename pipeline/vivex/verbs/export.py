"""`vivex export`."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "Write what people settled, or the marked texts, for another program: --to NAME (--list names them)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the verb's options."""
    parser.add_argument("--root", type=Path, default=Path("."), help="the review's folder (default: here)")
    parser.add_argument("--to", dest="name", metavar="NAME", action="append", help="the format; may be given again")
    parser.add_argument("--out", type=Path, help="folder for the files; made if absent")
    parser.add_argument(
        "--proposed",
        action="store_true",
        help="also what vivex proposes and nobody has decided, marked as such, in marked texts and in metafor's table",
    )
    parser.add_argument("--list", dest="listed", action="store_true", help="list the formats, and what each holds")


def run(options: argparse.Namespace) -> int:
    """Write the files of each format asked for, and say how much is not settled yet."""
    from vivex.codebook import read_codebook
    from vivex.errors import UnknownName
    from vivex.exchange.formats import RESULTS, all_formats, broken_formats, format_named, writer_named
    from vivex.files import write_bytes
    from vivex.people.final import boxes_of
    from vivex.people.material import material
    from vivex.review import gather, open_review
    from vivex.stages import failures
    from vivex.states import SETTLED
    from vivex.verbs import line

    if options.listed:
        for name, of in all_formats().items():
            ways = " and ".join(word for word, way in (("written", of.write), ("read", of.read)) if way is not None)
            print(f"{name:<22} {of.holds:<12} {ways:<17} {of.program}")
        line.tell(broken_formats())
        return 0
    if not options.name or options.out is None:
        raise UnknownName("say which format and where: vivex export --to NAME --out DIR (`vivex export --list`)")
    writers = {name: writer_named(name) for name in options.name}
    review = open_review(options.root)
    codebook = read_codebook(review.codebook)
    sources, _ = gather([review.pdfs] if review.pdfs.is_dir() else [])
    boxes = boxes_of(review, failures(review.outputs))
    of_review = material(review, codebook, sources, boxes, proposed=options.proposed)
    for asked, write in writers.items():
        files = write(of_review)
        for name, data in files.items():
            write_bytes(options.out / name, data)
            print(options.out / name)
        if not files:
            print(f"{asked}: nothing to write, the form asks for none of what it holds (docs/exchange.md)")
    open_ = sum(state != SETTLED for study in of_review.studies for state in study.states.values())
    if open_ and any(format_named(name).holds == RESULTS for name in writers):
        print(f"{open_} items are not settled: they are empty or absent in these files (`vivex status` says whose)")
    return 0
