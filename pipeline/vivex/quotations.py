"""Find where a person's quote stands in a paper, however the viewer that it was copied from gave its letters.

Viewers give the same printed line in their own ways: control characters and U+FFFE at line ends, "10⁵" as "105", "µl"
as "lL", hyphens kept, spaces lost. So a quote is compared on its letters and digits alone, and on the minus signs of
its numbers ("-20 mV" is not 20 mV); where these don't stand in the paper as they are, the stretch nearest to them is
taken, if no digit, no negation and no word says anything else.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from vivex.numerals import fold, minus_before

_POINT = re.compile(r"(?<=[\d⁰¹²³⁴-⁹₀-₉])\s*[.·]\s*(?=[\d⁰¹²³⁴-⁹₀-₉])")  # between digits a point tells 1.5 from 15
_WORD = re.compile(r"[^\W_]+")
_NUMBER_LINE = re.compile(r"^[ \t]*\d{1,4}[ \t]*\r?\n", re.MULTILINE)  # of a page or a numbered line
_MARK = re.compile(
    r"(?<=[.!?])\s*\d{1,3}(?:[,–-]\d{1,3})*\s*\Z"
)  # of a citation, behind the last sentence or cut in two
_BULLET = re.compile(r"\A\s*[a-z](?=\s+[A-Z])")  # a bullet of a font of signs
_NUMBER = re.compile(r"(?<![\d.,])\d+(?:[.,\u00b7]\d+)*")
_SIGNS_OF_VIEWERS = frozenset(("Cc", "Cf", "Co", "Cn", "So"))  # kinds of characters that they give for one unknown
_SEED = 6  # letters of the pieces by which the stretch is found
_SHORTEST = 12  # letters that a quote must have to be found by alignment
_NEAR = 0.85  # least share of the letters that two stretches have in common
_ALIKE = 0.8  # least share of the letters that two words have in common: a slip of the keyboard, another spelling
_GAP = 40  # characters around a range in which its signs are looked for
_STRETCHES = 3  # that are looked at
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl", "ft", "th")  # glyphs that viewers lose
_NEGATIONS = frozenset(
    "no not non nor none neither never without cannot un lack lacked lacking lacks absence absent except fail failed "
    "fails hardly barely isn aren wasn weren didn doesn don couldn hasn haven hadn".split()
)
_TURNING = (  # starts of words that turn what they say
    ("un", ""), ("in", ""), ("im", ""), ("ir", ""), ("non", ""), ("dis", ""), ("de", ""), ("a", ""), ("anti", ""),
    ("fe", ""), ("sub", ""), ("mal", ""), ("mis", ""), ("in", "de"), ("hyper", "hypo"), ("pre", "post"), ("up", "down"),
    ("intra", "inter"), ("intra", "extra"), ("inter", "extra"), ("endo", "exo"), ("endo", "ecto"), ("over", "under"),
    ("hetero", "homo"), ("mono", "poly"), ("macro", "micro"), ("ab", "ad"), ("efferent", "afferent"),
)  # fmt: skip


class Place(NamedTuple):
    """Give the range of the text where a quote stands, and whether its letters and digits stand there as they are."""

    start: int
    end: int
    exact: bool


@dataclass(frozen=True, slots=True)
class Folded:
    """Hold a text's letters and digits, and for each of them the index of the character that it comes from."""

    letters: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the text that letters `start` to `end` come from."""
        return self.places[start], self.places[end - 1] + 1


@functools.lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    """Return the letters and digits of a character: none for signs, spaces, controls and what is no character."""
    plain = unicodedata.normalize("NFKC", character).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if c.isalnum())


@functools.lru_cache(maxsize=8)
def folded(text: str) -> Folded:
    """Return the letters and digits of a text, points between digits kept."""
    letters: list[str] = []
    places: list[int] = []
    points = {place for match in _POINT.finditer(text) for place in range(*match.span()) if text[place] in ".·"}
    for place, character in enumerate(text):
        for letter in "." if place in points else _fold(character):
            letters.append(letter)
            places.append(place)
    return Folded("".join(letters), places)


def exact_places(quote: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield each range of the text that holds the quote's letters and digits, none that begins or ends in a number."""
    words, paper = folded(quote).letters, folded(text)
    start = paper.letters.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not (_within_number(paper, start) or _within_number(paper, end)):
            first, last = paper.span(start, end)
            if _same_minuses(quote, text, first, last):
                yield _with_signs(quote, text, first, last)
        start = paper.letters.find(words, start + 1)


