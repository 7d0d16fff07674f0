"""Numbers as papers write them, read exactly: thousands and decimal signs of all customs, powers of ten, words.

What a comma means is decided by form: "1,250" is 1250, "1,25" is 1.25, "0,125" is 0.125, "1,2,3" is three numbers.
Every expression here is bounded or possessive, so that reading takes time in proportion to the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from vivex.marks import spelled_out

_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_SIGNS = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(
        "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", "\u00a0"
    ),
    **dict.fromkeys("\t\n\r\f\v\u2028\u2029", " "),
    **dict.fromkeys("\u22c5\u2219\u2022\u2027\u30fb", "\u00b7"),
    **dict.fromkeys("\u2715\u2a09\u2a2f\u2717\u2716", "\u00d7"),
    **dict.fromkeys("\u00b5\u03bc", "u"),
    **dict.fromkeys("\u2019\u2018\u02bc", "'"),
    **dict.fromkeys("\u223c\u02dc\uff5e", "~"),
    "\u2213": "\u00b1",
    "\u2217": "*",
    "\u2113": "l",
    "\u2215": "/",
}


def _table() -> dict[int, str]:
    """Return how each character folds: one for one, so that offsets stay."""
    table = {ord(sign): plain for sign, plain in _SIGNS.items()}
    letters = (*range(0x1D400, 0x1D800), *range(0xFF01, 0xFF5F))  # mathematical letters and figures, full width
    digits = [c for c in range(0x660, 0x1FBFA) if chr(c).isdecimal()]
    for code in letters:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            table.setdefault(code, _SIGNS.get(plain, plain))
    for code in digits:
        table[code] = str(unicodedata.decimal(chr(code)))
    return table


_FOLD = _table()
_RAISED = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079\u207b\u207a", "0123456789-+")
SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074-\u2079"  # inside a character class
ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_WORDS = {word: n for n, word in enumerate(ONES)} | {word: 10 * n for n, word in enumerate(TENS, 2)}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9}
_BELOW_20 = "|".join(sorted(ONES, key=len, reverse=True))
_SMALL = rf"(?:(?:{'|'.join(TENS)})(?:[- \u00a0](?:{'|'.join(ONES[1:10])}))?|{_BELOW_20})"
_HUNDRED = rf"(?:(?:(?:{_SMALL}|an?)[ \u00a0])?hundred(?:(?:[ \u00a0]and)?[ \u00a0]{_SMALL})?|{_SMALL})"
_SCALED = r"(?:dozen|thousand|million|billion)"
_WORDED = re.compile(
    rf"(?:half[ \u00a0]an?[ \u00a0](?:dozen|hundred|thousand|million|billion)"
    rf"|(?:{_HUNDRED}|an?)[ \u00a0]{_SCALED}(?:,?(?:[ \u00a0]and)?[ \u00a0]{_HUNDRED}(?![ \u00a0-]{_SCALED}))?"
    rf"|{_HUNDRED})(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"(?P<comma>[1-9]\d{0,2}+(?:,\d{3}){1,4}+(?:\.\d{1,12}+)?+)(?!\d|,\d{3})"  # 1,250 1,250,000.5
    r"|(?P<lakh>[1-9]\d?+(?:,\d{2}){1,3},000)(?![\d,])"  # 1,25,000
    r"|(?P<point>[1-9]\d{0,2}+(?:(?:\.\d{3}){2,4}+(?:,\d{1,12}+)?+|\.\d{3},\d{1,2}+))(?!\d|\.\d)"  # 1.250.000 1.250,5
    r"|(?P<apart>[1-9]\d{0,2}+(?:(?:'\d{3}){1,4}+|(?:\u00a0\d{3}){1,4}+|(?: \d{3}){1,4}+)"  # 1'000 1 000.5
    r"(?:[.,\u00b7]\d{1,12}+)?+)(?![\d'])"
    r"|(?P<decimal>\d{1,12}+(?:[.]\d{1,12}+|\u00b7\d{1,12}+(?![\^\u2070\u00b9\u00b2\u00b3\u2074-\u2079])))(?!\d)"
    r"|(?P<euro>\d{1,12}+,(?:\d{4,12}+|\d{1,2}+))(?!\d|,\d)"  # 1,25
    r"|(?P<zero>0,\d{3,12}+)(?!\d|,\d)"  # 0,125
    r"|(?P<bare>[.\u00b7]\d{1,12}+)(?!\d)"  # .5
    r"|(?P<whole>\d{1,12}+)(?!\d)"
)
_SUP = rf"[\u207b\u207a]?[{SUPERSCRIPTS}]{{1,2}}+"
_TIMES = re.compile(r"[ \u00a0]?[\u00d7xX*\u00b7][ \u00a0]?(?=10(?!\d{3}))")
_END = r"(?![\d.,]\d|\d)"
# 10⁵⁻⁶ and 10^(5-6) are ranges
_RAISED_POWER = re.compile(rf"10(?P<low>{_SUP})(?:[\u207b-](?P<high>[\u207b]?[{SUPERSCRIPTS}]{{1,2}}))?")
_CARET_POWER = re.compile(
    r"10[ \u00a0]?(?:\^|exp)[ \u00a0]?"
    r"(?:[({][ \u00a0]?(?P<a>[+-]?[ \u00a0]?\d{1,2})(?:[ \u00a0]?-[ \u00a0]?(?P<b>\d{1,2}))?[ \u00a0]?[)}]"
    rf"|(?P<low>[+-]?[ \u00a0]?\d{{1,2}})(?:-(?P<high>\d{{1,2}})(?![.,]?\d|\^|[{SUPERSCRIPTS}]|[ \u00a0]?[\u00d7x]))?)"
)
_BRACKET_POWER = re.compile(r"10\((?P<low>[+-]?\d{1,2})\)")
# the raised figure lost its place: "1 x 10 6", "1 × 106", "1 × 10-7"; only behind a factor
_FALLEN_POWER = re.compile(r"10(?P<low>(?:[ \u00a0]?-[ \u00a0]?|[ \u00a0]?)(?:1\d|2\d|[1-9]))" + _END)
COUNTED = (
    r"(?:[ \u00a0]?/[ \u00a0]?m[lL]\b"
    r"|[ \u00a0](?:viral[ \u00a0])?(?:cells|particles|CFU|cfu|PFU|pfu|vg|GC|TU|genome|bacteria|spores|parasites|copies)"
    r"\b)"
)
_LOST_POWER = re.compile(rf"(?:(?P<factor>\d)\.)?10[ \u00a0](?P<low>\d{{1,2}})(?={COUNTED})")  # "10 6 cells"
_COUNTED_BRACKET = re.compile(rf"10\((?P<low>\d{{1,2}})\)(?={COUNTED})")
_E = re.compile(r"[eE][+-]?\d{1,2}(?![\dA-Za-z])")
_SCALE_WORD = re.compile(r"[- \u00a0]?(hundred|thousand|million|billion)(?![A-Za-z])", re.IGNORECASE)
_CHAIN = re.compile(r"\d{1,6}+(?:-\d{1,6}+)?+(?:,\d{1,6}+(?:-\d{1,6}+)?+){2,}+(?![\d.])")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3}){1,4}+|[1-9]\d?(?:,\d{2}){1,3},000")
_ZERO_ENDED = re.compile(r"\d{1,4}+,\d0(?=[ \u00a0],?(?:and|or)|,?[ \u00a0](?:and|or)[ \u00a0]\d+(?![\d,]))")
_DIGITS = re.compile(r"\d{1,12}+(?!\d)")
VULGAR = "\u00bc-\u00be\u2150-\u215e\u2189"  # ½ and its kin, inside a character class
_FRACTION = re.compile(
    rf"(?:(?P<whole>\d{{1,4}}+)[ \u00a0]?)?"
    rf"(?:(?P<sign>[{VULGAR}])|(?<!\d)(?P<over>[1-7])\u2044(?P<under>[234568])(?![\d.,]\d|\d))"
)
# "2 1/2 h", "1-1/2 mL": half and its kin behind a whole number, with an ordinary slash
_MIXED = re.compile(
    r"(?P<whole>\d{1,3}+)(?:[ \u00a0](?P<over>1(?=/[234])|2(?=/3)|3(?=/4))/(?P<under>[234])|-(?P<half>1/2))"
    r"(?![\d/]|[.,]\d)"
)
# any other stroke, as between units and in "5⁄10 mg"
_NO_FRACTION = re.compile(r"\u2044(?!(?<=(?<!\d)[1-7]\u2044)[234568](?![\d.,]\d|\d))")
# units of one character ("㎎", "㎏", "㎖"), which mean two or three
SQUARED = re.compile("[\u3371-\u337a\u3380-\u33dd]")


_ALONE = (Fraction(1),)  # what a number without a power of ten is multiplied by


@dataclass(frozen=True, slots=True)
class Number:
    """Hold one number of a text: where it stands, its factor, and what the factor is multiplied by (more: a range)."""

    start: int
    end: int
    factor: Fraction
    scales: tuple[Fraction, ...] = _ALONE  # 10⁵⁻⁶ has two
    style: str = "plain"  # plain, power (with a factor), bare power, scaled (million), words

    @property
    def low(self) -> Fraction:
        """Return the number's value, of a range of powers the lower."""
        return self.factor if self.scales is _ALONE else self.factor * min(self.scales)

    @property
    def high(self) -> Fraction:
        """Return the number's value, of a range of powers the upper."""
        return self.factor if self.scales is _ALONE else self.factor * max(self.scales)


