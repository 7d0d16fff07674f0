"""The miRNA grammar: names as papers write them, and their miRBase-style form.

Reads "miR-34a-5p", "hsa-let-7b", "miR - 130 - b - 3 p", "miR-9*", "miR-17~92", "miR-15/16", "miR-29a/b/c", "MIR34A",
"microRNA (miR)-21", "antagomiR-21" (the miRNA in it), viral names, and what is coordinated with one: "miR-34a and
-181b".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from vivex.recognize.kinds import NAMED, Context, Kind, Value
from vivex.recognize.lexicon import keys
from vivex.recognize.spans import Span
from vivex.vocabulary import of_class

SOURCE = "grammar:mirna@1"
D = "[-\u2010-\u2015\u2212_\u00ad]"  # hyphens and dashes as typesetters leave them
SPECIES = (
    "hsa mmu rno dre cel dme bta ssc gga mml ptr ocu cfa oar chi eca xtr xla aga ath osa bmo ame cgr tgu ebv "
    "kshv hcmv mcmv "
    "hsv1 hsv2 rlcv mghv mdv1 mdv2 bkv jcv sv40 ppy ggo mne pma fru hhv6b"
).split()
_SPECIES = rf"(?:(?P<species>{'|'.join(SPECIES)}){D}?\s?)?"
_HEAD = (
    r"(?:(?P<long>mi\s?-?RNAs?|micro\s?-?\s?RNAs?)(?:\s?\((?:miRs?|miRNAs?)\))?|(?P<short>miRs?))"  # case is ignored
)
# "miR-142KO" is miR-142, in a knockout
_GENOTYPE = r"(?:[cdt]?KO|KI|KD|OE|TG|WT|def|fl(?:ox)?|null|het)(?![A-Za-z0-9])"
_ARM = rf"\s?{D}\s?[35]\s?p(?:(?![A-Za-z])|(?={_GENOTYPE}))"
_LETTER = rf"(?:(?!{_GENOTYPE})(?:[a-z](?={_GENOTYPE})|[a-z]{{1,2}}(?![a-z])\d?(?!\d))|\s?{D}\s?[a-h](?![a-z0-9.]))"
_COPY = rf"(?:{D}\d{{1,3}}(?!\d|\s?p\b|[.,]\d|\s?%|{D}\d{{1,2}}(?!\d|\s?p\b)))"
_ITEM = rf"\d{{1,5}}{_LETTER}?{_COPY}?"
_MORE = rf"(?:\s?/\s?{D}?(?:\d{{1,4}}{_LETTER}?{_COPY}?|[a-z]\d?{_COPY}?(?![a-z0-9])))"
_CLUSTER = rf"(?:\s?[~\u223c\u02dc\uff5e\u301c]\s?\d{{1,4}}{_LETTER}?{_COPY}?)"
_JOINED = rf"(?:{D}\d{{2,4}}[a-h]?{D}\d(?=\s(?:gene\s)?clusters?\b))"  # "the miR-15a-16-1 cluster"
_TAIL = (
    rf"(?P<more>{_MORE}+|{_CLUSTER}+|{_JOINED})?(?P<arm>{_ARM}(?:/{D}?[35]p)?(?:\.\d)?)?"
    r"(?P<star>[*\u2217\u22c6](?![*\u2217]|\s?[Pp]\s?[<=]))?"
)
_END = rf"(?:(?![A-Za-z0-9])|(?={_GENOTYPE}))(?P<family>\s(?:micro-?RNA\s|miRNA\s)?(?:family|families|clusters?)\b)?"
_LET = rf"let(?:\s?{D}\s?|\s)?7(?P<let>{_LETTER}|s(?![a-z]))?{_COPY}?"
_VIRAL = rf"(?:BART|BHRF1{D}|K12{D}|K|US|UL|H|M|R|RR|S){D}?\d{{1,3}}(?:{D}\d{{1,2}}(?!\s?p))?[a-d]?"
_NAME = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:antago|ago|anti|pre|pri){D}?)?(?P<name>{_SPECIES}"
    rf"(?:{_HEAD}(?P<gap>\s?{D}\s?|\s)?(?P<body>{_ITEM}|let{D}?7(?P<let2>{_LETTER})?)|(?P<seven>{_LET})|"
    rf"miR{D}(?P<viral>{_VIRAL})|(?P<named>oncomir{D}1|lin{D}4|lsy{D}6|bantam|miR{D}iab{D}[48]|iab{D}[48]))"
    rf"{_TAIL}{_END})",
    re.IGNORECASE,
)
_NEXT = re.compile(
    rf"(?P<join>\s{{0,4}},\s{{0,4}}(?:and\s{{1,4}}|or\s{{1,4}}|&\s{{0,4}})?|\s{{1,4}}"
    rf"(?:and|or|&|vs\.?|plus)\s{{1,4}}|\s?/\s?|\s?\+\s?)"
    rf"(?P<name>(?P<dash>{D}\s?)?(?P<body>{_ITEM}|(?<={D})[a-c](?![a-z0-9])){_TAIL}{_END}|"
    rf"(?P<letter>(?-i:[b-h])(?![A-Za-z0-9]|{D}[A-Za-z0-9]|[.:]\S|\s?[=)(]))|"
    rf"(?P<bare>{D}[35]p(?![A-Za-z])))",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?(?:%|°|[µμunmk]?[gMlL]\b|h\b|hr|hours?|min|days?|weeks?|months?|years?|fold|mice|rats|cells|nt\b|"
    r"bp\b|times|patients|"
    r"genes|samples|targets|miRNAs?|of\b|were\b|different|other|±)",
    re.IGNORECASE,
)
_NO_NOUN = re.compile(
    r"\s(?:were|was|are|is|in|expression|levels?|have|had|has|can|could|may|might|up-?regul|down-?regul|as|"
    r"targets?|mimics?|inhibitors?)\b|[.;)](?!\d)|,(?:\s(?:and\s)?\d+[a-z]?)+\b"
)
_FOWL = re.compile(r"\s(?:chick|hen|cock|fowl|breed|weight)", re.IGNORECASE)


def find_mirna(text: str) -> Iterator[Span]:
    """Yield the miRNA mentions of `text`."""
    position = 0
    while match := _NAME.search(text, position):
        position = match.end("name")
        if not _plausible(match, text):
            position = match.start("name") + 3
            continue
        yield _span(match.start("name"), match.end("name"), text, match, None)
        head, previous = match, match
        plural = (match["long"] or match["short"] or "").lower().endswith("s")
        while follower := _NEXT.match(text, position):
            if not _coordinated(follower, previous, text, plural=plural):
                break
            yield _span(follower.start("name"), follower.end("name"), text, follower, head)
            position, previous = follower.end("name"), follower


def _plausible(match: re.Match[str], text: str) -> bool:
    named, long, short = match["named"], match["long"], match["short"]
    if match["body"] and match["body"].endswith("HG"):  # MIR17HG is the host gene
        return False
    if named:
        return not (named.lower() == "bantam" and (named != "bantam" or _FOWL.match(text, match.end())))
    if match["seven"]:
        seven = match["seven"]
        return not (" " in seven and not re.match(r"let ", seven)) and not _UNIT.match(text, match.end())
    gap = match["gap"]
    if gap == "" or gap is None:
        return bool(match["viral"]) or not (long and long.lower().endswith("s"))
    if gap.isspace() and gap:
        # "12 miRNAs 24 h after", "miRNA 3' UTR": a bare number after a space must not be a count or a quantity
        follows = text[match.end() : match.end() + 1]
        if _UNIT.match(text, match.end()) or follows in ("'", "\u2032", "\u2019"):
            return False
        if short in ("MIR", "Mir") or (long and long.lower().endswith("s") and not re.search("[a-z]", match["body"])):
            return bool(re.match(r"\s*(?:,|and|or)\s", text[match.end() :])) and short not in ("MIR", "Mir")
    return True


def _coordinated(follower: re.Match[str], previous: re.Match[str], text: str, *, plural: bool) -> bool:
    if follower["bare"]:
        return True
    if follower["letter"]:  # "miR-29a, b and c": letters that go on from the one before
        before = re.search(r"(?:\d|^)([a-g])$", previous["name"])
        return before is not None and follower["letter"] > before[1]
    if _UNIT.match(text, follower.end()):
        return False
    if follower["dash"]:
        return not re.search(r"[.,]\d", follower["name"]) and not re.match(r"[.,]\d", text[follower.end() :])
    if re.match(r"[.,]\d|[-\u2010-\u2015\u2212](?![a-h]\b)[A-Za-z]", text[follower.end() :]):
        return False
    body = follower["body"]
    letter = re.fullmatch(rf"\d+\s?{D}?\s?([a-z])\d?", body)
    if follower["arm"]:
        return True
    if letter:
        before = re.search(r"\d([a-z])", previous["name"])
        return plural or letter[1] in "abc" or before is not None
    if plural:
        return len(body) <= 4
    # "miR-21 and 221 were": a bare number that miRBase knows, where no noun follows that it could count
    known = f"mir-{body}" in keys("mirna")
    return known and len(body) >= 2 and bool(_NO_NOUN.match(text, follower.end()))


def _span(start: int, end: int, text: str, match: re.Match[str], head: re.Match[str] | None) -> Span:
    return Span(start, end, "mirna", parse_name(text[start:end], after=head["name"] if head else ""), SOURCE, 0.98)


def parse_name(written: str, *, after: str = "") -> dict[str, object]:
    """Return species, number, arm, star, family and normal form of a name as written.

    `after` is the full name that a coordinated part ("-181b", "3p") follows.
    """
    plain = re.sub(rf"\s?{D}\s?", "-", written.strip()).lower()
    family = bool(re.search(r"\s(?:micro-?rna |mirna )?(?:family|families|clusters?)$", plain))
    plain = re.sub(r"\s(?:micro-?rna |mirna )?(?:family|families|clusters?)$", "", plain)
    species = ""
    if found := re.match(rf"({'|'.join(SPECIES)})[-\s]?(?=mi|let|lin|ban|iab|lsy)", plain):
        species, plain = found[1], plain[found.end() :]
    star = plain.endswith(("*", "\u2217", "\u22c6"))
    plain = plain.rstrip("*\u2217\u22c6")
    arm = ""
    if found := re.search(r"-([35])\s?p(?:/-?([35])p)?(?:\.\d)?$", plain):
        arm = f"{found[1]}p" + (f"/{found[2]}p" if found[2] else "")
        plain = plain[: found.start()]
    plain = re.sub(r"\((?:mirs?|mirnas?)\)", "", plain)
    if re.match(r"\s*(?:MIR|Mir)\d", written):  # a gene's symbol: MIR181A2 is mir-181a-2
        plain = re.sub(r"^(mir\d+[a-z])(\d)$", r"\1-\2", plain)
    stem = re.sub(r"^(?:micro\s?-?\s?rnas?|mi\s?-?rnas?|mirs?)[-\s]*", "", plain)
    if after:
        base = parse_name(after)
        species = species or str(base["species"])
        if not stem.strip("-"):  # "-3p" after "miR-140-5p"
            stem = str(base["number"])
        stem = stem.lstrip("- ")
        if re.fullmatch(r"[a-z]", stem):
            stem = re.sub(r"[a-z]*$", "", str(base["number"])) + stem
    stem = re.sub(r"^let[-\s]?7", "let-7", stem)
    stem = re.sub(r"^(let-7|\d+)-([a-h])(?![a-z0-9])", r"\1\2", stem)  # "130-b" is "130b"
    stem = re.sub(r"\s*[~\u223c\u02dc\uff5e\u301c]\s*", "~", re.sub(r"\s*/\s*-?", "/", stem)).strip("- ")
    if found := re.fullmatch(r"(let-7|\d+)s", stem):  # "let-7s", "miR-30s": the family
        stem, family = found[1], True
    stem = re.sub(r"^(\d+[a-h]?)-(\d{2,4}[a-h]?-\d)$", r"\1/\2", stem)  # a cluster: "15a-16-1"
    several = "~" in stem or "/" in stem
    named = re.match(r"let-7|lin-4|lsy-6|bantam|iab-|oncomir", stem)
    if re.match(r"[a-z]", stem) and not named:
        stem = stem.upper() if not stem.startswith("novel") else stem
    normal = (stem if named else f"miR-{stem}") + (f"-{arm}" if arm else "") + ("*" if star else "")
    return {"species": species, "number": stem, "arm": arm, "star": star, "family": family or several, "normal": normal}


CODES = {term.name: term["mirbase"] for term in of_class("animals", "named") if term["mirbase"]}


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the miRBase-style name with species, number and arm, and whether miRBase has it."""
    # a coordinated name ("-181b") was read beside the one before it; every other says all by itself
    value = known if known.get("number") else parse_name(written)
    code = str(value.get("species") or CODES.get(context.species, ""))
    listed, name, accession = mirbase(str(value["normal"]), code)
    return {
        **value,
        "species": code,
        "known": listed,
        "mirbase": name,
        "accession": accession,
        "near_miss": value.get("near_miss", ""),
    }