def _with_signs(quote: str, text: str, start: int, end: int) -> tuple[int, int]:
    """Return a range with the signs around it that begin and end the quote too: brackets, the full stop."""
    inner = folded(quote).places
    if inner:
        for sign in quote[inner[-1] + 1 :].split():
            after = text[end : end + _GAP]
            gap = len(after) - len(after.lstrip())
            if not fold(after[gap:]).startswith(fold(sign)):
                break
            end += gap + len(sign)
        for sign in reversed(quote[: inner[0]].split()):
            before = text[max(0, start - _GAP) : start].rstrip()
            if not fold(before).endswith(fold(sign)):
                break
            start = max(0, start - _GAP) + len(before) - len(sign)
    return start, end


def _within_number(paper: Folded, at: int) -> bool:
    """Tell whether a place parts the figures of one number: "5 mg" is not in "15 mg"."""
    if not 0 < at < len(paper.letters) or paper.places[at] - paper.places[at - 1] > 1:
        return False
    return all(c.isdigit() or c == "." for c in paper.letters[at - 1 : at + 1])


class Signed(NamedTuple):
    """Give a number as it is written, whether a minus stands before it, and whether what stands there may be one."""

    written: str
    minus: bool
    perhaps: bool


def _same_minuses(quote: str, text: str, start: int, end: int) -> bool:
    """Tell whether the numbers of a quote and of a range of the text are alike below zero, as far as one can tell."""
    if not any(c.isdecimal() for c in quote):
        return True
    one, other = _numbers(quote, 0, len(quote)), _numbers(text, start, end)
    if [n.written for n in one] == [n.written for n in other]:
        return all(a.minus == b.minus or (b.perhaps if a.minus else a.perhaps) for a, b in zip(one, other, strict=True))
    return all(
        Counter(n.written for n in a if n.minus) <= Counter(n.written for n in b if n.minus or n.perhaps)
        for a, b in ((one, other), (other, one))
    )


def _numbers(text: str, start: int, end: int) -> list[Signed]:
    """Return the numbers of a range of a text; a viewer may give a sign that it doesn't know for a minus."""
    found = []
    for number in _NUMBER.finditer(text, start, end):
        before = text[max(0, number.start() - 3) : number.start()].rstrip(" \t\r\n\u00a0\u2009\u202f")[-1:]
        perhaps = fold(before) == "-" or (before != "" and unicodedata.category(before) in _SIGNS_OF_VIEWERS)
        found.append(Signed(number.group(), minus_before(text, number.start()) > 0, perhaps))
    return found


def place(quote: str, text: str, *, near: int = 0) -> Place | None:
    """Return where a quote stands in a text, None where it doesn't: of several places the one nearest to `near`.

    Letters that a viewer changed or lost, a slip of the keyboard or a word left out are passed over; another digit,
    another negation and another word are not.
    """
    bare = _BULLET.sub("", _MARK.sub("", quote))
    for words in dict.fromkeys((quote, bare)):
        exact = min(exact_places(words, text), key=lambda span: (_cut(text, *span), abs(span[0] - near)), default=None)
        if exact is not None:
            return Place(*exact, words is quote)
    for words in dict.fromkeys((quote, bare, _NUMBER_LINE.sub("", bare))):
        found = [span for span in _stretches(folded(words).letters, folded(text)) if _says_the_same(words, text, *span)]
        if found:
            nearest = min(found, key=lambda span: abs(span[0] - near))
            return Place(*_with_signs(words, text, *nearest), False)
    return None


