"""Who wins when people disagree: the adjudicator, else reviewers who all say the same, else nobody - a conflict.

What is handed to two reviewers and answered by one is no answer yet: it awaits the other. Machine output is never taken
as an answer: what no person decided stays open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from vivex.annotation import Annotation
from vivex.labels import is_entity
from vivex.people.asked import Handed, handed_out, to_nobody
from vivex.people.excluded import counted
from vivex.people.store import ADJUDICATED, Statement, statements
from vivex.people.values import Answer, answer, compared, kind
from vivex.questions import normal_text
from vivex.review import Review


@dataclass(frozen=True, slots=True)
class Resolution:
    """Hold what people say about one label of a study, and what follows.

    The state is adjudicated, unanimous, single (one reviewer, and it is handed to nobody else), awaited (handed to
    others too, who have not answered it) or conflict. `annotations` are the resolved ones (none where it isn't
    settled); `sides` gives each reviewer's standing annotations. `by` names who settled it, as a source ("" where
    nobody did), and `note` the reasons given where no value stands. A label of spans (an entity) makes an item for each
    span that is disputed, and one for all that are agreed.
    """

    study: str
    label: str
    state: str
    annotations: tuple[Annotation, ...] = ()
    sides: Mapping[str, tuple[Annotation, ...]] = field(default_factory=dict)
    by: str = ""
    note: str = ""

    @property
    def settled(self) -> bool:
        """Tell whether there is an answer."""
        return self.state not in ("conflict", "awaited")


def resolved(review: Review) -> list[Resolution]:
    """Return the items of every study that counts and about which somebody stated something, by study and label."""
    handed = handed_out(review)
    return [item for study in counted(review) for item in resolve(study, statements(review, study), handed)]


def resolve(study: str, stated: Mapping[str, Statement], handed: Handed = to_nobody) -> list[Resolution]:
    """Return the items of one study from the statements about it; `handed` tells which reviewers are asked a label."""
    judge = stated.get(ADJUDICATED)
    people = {name: s for name, s in sorted(stated.items()) if name != ADJUDICATED}
    labels = sorted({label for s in stated.values() for label in s.reviewed})
    found = []
    for label in labels:
        sides = {name: s.of(label) for name, s in people.items() if label in s.reviewed}
        note = _reasons(people, label)
        if judge is not None and label in judge.reviewed:
            by = next((a.source for a in judge.decisions if a.label == label), ADJUDICATED)
            reasons = _reasons({ADJUDICATED: judge}, label)
            found.append(Resolution(study, label, "adjudicated", judge.of(label), sides, by, reasons))
        elif not is_entity(label) and handed(study, label) - set(sides) and _agree(sides, label):
            found.append(Resolution(study, label, "awaited", (), sides))
        elif len(sides) == 1:
            (name, side), *_ = sides.items()
            found.append(Resolution(study, label, "single", side, sides, f"reviewer:{name}", note))
        elif is_entity(label):
            found += _spans(study, label, sides)
        elif _agree(sides, label):
            found.append(Resolution(study, label, "unanimous", _together(sides), sides, _all(sides), note))
        else:
            found.append(Resolution(study, label, "conflict", (), sides))
    return found


def _agree(sides: Mapping[str, tuple[Annotation, ...]], label: str) -> bool:
    """Tell whether all who answered say the same."""
    return len(set(compared(list(sides.values()), label))) == 1


def _all(sides: Mapping[str, tuple[Annotation, ...]]) -> str:
    """Return the source of what all sides say."""
    return "reviewers:" + "+".join(sides)


def _reasons(stated: Mapping[str, Statement], label: str) -> str:
    """Return the notes of what was decided under a label, each once."""
    return "; ".join(dict.fromkeys(a.note for s in stated.values() for a in s.decisions if a.label == label and a.note))


def gold(items: Sequence[Resolution]) -> list[Annotation]:
    """Return the resolved annotations of the settled items."""
    return [a for item in items if item.settled for a in item.annotations]


def _together(sides: Mapping[str, tuple[Annotation, ...]]) -> tuple[Annotation, ...]:
    """Return one annotation for each answer that all gave, with the evidence of all."""
    grouped = all(any(a.group for a in side) for side in sides.values())
    by_answer: dict[Answer, list[Annotation]] = {}
    for side in sorted(sides.values(), key=lambda side: not any(a.group for a in side)):  # who names groups goes first
        for a in side:
            plain = kind(a.label) == "field" and not grouped
            by_answer.setdefault(("" if plain else normal_text(a.group), answer(a)), []).append(a)
    merged = []
    for same in by_answer.values():
        evidence = list(dict.fromkeys(e for a in same for e in a.evidence))
        notes = list(dict.fromkeys(a.note for a in same if a.note))
        merged.append(
            replace(
                same[0],
                evidence=tuple(evidence),
                source=_all(sides),
                note="; ".join(notes),
            )
        )
    return tuple(merged)


def _spans(study: str, label: str, sides: Mapping[str, tuple[Annotation, ...]]) -> list[Resolution]:
    """Return an item for the spans that all marked, and one for each other span."""
    marked = {name: {answer(a): a for a in side} for name, side in sides.items()}
    everywhere = set.intersection(*(set(spans) for spans in marked.values()))
    agreed = {name: tuple(a for span, a in spans.items() if span in everywhere) for name, spans in marked.items()}
    found = [Resolution(study, label, "unanimous", _together(agreed), agreed, _all(sides))]
    disputed = sorted({span for spans in marked.values() for span in spans} - everywhere, key=str)
    for span in disputed:
        side = {name: ((spans[span],) if span in spans else ()) for name, spans in marked.items()}
        found.append(Resolution(study, label, "conflict", (), side))
    return found
