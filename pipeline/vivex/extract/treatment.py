"""Candidates for what was done that sentences give: groups, model, induction, intervention, comparator, times."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from vivex.extract.animals import age_told
from vivex.extract.mentioned import OFTEN, amounts
from vivex.extract.phrases import STOP, left, right, runs
from vivex.extract.reading import ANIMAL, DASH, Candidate, Line, Reading, amounts_in, tidy
from vivex.vocabulary import pattern, route_of

_NUMBER = r"(?:one|two|three|four|five|six|seven|\d+)"
_GIVINGS = (
    r"(?:injections?|doses?|infusions?|bolus|administrations?|exposures?|sessions?|applications?|treatments?"
    r"|immunizations)"
)
_OFTEN = (  # how often, in the words of a sentence that no schedule was found in
    rf"(?:once|twice|thrice|{_NUMBER} times|\d+ days)[ -]?(?:a|per|every|each|/)?[ -]?"
    r"(?:day|daily|week|weekly|month|session)",
    r"every (?:other |second |third |\w+ )?(?:\d+[- ]?(?:\w+[- ])?)?"
    r"(?:days?|weeks?|hours?|hr|h|months?|min|night|morning|s)",
    r"alternate days?|(?:\w+ )?consecutive days?|(?:\w+ )?sessions? (?:per|a|each) day",
    rf"{_NUMBER} (?:weekly|daily) (?:doses?|injections?)|daily|weekly|bi-?weekly|monthly|(?:per|each|a) day",
    r"q\.?d\.?|b\.?i\.?d\.?|\d+ min(?:utes)?/day|(?:on )?days? \d+(?:, \d+){0,30},? and (?:day )?\d+",
    rf"(?:a )?single (?:[\w.-]+ ){{0,2}}?{_GIVINGS}|continuous(?:ly)?(?: \w+)? infusion"
    rf"|{_NUMBER} (?:[\w.-]+ )?{_GIVINGS}",
    r"\d+ ?[×x] ?/ ?(?:day|week)|(?<=/)(?:day|d|week|bid)",
)
_FREQUENCY = re.compile("|".join(rf"(?<!\w)(?P<f{i}>{each})(?!\w)" for i, each in enumerate(_OFTEN)), re.IGNORECASE)
_PLAIN = {"day": "daily", "d": "daily", "week": "weekly", "bid": "twice daily"} | {
    f"{each} day": "daily" for each in ("per", "each", "a")
}
_TIME = frozenset(("s", "min", "h", "d", "wk", "mo", "a"))
_LEAD = re.compile(
    r"\b(for|over|during|until|up to|lasted|within|throughout|after|at|another|additional|last|first|period of)\s+"
    r"(?:(?:a|an|the|another|at least|approximately|about|total of|additional|period of|consecutive)\s+){0,3}$",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:every|each)\s+$", re.IGNORECASE)
_TAIL = re.compile(r"[\s-]{0,4}(post|after|before|of|following|prior|later|old|per)?\b", re.IGNORECASE)
_OF_ELSE = re.compile(
    rf"\s{{1,3}}(?:of|for)\s{{1,3}}(?:\w{{1,30}}\s{{1,3}})?{pattern('purposes', 'act-housing', 'act-apart')}",
    re.IGNORECASE,
)
_DAYS = re.compile(
    rf"\b(?P<days>(?:on |from )?(?:days?|d|weeks?) ?{DASH}?\d+"
    rf"(?:\s*(?:to|{DASH}|through|until|and)\s*(?:days? )?{DASH}?\d+){{1,20}}"
    r"|(?:until|on|at) (?:the )?(?:days?|weeks?) \d+)",
    re.IGNORECASE,
)
_CAUSED = re.compile(r"[- ](?:induced|mediated|evoked|driven|challenged|infected|deficient)\b")
_MODELLED = re.compile(r"\bmodels?\b")
_MODEL_OF = re.compile(r"models? (?:of|for) ")
_ILL = re.compile(rf"(?:\w{{1,40}}-){{0,6}}{pattern('designs', 'condition')}", re.IGNORECASE)
_CUE = re.compile(pattern("designs", "act"), re.IGNORECASE)
_DONE = re.compile(
    rf"(?:{pattern('designs', 'caused')} (?:in [\w -]{{3,30}} )?(?:by|with|via|through|using|following|after)"
    rf"|{pattern('designs', 'done')}(?: [\w-]+ly)?(?: with| to| by| on| into)?) (?:an? |the )?",
    re.IGNORECASE,
)
_PAREN = re.compile(r" ?\([^()]{1,40}\)")
_GIVEN = re.compile(
    rf"{pattern('designs', 'given')}(?: [\w-]+ly)?(?: (?:i\.p\.|i\.v\.|s\.c\.|intraperitoneal))?(?: injections?)?"
    r"(?: (?:with|of|to|by|on|either|a|an|the|in|single|daily|dose|injections?|doses))* ?",
    re.IGNORECASE,
)
_DOSED = re.compile(r" ?\((?:[\w .:-]{1,25}[;,] )?\d[\d.,–-]* ?(?:mg|[µμu]g|ng|g|m[lL]|mM|[µμ]M|nM|%|IU|U)\b")
_MEANS = re.compile(pattern("designs", "means"))
_LOSS = re.compile(rf"{pattern('designs', 'loss')} of (?:the )?", re.IGNORECASE)
_SHORT = re.compile(r" ?\((?P<short>[A-Z][\w+/−-]{0,11}(?: ?[+/] ?[\w-]+)?)\)")
_CONTROL = re.compile(
    rf"(?P<core>{pattern('designs', 'control')})(?P<more>[- ](?:operated|operation|surgery|treated|control)?"
    r"(?: ?(?:mice|rats|littermates|controls?|animals|injection|diet|group|solution|siblings|treatment|fish|virus"
    r"|antibody|alone|morpholino))?)?",
    re.IGNORECASE,
)
_COLON = re.compile(r"\bgroup (?:[IVXivx]+|\d+|[A-Ga-g])\b ?[,:=(–-] ?(?P<colon>[^.;:()]{3,60})", re.IGNORECASE)
_N_EQUALS = re.compile(r" ?[(\[,;:]? ?\bn ?= ?\d", re.IGNORECASE)
_VERSUS = re.compile(
    r"\b(?:vs\.?|versus|compared (?:to|with)|relative to|than(?: in)?) (?:the |that of |those of )?", re.IGNORECASE
)
_GOES_ON = r"(?: (?!(?:and|or|vs|was|were|in|on|at|for)\b)[\w-]+)?"  # one word more of a name
_PLUS = re.compile(rf"[\w−/-]{{1,60}}(?: [\w−/-]{{1,60}})? ?\+ ?[\w−/-]+{_GOES_ON}")
_GENOTYPE = re.compile(
    r"(?:[−–-] ?/ ?[−–-]|\+ ?/ ?\+|\+ ?/ ?[−–-]|\bfl/fl|\bflox/flox|\b(?:c?KO|WT|Tg|DKO|TKO)\b)",
)
_LONE = re.compile(pattern("designs", "alone"), re.IGNORECASE)
_GROUPS = re.compile(r"\bgroups?\b")


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of the treatment's and design's fields that sentences give."""
    for line in reading.lines:
        if line.role not in ("introduction", "discussion", "statements"):
            marked = reading.marked.get(line.index, ())
            labels = {label for _, _, label in marked}
            yield from _schedules(line)
            yield from _groups(line)
            yield from _controls(line)
            yield from _inductions(line)
            if "route" not in labels:
                yield from _routes(line)
            yield from _amounts(line, [(a, b) for a, b, label in marked if label == "dose"])
        yield from _models(line)
        yield from _agents(line)


