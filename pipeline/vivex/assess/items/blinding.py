"""Items 5 and 7: who knew the groups, those who treat and care or those who measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.knowledge import plain, speaks, state
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

CARERS, ASSESSORS = "blinding_caregivers", "blinding_outcome_assessors"

_CUE = re.compile(
    r"blind|mask|aware|know|knew|code|identi|naive|ignoran|inform|independent|automat|keeper|distinguish|"
    r"access|privy|dark|conceal|hidden"
)
_EXPERIMENT = re.compile(r"\bexperiments? were (?:\w+ ){0,3}blind|\bdouble-?blind")
_CARER = pattern(r"\b{CARER}\b")
_ASSESSOR = pattern(r"\b{ASSESSOR}\b")
_PERSON = pattern(r"\b{PERSON}\b")
_STRICT_MEASURE = re.compile(
    r"\b(?:scor\w*|assess(?!ors?\b)\w*|evaluat\w*|count(?:s|ed|ing)?\b|graded|analy[sz]\w*|quantif\w*|"
    r"tests?\b|tested|testing|behaviou?r\w*|record\w*|imag\w+|histolog\w*|measur\w*|"
    r"examin(?!ers?\b)\w*|videos?|slides?|sections?|echocardiogra\w*|outcomes?|judged|determin\w*|"
    r"identified|necrops\w*|inspect\w*|observed|observations?|read\b|readings?|segment\w*|samples?|"
    r"assays?|weighed|scans?|radiograph\w*)\b"
)
_STRICT_TREAT = pattern(
    r"\b(?:inject\w*|administ\w*|gavag\w*|handl(?:ed|ing)|operated|cared?\b|caring|feeding|implanted|"
    r"nursed|an(?:a)?esthesi\w*|procedures?|monitored (?:the )?mice)\b"
)
_GENERAL_TREAT = re.compile(r"\bduring treatment\b")


_DOSES = re.compile(r"\bvials?\b")
_STRICT_COUNT = re.compile(r"\b(?:operating the \w+meters?|videos?)\b")
_ALLOCATOR = re.compile(
    r"\bnext animal\b|\b(?:person|researchers?|who) (?:\w+ ){0,2}(?:allocat(?:ing|ed)|assign(?:ing|ed)|"
    r"enrol\w*|put the)|\benrolling\b"
)
_INJECTING = re.compile(
    r"\b(?:who|person|persons|those|experimenters?|researchers?) (?:\w+ ){0,3}?(?:inject\w*|dosed\b|"
    r"handled|treat(?:ed|ing)\b|gave\b|giving|fed\b|surger\w*|vaccinat\w*)"
)
_AND_MEASURE = re.compile(r"\band\b[^.;]{0,30}\boperating the\w*")
_TREAT_AND = re.compile(r"\b(?:injections?|procedures?) and |\band (?:\w+ ){0,2}procedures\b")
_PERFORM = re.compile(r"\bperform\w* (?:\w+ ){0,2}tests?\b|\bperforming the\b")
_BY_BLIND_TO_DRUG = re.compile(
    r"(?<!each )\bexperiments? were performed\b[^.;]{0,120}\bby (?:\w+ "
    r"){0,3}experimenters?\b[^.;]{0,30}\bblind\w*\b[^.;]{0,40}\bdrugs?\b"
)
_IS_BLIND = re.compile(
    r"\bexperimenters? (?:was)?\s?blind\w*(?! (?:to|of) the identity)(?![^.;]*\b(?:samples?|slides|"
    r"sections|images)\b)"
)
_WHILE_MEASURING = re.compile(r"\bfor (?:\w+ ){0,3}quantif|\bby (?:\w+ )?experimenters?")
_PRIOR = re.compile(r"\bgenotypes? was blinded|\bblinded experiment|\bin a blind(?:ed)? manner\b")
_TO_GROUP = re.compile(
    r"\b(?:blinded|blindly|unaware|knowledge)\b[^.;]{0,25}\b(?:treatments?|groups?|identity|allocation|"
    r"fashion)"
)
_ALIKE = re.compile(r"\bindistinguishable\b")
_WHY = {
    "yes": "stated to be blind",
    "no": "stated not to be blind",
    "mentioned": "blinding named, its success left open",
}


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about who was blind."""
    if not reading.own or not _CUE.search(reading.text):
        return
    text = plain(reading.text)
    if not speaks(text):
        yield from _closest(reading, text)
        return
    if reading.role == "discussion":
        return
    for part in _joined(reading.clauses):
        yield from _part(reading, plain(part))


