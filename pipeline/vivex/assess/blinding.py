"""Items 5 and 7: who knew the groups, those who treat and care or those who measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.finding import Finding
from vivex.assess.reading import Reading
from vivex.assess.words import pattern

CARERS, ASSESSORS = "blinding_caregivers", "blinding_outcome_assessors"

BLIND_TRAP = re.compile(
    r"\b(?:functionally|congenitally|visually|totally|completely|legally|nearly|partially|cortically|becom\w+|became|went|are|is) blind\b(?! (?:to|for|as)\b)|\bblind (?:mice|rats|animals|mole|cave|fish|spot|cavefish|patch|whole|docking|source|deconvolution|ended|end|loop|pouch|stump|sac|people|patients|individuals|subjects|dogs|search|"
    r"insertion|intubation|gavage|test set|prediction|validation|passage|alley|peer)|\b(?:colou?r|night|red-green|mind|snow|face|smell|mole|deaf)[- ]?blind\w*|\bblind-?(?:ended|ending|sided|fold)|\bblindness\b|\bblindfold|\bdouble-?blind(?:ed)? (?:\w+[- ,]*){0,3}(?:trials?|placebo|clinical|peer|crossover stud)|"
    r"\bblinded by (?:bilateral|removal|enucleat|suturing|surg|eyelid|retinal|optic|section|exposure|intense|light|laser)|\b(?:surgically|bilaterally|optically|peripherally) blinded|\bblinded (?:mice|rats|animals|hamsters|monkeys|birds|toads?)\b|\bblinding (?:light|disease|disorder|condition|eye)|\bintubated blindly|\bblindly (?:intubat|insert|advanc|lower|introduc|patched|docked|passed)\w*|"
    r"\b(?:antigen|epitope|un|noise|backward|forward|auditory|visual|binary|image|brain|spatial|face|gas|facial|photo|shadow|anatomical|gr[ae]y matter|white matter|roi|tissue|skull|laryngeal|repeat|cortical|explicit|inclusive|threshold)[- ]?mask\w*|\bmask(?:ed|ing)? (?:mrna|rnas?|noise|epitope|ventilation|image|threshold|stimul|level|transcripts?|effects?|by the)|\b(?:may|might|could|can|would|thus|possibly|thereby|which|effects?|been|is|are) (?:be |have |been )?mask(?:s|ed|ing)?\b(?! (?:to|observer|assess|investigator|rater|fashion|manner))|"
    r"\bunaware of (?:any|other|another|previous|published|stud|the (?:existence|literature)|reports?)|\bpeer[- ]review|\bunder (?:the )?mask|\bthrough a (?:\w+ )?mask|\bblind (?:\w+ )?(?:recordings?|patch)|\bblinded? (?:\w+ )?(?:docking|extrapolation)"
)
_BLIND = re.compile(
    r"\bblind(?:ed|ly|ing)?\b|\bmask(?:ed|ing)\b|\bsingle-?blind|\bdouble-?blind|\btriple-?blind|\bunaware\b|\bnot aware\b|\bwithout (?:\w+ )?(?:knowing|knowledge|being told|information|awareness)|\b(?:did|do|does|could) not know\b|\bdidn't know\b|\bno knowledge\b|\bhad no (?:\w+ )?(?:information|idea|access)\b|"
    r"\bnot (?:been )?(?:informed|told)\b|\bunknown to (?:the|those|them|all|both|him|her)|\bnot known (?:to|by)\b|\bnaive (?:to|as to|with respect)|\bna[iï]ve (?:to|as to)|\bignorant of\b|\bkept (?:\w+ ){0,3}(?:ignorant|uninformed)|\buninformed\b|\bin ignorance\b|\bwithheld from\b|\b(?:concealed|hidden|kept secret) from\b|\bunblinded only after|"
    r"\bnone of (?:the |whom )?(?:\w+ ){0,4}knew\b|\bneither\b[^.;]{0,80}\bknew\b|\bnobody (?:\w+ ){0,4}knew\b|\b(?:nor|neither|never) kn[eo]w|\bno (?:one|person|member)\b[^.;]{0,50}\bknew\b|\bnot disclosed to|\bbefore (?:establishing|revealing|breaking|disclosing|knowing|learning|decoding)\b[^.;]{0,30}\b(?:identity|genotype|code|group|treatment)"
)
_CODED = re.compile(
    r"\b(?:slides?|sections?|samples?|videos?|images?|stacks?|photographs?|specimens?|tissues?|films?|recordings?|animals|files|tubes|scans|radiographs|vials?|syringes?|bottles?|bags|containers?|feeds?|diets?|solutions?|cages|treatments?|preparations?|tapes|micrographs|blocks|movies|clips)\b[^.;]{0,60}\b(?:coded|code numbers?|numeric codes?|anonymi[sz]ed|de-?identified|encoded|relabel\w*|identified only by|random (?:codes?|numbers?)|a code\b|labels? (?:were|was) (?:covered|removed|hidden)|codes?\b)|"
    r"\b(?:coded|anonymi[sz]ed|de-?identified|encoded|relabel+ed|blind-coded) (?:\w+ ){0,2}(?:slides?|sections?|samples?|videos?|images?|stacks?|photographs?|specimens?|tissues?|files|vials?|syringes?|bottles?|containers?|recordings?|scans|radiographs|bags|solutions?|films?|micrographs?|treatments?)"
)
_CODED_TRAP = re.compile(
    r"\b(?:colou?r|bar|genetic|zip|source|gene|protein|rate|phase|sparse|temporal|place|matlab|computer|python|custom|r|encoding|population|accession|dose|neural|post)[- ]?cod(?:e|ed|ing|es)\b|\bcodes? (?:for|available|availability|was written|is available)|\bcoded (?:by|for|in (?:matlab|python|r)|as [01]|signal)|\bcoding\b|\bcod(?:es|ing) for\b|\bcodebook\b"
)
_KNEW = pattern(
    r"\b(?:knew|was aware|were aware|aware of|being aware|had knowledge of|with (?:full )?knowledge of|informed (?:of|about)|knowing|was told|were told|unblinded|unmasked|open-label|non-?blind(?:ed)?|nonblinded|not blind(?:ed)?|visible to|know)\b[^.;]{0,60}\b(?:{GROUP}|which (?:{ANIMAL}|{GROUP}|had)|group|allocation|identity|treated|genotype|received)"
)
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|no|without|cannot|n't)\b(?! only\b)[^.;,]{0,60}?\b(?:blind(?:ed|ing|ly)?|mask(?:ed|ing))\b(?! (?:of )?(?:mice|rats))|\b(?:blind(?:ed|ing)?|masking)\b[^.;]{0,70}\b(?:(?:was|were|is|are|proved|being|been|could)? ?(?:not|never|n't|cannot) (?:\w+ )?(?:possible|feasible|done|used|performed|applied|carried|implemented|practicable|practical|attempted|achieved|maintained|be)|impossible|infeasible|impracticable|omitted|unfeasible|impractical|waived)\b|"
    r"\bimpossible to (?:\w+ ){0,2}(?:blind|mask)|\b(?:lack|absence) of (?:\w+ ){0,2}(?:blinding|masking)|\bun-?(?:blinded|masked)\b(?! (?:after|only|at the end|once|until|following))|\bnon-?blind\w*|\bopen-label\b|\bnot (?:\w+ ){0,3}(?:unaware|ignorant)|\bno (?:\w+ )?(?:blinding|masking)\b"
)
_HEDGE = re.compile(
    r"\b(?:it is possible that|may have|might have|whether|not known|unknown whether|attempted|tried|possibly|could have|recogni[sz]ed some|unclear|as far as|partly|partially|cannot (?:exclude|rule out|tell)|not (?:documented|recorded|reported|stated))\b"
)
_DENIED_HEDGE = re.compile(
    r"\b(?:documented|recorded|reported|stated) whether\b|\bwhether\b[^.;]{0,60}\b(?:blind|mask)"
)
_GROUP_KNOWLEDGE = pattern(
    r"\b(?:{GROUP}|{ANIMAL}|allocation|identit(?:y|ies)|groupings?|which|treatment|genotypes?|content|contents|conditions?|experimental design|hypothes[ie]s|origin|source|assignment|status|code|key|substance|what)\b"
)
_EXPERIMENT = re.compile(
    r"\b(?:all|the|these|both|our|animal|in vivo|whole) (?:\w+ )?(?:experiments?|stud(?:y|ies)|procedures|work)\b[^.;]{0,60}\b(?:blind(?:ed|ly)?|masked|double-?blind)\b|\b(?:experiments?|study|procedures) (?:was|were) (?:\w+ ){0,3}(?:in a )?(?:\w+[- ])?(?:blind(?:ed|ly)?|masked)|\bdouble-?blind|\btriple-?blind|\ball (?:personnel|staff|investigators|persons|those|experimenters|researchers|people)\b"
)
_ANALYSIS_ONLY = pattern(r"\b(?:{MEASURE})\b")
_CARER = pattern(r"\b{CARER}\b")
_ASSESSOR = pattern(r"\b{ASSESSOR}\b")
_PERSON = pattern(r"\b{PERSON}\b")
_TREAT = pattern(r"\b{TREAT}\b")
_MEASURE = pattern(r"\b{MEASURE}\b")
_STRICT_MEASURE = re.compile(
    r"\b(?:scor\w*|assess(?!ors?\b)\w*|evaluat\w*|count(?:s|ed|ing)?\b|grad(?:ed|ing)|analy[sz]\w*|quantif\w*|tests?\b|tested|testing|behaviou?r\w*|record\w*|imag\w+|histolog\w*|measur\w*|examin(?!ers?\b)\w*|rated|rating|trac(?:ed|ing)|videos?|slides?|sections?|review(?:ed|ing)|echocardiogra\w*|data collection|outcomes?|"
    r"classif\w*|judged|determin\w*|placement|identified|electrophysiolog\w*|necrops\w*|palpat\w*|inspect\w*|acquisition|observed|observ(?:ation|ing)s?|read\b|readings?|segment\w*|estimat\w*|calculat\w*|reconstruct\w*|samples?|specimens?|staining|assays?|plethysmogra\w*|weighed|photograph\w*|scans?|radiograph\w*)\b"
)
_STRICT_TREAT = pattern(
    r"\b(?:inject\w*|administ\w*|gavag\w*|dosing|dosed|infus(?:ed|ing|ions?)|treating|handl(?:ed|ing|es|e)|husbandry|surger\w*|surgical\w*|operated|operating on|operations?\b|cared?\b|care of|caring|fed\b|feeding|implanted|implanting|occlud\w*|inoculat\w*|vaccinat\w*|dispens\w*|gave|giving|"
    r"deliver(?:ed|ing|s)?|managed|looked after|looking after|tended|attended|nursed|an(?:a)?esthe(?:ti[sz]|si)\w*|performing the (?:surgery|treatments?)|ligated|procedures?|health checks?|treatments? (?:was|were) (?:given|administered)|monitored the|monitor(?:ed|ing) (?:the )?(?:mice|rats|animals))\b"
)
_GENERAL_TREAT = re.compile(
    r"\b(?:during|throughout|while|conducting|performing|running|carrying out) (?:the )?(?:\w+ )?(?:experiments?|study|trial|course|treatment|housing|conduct)\b|\b(?:conduct of the|allocation during) experiments?"
)
_UNTIL = re.compile(
    r"\b(?:un-?blinded|decoded|code was broken|key|revealed|unmasked|opened)\b[^.;]{0,60}\b(?:only |not )?(?:after|until|once|when)\b[^.;]{0,40}\b(?:analy|scor|count|assess|evaluat|data|measure|complet|read)"
)
_EXPERIMENTER = re.compile(
    r"\b(?:experimenters?|investigators?|researchers?|scientists?|authors?|operators?|personnel|testers?)\b"
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield what the sentence says about who was blind."""
    if not reading.own:
        return
    text = BLIND_TRAP.sub(" ", reading.text)
    code = _CODED_TRAP.sub(" ", text)
    if not (_BLIND.search(text) or _CODED.search(code) or _KNEW.search(text) or _DENIED.search(text)):
        if re.search(
            r"\bindistinguishable\b|\bidentical (?:in )?(?:appearance|colou?r|looking|vials|syringes)|\blooked (?:alike|the same|identical)",
            text,
        ):
            yield _made(reading, CARERS, "caregivers_blind", "mentioned", 0.3, "treatments alike, persons not named")
        elif re.search(r"\bkeepers?|caretakers?|handlers?", text) and _HEDGE.search(text):
            yield _made(reading, CARERS, "caregivers_blind", "mentioned", 0.3, "leaves open what the caregivers knew")
        elif re.search(
            r"\b(?:two|three|2|3) independent\b|\bindependently\b|\bautomat\w*|\bvideo-?tracking", text
        ) and _STRICT_MEASURE.search(text):
            yield _made(
                reading,
                ASSESSORS,
                "assessors_blind",
                "automated" if re.search(r"automat|software|tracking", text) else "mentioned",
                0.2,
                "not said to be blind",
            )
        return
    if reading.role == "discussion" and not re.search(r"\bwe\b|\bour\b|\bthis study\b|\bhere\b|\bpresent study", text):
        return
    parts = [p for p in _joined(reading.clauses) if p]
    for part in parts:
        yield from _part(reading, BLIND_TRAP.sub(" ", part), text)


