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
    r"blind|mask|aware|know|knew|code|coding|anonym|identi|naive|ignoran|inform|indistinguish|identical|"
    r"independent|automat|tracking|keeper|caretaker|handler|alike|tell|distinguish|recogni|access|privy|dark|"
    r"label|conceal|hidden"
)
_EXPERIMENT = re.compile(
    r"\b(?:all|the|these|both|our|animal|in vivo|whole) (?:\w+ )?(?:experiments?|stud(?:y|ies)|procedures|"
    r"work)\b[^.;]{0,60}\b(?:blind(?:ed|ly)?|masked|double-?blind)\b|"
    r"\b(?:experiments?|study|procedures) (?:was|were) (?:\w+ ){0,3}(?:in a )?(?:\w+[- ])?(?:blind(?:ed|ly)?|"
    r"masked)|\bdouble-?blind|\btriple-?blind|\ball (?:personnel|staff|investigators|persons|those|"
    r"experimenters|researchers|people)\b"
)
_CARER = pattern(r"\b{CARER}\b")
_ASSESSOR = pattern(r"\b{ASSESSOR}\b")
_PERSON = pattern(r"\b{PERSON}\b")
_STRICT_MEASURE = re.compile(
    r"\b(?:scor\w*|assess(?!ors?\b)\w*|evaluat\w*|count(?:s|ed|ing)?\b|grad(?:ed|ing)|analy[sz]\w*|quantif\w*|"
    r"tests?\b|tested|testing|behaviou?r\w*|record\w*|imag\w+|histolog\w*|measur\w*|examin(?!ers?\b)\w*|rated|"
    r"rating|trac(?:ed|ing)|videos?|slides?|sections?|review(?:ed|ing)|echocardiogra\w*|data collection|"
    r"outcomes?|"
    r"classif\w*|judged|determin\w*|placement|identified|electrophysiolog\w*|necrops\w*|palpat\w*|inspect\w*|"
    r"acquisition|observed|observ(?:ation|ing)s?|read\b|readings?|segment\w*|estimat\w*|calculat\w*|"
    r"reconstruct\w*|samples?|specimens?|staining|assays?|plethysmogra\w*|weighed|photograph\w*|scans?|"
    r"radiograph\w*)\b"
)
_STRICT_TREAT = pattern(
    r"\b(?:inject\w*|administ\w*|gavag\w*|dosing|dosed|infus(?:ed|ing|ions?)|treating|handl(?:ed|ing|es|e)|"
    r"husbandry|surger\w*|surgical\w*|operated|operating on|operations?\b|cared?\b|care of|caring|fed\b|"
    r"feeding|implanted|implanting|occlud\w*|inoculat\w*|vaccinat\w*|dispens\w*|gave|giving|"
    r"deliver(?:ed|ing|s)?|managed|looked after|looking after|tended|attended|nursed|"
    r"an(?:a)?esthe(?:ti[sz]|si)\w*|performing the (?:surgery|treatments?)|ligated|procedures?|health checks?|"
    r"treatments? (?:was|were) (?:given|administered)|monitored the|"
    r"monitor(?:ed|ing) (?:the )?(?:mice|rats|animals))\b"
)
_GENERAL_TREAT = re.compile(
    r"\b(?:during|throughout|while|conducting|performing|running|"
    r"carrying out) (?:the )?(?:\w+ )?(?:experiments?|study|trial|course|treatment|housing|conduct)\b|"
    r"\b(?:conduct of the|allocation during) experiments?"
)
_EXPERIMENTER = re.compile(
    r"\b(?:experimenters?|investigators?|researchers?|scientists?|authors?|operators?|personnel|testers?)\b"
)


