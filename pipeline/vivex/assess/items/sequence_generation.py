"""Item 1: how animals came into their groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "sequence_generation"

_CUE = re.compile(
    r"rand|\blot\b|dic?e\b|shuffl|draw|urn\b|alternat|accord|depend|number|whichever|decid|side|generated|"
    r"lottery"
)
# What else is random in a laboratory: none of it forms groups of animals.
RANDOM_TRAP = pattern(
    r"random(?:ly)?[- ](?:effect|interval|start|variat|permut|shuffl)\w*",
    r"considered random\b(?! (?:order|sequence|manner|fashion))",
    r"\brandomly (?:selected|chosen|picked|taken)",
    r"\b(?:selected|picked|taken) (?:\w+ ){0,2}at random",
)
# What produces chance
_DEVICE = pattern(
    r"\brandom[- ](?:numbers?|digits?|draw\w*|list|sequence)\b",
    r"\b(?:program\w*|statistic\w*)[- ](?:\w+[- ]){0,2}random",
    r"\brandomi[sz]ation (?:list|code|plan)s?\b",
    r"\brandomi[sz]\w*\b.{0,60}\b(?:by|using|with|in) (?:\w+[- ]){0,5}(?:computers?|excel|spreadsheets?|"
    r"web|r)\b",
    r"\b(?:computer|excel)\b.{0,50}\brandom",
    r"\ballocation (?:sequence|list)s?\b.{0,30}\bgenerated (?:by|with|in)\b",
    r"\bby lot\b",
    r"\bdraw\b.{0,40}\blots?\b",
    r"\bstraws?\b.{0,60}\bdrawn\b",
    r"\b(?:toss|throw|roll)\w*\b.{0,20}\b(?:coin|dic?e)\b|\bcoin\b.{0,14}\btoss\w*",
    r"\bshuffl(?:ed|ing)\b|\blottery\b|\burn\b|\bfrom a hat\b",
    r"random\.org|\brandomi[sz]er\b|randomi[sz]ation\.com|\brand(?:\b ?function|\b formula)|\bsample\(",
    r"\bgenerated in r\b",
    r"\bsealedenvelope\b",
    r"random.{0,40}\bblocks? (?:of|size)\b",
)
_NOT_DEVICE = pattern(
    r"\b(?:spikes?|trials|touch|bootstrap\w*|null distribution|simulat\w*|stimuli|odou?rs?|neuron\w*|"
    r"genes?|firing)\b"
)
# Groups are formed, or members of a group receive something
_FORMING = pattern(r"\b{ASSIGN}\b", r"\bwhich (?:\w+ ){0,5}should\b", r"\breceived (?:\w+ ){0,5}water\b")
_ANY_GROUP = pattern(r"\b(?:{GROUP}|{ANIMAL})\b")
_BEAST = pattern(r"\b{ANIMAL}\b|\bcages\b")
_GROUPING = pattern(r"\b{ASSIGN}\b.{0,80}\b{GROUP}\b", r"\bgroup of each")
_OTHER_TARGET = pattern(
    r"\b(?:order|sequence)s? (?:in which|of (?:the )?(?:test|animals))\w*",
    r"\brandom order\b|\border drawn\b",
    r"\btesting orders?",
    r"\bcages? positions?\b|\blocations? of (?:the )?pens?|\bhousing\b",
)
_STATED = pattern(
    r"\brandom\w* (?:\w+ ){0,3}(?:allott?|distribut|group\b)",
    r"\b(?:allott?|distribut)\w*\b.{0,50}\b(?:at random|randomly)",
    r"\b(?:{ANIMAL}|cages)\b.{0,50}\b(?:were|was) (?:\w+ ){0,3}randomi[sz]ed\b(?! order)",
    r"\brandomi[sz]e (?:the )?{ANIMAL}|\brandomi[sz]ation of (?:the )?{ANIMAL}",
    r"\brandomi[sz]ed,? (?:\w+[- ,]+){0,3}(?:block|trial|latin square|groups)",
    r"\brandom\w* .{0,60}\b(?:to|into) (?:\w+ ){0,3}{GROUP}\b",
    r"\b{GROUP}\b.{0,40}\b(?:at random|randomly)\b|\brandom (?:assignment|allocation)\b|\brandomi[sz]ed "
    r"{ANIMAL}",
)
_DENIED = pattern(
    r"\b(?:not|never|without|no|non)\b[- ](?!blind|mask|aware|conceal|"
    r"inform)(?:\w+[- ]){0,4}?(?:randomi[sz]\w*|random\b|randomly)",
    r"\brandomi[sz]ation (?:of (?:\w+ ){1,5}?)?was (?:not|omitted)",
)
_NO_DETAIL = pattern(r"\bno (?:\w+ ){0,3}details?s? (?:\w+ ){0,3}procedure", r"\brandom sampling\b")
# Bases of allocation that aren't chance
_BASIS = r"(?:weekdays?|(?:\w+ ){0,2}scores?)"
_BY_BASIS = pattern(rf"\b(?:according to|depend(?:ed)? on) (?:[\w']+ ){{0,3}}?{_BASIS}\b")
_RULE = pattern(
    r"\beven[- ](?:numbered\b|(?:[\w-]+[- ]){0,3}ones\b)",
    r"\bdecided\b.{0,40}\bwhich {ANIMAL}\b",
    r"\bquasi-?random\w*\b",
    r"\bwhichever\b",
)
_ALTERNATE = pattern(
    r"\balternating\b.{0,90}\b{GROUP}\b", r"\b(?:assign\w*|allocat\w*)\b.{0,60}\balternat(?:ely|ing)\b"
)
_ALTERNATE_TRAP = pattern(r"\balternat\w* explanation\b")
_BATCH = pattern(r"\bon the left\b.{0,90}?\bdrug\b.{0,80}?\bright\b.{0,80}?\bwater\b")
_MEASURING = pattern(r"\b(?:assessed|tested|measured|scanned|examined)\b")
_STRATIFIED = re.compile(r"(?<!quasi-)\brandom")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about the allocation sequence."""
    if not reading.own or reading.kind == "table" or not _CUE.search(reading.text):
        return
    found = _sequence(reading)
    if found:
        signal, answer, strength, why = found
        if reading.role == "discussion" and not re.search(r"\bwe\b|\bour\b|\bpresent study", reading.text):
            return
        where = 0.05 if reading.role in ("methods", "other") else 0.0
        yield Indication(ITEM, signal, answer, strength + where, ((reading.start, reading.end),), why)