def _joined(clauses: tuple[str, ...]) -> list[str]:
    """Return clauses, each that speaks of knowledge joined with neighbours that say whose it is."""
    out: list[str] = []
    for clause in clauses:
        speaks = bool(
            _BLIND.search(BLIND_TRAP.sub(" ", clause))
            or _KNEW.search(clause)
            or _CODED.search(_CODED_TRAP.sub(" ", clause))
            or _DENIED.search(clause)
        )
        if out and not _speaks(out[-1]) and not re.search(r"^(?:but|however|whereas)", clause):
            out[-1] = out[-1] + ", " + clause
        elif out and not speaks:
            out[-1] = out[-1] + ", " + clause
        else:
            out.append(clause)
    return out


def _speaks(clause: str) -> bool:
    plain = BLIND_TRAP.sub(" ", clause)
    return bool(
        _BLIND.search(plain)
        or _KNEW.search(plain)
        or _CODED.search(_CODED_TRAP.sub(" ", plain))
        or _DENIED.search(plain)
    )


def _made(reading: Reading, item: str, signal: str, answer: str, strength: float, why: str) -> Finding:
    return Finding(item, signal, answer, strength, ((reading.start, reading.end),), why)


def _part(reading: Reading, part: str, whole: str) -> Iterator[Finding]:
    """Yield the findings of one clause (or a few that belong together)."""
    denied = bool(_DENIED.search(part))
    blind = bool(_BLIND.search(part)) and not denied
    coded = bool(_CODED.search(_CODED_TRAP.sub(" ", part)))
    knew = (
        bool(_KNEW.search(part))
        and not blind
        and not denied
        and not re.search(r"\b(?:not|never|no|neither|nor|without|n't|un)\b", part)
        and not _UNTIL.search(part)
    )
    if not (denied or blind or coded or knew):
        return
    if _DENIED_HEDGE.search(part) or (
        _HEDGE.search(part)
        and not re.search(
            r"\bwhenever possible|\bdid not know whether|\bknew whether|\bwhether (?:they|it|the \w+) (?:held|contain|was|were|had|received)",
            part,
        )
    ):
        answer = "mentioned"
    elif denied or knew:
        answer = "no"
    else:
        answer = "yes"
    if (
        coded
        and not blind
        and not denied
        and not knew
        and not re.search(
            r"\b(?:analy[sz]|scor|count|assess|evaluat|measur|grad|read|examin|rat(?:ed|ing)|key|inject|treat|prepar|by (?:a|an|another)|who|quantif)\w*",
            part,
        )
    ):
        answer = "mentioned"
    carers, assessors = _roles(part, whole)
    if answer == "yes" and blind and not (carers or assessors) and not _GROUP_KNOWLEDGE.search(part):
        return
    why = {
        "yes": "stated to be blind",
        "no": "stated not to be blind",
        "mentioned": "blinding named, its success left open",
    }[answer]
    if coded and not blind and answer == "yes":
        why = "coded samples or treatments"
    where = 0.1 if reading.role in ("methods", "results") else 0.0
    if carers:
        yield _made(
            reading,
            CARERS,
            "caregivers_blind",
            answer,
            carers + where,
            why + f" ({'those who treat or care' if carers < 0.8 else 'caregivers'})",
        )
    if assessors:
        yield _made(reading, ASSESSORS, "assessors_blind", answer, assessors + where, why + " (those who measure)")