_DOSES = re.compile(
    r"\b(?:vials?|syringes?|bottles?|bags|containers?|feeds?|diets?|solutions?|treatments?|drugs?|capsules|"
    r"sacks|drinking water|test substances?|compounds)\b"
)
_STRICT_COUNT = re.compile(
    r"\b(?:scor(?!ers?\b)\w*|assess(?!ors?\b)\w*|analy(?!sts?\b)\w*|evaluat(?!ors?\b)\w*|count(?!ers?\b)\w*|"
    r"grad(?:ed|ing)|measur\w*|quantif\w*|traced|outcomes?|operating the \w+(?:meters?|apparatus|maze)|"
    r"videos?|rated|rating)\b"
)
_ALLOCATOR = re.compile(
    r"\bnext (?:animal|group|treatment|assignment)\b|\b(?:person|people|investigators?|researchers?|"
    r"operators?|technicians?|those|who|colleague|statistician|member|staff|"
    r"neither the person) (?:\w+ ){0,2}(?:allocat(?:ing|ed)|assign(?:ing|ed)|enrol\w*|making the assignment|"
    r"randomi[sz](?:ing|ed)|put the)|\benrolling\b|\bperson making the (?:assignment|allocation)"
)
_INJECTING = re.compile(
    r"\b(?:who|whom|person|persons|people|technicians?|staff|personnel|those|investigators?|experimenters?|"
    r"researchers?|operators?|colleagues?|students?) (?:who |that |whom |which |responsible for |"
    r"in charge of |performing |carrying out |doing |entrusted with )?(?:\w+ ){0,3}?(?:inject\w*|administ\w*|"
    r"gavag\w*|dos(?:ed|ing)\b|handl(?:ed|ing)|operat(?:ed|ing)\b|treat(?:ed|ing)\b|gave\b|giving|fed\b|"
    r"feeding|deliver\w*|infus\w*|implant\w*|surger\w*|husbandry|anaesthe\w*|anesthe\w*|look\w* after|tend\w*|"
    r"vaccinat\w*|inoculat\w*|mix(?:ed|ing)\b|dispens\w*|monitor\w* the (?:mice|rats|animals)|health checks?)"
)
_AND_MEASURE = re.compile(
    r"\b(?:and|or|nor|as well as|also)\b[^.;]{0,30}\b(?:operating the|scor|assess|analy|evaluat|count|measur|"
    r"grad|quantif|outcome)\w*"
)
_AND_CARER = re.compile(
    r"\b(?:surgeons?|care ?takers?|caregivers?|handlers?|keepers?|technicians) (?:and|or|as well as|nor)|"
    r"\b(?:and|or|nor) (?:the )?(?:surgeons?|care ?takers?|caregivers?|handlers?|keepers?|animal technicians)"
)
_TREAT_AND = re.compile(
    r"\b(?:surgical procedures?|surger(?:y|ies)|injections?|treatments?|procedures?|administration|handling|"
    r"operations?|dosing|infusions?|housing|care) (?:and|as well as|or|,|nor) |"
    r"\b(?:and|as well as|or|nor) (?:\w+ ){0,2}(?:surgical procedures?|surger(?:y|ies)|injections?|"
    r"treatments?|handling|operations?|dosing|procedures)\b|\bhandling the (?:animals|mice|rats) and\b"
)
_PERFORM = re.compile(
    r"\b(?:perform\w*|conduct\w*|carr(?:y|ied) out|run|running|do) (?:the |all |these |"
    r"any )?(?:\w+ ){0,2}(?:tests?|experiments?|procedures?|stud(?:y|ies)|trials)\b|\bperforming the\b"
)
_BY_BLIND_TO_DRUG = re.compile(
    r"(?<!each )\bexperiments? (?:was|were) (?:\w+ )?(?:performed|conducted|carried out|"
    r"done)\b[^.;]{0,120}\bby (?:\w+ ){0,3}(?:experimenters?|investigators?|researchers?|"
    r"operators?)\b[^.;]{0,30}\b(?:blind\w*|unaware|masked)\b[^.;]{0,40}\b(?:drugs?|treatments?|groups?|"
    r"allocation)\b"
)
_IS_BLIND = re.compile(
    r"\b(?:experimenters?|investigators?|researchers?) (?:was|were|is|are|being|remained|stayed|"
    r"kept)?\s?(?:always |all |also |kept |fully )?(?:blind|unaware|masked|"
    r"not aware)\w*(?! (?:to|of) the identity)(?![^.;]*\b(?:samples?|slides|sections|images)\b)"
)
_WHILE_MEASURING = re.compile(
    r"\b(?:during|for|in|when|while|at|throughout) (?:the )?(?:\w+ ){0,3}(?:scor|analy|count|quantif|evaluat|"
    r"assess|measur|imag|data|test|record|behavio|identif|classif)|"
    r"\bby (?:an? |two |the |one |male |female )?(?:\w+ )?(?:experimenters?|investigators?|researchers?)|"
    r"\b(?:scored|counted|rated|analy[sz]ed|assessed|evaluated|measured|graded|quantified|classified)\b"
)
_PRIOR = re.compile(
    r"\b(?:blinded|masked) prior to the experiment|\bgenotypes? (?:was|were) blinded|"
    r"\bblinded (?:study|experiment|design)|\bin a (?:double-)?blind(?:ed)? (?:manner|fashion|way)\b"
)
_TO_GROUP = re.compile(
    r"\b(?:blind|blinded|blindly|masked|unaware|knowing|knowledge)\b[^.;]{0,25}\b(?:genotypes?|treatments?|"
    r"conditions?|groups?|diets|identity|sex|allocation|manner|fashion)"
)
_ALIKE = re.compile(
    r"\bindistinguishable\b|\bidentical (?:in )?(?:appearance|colou?r|looking|vials|syringes)|"
    r"\blooked (?:alike|the same|identical)"
)
_OPEN = re.compile(r"\b(?:it is possible that|may have|might have|whether|not known|attempted)\b")
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
    if reading.role == "discussion" and not re.search(r"\bwe\b|\bour\b|\bthis study\b|\bhere\b|\bpresent study", text):
        return
    for part in _joined(reading.clauses):
        yield from _part(reading, plain(part))


