"""Candidates for who the animals were: sex, age, weight, and how many; species and strain come from the mentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from vivex.extract.mentioned import as_written
from vivex.extract.phrases import left
from vivex.extract.reading import ANIMAL, ANIMALS, DASH, Candidate, Line, Reading, amounts_in, tidy, told
from vivex.numerals import figure
from vivex.quantities import Found, read, show
from vivex.vocabulary import DASHES

_TIMES = frozenset(("d", "wk", "mo", "a", "h"))
_MASSES = frozenset(("g", "kg", "mg"))
_WAYS = frozenset(("per", "equals", "total", "count"))  # that a number of animals is told by
_STAGES = r"(?:young[ -])?adult|juvenile|neonat(?:al|e)|newborn|adolescent|middle-aged|mature|infant|pre-?pubescent"
_STAGE = re.compile(rf"\b(?P<stage>{_STAGES})\b(?=(?:[\s,]+[^\s.;]+){{0,4}}?\s+{ANIMALS})", re.IGNORECASE)
_BIRTH = re.compile(
    rf"\b(?:postnatal|embryonic) days?\s*\d+(?:\s*(?:{DASH}|to)\s*\d+)?"
    rf"|\b(?-i:[PE])\d{{1,2}}(?:\.5)?(?:\s*(?:{DASH}|to)\s*(?-i:[PE])?\d{{1,2}})?\b(?!\s*(?:/|−|-[/−]|\())"
    r"|\b\d{1,2}\s*(?:hpf|dpf)\b",
    re.IGNORECASE,
)
_OLD = re.compile(rf"[\s{DASHES}]{{0,4}}(?:old\b|of age\b|age\b|post[ -]?(?:natal|fert))", re.IGNORECASE)
_AGED = re.compile(
    r"\b(?:aged?|ages?(?: of| between| range)?|old)[\s:,]*(?:between|from|of|at|was|were)?\s*"
    r"(?:about|approximately|~)?\s*$",
    re.IGNORECASE,
)
_NO_WEIGHT = re.compile(
    rf"\s{{0,4}}(?:of|glucose|food|diet|fat|protein)\b|[/%·]|\s{{0,4}}(?:/|·|per)\s{{0,4}}\w|{DASH}?\w", re.IGNORECASE
)
_BALANCE = re.compile(
    r"\b(?:nearest|accura\w+|precis\w+|resolution|sensitivity|readab\w+|balance)\b|±\s*$", re.IGNORECASE
)
_COMPARED = re.compile(r"\b[pP]\s{0,2}[<>=\u2264]|\b(?:than|versus|vs|compared|respectively|significant\w*)\b")
_SIZE = re.compile(r"\b[nN]\s{0,2}=\s{0,2}\d")
_GROUPS = re.compile(r"\s{1,4}(?:\w{1,40} ){0,2}?groups?\b", re.IGNORECASE)
_SEXES = (
    ("both", r"(?:both|either) (?:sex(?:es)?|genders?)|males? (?:and|or) females?|females? (?:and|or) males?"),
    ("both", r"irrespective of (?:sex|gender)|mixed (?:sex|gender)|sex-pooled|sexes"),
    (
        "both",
        r"\b(?:fe)?males?\b[\s,(]*(?:and|or|/|,)\s*(?:n\s*=\s*)?(?:\d+\s+|\w+\s+)?(?:fe)?males?\b|barrows and gilts",
    ),
    ("female", r"females?|dams|gilts|sows|ewes|pregnant|virgin|hens|♀"),
    ("male", r"males?|barrows|♂"),
)
_SEX = tuple(
    (name, re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)) for name, words in _SEXES
)  # the narrower last: "male and female" is both
_ALTERED = re.compile(
    r"(?:[−–-] ?/ ?[−–-]|\+ ?/ ?\+|\+ ?/ ?[−–-]|flox/flox|fl/fl|f/f|ob/ob|db/db|KO"
    r"|knock-?outs?|null|deficient"
    rf"|transgenic|[Cc]re\w*|floxed|mutant|nude|Tg|EGFP|GFP|Ai\d+)(?=\s+{ANIMALS})"
)


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of the animals' fields that no mention gives."""
    for line in reading.lines:
        yield from _sex(line)
        for match in _ALTERED.finditer(line.text):
            for begin in left(line.words, match.start(), count=3, text=line.text)[-3:]:
                yield _at("strain", tidy(line.text[begin : match.end()]), line, begin, match.end(), "line")
        if line.role not in ("introduction", "discussion"):
            found = amounts_in(line.text)
            yield from _ages(line, found)
            yield from _weights(line, found)
            yield from _numbers(line, found, _numbers_in(line, reading))


