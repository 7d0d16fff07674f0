"""Which studies are handed to which reviewers, and which of them blind.

What was handed out stands in annotations/assignments/<reviewer>.jsonl, one study a line. A study is blind for all its
reviewers or for none, as far as the least share allows it, and which ones are blind follows from a hash of their ids:
nobody chooses, and the same call gives the same answer.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vivex.errors import MalformedFile, ReviewError, UnknownName
from vivex.files import write_text
from vivex.jsonlines import read_lines
from vivex.people.store import ASSIGNMENTS, reviewer_name, statement_path
from vivex.review import Review

BLIND = 0.2  # least share of blind studies


@dataclass(frozen=True, slots=True)
class Assignment:
    """Hand a study to a reviewer, blind or pre-filled.

    `codebook` is the id of what was asked when it was handed out ("" where that isn't known), `fields` are the
    questions that were handed out since. Of one who has `left` no answer is awaited any more; what they decided counts.
    """

    study: str
    reviewer: str
    blind: bool
    codebook: str = ""
    fields: tuple[str, ...] = ()
    left: bool = False


def assigned(review: Review) -> list[Assignment]:
    """Return all that was handed out, by reviewer and study."""
    folder = review.annotations / ASSIGNMENTS
    found = []
    for path in sorted(folder.glob("*.jsonl")) if folder.is_dir() else []:
        for where, data in read_lines(path):
            found.append(_read(data, path.stem, where))
    return found


def _read(data: dict[str, Any], reviewer: str, where: str) -> Assignment:
    study, blind = data.get("study"), data.get("blind")
    codebook, fields, left = data.get("codebook", ""), data.get("fields", []), data.get("left", False)
    named = isinstance(fields, list) and all(isinstance(field, str) for field in fields)
    told = isinstance(codebook, str) and named and isinstance(left, bool)
    if not (isinstance(study, str) and study and isinstance(blind, bool) and told):
        raise MalformedFile(f'{where}: expected {{"study": "...", "blind": true|false}}; correct the line')
    return Assignment(study, reviewer, blind, codebook, tuple(fields), left)


def plan(
    studies: Sequence[str],
    reviewers: Sequence[str],
    before: Sequence[Assignment] = (),
    *,
    per_study: int = 2,
    blind: float = BLIND,
) -> list[Assignment]:
    """Return the new assignments: `per_study` reviewers a study, evenly, of each at least the share `blind` blind.

    Studies that already have `per_study` reviewers get none; `before` counts towards loads and shares.
    """
    if not 0 <= blind <= 1:
        raise ReviewError(f"the share of blind studies is {blind}; give a number from 0 to 1")
    names = list(dict.fromkeys(map(reviewer_name, reviewers)))
    if not 1 <= per_study <= len(names):
        raise ReviewError(
            f"{per_study} reviewers for each study, but {len(names)} named; name more reviewers or lower --per-study"
        )
    holders: dict[str, set[str]] = {}
    for one in before:
        if not one.left:
            holders.setdefault(one.study, set()).add(one.reviewer)
    load = Counter(a.reviewer for a in before)
    hand: list[tuple[str, str]] = []
    for study in sorted(studies, key=_hash):
        have = holders.get(study, set())
        free = sorted((n for n in names if n not in have), key=lambda n: (load[n], _hash(study + n)))
        for name in free[: max(0, per_study - len(have))]:
            load[name] += 1
            hand.append((study, name))
    chosen = _blind(hand, before, blind)
    return sorted((Assignment(s, r, (s, r) in chosen) for s, r in hand), key=lambda a: (a.reviewer, a.study))


def _blind(hand: Sequence[tuple[str, str]], before: Sequence[Assignment], share: float) -> set[tuple[str, str]]:
    """Return which of the new pairs are blind: whole studies in the order of their hash, until every share is met."""
    settled = {a.study: a.blind for a in before}
    chosen = {(s, r) for s, r in hand if settled.get(s)}  # a second reviewer sees a study as the first one does
    total = Counter(a.reviewer for a in before) + Counter(r for _, r in hand)
    have = Counter(a.reviewer for a in before if a.blind) + Counter(r for _, r in chosen)
    short = {r for r in total if have[r] < math.ceil(share * total[r] - 1e-9)}
    fresh = sorted({s for s, _ in hand if s not in settled}, key=lambda s: _hash("blind " + s))
    late = sorted({s for s, _ in hand if s in settled and not settled[s]}, key=lambda s: _hash("blind " + s))
    for study in [*fresh, *late]:  # a study that somebody saw pre-filled is made blind for another only in need
        of = [(s, r) for s, r in hand if s == study]
        if short & {r for _, r in of}:
            chosen |= set(of)
            have += Counter(r for _, r in of)
            short = {r for r in total if have[r] < math.ceil(share * total[r] - 1e-9)}
    return chosen


def record(review: Review, new: Sequence[Assignment]) -> None:
    """Add assignments to the reviewers' lists."""
    known = assigned(review)
    for reviewer in sorted({a.reviewer for a in new}):
        mine = {a.study: a for a in (*known, *new) if a.reviewer == reviewer}
        _write(review, reviewer, [mine[study] for study in sorted(mine)])


def take_back(review: Review, leaver: str, finished: Collection[str] = ()) -> list[str]:
    """Take the studies that a reviewer has not begun out of their list, for they leave; return these studies.

    Those that they began and have not `finished` are marked, so that no answer of theirs is awaited.
    """
    handed = assigned(review)
    mine = [a for a in handed if a.reviewer == leaver]
    if not mine:
        known = ", ".join(sorted({a.reviewer for a in handed})) or "nobody"
        raise UnknownName(f"nothing is handed to {leaver!r}; handed to: {known}")
    begun = [a for a in mine if statement_path(review, a.study, leaver).exists()]
    _write(review, leaver, [replace(a, left=a.study not in finished) for a in begun])
    return [a.study for a in mine if a not in begun]


def _write(review: Review, reviewer: str, handed: Iterable[Assignment]) -> None:
    lines = [json.dumps(as_line(a), ensure_ascii=False) + "\n" for a in handed]
    write_text(review.annotations / ASSIGNMENTS / f"{reviewer}.jsonl", "".join(lines))


def as_line(one: Assignment) -> dict[str, Any]:
    """Return an assignment as its line; what says nothing is left out."""
    line: dict[str, Any] = {"study": one.study, "blind": one.blind}
    more = {"codebook": one.codebook, "fields": list(one.fields), "left": one.left}
    return line | {key: value for key, value in more.items() if value}


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