def fold(text: str) -> str:
    """Return the text with one sign for each meaning and plain figures; as long as before. Raised figures stay."""
    if text.isascii():
        return text.translate(_FOLD) if _CONTROL.search(text) else text
    folded = text.translate(_FOLD)
    return _NO_FRACTION.sub("/", folded) if "\u2044" in folded else folded


def written_out(text: str) -> tuple[str, Sequence[int] | None]:
    """Return a text with units of one character in letters, and the place of each character; None: as before."""
    plain, places = spelled_out(text, SQUARED)
    return plain, None if plain is text else places[:-1]


_CONTROL = re.compile(r"[\t\n\r\f\v]")


_BLANKS = (" ", "\u00a0", "\u2009", "\u202f", "\n")
_DASHED = tuple("-" + _DASHES)
_MINUS = "\u2212\ufe63\uff0d"  # that are nothing but a minus; the other dashes also join
_OPENS = re.compile(r"(?:^|[(\[{=<>~\u2248\u2264\u2265:;,|])[ \u00a0]?$")  # what a number may follow at once
_BEHIND_AMOUNT = re.compile(r"\d[ \u00a0]?(?:[^\W\d_]{1,4}|[%\u00b0\u2030][CF]?)?[ \u00a0]$")  # "5 -10", "5 mg -10"
_BEHIND_UNIT = re.compile(r"(?<![A-Za-z])(?:[mukcd]?[LlgMm]|mol|d|day|h|hr|min|s|sec|week|wk|mouse|rat)[ \u00a0]$")
_LAST_WORD = re.compile(r"(?<=[^\W\d_]{2})[ \u00a0]$")
_PREPOSITION = re.compile(
    r"(?<![A-Za-z])(?:at|to|and|or|of|from|by|was|is|below|above|under|about|than|score|days?|vs\.?|versus)[ \u00a0]$"
)
# "caspase-8, -9 and -12"
_OF_NAMES = re.compile(r"[A-Za-z]-\d{1,4}[a-z]?(?:(?:,|,? and|,? or|/) ?-\d{1,4}[a-z]?){0,6}(?:,|,? and|,? or|/) ?$")
_EXPONENT = re.compile(r"[1-3](?![\d.,\u00b7%\u00b0])")  # "mg kg -1": what is left of a raised figure


