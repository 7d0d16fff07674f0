"""outputs/final: what the review publishes. Values come from people's decisions alone; what is open says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from vivex import __version__
from vivex.codebook import NOT_REPORTED, Codebook
from vivex.errors import UnreadablePaper
from vivex.exchange.formats import broken_formats
from vivex.files import csv_text, write_csv, write_text
from vivex.forms.tables.prisma import Box, prisma_csv
from vivex.labels import is_entity
from vivex.paper import Failure, Paper
from vivex.people.assign import assigned
from vivex.people.blind import withheld
from vivex.people.conflicts import as_csv
from vivex.people.decided import Decided, StudyState
from vivex.people.excluded import Exclusion, excluded, gone
from vivex.people.library import labels
from vivex.people.machine import parsed
from vivex.people.material import exported
from vivex.people.resolve import Resolution, resolved
from vivex.people.store import ADJUDICATED
from vivex.people.values import compared, kind
from vivex.questions import normal_text, shown
from vivex.review import Review
from vivex.states import OPEN, PROPOSED


@dataclass(frozen=True, slots=True)
class Published:
    """Count the items settled, in conflict and awaiting another reviewer, and the studies excluded; say what to know.

    `notes` forbid nothing, `left_out` are papers that break one of the files and are not in it.
    """

    settled: int
    disputed: int
    awaited: int
    excluded: int
    notes: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def write(review: Review, codebook: Codebook, sources: Mapping[str, Path], failures: Sequence[Failure]) -> Published:
    """Write outputs/final from what people decided.

    `sources` are the papers' files by study, `failures` the papers that could not be read.
    """
    from vivex.forms.report.published import front
    from vivex.forms.review_files import write_views

    out, leaving = review.outputs / "final", excluded(review)
    studies = [study for study in parsed(review) if study not in leaving]
    unread = _unread(failures, studies, leaving)
    items = [item for item in resolved(review) if item.study in studies]
    papers = Decided(review, codebook, studies, items, hidden=withheld(review, codebook), sources=sources)
    boxes = flow(leaving, studies, unread)
    text = methods(review, items, papers.standings.values())
    write_text(out / "methods.txt", text + "\n")
    tables = {
        "prisma.csv": prisma_csv(boxes),
        "characteristics.csv": characteristics_csv(items, codebook, studies, labels(review)),
        "conflicts.csv": as_csv([i for i in items if i.state == "conflict"]),
        "resolved.csv": resolved_csv(items),
    }
    for name, table in tables.items():
        write_csv(out / name, table)
    copies = out / "highlighted"
    marked, broken = _highlighted(papers, copies)
    views = write_views(
        papers,
        unread,
        codebook,
        out,
        highlighted=copies,
        tell=broken.extend,
        front=front(boxes, text),
        further={"files for other programs": lambda some, to: exported(review, codebook, some, boxes, to / "exchange")},
    )
    _remove_others(out, [out / "methods.txt", *(out / name for name in tables), *marked, *views])
    lost = ", ".join(gone(review))
    notes = [f"left out, for their papers are no longer in the review: {lost}"] if lost else []
    notes += broken_formats()
    settled, states = sum(i.settled for i in items), Counter(i.state for i in items)
    return Published(settled, states["conflict"], states["awaited"], len(leaving), tuple(notes), tuple(broken))


def _highlighted(papers: Sequence[Paper], out: Path) -> tuple[list[Path], list[str]]:
    """Write the copies of PDFs with what is settled marked in them; return them, and what could not be made."""
    from vivex.forms.highlight import marks, write_highlights

    written, notes = [], []
    for paper in papers:
        if paper.source is None or paper.source.suffix.lower() != ".pdf" or not marks(paper):
            continue
        path = out / f"{paper.study}.pdf"
        try:
            write_highlights(paper, path)
        except UnreadablePaper as error:
            notes.append(f"{paper.study}: no highlighted copy: {error}")
        else:
            written.append(path)
    return written, notes


def _remove_others(out: Path, written: Sequence[Path]) -> None:
    """Remove what an earlier run wrote and this one did not."""
    for path in sorted(out.rglob("*")):
        if path.is_file() and path not in written:
            path.unlink()


def boxes_of(review: Review, failures: Sequence[Failure]) -> list[Box]:
    """Return the last boxes of PRISMA's flow diagram of a review; `failures` are the papers that could not be read."""
    leaving = excluded(review)
    studies = [study for study in parsed(review) if study not in leaving]
    return flow(leaving, studies, _unread(failures, studies, leaving))


def _unread(failures: Sequence[Failure], studies: Iterable[str], leaving: Iterable[str]) -> list[Failure]:
    known = {*studies, *leaving}
    return [failure for failure in failures if failure.study not in known]


