"""The verbs that `disturb_runs.py` disturbs, each with a small review of made-up papers in which it has work to do.

Another verb is one more line of VERBS: its words, the review it works in (`papers` alone, `read` by the machine,
`stated` on by two people, who disagree, or `settled`), and whether it calls child processes.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from vivex.cli import main
from vivex.codebook import template_path

TEXT = """Dexamethasone in rats, part {i}

## Methods
{n} male Wistar rats received 5 mg/kg dexamethasone by oral gavage once daily for 4 weeks. Rats were randomly allocated
to two groups (n = {half} per group) with a random number table. Assessors were blinded to the groups.

## Results
The score was lower in the treated group than in the control group (p < 0.05).
"""
PARAMS = """limits: {jobs: 2}
train: {min_training: 1, min_held_out: 1, share: 0.5, resamples: 20, curve: [1.0], iterations: 2, least_papers: 1}
agree: {resamples: 20}
"""
STUDIES = 4
_BOTH = dict.fromkeys(("Random housing", "Other", "Incomplete outcome"), "high")
_EDITS = {"mk": _BOTH, "th": {**_BOTH, "sex": "female", "Sequence generation": "unclear"}}
_KEYS_WITHIN = 8  # the first rows of a sheet, of which a hidden one holds the keys of the columns
LOCKS = (".vivex.lock", ".vivex-annotations.lock")  # empty files, left wherever a verb has worked


@dataclass(frozen=True, slots=True)
class Verb:
    """Name what is called in a review's folder; `calls` where child processes do the work."""

    name: str
    words: tuple[str, ...]
    review: str = "stated"
    calls: bool = False
    weight: int = 1  # how often it is disturbed, against the others
    once: bool = False  # what is done can't be done again
    made_from: tuple[str, ...] = ()  # what is taken out of the review before, so that there is work to do


VERBS: Mapping[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb("run", ("run", "pdfs", "--out", "out", "--jobs", "2", "--no-report"), "papers", calls=True, weight=2),
        Verb("report", ("run", "pdfs", "--out", "out", "--jobs", "1"), "papers", calls=True),
        Verb("prefill", ("prefill", "--jobs", "1"), calls=True, made_from=("outputs/forms", "outputs/review")),
        Verb("assign", ("assign", "mk", "th", "--blind", "0.5"), "read", weight=3),
        Verb(
            "import", ("import", "mk.xlsx", "--reviewer", "mk"), weight=4, made_from=("annotations/study-*/mk.jsonl",)
        ),
        Verb("conflicts", ("conflicts", "--workbook", "found.xlsx", "--csv", "found.csv"), weight=2),
        Verb("adjudicate", ("adjudicate", "conflicts.xlsx", "--by", "xy"), weight=4),
        Verb(
            "settle", ("adjudicate", "study-1", "form.sex", "--value", "male", "--by", "xy", "--note", "why"), weight=6
        ),
        Verb("rename", ("rename", "study-1", "smith-2020"), once=True, weight=4, made_from=("pdfs/study-1.txt",)),
        Verb("work", ("work", "--reviewer", "mk"), weight=2),
        Verb("exclude", ("exclude", "study-2", "--reason", "no control group", "--by", "mk"), once=True, weight=4),
        Verb("reopen", ("reopen", "study-1", "form.sex"), "settled", once=True, weight=4),
        Verb("undo", ("undo", "--reviewer", "mk"), once=True, weight=6),
        Verb("agree", ("agree",)),
        Verb("final", ("final",)),
        Verb("train", ("train",), weight=2),
    )
}