def minus_before(text: str, at: int, *, measured: bool = True) -> int:
    """Return how many characters the minus before the number at a place takes, 0 where none stands there.

    The dash of "5-10", "IL-6", "5 mg -10 mg" is no minus; one with a blank behind it takes two ("at - 20 \u00b0C").
    Of a number that isn't `measured` in a unit it may belong to a name ("caspase -3").
    """
    spaced = text[at - 1 : at] in _BLANKS and text[at - 2 : at - 1] in _DASHED
    sign = at - 1 - spaced
    if sign < 0 or text[sign] not in _DASHED:
        return 0
    before = text[max(0, sign - 40) : sign].replace("\t", "|")  # a cell begins
    if sign > 40:
        before = "x" + before  # the text doesn't begin here
    exponent = _EXPONENT.match(text, at) is not None
    sure = measured and not spaced
    alone = _stands_alone(fold(before), true=text[sign] in _MINUS, sure=sure, exponent=exponent)
    return 1 + spaced if alone else 0


def _stands_alone(before: str, *, true: bool, sure: bool, exponent: bool) -> bool:
    """Tell whether a dash joins nothing to what is written before it; `true`: its sign means a minus alone."""
    if not true and _OF_NAMES.search(before):
        return False
    if _OPENS.search(before):
        return True
    if before[-1:] not in _BLANKS or (exponent and _BEHIND_UNIT.search(before)):
        return False
    if before.rstrip(" \u00a0")[-1:].isdigit():
        return False
    named = _PREPOSITION.search(before)
    if _BEHIND_AMOUNT.search(before) and not named and not (true and sure):
        return False
    return true or named is not None or (sure and _LAST_WORD.search(before) is not None)


