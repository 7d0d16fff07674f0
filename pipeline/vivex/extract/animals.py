"""Candidates for who the animals were: species, strain, sex, age, weight, and how many."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex import vocabulary
from vivex.extract.phrases import left
from vivex.extract.reading import (
    ANIMAL,
    ANIMALS,
    HYPHENS,
    SPECIES_WORDS,
    Candidate,
    Line,
    Reading,
    mention_candidates,
    tidy,
)

H = rf"[{HYPHENS}]"
_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen".split()
)
_TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
WORDS = {w: i for i, w in enumerate(_ONES, 1)} | _TENS
_WORD = rf"(?:(?:{'|'.join(_TENS)})(?:{H}(?:{'|'.join(_ONES[:9])}))?|{'|'.join(reversed(_ONES))})"
_NUM = rf"(?:\d+(?:\.\d+)?|{_WORD})"
RANGE = rf"{_NUM}(?:\s*(?:{H}|±|\+/-|to|and|or)\s*{_NUM})?"
_AGE_UNIT = r"(?:days?|weeks?|wks?|months?|mos?|years?|yrs?)"
_AGE = re.compile(
    rf"(?P<old>\b{_NUM}(?:\s*{H}?\s*(?:to|or|and|±|{H})\s*{_NUM})?[\s{HYPHENS}]*{_AGE_UNIT})(?=[\s{HYPHENS}]*(?:old\b|of age\b|age\b|post[ -]?(?:natal|fert)))"
    rf"|\b(?:aged?|ages?(?: of| between| range)?|old)[\s:]*(?:between|from|of|at|was|were)?\s*(?P<aged>{RANGE}\s*{_AGE_UNIT})\b"
    rf"|\((?P<paren>{RANGE}[\s{HYPHENS}]*{_AGE_UNIT})\b"
    rf"|[,;]\s*(?P<listed>{RANGE}[\s{HYPHENS}]*{_AGE_UNIT})(?=\s*[,;)])"
    rf"|(?P<birth>\b(?:postnatal|embryonic) days?\s*\d+(?:\s*(?:{H}|to)\s*\d+)?|\b(?-i:[PE])\d{{1,2}}(?:\.5)?(?:\s*(?:{H}|to)\s*(?-i:[PE])?\d{{1,2}})?\b(?!\s*(?:/|−|-[/−]|\())|\b\d{{1,2}}\s*(?:hpf|dpf)\b)"
    rf"|\b(?P<stage>(?:young[ -])?adult|juvenile|neonat(?:al|e)|newborn|adolescent|middle-aged|mature|infant|pre-?pubescent)\b(?=(?:[\s,]+[^\s.;]+){{0,4}}?\s+{ANIMALS}\b)",
    re.IGNORECASE,
)
_WEIGHT = re.compile(
    rf"(?P<weight>(?<![\d.,×x])(?<![×x] )(?:[~∼≈]\s?)?\b\d+(?:\.\d+)?(?:\s*k?g)?(?:\s*(?:{H}|±|to|and)\s*\d+(?:\.\d+)?)?\s*(?:kg|g|grams?|mg))(?![\w/%·]|\s*(?:/|·|per)\s*\w)",
)
_COUNT = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{_WORD})\b(?!\s*(?:%|{H}\s*\d|(?:{H}|\s)?(?:week|month|day|year|hour|hr|min|wk|k?g\b|m[gl]\b|[µμu][glm]\b|[nmc]m\b|°)))(?P<gap>(?:[\s,]+[^\s,.;()]+){{0,5}}?)[\s]+(?P<animal>{ANIMALS})\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(
    rf"\b(?:total(?: number)? (?:of )?(?:animals )?(?:\w+ ){{0,3}}?|altogether,? |overall,? (?:\w+ ){{0,4}}?)(?P<n>\d{{1,4}}|{_WORD})\b",
    re.IGNORECASE,
)
_N_EQUALS = re.compile(
    rf"\b[nN]\s*[=≥]\s*(?P<n>\d{{1,3}}(?:\s*(?:{H}|to)\s*\d{{1,3}})?)(?P<more>(?:\s*(?:,|and|or|/|vs\.?)\s*\d{{1,3}}\b(?!\s*[%.]))*)"
)
_PER_GROUP = re.compile(
    rf"\b(?P<a>{RANGE})\s*(?:\w+\s+){{0,2}}?(?:per|in each|in every|/|for each|each)\s*(?:experimental |treatment )?(?:group|genotype|condition|time|cohort|treatment|dose|arm)"
    rf"|\b(?:groups? of|(?:each|per) (?:group )?(?:of |containing |contain(?:s|ed)? |consist(?:ing|ed|s) of |compris(?:ing|ed) |with |had |have )+)\s*(?P<b>{RANGE})\b",
    re.IGNORECASE,
)
_SEX = re.compile(
    r"\b(?P<both>(?:both|either) (?:sex(?:es)?|genders?)|males? (?:and|or) females?|females? (?:and|or) males?|"
    r"(?:both )?(?:female|male)s? (?:and|or|,) (?:fe)?males?|irrespective of (?:sex|gender)|mixed (?:sex|gender)|sex-pooled|sexes)"
    r"|\b(?P<female>females?|dams|gilts|sows|ewes|pregnant|virgin|hens)\b|\b(?P<male>males?|barrows)\b|(?P<signs>[♂♀])",
    re.IGNORECASE,
)
_STRAIN = re.compile(
    r"\b(?:C57\s?B[Ll]?[/\s-]*(?:6|10)(?:\s?/?\s?(?:J|N|NJ|NCrl|JOlaHsd|NTac|ScNJ|Crl)\w{0,6})?|BALB[/-]?[cC](?:\s*(?:nude|nu/nu))?|[Bb]alb/c(?:\s*nude)?"
    r"|Sprague[\s–—-]*Dawley|(?:albino )?Wistar(?:[ -]?(?:Kyoto|Han|albino))?|Long[ -]?Evans|Fischer(?:[ -]?344)?|F344|Lewis|Lister[ -]Hooded|Brown[ -]Norway|Zucker|Goto[ -]Kakizaki|SHR"
    r"|ICR(?: CD-?1)?|CD-?1(?: athymic)?(?: nude)?|C\.?B-17(?: SCID)?(?:[/ -]beige)?|SCID[-/ ][Bb]eige|Swiss(?:[ -](?:albino|Webster))?|Kunming|FVB(?:/N\w*)?|DBA/[12]\w*|C3H(?:/\w+)?|129\w*/?\w*(?=\s|,)|A/J|AKR|NMRI|CBA(?:/\w+)?|SJL(?:/J)?|NZB|NZW|CF-?1|B6\.\S+|B10\.\w+|B6D2F1(?:/J)?|B6C3F1"
    r"|(?:athymic )?nude|NOD[-/ ]?(?:SCID|scid)\S*|NSG|NOD|SCID|New Zealand [Ww]hite|Japanese [Ww]hite|Yorkshire|Landrace|Beagle|Ossabaw|Göttingen|Dunkin[- ]Hartley|Oregon[- ]R|Canton[- ]S|Ekkwill|TLAB|AB)\b"
)
_ALTERED = re.compile(
    rf"(?:[−–-] ?/ ?[−–-]|\+ ?/ ?\+|\+ ?/ ?[−–-]|flox/flox|fl/fl|f/f|ob/ob|db/db|KO|knock-?outs?|null|deficient|transgenic|[Cc]re\w*|floxed|mutant|nude|Tg|EGFP|GFP|Ai\d+)(?=\s+{ANIMALS}\b)"
)


def number(text: str) -> int | None:
    """Return the integer that digits or English words (below 100) say, or None."""
    text = re.sub(rf"[{HYPHENS}]", "-", text.lower().strip())
    if text.isdigit():
        return int(text)
    parts = text.split("-")
    if all(p in WORDS for p in parts):
        return sum(WORDS[p] for p in parts)
    return None


def figures(text: str) -> str:
    """Return a number or range in digits ("six" -> "6", "6 to 8" -> "6-8")."""
    parts = [p for p in re.split(rf"\s*(?:[{HYPHENS}](?=\s*\d)|\bto\b|\bor\b)\s*", text) if p]
    read = [number(p) for p in parts]
    return "-".join(map(str, read)) if None not in read else tidy(text)


def age_value(text: str) -> str:
    """Return an age as a reviewer writes it ("8- to 12-week" -> "8-12 weeks", "five weeks" stays)."""
    text = tidy(text)
    joined = re.match(rf"^(.*?)[\s{HYPHENS}]*({_AGE_UNIT})$", text, re.IGNORECASE)
    if not joined:
        return text
    amount, unit = joined.group(1).strip(), joined.group(2).lower()
    written = unit.endswith("s") and not re.search(rf"[{HYPHENS}]\s*{_AGE_UNIT}$", text, re.IGNORECASE)
    if not written or re.search(rf"\d{H}\s*to", amount):
        amount = figures(re.sub(rf"{H}\s*(?=to\b)", " ", amount))
    unit = {"wk": "weeks", "wks": "weeks", "mo": "months", "mos": "months", "yr": "years", "yrs": "years"}.get(
        unit, unit
    )
    if not unit.endswith("s") and amount not in ("1", "one"):
        unit += "s"
    return f"{amount} {unit}"


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of the animals' fields."""
    for line in reading.lines:
        yield from _species(line)
        yield from _sex(line)
        if line.role not in ("introduction", "discussion"):
            yield from _age_weight(line)
            yield from _numbers(line)
        for match in _STRAIN.finditer(line.text):
            value = re.sub(r"\s*[–—]\s*", "-", tidy(match.group()))
            yield Candidate("strain", value, line.start + match.start(), line.start + match.end(), line.index, "name")
        for match in _ALTERED.finditer(line.text):
            for begin in left(line.words, match.start(), count=3, text=line.text)[-3:]:
                value = tidy(line.text[begin : match.end()])
                yield Candidate("strain", value, line.start + begin, line.start + match.end(), line.index, "line")
    yield from mention_candidates(reading, "strain", "strain")