def _cut(text: str, start: int, end: int) -> bool:
    """Tell whether a range begins or ends inside a word."""
    return any(0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum() for at in (start, end))


def _stretches(quote: str, paper: Folded) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the text that share most letters with the quote, in the quote's order."""
    if len(quote) < _SHORTEST:
        return
    votes: Counter[int] = Counter()
    for at in range(0, len(quote) - _SEED + 1, 2):
        seed = quote[at : at + _SEED]
        start, seen = paper.letters.find(seed), 0
        while start >= 0 and seen < 40:
            votes[(start - at) // 16] += 1
            start, seen = paper.letters.find(seed, start + 1), seen + 1
    slack = 8 + len(quote) // 6
    for bucket, _ in sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))[:_STRETCHES]:
        low = max(0, bucket * 16 - slack)
        window = paper.letters[low : bucket * 16 + 16 + len(quote) + slack]
        blocks = SequenceMatcher(None, quote, window, autojunk=False).get_matching_blocks()[:-1]
        first = next((b for b in blocks if b.size >= 3), None)
        last = next((b for b in reversed(blocks) if b.size >= 3), None)
        if first is None or last is None:
            continue
        start = max(0, first.b - first.a)
        end = min(len(window), last.b + len(quote) - last.a)
        common = sum(b.size for b in blocks if b.b >= start and b.b + b.size <= end)
        if common >= _NEAR * max(len(quote), end - start):
            yield paper.span(low + start, low + end)


def _says_the_same(quote: str, text: str, start: int, end: int) -> bool:
    """Tell whether a quote and a stretch of the text differ in nothing that has a meaning."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():  # whole words
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    stretch = text[start:end]
    one, other = _WORD.findall(quote), _WORD.findall(stretch)
    folds = [[folded(word).letters for word in words] for words in (one, other)]
    if _negations(folds[0]) != _negations(folds[1]):
        return False
    for kind, a, b, c, d in SequenceMatcher(None, folds[0], folds[1], autojunk=False).get_opcodes():
        if kind != "equal" and not _alike("".join(folds[0][a:b]), "".join(folds[1][c:d]), " ".join(other[c:d])):
            return False
    return _digits(quote) == _digits(stretch) and _same_minuses(quote, text, start, end)


def _alike(one: str, other: str, printed: str) -> bool:
    """Tell whether letters of a quote and of the paper may stand for each other; `printed` are the paper's words."""
    if one == other:
        return True
    for kind, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if kind != "equal" and (_any_digit(one[a:b]) or _any_digit(other[c:d])):
            return False
    odd = [letter for letter in other if not letter.isascii()]
    if odd and not any(letter in one for letter in odd) and one.isascii():  # "lL" for "μL", "Ad" for "Aδ"
        return abs(len(one) - len(other)) <= 2 * len(odd) and _rest(one, other)
    if not one or not other:  # a word more or less, told by its letters' share in the whole
        return len(one + other) <= 12
    if any(len(other) - len(one) == len(glyph) and other.replace(glyph, "", 1) == one for glyph in _LIGATURES):
        return True
    return not _turned(one, other) and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ALIKE


def _rest(one: str, other: str) -> bool:
    """Tell whether the plain letters of the paper's words stand in the quote's, in their order."""
    letters = iter(one)
    return all(letter in letters for letter in other if letter.isascii())


def _turned(one: str, other: str) -> bool:
    """Tell whether two words differ in a start that turns what they say: "blinded" and "unblinded"."""
    for start, counterpart in _TURNING:
        for a, b in ((one, other), (other, one)):
            if a.startswith(start) and b == counterpart + a[len(start) :]:
                return True
    return False


def _negations(words: Iterable[str]) -> Counter[str]:
    return Counter(word for word in words if word in _NEGATIONS)


def _any_digit(letters: str) -> bool:
    return any(letter.isdigit() for letter in letters)


def _digits(text: str) -> str:
    return "".join(letter for letter in folded(text).letters if letter.isdigit() or letter == ".")
