"""What people were asked: each codebook under which somebody decided, and which questions were handed to whom.

annotations/codebooks.jsonl holds a line for each codebook under which studies were handed out or decided: its id
(`Codebook.id`), its fields and its SYRCLE policy. Statements and assignments name the id, so that a later change of
codebook.yaml is known for what it is. Lines are only ever added and say nothing of when, so that two people's files
merge as the union of their lines.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path

from vivex.annotation import JsonValue
from vivex.codebook import Codebook, read_codebook
from vivex.errors import MalformedFile
from vivex.files import write_text
from vivex.jsonlines import read_lines
from vivex.labels import is_entity
from vivex.people.assign import Assignment, assigned
from vivex.people.sessions import Session, decided_under
from vivex.questions import REPORTING, SYRCLE
from vivex.review import Review

FILE = "codebooks.jsonl"
POLICY = "policy"  # what changed of a judgement's question
_EVERYWHERE = frozenset(question.label for asked in (SYRCLE, REPORTING) for question in asked.values())


@dataclass(frozen=True, slots=True)
class KeptCodebook:
    """Hold what a codebook asked, by field, and its policy."""

    id: str
    fields: Mapping[str, Mapping[str, JsonValue]]
    policy: Mapping[str, JsonValue]
    labels: frozenset[str]  # of all its questions: looked into for every answer of a review


def kept(review: Review) -> dict[str, KeptCodebook]:
    """Return the codebooks under which people worked, by id; raise MalformedFile for a line that holds none."""
    return read_kept(review.annotations / FILE)


def read_kept(path: Path) -> dict[str, KeptCodebook]:
    """Return the codebooks of a file, by id."""
    found = {}
    for where, data in read_lines(path) if path.exists() else ():
        name, fields, policy = data.get("codebook"), data.get("fields"), data.get("policy")
        if not (
            (isinstance(name, str) and name and isinstance(policy, dict))
            and (isinstance(fields, dict) and all(isinstance(of, dict) for of in fields.values()))
        ):
            expected = '{"codebook": "...", "fields": {...}, "policy": {...}}'
            raise MalformedFile(f"{where}: expected {expected}; correct the line")
        found[name] = KeptCodebook(name, fields, policy, _EVERYWHERE | {f"form.{field}" for field in fields})
    return found


def keep(review: Review) -> str:
    """Keep what the review asks now beside what it asked before, and return its id; "" where it has no codebook."""
    if not review.codebook.exists():
        return ""
    codebook = read_codebook(review.codebook)
    if codebook.id not in kept(review):
        path = review.annotations / FILE
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        asked = {"codebook": codebook.id, "fields": codebook.asks, "policy": codebook.conventions}
        line = json.dumps(asked, ensure_ascii=False)
        write_text(path, before + line + "\n")
    return codebook.id


def since(before: KeptCodebook, codebook: Codebook) -> Iterator[str]:
    """Yield what the codebook of now asks otherwise than one of before, a few words each."""
    asks, asked = codebook.asks, before.fields
    new, gone = [name for name in asks if name not in asked], [name for name in asked if name not in asks]
    if new:
        yield f"{', '.join(new)} {'is' if len(new) == 1 else 'are'} asked since"
    if gone:
        yield f"{', '.join(gone)} {'is' if len(gone) == 1 else 'are'} asked no more"
    for name in asked:
        if name in asks and (changed := asked_otherwise(asked[name], asks[name])):
            yield f"{name} is asked otherwise now ({', '.join(changed)})"
    for name, value in codebook.conventions.items():
        if before.policy.get(name, value) != value:
            yield f"policy.{name} was {before.policy[name]}, is {value}"


def asked_otherwise(was: Mapping[str, JsonValue], now: Mapping[str, JsonValue]) -> list[str]:
    """Return what of a field is otherwise now: its question, type, allowed values and so on; nothing of a new one."""
    return [key for key in now if was and was.get(key) != now[key]]


def changed_since(
    reviewed: Iterable[str], sessions: Sequence[Session], codebook: Codebook, codebooks: Mapping[str, KeptCodebook]
) -> dict[str, tuple[str, ...]]:
    """Return what of each label that was decided is asked otherwise now: keys of its field, or POLICY."""
    under, policy, asks = decided_under(sessions), codebook.policy_id, codebook.asks
    found: dict[str, tuple[str, ...]] = {}
    for label in sorted(reviewed):
        session = under.get(label)
        head, _, of = label.partition(".")
        if session is None:
            continue
        if head == "syrcle" and session.policy not in ("", policy):
            found[label] = (POLICY,)
        elif head == "form" and session.codebook in codebooks and of in asks:
            changed = asked_otherwise(codebooks[session.codebook].fields.get(of, {}), asks[of])
            if changed:
                found[label] = tuple(changed)
    return found


# -- which questions were handed to whom

Handed = Callable[[str, str], frozenset[str]]  # study, label -> the reviewers who are asked it


def to_nobody(study: str, label: str) -> frozenset[str]:
    """Return to whom a label is handed in a review that hands nothing out."""
    return frozenset()


def first_asked(one: Assignment, codebooks: Mapping[str, KeptCodebook]) -> frozenset[str] | None:
    """Return the labels that were asked of a reviewer when the study was handed to them; None where nothing tells."""
    return codebooks[one.codebook].labels if one.codebook in codebooks else None


def asked_of(one: Assignment, codebooks: Mapping[str, KeptCodebook], now: Set[str]) -> tuple[Set[str], Set[str]]:
    """Return the labels of `now` that were asked when the study was handed out, and those handed out since.

    Where nothing tells which codebook it was handed out under, all that wasn't handed out since was asked then.
    """
    added = {f"form.{name}" for name in one.fields} & now
    first = first_asked(one, codebooks)
    return (now - added if first is None else now & first), added


def handed_out(review: Review) -> Handed:
    """Return who is asked a label of a study: those to whom it is handed, without who left.

    A question that was added since is asked of those to whom it was handed; where it was handed to none, of all.
    """
    codebooks = kept(review)
    by_study: dict[str, list[Assignment]] = {}
    for one in assigned(review):
        if not one.left:
            by_study.setdefault(one.study, []).append(one)

    def handed(study: str, label: str) -> frozenset[str]:
        of = by_study.get(study, ())
        return _names(a for a in of if _asks(a, label, codebooks)) or _names(of)

    return handed


def _asks(one: Assignment, label: str, codebooks: Mapping[str, KeptCodebook]) -> bool:
    first = first_asked(one, codebooks)
    return first is None or is_entity(label) or label in first or label.removeprefix("form.") in one.fields


def _names(handed: Iterable[Assignment]) -> frozenset[str]:
    return frozenset(one.reviewer for one in handed)
