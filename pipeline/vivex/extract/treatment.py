"""Candidates for what was done: groups, model, induction, intervention, comparator, dose, route, frequency, duration."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator

from vivex.extract.animals import RANGE, H
from vivex.extract.phrases import left, right, runs
from vivex.extract.reading import ANIMALS, Candidate, Line, Reading, mention_candidates, tidy

_NUMBER = r"\d[\d,]*(?:\.\d+)?(?:\s*(?:×|x|·|\*)\s*10(?:⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|\s*(?:\^|exp)?\s*[−-]?\d{1,2})|\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?|10\s*\^?\s*\d{1,2}(?=\s*(?:cells|pfu|PFU|cfu|CFU|TCID50|vg|GC|particles|[A-Z]))"
_MASS = r"(?:mg|[µμu]g|mcg|ng|pg|kg|g|m[lL]|[µμu][lL]|[lL]|IU|KIU|U|units?|m[mM]ol|[µμu]mol|nmol|mol|m[mM]|[µμu]M|nM|M|%|ppm|Gy|mA|kcal|cGy|V|Hz)"
_COUNTED = r"(?:[\w./+-]+ ){0,2}?(?:cells|pfu|PFU|cfu|CFU|TCID\s?50|LD\s?50|vg|GC|viral particles|particles|genome copies|parasites|spores|sporozoites|eggs|larvae|oocysts|exosomes|islets)"
_PER = r"(?:\s*(?:/|·|per|⋅)\s*(?:kg|g|mg|day|d|h|hr|min|week|wk|mouse|rat|animal|fish|embryo|rabbit|eye|knee|joint|side|ml|mL|µl|μl|ul|L|l|dl|dose|injection|site|body weight|bid|cage|larva)\b(?:\s*(?:b\.?w\.?t?|body[ -]?weight|body mass)\b)?|\s*(?:kg|mL|ml|g|day|h|d|min)\s*[−-]\s*1\b|\s*kg[⁻−-]+[1¹])*"
_DOSE = re.compile(
    rf"(?<![\w.])(?P<list>(?:(?:{_NUMBER})\s*(?:,|and|or|to|/|{H}|,\s*and|,\s*or)\s*)*)(?P<last>{_NUMBER})\s*{H}?\s*(?P<unit>(?:{_MASS})(?![A-Za-z])|{_COUNTED}\b)(?: [\w-]{{2,20}}(?=\s?/\s?k?g\b))?(?P<per>{_PER})"
)
_ROUTES: tuple[tuple[str, str], ...] = (
    ("intraperitoneal", r"intra-?\s?peritoneal(?:ly)?|\bi\.?\s?p\.(?!\w)|\bip\b|peritoneal cavity"),
    ("intravenous (tail vein)", r"(?:lateral )?(?:tail|caudal)[ -]vein"),
    ("intravenous", r"intravenous(?:ly)?|\bi\.?\s?v\.(?!\w)|\biv\b"),
    ("subcutaneous", r"sub-?cutaneous(?:ly)?|\bs\.?\s?c\.(?!\w)|\bsc\b"),
    (
        "oral gavage",
        r"(?:oral |intragastric |orogastric )?gavage[ds]?|orogastric(?:ally)?|gastric (?:tube|intubation)|intragastric intubation|orally gavaged",
    ),
    (
        "oral",
        r"\bp\.?o\.(?!\w)|\borally\b|\bper os\b|\boral (?:administration|dose|treatment|delivery|route|feeding|inoculation|infection)|peroral",
    ),
    ("intragastric", r"intragastric(?:ally)?|\bi\.?g\.(?!\w)"),
    ("drinking water", r"drinking[ -]water|in (?:the )?(?:tap )?water(?: bottles?)?"),
    (
        "diet",
        r"\bin (?:the |their )?(?:diet|food|chow|feed)\b|\bfed (?:with |on |a |an |the )?(?:[\w-]+ ){0,3}(?:diet|chow|food)|\bdiets?\b",
    ),
    ("intramuscular", r"intra-?muscular(?:ly)?|\bi\.?m\.(?!\w)"),
    ("intranasal", r"intra-?nasal(?:ly)?|\bi\.n\.(?!\w)|nasal route"),
    ("intratracheal", r"intra-?tracheal(?:ly)?|oropharyngeal aspiration"),
    ("intracerebroventricular", r"intracerebro-?ventricular(?:ly)?|\bi\.?c\.?v\.?(?!\w)|lateral ventricle"),
    ("intrathecal", r"intra-?thecal(?:ly)?|\bi\.t\.(?!\w)"),
    ("intraplantar", r"intra-?plantar(?:ly)?|\bi\.?pl\.|plantar surface|hind ?paw"),
    (
        "intra-articular",
        r"intra-?articular(?:ly)?|\bi\.a\.(?!\w)|into (?:the |each |both )?(?:right |left |operated )?(?:knee|ankle|joint)s?(?: joints?| cavity)?",
    ),
    ("intradermal", r"intra-?dermal(?:ly)?|\bi\.d\.(?!\w)"),
    ("intrastriatal", r"intra-?striatal(?:ly)?"),
    ("intracranial", r"intra-?cranial(?:ly)?|intracerebral(?:ly)?"),
    ("stereotaxic injection", r"stereota(?:x|ct)ic(?:ally)?"),
    ("intravitreal", r"intra-?vitreal(?:ly)?"),
    ("intracolonic", r"intra-?(?:colonic|rectal)(?:ly)?|\bi\.c\.(?!\w)|enema"),
    ("retro-orbital", r"retro-?orbital(?:ly)?"),
    ("topical", r"topical(?:ly)?|applied to the (?:skin|surface)"),
    ("inhalation", r"inhal(?:ation|ed)|aerosol"),
    ("mammary fat pad", r"mammary (?:fat )?(?:pad|gland)s?"),
    ("minipump infusion", r"(?:osmotic |alzet )?mini-?pumps?"),
    ("microinjection", r"micro-?injec(?:tion|ted)s?"),
    ("immersion", r"immersion|bath application|E3 medium|embryo (?:medium|water)"),
    ("in utero electroporation", r"in utero electroporat\w+"),
    ("yolk injection", r"(?:into the )?yolk|one-?cell stage"),
    ("intratumoral", r"intra-?tumou?ral(?:ly)?"),
    ("intrahippocampal", r"intra-?hippocampal(?:ly)?|into the (?:dorsal |ventral )?hippocamp\w+"),
    ("intrauterine", r"intra-?uterine"),
    ("intravaginal", r"intra-?vaginal(?:ly)?"),
    ("intracardiac", r"intra-?cardiac(?:ally)?|intra-?myocardial(?:ly)?"),
    ("infusion", r"\binfus(?:ion|ed)\b|cannula\w*"),
)
_ROUTE = re.compile("|".join(f"(?P<r{i}>{pattern})" for i, (_, pattern) in enumerate(_ROUTES)))
_ROUTE_STARTS = frozenset(
    "intra i.p i.p. ip i.v i.v. iv subcu sub-c s.c s.c. sc vein vein- gavag gastr orogas oral orall p.o p.o. os water drink diet diets fed food chow feed i.m i.m. i.n i.n. nasal i.t i.t. i.pl "
    "i.a i.a. i.d i.d. i.g i.g. i.c i.c. i.c.v paw hindp knee knees ankle joint stere enema orbit retro topic appli inhal aeros mamma pump pumps minip mini- micro immer mediu bath elect yolk cell- infus cannu perit ventr uter utero trach "
    "later cauda tail".split()
) | {w[:5] for w in "orogastric retro-orbital retroorbital minipump topically oropharyngeal peroral".split()}
_TIME_STARTS = frozenset(
    "day days daily week weekl wk wks month hour hours hr hrs h min minut year years once twice thric singl conti every bi-we biwee q.d q.d. b.i.d b.i.d. bid sessi injec doses d s secon time times altern alter conse".split()
)
_TIMES = r"(?:once|twice|thrice|one time|two times|three times|four times|five times|\d+ times|\d+ days)"
_FREQUENCY = re.compile(
    rf"\b(?P<often>{_TIMES}[ -]?(?:a|per|every|each|/)?[ -]?(?:day|daily|week|weekly|month|monthly|session))\b"
    rf"|\b(?P<every>every (?:other |second |third |\w+ )?(?:\d+[- ]?(?:\w+[- ])?)?(?:days?|weeks?|hours?|hr|h|months?|min|minutes|night|morning|s)\b)"
    r"|\b(?P<alternate>alternate days?|(?:\w+ )?consecutive days?|(?:\w+ )?sessions? (?:per|a|each) day|(?:two|three|four|five|six|\d+) (?:weekly|daily) (?:doses?|injections?)|daily|weekly|bi-?weekly|monthly|per day|each day|a day|q\.?d\.?|b\.?i\.?d\.?|\d+ min(?:utes)?/day)\b"
    r"|\b(?P<single>(?:a )?single (?:[\w.-]+ ){0,2}?(?:injection|dose|infusion|bolus|administration|exposure|session|application)|continuous(?:ly)?(?: \w+)? infusion|(?:one|single) (?:injection|dose)|(?:on )?days? \d+(?:, \d+)*,? and (?:day )?\d+|(?:two|three|four|five|six|seven|\d+) (?:[\w.-]+ ){0,1}?(?:injections|doses|administrations|treatments|sessions|immunizations))\b"
    r"|(?P<per>(?<=/)(?:day|d|week|bid)\b)",
    re.IGNORECASE,
)
_SPAN_UNIT = r"(?:days?|weeks?|wks?|months?|years?|hours?|hrs?|h|min(?:utes?)?|s|seconds|d)"
_DURATION = re.compile(
    rf"\b(?P<lead>for|over|during|until|up to|lasted|within|throughout|after|at|another|additional|last|first|period of)?\s*(?:a |an |the |another |at least |approximately |about |total of |additional |period of |consecutive ){{0,3}}"
    rf"(?P<span>\b(?:\d+, ){{0,4}}{RANGE}(?:\s|{H})?(?:consecutive |more |additional )?{_SPAN_UNIT})\b(?P<tail>\s*(?:post|after|before|of|following|prior|later|old|per)?\b(?:[- ]\w+){{0,2}})",
    re.IGNORECASE,
)
_DAYS = re.compile(
    rf"\b(?P<days>(?:on |from )?(?:days?|d|weeks?) ?{H}?\d+(?:\s*(?:to|{H}|through|until|and)\s*(?:days? )?{H}?\d+)+|(?:until|on|at) (?:the )?(?:days?|weeks?) \d+)",
    re.IGNORECASE,
)
_CAUSED = re.compile(r"[- ](?:induced|mediated|evoked|driven|challenged|infected|deficient)\b")
_MODELLED = re.compile(r"\bmodels?\b")
_MODEL_OF = re.compile(r"models? (?:of|for) ")
_ILL = re.compile(
    r"\b[\w-]*(?:itis|oma|osis|emia|pathy|cancers?|tumou?rs?|diabetes|diabetic|injury|stroke|infarction|infection|failure|hypertension|obesity|pain|hypersensitivity|epilepsy|seizures?|dystonia|depression|anxiety|stress|ligation|xenografts?|allografts?|metastas[ie]s|deficiency|syndrome|diseases?|disorders?|damage|lesions?|toxicity|rejection|hypercholesterolemia|inflammation|addiction|dependence|withdrawal|fracture|defects?|overload|hypertrophy|asthma|sepsis|steatosis|restriction|deprivation|exposure|conditioning|senescence|aging|regeneration|memory)\b"
)
_CUE = re.compile(
    r"\b(?:injections?|ligation|transection|occlusion|infusion|administration|inoculation|transplant(?:ation)?|implantation|deletion|ablation|knock-?(?:out|down|in)|exposure|immuni[sz]ation|ovariectomy|vagotomy|axotomy|hepatectomy|lesions?|crush|irradiation|feeding|diet|restriction|deprivation|swimming|restraint|stress|surgery|amputation|electroporation|challenge|infection|graft(?:ing)?|transfer|mutation|overexpression|insertion|crossing|stimulation|shocks?|footshock|conditioning|training|hypoxia|reperfusion|withdrawal|treatment|removal|loading|constriction|instillation|depletion|inactivation|disruption|targeting)\b"
)
_DONE = re.compile(
    r"\b(?:(?:induced|achieved|produced|generated|established|created|evoked|caused|precipitated) (?:in [\w -]{3,30} )?(?:by|with|via|through|using|following|after)|(?:injected|inoculated|infected|challenged|immuni[sz]ed|fed|subjected|exposed|treated|administered|given|transplanted|irradiated|implanted|grafted)(?: [\w-]+ly)?(?: with| to| by| on| into)?) (?:an? |the )?"
)
_PAREN = re.compile(r" ?\([^()]{1,40}\)")
_GIVEN = re.compile(
    r"\b(?:treat(?:ed|ment)|pre-?treat(?:ed|ment)|injected|injections?|administered|administration|infused|infusion|given|received|receiving|fed|supplement(?:ed|ation)|dosed|exposed|exposure|stimulation|immunized|inoculated|effects?|role|doses?|application|delivery)"
    r"(?: [\w-]+ly)?(?: (?:i\.p\.|i\.v\.|s\.c\.|intraperitoneal))?(?: injections?)?(?: (?:with|of|to|by|on|either|a|an|the|in|single|daily|dose|injections?|doses))* ?"
)
_DOSED = re.compile(r" ?\((?:[\w .:-]{1,25}[;,] )?\d[\d.,–-]* ?(?:mg|[µμu]g|ng|g|m[lL]|mM|[µμ]M|nM|%|IU|U)\b")
_MEANS = re.compile(
    r"\b(?:knock-?(?:outs?|down)|deletion|overexpression|deficiency|mutation|ablation|inhibition|loss|antibody|inhibitor|agonist|antagonist|extracts?|diet|stimulation|shRNA|siRNA|mRNA|morpholino|MO|mimics?|antagomirs?|vaccines?|vaccination|exosomes?|cells|therapy|exercise|training|lesions?|transplantation|venom|virus|oil)\b"
)
_LOSS = re.compile(
    r"\b(?:deletion|loss|knock-?(?:out|down)|overexpression|ablation|inactivation|depletion|inhibition|activation|silencing|expression|absence|lack) of (?:the )?"
)
_SHORT = re.compile(r" ?\((?P<short>[A-Z][\w+/−-]{0,11}(?: ?[+/] ?[\w-]+)?)\)")
_CONTROL = re.compile(
    r"\b(?P<core>saline|pbs|phosphate[ -]buffered saline|vehicles?(?: control)?|sham|controls?|wild[ -]?types?|wt|litter-?mates?|untreated|non-?treated|dmso|water|placebo|scrambled?|empty vector|(?:normal|standard|low[ -]fat|control) (?:diet|chow)|chow|naive|na[ïi]ve|uninjected|isotype|igg|mock|corn oil|peanut oil|olive oil|methyl ?cellulose|carboxymethyl ?cellulose|acsf|ethanol|medium|ad libitum|baseline|sedentary|healthy|uninfected|contralateral)\b"
    r"(?P<more>[- ](?:operated|operation|surgery|treated|control)?(?: ?(?:mice|rats|littermates|controls?|animals|injection|diet|group|solution|siblings|treatment|fish|virus|antibody|alone|morpholino))?)?"
)
_COLON = re.compile(r"\bgroup (?:[IVXivx]+|\d+|[A-Ga-g])\b ?[,:=(–-] ?(?P<colon>[^.;:()]{3,60})", re.IGNORECASE)
_N_EQUALS = re.compile(r" ?[(\[,;:]? ?\bn ?= ?\d", re.IGNORECASE)
_VERSUS = re.compile(
    r"\b(?:vs\.?|versus|compared (?:to|with)|relative to|than(?: in)?) (?:the |that of |those of )?", re.IGNORECASE
)
_PLUS = re.compile(r"[\w−/-]+(?: [\w−/-]+)? ?\+ ?[\w−/-]+(?: [\w-]+)?")
_GENOTYPE = re.compile(r"(?:[−–-] ?/ ?[−–-]|\+ ?/ ?\+|\+ ?/ ?[−–-]|\bfl/fl|\bflox/flox|\b(?:c?KO|WT|Tg|DKO|TKO)\b)")
_LONE = re.compile(
    r"\b(?:sham|vehicle|saline|controls?|untreated|wild[ -]?type(?: \(WT\))?|WT|littermate controls?|littermates|PBS|naive|placebo)\b",
    re.IGNORECASE,
)
_GROUPS = re.compile(r"\bgroups?\b")
_ANIMAL = re.compile(rf"\b{ANIMALS}\b")


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of the treatment's and design's fields."""
    for line in reading.lines:
        if line.role not in ("introduction", "discussion", "statements"):
            yield from _doses(line)
            yield from _routes(line)
            yield from _schedules(line)
            yield from _groups(line)
            yield from _controls(line)
            yield from _inductions(line)
            yield from _composed(line)
        yield from _models(line)
        yield from _agents(line)
    for field, label in (
        ("disease_model", "model"),
        ("intervention", "agent"),
        ("intervention", "mirna"),
        ("comparator", "agent"),
    ):
        yield from mention_candidates(reading, field, label)


