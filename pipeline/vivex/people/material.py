"""What a review has to write into other programs' files: what people settled, PRISMA's boxes, marked texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from vivex.annotation import Annotation
from vivex.codebook import Codebook, Field
from vivex.exchange.formats import MarkedSpan, MarkedText, Material, SettledStudy, write_results
from vivex.exchange.prisma2020 import NAME as PRISMA_GIVEN
from vivex.forms import rows
from vivex.forms.tables.prisma import Box
from vivex.labels import is_entity
from vivex.paper import Paper
from vivex.people.blind import withheld
from vivex.people.decided import Decided
from vivex.people.excluded import excluded
from vivex.people.machine import parsed, proposals
from vivex.people.resolve import resolved
from vivex.questions import shown
from vivex.references import Reference, of_front_matter
from vivex.review import Review
from vivex.states import CONFLICT, PROPOSED, SETTLED


def material(
    review: Review,
    codebook: Codebook,
    sources: Mapping[str, Path],
    boxes: Sequence[Box],
    *,
    proposed: bool = False,
) -> Material:
    """Return all that may be exported: what is settled and, where `proposed`, marks and values nobody decided on.

    `sources` are the papers' files by study. What is proposed for studies that are still judged blind is never in it.
    """
    leaving = excluded(review)
    studies = [study for study in parsed(review) if study not in leaving]
    items = [item for item in resolved(review) if item.study in studies]
    hidden = withheld(review, codebook)
    papers = Decided(review, codebook, studies, items, hidden=hidden, sources=sources)

    def texts() -> Iterator[MarkedText]:
        for paper in papers:
            undecided = proposed and paper.study not in hidden
            yield marked(paper, _undecided(review, paper) if undecided else ())

    return gathered(
        papers,
        codebook,
        boxes,
        texts=texts,
        beside=_beside(review.root),
        proposed=proposed,
    )


def exported(
    review: Review, codebook: Codebook, papers: Iterable[Paper], boxes: Sequence[Box], out: Path
) -> list[Path]:
    """Write the results into every format that holds results, a folder for each; return the files."""
    return write_results(gathered(papers, codebook, boxes, beside=_beside(review.root)), out)


def gathered(
    papers: Iterable[Paper],
    codebook: Codebook,
    boxes: Sequence[Box],
    *,
    texts: Callable[[], Iterator[MarkedText]] = lambda: iter(()),
    beside: Mapping[str, bytes] | None = None,
    proposed: bool = False,
) -> Material:
    """Return what the papers, which have states, hold for other programs; each is read once.

    Values that are not settled are in it only where `proposed`.
    """
    studies = [
        SettledStudy(
            paper.study,
            paper.called,
            _reference(paper),
            *_settled(paper, codebook),
            paper.source.name if paper.source is not None else "",
            _unsettled(paper, codebook) if proposed else (),
        )
        for paper in papers
    ]
    return Material(
        codebook,
        studies,
        boxes,
        texts,
        codebook.title or codebook.name,
        beside or {},
    )


def _reference(paper: Paper) -> Reference:
    """Return what is known of a paper as a publication, its abstract among it."""
    document = paper.document
    abstract = " ".join(rows.flat(document.slice(block)) for block in document.blocks if block.kind == "abstract")
    own = of_front_matter(document.meta).over(Reference(title=rows.title(paper), abstract=abstract))
    return paper.publication.reference.over(own)


def _settled(
    paper: Paper, codebook: Codebook
) -> tuple[tuple[tuple[Field, Annotation], ...], tuple[Annotation, ...], Mapping[str, str]]:
    values = tuple((f, a) for f, a in rows.form_rows(paper, codebook) if rows.settled(paper, [a]))
    return values, tuple(rows.settled(paper, paper.judgements)), paper.states


def _unsettled(paper: Paper, codebook: Codebook) -> tuple[tuple[Field, Annotation], ...]:
    """Return the values that reviewers disagree on or that nobody decided, those of silent fields left out."""
    return tuple(
        (f, a)
        for f, a in rows.form_rows(paper, codebook)
        if a.evidence and paper.state(f.label) in (CONFLICT, PROPOSED)
    )


def _beside(root: Path) -> dict[str, bytes]:
    path = root / PRISMA_GIVEN
    return {PRISMA_GIVEN: path.read_bytes()} if path.is_file() else {}


def marked(paper: Paper, undecided: Iterable[Annotation] = ()) -> MarkedText:
    """Return the paper's text with the spans that people settled, and those `undecided`."""
    found = [_span(a) for a in (*paper.mentions, *undecided) if is_entity(a.label) and a.evidence]
    spans = tuple(sorted(dict.fromkeys(found), key=lambda s: (s.parts, s.label, s.by)))
    return MarkedText(paper.study, paper.document.text, spans, rows.title(paper))


def _undecided(review: Review, paper: Paper) -> Iterator[Annotation]:
    """Yield what is proposed of the labels about which nobody has said anything."""
    said = {a.label for a in paper.mentions} | {label for label, s in paper.states.items() if s == SETTLED}
    return (a for a in proposals(review, paper.study) if is_entity(a.label) and a.label not in said)


def _span(a: Annotation) -> MarkedSpan:
    place = a.evidence[0]
    return MarkedSpan(a.label, ((place.start, place.end),), shown(a.value), a.source, a.group, place.page)