def _closest(reading: FoldedSentence, text: str) -> Iterator[Indication]:
    """Yield the nearest passage where nobody's knowledge is spoken of."""
    if _ALIKE.search(text):
        yield _made(reading, CARERS, "mentioned", 0.3, "treatments alike, persons not named")
    elif re.search(r"\bkeepers?|caretakers?|handlers?", text) and _OPEN.search(text):
        yield _made(reading, CARERS, "mentioned", 0.3, "leaves open what the caregivers knew")
    elif _STRICT_MEASURE.search(text):
        if re.search(r"\bautomat\w*|\bvideo-?tracking", text):
            yield _made(reading, ASSESSORS, "automated", 0.2, "measured automatically, blinding not stated")
        elif re.search(r"\b(?:two|three|2|3) independent\b|\bindependently\b", text):
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
    measure, treat = bool(_STRICT_MEASURE.search(part)), bool(_STRICT_TREAT.search(part))
    assessor, carer = bool(_ASSESSOR.search(part)), bool(_CARER.search(part))
    if coded and _DOSES.search(part):
        return (0.0, 0.6, "") if _STRICT_COUNT.search(part) else (0.6, 0.0, "coded treatments")
    if coded:
        return 0.0, 0.7, ""
    if _ALLOCATOR.search(part) and not (measure and _STRICT_COUNT.search(part)) and not _INJECTING.search(part):
        return 0.0, 0.0, ""
    if assessor and not carer:
        return (0.8 if _AND_CARER.search(part) else 0.0), 0.9, "assessor"
    if carer:
        also = assessor or bool(_STRICT_COUNT.search(part))
        return 0.9, (0.7 if also else 0.0), "caregiver"
    if _INJECTING.search(part) or (treat and not measure):
        return 0.8, (0.7 if _STRICT_COUNT.search(part) and _AND_MEASURE.search(part) else 0.0), "caregiver"
    if _GENERAL_TREAT.search(part) and _PERSON.search(part):
        return 0.75, 0.75, "experimenter"
    if treat and measure:
        return (0.75 if _TREAT_AND.search(part) else 0.0), 0.8, "experimenter"
    if answer == "no" and _PERFORM.search(part):
        return 0.7, 0.8, "experimenter"
    if _BY_BLIND_TO_DRUG.search(part):
        return 0.6, 0.8, "experimenter"
    if measure:
        return (0.5 if _IS_BLIND.search(part) and not _WHILE_MEASURING.search(part) else 0.0), 0.8, "experimenter"
    if _EXPERIMENT.search(part) or _PERSON.search(part) or _PRIOR.search(part):
        return 0.7, 0.7, "experimenter"
    if _TO_GROUP.search(part):
        return 0.0, 0.6, ""
    return 0.0, 0.0, ""
