"""What a clause says of knowledge of the groups: blind, not blind, coded, or left open."""

from __future__ import annotations

import re

from vivex.assess.reading.words import ASSESSOR, CARER, PERSON, named

BLIND_TRAP = re.compile(
    r"\bare blind\b(?! (?:to|for|as)\b)|\bblind (?:mice|docking|deconvolution)|\bnight[- ]?blind\w*|"
    r"\bdouble-?blind (?:\w+[- ,]*){0,3}(?:trials?|peer)|\brecorded blindly|"
    r"\bcould (?:be )?mask(?:ed)?\b(?! (?:to|observer|assess|investigator|rater|fashion|manner))|"
    r"\bblind patch"
)
_PEOPLE = rf"(?:{PERSON}|{ASSESSOR}|{CARER}|who|she)"
_KNOWN = named(
    r"(?:{GROUP}|{ANIMAL}|allocat\w*|identit\w+|groupings?|genotyp\w*|content|contents|"
    r"experimental (?:design|groups?|conditions?)|hypothes[ie]s|origin|source|assigned|status|codes?|key|"
    r"substance|meaning|procedure|intervention|which|sex|received|treated|held)"
)
_BLIND = re.compile(
    r"\bblinded(?! (?:mice|rats|animals))\b|\bblindly\b|\bblinding\b|\bblind\b(?!s)|"
    rf"\bmasked to (?:the |{_KNOWN})|\b{_PEOPLE}\b[^.;]{{0,40}}\b(?:was|were) masked\b|\bmasking (?:was|"
    rf"of \w+ (?:{ASSESSOR}|{PERSON}))|\b{_PEOPLE}\b[^.;]{{0,110}}\b(?:uninformed|na[iï]ve|not told|"
    rf"in ignorance)\b[^.;]{{0,70}}\b{_KNOWN}\b|\b(?:unaware|not aware|"
    rf"ignorant) of (?:the )?(?:\w+ ){{0,3}}{_KNOWN}\b|\bwithout (?:knowing|"
    rf"knowledge)\b[^.;]{{0,60}}\b{_KNOWN}\b|\b{_PEOPLE}\b[^.;]{{0,110}}\b(?:did not|"
    rf"could not) know\b[^.;]{{0,80}}\b{_KNOWN}\b|\bhad no access\b[^.;]{{0,60}}\b{_KNOWN}\b|"
    rf"\bkept (?:\w+ ){{0,3}}uninformed|\b(?:concealed|hidden|withheld) from (?:\w+ ){{0,3}}{_PEOPLE}\b|"
    r"\bkept in the dark about\b|\bnot privy to\b|\bneither\b[^.;]{0,120}\bknew\b|"
    r"\bnobody (?:\w+ ){0,6}knew\b|\bno one\b[^.;]{0,50}\bknew\b|\bbefore (?:establishing|"
    r"learning)\b[^.;]{0,30}\b(?:identity|group)"
)
_ITEMS = r"(?:slides?|sections?|samples?|images?|videos?|animals)"
_DOSES = r"vials?"
_CODED = re.compile(
    rf"\b(?:{_ITEMS}|{_DOSES})\b[^.;]{{0,50}}\b(?:coded|numeric codes?|de-?identified|"
    rf"by (?:\w+ ){{0,3}}codes?\b)|\bcoded (?:\w+ ){{0,2}}{_ITEMS}\b|\bacquired, coded\b"
)
_CODED_USE = re.compile(r"\b(?:coded|codes?|de-?identified)\b[^.;]{0,80}\b(?:and|so that|key|who)\b")
_CODED_TRAP = re.compile(r"\bcolou?r[- ]?coded\b")
_KNEW = re.compile(
    rf"\b{_PEOPLE}\b[^.;]{{0,110}}\b(?:knew|(?:was|were)\b[^.;]{{0,30}}\baware of|"
    rf"was told)\b[^.;]{{0,60}}\b{_KNOWN}\b|\bwith knowledge of (?:\w+ )?{_KNOWN}"
)
_DENIED = re.compile(
    r"\b(?:not|nor|no|without)\b(?! (?:only|known|know|clear))[^.;,]{0,60}?\b(?:blind(?:ed|ing)?|"
    r"masked)\b(?! (?:of )?(?:mice|rats|spot))|\b(?:blind(?:ed|ing)?|"
    r"masking)\b[^.;]{0,70}\b(?: ?not (?:possible|feasible|done|attempted|be)\b|impossible|"
    r"impracticable|omitted)|\bimpossible to (?:\w+ ){0,2}blind|\bnon-?blinded\b|"
    r"\bnot (?:\w+ ){0,3}unaware|\bno masking\b"
)
_HEDGE = re.compile(r"\b(?:may have|might have|whether|could have)\b")
_SOME = re.compile(r"\bfor some experiment\w*")


def plain(text: str) -> str:
    """Return the text without what is blind, masked or coded in another sense."""
    return _CODED_TRAP.sub(" ", BLIND_TRAP.sub(" ", text))


def speaks(text: str) -> bool:
    """Tell whether the (plain) text speaks of somebody's knowledge of the groups."""
    return bool(_BLIND.search(text) or _KNEW.search(text) or _CODED.search(text) or _DENIED.search(text))


def state(part: str) -> tuple[str, bool]:
    """Return what the (plain) clause says, "yes" (blind), "no", "mentioned" or "", and whether by coding alone."""
    denied = bool(_DENIED.search(part))
    blind = bool(_BLIND.search(part)) and not denied
    coded = bool(_CODED.search(part))
    knew = bool(_KNEW.search(part)) and not blind and not denied
    if knew and re.search(r"\b(?:not|no)\b(?! blind)", part):
        knew = False
    if not (denied or blind or coded or knew):
        return "", False
    if _SOME.search(part) or _HEDGE.search(part):
        return "mentioned", False
    if denied or knew:
        return "no", False
    if coded and not blind:
        return ("yes" if _CODED_USE.search(part) else "mentioned"), True
    return "yes", False