_ROUTE = re.compile(pattern("routes"), re.IGNORECASE)


def _routes(line: Line) -> Iterator[Candidate]:
    """Yield the routes that a sentence names in which no mention of one was found."""
    for match in _ROUTE.finditer(line.text):
        term = route_of(match.group())
        if term is not None:
            yield Candidate(
                "route", term.name, line.start + match.start(), line.start + match.end(), line.index, "word"
            )


def _amounts(line: Line, known: list[tuple[int, int]]) -> Iterator[Candidate]:
    """Yield the amounts of what may be given that no mention of a dose covers."""
    for each in amounts_in(line.text):
        unit, start, end = each.quantity.unit, line.start + each.start, line.start + each.end
        if (
            each.quantity.per in ("time", "area")
            or unit in _TIME
            or not unit
            or any(a < end and start < b for a, b in known)
        ):
            continue
        for value in amounts(tidy(line.text[each.start : each.end]), each.quantity):
            yield Candidate("dose", value, start, end, line.index, f"amount:{unit}")


def _schedules(line: Line) -> Iterator[Candidate]:
    text = line.text
    if OFTEN.search(text) or "day" in text:
        for match in _FREQUENCY.finditer(text):
            written = tidy(match.group()).lower()
            value = re.sub(r"^a single", "single", _PLAIN.get(written, written))
            start, end = line.start + match.start(), line.start + match.end()
            yield Candidate("frequency", value, start, end, line.index, match.lastgroup or "")
    for each in amounts_in(text):
        before = text[max(0, each.start - 40) : each.start]
        told = age_told(text, each) or _EVERY.search(before)  # "aged 8 weeks", "every 5 days" last no time
        if each.quantity.unit in _TIME and not each.quantity.per and not told and not _OF_ELSE.match(text, each.end):
            lead, tail = _LEAD.search(before), _TAIL.match(text, each.end)
            way = f"{lead.group(1).lower() if lead else ''}|{(tail.group(1) or '').lower() if tail else ''}"
            yield Candidate(
                "duration", lasting(text[each.start : each.end]), line.start + each.start, line.start + each.end,
                line.index, way,
            )  # fmt: skip
    for match in _DAYS.finditer(text):
        start, end = line.start + match.start(), line.start + match.end()
        yield Candidate("duration", tidy(match.group("days")), start, end, line.index, "days")


