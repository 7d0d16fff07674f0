"""Outcomes: what is measured, as noun phrases around the heads that papers use for endpoints, and named tests."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Sequence

from vivex.recognize.kinds import NAMED, Context, Kind, Value, lowered
from vivex.recognize.outcome_parts import outcome_value
from vivex.recognize.spans import Span, longest
from vivex.vocabulary import pattern, written

SOURCE = "grammar:outcome@1"
_SIMPLE = re.compile(
    rf"(?<![A-Za-z0-9-])(?:{pattern('tests', 'measure', whole=False)}|A[LS]T(?=\sand|,|\slevels?))(?![A-Za-z-])",
    re.IGNORECASE,
)
_STOP = written("outcomes", "stop")  # ends a noun phrase
_ING = written("outcomes", "ing")  # of the words in -ing and -ed, those that may stand in one
_ED = written("outcomes", "ed")
_HEADS = written("outcomes", "head")
_ALONE = written("outcomes", "alone")  # heads that say enough by themselves
_OF = written("outcomes", "of")  # heads that "of" and a noun phrase complete
_WORD = re.compile(r"[A-Za-z0-9\u0370-\u03ff\u00b5](?:[A-Za-z0-9\u0370-\u03ff/+\u2019'-]|\.(?=\d))*")
_CUE = re.compile(
    r"increas|decreas|reduc|elevat|measur|assess|determin|evaluat|quantif|improv|impair|attenuat|enhanc|"
    r"significan|higher|lower|effects? (?:on|of)|alter|chang|compar|promot|inhibit|suppress|restor|differen|"
    r"monitor|examin|analy|"
    r"affect|regulat|greater|smaller|observ|record|express|rescu|abolish|prevent|score|detect|associat|"
    r"correlat|ameliorat|exacerbat|induc|block|contribut|role in|show",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d\s?(?:mg|g|kg|ml|mL|[\u00b5\u03bc]\w|cm|mm|nm|Hz|ms|s|min|h|%)\b")


_NOT_OUTCOME = re.compile(
    r"room temperature|.{0,200}\bLtd|(?:tumou?r |cell )?signals?|(?:maximum |same )?time|ms duration|"
    r"(?:effect|sample|pore|mesh|particle) sizes?|flow rate|level of significance|sampling rate|"
    r".{0,200}(?:prenatal|acute|chronic) stress|data",
    re.IGNORECASE,
)


def find_outcome(text: str) -> Iterator[Span]:
    """Yield the outcome mentions of `text`."""
    yield from longest(span for span in candidates(text) if span.confidence >= 0.5)


@functools.lru_cache(maxsize=64)
def candidates(text: str) -> tuple[Span, ...]:
    """Return every noun phrase that could be an outcome as `_candidates` does; kept, for it is asked for twice."""
    return tuple(_candidates(text))


def _candidates(text: str) -> Iterator[Span]:
    """Yield every noun phrase that could be an outcome, with how its sentence speaks for it."""
    for match in _SIMPLE.finditer(text):
        yield Span(match.start(), match.end(), "outcome", {}, SOURCE, 0.85)
    words = [m.span() for m in _WORD.finditer(text)]
    for i, (start, end) in enumerate(words):
        low = text[start:end].lower()
        if low not in _HEADS:
            continue
        first, last = _phrase(text, words, i)
        begin, finish = words[first][0], words[last][1]
        if first == last and low not in _ALONE:
            continue
        if (
            _NOT_OUTCOME.fullmatch(text[begin:finish])
            or re.search(r"/k?g\s$|per gram\s$", text[max(0, begin - 9) : begin])
            or re.match(r"\s(?:models?|kits?|plasmids?|vectors?)\b", text[finish:])
        ):
            continue
        near = text[max(0, begin - 90) : begin] + " " + text[finish : finish + 60]
        if _AMOUNT.search(text[begin:finish]) or text[begin].isdigit():
            continue
        yield Span(begin, finish, "outcome", {}, SOURCE, 0.65 if _CUE.search(near) else 0.45)


def _phrase(text: str, words: Sequence[tuple[int, int]], head: int) -> tuple[int, int]:
    """Return the first and last word of the noun phrase around the head: modifiers, head, "of" and a noun phrase."""
    first = head
    while first > 0 and head - first < 4:
        start, end = words[first - 1]
        if text[end : words[first][0]] != " " or not _modifier(text[start:end]):
            break
        first -= 1
    last = head
    # a second head directly after belongs to the phrase: "expression levels"
    while (
        last + 1 < len(words)
        and text[words[last][1] : words[last + 1][0]] == " "
        and text[words[last + 1][0] : words[last + 1][1]].lower() in _HEADS
    ):
        last += 1
    if text[words[last][0] : words[last][1]].lower() in _OF and text[words[last][1] : words[last][1] + 4] == " of ":
        at = last + 2
        if at < len(words) and text[words[at][0] : words[at][1]].lower() in ("the", "a", "an"):
            at += 1
        begun = at
        while (
            at < len(words)
            and at - begun < 4
            and (at == begun or text[words[at - 1][1] : words[at][0]] == " ")
            and _modifier(text[words[at][0] : words[at][1]], after_of=True)
        ):
            at += 1
        if at > begun:
            last = at - 1
    return first, last


def _modifier(word: str, *, after_of: bool = False) -> bool:
    low = word.lower()
    if low in _STOP and not (after_of and low in ("cells", "cell", "mice", "rats")):
        return False
    if re.fullmatch(r"[\d.,/+-]+", word) or (low.endswith("ly") and low not in ("early", "fly")):
        return False
    if low.endswith("ing") and low not in _ING and "-" not in low:
        return False
    return not (low.endswith("ed") and low not in _ED and "-" not in low)


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the outcome's long form and its parts: head, analyte, method."""
    long = context.abbreviations.get(written, "")
    return {"normal": lowered(long or written), **outcome_value(long or written)}


KIND = Kind(
    label="outcome",
    colour="#B8E6C1",
    find=find_outcome,
    joining=NAMED["model"],
    normal=normal,
    propose=candidates,
    named=frozenset(("OUTCOME", "OUT")),
)