def papers(folder: Path, count: int = STUDIES) -> Path:
    """Write made-up papers into the folder."""
    folder.mkdir(parents=True)
    for i in range(1, count + 1):
        (folder / f"study-{i}.txt").write_text(TEXT.format(i=i, n=10 * i, half=5 * i), encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, str]:
    """Return the hash of every file under a folder, the empty locks left out."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in LOCKS)
    return {p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def reviews(folder: Path, wanted: Iterable[str]) -> Path:
    """Lay out the reviews in which the wanted verbs work, one folder each."""
    needed = {VERBS[name].review for name in wanted}
    first = folder / "papers"
    papers(first / "pdfs")
    for name in ("annotations", "outputs", "models"):
        (first / name).mkdir()
    (first / "codebook.yaml").write_bytes(template_path("invivo").read_bytes())
    (first / "params.yaml").write_text(PARAMS, encoding="utf-8")
    if needed <= {"papers"}:
        return folder
    read = Path(shutil.copytree(first, folder / "read"))
    for stage in ("parse", "recognize", "assess", "prefill"):
        call(stage, "--root", str(read), "--jobs", "1")
    if not needed & {"stated", "settled"}:
        return folder
    stated = Path(shutil.copytree(read, folder / "stated"))
    call("assign", "mk", "th", "--blind", "0", "--root", str(stated), "--out", str(folder / "handed"))
    for who in ("mk", "th"):
        fill_in(folder / "handed" / f"{who}.xlsx", stated / f"{who}.xlsx", who)
        call("import", str(stated / f"{who}.xlsx"), "--reviewer", who, "--root", str(stated))
    call("conflicts", "--workbook", str(folder / "conflicts.xlsx"), "--root", str(stated))
    settle_all(folder / "conflicts.xlsx", stated / "conflicts.xlsx")
    settled = Path(shutil.copytree(stated, folder / "settled"))
    call("adjudicate", str(settled / "conflicts.xlsx"), "--by", "xy", "--root", str(settled))
    return folder


def call(*words: str) -> None:
    """Call a verb; raise RuntimeError with what it said where it fails."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        status = main(words)
    if status:
        raise RuntimeError(f"vivex {' '.join(words)}: exit {status}\n{said.getvalue()}")


def copy_of(reviews: Path, verb: Verb, to: Path) -> Path:
    """Return a fresh copy of the review in which a verb is to work."""
    shutil.copytree(reviews / verb.review, to)
    for pattern in verb.made_from:
        for path in to.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    return to


def fill_in(path: Path, to: Path, who: str) -> None:
    """Fill in a reviewer's workbook: all is accepted but that both find three items high, and differ on two answers.

    What both see otherwise than the machine is what `vivex train` learns.
    """
    from openpyxl import load_workbook

    from vivex.forms.workbook.layout import read_key

    book = load_workbook(path)
    for sheet in book.worksheets:
        keys = {
            key[2]: cell.column
            for row in sheet.iter_rows(max_row=_KEYS_WITHIN)
            for cell in row
            if (key := read_key(cell.value)) is not None
        }
        for row in range(1, sheet.max_row + 1) if "decision" in keys else ():
            if not re.fullmatch("[0-9a-f]{16}", str(sheet.cell(row, keys["id"]).value)):
                continue  # no proposal stands in this row
            asked = {str(sheet.cell(row, keys[key]).value) for key in ("field", "item") if key in keys}
            said = next((answer for word, answer in _EDITS[who].items() if word in asked), "")
            sheet.cell(row, keys["decision"]).value = "edit" if said else "accept"
            if said:
                sheet.cell(row, keys["yours"]).value = said
    book.save(to)


def settle_all(path: Path, to: Path) -> None:
    """Fill in a workbook of conflicts: the first answer to each item is kept, the others aren't."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    sheet = book.worksheets[0]
    at = {str(cell.value): cell.column for cell in sheet[2]}
    seen: set[tuple[object, object]] = set()
    for row in range(3, sheet.max_row + 1):
        item = (sheet.cell(row, at["study"]).value, sheet.cell(row, at["item"]).value)
        sheet.cell(row, at["keep"]).value = "no" if item in seen else "yes"
        seen.add(item)
    book.save(to)