def lasting(text: str) -> str:
    """Return a time as a reviewer writes it ("14-day" -> "14 days")."""
    value = re.sub(rf"(?<=\w){DASH}(?=[A-Za-z])", " ", tidy(text))
    value = re.sub(r"\b(?:consecutive|more|additional) ", "", value)
    return re.sub(r"(?<!^1 )(?<!^one )\b(day|week|month|hour|year)$", r"\1s", value)


def _made(field: str, line: Line, begin: int, end: int, way: str) -> Iterator[Candidate]:
    value = tidy(line.text[begin:end])
    if len(value) > 1 and value.lower() not in STOP and not ANIMAL.fullmatch(value):  # "that", "mice" alone say nothing
        yield Candidate(field, value, line.start + begin, line.start + end, line.index, way)


def _groups(line: Line) -> Iterator[Candidate]:
    text, words = line.text, line.words
    for expression, way, count in ((_GROUPS, "group", 4), (_N_EQUALS, "n", 5), (ANIMAL, "animals", 4)):
        for match in expression.finditer(text):
            starts = left(words, match.start(), count=count, text=text)
            end = len(text[: match.start()].rstrip(" ([,;:"))
            for k, begin in enumerate(dict.fromkeys(starts[:1] + starts[-2:-1] + starts[-1:])):
                yield from _made("groups", line, begin, end, f"{way}{k}")
    for match in _COLON.finditer(text):
        begin = match.start("colon")
        yield from _made("groups", line, begin, right(words, begin, count=6), "colon")
        yield from _made(
            "groups",
            line,
            begin,
            len(re.split(r",| (?:that|which|were|was|received|fed) ", match.group("colon"))[0]) + begin,
            "colon1",
        )
    for match in _VERSUS.finditer(text):
        yield from _made("groups", line, match.end(), right(words, match.end(), count=4), "versus")
    for match in _SHORT.finditer(text):
        yield from _made("groups", line, *match.span("short"), "short")
        for begin in left(words, match.start(), count=4, text=text)[:1]:
            yield from _made("groups", line, begin, match.end(), "long(short)")
    for match in _PLUS.finditer(text):
        yield from _made("groups", line, *match.span(), "plus")
    for match in _GENOTYPE.finditer(text):
        for k, begin in enumerate(left(words, match.end(), count=4, text=text)[-3:]):
            yield from _made("groups", line, begin, match.end(), f"genotype{k}")
    for match in _LONE.finditer(text):
        yield from _made("groups", line, *match.span(), "lone")


def _models(line: Line) -> Iterator[Candidate]:
    text, words = line.text, line.words
    low = text.lower()
    for match in _CAUSED.finditer(low):
        end = right(words, match.end() + 1, count=3)
        for begin in left(words, match.start() + 1, count=3, text=text)[-2:]:
            if end > begin:
                yield from _made("disease_model", line, begin, end, "induced")
                short = right(words, match.end() + 1, count=1)
                if short != end:
                    yield from _made("disease_model", line, begin, short, "induced1")
    for match in _MODELLED.finditer(low):
        for k, begin in enumerate(left(words, match.start(), count=5, text=text)):
            yield from _made("disease_model", line, begin, len(text[: match.start()].rstrip()), f"model{min(k, 2)}")
    for match in _MODEL_OF.finditer(low):
        for count in (2, 4, 6):
            yield from _made("disease_model", line, match.end(), right(words, match.end(), count=count), f"of{count}")
    for match in _ILL.finditer(low):
        for k, begin in enumerate((left(words, match.end(), count=4, text=text) or [match.start()])[-4:]):
            yield from _made("disease_model", line, begin, match.end(), f"ill{k}")


