"""Measure what a team waits for: the seconds of each command by which copies come together, and the processor's.

    python benchmarks/team.py [--studies 4 100] [--decisions 64]

Makes a review of so many short texts in a temporary folder, with a shared folder beside it and two reviewers' copies;
each has decided on all studies. Then another, with pre-filled forms, in which two reviewers fill in their workbooks and
disagree on one question of each study. Prints a table; benchmarks/team.md quotes it.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from openpyxl import load_workbook

from small_review import write_study
from vivex.annotation import Annotation
from vivex.codebook import template_path
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import Review
from workbook_rows import FilledBook

LABELS = [f"form.{name}" for name in ("strain", "disease_model", "induction", "outcomes", "comparator", "intervention")]


def call(*words: str) -> tuple[float, float]:
    """Run vivex; return the seconds it took, and those of the processor, its children's (git) included."""
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "vivex.cli", *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - begin, worked


def decide(root: Path, who: str, studies: int, decisions: int, *, word: str) -> None:
    """Let a reviewer decide on all studies."""
    made = [
        Annotation(f"study-{n}", LABELS[k % len(LABELS)], f"{word} {k}", (), f"reviewer:{who}", None, decision="added")
        for n in range(studies)
        for k in range(decisions)
    ]
    take_in(Review(root), who, made, Session(f"{word}.xlsx", word, True))


def measure(studies: int, decisions: int) -> dict[str, tuple[float, float]]:
    """Return command -> seconds for a review of so many studies."""
    found: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        mk, th, share = (Path(folder) / name for name in ("mk", "th", "share"))
        found["vivex init"] = call("init", str(mk))
        for number in range(studies):
            (mk / "pdfs" / f"study-{number}.txt").write_text(f"Paper {number}\n" + "Rats were used. " * 4000)
        found["vivex sync --share (all papers sent)"] = call("sync", "--root", str(mk), "--share", str(share))
        found["vivex init --from (all papers got)"] = call("init", str(th), "--from", str(share))
        decide(mk, "mk", studies, decisions, word="one")
        decide(th, "th", studies, decisions, word="two")
        found["vivex sync, sends decisions on all studies"] = call("sync", "--root", str(mk))
        found["vivex sync, gets and sends such"] = call("sync", "--root", str(th))
        found["vivex sync, gets such"] = call("sync", "--root", str(mk))
        found["vivex sync, nothing new"] = call("sync", "--root", str(mk))
        decide(mk, "mk", 1, decisions, word="three")
        found["vivex sync, sends one study"] = call("sync", "--root", str(mk))
        found["vivex check"] = call("check", "--root", str(mk))
        found["vivex status"] = call("status", "--root", str(mk))
        found["vivex exclude"] = call("exclude", "study-1", "--reason", "r", "--by", "mk", "--root", str(mk))
        found["vivex undo"] = call("undo", "--reviewer", "mk", "--root", str(mk))
        found["vivex rename"] = call("rename", "study-0", "new-0", "--root", str(mk))
    return found


def measure_people(studies: int) -> dict[str, tuple[float, float]]:
    """Return command -> seconds of what people do with forms, workbooks and conflicts of so many studies."""
    found: dict[str, tuple[float, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        review = Review(Path(folder) / "review")
        at = ("--root", str(review.root))
        review.annotations.mkdir(parents=True)
        review.codebook.write_bytes(template_path("invivo").read_bytes())
        for number in range(studies):
            write_study(review, f"study-{number}")
        found["vivex assign"] = call("assign", "mk", "th", *at)
        for who, sex in (("mk", "male"), ("th", "female")):
            took = call("work", "--reviewer", who, *at)
            path = review.root / "workbooks" / f"{who}.xlsx"
            answer(path, sex)
            found |= {"vivex work": took, "vivex import": call("import", str(path), *at)}
        workbook = Path(folder) / "conflicts.xlsx"
        found["vivex conflicts --workbook"] = call("conflicts", "--workbook", str(workbook), *at)
        keep(workbook, "mk")
        found["vivex adjudicate"] = call("adjudicate", str(workbook), "--by", "xy", *at)
        found["vivex agree"] = call("agree", *at)
        found["vivex final"] = call("final", *at)
        found["vivex status, all answered"] = call("status", *at)
        found["vivex check, all answered"] = call("check", *at)
    return found


def answer(path: Path, sex: str) -> None:
    """Answer every question of a workbook: the sex as told, of the rest what is proposed, or low, yes, not reported."""
    book = FilledBook(path)
    for row in book.rows():
        of = row.texts
        if of["row"] == "study" and "decision" in row.columns:
            book.put(row, decision="accept the rest")
        elif of.get("field", "").casefold() == "sex" and not of["row"].startswith("add "):
            book.put(row, yours=sex)
        elif "decision" not in row.columns and not of["row"].startswith(("add ", "section ", "study")):
            book.put(row, yours={"syrcle": "low", "reporting": "yes"}.get(of["row"], "not reported"))
    book.save()


def keep(path: Path, who: str) -> None:
    """Keep a reviewer's answers in a workbook of conflicts."""
    book = load_workbook(path)
    sheet = book["Conflicts"]
    head = {cell.value: cell.column for cell in sheet[2]}
    for row in range(3, sheet.max_row + 1):
        mark = sheet.cell(row, head["keep"])
        mark.value = mark.value or ("yes" if who in str(sheet.cell(row, head["given by"]).value) else "no")
    book.save(path)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--studies", type=int, nargs="+", default=[4, 100])
    parser.add_argument("--decisions", type=int, default=64)
    options = parser.parse_args()
    columns = [measure(count, options.decisions) | measure_people(count) for count in options.studies]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    heads = [f"{count} studies: processor | waited" for count in options.studies]
    print("| command | " + " | ".join(heads) + " |")
    print("|---|" + "--:|--:|" * len(columns))
    for command in columns[0]:
        cells = [f"{worked:.1f} | {waited:.1f}" for waited, worked in (column[command] for column in columns)]
        print(f"| {command} | " + " | ".join(cells) + " |")


if __name__ == "__main__":
    main()