def _doses(line: Line) -> Iterator[Candidate]:
    for match in _DOSE.finditer(line.text):
        unit = tidy(match.group("unit"))
        per = re.sub(r"\s+", " ", match.group("per").strip())
        per = re.sub(r"(?i)(?<=kg|.g)\s*(?:per )?(?:b\.? ?w\.?t?|body[ -]?weight|body mass)$", "", per)
        per = re.sub(r"^kg ?[⁻−-] ?[1¹]", "/kg", per)
        whole = f"{unit}{per}" if per.startswith(("/", "·", "⋅")) else f"{unit} {per}".strip()
        way = "cells" if re.match(rf"{_COUNTED}$", unit) else f"{unit}{'/' if per else ''}"
        numbers = [m.group() for m in re.finditer(_NUMBER, match.group("list"))]
        joined = re.search(rf"(?:{H}|\bto)\s*$", match.group("list"))
        if joined:
            value = f"{tidy(match.group('list') + match.group('last'))} {whole}"
            yield Candidate("dose", value, line.start + match.start(), line.start + match.end(), line.index, way + "~")
            continue
        for each in [*numbers, match.group("last")]:
            value = f"{tidy(each)}{'' if whole.startswith('%') else ' '}{whole}"
            yield Candidate("dose", value, line.start + match.start(), line.start + match.end(), line.index, way)