_TRAILING = re.compile(r"(?:\s{1,4}(?:in|into|for|and|to|at|on|as|by|with|from|of|the|an?|was|were|or)){1,9}$")
_BREAKS = frozenset("in into for and to at on as by with from of ( were was or".split())


def _inductions(line: Line) -> Iterator[Candidate]:
    text, words = line.text, line.words
    low = text.lower()
    for expression, way in ((_CUE, "noun"), (_DONE, "done")):
        for match in expression.finditer(low):
            begin = (
                match.end() if way == "done" else (left(words, match.end(), count=4, text=text) or [match.start()])[0]
            )
            yield from _stretch(line, begin, match.end(), way, low)


def _stretch(line: Line, begin: int, position: int, way: str, low: str) -> Iterator[Candidate]:
    """Yield phrases from `begin` that run on past `position` to each break, comma or bracket, at most twelve tokens."""
    ends: list[int] = [] if way == "done" else [position]
    start = bisect.bisect_left(line.words, (position,))
    depth = 0
    for k, (a, b, word) in enumerate(line.words[start : start + 14]):
        if depth == 0 and (word in ",.;:)" or word in ("which", "that", "were", "was", "is", "are")):
            ends.append(len(low[:a].rstrip()))
            break
        if word in _BREAKS and depth == 0 and k:
            ends.append(len(low[:a].rstrip()))
        depth += (word == "(") - (word == ")")
        if word == ")" and depth == 0:
            ends.append(b)
    ends = [begin + len(_TRAILING.sub("", low[begin:end])) for end in ends]
    for k, end in enumerate(dict.fromkeys(ends)):
        if end - begin > 8 and " " in low[begin:end].strip():
            yield from _made("induction", line, begin, end, f"{way}{min(k, 4)}")


def _agents(line: Line) -> Iterator[Candidate]:
    text, words = line.text, line.words
    low = text.lower()
    for match in _GIVEN.finditer(low):
        end = right(words, match.end(), count=4)
        if end > match.end():
            yield from _made("intervention", line, match.end(), end, "given:" + low[match.start() : match.start() + 5])
    for expression, way in ((_DOSED, "dosed"), (_MEANS, "means"), (_SHORT, "abbreviated")):
        for match in expression.finditer(text):
            position = match.end() if way == "means" else match.start()
            for k, begin in enumerate(left(words, position, count=4, text=text)[-3:]):
                if way == "means" and begin >= match.start():
                    continue  # "deletion", "training" alone: of what, isn't said
                yield from _made("intervention", line, begin, position, f"{way}{k}")
                if way == "abbreviated" and k == 0:
                    yield from _made("intervention", line, begin, match.end(), "both")
    for match in _LOSS.finditer(low):
        yield from _made("intervention", line, match.start(), right(words, match.end(), count=3), "loss")
        yield from _made("intervention", line, match.end(), right(words, match.end(), count=3), "loss1")
    for match in _SHORT.finditer(text):
        yield from _made("intervention", line, *match.span("short"), "short")
    if line.kind == "title" or line.role == "abstract":
        for begin, end, way in runs(words):
            yield from _made("intervention", line, begin, end, way)


def _controls(line: Line) -> Iterator[Candidate]:
    text = line.text
    for match in _CONTROL.finditer(text.lower()):
        core, end = match.group("core"), len(text[: match.end()].rstrip(" -"))
        yield from _made("comparator", line, *match.span("core"), core[:14])
        if end > match.end("core"):
            yield from _made("comparator", line, match.start(), end, core[:12] + ">")
        for begin in left(line.words, match.start(), count=3, text=text)[-2:]:
            yield from _made("comparator", line, begin, end, core[:12] + "<")
        paren = _PAREN.match(text, end)
        if paren:
            yield from _made("comparator", line, match.start(), paren.end(), core[:12] + "()")
    for match in _VERSUS.finditer(text):
        yield from _made("comparator", line, match.end(), right(line.words, match.end(), count=3), "versus")