def denied(reading: FoldedSentence) -> bool:
    """Tell whether the sentence says that animals were not randomised (to groups)."""
    for clause in (RANDOM_TRAP.sub(" ", c) for c in reading.clauses):
        if not _DENIED.search(clause) or _NO_DETAIL.search(clause):
            continue
        if _OTHER_TARGET.search(clause) and not _GROUPING.search(clause):
            continue
        if re.search(r"\bplac\w*\b[^.]{0,30}\bcages?|\bcages?\b[^.]{0,30}\b(?:plac|locat|position)", clause):
            continue
        return True
    return False


def alternates(text: str) -> bool:
    """Tell whether animals were put into groups by alternation."""
    return bool(_ALTERNATE.search(_ALTERNATE_TRAP.sub(" ", text)))


def _sequence(reading: FoldedSentence) -> tuple[str, str, float, str] | None:
    text = RANDOM_TRAP.sub(" ", reading.text)
    if denied(reading):
        return "randomised", "denied", 0.9, "says that allocation was not random"
    other = bool(_OTHER_TARGET.search(text))
    grouping = bool(_GROUPING.search(_OTHER_TARGET.sub(" ", text)))
    forming = grouping or bool(_FORMING.search(text))
    opened = re.search(r"\bopen(?:ly)?\b", text)
    chance = _DEVICE.search(text) and not _NOT_DEVICE.search(text) and not opened
    if chance and (
        grouping
        or (
            not other
            and (
                forming
                or (_ANY_GROUP.search(text) and not _MEASURING.search(text) and reading.role in ("methods", "other"))
            )
        )
    ):
        return ("random_component", "described", 0.9 if grouping else 0.75, "names how chance was produced")
    if not _MEASURING.search(text) and not _NOT_DEVICE.search(text):
        animals = _BEAST.search(text)
        given = forming or re.search(r"\bgroups?\b|\bodd\b.*\beven\b|\beven\b.*\bodd\b", text)
        if animals and forming and _BY_BASIS.search(text) and not _STRATIFIED.search(text):
            return ("non_random_rule", "stated", 0.85, "allocation follows a rule that is not random")
        if given and _RULE.search(text) and not _STRATIFIED.search(text):
            return ("non_random_rule", "stated", 0.85, "allocation follows a rule that is not random")
        if forming and alternates(text):
            return "non_random_rule", "stated", 0.85, "allocation by alternation"
        if (
            animals
            and forming
            and _BATCH.search(text)
            and not _STRATIFIED.search(text)
            and reading.role in ("methods", "other")
        ):
            return "non_random_rule", "stated", 0.75, "allocation by time or place"
    if stated(text):
        return "randomised", "stated", 0.85 if grouping else 0.6, "says random, not how"
    return None


def stated(text: str) -> bool:
    """Tell whether the (trap-free) text says that animals were put into groups at random."""
    if not _STATED.search(text) or _NOT_DEVICE.search(text):
        return False
    if _OTHER_TARGET.search(text) and not _GROUPING.search(_OTHER_TARGET.sub(" ", text)):
        return False
    if re.search(r"\b(?:to|among) (?:the )*pens?\b", text) and not _GROUPING.search(text):
        return False
    return not re.search(r"\b(?:cells were|target arms|stimul\w*)\b", text)