def flow(leaving: Mapping[str, Exclusion], studies: Sequence[str], unread: Sequence[Failure]) -> list[Box]:
    """Return the last boxes of PRISMA's flow diagram: reports not read, assessed, excluded with reasons, included."""
    by_reason: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for study, event in leaving.items():
        reason = words.setdefault(normal_text(event.reason), event.reason or "no reason given")
        by_reason.setdefault(reason, []).append(study)
    boxes = [
        Box("Reports that could not be read", "", tuple(sorted(f.study for f in unread))),
        Box("Reports assessed for eligibility", "", tuple(sorted({*studies, *leaving}))),
        Box("Reports excluded", "", tuple(leaving)),
    ]
    boxes += [
        Box("Reports excluded", reason, tuple(found))
        for reason, found in sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    return [*boxes, Box("Studies included in review", "", tuple(studies))]


def methods(review: Review, items: Sequence[Resolution], standings: Iterable[StudyState]) -> str:
    """Return the paragraphs for the Methods section: who decided what, what is open, and the agreement as measured."""
    asked = [item for item in items if not is_entity(item.label)]
    reviewers = sorted({name for item in asked for name in item.sides})
    judges = sorted({i.by.partition(":")[2] for i in asked if i.state == ADJUDICATED})
    states = Counter(item.state for item in asked)
    open_ = sum(state in (PROPOSED, OPEN) for of in standings for state in of.states.values())
    text = [
        f"Data were extracted and risk of bias was judged with SYRCLE's tool, using vivex {__version__}, which "
        "proposes values with the sentences that support them; every value reported here was decided by people."
    ]
    if reviewers:
        people = f"{len(reviewers)} reviewer{'s' * (len(reviewers) > 1)} ({', '.join(reviewers)})"
        handed = assigned(review)
        blind = len({one.study for one in handed} - {one.study for one in handed if not one.blind})
        unseen = f", {blind} of which were handed out without the proposals" if blind else ""
        text.append(f"{people} answered {len(asked)} items in {len({i.study for i in asked})} studies{unseen}.")
    if len(reviewers) > 1 and states["single"]:
        text.append(f"{states['single']} of these items were answered by one reviewer alone.")
    disputed = states["conflict"] + sum(_was_disputed(i) for i in asked if i.state == ADJUDICATED)
    if disputed:
        by = f" ({', '.join(judges)})" if judges else ""
        text.append(f"They disagreed on {disputed}; {disputed - states['conflict']} were settled by adjudication{by}.")
    for number, words in (
        (states["conflict"], "in conflict"),
        (states["awaited"], "to be answered by another reviewer"),
        (open_, "not reviewed"),
    ):
        if number:
            text.append(f"{number} item{'s are' if number > 1 else ' is'} still {words} and not reported.")
    measured = review.outputs / "agreement" / "methods.txt"
    said = measured.read_text(encoding="utf-8").partition("\n\n")[2].strip() if measured.exists() else ""
    return " ".join(text) + (f"\n\n{said}" if said else "")


def _was_disputed(item: Resolution) -> bool:
    """Tell whether reviewers disagreed on an item that an adjudicator settled."""
    return len(item.sides) > 1 and len(set(compared(list(item.sides.values()), item.label))) > 1


def resolved_csv(items: Sequence[Resolution]) -> str:
    """Return each resolved value with who decided it and its evidence."""
    lines = []
    for item in items:
        for a in item.annotations:
            value = shown(a.value)
            quotes = " | ".join(" ".join(e.quote.split()) for e in a.evidence)
            pages = "; ".join(str(e.page) for e in a.evidence if e.page is not None)
            lines.append([item.study, item.label, a.group, value, item.state, a.source, quotes, pages, a.note])
        if item.settled and not item.annotations and kind(item.label) == "field":
            lines.append([item.study, item.label, "", NOT_REPORTED, item.state, item.by, "", "", item.note])
    return csv_text(["study", "item", "group", "value", "state", "decided by", "evidence", "pages", "note"], lines)


def characteristics_csv(
    items: Sequence[Resolution],
    codebook: Codebook,
    studies: Sequence[str] = (),
    called: Mapping[str, str] | None = None,
) -> str:
    """Return a study a row, a field a column; "conflict" where reviewers disagree, empty where nobody answered.

    "awaited" stands where another reviewer has still to answer; `called` says what people call the studies.
    """
    cells: dict[str, dict[str, str]] = {study: {} for study in studies}
    for item in items:
        if kind(item.label) == "field":
            values = "; ".join(shown(a.value) + (f" ({a.group})" if a.group else "") for a in item.annotations)
            cells.setdefault(item.study, {})[item.label] = (values or NOT_REPORTED) if item.settled else item.state
    names = called or {}
    lines = [
        [study, names.get(study, study), *(of.get(f.label, "") for f in codebook.described)]
        for study, of in sorted(cells.items())
    ]
    return csv_text(["study", "label", *(f.name for f in codebook.described)], lines)
