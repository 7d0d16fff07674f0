"""What reviewers disagree on, item by item, with both values and their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from vivex.annotation import Annotation
from vivex.codebook import NOT_REPORTED
from vivex.files import Cell, csv_text
from vivex.labels import is_entity
from vivex.people.library import beside_id
from vivex.people.resolve import Resolution, resolved
from vivex.people.values import Answer, answer
from vivex.questions import normal_text, shown
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """Give one answer to a disputed item, who gives it, and an annotation that says it (None: left out or silent)."""

    item: Resolution
    answer: Answer
    reviewers: tuple[str, ...]
    annotation: Annotation | None

    @property
    def text(self) -> str:
        """Return the answer as a reviewer wrote it."""
        if self.annotation is None:
            return "(not marked)" if is_entity(self.item.label) else NOT_REPORTED
        if is_entity(self.item.label) and self.annotation.evidence:
            return self.annotation.evidence[0].quote
        return shown(self.annotation.value)

    @property
    def group(self) -> str:
        """Return the group or outcome that the answer belongs to; "" is the whole study."""
        return self.annotation.group if self.annotation else ""

    @property
    def reasons(self) -> str:
        """Return what those who give the answer note about it, each after the reviewer's name."""
        given = ((name, a) for name in self.reviewers for a in self.item.sides[name] if a.note)
        return "\n".join(f"{name}: {a.note}" for name, a in given if _answer_of(a) == self.answer)

    @property
    def unanimous(self) -> bool:
        """Tell whether every reviewer gives the answer, beside others that are disputed."""
        return set(self.reviewers) == set(self.item.sides)

    @property
    def quote(self) -> str:
        """Return the first quote of the evidence on one line."""
        quotes = [e.quote for e in self.annotation.evidence[:1]] if self.annotation else []
        return " ".join(quotes[0].split()) if quotes else ""

    @property
    def page(self) -> int | None:
        """Return the page of the first quote."""
        pages = [e.page for e in self.annotation.evidence[:1]] if self.annotation else []
        return pages[0] if pages else None


def conflicts(review: Review, studies: Iterable[str] = ()) -> list[Resolution]:
    """Return the items that are in conflict (of the studies named, or of all)."""
    wanted = set(studies)
    return [i for i in resolved(review) if i.state == "conflict" and (not wanted or i.study in wanted)]


def candidates(item: Resolution) -> list[GivenAnswer]:
    """Return the answers that reviewers give to an item, those of most reviewers first."""
    given: dict[Answer, list[tuple[str, Annotation | None]]] = {}
    for reviewer, side in sorted(item.sides.items()):
        for a in side:
            given.setdefault(_answer_of(a), []).append((reviewer, a))
        if not side:
            given.setdefault(("", NOT_REPORTED), []).append((reviewer, None))
    found = [
        GivenAnswer(
            item, key, tuple(dict.fromkeys(r for r, _ in who)), next((a for _, a in who if a is not None), None)
        )
        for key, who in given.items()
    ]
    return sorted(found, key=lambda c: (-len(c.reviewers), c.reviewers, str(c.answer)))


def _answer_of(annotation: Annotation) -> Answer:
    return normal_text(annotation.group), answer(annotation)


def as_csv(items: Sequence[Resolution]) -> str:
    """Return the conflicts as CSV, one answer a row."""
    lines: list[list[Cell]] = []
    for item in items:
        for c in candidates(item):
            lines.append([item.study, item.label, c.text, " ".join(c.reviewers), c.quote, c.page, c.group, c.reasons])
    return csv_text(("study", "item", "answer", "reviewers", "quote", "page", "group", "note"), lines)


def as_text(items: Sequence[Resolution], called: Mapping[str, str]) -> str:
    """Return the conflicts as lines to read; `called` is what the studies are called."""
    lines = []
    for item in items:
        lines.append(f"{beside_id(item.study, called)}  {item.label}")
        for c in candidates(item):
            where = f"  p. {c.page}" if c.page is not None else ""
            quote = f"  “{c.quote[:160]}{'…' if len(c.quote) > 160 else ''}”" if c.quote else ""
            lines.append(f"    {', '.join(c.reviewers)}: {c.text}{where}{quote}")
    return "\n".join(lines) + ("\n" if lines else "")