def mirbase(normal: str, code: str) -> tuple[bool, str, str]:
    """Return whether miRBase has the name (in the species; else in any), its full name, and the mature accession."""
    table = keys("mirna")
    names = [normal.lower()]
    stem = re.sub(r"(?:-[35]p(?:/[35]p)?|\*)$", "", names[0])
    names += [stem, re.sub(r"(?<=\d[a-z])-?\d$|(?<=\d)-\d$", "", stem)]
    first = re.split(r"[~/]", stem)[0]
    names.append(first)
    # a family ("miR-29") is known where a member is
    names += [f"{first}a", f"{first}-1"]
    full = f"{code}-{normal}" if code else normal
    if code and (found := table.get(f"{code}-{names[0]}")):
        return (True, full, f"MIMAT{found}") if not found.startswith("=") else (True, f"{code}-{found[1:]}", "")
    if code and any(f"{code}-{n}" in table for n in names):
        return True, full, ""
    return any(n in table for n in names), full, ""


def flag_near_misses(spans: Sequence[Span]) -> Sequence[Span]:
    """Mark miRNA names that are probably slips for one far more frequent ("miR-484-3p" beside "miR-485-3p")."""
    counts = Counter(s.value["normal"] for s in spans if s.label == "mirna")
    slips = {}
    for name, n in counts.items():
        if n > 2:
            continue
        for other, m in counts.items():
            if m >= max(5, 5 * n) and _one_figure_apart(name, other):
                slips[name] = other
                break
    if not slips:
        return list(spans)
    return [
        replace(s, value={**s.value, "near_miss": slips[s.value["normal"]]})
        if s.label == "mirna" and s.value["normal"] in slips
        else s
        for s in spans
    ]


def _one_figure_apart(a: str, b: str) -> bool:
    """Tell whether two names of one arm differ in one digit of numbers of three or more figures, or two exchanged."""
    one, two = re.fullmatch(r"miR-(\d{3,5})([a-z]*)(.*)", a), re.fullmatch(r"miR-(\d{3,5})([a-z]*)(.*)", b)
    if not one or not two or one[3] != two[3] or one[2] != two[2] or len(one[1]) != len(two[1]):
        return False
    differing = [i for i in range(len(one[1])) if one[1][i] != two[1][i]]
    return len(differing) == 1 or (
        len(differing) == 2
        and differing[1] == differing[0] + 1
        and one[1][differing[0]] == two[1][differing[1]]
        and one[1][differing[1]] == two[1][differing[0]]
    )


KIND = Kind(
    label="mirna",
    colour="#FFB3B8",
    find=find_mirna,
    joining=NAMED["grammar"],
    normal=normal,
    settle=flag_near_misses,
    named=frozenset(("MIRNA", "MICRORNA")),
)