def _at(field: str, value: str, line: Line, begin: int, end: int, way: str) -> Candidate:
    return Candidate(field, value, line.start + begin, line.start + end, line.index, way)


def age_value(text: str) -> str:
    """Return an age as a reviewer writes it ("8- to 12-week" -> "8-12 weeks", "Eight weeks" -> "8 weeks")."""
    spelled = text[:1].isalpha() or re.search(rf"{DASH}\s?[A-Za-z]+$|\w{DASH}\s*to\b", text)
    quantity = read(text) if spelled else None
    if quantity is not None and len(quantity.values) == 1:
        amount, unit = show(quantity).replace("–", "-").rsplit(" ", 1)
        return f"{amount} {unit}"
    text = tidy(text)
    joined = re.match(rf"^(.*?)[\s{DASHES}]*([A-Za-z]+)$", text)
    if not joined or not re.search(r"\d|[a-z]", joined.group(1)):
        return text
    amount, unit = joined.group(1).strip(), joined.group(2).lower()
    unit = {"wk": "weeks", "wks": "weeks", "mo": "months", "mos": "months", "yr": "years", "yrs": "years"}.get(
        unit, unit
    )
    if len(unit) > 2 and not unit.endswith("s") and amount.lower() not in ("1", "one"):
        unit += "s"
    return f"{amount} {unit}"


def _sex(line: Line) -> Iterator[Candidate]:
    taken: list[tuple[int, int]] = []
    for name, pattern in _SEX:
        for match in pattern.finditer(line.text):
            words = match.group().lower()
            if name == "both" and words.count("male") > 1 and words.count("female") != 1:
                continue
            if any(a <= match.start() < b for a, b in taken):
                continue
            taken.append(match.span())
            yield _at("sex", name, line, *match.span(), words[:12])


def age_told(text: str, time: Found) -> str:
    """Return how the words beside a time tell that it is an age: "old" (8 weeks old), "aged" (aged 8 weeks), or ""."""
    if _OLD.match(text[time.end : time.end + 16]):
        return "old"
    return "aged" if _AGED.search(text[max(0, time.start - 40) : time.start]) else ""


def _ages(line: Line, found: Sequence[Found]) -> Iterator[Candidate]:
    text = line.text
    of_animals = bool(found) and ANIMAL.search(text) is not None
    for each in found:
        if each.quantity.unit in _TIMES:
            before, way = text[max(0, each.start - 40) : each.start], age_told(text, each)
            if not way and of_animals:
                way = "paren" if before.endswith("(") else "listed" if re.search(r"[,;]\s*$", before) else ""
            if way:
                value = _between(before, age_value(text[each.start : each.end]))
                yield _at("age", value, line, each.start, each.end, way)
    for match in _BIRTH.finditer(text):
        yield _at("age", tidy(match.group()), line, *match.span(), "birth")
    for match in _STAGE.finditer(text):
        yield _at("age", tidy(match.group("stage")), line, *match.span("stage"), "stage")