def chain_end(folded: str, at: int) -> int:
    """Return where a list of whole numbers without spaces ends ("0,1,2,7"), or `at` where none begins."""
    match = _CHAIN.match(folded, at)
    if match is None:
        pair = _ZERO_ENDED.match(folded, at)  # "5,10 and 20": nobody writes 5.1 so
        return pair.end() if pair else at
    written = match.group()
    decimals = re.fullmatch(r"\d+,\d+-\d+,\d+", written)  # "1,5-2,5" are two, not three
    sides = written.split("-", 1)  # "1-1,000,000" is a range of two
    thousands = all(_THOUSANDS.fullmatch(side) or side.isdigit() for side in sides)
    return at if decimals or thousands else match.end()


def number_at(folded: str, at: int, *, inside: bool = False, spaced: bool = True) -> Number | None:
    """Return the number that begins at a place of a folded text, or None.

    `inside` a list without spaces a comma is no part of a number; without `spaced` an ordinary blank isn't either.
    """
    lost = _LOST_POWER.match(folded, at) or _COUNTED_BRACKET.match(folded, at)
    if lost:
        factor = lost.groupdict().get("factor")
        return Number(
            at, lost.end(), Fraction(int(factor or 1)), (_power(lost["low"]),), "power" if factor else "bare power"
        )
    if fraction := _FRACTION.match(folded, at):
        return Number(at, fraction.end(), _part(fraction))
    if not inside and (mixed := _MIXED.match(folded, at)):
        part = Fraction(1, 2) if mixed["half"] else Fraction(int(mixed["over"]), int(mixed["under"]))
        return Number(at, mixed.end(), int(mixed["whole"]) + part)
    if folded.startswith("10", at) and (found := _power_at(folded, at, bare=True)):
        return Number(at, found[0], Fraction(1), found[1], "bare power")
    plain = (_DIGITS if inside else _PLAIN).match(folded, at)
    if plain is None:
        return _in_words(folded, at)
    written, end = plain.group(), plain.end()
    if not inside and plain.lastgroup == "apart" and " " in written and not spaced:
        whole = _DIGITS.match(folded, at)
        assert whole is not None
        written, end = whole.group(), whole.end()
    factor = _plain(written)
    times = _TIMES.match(folded, end)
    if times and (found := _power_at(folded, times.end(), bare=False)):
        return Number(at, found[0], factor, found[1], "power")
    if (e := _E.match(folded, end)) and not inside:
        return Number(at, e.end(), factor, (_power(e.group()[1:]),), "power")
    if scale := _SCALE_WORD.match(folded, end):
        return Number(at, scale.end(), factor, (Fraction(SCALES[scale[1].lower()]),), "scaled")
    return Number(at, end, factor)