_SPECIES = re.compile(vocabulary.pattern("animals", "named"), re.IGNORECASE)
_NOT_ANIMAL = re.compile(r"^[\s-]*(?:anti|poly|mono|IgG|serum|antibod|albumin|lung|fetal|secondary)", re.IGNORECASE)


def _species(line: Line) -> Iterator[Candidate]:
    for match in _SPECIES.finditer(line.text):
        if _NOT_ANIMAL.match(line.text[match.end() : match.end() + 15]) or re.search(
            r"anti[- ]?$|f(?:o?e)tal $", line.text[max(0, match.start() - 10) : match.start()]
        ):
            continue
        word = vocabulary.plain(match.group())
        if word in SPECIES_WORDS:
            name = SPECIES_WORDS[word]
            yield Candidate("species", name, line.start + match.start(), line.start + match.end(), line.index, word)


_PAIR = re.compile(
    r"\b(?:fe)?males?\b[\s,(]*(?:and|or|/|,)\s*(?:n\s*=\s*)?(?:\d+\s+|\w+\s+)?(?:fe)?males?\b|\bbarrows and gilts\b",
    re.IGNORECASE,
)


def _sex(line: Line) -> Iterator[Candidate]:
    for match in _PAIR.finditer(line.text):
        if match.group().lower().count("female") == 1 or "barrows" in match.group().lower():
            yield Candidate("sex", "both", line.start + match.start(), line.start + match.end(), line.index, "pair")
    for match in _SEX.finditer(line.text):
        value = match.lastgroup
        if value == "signs":
            value = "male" if match.group() == "♂" else "female"
        yield Candidate(
            "sex", value, line.start + match.start(), line.start + match.end(), line.index, match.group().lower()[:12]
        )


