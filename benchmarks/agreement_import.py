"""Show that a reviewer's workbook comes back with exactly the edits, and that a killed import loses nothing.

usage: python benchmarks/agreement_import.py [--kills 50] [--review DIR]

1. A review's studies (DIR; default: a review made here from fictitious text) are handed out; seeded edits of every kind
   (accept, edit, reject, only this, accept the rest, further answers, judgements, notes) go into the workbook, which
   LibreOffice, headless, saves twice (.ods, then .xlsx); `vivex import` must give exactly these decisions, and a second
   import must change nothing.
2. An import of 200 studies is killed (SIGKILL) at a random moment, 50 times: after each kill every file must be whole,
   and every decision that an earlier import finished must still be there; the last import finishes all.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from vivex.cli import main as vivex
from vivex.codebook import template
from vivex.people.store import read_statement, studies
from vivex.questions import question
from vivex.review import Review

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

from workbook_rows import Row

ASKED = template("invivo").questions

IMPORTER = """
import pathlib, sys
from vivex.annotation import Annotation
from vivex.people.importing import take_in
from vivex.people.store import Session
from vivex.review import Review
review, step = Review(pathlib.Path(sys.argv[1])), int(sys.argv[2])
made = [Annotation(f"study-{n:03}", f"form.{f}", f"{step} {k} " + "x" * 500, (), "reviewer:mk", None, decision="added")
        for n in range(200) for f in ("dose", "route", "outcomes") for k in range(4)]
print("go", flush=True)
take_in(review, "mk", made, Session("w.xlsx", "", False))
print("done", flush=True)
"""


def main() -> int:
    """Run both parts and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--review", type=Path, help="a review whose stages have run; it is copied, not changed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        round_trip(Path(folder) / "trip", options.review, random.Random(options.seed))
        kills(Path(folder) / "kills", options.kills, random.Random(options.seed))
    return 0


def round_trip(root: Path, source: Path | None, rng: random.Random) -> None:
    """Edit an assigned workbook in LibreOffice and import it."""

    review = Review(root)
    if source is not None:
        shutil.copytree(source, root, ignore=shutil.ignore_patterns(".git", ".dvc", "annotations", "models"))
        review.annotations.mkdir()
    else:
        from small_review import write_study
        from vivex.codebook import template_path

        review.annotations.mkdir(parents=True)
        review.codebook.write_bytes(template_path("invivo").read_bytes())
        for n in range(12):
            write_study(review, f"study-{n:02}")
    must(vivex(["assign", "mk", "--per-study", "1", "--root", str(root)]) == 0, "assign")
    must(vivex(["work", "--reviewer", "mk", "--root", str(root)]) == 0, "work")
    book_path = root / "workbooks" / "mk.xlsx"
    edits, expected = edited(book_path, rng)
    saved = through_office(book_path, edits)
    must(vivex(["import", str(saved), "--reviewer", "mk", "--root", str(root)]) == 0, "import")
    found: Counter[tuple[str, str, str, str]] = Counter()
    for study in studies(review):
        for a in read_statement(review.annotations / study / "mk.jsonl").decisions:
            shown = question(a.label).show(a.value)
            found[study, f"{a.label} {shown}", a.decision, a.note] += 1
    must(found == expected, f"{found.total()} decisions of {expected.total()}: {found - expected} {expected - found}")
    before = {p: p.read_bytes() for p in review.annotations.rglob("*.jsonl")}
    must(vivex(["import", str(saved), "--reviewer", "mk", "--root", str(root)]) == 0, "second import")
    must({p: p.read_bytes() for p in before} == before, "the second import changed something")
    print(
        f"round trip: {len(edits)} cells edited in LibreOffice, {expected.total()} decisions, all as edited; imported "
        "twice, no change"
    )