def _closest(reading: FoldedSentence, text: str) -> Iterator[Indication]:
    """Yield the nearest passage where nobody's knowledge is spoken of."""
    if _ALIKE.search(text):
        yield _made(reading, CARERS, "mentioned", 0.3, "treatments alike, persons not named")
    elif _STRICT_MEASURE.search(text):
        if re.search(r"\bautomat\w*", text):
            yield _made(reading, ASSESSORS, "automated", 0.2, "measured automatically, blinding not stated")
        elif re.search(r"\b(?:two|three) independent\b|\bindependently\b", text):
            yield _made(reading, ASSESSORS, "mentioned", 0.2, "independent, not said to be blind")


def _joined(clauses: tuple[str, ...]) -> list[str]:
    """Return the clauses, those that don't speak of knowledge joined to a neighbour that does."""
    out: list[str] = []
    for clause in clauses:
        if out and (not speaks(plain(out[-1])) or not speaks(plain(clause))):
            out[-1] = out[-1] + ", " + clause
        else:
            out.append(clause)
    return out


def _made(reading: FoldedSentence, item: str, answer: str, strength: float, why: str, who: str = "") -> Indication:
    signal = "caregivers_blind" if item == CARERS else "assessors_blind"
    return Indication(item, signal, answer, strength, ((reading.start, reading.end),), why, {"who": who} if who else {})


def _part(reading: FoldedSentence, part: str) -> Iterator[Indication]:
    """Yield the findings of one clause (or a few that belong together)."""
    answer, coded = state(part)
    if not answer:
        return
    carers, assessors, who = _roles(part, answer, coded)
    why = "coded samples or treatments" if coded and answer == "yes" else _WHY[answer]
    where = 0.1 if reading.role in ("methods", "results") else 0.0
    if carers:
        yield _made(reading, CARERS, answer, carers + where, why + ": those who treat or care", who)
    if assessors:
        yield _made(reading, ASSESSORS, answer, assessors + where, why + ": those who measure", who)


def _roles(part: str, answer: str, coded: bool) -> tuple[float, float, str]:
    """Return how strongly the clause speaks of caregivers and of assessors (0: not at all), and who is named."""
    measure, treat = (bool(_STRICT_MEASURE.search(part)), bool(_STRICT_TREAT.search(part)))
    assessor, carer = bool(_ASSESSOR.search(part)), bool(_CARER.search(part))
    if coded and _DOSES.search(part):
        return (0.0, 0.6, "") if _STRICT_COUNT.search(part) else (0.6, 0.0, "coded treatments")
    if coded:
        return 0.0, 0.7, ""
    if _ALLOCATOR.search(part) and not (measure and _STRICT_COUNT.search(part)) and not _INJECTING.search(part):
        return 0.0, 0.0, ""
    if assessor and not carer:
        return 0.0, 0.9, "assessor"
    if carer:
        also = assessor or bool(_STRICT_COUNT.search(part))
        return 0.9, (0.7 if also else 0.0), "caregiver"
    if _INJECTING.search(part) or (treat and not measure):
        return (0.8, (0.7 if _STRICT_COUNT.search(part) and _AND_MEASURE.search(part) else 0.0), "caregiver")
    if _GENERAL_TREAT.search(part) and _PERSON.search(part):
        return 0.75, 0.75, "experimenter"
    if treat and measure:
        return (0.75 if _TREAT_AND.search(part) else 0.0), 0.8, "experimenter"
    if answer == "no" and _PERFORM.search(part):
        return 0.7, 0.8, "experimenter"
    if _BY_BLIND_TO_DRUG.search(part):
        return 0.6, 0.8, "experimenter"
    if measure:
        return ((0.5 if _IS_BLIND.search(part) and not _WHILE_MEASURING.search(part) else 0.0), 0.8, "experimenter")
    if _EXPERIMENT.search(part) or _PERSON.search(part) or _PRIOR.search(part):
        return 0.7, 0.7, "experimenter"
    if _TO_GROUP.search(part):
        return 0.0, 0.6, ""
    return 0.0, 0.0, ""
