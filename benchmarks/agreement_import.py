"""Show that a reviewer's workbook comes back with exactly the edits, and that a killed import loses nothing.

usage: python benchmarks/agreement_import.py [--kills 50] [--review DIR]

1. A review's studies (DIR; default: a review made here from fictitious text) are assigned; LibreOffice, headless, opens
   the workbook, makes seeded edits in its cells (accept, edit, reject, judgements, notes) and saves it as .xlsx;
   `vivex import` must give exactly these edits, and a second import must change nothing.
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
from pathlib import Path

from vivex.cli import main as vivex
from vivex.people.store import read_statement, studies
from vivex.review import Review

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

EDITOR = r"""
import sys, time, json, subprocess, uno
from com.sun.star.beans import PropertyValue
source, target, edits, pipe = sys.argv[1], sys.argv[2], json.load(open(sys.argv[3])), sys.argv[4]
def value(name, v):
    p = PropertyValue(); p.Name, p.Value = name, v; return p
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(120):
    try:
        context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe); break
    except Exception:
        time.sleep(0.5)
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
book = desktop.loadComponentFromURL(uno.systemPathToFileUrl(source), "_blank", 0, (value("Hidden", True),))
for sheet, column, row, text in edits:
    book.Sheets.getByName(sheet).getCellByPosition(column, row).setString(text)
book.storeToURL(uno.systemPathToFileUrl(target), (value("FilterName", "Calc MS Excel 2007 XML"),))
book.close(True)
try: desktop.terminate()
except Exception: pass
"""
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
    import json

    from openpyxl import load_workbook

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
    book_path = next((review.outputs / "assigned").glob("*prefilled.xlsx"))
    edits, expected = [], {}
    for sheet in load_workbook(book_path):
        headers = [str(c.value) for c in sheet[2]]
        if "Study" not in headers or "Decision" not in headers:
            continue
        at = {h: i for i, h in enumerate(headers)}
        yours = next(at[h] for h in ("Your value", "Your judgement", "Your answer") if h in at)
        note = next(i for h, i in at.items() if h.startswith("Your") and i != yours)
        for number, row in enumerate(sheet.iter_rows(min_row=3, values_only=True), 2):
            if not row[0] or rng.random() < 0.5:
                continue
            proposed = next(str(row[at[h]] or "") for h in at if h.startswith("Proposed"))
            new = "accept" if proposed else "skip"
            if rng.random() < 0.6:
                new = rng.choice(["edit", "reject"])
            if new == "skip":
                continue
            choices = {"Your judgement": ["low", "high", "unclear"], "Your answer": ["yes", "no"]}.get(headers[yours])
            value = (
                rng.choice([c for c in choices if c != proposed])
                if choices
                else f"{rng.randint(1, 99)} µg/kg · «{number}»"
            )
            if not choices and str(row[at["Field"]]).casefold() == "sex":
                value = rng.choice([v for v in ("male", "female", "both") if v != proposed])
            edits.append([sheet.title, at["Decision"], number, new])
            if new == "edit":
                edits.append([sheet.title, yours, number, value])
            text = f"note {rng.randint(0, 999)}: ≥ 3 °C" if rng.random() < 0.3 else ""
            if text:
                edits.append([sheet.title, note, number, text])
            expected[row[0]] = (
                {"accept": "accepted", "edit": "edited", "reject": "rejected"}[new],
                value if new == "edit" else proposed,
                text,
            )
    (root / "edits.json").write_text(json.dumps(edits), encoding="utf-8")
    (root / "editor.py").write_text(EDITOR, encoding="utf-8")
    saved = root / "saved.xlsx"
    office = subprocess.Popen(
        [
            "soffice",
            "--headless",
            "--norestore",
            f"-env:UserInstallation=file://{root}/office",
            "--accept=pipe,name=vivexedit;urp;",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        subprocess.run(
            [
                "/usr/bin/python3",
                str(root / "editor.py"),
                str(book_path),
                str(saved),
                str(root / "edits.json"),
                "vivexedit",
            ],
            check=True,
            timeout=240,
        )
    finally:
        office.terminate()
        office.wait(30)
    must(vivex(["import", str(saved), "--reviewer", "mk", "--root", str(root)]) == 0, "import")
    found = {}
    for study in studies(review):
        for a in read_statement(review.annotations / study / "mk.jsonl").decisions:
            value = (
                a.value.get("judgement", {True: "yes", False: "no"}.get(a.value.get("reported")))
                if isinstance(a.value, dict)
                else str(a.value)
            )
            found[a.revises] = (a.decision, value, a.note)
    must(
        found == expected,
        f"{len(found)} decisions, expected {len(expected)}: {set(found.items()) ^ set(expected.items())}",
    )
    before = {p: p.read_bytes() for p in review.annotations.rglob("*.jsonl")}
    must(vivex(["import", str(saved), "--reviewer", "mk", "--root", str(root)]) == 0, "second import")
    must({p: p.read_bytes() for p in before} == before, "the second import changed something")
    print(
        f"round trip: {len(edits)} cells edited in LibreOffice, {len(expected)} decisions, all as edited; imported "
        "twice, no change"
    )


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
        states = set()
        for study in found:
            statement = read_statement(review.annotations / study / "mk.jsonl")  # raises where a file is not whole
            must(len(statement.decisions) == 12, f"{study}: {len(statement.decisions)} decisions")
            states |= {int(a.value.split()[0]) for a in statement.decisions}
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