def through_office(path: Path, edits: list[tuple[str, int, int, str]]) -> Path:
    """Return the workbook with the edits in its cells, after LibreOffice has saved it as .ods and that as .xlsx."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    for sheet, column, row, text in edits:
        book[sheet].cell(row + 1, column + 1).value = text
    folder = path.parent / "office"
    folder.mkdir()
    saved = folder / path.name
    book.save(saved)
    for made, to in ((saved, "ods"), (saved.with_suffix(".ods"), "xlsx:Calc MS Excel 2007 XML")):
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", to, "--outdir", str(folder), str(made)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
    return saved


def edited(
    path: Path, rng: random.Random
) -> tuple[list[tuple[str, int, int, str]], Counter[tuple[str, str, str, str]]]:
    """Return edits of every kind (sheet, column and row from 0, text), and the decisions that they make."""
    from workbook_rows import FilledBook

    edits: list[tuple[str, int, int, str]] = []
    expected: Counter[tuple[str, str, str, str]] = Counter()
    rows = list(FilledBook(path).rows())
    rest = {
        (row.sheet, row.texts["row"]) for row in rows if row.texts["row"].startswith("section") and rng.random() < 0.4
    }
    by_question: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        kind, asked = row.texts["row"].removeprefix("add "), row.texts["field"] or row.texts["item"]
        if (row.sheet, kind) in rest and "decision" in row.columns:
            edits.append((row.sheet, row.columns["decision"] - 1, row.number - 1, "accept the rest"))
        if asked:
            by_question.setdefault((row.sheet, kind, asked), []).append(row)

    def put(row: Row, **texts: str) -> None:
        edits.extend((row.sheet, row.columns[key] - 1, row.number - 1, text) for key, text in texts.items() if text)

    for (sheet, kind, asked), of in by_question.items():
        head = kind.partition("/")[0]
        name = asked.partition(". ")[2] or asked if head == "syrcle" else asked
        label = next(q.label for q in ASKED.values() if q.label.startswith(head) and q.name == name)
        several = ASKED[label].several
        proposed = [row for row in of if row.texts.get("proposed")]
        study, alone = of[0].texts["study"], bool(proposed) and rng.random() < 0.1

        def expect(value: str, decision: str, note: str = "", *, of_study: str = study, of_label: str = label) -> None:
            expected[of_study, f"{of_label} {value}", decision, note] += 1

        given = 0
        for number, row in enumerate(proposed):
            value, note = row.texts["proposed"], rng.choice(["", f"note {rng.randint(0, 999)}: ≥ 3 °C"])
            choices = [c for c in ASKED[label].choices if c != value] or [
                f"{rng.randint(1, 99)} µg/kg · «{row.number}»"
            ]
            word = "only this" if alone and number == 0 else rng.choice(["", "accept", "edit", "reject"])
            if word == "edit":
                put(row, decision=word, yours=(other := rng.choice(choices)), note=note)
                expect(other, "edited", note)
            elif word:
                put(row, decision=word, note=note)
                expect(value, "rejected" if word == "reject" else "accepted", note)
            elif alone:
                expect(value, "rejected")
            elif (sheet, f"section {kind}") in rest:
                expect(value, "rejected" if given and not several and head == "form" else "accepted")
                given += 1
            given += word in ("accept", "edit", "only this")
        blank = [row for row in of if not row.texts.get("proposed")]
        if (
            head == "form"
            and several
            and not alone
            and blank
            and rng.random() < 0.3
            and "not reported" not in {row.texts.get("proposed") for row in proposed}
        ):
            value = rng.choice(list(ASKED[label].choices) or [f"{rng.randint(100, 999)} mg"])
            put(blank[-1], yours=value)
            expect(value, "added")
    return edits, expected


def kills(root: Path, count: int, rng: random.Random) -> None:
    """Kill imports at random moments."""
    review = Review(root)
    review.annotations.mkdir(parents=True)
    subprocess.run([sys.executable, "-c", IMPORTER, str(root), "0"], check=True, capture_output=True)
    started = time.monotonic()
    subprocess.run([sys.executable, "-c", IMPORTER, str(root), "1"], check=True, capture_output=True)
    whole = time.monotonic() - started
    cut = parts = 0
    for step in range(2, count + 2):
        with subprocess.Popen(
            [sys.executable, "-c", IMPORTER, str(root), str(step)], stdout=subprocess.PIPE
        ) as process:
            process.stdout.readline()
            time.sleep(rng.uniform(0, whole))
            os.kill(process.pid, signal.SIGKILL)
            cut += b"done" not in process.stdout.read()
        found = studies(review)
        must(len(found) == 200, f"{len(found)} studies after kill {step}")
        for study in found:
            statement = read_statement(review.annotations / study / "mk.jsonl")  # raises where a file is not whole
            must(len(statement.decisions) == 12, f"{study}: {len(statement.decisions)} decisions")
            steps = {int(a.value.split()[0]) for a in statement.decisions}
            must(len(steps) == 1, f"{study}: a mixture of imports {steps}")
            must(len(statement.superseded) == 12 * (len(statement.sessions) - 1), f"{study}: history lost")
        parts += len(list(review.annotations.rglob("*.part")))
    subprocess.run([sys.executable, "-c", IMPORTER, str(root), "999"], check=True, capture_output=True)
    done = [read_statement(review.annotations / s / "mk.jsonl") for s in studies(review)]
    must(all(a.value.startswith("999 ") for s in done for a in s.decisions), "the last import is not whole")
    must(not list(review.annotations.rglob("*.part")), "unfinished files are left")
    print(
        f"kill -9: {count} imports killed, {cut} of them before their end ({parts} unfinished files seen and swept); "
        "no loss, no half file"
    )


def must(truth: bool, what: str) -> None:
    """Stop where something does not hold."""
    if not truth:
        raise SystemExit(f"failed: {what}")


if __name__ == "__main__":
    sys.exit(main())
