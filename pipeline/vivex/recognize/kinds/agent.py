"""Agents: substances, biologicals and exposures that are given."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from vivex import vocabulary
from vivex.recognize.kinds import NAMED, Kind
from vivex.recognize.lexicon import words
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:agent@1"
_ENDINGS = rf"[a-z]{{2,25}}{vocabulary.pattern('agents', 'ending', whole=False)}"
_WORDS = rf"vitamin [A-E]\d?|sodium \w+ate|{vocabulary.pattern('agents', 'named', whole=False)}"
_SALT = rf"(?:[\s-]{vocabulary.pattern('agents', 'salt', whole=False)})?"
_SUFFIX = rf"(?:(?:{_ENDINGS}|{_WORDS}){_SALT})(?![A-Za-z])"
_CHEMICAL = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:D|L|d|l|DL|N|alpha|\u03b1|\u03b2|beta|\d(?:,\d){{0,9}})[-\u2010])?{_SUFFIX}", re.IGNORECASE
)
_CODED = (
    r"GW\d{4,}|SB\d{5,6}|LY\d{5,6}|PD\d{4,6}|AG\d{3,4}|MK-?\d{3}|WEB-?\d{4}|[Pp]oly\s?\(?I:?C\)?|"
    r"AAV\d?(?:-[A-Za-z0-9-]+)?|rAAV\d?|VEGF(?=\s(?:treat|inject|stimul))"
)
_ABBREVIATED = re.compile(
    rf"(?<![A-Za-z0-9-])(?:{_CODED}|{vocabulary.pattern('agents', 'abbreviation', whole=False)})(?![A-Za-z0-9])"
)
_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2,4}[- ]?\d{3,7}[A-Z]?(?![A-Za-z0-9-])")
_PATTERN = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:high|low|normal)[- ](?:fat|salt|sugar|protein|carbohydrate|calorie|fructose|"
    r"sucrose|cholesterol)(?:[-/ ](?:high[- ])?(?:fat|salt|sugar|cholesterol|sucrose|fructose))?\s(?:diet|"
    r"chow|feed)s?|"
    r"(?:control|standard|western|chow|basal|normal|ketogenic|experimental|purified)\s(?:diet|chow)s?|"
    r"(?:normal|isotonic|physiological|sterile|phosphate[- ]buffered|heparini[sz]ed)\ssaline|"
    r"(?:[A-Za-z0-9-]{1,60}[- ]derived\s)?(?:exosomes?|extracellular vesicles|EVs)|"
    r"(?:[A-Za-z0-9-]{1,60}\s)?(?:mimics?|inhibitors?|agonists?|antagonists?|antagomirs?|agomirs?)(?=[\s,.;)])|"
    r"(?:(?:aqueous|ethanol(?:ic)?|methanol(?:ic)?|hydroalcoholic|leaf|root|seed|bark|fruit|plant|green tea|"
    r"crude|composite|(?-i:[A-Z]\.\s?[a-z]+|[A-Z][a-z]+ [a-z]+|[A-Z]{2,4}))\s){1,3}extracts?|"
    r"(?:ionizing\s|X-ray\s|gamma[- ]|UV[AB]?\s|laser\s)?irradiation|conditioned medi(?:um|a)|"
    r"(?:double[-\s])?(?:distilled|deioni[sz]ed|tap)\swater|(?:corn|olive|sesame|fish|coconut|peanut|"
    r"mineral)\soil|"
    r"carboxymethyl\s?cellulose|methylcellulose|adenovirus(?:es)?|lentivirus(?:es)?|rabies virus|hypoxia|"
    r"restraint stress|treadmill (?:exercise|training|running)|cold exposure|noise exposure)(?![A-Za-z])",
    re.IGNORECASE,
)
_LAB = re.compile(
    r"wash|fix|stain|block|buffer|medium|media|culture|stored|dissolved in \d|section|embedd|dehydrat|"
    r"centrifug|lys|homogen|antibod|incubat(?:ed|ion) (?:in|for)|solution (?:contain|\()|mM|supplemented",
    re.IGNORECASE,
)
_COMMON = vocabulary.written("agents", "common")
_GIVE = vocabulary.pattern("giving", "cue give", "cue expose", "cue feed", "amount")
_CUE = rf"{_GIVE}|{vocabulary.pattern('routes', 'dotted')}"
_GIVEN = re.compile(
    rf"{_CUE}|mg/kg|\u00b5M|\u03bcM|\bnM|\bmM|control|group|vehicle|induced|applied|application|effect", re.IGNORECASE
)


def find_agent(text: str) -> Iterator[Span]:
    """Yield the agent mentions of `text`: named ones, what stands by a dose, and the further mentions of that."""
    given = list(by_dose(text))
    names = {text[s.start : s.end] for s in given}
    yield from longest([*given, *repeated(text, names), *(span for span in _all(text) if span.confidence >= 0.5)])


_PLAIN = (
    r"(?!(?:and|or|of|the|a|an|in|at|for|with|to|was|were|is|per|by|from|on|as|using|into|each|per|than|about|"
    r"total|both|all|mice|rats|mouse|rat|animals?|cells?|groups?|group|control|controls|treatment|injections?|"
    r"administration|doses?|dosage|concentrations?|volume|solution|body|weight|respectively|"
    r"intraperitoneal\w*|subcutaneous\w*|intravenous\w*|orally|gavage|daily|weekly|drug|drugs|compound|"
    r"compounds|final|low|high|medium|vehicle-treated|"
    r"purchased|obtained|dissolved|diluted|in|Fig|Figure|Table|days?|weeks?|hours?|min|i\.p|control|"
    r"experiment|experimental|once|twice|then|followed|every|after|before|anesthetized|anaesthetized|"
    r"anesthesia|anaesthesia|medium|media|"
    r"buffer|plates?|wells?|water|gel|RNA|DNA|protein|antibody|antibodies|extracted|tissue|sample|samples|"
    r"brain|liver|kidney|blood|plasma|serum|culture|density|flow|rate|pressure|fish|larvae|embryos|male|"
    r"female|patients|subjects|that|which|it|"
    r"cocktail|containing|mixture|agent|inhibitor|antagonist|agonist|receptor|test|study|trial|day|dose|alone|"
    r"USA|UK|Sigma|Sigma-Aldrich|respectively|St|Inc|[A-Z]{2}|effective)\b)"
)
_NAME = rf"{_PLAIN}[A-Za-z\u03b1-\u03c9][A-Za-z0-9\u03b1-\u03c9+'\u2019-]{{0,40}}[A-Za-z0-9+]"
_AMOUNT = (
    r"(?<![\d.,])\d[\d.,\s\u00d7x^-]{0,24}(?:mg|g|[\u00b5\u03bcu]g|ng|ml|mL|[\u00b5\u03bcu][lL]|U|IU|units|"
    r"[m\u00b5\u03bcn]M|mmol|[\u00b5\u03bcn]mol|pmol)s?\b(?:/(?:kg|g|mouse|rat|ml|mL|[\u00b5\u03bc]l|L|day|"
    r"animal)|\skg\S{0,3})*(?:\s(?:body weight|b\.?w\.?|BW))?"
)
_BY_DOSE = re.compile(
    rf"(?<![A-Za-z0-9-])(?P<before>{_NAME})(?:\s\((?P<short>{_NAME})[;,]\s?|\s\((?:at\s)?){_AMOUNT}|"
    rf"{_AMOUNT}\)?\s(?:of\s(?:the\s)?)?(?P<after>{_NAME})(?=[\s,.;)(/]|$)"
)
_GIVEN_TO = rf"(?:exposed|challenged|{vocabulary.pattern('giving', 'give participle', 'feed participle', whole=False)})"
_SUFFIXED = re.compile(rf"(?<![A-Za-z0-9-])(?P<name>{_NAME})-{_GIVEN_TO}(?![A-Za-z])")
_OF_GIVING = re.compile(
    r"(?:administration|injections?|infusions?|treatment with|treated with|exposure to|exposed to|intake of|"
    rf"dose of|doses of)\s(?:of\s)?(?P<name>{_NAME})(?=[\s,.;)(]|$)"
)
_GIVING_NEAR = re.compile(
    rf"{_CUE}|oral|mg/kg|incubat|presence of|vehicle|mouse\b|antagon|agonist|inhibit", re.IGNORECASE
)
_STOP_NAMES = re.compile(
    r"(?:[a-z]{1,40}(?:ed|ly|ing)|bw|BW|b\.w|wt|bodyweight|within|did|does|had|has|have|been|infusions?|"
    r"administration|received|bolus|once|twice|prior|until|when|which|\S{0,40}[\u00b5\u03bc]g|mg|ml|double|"
    r"legends?|such|dye|IC50|EC50|LD50|ED50|hybrid|diets?|hypoxia|extracts?|anti-CD\d+|SW\d+|HT-29|beads?|"
    r"liposomes?|tablets?|oil|Tris|HEPES|EDTA|EGTA|NaCl|KCl|MgCl\w*|CaCl\w*|NaH\w*|Triton|Tween|SDS|BSA|FBS|"
    r"FCS|PFA|DTT|PMSF|agarose|penicillin|streptomycin|glucose|glutamine|L-glutamine|sucrose|primers?|dNTPs?|"
    r"sodium|potassium|mice|PCR|TRIzol|Lipofectamine|"
    r"plasmid|pcDNA|siRNA|medium|DMEM|RPMI|PBS|saline|water|ethanol|methanol|aliquots?|magnesium|calcium|"
    r"antibod\w+|trypsin|collagenase|Hoechst|DAPI|sterile|fresh|cold|normal|total|single|initial|various|"
    r"different|increasing|similar|same|ATP|GTP|"
    r"HCl|NaOH|SYBR|cDNA|supernatants?|lysates?|mixture|reaction|tubes?|needle|syringe|chloral|ketamine|"
    r"xylazine|isoflurane|pentobarbital|urethane|supplement\w*)",
    re.IGNORECASE,
)


def by_dose(text: str) -> Iterator[Span]:
    """Yield what stands by an amount that is given: "SIN (120 mg/kg", "10 mg/kg of naloxone", "THP; 5 mg/kg"."""
    for match in _BY_DOSE.finditer(text):
        near = text[max(0, match.start() - 100) : match.end() + 60]
        if not _GIVING_NEAR.search(near) or _LAB.search(text[max(0, match.start() - 40) : match.end() + 15]):
            continue
        for name in ("before", "short", "after"):
            if (
                match[name]
                and not _STOP_NAMES.fullmatch(match[name])
                and not (_ANAESTHETIC.search(match[name]) and _ASLEEP.search(near))
            ):
                yield Span(match.start(name), match.end(name), "agent", {}, SOURCE, 0.75)
    for pattern in (_SUFFIXED, _OF_GIVING):
        for match in pattern.finditer(text):
            written = match["name"]
            if (
                _STOP_NAMES.fullmatch(written)
                or _ANAESTHETIC.search(written)
                or re.fullmatch(r"[a-z]{1,4}|[a-z]+(?:ed|ing|ly|ous|ive|al)", written)
            ):
                continue
            if pattern is _OF_GIVING and not re.search(
                r"[A-Z0-9]|(?:in|ine|ol|ate|ide|um|ane|one|ole|gen|ose)$", written
            ):
                continue
            yield Span(match.start("name"), match.end("name"), "agent", {}, SOURCE, 0.65)


_AFTER_DOSE = re.compile(rf"\)?\s(?:of\s)?(?:(?:the|an?)\s)?(?P<name>{_NAME})")


def after_dose(text: str, end: int) -> tuple[int, int] | None:
    """Return where the name stands that follows a dose which ends at `end`: "100 µg Dextran-FITC"."""
    match = _AFTER_DOSE.match(text, end)
    if match is None or _STOP_NAMES.fullmatch(match["name"]):
        return None
    return match.span("name")


def repeated(text: str, names: Collection[str]) -> Iterator[Span]:
    """Yield the further mentions of names that the text shows to be given."""
    listed = sorted((n for n in names if len(n) > 1), key=len, reverse=True)
    if not listed:
        return
    for match in re.finditer(rf"(?<![A-Za-z0-9-])(?:{'|'.join(map(re.escape, listed))})(?![A-Za-z0-9])", text):
        yield Span(match.start(), match.end(), "agent", {}, SOURCE, 0.65)


_ANAESTHETIC = re.compile(
    rf"{vocabulary.pattern('purposes', 'agent-anaesthesia', whole=False)}|formalin|paraform", re.IGNORECASE
)
_ASLEEP = re.compile(
    r"an(?:a)?esthe|sedat|euthan|analges|deeply|sacrific|surgery|post-?operat|perfused|fixed", re.IGNORECASE
)
_ROLE = re.compile(
    r"\s?(?:[AB]\b\s?)?-?(?:receptors?|release|transport\w*|component|uptake|signall?ing|antagonists?|"
    r"agonists?|levels?|concentrations?|metabolism|tolerance|homeostasis|synthesis|transmission|neurons?|"
    r"currents?|\+|sensing|production|content|cells?|mice|Inc|Ltd|buffer|transporter|activity|oxidation|"
    r"reuptake|resistance|sensitivity|secretion)\b",
    re.IGNORECASE,
)
_MEASURED = re.compile(
    r"(?:blood|serum|plasma|urinary|urine|fasting|extracellular|endogenous|ambient|hepatic|levels? of|"
    r"release of|anti-?)\s?-?$",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:the|an?|of|this|these|selective|specific|receptor|protein|control|competitive|potent|known|broad|"
    r"general|degranulation|synthesis|other|both|such|reversible|irreversible|type|\d|[A-Z]|non-selective|"
    r"small|molecule|site|activity|weak|strong|glycation|weight|administered|platelet|cyclooxygenase|IgG)\s",
    re.IGNORECASE,
)


def _all(text: str) -> Iterator[Span]:
    stop = words("agent_stop")
    for pattern, base in ((_CHEMICAL, 0.8), (_ABBREVIATED, 0.8), (_CODE, 0.6), (_PATTERN, 0.8)):
        for match in pattern.finditer(text):
            start, end = match.span()
            written = match.group().lower()
            if (
                written in stop
                or (pattern is _PATTERN and _VAGUE.match(written))
                or (re.fullmatch(r"[A-Z]{3,4} ?\d+", match.group()) and "Inc" in text[end : end + 60])
            ):
                continue
            near = text[max(0, start - 70) : end + 50]
            if _ANAESTHETIC.search(written) and _ASLEEP.search(near):
                continue
            if pattern in (_CHEMICAL, _ABBREVIATED) and (
                _ROLE.match(text, end) or _MEASURED.search(text[max(0, start - 20) : start])
            ):
                continue
            score = base
            if written in _COMMON or base < 0.8:
                score = 0.7 if _GIVEN.search(near) and not _LAB.search(near) else 0.3
            elif _LAB.search(text[max(0, start - 30) : end + 20]) and not _GIVEN.search(near):
                score = 0.4
            yield Span(start, end, "agent", {}, SOURCE, score)


KIND = Kind(
    label="agent",
    colour="#D5DCE4",
    find=find_agent,
    joining=NAMED["model"],
    named=frozenset(("CHEMICAL", "SIMPLE_CHEMICAL", "CHEBI", "DRUG")),
    repeats=0.9,
)