def _weights(line: Line, found: Sequence[Found]) -> Iterator[Candidate]:
    text = line.text
    for each in found:
        if each.quantity.unit not in _MASSES or each.quantity.per or _NO_WEIGHT.match(text, each.end):
            continue
        before = text[: each.start]
        near = text[max(0, each.start - 60) : each.end + 25].lower()
        if _BALANCE.search(near[: each.start - max(0, each.start - 60)]):
            continue
        bracketed = before.rfind("(") > before.rfind(")") and ANIMAL.search(before[-80:])
        body = re.search(r"body|mass|\bbw\b", near)
        way = "weigh" if "weigh" in near else "mass" if body else "animal" if bracketed else ""
        if way:
            way += ":compared" if _COMPARED.search(text) else ""  # a result, not what the animals weighed at first
            written = as_written(text[each.start : each.end], each.quantity)
            value = re.sub(r"(?<=\d)(?=k?g$)", " ", _between(before, written))
            yield _at("weight", value, line, each.start, each.end, way)


def _between(before: str, value: str) -> str:
    """Return "7-9 weeks" for "7 and 9 weeks" after "between"."""
    if not re.search(r"\bbetween\s+$", before, re.IGNORECASE):
        return value
    return re.sub(r"(?<=\d)\s*(?:k?g)?\s+(?:and|to)\s+(?=\d)", "-", value, count=1)


@dataclass(frozen=True, slots=True)
class _Number:
    """Hold a number of animals that a mention gives: its place in the line, what it says, and what tells it."""

    start: int
    end: int
    values: tuple[str, ...]
    told: tuple[str, ...]

    @property
    def whole(self) -> Fraction | None:
        """Return the one whole number that is said, or None."""
        return Fraction(self.values[0]) if len(self.values) == 1 and self.values[0].isdigit() else None


def _numbers_in(line: Line, reading: Reading) -> list[_Number]:
    """Return the numbers of animals of a line, in its characters."""
    out = []
    for mention in reading.of_label("number", line):
        span, value = mention.evidence[0], told(mention)
        ways = tuple(way for way in value.get("told") or () if way in _WAYS)
        values = tuple(str(value.get("normal") or "").split(", "))
        out.append(_Number(span.start - line.start, span.end - line.start, values, ways))
    return out


def _numbers(line: Line, found: Sequence[Found], numbers: Sequence[_Number]) -> Iterator[Candidate]:
    """Yield how many animals there were in all and in a group, from what numbers of animals say."""
    groups = _counted_groups(line.text, found, numbers)
    several = len(_SIZE.findall(line.text)) > 1  # "(n = 8) ... (n = 7)": of groups, not of all
    for each in numbers:
        for way in each.told:
            for value in each.values:
                yield _at("n_per_group", value, line, each.start, each.end, way)
            of_a_group = way == "equals" and (
                several or any(g.start < each.start for g in groups)
            )  # "4 groups (n = 10)"
            if "per" not in each.told and each.whole is not None and not of_a_group:
                yield _at("n_total", each.values[0], line, each.start, each.end, way)
    sizes = [each for each in numbers if "equals" in each.told]
    if several and len(sizes) > 1:
        told_sizes = [each.whole for each in sizes if each.whole is not None]
        if len(told_sizes) == len(sizes):
            yield _at("n_total", figure(sum(told_sizes, Fraction(0))), line, sizes[0].start, sizes[-1].end, "sum")
    if len(groups) == 1:  # "six groups of 8": 48 in all, where nothing else is said
        sizes = [each for each in numbers if "per" in each.told] or sizes
        amounts = {Fraction(v) for each in sizes for v in each.values if v.isdigit()}
        if len(amounts) == 1:
            whole = figure(groups[0].quantity.values[0].low * amounts.pop())
            begin, end = min(groups[0].start, sizes[0].start), max(groups[0].end, sizes[0].end)
            yield _at("n_total", whole, line, begin, end, "product")


def _counted_groups(text: str, found: Sequence[Found], numbers: Sequence[_Number]) -> list[Found]:
    """Return the numbers that count groups: "six groups", not the 10 of "n = 10 for each group"."""
    animals = {each.start for each in numbers if each.told}
    return [
        each
        for each in found
        if each.start not in animals
        and len(each.quantity.values) == 1
        and not each.quantity.unit
        and each.quantity.values[0].low.denominator == 1
        and 2 <= each.quantity.values[0].low <= 20
        and _GROUPS.match(text, each.end)
        and not re.search(r"[\w/.-]$", text[: each.start])
    ]