def _age_weight(line: Line) -> Iterator[Candidate]:
    for match in _AGE.finditer(line.text):
        begin, end = match.span(match.lastgroup)
        value = _range(line.text[:begin], age_value(match.group(match.lastgroup)))
        value = re.sub(r"(?i)^postnatal days?\s*(?=\d)", "P", value)
        yield Candidate("age", value, line.start + begin, line.start + end, line.index, match.lastgroup)
    for match in _WEIGHT.finditer(line.text):
        before = line.text[: match.start()]
        near = line.text[max(0, match.start() - 60) : match.end() + 25].lower()
        bracketed = before.rfind("(") > before.rfind(")") and ANIMAL.search(before[-80:])
        way = (
            "weigh"
            if "weigh" in near
            else "mass"
            if re.search(r"body|mass|\bbw\b", near)
            else "animal"
            if bracketed
            else ""
        )
        if way and not re.match(r"\s*(?:of|glucose|food|diet|fat|protein)\b", line.text[match.end() :]):
            value = re.sub(r"(?<=\d)(?=k?g$)", " ", _range(before, tidy(match.group("weight"))))
            yield Candidate("weight", value, line.start + match.start(), line.start + match.end(), line.index, way)


def _range(before: str, value: str) -> str:
    """Return "7-9 weeks" for "7 and 9 weeks" after "between", and for "7 to 9 weeks" after "from"."""
    word = re.search(r"\b(between|from)\s+$", before, re.IGNORECASE)
    if not word:
        return value
    return re.sub(r"(?<=\d)\s*(?:k?g)?\s+(?:and|to)\s+(?=\d)", "-", value, count=1)


def _numbers(line: Line) -> Iterator[Candidate]:
    seen = set()
    for pattern, way in ((_PER_GROUP, "per"), (_N_EQUALS, "equals"), (_TOTAL, "total"), (_COUNT, "count")):
        for match in pattern.finditer(line.text):
            name = next(g for g in ("n", "a", "b") if match.groupdict().get(g))
            begin, end = match.span(name)
            value = figures(match.group(name))
            more = re.findall(r"\d+", match.groupdict().get("more") or "")
            if (begin, way) in seen or not re.match(r"\d", value):
                continue
            seen.add((begin, way))
            for each in [value, *more]:
                yield Candidate("n_per_group", each, line.start + begin, line.start + end, line.index, way)
            if way in ("total", "count", "equals") and not more and value.isdigit():
                yield Candidate("n_total", value, line.start + begin, line.start + end, line.index, way)
