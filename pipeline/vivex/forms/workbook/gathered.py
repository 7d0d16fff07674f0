"""What was read of a workbook so far: decisions, problems, and what is still to be told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from vivex.annotation import Annotation, former_id
from vivex.decisions import Verdict, shown_place, told
from vivex.document import Document
from vivex.forms.workbook.origin import Origin
from vivex.forms.workbook.typed_cells import Problem, UnreadableCell
from vivex.questions import Question


@dataclass
class Gathered:
    """Gather what the rows of a workbook say, against the documents, proposals and questions of now."""

    documents: Mapping[str, Document]
    machine: Mapping[str, Sequence[Annotation]]
    questions: Mapping[str, Question]
    reviewer: str
    candidates: Mapping[str, Mapping[str, Sequence[Annotation]]]
    origin: Origin = field(default_factory=lambda: Origin("", {}))
    decisions: list[Annotation] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    undecided: list[tuple[str, str]] = field(default_factory=list)
    lost: list[tuple[str, str]] = field(default_factory=list)  # study, label of unread rows; "", "form." where not told
    stale: list[str] = field(default_factory=list)  # rows whose proposal the machine makes no more as printed
    nearly: list[str] = field(default_factory=list)  # what quotes were taken for that the paper holds nearly so
    decided: dict[str, Annotation] = field(default_factory=dict)  # by the id that a decision revises
    judged: dict[tuple[str, str, str], Annotation] = field(default_factory=dict)  # by study, label and group
    alone: set[tuple[str, str]] = field(default_factory=set)  # study and label of "only this"
    held: dict[str, int] = field(default_factory=dict)  # study -> rows that speak of another text
    _texts: dict[tuple[str, str], str] = field(default_factory=dict)  # study, hash of its text as printed -> see `text`
    _proposals: dict[str, dict[str, Annotation]] = field(default_factory=dict)

    def proposals(self, study: str) -> dict[str, Annotation]:
        """Return a study's proposals of now, by their ids of now and of vivex 0.1."""
        if study not in self._proposals:
            proposed = self.machine.get(study, ())
            self._proposals[study] = {former_id(a): a for a in proposed} | {a.id: a for a in proposed}
        return self._proposals[study]

    def offered(self, study: str, label: str) -> list[Annotation]:
        """Return what else the machine has for a question: further candidates, and its proposals themselves."""
        proposed = (a for a in self.machine.get(study, ()) if a.label == label)
        return [*self.candidates.get(study, {}).get(label, ()), *proposed]

    def text(self, study: str, printed: str) -> str:
        """Return whether the text that a row was printed from is the "same", read "anew", or of "another" paper."""
        if (study, printed) not in self._texts:
            document = self.documents[study]
            state = "another"
            if printed in ("", document.text_sha256):
                state = "same"
            elif self.origin.is_of(study, document):
                state = "anew"
            self._texts[study, printed] = state
        return self._texts[study, printed]

    def read_anew(self) -> list[str]:
        """Return the studies whose text was read anew since the workbook was written."""
        return sorted({study for (study, _), state in self._texts.items() if state == "anew"})

    def unread(self) -> Iterator[tuple[str, str]]:
        """Yield study and label of what an unread row may be about: where it doesn't say, all that was decided."""
        for decision in self.decisions:
            for study, label in self.lost:
                if study in ("", decision.study) and decision.label.startswith(label):
                    yield decision.study, decision.label

    def take(self, verdict: Verdict, *, row: str, sheet: str, quote: str) -> None:
        """Take a row's decision in; raise UnreadableCell where another row decides on the same.

        `row` names the row and `quote` its cell of evidence, for what is to be told.
        """
        decision = verdict.annotation
        if verdict.alone:
            self.alone.add((decision.study, decision.label))
        if decision not in self.decisions:
            self._add(decision)
        if decision.revises and decision.revises not in self.proposals(decision.study):
            self.stale.append(row)
        if verdict.missing:
            self.problems.append(Problem(sheet, quote, told(verdict.missing), decided=True))
        self.nearly += [f"{row}: {shown_place(place)}" for place in verdict.nearly]

    def _add(self, decision: Annotation) -> None:
        other = self.decided.get(decision.revises) if decision.revises else None
        if other is not None:
            raise UnreadableCell(
                f"another row already decides on this proposal ({other.decision}); keep one of the two rows", "decision"
            )
        question = self.questions[decision.label]
        if decision.decision != "rejected" and question.kind.single:
            item = (decision.study, decision.label, decision.group)
            if item in self.judged:
                said = question.show(self.judged[item].value)
                raise UnreadableCell(
                    f"another row already answers this item ({said}); keep one, or name the outcome", "yours"
                )
            self.judged[item] = decision
        if decision.revises:
            self.decided[decision.revises] = decision
        self.decisions.append(decision)
