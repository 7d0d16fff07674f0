"""Item 1: how animals came into their groups."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "sequence_generation"

_CUE = re.compile(
    r"rand|basis|chose|opposite|least|most|near|close|remain|ballot|stick|lots\b|\blot\b|coin|dic?e\b|shuffl|"
    r"minimi|draw|urn\b|hat\b|alternat|odd|even|accord|depend|order|date|number|whichever|decid|discretion|"
    r"convenien|every (?:other|second|third)|"
    r"first|side|serpentine|turn|availab|arriv|seed|generated|lottery|based on|raffle|judg|prefer|birth|day of"
)
# What else is random in a laboratory: none of it forms groups of animals.
RANDOM_TRAP = pattern(
    r"random(?:ly)?[- ](?:hexa|nona|deca|oligo|prim|effect|forest|walk|coil|pattern|interval|ratio|start|"
    r"forag|intercept|slope|insert|integrat|mutag|copolymer|noise|dot|error|variat|urine|sequence tag|amplif|"
    r"access|peptide|field|"
    r"search|permut|shuffl|match|graph|model|component|variable|plasma|donor|bred|mating|orient|migrat|diffus|"
    r"fluctuat|network|sampling of (?:cells|fields|sections)|x-?inactiv|genomic|site|chance|level|guess|"
    r"motion|movement|phase|"
    r"skin flap|flap|pictures?|images?|photograph|periods?|process|cells?\b|blood|trial labels?|position|"
    r"location|direction)\w*",
    r"\brandom (?:\w+ )?(?:glucose|blood samples?)",
    r"\b(?:at|in) a random (?:site|position|locus|phase)",
    r"\bpseudo-?random (?:noise|sequence of (?:tones|stimuli))",
    r"(?:as|included|treated as|fitted as|considered) (?:a )?random\b(?! (?:order|sequence|manner|fashion))",
    r"\brandom terms?\b",
    r"\bby random (?:chance|integration|insertion|mutagenesis|priming)",
    r"\brandomly (?:distributed (?:periods|over the (?:skin|tissue))|illuminated|interleaved|presented|"
    r"oriented|generated (?:noise|stimuli)|permuted|selected|chosen|picked|sampled|taken|drawn|imaged|"
    r"acquired|photographed|mated|bred|captured)",
    r"\b(?:selected|chosen|picked|sampled|taken|drawn) (?:\w+ ){0,2}(?:at random|randomly)",
    r"\brandom (?:sub)?(?:set|sample|selection)s? of",
)
# What produces chance
_DEVICE = pattern(
    r"\brandom[- ](?:numbers?|digits?|integers?|letters?|permutations?|draw\w*|list|sequence|"
    r"allocation (?:sequence|list|table)|assignment (?:sequence|list|table))\b",
    r"\b(?:computer|software|machine|excel|spreadsheet|web|internet|program\w*|online|electronic\w*|"
    r"statistic\w*|r)[- ](?:\w+[- ]){0,2}random",
    r"\brandomi[sz]ation (?:list|table|schedule|software|sequence|code|plan|tool|program\w*|algorithm|service|"
    r"website|function|scheme|procedure (?:in|of))s?\b",
    r"\brandomi[sz]\w*\b.{0,60}\b(?:by|using|with|via|through|from|in|according to|aid of|help of|means of|"
    r"based on|following) (?:\w+[- ]){0,5}(?:computers?|software|generators?|excel|spreadsheets?|tables?|"
    r"lists?|lots|coins?|dic?e|cards?|algorithm|program(?:me)?|website|web|app|graphpad|package|sas|spss|"
    r"stata|matlab|python|urn|r)\b",
    r"\b(?:computer|software|spreadsheet|excel|generator|algorithm)\b.{0,50}\brandom",
    r"\b(?:allocation|assignment|group|treatment) (?:sequence|list|schedule|order)s?\b.{0,30}\b(?:generated|"
    r"produced|created|drawn) (?:by|with|in|using|from)\b",
    r"\bcomputer-generated (?:\w+ )?(?:list|sequence|schedule|table|allocation|assignment)",
    r"\blots (?:were|was|had been) (?:drawn|cast)|\b(?:drawing|drew|drawn|casting|"
    r"by)(?: of)?(?: the)? lots?\b|\bby lot\b",
    r"\b(?:drawing|drew|draw|drawn|pulling|pulled|picking|picked)\b.{0,40}\b(?:lots?|straws?|slips?|tickets?|"
    r"cards?|balls?|beads?|chips?|tokens?|names?|hat|urn|bag|bowl|box|deck|jar)\b",
    r"\b(?:slips?|tickets?|cards?|balls?|beads?|tokens?|straws?|chips|marbles|papers?|"
    r"names)\b.{0,60}\b(?:drawn|shuffled|mixed|pulled|picked out|taken out)\b",
    r"\b(?:toss|flip|throw|spin|roll|cast)\w*\b.{0,20}\b(?:coin|dic?e)\b|"
    r"\b(?:coin|dic?e)\b.{0,14}\b(?:toss|flip|throw|roll|cast|spun)\w*|\bcoin[- ]toss",
    r"\bshuffl(?:ed|ing)\b|\bminimi[sz]ation\b|\blottery\b|\braffle\b|\burn\b|\bout of a hat\b|\bfrom a hat\b",
    r"random\.org|\brandomi[sz]er\b|randomi[sz]ation\.com|\bquickcalcs\b|"
    r"\brand(?:between|array)?(?:\(|\b ?function|\b ?command|\b formula)|\bfunction (?:sample|rand\w*)\b|"
    r"\bsample\(|\bblockrand\b|\bminimpy\b|\brandallocate\b|\brandomize\.net",
    r"\brandomi[sz]\w*\b.{0,40}\b(?:generated|drawn|produced) (?:in|by|with|using|from)\b|"
    r"\b(?:generated|produced) in (?:r|excel|sas|stata|spss|matlab|python)\b",
    r"\bsample function\b|\bonline (?:tool|app\w*|randomi\w*)|\bsealedenvelope\b|\bballot\b|"
    r"\bpicking (?:\w+ ){0,3}(?:tags?|numbers?|sticks?|pieces|notes)\b|"
    r"\b(?:names?|numbers?|tags?|ids?)\b.{0,90}\b(?:mixed|drawn|shuffled|pulled)\b.{0,40}\b(?:bowl|hat|bag|"
    r"box|urn|one by one|blindly|at random)|\b(?:bowl|hat|bag|box|urn|jar)\b.{0,40}\bdrawn\b",
    r"\bseed (?:number |value |was )?\d+|\brecord seed|\bpermuted[- ]blocks?|\bbiased[- ]coin|"
    r"\bblocks of (?:two|four|six|eight|\d)\b.{0,40}random|random.{0,40}\bblocks? (?:of|size)\b",
)
_NOT_DEVICE = pattern(
    r"\b(?:spikes?|trial shuffl\w*|trials|trial labels?|test trials|glm|touch|replay|bootstrap\w*|surrogate|"
    r"chance (?:level|distribution)|null distribution|simulat\w*|monte carlo|p[- ]values?|stimul(?:i|us)|"
    r"tones?|odou?rs?|rewards?|permutation tests?|label\w* (?:were|was)? ?shuffl|"
    r"shuffl\w* (?:the )?(?:group )?labels?|normally distributed|energy|error|cost|least[- ]squares|neuron\w*|"
    r"genes?|sequencing reads|trial order|firing)\b"
)
# Groups are formed, or members of a group receive something
_FORMING = pattern(
    r"\b{ASSIGN}\b",
    r"\bwhich (?:of the )?(?:\w+ ){0,5}(?:received?|was given|were given|got|served?|underwent|would|should|"
    r"to receive|became|diets?|treatments?|groups?)\b",
    r"\b(?:received|were given|was given|given|got|served as|became|underwent|entered|were fed|put|"
    r"placed) (?:\w+ ){0,5}(?:{GROUP}|feed|water|extract|injections?)\b",
    r"\bgroup (?:membership|of each)|\b(?:drew|drawn) (?:its|their|a|the) group|"
    r"\bto (?:form|make up) (?:the )?(?:\w+ )?groups|\bforming (?:the )?groups|"
    r"\b{GROUP} of (?:each|every) {ANIMAL}",
    r"\bgroups? (?:was|were|depended|followed)\b",
)
_ANY_GROUP = pattern(r"\b(?:{GROUP}|{ANIMAL}|between \w+ (?:\w+ )?and)\b")
_BEAST = pattern(r"\b{ANIMAL}\b|\bcages\b|\bpens\b|\ballocation\b|\bassignment to\b")
_GROUPING = pattern(
    r"\b{ASSIGN}\b.{0,80}\b{GROUP}\b|\b{GROUP}\b.{0,80}\b{ASSIGN}",
    r"\bwhich (?:of the )?(?:\w+ )?(?:diets?|treatments?|drugs?|groups?|doses?|feeds?)\b|"
    r"\bwhich {ANIMAL} (?:received|was given|were given|got)",
    r"\bgroup (?:allocation|assignment|membership|of each)|\ballocat\w*|\binto (?:\w+ ){0,3}groups\b|"
    r"\bserved as\b|\brandomi[sz]ed (?:in|to)\b|\bform\w* (?:the )?groups",
)
_OTHER_TARGET = pattern(
    r"\b(?:order|sequence|turn)s? (?:in which|determined when|decided when|"
    r"of (?:the )?(?:test|assess|measur|sampl|scan|kill|presentation|animals|stimul|surger))\w*",
    r"\brandom(?:i[sz]ed|ly)? (?:\w+ )?(?:order|sequence of)\b|\border (?:was|were|is|drawn|determined|"
    r"decided|given)\b",
    r"\b(?:when|in what order) (?:each|the|every|an) (?:\w+ )?(?:was|were) (?:tested|imaged|scanned|measured|"
    r"assessed|sampled|killed|examined|sacrificed)\b",
    r"\bnext\b.{0,20}\b(?:scanned|tested|measured|sampled|assessed)|"
    r"\b(?:scanned|tested|measured|sampled|assessed|killed|filmed) next\b",
    r"\b(?:test|testing|assessment|measurement|scanning|sampling|stimul\w*|trial|sacrifice|surgery|location|"
    r"cage|position|processing) (?:order|sequence|location|position)s?",
    r"\b(?:cage|tank|pen|rack|shelf)s? (?:location|position|placement)s?\b|"
    r"\b(?:position|location|place)s? of (?:the |each )?(?:cages?|tanks?|pens?)|\bhousing\b",
)
_STATED = pattern(
    r"\brandom\w* (?:\w+ ){0,3}(?:assign|allocat|allott?|divid|distribut|split|separat|subdivid|categori|"
    r"group(?:ed)?\b)",
    r"\b(?:assign|allocat|allott?|divid|distribut|split|separat|subdivid|categori|"
    r"grouped)\w*\b.{0,50}\b(?:at random|randomly|by randomi[sz]ation|randomi[sz]ed|"
    r"random (?:manner|fashion|way|basis))",
    r"\b(?:{ANIMAL}|they|which|litters|cages|pens)\b.{0,50}\b(?:were|was|are|will be|then|is|be|"
    r"and) (?:\w+ ){0,3}randomi[sz]ed\b(?! order)",
    r"\brandomi[sz]e (?:the )?{ANIMAL}|\brandomi[sz]ation of (?:the )?{ANIMAL}|"
    r"\brandomi[sz]ed (?:in)?to (?:\w+ ){0,4}(?:{GROUP}|receive|one)\b",
    r"\brandomi[sz]ed,? (?:\w+[- ,]+){0,3}(?:block|controlled|design|trial|cross-?over|study|latin square|"
    r"experiment|groups)",
    r"\brandom\w* .{0,60}\b(?:to|into|between|among|in) (?:the |one of |either |each |two |three |four |five |"
    r"six |\d+ )?(?:\w+ ){0,3}{GROUP}\b",
    r"\b{GROUP}\b.{0,40}\b(?:at random|randomly)\b|\brandomi[sz]ed by\b|\bafter randomi[sz]ation\b|"
    r"\brandom (?:assignment|allocation)\b|\brandomi[sz]ed (?:{ANIMAL}|subjects)",
)
_DENIED = pattern(
    r"\b(?:not|never|neither|nor|without|no|non)\b[- ](?!blind|mask|aware|conceal|"
    r"inform)(?:\w+[- ]){0,4}?(?:randomi[sz]\w*|random\b|randomly|at random)",
    r"\brandomi[sz]ation (?:of (?:\w+ ){1,5}?|to (?:\w+ ){1,3}?)?(?:was|were) (?:not|never|omitted|impossible|"
    r"infeasible|waived)|\b(?:lack|absence) of randomi[sz]",
    r"\bnot (?:\w+ ){0,2}(?:assigned|allocated|divided|distributed|grouped) (?:\w+ ){0,2}(?:at random|"
    r"randomly|by randomi)",
)
_NO_DETAIL = pattern(
    r"\bno (?:\w+ ){0,3}(?:details?|information|description|record|account)s? (?:\w+ ){0,3}(?:randomi|procedure)",
    r"\bnot (?:known|clear|stated|described|documented|recorded) (?:\w+ ){0,3}(?:how|whether)|"
    r"\bmethod of randomi[sz]ation (?:was|is) not|\bnot (?:\w+ ){0,2}(?:describe|report|state|record)\w*",
    r"\bbefore randomi[sz]ation\b|\bprior to randomi[sz]ation\b|"
    r"\bnot random\w* (?:distributed|scattered|located|oriented)|"
    r"\bnon-?random (?:distribution|pattern|mating|segregation)|\bat random times\b|\brandom sampling\b|"
    r"\bno (?:\w+ )?random (?:effect|slope|intercept)",
)
# Bases of allocation that aren't chance
_BASIS = (
    r"(?:dates? of \w+|(?:calving|lambing|farrowing|hatching|weaning|admission|arrival|delivery|foaling|"
    r"kidding|surgery|entry) (?:dates?|times?|order)|dates? of birth|birth ?dates?|birthdays?|birth order|"
    r"order of (?:birth|arrival|capture|entry|catching|admission|purchase|delivery)|arrival|"
    r"(?:ear|cage|tag|animal|pen|tank|tattoo|id|identification|eartag|ear-tag|chip|hospital|stable|case|"
    r"file)[- ](?:tag )?(?:numbers?|position|location)|availability|"
    r"(?:days?|day) of (?:the week|surgery|arrival|delivery|birth|admission)|weekdays?|capture|catching|"
    r"owners?'? ?(?:preference|choice|wish|consent)|convenience|"
    r"(?:clinical |personal |own |his |her |their )*(?:judge?ment|discretion|preference|choice|decision)|"
    r"(?:\w+ ){0,2}(?:index )?scores?|test results?|laboratory (?:tests?|results|values)|temperament|vigou?r|"
    r"(?:order|sequence) (?:in which|of)|position (?:of|in) (?:the )?(?:cage|rack|room|pen)|"
    r"(?:side|half|end|part) of the (?:room|barn|house|rack)|coat colou?r|litter number|body condition)"
)
_BY_BASIS = pattern(
    r"\b(?:based on|according to|depend(?:ed|ing|ent)? (?:up)?on|determined by|decided by|governed by|"
    r"dictated by|follow(?:ed|ing)|by|in order of|on the basis of|in the order of|with respect to|at|"
    r"because of|for reasons of|out of|relied on) (?:the |their |its |a |each |his |her |"
    r"our )?(?:[\w']+ ){0,3}?" + _BASIS + r"\b",
)
_RULE = pattern(
    r"\b(?:odd|even)(?:ly)?[- ](?:numbered\b|(?:[\w-]+[- ]){0,3}(?:numbers?|tags?|ids?|digits?|cages?|days?|"
    r"dates?|ones)\b)|\b(?:with|having|ending in) (?:an? )?(?:odd|even)\b",
    r"\bevery (?:other|second|third|2nd|3rd) (?:[\w-]+ )?{ANIMAL}\b|\bserpentine|\bzig-?zag|\bby turns\b",
    r"\b(?:decided|chose|selected|determined|picked)\b.{0,40}\bwhich (?:of the )?{ANIMAL}\b|"
    r"\bwhich {ANIMAL}\b.{0,50}\bwas (?:decided|chosen|left to|up to) (?:by )?(?:the )?(?:\w+ )?(?:surgeon|"
    r"investigator|veterinarian|author|owner|technician|experimenter)",
    r"\b(?:left to|up to|chosen by|selected by|decided by) the (?:\w+ )?(?:surgeons?|investigators?|"
    r"veterinarians?|authors?|owners?|technicians?|experimenters?|farmers?)\b",
    r"\b(?:owners?|surgeons?|investigators?|veterinarians?|authors?|technicians?|experimenters?|farmers?|we|"
    r"he|she) (?:\w+ ){0,2}(?:chose|decided|determined|selected|picked|judged) (?:\w+ ){0,4}(?:whether|which|"
    r"what|who)\b",
    r"\b(?:assigned|allocated|entered|allotted)\b.{0,60}\bin the (?:order|sequence) (?:in which|of)\b",
    r"\bquasi-?random\w*\b|\bopposite to (?:that of )?the (?:previous|preceding|last)\b|"
    r"\b(?:went|going|assigned|allocated) to the (?:other|opposite) group than the (?:previous|preceding)",
    r"\b{ANIMAL}\b.{0,30}\b(?:least|most|best|easiest|tamest|calmest|strongest|weakest|healthiest|sickest|"
    r"largest|smallest|heaviest|lightest)\b.{0,40}\b(?:taken|used|chosen|selected|put|served|assigned|"
    r"allocated|became|entered)\b.{0,30}\b(?:groups?|controls?|arm|treatment)\b",
    r"\bas they (?:came|were taken|emerged|left|were caught)\b",
    r"\bwhichever\b|\b(?:easiest|first) to (?:be )?(?:catch|caught|capture)",
)
_ALTERNATE = pattern(
    r"\balternat(?:ely|ingly|ing|ion|e)\b.{0,90}\b(?:assign\w*|allocat\w*|allott\w*|divid\w*|distribut\w*|put|"
    r"placed|entered|{GROUP})\b",
    r"\b(?:assign\w*|allocat\w*|allott\w*|divid\w*|distribut\w*|put|placed|entered|given|received|"
    r"grouped)\b.{0,60}\balternat(?:ely|ingly|ing|ion|e)\b",
)
_ALTERNATE_TRAP = pattern(
    r"\balternat\w* (?:\w+ )?(?:days?|sections?|slices?|light|dark|current|trials?|stimul\w*|doses?|arms?|"
    r"splic\w*|epochs?|weeks?|hours?|periods?|medication|1 s|training|nostrils?|hypothes\w*|pathways?|frames?|"
    r"rows?|explanation)\b"
)
_BATCH = pattern(
    r"\b(?:first|earlier|nearest|closest|farthest|left|left-hand|upper|front|top|heaviest|larger|largest|"
    r"lightest|smaller|smallest|oldest|youngest|available in|delivered (?:in|on)|born (?:before|in|on)|caught|"
    r"captured|(?:on|in) the (?:left|upper|top|front|north))\b.{0,90}?\b(?:controls?|vehicle|sham|saline|"
    r"untreated|placebo|treat(?:ed|ment)|group a|group 1|pens|cages|received?|were given|got|drug|formed|"
    r"became|were fed|assigned|allocated)\b.{0,80}?"
    r"\b(?:second|next|later|remaining|rest|other|others|right|right-hand|lower|back|bottom|lightest|heaviest|"
    r"smaller|larger|oldest|youngest|south)\b.{0,80}?\b(?:irradiated|treat(?:ed|ment)|receive[ds]?|were given|"
    r"got|experimental|vehicle|controls?|sham|saline|water|exposed|injected|infected|group b|group 2|operated|"
    r"served|formed|implanted|vaccinated|drug|extract|became|were fed|assigned|allocated|to|were not|"
    r"did not)\b"
)
_NEAREST = pattern(
    r"\b(?:nearest|closest)\b.{0,80}\b(?:remaining|rest|others?|far\w*)\b.{0,60}\b(?:controls?|served|"
    r"untreated|treated|received)\b"
)
_MEASURING = pattern(
    r"\b(?:assessed|tested|measured|scanned|sampled|examined|filmed|run|scored|analy[sz]ed|recorded)\b"
)
_STRATIFIED = re.compile(
    r"\bstratif|\bmatched\b|\bbalanced\b|\bcounterbalanc|\bequal (?:mean|average)|(?<!quasi-)\brandom"
)


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
        if (_OTHER_TARGET.search(clause) or re.search(r"\border\b", clause)) and not _GROUPING.search(clause):
            continue
        if re.search(
            r"\b(?:plac\w*|locat\w*|position\w*|arrang\w*)\b[^.]{0,30}\bcages?|"
            r"\bcages?\b[^.]{0,30}\b(?:plac|locat|position|arrang)",
            clause,
        ):
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
    opened = re.search(r"\bhung\b|\bposted\b|\bin full view|\bopen(?:ly)?\b", text) and not re.search(
        r"\bcomputer|\bgenerat", text
    )
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
        return "random_component", "described", 0.9 if grouping else 0.75, "names how chance was produced"
    if (
        not re.search(r"\bneurons?|\bcell death|\bcells were\b", text)
        and not _MEASURING.search(text)
        and not _NOT_DEVICE.search(text)
    ):
        animals = _BEAST.search(text)
        given = forming or re.search(
            r"\b(?:was|were) given\b|\breceived\b|\bgot\b|\bgroups?\b|\bcontrols?\b|\bodd\b.*\beven\b|"
            r"\beven\b.*\bodd\b",
            text,
        )
        if animals and forming and _BY_BASIS.search(text) and not _STRATIFIED.search(text):
            return "non_random_rule", "stated", 0.85, "allocation follows a rule that is not random"
        if given and _RULE.search(text) and not _STRATIFIED.search(text):
            return "non_random_rule", "stated", 0.85, "allocation follows a rule that is not random"
        if forming and alternates(text):
            return "non_random_rule", "stated", 0.85, "allocation by alternation"
        if (
            animals
            and forming
            and (_BATCH.search(text) or _NEAREST.search(text))
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
    if re.search(
        r"\b(?:to|in|into|among) (?:individual |the |single |their )*(?:cages?|pens?|tanks?|boxes)\b", text
    ) and not _GROUPING.search(text):
        return False
    return not re.search(
        r"\b(?:embryos were (?:flushed|collected)|oocytes|neurons were|cells were|wells|keys?|arms were|"
        r"target arms|rooms\b|trial types?|stimul\w*|data were|voxels?|spikes?|images? of|cardinal)\b",
        text,
    )
