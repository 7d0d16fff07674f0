"""What a name says of a group: where it begins, what its wordings share, and its role."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vivex.vocabulary import DASHES

_BEFORE = re.compile(
    r"(?:[\w\u0370-\u03ff+/.%\u2010-\u2015'\u2019-]{1,70}\s){0,5}[\w\u0370-\u03ff+/%\u2010-\u2015'\u2019-]{1,70}$"
)
_WORDS_BEFORE = 70  # characters in which the name of a "... group" is sought
_STOP = frozenset(
    "a an the of in to and or for with by from on at as than between among both all each every per into within per "
    "that which were was is are "
    "be been had has have this these those its their other others another same one two three four five six seven "
    "eight nine ten respective "
    "corresponding several various different following study treatment experimental remaining whole first second "
    "third fourth any no only "
    "also while whereas when if but not vs versus compared received receiving showed relative across our we number "
    "rats mice animals more "
    "most many either whether given did does do then after before during using used control's equal main three-month "
    "age research working "
    "test functional carboxyl methyl amino hydroxyl amine alkyl phosphate blood matched additional separate larger "
    "smaller new independent "
    "single small large total similar patient aldehyde indole phenyl carbonyl thiol sulfhydryl ester ether heme "
    "nitro acyl alkyl methoxy cell cells protein proteins focus support ethnic taxonomic population there "
    "under between-subjects different-dose assigned".split()
) - {"control"}
_GENERIC = re.compile(
    r"(?:treat(?:ment|ed)|experimental|study|test|animals?|mice|rats|dose|age|sex|diet|drug|intervention|sub|main|"
    r"research|comparison|"
    r"functional|genotype|food|feeding|housing|\d+|n|(?:sham|control)?-?matched)s?",
    re.IGNORECASE,
)
_VAGUE = frozenset(("test", "treatment", "treated", "experimental", "study", "drug", "intervention"))
_LETTER = re.compile(r"[A-Za-z\u0370-\u03ff]")
_SHAM = re.compile(r"\bsham\b", re.IGNORECASE)
_TREATED = re.compile(
    r"treat|inject|dose|supplement|\bextract\b|\bmg\b|mg/kg|therap|\bplus\b|\s?\+\s?|inhibitor|\bdrug\b|mimic|"
    r"agonist|antagonist|administ",
    re.IGNORECASE,
)
_MODEL = re.compile(
    r"model|diabet|induced|lesion|disease|injur|infected|ischa?emi|arthrit|obes|tumou?r|high-fat|HFD|ligat|stress|"
    r"toxic",
    re.IGNORECASE,
)
_CONTROL = re.compile(
    r"control|vehicle|untreated|placebo|na\u00efve|naive|normal|wild|\bWT\b|healthy|saline|\bPBS\b|intact|scrambled|"
    r"non-?\w+ed\b",
    re.IGNORECASE,
)
_UNTREATED = re.compile(r"untreated|no\streatment|non-?treated|without", re.IGNORECASE)
_VEHICLE_ONLY = re.compile(r"\b(?:vehicle|(?:normal )?saline|PBS|water|DMSO|placebo)\b", re.IGNORECASE)


def role_of(name: str, agents: Sequence[str] = ()) -> str:
    """Return what a group is in the comparison, by its name: control, sham, model, treated or ""."""
    if _SHAM.search(name):
        return "sham"
    if _VEHICLE_ONLY.fullmatch(re.sub(r"[\s-](?:treated|injected|control|group)$", "", name)):
        return "control"
    plain = name.casefold()
    given = any(len(a) > 2 and a.casefold() in plain and not _VEHICLE_ONLY.search(a) for a in agents)
    treated = (given or _TREATED.search(name)) and not _UNTREATED.search(name)
    if treated and (given or not _CONTROL.search(name)):
        return "treated"
    if _MODEL.search(name) and not re.search(r"non-?diabet|normal", plain):
        return "model"
    if _CONTROL.search(name):
        return "control"
    return "treated" if given else ""


def key_of(words: str) -> str:
    """Return what the names of one group share: lower case, without articles, "group" and kinds of dash."""
    words = re.sub(rf"\s*[{DASHES}]\s*", "-", words.casefold())
    words = re.sub(r"^(?:the|a|an)\s|\s?\b(?:sub)?(?:groups?|cohorts?|mice|rats|animals)$", "", words.strip())
    return re.sub(r"\s+", " ", words).strip(" ,;:.")


def name_start(text: str, begin: int, end: int, *, sure: bool) -> int | None:
    """Return where the name of a "... group" begins: after the last word that can't be part of it; None where none is
    left.

    `sure`: its n is told, so that "test group" is one, too.
    """
    words = _BEFORE.search(text[max(begin, end - _WORDS_BEFORE) : end])
    if not words:
        return None
    start = None
    for word in reversed(list(re.finditer(r"\S+", words.group()))):
        bare = word.group().casefold()
        if (
            (bare in _STOP and not (sure and start is None and bare in _VAGUE))
            or bare.endswith(".")
            or re.fullmatch(r"\w+ly", bare)
        ):
            break
        start = end - len(words.group()) + word.start()
    if start is None:
        return None
    written = text[start:end]
    if (_GENERIC.fullmatch(written) and not (sure and written.casefold() in _VAGUE)) or not _LETTER.search(written):
        return None
    return start
