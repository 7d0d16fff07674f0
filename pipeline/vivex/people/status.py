"""Who reviewed what, what conflicts, what is next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

from vivex.codebook import Codebook
from vivex.people.asked import handed_out, kept
from vivex.people.assign import Assignment, assigned
from vivex.people.excluded import excluded
from vivex.people.library import beside_id, labels
from vivex.people.machine import parsed
from vivex.people.resolve import resolve
from vivex.people.store import ADJUDICATED, Statement, in_part, statements, studies
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Share:
    """Count a reviewer's work: studies handed out, begun, finished, and those done blind.

    A study is finished where all is answered that was asked when it was handed out: a question that was added since
    takes nothing back.
    """

    reviewer: str
    assigned: int
    begun: int
    finished: int
    blind: int
    waiting: tuple[str, ...]  # handed out and not begun
    decisions: dict[str, int]  # accepted, edited, added, rejected
    in_part: int = 0  # items of which some proposals are not decided


@dataclass(frozen=True, slots=True)
class Standing:
    """Say where a study stands: its reviewers, its items by state (see vivex.people.resolve)."""

    study: str
    reviewers: tuple[str, ...]
    states: dict[str, int]


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """Count the studies in which a question is open that was added after their reviewers were done."""

    field: str
    studies: int
    handed: bool  # to all of these reviewers


@dataclass(frozen=True, slots=True)
class Status:
    """Hold the state of a review's people."""

    papers: int
    shares: tuple[Share, ...]
    standings: tuple[Standing, ...]
    unreviewed: tuple[str, ...]
    new: tuple[NewQuestion, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)  # study -> "Folarin 2016"


def status(review: Review, codebook: Codebook) -> Status:
    """Return the state of the review's people."""
    wanted = set(codebook.questions)
    leaving = set(excluded(review))
    by_study = {study: statements(review, study) for study in studies(review)}
    # who has only looked at a study has not begun it
    deciding = {study: {n: s for n, s in of.items() if s.decisions} for study, of in by_study.items()}
    stated = {study: of for study, of in deciding.items() if of and study not in leaving}
    handed = [a for a in assigned(review) if a.study not in leaving]
    names = sorted({a.reviewer for a in handed} | {r for s in stated.values() for r in s} - {ADJUDICATED})
    asked = _First(review, wanted, handed, stated)
    shares = tuple(_share(name, handed, [s[name] for s in stated.values() if name in s], asked) for name in names)
    of_whom = handed_out(review)
    standings = []
    for study, of in stated.items():
        states: dict[str, int] = {}
        for item in resolve(study, of, of_whom):
            states[item.state] = states.get(item.state, 0) + 1
        people = tuple(r for r in of if r != ADJUDICATED)
        standings.append(Standing(study, people, dict(sorted(states.items()))))
    papers = [study for study in parsed(review) if study not in leaving]
    unreviewed = tuple(s for s in papers if s not in stated)
    made = [s for of in stated.values() for name, s in of.items() if name != ADJUDICATED]
    new = tuple(_new_questions(made, wanted, asked))
    return Status(len(papers), shares, tuple(standings), unreviewed, new, labels(review))


class _First:
    """Tell what was asked of a reviewer in a study when it was handed to them, or when they first decided on it."""

    def __init__(
        self,
        review: Review,
        wanted: Set[str],
        handed: Sequence[Assignment],
        stated: Mapping[str, Mapping[str, Statement]],
    ) -> None:
        self.wanted, self._codebooks = wanted, kept(review)
        self.handed = {(a.study, a.reviewer): a for a in handed}
        made = [set(s.reviewed) for of in stated.values() for s in of.values()]
        fresh = wanted - {label for reviewed in made for label in reviewed}
        told = len(fresh) < len(wanted) / 2 and any(wanted - fresh <= reviewed for reviewed in made if reviewed)
        self._old = wanted - fresh if told else wanted  # of statements that don't say which codebook they rest on

    def of(self, statement: Statement) -> Set[str]:
        """Return the labels that are still asked."""
        one = self.handed.get((statement.study, statement.reviewer))
        ids = [one.codebook] if one is not None else []
        ids += [session.codebook for session in statement.sessions]
        for name in ids:
            if name in self._codebooks:
                return self.wanted & self._codebooks[name].labels
        since = {f"form.{name}" for name in (one.fields if one is not None else ())}
        return self.wanted & self._old - since

    def finished(self, statement: Statement) -> bool:
        """Tell whether the reviewer has answered all that was asked then."""
        return self.of(statement) <= set(statement.reviewed)