def _roles(part: str, whole: str) -> tuple[float, float]:
    """Return how strongly the clause speaks of caregivers and of assessors (0 for not at all)."""
    measure, treat = bool(_STRICT_MEASURE.search(part)), bool(_STRICT_TREAT.search(part))
    assessor, carer = bool(_ASSESSOR.search(part)), bool(_CARER.search(part))
    general = bool(_EXPERIMENTER.search(part)) or bool(_PERSON.search(part))
    if assessor and not carer:
        both = bool(
            re.search(
                r"\b(?:surgeons?|care ?takers?|caregivers?|handlers?|keepers?) (?:and|or|as well as|nor)|\b(?:and|or|nor) (?:the )?(?:surgeons?|caretakers?|caregivers?|handlers?|keepers?)",
                part,
            )
        )
        return (0.8 if both else 0.0), 0.9
    if carer:
        also = assessor or (measure and bool(re.search(r"\b(?:scor|assess|analy|evaluat|count|grad|measur)\w*", part)))
        return 0.9, (0.7 if also else 0.0)
    if _GENERAL_TREAT.search(part) and general:
        return 0.75, (0.75 if measure or re.search(r"\boutcome", part) or not treat else 0.6)
    if treat and measure:
        by_carer = re.search(
            r"\b(?:who|whom|that|person|technician|staff|personnel|those|person handling|by) (?:\w+ ){0,4}(?:inject|administ|gavag|dos|handl|operat|treat|perform\w* the (?:surg|inj)|gave|fed|deliver|infus|implant)\w*",
            part,
        )
        surgeries = re.search(
            r"\b(?:all )?(?:surgical procedures?|surger(?:y|ies)|injections?|treatments?|procedures?|administration|handling) (?:and|as well as|or|,) ",
            part,
        ) or re.search(
            r"\b(?:and|as well as) (?:\w+ ){0,2}(?:surgical procedures?|surger(?:y|ies)|injections?|treatments?|handling)\b",
            part,
        )
        if by_carer or surgeries:
            return 0.75, 0.75
        return 0.0, 0.8
    if treat:
        return 0.8, 0.0
    if measure:
        if (
            re.search(
                r"\bexperimenters? (?:was|were|is|are|being|remained|stayed|kept)?\s?(?:always |all |also |kept |fully )?(?:blind|unaware|masked|not aware)",
                part,
            )
            and not re.search(
                r"\b(?:during|for|in|when|while) (?:\w+ ){0,3}(?:scor|analy|count|quantif|evaluat|assess|measur|imag|data)",
                part,
            )
            and not re.search(r"\bby (?:an? |two |the |one |male |female )?(?:\w+ )?experimenters?", part)
        ):
            return 0.5, 0.8
        return 0.0, 0.8
    if _EXPERIMENT.search(part):
        return 0.7, 0.7
    if general:
        return 0.7, 0.7
    if re.search(
        r"\b(?:blinded|masked) prior to the experiment|\bgenotype was blinded|\bblinded (?:study|experiment|design)",
        part,
    ):
        return 0.6, 0.6
    if re.search(
        r"\b(?:diets?|feeds?|syringes?|vials?|bottles?|solutions?|drugs?|treatments?|containers?|bags)\b", part
    ) and _CODED.search(part):
        return 0.6, 0.0
    if re.search(
        r"\b(?:blind|blinded|masked|unaware|knowing|knowledge)\b[^.;]{0,25}\b(?:genotypes?|treatments?|conditions?|groups?|diets|identity|sex|allocation)",
        part,
    ):
        return 0.0, 0.6
    return 0.0, 0.5
