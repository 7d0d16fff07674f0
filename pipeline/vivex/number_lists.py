"""Lists and ranges of numbers: "1, 2 and 5", "5-10", "25 \u00b1 3", "(1-5) x 10^6", "-20 to -80", with what they share.

What they measure is no matter here: vivex.quantities finds the unit behind the list and says what was meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from vivex.numerals import Number, chain_end, number_at, power_behind
from vivex.units import BLANK

_RANGE = re.compile(rf"-?{BLANK}(?:to|through){BLANK}|{BLANK}?[-~/]{BLANK}|[-~/]")
_PLUS_MINUS = re.compile(rf"{BLANK}?(?:\u00b1|\+/-|\+-){BLANK}?")
_BRACKET = re.compile(rf"{BLANK}?\((?:\u00b1|\+/-|\+-){BLANK}?")  # 25 (±3)
_SLASH = re.compile(rf"{BLANK}?/{BLANK}?(?=\d)")
_COMMA = re.compile(rf"-?{BLANK}?,{BLANK}?")  # also "5-, 10- and 20-mg/kg"
_AND = re.compile(rf"-?{BLANK}?,?{BLANK}?(?:and|or|&|versus|vs\.?){BLANK}(?:\([A-Za-z]\){BLANK}?)?")


@dataclass(frozen=True, slots=True)
class NumberItem:
    """Hold one item of a list: a number or range, its ±, and what joins it to the item before."""

    low: Number
    high: Number | None
    pm: Number | None
    end: int
    joined: str
    apart: bool = False  # two values written with a slash
    raised: bool = False  # by a power behind the bracket around the list
    minus: int = 0  # characters of the minus before it
    falls: bool = False  # a minus stands before the upper end of the range

    @property
    def last(self) -> Number:
        """Return the number with which it ends."""
        return self.high or self.low

    @property
    def below(self) -> bool:
        """Tell whether its last number is below zero: of "-20 to 10" it isn't."""
        return self.falls or (self.minus > 0 and self.high is None)

    @property
    def scientific(self) -> bool:
        """Tell whether it ends with a factor and a power of ten."""
        return self.last.style == "power"

    @property
    def in_words(self) -> bool:
        """Tell whether it begins with a number in words."""
        return self.low.style == "words"


def listed(folded: str, at: int, *, spaced: bool, minus: int = 0) -> tuple[list[NumberItem], int]:
    """Return the items of the list of numbers that begins at a place, and its end; `minus`: one stands before it."""
    items: list[NumberItem] = []
    closing, joined, chained = False, "", at
    while True:
        if at >= chained:
            chained = chain_end(folded, at)
        later = (
            minus > 0 and bool(items) and folded.startswith("-", at)
        )  # "-20 and -80": where one has a sign, others may
        item = _item(folded, at + later, joined, chained=chained, spaced=spaced, signed=minus > 0)
        if item is None:
            break
        items.append(replace(item, minus=minus if not items else int(later)))
        if (and_ := _AND.match(folded, item.end)) is not None:
            at, joined, closing = and_.end(), "and", True
        elif item.apart and (slash := _SLASH.match(folded, item.end)) is not None:
            at, joined = slash.end(), "slash"
        elif not closing and (comma := _COMMA.match(folded, item.end)) is not None:
            at, joined = comma.end(), "comma"
        else:
            break
    return items, items[-1].end if items else at


def _item(folded: str, at: int, joined: str, *, chained: int, spaced: bool, signed: bool) -> NumberItem | None:
    low = number_at(folded, at, inside=at < chained, spaced=spaced)
    if low is None:
        return None
    end, high, apart, falls = low.end, None, False, False
    pm, end = _plus_minus(folded, end)
    if pm is None and (joint := _RANGE.match(folded, end)) is not None:
        falls = signed and folded.startswith("-", joint.end())
        high = number_at(folded, joint.end() + falls, inside=joint.end() < chained, spaced=spaced)
        if high is not None:
            end, apart = high.end, "/" in joint.group()
            pm, end = _plus_minus(folded, end)
    return NumberItem(low, high, pm, end, joined, apart, falls=falls and high is not None)


def _plus_minus(folded: str, end: int) -> tuple[Number | None, int]:
    sign = _PLUS_MINUS.match(folded, end)
    opened = None if sign else _BRACKET.match(folded, end)
    begin = sign or opened
    pm = number_at(folded, begin.end()) if begin else None
    if pm is None or (opened and not folded.startswith(")", pm.end)):
        return None, end
    return pm, pm.end + (1 if opened else 0)


def multiplied(folded: str, at: int, items: list[NumberItem], end: int) -> tuple[list[NumberItem], int]:
    """Return a list in brackets with the power of ten behind them: "(1-5) x 10^6", and its end."""
    if not (items and folded.endswith("(", 0, at) and folded.startswith(")", end) and items[-1].last.style == "plain"):
        return items, end
    found = power_behind(folded, end + 1)
    if found is None:
        return items, end
    last = replace(items[-1].last, scales=found[1], style="power")
    item = replace(items[-1], high=last) if items[-1].high else replace(items[-1], low=last)
    return [*items[:-1], replace(item, end=found[0], raised=True)], found[0]


def shared(items: list[NumberItem]) -> list[NumberItem]:
    """Return the items with the power or million that a later one lends them ("1, 2 and 5 x 10^6", "1-5 million")."""
    lender: Number | None = None
    out: list[NumberItem] = []
    for item in reversed(items):
        parts = []
        for number in (item.high, item.low):
            if number is not None and number.style in ("power", "scaled"):
                lender = number if len(number.scales) == 1 else None
            elif number is not None and lender is not None:
                if number.style in ("plain", "words") and number.factor < lender.factor:
                    number = replace(number, scales=lender.scales, style=lender.style)
                else:
                    lender = None
            parts.append(number)
        high, low = parts
        assert low is not None
        pm = item.pm
        if pm is not None and pm.style == "plain" and (item.last.style in ("power", "scaled")):
            pm = replace(pm, scales=item.last.scales)
        elif pm is not None and item.last.style == "plain" and pm.style in ("power", "scaled") and high is None:
            low = replace(low, scales=pm.scales, style=pm.style)  # 2.5 ± 0.3 × 10⁶
        out.append(replace(item, low=low, high=high, pm=pm))
    return out[::-1]
