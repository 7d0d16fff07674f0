"""Items 1 and 3: how animals came into their groups, and whether the allocator could foresee it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.finding import Finding
from vivex.assess.reading import Reading
from vivex.assess.words import pattern

SEQUENCE, CONCEALMENT = "sequence_generation", "allocation_concealment"

# What else is random in a laboratory: none of it forms groups of animals.
RANDOM_TRAP = re.compile(
    r"random(?:ly)?[- ](?:hexa|nona|deca|oligo|prim|effect|forest|walk|coil|pattern|interval|ratio|start|forag|intercept|slope|insert|integrat|mutag|copolymer|"
    r"noise|dot|error|variat|glucose|blood glucose|plasma glucose|urine|sequence tag|amplif|access|peptide|field|search|permut|shuffl|match|graph|model|component|variable|"
    r"plasma|donor|bred|mating|orient|migrat|diffus|fluctuat|network|sampling of (?:cells|fields|sections)|x-?inactiv|genomic|site|chance|level|guess|motion|movement|phase|skin flap|flap|seed)|"
    r"\brandom (?:hexamers?|primers?|pattern|forests?|effects?|factors?|order of stimul)|at a random (?:site|position|locus|phase)|\bpseudo-?random (?:noise|sequence of (?:tones|stimuli))|"
    r"(?:as|included|treated as|fitted as|considered) (?:a )?random\b|random terms?\b|by random (?:chance|integration|insertion|mutagenesis|priming)"
)
_METHOD = pattern(
    r"\brandom[- ](?:number|digit|sequence generator|letter)|\brandom sequence\b|\brandom list\b|\brandom (?:draw|drawing)\b|"
    r"\b(?:computer|software|machine|excel|spreadsheet|web|internet|program\w*|online|electronic\w*)[- ](?:\w+[- ]){0,2}(?:randomi[sz]\w*|random)|"
    r"\brandomi[sz]\w* (?:\w+ ){0,6}(?:by|using|with|via|through|from|in|on|according to|with the (?:help|aid) of|by means of|based on|following) (?:\w+[- ]){0,5}"
    r"(?:computers?|software|generators?|excel|spreadsheets?|tables?|lists?|schedule|lots|coins?|dice|die|cards?|algorithm|program(?:me)?\b|website|web|graphpad|r package|sas|spss|stata|research randomizer|urn|envelopes?|www|block randomi[sz])|"
    r"\brandomi[sz]ation (?:list|table|schedule|software|sequence|code|plan|tool|program\w*|algorithm|service|website|function)s?\b|"
    r"\b(?:allocation|assignment|group) (?:sequence|list|schedule)s? (?:was|were)? ?(?:\w+ ){0,3}(?:generated|produced|created|drawn)|"
    r"\blots (?:were|was) (?:drawn|cast)|\b(?:drawing|drew|draw|drawn|cast(?:ing)?|by|pulling) (?:of )?(?:the )?(?:lots?|straws|slips|tickets|cards|numbers|balls|beads|chips|tokens|names)\b|"
    r"\b(?:slips?|tickets?|cards?|balls?|beads?|tokens?|straws?|chips|marbles|papers?|numbers?|names|labels|tags) (?:\w+ ){0,8}(?:were|was|had been|being)? ?(?:\w+ ){0,2}(?:drawn|shuffled|mixed|pulled|picked out|taken out)\b(?! from the (?:rats|mice|animals))|"
    r"\b(?:toss|flip|throw|tossing|flipping|throwing|spin|spinning|flips|tosses|throws)\w* (?:of )?(?:an? |the )?(?:unbiased |fair |\w+-sided )?(?:coin|die|dice)|\bcoin[- ](?:toss|flip|throw)\w*|\b(?:coin|dice|die) (?:was|were) (?:tossed|flipped|thrown|rolled|cast)|"
    r"\broll(?:ing|ed|s)?\b.{0,14}\b(?:die|dice)\b|\bdice roll|\b(?:thrown?|throwing|casting) (?:of )?(?:an? |the )?dic?e|\bshuffl\w*|\bminimi[sz]ation\b(?! of)|\blottery\b|\braffle\b|"
    r"\brandom\.org|randomi[sz]er\b|randomi[sz]ation\.com|\bquickcalcs\b|\brand(?:between)?\(|\bfunction (?:sample|rand)\b|\bsample\(\)|\blist randomi[sz]er|"
    r"\b(?:generated|drawn|produced|created) (?:randomly |at random )?(?:in|by|with|using|from) (?:the )?(?:\w+ ){0,2}(?:software|computer|r\b|excel|matlab|python|sas|spss|stata|generator|algorithm|script|table)\b|"
    r"\bseed(?:ed)? (?:number |value |was )?\d+|\brecord seed|\bpermuted[- ]blocks?|\bout of a (?:hat|bag|box|bowl|urn)\b|\bfrom a (?:hat|bag|bowl|urn)\b|\bbiased[- ]coin|\bmechanical randomi"
)
_SPREADSHEET = re.compile(
    r"\brandomi[sz]\w*\b.{0,80}\b(?:spreadsheet|software|computer|generator|excel|algorithm|random number)"
)
_GROUPED = pattern(
    r"\b{ASSIGN}\b|\b{GROUP} (?:\w+ ){0,2}(?:membership|sizes?|formation)|\bwhich (?:\w+ ){0,4}(?:received|was given|were given|is given|got|served|underwent|would receive|to receive)|"
    r"\b(?:received|were given|was given|given|got|served as|served|underwent|entered|put|placed|to form|forming|formation of) (?:\w+ ){0,5}{GROUP}\b|\ballocation\b|\bto (?:the )?(?:\w+ ){0,3}{GROUP}\b"
)
_TO_GROUPS = pattern(
    r"\brandom\w*\b(?! (?:order|fields?|times?|positions?|intervals?)).{0,90}?\b{GROUP}\b|\b{GROUP}\b.{0,60}\b(?:at random|randomly|randomi[sz]ed|by randomi[sz]ation)\b|"
    r"\brandom\w* (?:\w+ ){0,3}(?:assign|allocat|allott?|divid|distribut|split|separat|subdivid|categori|grouped)|"
    r"\b(?:assign|allocat|allott?|divid|distribut|split|separat|subdivid|categori|group)\w*\b.{0,40}\b(?:random\w*)|\b(?:animals|mice|rats|subjects|they|which|pigs|dogs|rabbits|piglets|birds|fish|sheep)\b.{0,40}\b(?:were|was|are|will be|then|is|be) (?:\w+ ){0,3}randomi[sz]ed\b|"
    r"\brandomi[sz]e (?:the )?{ANIMAL}|\brandomi[sz]ation of (?:the )?{ANIMAL}|\brandomi[sz]ed (?:complete )?(?:block|controlled|design|trial|cross-?over|study)"
)
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|without|no|non)\b[- ](?:\w+[- ]){0,4}?randomi[sz]\w*|\brandomi[sz]ation (?:\w+ ){0,6}?(?:was|were) (?:not|never|omitted|impossible|infeasible|waived)|\b(?:lack|absence) of randomi[sz]|"
    r"\bnon-?randomi[sz]ed|\brandomi[sz]ation was (?:not )?(?:un)?(?:possible|feasible|done|performed|used|applied) (?:neither|not)|\bnot (?:\w+ ){0,2}(?:assigned|allocated|divided|distributed|grouped) (?:\w+ ){0,2}(?:at random|randomly|by randomi)|"
    r"\bnot (?:at random|randomly) (?:assigned|allocated|divided|distributed|grouped)|\bnot randomly\b|\bno (?:formal |proper )?randomi[sz]"
)
_DENIAL_OF_DETAIL = re.compile(
    r"\bno (?:\w+ ){0,3}(?:details?|information|description|record|account)s? (?:\w+ ){0,3}(?:randomi|procedure)|\bnot (?:known|clear|stated|described|documented|recorded) (?:\w+ ){0,3}(?:how|whether)|\bmethod of randomi[sz]ation (?:was|is) not"
)
_RULE = pattern(
    r"\balternat(?:ely|ingly|ing|ion)\b|\bin alternation\b|\balternate (?:animals?|assign|allocat)|\bevery (?:other|second|third|2nd|3rd) (?:\w+ )?{ANIMAL}\b|\bserpentine|\bzig-?zag|\bby turns\b|\bin turn (?:assigned|allocated)|"
    r"\b(?:odd|even)(?:ly)?[- ](?:\w+[- ]){0,3}(?:numbers?|numbered|ear|tags?|ids?|digits?|cages?|days?|dates?)|\b(?:ear|tag|cage|animal|id|tattoo|pen|identification|chip) (?:tag )?numbers? (?:was |were |is )?(?:odd|even)|\bodd ones\b|\b(?:with|having) (?:an )?(?:odd|even) (?:number|tag)|"
    r"\b(?:based on|according to|depending on|dependent on|determined by|decided by|governed by|dictated by|following|by|in order of|from|on the basis of|in the order of|in sequence of|with respect to) (?:the |their |its |a |each )?(?:\w+'s |\w+ ){0,2}?"
    r"(?:dates? of birth|birth ?dates?|birthdays?|birth order|order of (?:birth|arrival|capture|entry)|arrival|(?:ear|cage|tag|animal|pen|tank|tattoo|id|identification|eartag|ear-tag|chip)[- ](?:tag )?(?:numbers?|position|location)|availability|day of (?:the week|surgery|arrival|delivery|birth)|capture|weekday|"
    r"owner'?s? (?:preference|choice|wish)|convenience|(?:the )?(?:surgeon|investigator|clinician|veterinarian|experimenter|technician|author)'?s? (?:judge?ment|choice|preference|discretion|decision)|clinical judge?ment|personal judge?ment|preference|(?:\w+ )?(?:index )?scores?(?: and [\w ]{1,30})?|test results?|laboratory (?:tests?|results|values)|temperament|appearance|vigou?r)\b|"
    r"\bat the discretion of|\b(?:judge?ment|choice|preference|discretion) of the (?:\w+ )?(?:surgeon|investigator|clinician|veterinarian|experimenter|technician|author|owner|farmer|operator)|\bfor (?:reasons of )?convenience\b|\bas (?:they|it) (?:became|were|was) available|"
    r"\b(?:chose|chosen|selected|picked|decided) (?:by the (?:\w+ )?(?:surgeon|investigator|experimenter|technician|author|owner|farmer)s? )?(?:which|what) {ANIMAL}? ?(?:should|would|were|was|to|received?)|\bwhichever (?:{ANIMAL}|was)|\b(?:easiest|first) to (?:be )?(?:catch|caught|capture)"
)
_ORDER_RULE = pattern(
    r"\b(?:first|earlier|early|before|left|upper|front|top|available in|delivered (?:in|on|first)|born (?:before|in|on)|caught|captured|heaviest|larger|lightest|smaller|mondays?|january|february|march|spring)\b[^.]{0,90}?\b(?:controls?|vehicle|sham|saline|untreated|placebo|treat(?:ed|ment)|group a|group 1|received|were given|got|formed)\b"
    r"[^.]{0,60}?\b(?:and|whereas|while|;|,)[^.]{0,30}?\b(?:second|next|last|later|after|following|remaining|rest|other|others|right|lower|back|bottom|lightest|heaviest|smaller|larger|fridays?|tuesdays?|autumn)\b[^.]{0,80}?"
    r"\b(?:irradiated|treat(?:ed|ment)|received|were given|got|experimental|vehicle|controls?|sham|saline|exposed|injected|infected|group b|group 2|operated|served|formed|implanted|vaccinated|drug|extract)\b"
)
_ENVELOPE = re.compile(r"\benvelopes?\b|\bopaque (?:containers?|vials|bags)\b")
_SEALED = re.compile(
    r"\bsealed\b|\bopaque\b|\bsequentially[- ]numbered|\bserially[- ]numbered|\bconsecutively[- ]numbered|\bunmarked\b"
)
_FORESEE = re.compile(
    r"\b(?:could|can|cannot|can't|able|unable|impossible|was|were|did|not)\b[^.;]{0,60}\b(?:foresee\w*|foreseen|anticipat\w*|predict\w*|guess\w*|know|seen? in advance|(?:be )?(?:seen|known|accessed|viewed|inspected)[^.;]{0,20} (?:in advance|beforehand|before))\b"
)
_NEG = re.compile(r"\b(?:not|cannot|can't|n't|unable|impossible|never|neither|nor|no one|nobody|none|without)\b")
_CENTRAL = re.compile(
    r"\bcentral(?:ly|i[sz]ed)?\b[^.;]{0,50}\b(?:web|randomi|allocat|assign|telephone|service|office|unit|pharmacy|system|database)|\b(?:web|internet|telephone|phone)[- ]?(?:based|line)?\b[^.;]{0,40}\b(?:allocat|randomi[sz]ation (?:service|system)|assignment)|\b(?:by|via|over the) (?:telephone|phone|e-?mail)\b"
)
_THIRD = pattern(
    r"\b(?:third|independent|external|outside|uninvolved|separate|other|another|second|different)[- ]?(?:\w+ ){0,2}(?:person|party|part(?:y|ies)|{PERSON}|statistician|secretary|pharmacist|veterinarian|laboratory|centre|center|institute|department)\b|"
    r"\b(?:statistician|secretary|pharmacist|biometrician|clerk|colleague|person|technician|member|researcher|investigator|student|administrator)s?\b[^.;]{0,50}\b(?:not|never|no (?:other |further )?(?:contact|part|role|involvement|connection|knowledge)|otherwise uninvolved|outside|at another|from another|elsewhere|uninvolved)\b"
)
_UNINVOLVED = re.compile(
    r"\bnot (?:otherwise |further |directly |in any way |himself |herself )?(?:involved|participat\w*|taking part|associated|engaged|connected|part of)|\b(?:uninvolved|otherwise not)\b|\b(?:had|having|has|took|taking|takes|played|with|by) no (?:\w+ )?(?:contact|part|role|involvement|connection|share|knowledge|stake)|\bdid not (?:take part|participate)|\boutside (?:of )?(?:the|our) (?:laborator|lab|team|group|study|project|department|institute)|\b(?:at|from) another (?:site|institut|department|centre|center|laborator)|\bnever (?:saw|met|handled|entered)|\bindependent (?:of|from|statistician|person|third)|\bthird (?:party|person)|\bexternal (?:statistician|person|party)|\bno one else|\bnot belong"
)
_ALLOCATING = pattern(
    r"\b(?:allocat\w*|assign(?:ed|ing|ment|ments)\b|randomi[sz]\w*|allott?\w*|group assignments?|enrol\w*|next (?:group|treatment|animal)|put (?:\w+ ){0,3}into (?:their |the )?groups|distribut\w* (?:the )?{ANIMAL}|dispensed)\b"
)
_CONCEALED = re.compile(
    r"\b(?:allocation|assignment|group|randomi[sz]ation|sequence|list|schedule|code)s?\b[^.;]{0,40}\bconceal\w*|\bconceal\w*[^.;]{0,40}\b(?:allocation|assignment|group|randomi[sz]ation|sequence|list|schedule)|\b(?:kept|held|remained) (?:it |them |the (?:list|sequence|code) )?(?:hidden|secret|locked|concealed|away|undisclosed|inaccessible|confidential)\b|\bconcealed (?:from|until)\b|\bhidden from\b|\bnot (?:disclosed|revealed|accessible|available|shown|known) (?:to|until)|\b(?:did not|didn't) (?:hold|have|possess|see) (?:the |any )?(?:key|code|list|access)|\bno access to (?:the )?(?:\w+ )?(?:list|key|code|sequence|schedule)"
)
_OPEN = pattern(
    r"\bopen (?:allocation |random\w* |assignment )?(?:list|schedule|table)|\b(?:list|schedule|sequence|table)\b[^.;]{0,60}\b(?:open(?:ly)?|visible|accessible|posted|pinned|displayed|hung|hanging|lying|available|in full view|known|shown)\b|\bfull view\b|\bconsult(?:ed)? the (?:\w+ ){0,3}list|\bunsealed\b|\btransparent envelopes?|\bunconcealed\b"
)
_AWARE_NEXT = pattern(
    r"\b(?:aware of|knew|knows|known to|informed (?:of|about)|able to (?:foresee|anticipate|predict|see)|could (?:foresee|anticipate|predict|see|read|look up|tell)|foresaw)\b[^.;]{0,50}\b(?:next|upcoming|coming|forthcoming|following|allocation|assignment|which group|group|list|sequence|schedule)\b"
)
_HEDGE = re.compile(
    r"\b(?:whether|cannot tell|can't tell|unknown|not known|unclear|not (?:documented|recorded|reported)|in retrospect|possibl[ey]|may have|might have|perhaps|presumably)\b"
)
_OTHER_TARGET = pattern(
    r"\b(?:order|sequence|turn)s? (?:in which|of (?:the )?(?:test|assess|measur|sampl|scan|kill|presentation|animals|stimul|surger))|\brandom(?:i[sz]ed|ly|ised)? order\b|\bnext\b[^.]{0,20}\b(?:scanned|tested|measured|sampled|assessed)|\b(?:scanned|tested|measured|sampled|assessed|killed|filmed) next\b|"
    r"\b(?:test|testing|assessment|measurement|scanning|sampling|stimul\w*|trial|sacrifice|surgery|location|cage|position|processing) (?:order|sequence|location|position)|\b(?:cage|tank|pen) (?:location|position|placement)s?\b"
)
_GROUP_TARGET = pattern(
    r"\b{ASSIGN}\b.{0,60}\b{GROUP}\b|\b{GROUP}\b.{0,60}\b{ASSIGN}|\bwhich (?:diet|treatment|drug|group|dose)|\bgroup (?:allocation|assignment|membership)|\ballocat|\binto (?:\w+ ){0,3}groups\b|\bfirst (?:week|batch|half)|\bserved as\b"
)
_SELECTED = re.compile(
    r"\brandom\w* (?:select|chos|choose|pick|sampl|taken|drawn|collect|captur|imag)\w*|\b(?:select|chos|pick|sampl|taken|drawn)\w* (?:\w+ ){0,3}(?:at random|randomly)"
)
_RANDOM = re.compile(r"\brandom\w*|\bby chance\b")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield what the sentence says about the allocation sequence and its concealment."""
    if not reading.own:
        return
    yield from _sequence(reading)
    yield from _concealment(reading)


