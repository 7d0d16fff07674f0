"""Fill in a reviewer's workbook by edits of every kind, let LibreOffice save it, import it, compare each decision.

    python benchmarks/workbook_edits.py REVIEW [--seed 1] [--office]

REVIEW is a review's folder with forms; a copy of it is worked on, where all its studies are handed to one reviewer, the
first of them blind. Of each question one of its rows (or none) is decided, in a way drawn by lot: accepted, edited,
rejected, only this, not reported, a further answer, with or without a note; what is left of SYRCLE is accepted at its
heading. Prints how many decisions of each kind were made and which were read otherwise.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from vivex.codebook import read_codebook
from vivex.people.assign import Assignment, record
from vivex.people.importing import import_workbook
from vivex.people.machine import parsed
from vivex.people.store import statement_of
from vivex.people.work_book import make
from vivex.questions import NOT_REPORTED, Question, question
from vivex.review import Review
from workbook_rows import FilledBook, Row

Said = tuple[str, str, str, str, str, str]  # study, label, decision, value, group, note
WAYS = ("accept", "edit", "reject", "only this", NOT_REPORTED, "add", "leave")


def label_of(row: Row, asked: dict[str, Question]) -> str:
    """Return the label that a row asks; "" for a heading."""
    head = row.texts["row"].removeprefix("add ").partition("/")[0]
    name = row.texts.get("field") or row.texts.get("item", "").partition(". ")[2] or row.texts.get("item", "")
    return next((label for label, q in asked.items() if label.startswith(f"{head}.") and q.name == name), "")


def answer_to(of: Question, dice: random.Random) -> str:
    """Return an answer of one's own to a question."""
    return dice.choice(of.choices) if of.choices else f"{dice.randint(2, 99)} words of mine"


def fill(book: FilledBook, asked: dict[str, Question], dice: random.Random) -> list[Said]:
    """Decide on the rows of each question, and return what that says."""
    by_question: dict[tuple[str, str], list[Row]] = {}
    for row in book.rows():
        label = label_of(row, asked)
        if label:
            by_question.setdefault((row.texts["study"], label), []).append(row)
        elif row.texts["row"] == "section syrcle" and "decision" in row.columns:
            book.put(row, decision="accept the rest")
    said: list[Said] = []
    for (study, label), rows in by_question.items():
        proposed = [row for row in rows if row.texts.get("proposed")]
        spare = [row for row in rows if row.texts["row"].startswith("add ")]
        of, way = asked[label], dice.choice(WAYS)
        note = dice.choice(("", "table 2")) if way != "leave" else ""
        value = answer_to(of, dice)
        if way in ("add", NOT_REPORTED) or not proposed:
            if way == "leave":
                continue
            value = NOT_REPORTED if way == NOT_REPORTED and of.kind.silence else value
            row = proposed[0] if proposed and (of.kind.single or not spare) else rows[0] if not proposed else spare[0]
            decision = {"decision": "edit"} if row.texts.get("proposed") else {}
            book.put(row, yours=value, note=note, **decision)
            said.append((study, label, "edited" if decision else "added", value, row.texts.get("group", ""), note))
            proposed = [] if row.texts.get("proposed") else proposed
        elif way != "leave":
            row, words = proposed[0], {"accept": "accepted", "edit": "edited", "reject": "rejected"}
            own = {"yours": value} if way == "edit" else {}
            book.put(row, decision=way, note=note, **own)
            shown = value if own else row.texts["proposed"]
            said.append((study, label, words.get(way, "accepted"), shown, row.texts.get("group", ""), note))
            if way == "only this":
                said += [
                    (study, label, "rejected", r.texts["proposed"], r.texts.get("group", ""), "") for r in proposed[1:]
                ]
            proposed = []
        if label.startswith("syrcle.") and proposed:  # the heading's decision
            said += [(study, label, "accepted", r.texts["proposed"], r.texts.get("group", ""), "") for r in proposed]
    return said


def main() -> int:
    """Fill in, save, import and compare; return 1 where anything was read otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("review", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--office", action="store_true", help="let LibreOffice (soffice) save the workbook in between")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        review = Review(Path(name) / "review")
        for part in ("outputs/documents", "outputs/forms", "outputs/mentions", "outputs/judgements"):
            shutil.copytree(options.review / part, review.root / part)
        shutil.copy(options.review / "codebook.yaml", review.codebook)
        review.annotations.mkdir()
        studies = parsed(review)
        record(review, [Assignment(study, "mk", study == studies[0]) for study in studies])
        path = make(review, "mk").path
        book = FilledBook(path)
        expected = fill(book, read_codebook(review.codebook).questions, random.Random(options.seed))
        book.save()
        if options.office:
            words = [
                "soffice",
                "--headless",
                "--convert-to",
                "xlsx:Calc MS Excel 2007 XML",
                "--outdir",
                name,
                str(path),
            ]
            subprocess.run(words, check=True, capture_output=True, timeout=600)
            shutil.move(Path(name) / path.name, path)
        done = import_workbook(review, path)
        found = [
            (a.study, a.label, a.decision, question(a.label).show(a.value), a.group, a.note)
            for study in studies
            for a in statement_of(review, study, "mk").decisions
        ]
    wrong = Counter(expected) - Counter(found)
    more = Counter(found) - Counter(expected)
    kinds = Counter(said[2] for said in expected)
    counts = {"studies": len(studies), "decisions": len(expected), **dict(sorted(kinds.items()))}
    print(json.dumps({**counts, "read otherwise": wrong.total(), "more": more.total(), "problems": len(done.problems)}))
    for line in [*sorted(wrong)[:10], *sorted(more)[:10], *done.problems[:5]]:
        print(f"  {line}")
    return 1 if wrong or more else 0


if __name__ == "__main__":
    sys.exit(main())