def _routes(line: Line) -> Iterator[Candidate]:
    if not any(word[:5] in _ROUTE_STARTS for _, _, word in line.words):
        return
    for match in _ROUTE.finditer(line.text.lower()):
        value = _ROUTES[int(match.lastgroup[1:])][0]
        yield Candidate("route", value, line.start + match.start(), line.start + match.end(), line.index, value)


def _schedules(line: Line) -> Iterator[Candidate]:
    if not any(part[:5] in _TIME_STARTS for _, _, word in line.words for part in re.split(r"[\W\d]+", word)):
        return
    for match in _FREQUENCY.finditer(line.text):
        text = tidy(match.group()).lower()
        value = {
            "day": "daily",
            "d": "daily",
            "week": "weekly",
            "bid": "twice daily",
            "per day": "daily",
            "each day": "daily",
            "a day": "daily",
        }.get(text, text)
        value = re.sub(r"^a single", "single", value)
        yield Candidate(
            "frequency", value, line.start + match.start(), line.start + match.end(), line.index, match.lastgroup
        )
    for match in _DURATION.finditer(line.text):
        begin, end = match.span("span")
        tail = match.group("tail").split()
        way = f"{(match.group('lead') or '').lower()}|{tail[0].lower() if tail else ''}"
        value = re.sub(
            rf"(?<=\d){H}(?=[a-z])|(?<=[a-z]){H}(?=(?:day|week|month|hour|min))", " ", tidy(match.group("span"))
        )
        value = re.sub(r"\b(?:consecutive|more|additional) ", "", value)
        value = re.sub(r"(?<=\d )(day|week|month|hour|year)$", r"\1s", value)
        yield Candidate("duration", value, line.start + begin, line.start + end, line.index, way)
    for match in _DAYS.finditer(line.text):
        yield Candidate(
            "duration",
            tidy(match.group("days")),
            line.start + match.start(),
            line.start + match.end(),
            line.index,
            "days",
        )