def _made(reading: Reading, item: str, signal: str, answer: str, strength: float, why: str) -> Finding:
    return Finding(item, signal, answer, strength, ((reading.start, reading.end),), why)


def stated(text: str) -> bool:
    """Tell whether the text says that animals were put into groups at random."""
    plain = RANDOM_TRAP.sub(" ", text)
    if not _TO_GROUPS.search(plain):
        return False
    return not (
        _SELECTED.search(plain)
        and not re.search(r"random\w* (?:\w+ )?(?:assign|allocat|divid|distribut|split)|randomi[sz]", plain)
    ) or bool(re.search(r"select\w* (?:\w+ ){0,3}(?:to receive|into|as (?:controls?|treated))", plain))


def denied(reading: Reading) -> bool:
    """Tell whether the sentence says that animals were not randomised (to groups)."""
    for clause in reading.clauses:
        if _DENIED.search(clause) and not _DENIAL_OF_DETAIL.search(clause):
            if _OTHER_TARGET.search(clause) and not _GROUP_TARGET.search(clause):
                continue
            if re.search(
                r"\border\b|\bcage (?:location|position)|\bhousing\b|\blocation\b", clause
            ) and not _GROUP_TARGET.search(clause):
                continue
            return True
    return False


def _sequence(reading: Reading) -> Iterator[Finding]:
    text = RANDOM_TRAP.sub(" ", reading.text)
    if denied(reading):
        yield _made(reading, SEQUENCE, "randomised", "denied", 0.9, "says that allocation was not random")
        return
    other = _OTHER_TARGET.search(text)
    if (_METHOD.search(text) or _SPREADSHEET.search(text)) and _GROUPED.search(text) and _relevant(reading, text):
        grouping = _GROUP_TARGET.search(text) or not other
        if grouping and not (other and not _GROUP_TARGET.search(_OTHER_TARGET.sub(" ", text))):
            strength = 0.95 if _GROUP_TARGET.search(text) else 0.8
            yield _made(reading, SEQUENCE, "random_component", "described", strength, "names how chance was produced")
            return
    if _non_random(text):
        yield _made(
            reading, SEQUENCE, "non_random_rule", "stated", 0.85, "allocation follows a rule that is not random"
        )
        return
    if stated(text) and (reading.role != "discussion" or re.search(r"\bwe\b|\bour\b", text)):
        methods = 0.2 if reading.role == "methods" else 0.0
        direct = (
            0.3
            if re.search(r"random\w* (?:\w+ )?(?:assign|allocat|divid|distribut)|randomi[sz]ed (?:in)?to", text)
            else 0.0
        )
        yield _made(reading, SEQUENCE, "randomised", "stated", 0.4 + methods + direct, "says random, not how")


