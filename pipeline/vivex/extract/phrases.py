"""Noun-phrase candidates without a tagger: runs of content words, and what stands at telling places."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

TOKEN = re.compile(r"[^\W_]+(?:[-‐‑/'’+.·−–][^\W_]+)*[+−⁺⁻]*(?:[−–-]/[−–-])?|\S")
STOP = frozenset(
    (
        "a about above after again against all along also although always among an and any are around as at based "
        "be became because been before being below between both but by can could did do does done down due during "
        "each either et etc even every few following followed for from further furthermore had has have having he "
        "her here hereafter his how however i if in including indeed instead into is it its itself later less like "
        "made make many may might more moreover most much must near neither no nor not now of off often on once one "
        "only onto or other others our out over own per performed prior rather same several she should showed shown "
        "shows since so some still such than that the their them then there thereby therefore these they this those "
        "through throughout thus to together too toward towards under until up upon us use used using versus very "
        "via vs was we well were what when where whereas whether which while who whom whose why will with within "
        "without would yet you al fig figs figure table compared comparison significantly significant respectively "
        "observed found measured assessed determined evaluated examined analyzed analysed increased decreased "
        "reduced revealed indicated demonstrated suggest suggests suggesting induced received treated given "
        "administered injected divided assigned randomly described previously obtained according carried conducted "
        "calculated performed recorded placed kept maintained housed allowed started investigated tested studied "
        "resulted exhibited displayed remained seen identified detected confirmed known reported consistent similar "
        "different first second third two three four five six seven eight nine ten data results result mean means "
        "sem sd "
    ).split()
)
LINKS = frozenset(("of", "in", "to", "for", "with", "and", "the"))


Token = tuple[int, int, str]


def tokens(text: str) -> list[Token]:
    """Return (start, end, lower-case word) of each token."""
    return [(m.start(), m.end(), m.group().lower()) for m in TOKEN.finditer(text)]


def runs(words: list[Token], *, longest: int = 6) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, way) of content-word runs, their beginnings and endings, and runs joined by a link word."""
    found: list[tuple[int, int]] = []  # token index ranges
    begin = None
    for i, (_, _, word) in enumerate([*words, (0, 0, ".")]):
        inside = i < len(words) and word not in STOP and word[0].isalnum()
        if inside and begin is None:
            begin = i
        elif not inside and begin is not None:
            found.append((begin, i))
            begin = None
    for k, (a, b) in enumerate(found):
        if b - a <= longest:
            yield words[a][0], words[b - 1][1], "run"
        for size in (2, 3):
            if size < b - a:
                yield words[b - size][0], words[b - 1][1], f"end{size}"
                yield words[a][0], words[a + size - 1][1], f"start{size}"
        if k + 1 < len(found):
            c, d = found[k + 1]
            between = [w for _, _, w in words[b:c]]
            if all(w in LINKS for w in between) and len(between) <= 2 and d - a <= longest + 2:
                yield words[a][0], words[d - 1][1], "join:" + between[0]
                if b - a > 1:
                    yield words[b - 1][0], words[d - 1][1], "join1:" + between[0]


def left(words: list[Token], position: int, *, count: int, text: str) -> list[int]:
    """Return where phrases that end at the position may begin, longest first; they cross no function word or comma."""
    last = bisect.bisect_left(words, (position,)) - 1
    starts: list[int] = []
    follows = position
    for i in range(last, max(-1, last - count), -1):
        start, end, word = words[i]
        if word in STOP or not (word[0].isalnum() or word[0] in "+/−-–αβγ"):
            break
        if text[end:follows].strip(" /+-–−"):
            break
        if word[0].isalnum() or word[0] in "αβγ":
            starts.append(start)
        follows = start
    return starts[::-1]


def right(words: list[Token], position: int, *, count: int, stop: frozenset[str] = STOP) -> int:
    """Return where the phrase that begins at the position ends: at a function word, punctuation or `count` tokens."""
    end = position
    for start, stop_at, word in words[bisect.bisect_left(words, (position,)) :][:count]:
        if (word in stop and start != position) or not (word[0].isalnum() or word[0] in "+/−-–αβγ"):
            break
        end = stop_at
    return end