def power_behind(folded: str, end: int) -> tuple[int, tuple[Fraction, ...]] | None:
    """Return the end and the values of the power of ten by which what ends at a place is multiplied, or None."""
    times = _TIMES.match(folded, end)
    return _power_at(folded, times.end(), bare=False) if times else None


def _power_at(folded: str, at: int, *, bare: bool) -> tuple[int, tuple[Fraction, ...]] | None:
    """Return the end and the values of a power of ten ("10⁻⁷", "10^(5-6)"); fallen figures only behind a factor."""
    for pattern in (_RAISED_POWER, _CARET_POWER, _BRACKET_POWER, _FALLEN_POWER):
        if bare and pattern is _FALLEN_POWER:
            continue
        match = pattern.match(folded, at)
        if match is None:
            continue
        parts = match.groupdict()
        low, high = parts.get("a") or parts["low"], parts.get("b") or parts.get("high")
        if bare and pattern is _BRACKET_POWER and not low.startswith("-"):
            continue
        powers = (_power(low),) if high is None else (_power(low), _power(high))
        return match.end(), powers
    return None


def _part(match: re.Match[str]) -> Fraction:
    """Return the value of a fraction, with the whole number before it."""
    over, under = match["over"], match["under"]
    if match["sign"]:
        over, under = unicodedata.normalize("NFKC", match["sign"]).split("\u2044")
    return int(match["whole"] or 0) + Fraction(int(over), int(under))


def _power(exponent: str) -> Fraction:
    return Fraction(10) ** int(re.sub(r"[ \u00a0]", "", exponent.translate(_RAISED)))


def _plain(written: str) -> Fraction:
    """Return the value of figures with thousands and decimal signs, as their form decides."""
    if written.isdigit():
        return Fraction(int(written))
    plain = re.sub(r"[ \u00a0']", "", written).replace("\u00b7", ".")
    if re.fullmatch(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?|[1-9]\d?(?:,\d{2})+,000", plain) and "," in written:
        return Fraction(plain.replace(",", ""))
    if plain.count(".") > 1 or ("," in plain and "." in plain and plain.rindex(",") > plain.rindex(".")):
        plain = plain.replace(".", "")
    plain = plain.replace(",", ".")
    return Fraction("0" + plain if plain.startswith(".") else plain)


def _in_words(folded: str, at: int) -> Number | None:
    match = _WORDED.match(folded, at)
    if match is None:
        return None
    total = group = Fraction(0)
    for word in re.findall(r"[a-z]+", match.group().lower()):
        if word == "half":
            group = Fraction(1, 2)
        elif word in ("a", "an"):
            group = group or Fraction(1)
        elif word == "hundred":
            group = (group or Fraction(1)) * 100
        elif word in SCALES:
            total, group = total + (group or Fraction(1)) * SCALES[word], Fraction(0)
        elif word != "and":
            group += _WORDS[word]
    return Number(at, match.end(), total + group, style="words")


def needs_power(value: Fraction) -> bool:
    """Tell whether a number is so large or small that it is written with a power of ten."""
    return value != 0 and (abs(value) >= 10**5 or abs(value) < Fraction(1, 10**4))


def figure(value: Fraction, *, power: bool = False) -> str:
    """Return an exact number as written: "1250", "0.125", "2\u00d710^7", "10^6"; a period without end is cut."""
    sign, size = ("-" if value < 0 else ""), abs(value)
    if not size or not (power or needs_power(size)):
        return sign + _decimal(size)
    exponent = 0
    while size >= 10:
        size, exponent = size / 10, exponent + 1
    while size < 1:
        size, exponent = size * 10, exponent - 1
    return f"{sign}10^{exponent}" if size == 1 else f"{sign}{_decimal(size)}\u00d710^{exponent}"


def _decimal(value: Fraction) -> str:
    digits = 0
    while digits < 12 and (value * 10**digits).denominator != 1:
        digits += 1
    text = f"{round(value * 10**digits):0{digits + 1}d}"
    return text if not digits else f"{text[:-digits]}.{text[-digits:]}".rstrip("0").rstrip(".")