def _relevant(reading: Reading, text: str) -> bool:
    """Tell whether a method of chance serves the forming of groups, not modelling, analysis or stimuli."""
    if re.search(
        r"\b(?:spike|label|permut|bootstrap|surrogate|chance (?:level|distribution)|null distribution|simulat|monte carlo|p[- ]values?|statistic\w* test|stimul(?:i|us)|tones?|odou?rs?|images? were|reward)",
        text,
    ):
        return False
    if re.search(r"\bminimi[sz]ation\b", text) and not re.search(r"\b(?:allocat|assign|randomi|group|stratif)", text):
        return False
    if re.search(r"\bminimi[sz]ation\b", text) and re.search(
        r"\benergy\b|\berror\b|\bcost\b|\bleast[- ]squares\b", text
    ):
        return False
    return not (
        reading.role in ("results", "discussion")
        and re.search(r"\bcomputer\b|\bmodel", text)
        and not re.search(r"\b(?:assign|allocat|randomi[sz]ed)", text)
    )


def _non_random(text: str) -> bool:
    if _RULE.search(text) and re.search(
        r"\b(?:assign\w*|allocat\w*|allott\w*|divid\w*|distribut\w*|groups? (?:were|was|membership|allocation|assignment)|grouped|group allocation|put (?:in)?to|placed in(?:to)? (?:\w+ ){0,3}group|received|were given|got|served as|entered)\b",
        text,
    ):
        if re.search(r"\balternat(?:ely|ing)\b", text) and not re.search(
            r"\b(?:assign|allocat|allott|divid|distribut|put (?:in)?to|placed in)\w*", text
        ):
            return False
        if re.search(r"\bstratif|\bmatched\b|\bbalanced\b|\bcounterbalanc", text) and not re.search(
            r"\balternat|\bserpentine", text
        ):
            return False
        return not re.search(
            r"\b(?:days?|light|dark|current|trial|stimul\w*|doses?|injections?) (?:were |was )?alternat", text
        )
    return bool(_ORDER_RULE.search(text)) and not re.search(
        r"\b(?:assessed|tested|measured|scanned|sampled|examined|filmed|run|scored)\b", text
    )


