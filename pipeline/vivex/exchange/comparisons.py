"""Which groups are compared: told by their names' words and by what the review settled as comparator, never guessed."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping, Sequence

from vivex.vocabulary import pattern

_DOSE = re.compile(r"[\s,]{1,4}\d[\d.,]{0,14}\s?[µμumkn]?[glMU]\b.{0,200}$")  # behind a group's name
UNTREATED, HEALTHY, PLAIN, POSITIVE = "untreated", "healthy", "plain", "positive"


def control_kind(group: str) -> str:
    """Return what kind of control a group's name says it is: untreated, healthy, plain or positive; "" for none.

    All of the name must say so, what stands in brackets apart: "sham-treated MSC" names no sham group.
    """
    plain = re.sub(r"\s{0,3}[(\[][^()\[\]]*[)\]]", "", group).strip(" .:;*")
    plain = re.sub(r"(?i)^(?:the\s{1,3})|[\s-]+(?:group|animals|rats|mice|rabbits|treated)$", "", plain)
    for kind in (POSITIVE, UNTREATED, HEALTHY, PLAIN):
        if _whole(kind).fullmatch(plain):
            return kind
    return ""


@functools.cache
def _whole(kind: str) -> re.Pattern[str]:
    return re.compile(rf"{pattern('controls', kind)}(?:[\s-]+controls?)?", re.IGNORECASE)


def control_of(groups: Sequence[str], comparators: Collection[str] = ()) -> Mapping[str, str]:
    """Return treated group -> its control, for those whose control is told.

    In turn: the group that the review settled as comparator; a group whose name another's goes on from ("OA",
    "OA + MSC"); the one that was given a vehicle in the same model ("OA + PBS", "OA + MSC"); the one untreated
    control; the one plain control; the one healthy control, where there is no other group that may be the diseased
    one.
    """
    kinds = {group: control_kind(group) for group in groups}
    settled = [g for g in groups if any(_bare(g) == _bare(c) for c in comparators)]
    told: dict[str, str] = {}
    for group in groups:
        if kinds[group] in (UNTREATED, HEALTHY, PLAIN) or group in settled:
            continue
        base = [other for other in groups if _goes_on(group, other)]
        longest = [other for other in base if all(len(other) >= len(b) for b in base)]
        twins = [other for other in groups if _begins_alike(group, other)]
        for candidates in (settled, longest, twins, *(_of(kinds, kind) for kind in (UNTREATED, PLAIN))):
            if candidates:
                if len(candidates) == 1:
                    told[group] = candidates[0]
                break
        else:
            healthy = _of(kinds, HEALTHY)
            if len(healthy) == 1 and len(groups) == 2:
                told[group] = healthy[0]
    bases = {c for c in told.values() if not kinds[c]}
    return {group: control for group, control in told.items() if group not in bases}


def _of(kinds: Mapping[str, str], kind: str) -> list[str]:
    return [group for group, of in kinds.items() if of == kind]


def _goes_on(group: str, base: str) -> bool:
    """Tell whether a group's name is another's and a plus sign or a joining word with more behind."""
    whole, begun = _bare(group), _bare(base)
    if not begun or whole == begun:
        return False
    joined = re.sub(r"\s{0,3}\+\s{0,3}", " + ", _DOSE.sub("", group).casefold())
    first = re.sub(r"\s{0,3}\+\s{0,3}", " + ", base.casefold())
    return joined.startswith(f"{first} + ") or joined.endswith((f" + {first}", f" in {first}"))


def _begins_alike(group: str, other: str) -> bool:
    """Tell whether two names begin alike and the other ends with a vehicle or the like ("OA + MSC", "OA + PBS")."""
    if group == other:
        return False
    first, second = (
        re.fullmatch(r"(?P<model>.+?)\s{0,3}[+/–-]\s{0,3}(?P<given>[^+/–]+)", name) for name in (group, other)
    )
    if first is None or second is None or _bare(first["model"]) != _bare(second["model"]):
        return False
    return control_kind(second["given"]) in (UNTREATED, PLAIN) and not control_kind(first["given"])


def _bare(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+|\+", text.casefold()))