def _new_questions(people: Sequence[Statement], wanted: Set[str], asked: _First) -> Iterator[NewQuestion]:
    """Yield the questions that were added and are open where all before them is answered."""
    open_: dict[str, list[Statement]] = {}
    for statement in people:
        if asked.finished(statement):
            for label in wanted - asked.of(statement) - set(statement.reviewed):
                open_.setdefault(label, []).append(statement)
    for label, of in sorted(open_.items()):
        name = label.partition(".")[2]
        holders = [asked.handed.get((s.study, s.reviewer)) for s in of]
        handed = all(one is not None and name in one.fields for one in holders)
        yield NewQuestion(name, len({s.study for s in of}), handed)


def _share(name: str, handed: Sequence[Assignment], made: Sequence[Statement], asked: _First) -> Share:
    mine = [a.study for a in handed if a.reviewer == name]
    begun = {s.study for s in made}
    finished = [s for s in made if asked.finished(s)]
    decisions = {"accepted": 0, "edited": 0, "added": 0, "rejected": 0}
    for statement in made:
        for a in statement.decisions:
            decisions[a.decision] = decisions.get(a.decision, 0) + 1
    return Share(
        reviewer=name,
        assigned=len(mine),
        begun=len(begun),
        finished=len(finished),
        blind=sum(all(seen.blind for seen in s.reviewed.values()) for s in made if s.reviewed),
        waiting=tuple(s for s in mine if s not in begun),
        decisions=decisions,
        in_part=sum(len(in_part(s)) for s in made),
    )


def as_text(state: Status) -> str:
    """Return the status as lines to read."""
    lines = [f"{state.papers} papers, {len(state.standings)} with decisions, {len(state.unreviewed)} without", ""]
    if state.shares:
        lines.append(
            f"{'reviewer':12} {'assigned':>8} {'begun':>6} {'done':>5} {'blind':>6}  accepted/edited/added/rejected"
        )
    for s in state.shares:
        counts = "/".join(str(s.decisions[k]) for k in ("accepted", "edited", "added", "rejected"))
        lines.append(f"{s.reviewer:12} {s.assigned:8} {s.begun:6} {s.finished:5} {s.blind:6}  {counts}")
        if s.in_part:
            lines.append(
                f"{'':12} {s.in_part} items are decided in part: accept, edit or reject each of their proposals"
            )
        if s.waiting:
            more = f" and {len(s.waiting) - 5} more" if len(s.waiting) > 5 else ""
            some = ", ".join(beside_id(study, state.called) for study in s.waiting[:5])
            lines.append(f"{'':12} waiting: {some}{more}")
    if state.new:
        lines += ["", *_told_new(state.new)]
    awaited = [s for s in state.standings if s.states.get("awaited")]
    if awaited:
        total = sum(s.states["awaited"] for s in awaited)
        where = "1 study" if len(awaited) == 1 else f"{len(awaited)} studies"
        lines += ["", f"{total} item{'s' * (total != 1)} in {where} answered by one reviewer, awaiting another:"]
        lines += [f"  {beside_id(s.study, state.called)}: {s.states['awaited']}" for s in awaited[:20]]
    disputed = [s for s in state.standings if s.states.get("conflict")]
    if disputed:
        total = sum(s.states["conflict"] for s in disputed)
        lines += ["", f"{total} conflicts in {len(disputed)} studies (vivex conflicts lists them):"]
        for one in disputed[:20]:
            where = beside_id(one.study, state.called)
            lines.append(f"  {where}: {one.states['conflict']} ({', '.join(one.reviewers)})")
    lines += ["", *_next(state, bool(disputed))]
    return "\n".join(lines) + "\n"


def _told_new(new: Sequence[NewQuestion]) -> Iterator[str]:
    """Yield a line for the new questions that are handed out, and one for those that are not."""
    for handed in (True, False):
        of = [one for one in new if one.handed is handed]
        if of:
            names, count = " ".join(one.field for one in of), max(one.studies for one in of)
            some = "1 new question" if len(of) == 1 else f"{len(of)} new questions"
            where = "1 study" if count == 1 else f"{count} studies"
            remedy = "vivex work asks it" if handed else f"vivex assign --fields {names} hands it out"
            yield f"{some} open in {where}: {', '.join(one.field for one in of)} ({remedy})"


def _next(state: Status, disputed: bool) -> list[str]:
    """Return what to do now."""
    if not state.papers and not state.shares:
        return ["next: put papers into pdfs/, then vivex assign REVIEWER REVIEWER, then dvc repro"]
    if not state.papers:
        return ["next: dvc repro reads the papers"]
    if not state.shares:
        return ["next: vivex assign REVIEWER REVIEWER hands the studies out"]
    todo = []
    if any(s.waiting for s in state.shares):
        todo.append("next: vivex work makes your workbook; fill it in, then vivex import FILE")
    if disputed:
        todo.append("next: vivex conflicts --workbook FILE, settle them, vivex adjudicate FILE --by NAME")
    if state.unreviewed and not todo:
        todo.append("next: vivex next tells which study to review first")
    return todo or ["next: dvc repro brings models, agreement and final tables up to date"]