def _concealment(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    hedged = bool(_HEDGE.search(text))
    about = bool(_ALLOCATING.search(text)) or bool(re.search(r"\bgroup\b|\ballocation\b", text))
    if _ENVELOPE.search(text) and (about or re.search(r"\b(?:group|treatment|animal|each)\b", text)):
        if re.search(r"\b(?:not sealed|unsealed|transparent|open envelopes?)\b", text):
            yield _made(reading, CONCEALMENT, "foreseeable", "yes", 0.8, "envelopes that did not conceal")
        elif _SEALED.search(text) and not hedged:
            yield _made(
                reading, CONCEALMENT, "concealed", "yes", 0.95, "sealed, opaque or numbered envelopes or containers"
            )
        else:
            yield _made(
                reading, CONCEALMENT, "concealed", "mentioned", 0.6, "envelopes, not said to be sealed or opaque"
            )
        return
    if hedged and about and re.search(r"\b(?:foresee|anticipat|predict|aware|know|conceal)", text):
        yield _made(reading, CONCEALMENT, "concealed", "mentioned", 0.5, "leaves open whether allocation was concealed")
        return
    if re.search(r"\b(?:not|never|no|without|lack of|un)[- ]?(?:\w+ ){0,2}conceal", text) and about:
        yield _made(reading, CONCEALMENT, "foreseeable", "yes", 0.9, "says that allocation was not concealed")
        return
    for clause in reading.clauses:
        if _FORESEE.search(clause) and _NEG.search(clause) and (_ALLOCATING.search(text)):
            yield _made(reading, CONCEALMENT, "concealed", "yes", 0.9, "the allocator could not foresee the group")
            return
    if (
        _CONCEALED.search(text)
        and _ALLOCATING.search(text)
        and not re.search(r"\b(?:platform|electrode|hidden platform)\b", text)
        and _hides_from_allocator(text)
    ):
        yield _made(reading, CONCEALMENT, "concealed", "yes", 0.85, "the list was kept from those who allocate")
        return
    if re.search(
        r"\bneither the (?:person|people|{0})?[^.;]*\b(?:allocat|assign|enrol)".replace("{0}", "investigators?"), text
    ) and re.search(r"\bkn[eo]w", text):
        yield _made(reading, CONCEALMENT, "concealed", "yes", 0.85, "the allocator did not know the treatment")
        return
    if _CENTRAL.search(text) and _ALLOCATING.search(text):
        yield _made(reading, CONCEALMENT, "concealed", "yes", 0.85, "central or remote allocation")
        return
    if _OPEN.search(text) and _ALLOCATING.search(text) and not _NEG.search(text):
        yield _made(reading, CONCEALMENT, "foreseeable", "yes", 0.85, "the allocation list was open")
        return
    if (
        _AWARE_NEXT.search(text)
        and not _NEG.search(text)
        and re.search(r"\b(?:allocat(?:ing|ed|or)|assign(?:ing|ed)|enrol|randomi[sz]ing|put(?:ting)?)\b", text)
        and re.search(
            r"\b(?:person|technician|investigator|experimenter|researcher|who|allocator|staff|author|surgeon)", text
        )
    ):
        if not re.search(r"\bblind", text):
            yield _made(reading, CONCEALMENT, "foreseeable", "yes", 0.85, "the allocator knew the coming group")
            return
    if (
        _THIRD.search(text)
        and _UNINVOLVED.search(text)
        and re.search(
            r"\b(?:allocat(?:ed|ing|ion)|assign(?:ed|ing|ments?)|randomi[sz](?:ed|ing|ation)|allott\w*)\b", text
        )
        and not re.search(r"\b(?:scor|count|assess|analy|evaluat|measur)\w*", text)
    ):
        yield _made(reading, CONCEALMENT, "concealed", "yes", 0.8, "a third person allocated")
        return
    if (
        re.search(
            r"\bidentified only by (?:an? )?(?:\w+ )?(?:codes?|numbers?)|\bcoded (?:animals|containers|vials|bottles|syringes)|\b(?:vials?|syringes?|bottles?|containers?) (?:were|was) coded",
            text,
        )
        and _ALLOCATING.search(text)
        and re.search(r"\b(?:not|no|nor|neither|without)\b", text)
    ):
        yield _made(reading, CONCEALMENT, "concealed", "yes", 0.8, "coded animals or containers at allocation")
        return
    if re.search(r"\balternat(?:ely|ion|ing)\b|\bserpentine", text) and _non_random(text):
        yield _made(reading, CONCEALMENT, "foreseeable", "yes", 0.75, "alternation can be foreseen")
        return
    if re.search(
        r"\ballocation conceal|\bconcealed allocation|\b(?:allocated|assigned|allocation|assignment)\b.{0,40}\b(?:by|made by|was made by) (?:the|a|an|one|another) (?:\w+ )?(?:author|technician|person|investigator|researcher|colleague|student|statistician)",
        text,
    ):
        yield _made(
            reading, CONCEALMENT, "concealed", "mentioned", 0.4, "says who allocated, not whether it was concealed"
        )


def _hides_from_allocator(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:enrol\w*|allocat(?:ing|or|ed)|assign(?:ing|ment|ments|ed)|includ(?:ing|ed) the|until (?:each|the|all|after)|from (?:those|the|all|everyone|anyone|investigators?)|person making|randomi[sz])\b",
            text,
        )
    ) and not re.search(r"\b(?:until|after) (?:\w+ ){0,4}(?:analy|scor|evaluat|assess|data collection|complet)", text)
