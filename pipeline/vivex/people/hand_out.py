"""Hand studies, and questions that were added since, to reviewers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vivex.codebook import read_codebook
from vivex.errors import ReviewError, UnknownName
from vivex.index import read_index
from vivex.people.asked import asked_of, first_asked, keep, kept
from vivex.people.assign import BLIND, Assignment, assigned, plan, record, take_back
from vivex.people.excluded import excluded
from vivex.people.machine import prefilled
from vivex.people.store import locked, reviewer_name, statement_of
from vivex.people.store import studies as stated_studies
from vivex.review import Review, gather


@dataclass(frozen=True, slots=True)
class HandedOut:
    """Say what was handed out, and which studies were taken back from somebody who leaves."""

    new: tuple[Assignment, ...]
    back: tuple[str, ...] = ()


def known_studies(review: Review) -> set[str]:
    """Return the studies that can be handed out: those with a form, and those whose paper was not tried to read yet."""
    papers, _ = gather([review.pdfs] if review.pdfs.is_dir() else [])
    left_out = {study for study, entry in read_index(review.outputs / "documents").items() if entry.get("reason")}
    return {*prefilled(review), *(set(papers) - left_out)}


def handed_to_nobody(review: Review) -> tuple[str, ...]:
    """Return the studies with a form that nobody has been handed, where others have been."""
    handed = {one.study for one in assigned(review)}
    if not handed:
        return ()
    return tuple(sorted(set(prefilled(review)) - handed - set(excluded(review)) - set(stated_studies(review))))


def hand_out(
    review: Review,
    reviewers: Sequence[str],
    *,
    studies: Sequence[str] = (),
    per_study: int = 2,
    blind: float = BLIND,
    leaves: str = "",
) -> HandedOut:
    """Hand `studies` (all that have too few reviewers) to reviewers; one who `leaves` keeps what they finished.

    It needs no form: who hands papers out before they are read keeps the proposals of blind ones from everybody. Raise
    UnknownName for a study that isn't there, ReviewError where there is none at all.
    """
    there = known_studies(review)
    unknown = sorted(set(studies) - there)
    if unknown:
        raise UnknownName(f"no paper or form of study {unknown[0]!r}; known: {', '.join(sorted(there)) or 'none'}")
    if not there:
        raise ReviewError(f"{review.pdfs} is empty; put papers into it before handing out studies")
    with locked(review):
        back = []
        if leaves:
            back = take_back(review, reviewer_name(leaves), _finished(review, reviewer_name(leaves)))
        asked = keep(review)
        wanted = studies or sorted(there - set(excluded(review)))
        planned = plan(wanted, reviewers, assigned(review), per_study=per_study, blind=blind)
        new = tuple(replace(one, codebook=asked) for one in planned)
        record(review, new)
    return HandedOut(new, tuple(back))


def hand_out_fields(review: Review, fields: Sequence[str], reviewers: Sequence[str] = ()) -> HandedOut:
    """Hand questions that were added to codebook.yaml to those (of `reviewers`) who hold studies; return what changed.

    Who was done is asked them alone. Raise UnknownName for a field that the codebook doesn't ask and for a reviewer to
    whom nothing is handed.
    """
    codebook, out = read_codebook(review.codebook), excluded(review)
    names = [field.removeprefix("form.") for field in fields]
    unknown = [name for name in names if name not in codebook.asks]
    if unknown:
        raise UnknownName(f"codebook.yaml asks no {unknown[0]!r}; it asks: {', '.join(codebook.asks)}")
    with locked(review):
        keep(review)
        codebooks, handed = kept(review), [a for a in assigned(review) if not a.left]
        holders = sorted({a.reviewer for a in handed})
        wanted = [reviewer_name(name) for name in reviewers] or holders
        strange = [name for name in wanted if name not in holders]
        if strange or not holders:
            who = f"to {strange[0]!r}; handed to: {', '.join(holders) or 'nobody'}" if strange else "out yet"
            raise UnknownName(f"nothing is handed {who}")
        new = []
        for one in handed:
            if one.reviewer not in wanted or one.study in out:
                continue
            first = first_asked(one, codebooks)
            answered = statement_of(review, one.study, one.reviewer).reviewed if first is None else ()
            before = {label.removeprefix("form.") for label in (*(first or ()), *answered)}
            more = tuple(name for name in dict.fromkeys(names) if name not in before and name not in one.fields)
            if more:
                new.append(replace(one, fields=(*one.fields, *more)))
        record(review, new)
    return HandedOut(tuple(new))


def _finished(review: Review, reviewer: str) -> list[str]:
    """Return the studies in which a reviewer has answered all that was handed to them."""
    codebooks, now = kept(review), set(read_codebook(review.codebook).questions)
    found = []
    for one in assigned(review):
        first, added = asked_of(one, codebooks, now)
        if one.reviewer == reviewer and first | added <= set(statement_of(review, one.study, reviewer).reviewed):
            found.append(one.study)
    return found
