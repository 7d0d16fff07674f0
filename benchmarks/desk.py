"""Count keys and steps by which a reviewer's answers to a study are given at the desk, and in the workbook.

    python benchmarks/desk.py [REVIEW] [--reviewer ab]

The answers are those that the reviewer settled on in the review (the repository's own example by default); the
proposals are those of now. Both are counted on their shortest way. Desk: a chip is a digit, a value is typed, each
question ends with d. Workbook: a cell is its text and Enter (accept, reject, edit: typed in full or chosen, which
takes as many), moving to a row is one key; a question whose proposals all stand is "accept the rest" of its heading,
counted once a study. Steps are acts that decide something. Words marked as evidence are left out: in the workbook they
are copied and pasted from the paper by hand.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

from vivex.annotation import Annotation
from vivex.desk.desk_review import DeskReview, StudyFiles
from vivex.people.machine import parsed
from vivex.people.store import statement_of
from vivex.questions import NOT_REPORTED, Question
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Effort:
    """Count what a question, or a study, takes."""

    keys: int = 0
    steps: int = 0

    def __add__(self, other: Effort) -> Effort:
        return Effort(self.keys + other.keys, self.steps + other.steps)


def main() -> None:
    """Print a line for each study."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("review", type=Path, nargs="?", default=Path())
    options.add_argument("--reviewer", default="ab")
    chosen = options.parse_args()
    review = Review(chosen.review)
    desk = DeskReview(review, chosen.reviewer)
    print(f"{'study':16s} {'questions':>9s} {'desk keys':>10s} {'steps':>6s} {'workbook keys':>14s} {'steps':>6s}")
    for study in parsed(review):
        files, statement = desk.files(study), statement_of(review, study, chosen.reviewer)
        if not statement.reviewed:
            continue
        at_desk, in_book = Effort(), Effort(len("accept the rest") + 1, 1)
        for label, question in desk.questions.items():
            wanted = list(statement.of(label))
            at_desk += desk_effort(question, files, wanted)
            in_book += book_effort(question, files, wanted)
        line = f"{at_desk.keys:10d} {at_desk.steps:6d} {in_book.keys:14d} {in_book.steps:6d}"
        print(f"{study:16s} {len(desk.questions):9d} {line}")


def desk_effort(question: Question, files: StudyFiles, wanted: list[Annotation]) -> Effort:
    """Return what a question takes at the desk."""
    proposed = list(files.proposals.get(question.label, ()))
    if question.kind.single:  # l, u, h, y or n; then d
        return Effort(2 * max(1, len(wanted)), max(1, len(wanted)))
    if not wanted or all(a.value == NOT_REPORTED for a in wanted):
        silent = any(p.value == NOT_REPORTED for p in proposed)
        return Effort(1, 1) if silent else Effort(2, 1)
    taken = [p for p in proposed if any(question.same(p.value, a.value) for a in wanted)]
    others = [question.show(a.value) for a in wanted if not any(question.same(p.value, a.value) for p in taken)]
    offered = [question.show(c.value) for c in files.candidates.get(question.label, ())]
    effort = Effort(1, 1) if len(taken) == len(proposed) and len(taken) > 1 else Effort(len(taken), len(taken))
    for value in others:  # of the further candidates: o, Tab to it (two stops each), Enter; else a, the value, Enter
        effort += Effort(2 + 2 * offered.index(value) if value in offered else 2 + len(value), 1)
    return effort + Effort(1, int(len(taken) < len(proposed)))


def book_effort(question: Question, files: StudyFiles, wanted: list[Annotation]) -> Effort:
    """Return what a question takes in the workbook, where the rest is accepted by one cell of the study."""
    proposed = list(files.proposals.get(question.label, ()))
    if question.kind.single:
        proposals = {p.group: p for p in proposed}
        changed = [
            a for a in wanted if a.group not in proposals or not question.same(a.value, proposals[a.group].value)
        ]
        return Effort(sum(2 + len(question.show(a.value)) for a in changed), len(changed))
    kept = [p for p in proposed if any(question.same(p.value, a.value) for a in wanted)]
    dropped = [p for p in proposed if p not in kept and p.value != NOT_REPORTED]
    others = [question.show(a.value) for a in wanted if not any(question.same(p.value, a.value) for p in kept)]
    effort = Effort(sum(2 + len("reject") for _ in dropped), len(dropped))
    return effort + Effort(sum(2 + len(value) for value in others), len(others))


if __name__ == "__main__":
    main()