def _made(field: str, line: Line, begin: int, end: int, way: str) -> Iterator[Candidate]:
    value = tidy(line.text[begin:end])
    if len(value) > 1:
        yield Candidate(field, value, line.start + begin, line.start + end, line.index, way)


def _groups(line: Line) -> Iterator[Candidate]:
    text, words = line.text, line.words
    for pattern, way, count in ((_GROUPS, "group", 4), (_N_EQUALS, "n", 5), (_ANIMAL, "animals", 4)):
        for match in pattern.finditer(text):
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


_TRAILING = re.compile(r"(?:\s+(?:in|into|for|and|to|at|on|as|by|with|from|of|the|an?|was|were|or))+$")
_BREAKS = frozenset("in into for and to at on as by with from of ( were was or".split())


def _inductions(line: Line) -> Iterator[Candidate]:
    text, words = line.text, line.words
    low = text.lower()
    for pattern, way in ((_CUE, "noun"), (_DONE, "done")):
        for match in pattern.finditer(low):
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


def _composed(line: Line) -> Iterator[Candidate]:
    """Yield inductions put together from an agent, its dose and the route that the sentence names."""
    text, words = line.text, line.words
    low = text.lower()
    route = _ROUTE.search(low) if any(word[:5] in _ROUTE_STARTS for _, _, word in words) else None
    lead = f"{_ROUTES[int(route.lastgroup[1:])][0]} injection of " if route and route.lastgroup else "injection of "
    for match in _DOSE.finditer(text):
        dose = tidy(match.group())
        inside = text.rfind("(", max(0, match.start() - 30), match.start())
        starts = left(words, inside, count=3, text=text)[-2:] if inside >= 0 else []
        agents = [tidy(text[a:inside]) for a in starts]
        of = re.compile(r" (?:of )?").match(text, match.end())
        if of and of.group() == " of ":
            agents += [tidy(text[of.end() : right(words, of.end(), count=n)]) for n in (1, 3)]
        for agent in dict.fromkeys(a for a in agents if len(a) > 2):
            yield Candidate(
                "induction",
                f"{lead}{agent} {dose}",
                line.start + match.start(),
                line.start + match.end(),
                line.index,
                "made",
            )


def _agents(line: Line) -> Iterator[Candidate]:
    text, words = line.text, line.words
    low = text.lower()
    for match in _GIVEN.finditer(low):
        end = right(words, match.end(), count=4)
        if end > match.end():
            yield from _made("intervention", line, match.end(), end, "given:" + low[match.start() : match.start() + 5])
    for pattern, way in ((_DOSED, "dosed"), (_MEANS, "means"), (_SHORT, "abbreviated")):
        for match in pattern.finditer(text):
            position = match.end() if way == "means" else match.start()
            for k, begin in enumerate(left(words, position, count=4, text=text)[-3:]):
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
