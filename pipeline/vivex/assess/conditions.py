"""Items 4 and 6: where the animals were kept, and in what order or by what choice they were assessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.finding import Finding
from vivex.assess.reading import Reading
from vivex.assess.words import pattern

HOUSING, ORDER = "random_housing", "random_outcome_assessment"

_PLACE = r"(?:cages?|tanks?|pens?|aquari\w*|racks?|shel(?:f|ves)|hutch(?:es)?|kennels?|stalls?|barns?|rooms?|enclosures?|boxes|paddocks?|stables?|crates?|compartments?|vivari\w*|houses|tiers?|incubators?)"
_PLACED = r"(?:placed|position\w*|plac(?:e|ing|ement)|locat\w*|stood|arrang\w*|put|assign\w*|allocat\w*|allott\w*|distribut\w*|moved?|rotat\w*|housed|swapp\w*|interchang\w*|shift\w*|chosen|randomi[sz]\w*|exchang\w*|kept|switch\w*)"
_RANDOM = r"(?:random\w*|by lot|by chance|random numbers?)"
_RANDOM_PLACE = re.compile(
    rf"\b(?:cage|tank|pen|aquarium|rack|shelf|hutch|housing|kennel|stall|pot) (?:positions?|locations?|placements?|order|arrangement|assignment|allocation)s?\b[^.;]{{0,60}}\b{_RANDOM}|"
    rf"\b{_RANDOM}[^.;]{{0,40}}\b(?:cage|tank|pen|aquarium|rack|shelf|hutch|housing|kennel|stall) (?:positions?|locations?|placements?|order|arrangement|assignment)s?|"
    rf"\b{_PLACE}\b[^.;,]{{0,50}}\b{_PLACED}\b[^.;,]{{0,25}}\b{_RANDOM}|\b{_PLACE}\b[^.;,]{{0,50}}\b{_RANDOM} (?:\w+ )?{_PLACED}|"
    rf"\b{_RANDOM} (?:\w+ ){{0,2}}{_PLACED} (?:(?!groups?\b)\w+ ){{0,4}}(?:in|to|into|on|within|over|among|across|between) (?:(?!groups?\b)[\w-]+ ){{0,4}}{_PLACE}\b|\b{_PLACED} (?:\w+ )?(?:at random|randomly) (?:in|to|into|on|within|over|among|across) (?:(?!groups?\b)[\w-]+ ){{0,4}}{_PLACE}\b|"
    rf"\b{_RANDOM}\b[^.;]{{0,60}}\bwhere (?:its|the|each) (?:\w+ )?{_PLACE}|\brandom(?:i[sz]ed|ly)? (?:positions?|locations?|placement)[^.;]{{0,40}}\b(?:{_PLACE}|system|facility|rack)|\b(?:newly?|new),? randomly chosen (?:position|place|location)|"
    rf"\bgiven random (?:positions?|locations?|places)|\b(?:allocated|assigned|randomi[sz]ed) to (?:the )?(?:individual )?(?:pens|cages|tanks|stalls)\b[^.;]{{0,40}}\brandom|\brandom housing\b|\bhoused randomly\b|\brandomly housed\b"
)
_ROTATED = re.compile(
    rf"\b(?:{_PLACE}|they|animals|positions?)\b[^.;]{{0,50}}\b(?:rotated|swapped|interchanged|exchanged|shifted|moved|re-?arranged|switched|changed places?|changed position)\b[^.;]{{0,50}}\b(?:weekly|daily|every|each|once|twice|times|regularly|periodically|systematically|throughout|clockwise|position|positions|between shelves)|"
    rf"\brotat(?:ed|ion|ing)\b[^.;]{{0,40}}\b(?:cages?|tanks?|pens?|racks?|shel(?:f|ves))\b"
)
_GROUPS = (
    r"(?:all (?:\w+ )?(?:\w+ )?(?:groups|genotypes|treatments|diets|conditions|arms)|both (?:\w+ )?(?:groups|genotypes|treatments|diets|arms)|(?:different|various|each|the (?:two|three|four|five|six)) (?:\w+ )?(?:groups?|genotypes?|treatments?|arms?|conditions)|"
    r"(?:controls?|sham|untreated|vehicle|saline|wild-?types?|wt|uninfected)\b[^.;]{0,40}\b(?:and|or|with)\b[^.;]{0,40}\b(?:treated|exposed|experimental|infected|mutants?|knock-?outs?|ko|injected|transgenic|operated|drug)|"
    r"(?:treated|exposed|experimental|infected|mutants?|knock-?outs?|transgenic|operated)\b[^.;]{0,40}\b(?:and|or|with)\b[^.;]{0,40}\b(?:controls?|sham|untreated|vehicle|saline|wild-?types?|uninfected)|either [^.;]{1,60} or )"
)
_MIXED = re.compile(
    rf"\b{_GROUPS}[^.;]{{0,80}}\b(?:co-?housed|housed together|mixed|kept together|shared (?:a |the )?(?:same )?(?:cage|tank|pen)s?|in the same (?:cages?|tanks?|pens?|aquari\w*|home cage)|living together|reared together|raised together)\b|"
    rf"\b(?:co-?housed|housed together|mixed|kept together|same (?:cages?|tanks?|pens?))\b[^.;]{{0,80}}\b{_GROUPS}|"
    rf"\b(?:each|every|one|the same|a|single) (?:cage|tank|pen|aquarium|litter box)s? (?:held|contain\w*|housed|comprised|included|had|accommodated|with)\b[^.;]{{0,60}}\b(?:all|each|both|every|different|one (?:\w+ )?(?:of|from) each)\b[^.;]{{0,30}}\b(?:groups?|treatments?|genotypes?|diets|arms|doses?)|"
    r"\b(?:animals|mice|rats|members|one \w+) (?:of|from|receiving) (?:all|each|both|every|different)[^.;]{0,30}\b(?:groups?|treatments?|genotypes?)\b[^.;]{0,30}\b(?:per cage|in each (?:cage|tank|pen)|in every (?:cage|tank|pen)|within (?:a|each|every|one) (?:cage|tank|pen)|shared)"
)
_APART = re.compile(
    r"\b(?:separate|different|another|own|other|distinct|adjacent|neighbou?ring|isolated) (?:\w+ ){0,2}(?:rooms?|barns?|buildings?|shel(?:f|ves)|racks?|facilit(?:y|ies)|houses?|stables?|units?|areas?|floors?|sheds?|paddocks?)\b|"
    r"\b(?:room|barn|building|rack|stable|shed|shelf|house|unit|compartment) (?:a|1|i|one)\b[^.]{0,100}\b(?:room|barn|building|rack|stable|shed|shelf|house|unit|compartment)? ?(?:b|2|ii|two)\b|"
    r"\b(?:top|upper|uppermost|highest|left)(?:most)? (?:\w+ )?(?:shel(?:f|ves)|tier|row|rack|side|level)\b[^.]{0,120}\b(?:bottom|lower|lowest|right|lowermost)(?:most)?(?: \w+)? ?(?:shel(?:f|ves)|tier|row|rack|side|level)?\b|"
    r"\b(?:bottom|lower|lowest|right)(?:most)? (?:\w+ )?(?:shel(?:f|ves)|tier|row|rack|side|level)\b[^.]{0,120}\b(?:top|upper|uppermost|highest|left)(?:most)?\b|"
    r"\bkept together on (?:a|one|the same) (?:shelf|rack|side)\b|\bon (?:a )?(?:shelf|rack|side) of (?:their|its) own|\bnext to the (?:window|door|heater|ventilation)\b[^.]{0,100}\b(?:far|opposite|other|away)"
)
_CONTRAST_GROUPS = re.compile(
    r"\b(?:controls?|sham|untreated|vehicle|saline|uninfected|wild-?types?|wt|chow|placebo|unexposed|na[iï]ve|non-?\w+|standard diet|low-?fat)\b"
)
_TREATED = re.compile(
    r"\b(?:treated|infected|exposed|experimental|high-?fat|knock-?outs?|mutants?|transgenic|operated|injected|drug|supplemented|vaccinated|inoculated|groups?|lesioned|diabetic|stressed|medicated|implanted)\b"
)
_KEPT = re.compile(
    r"\b(?:kept|housed|held|stayed|stood|maintained|accommodated|located|placed|caged|lived|penned|stabled|put|were on|remained|moved|quartered)\b"
)
_HOUSE_DENIED = re.compile(
    r"\b(?:cage|tank|pen|housing|rack|shelf)s?\b[^.;]{0,40}\b(?:(?:was|were|is|are) not|not) (?:\w+ ){0,2}(?:randomi[sz]ed|random|rotated)|\b(?:not|never) (?:\w+ ){0,2}(?:randomi[sz]ed|rotated|randomly)[^.;]{0,40}\b(?:cages?|tanks?|pens?|racks?|shelves)\b(?! were)"
)
_UNKNOWN = re.compile(
    r"\bnot (?:recorded|documented|known|reported|described|noted|kept track of|specified|stated)\b|\bunknown\b|\bno record"
)
_NOT_ANIMAL_OBJECT = (
    r"(?:fields?|areas?|regions?|sections?|images?|slides?|slices?|cells?|neurons?|nuclei|sites?|spots?|villi|villus|glomeruli|fib(?:er|re)s?|myofib\w+|vessels?|photos?|photographs?|micrographs?|points?|locations?|positions?|frames?|pixels|"
    r"rois?|lines?|leaves|colon(?:y|ies)|clones?|genes?|reads?|peptides?|tubules?|follicles?|islets?|synapses?|dendrites?|spines?|segments?|stimul\w*|tones?|trials?|intervals?|odou?rs?|blocks?|crypts?|alveol\w*|lesions?|grids?|arms?|quadrants?|windows?|time ?points?|days?|views?|portions?|lobes?|words?|items?|papers?|articles|questionnaires?|particles?|windows|sounds?|locus|loci|snps?|axons?|boutons?|puncta|organoids?|wells?|plates?)"
)
_SELECT = r"(?:select\w*|chos\w*|choos\w*|pick\w*|taken|drawn|sampled|removed|caught|captured|collected|harvested|sacrificed|killed|culled|euthani[sz]ed|slaughtered|identified|tested|assessed|analy[sz]ed|measured)"
_PICKED = pattern(
    rf"\b{{ANIMAL}}\b[^.;]{{0,70}}\b(?:randomly {_SELECT}|{_SELECT} (?:\w+ )?(?:at random|randomly|by lot|in a random (?:manner|fashion|way)))|"
    rf"\b(?:randomly|at random,?) (?:{_SELECT}) (?:(?!of\b)[\w-]+ ){{0,4}}?(?:{{ANIMAL}}|females?|males?|sisters|brothers|individuals?)\b|"
    rf"\b{_SELECT} (?:at random|randomly) (?:[\w-]+ ){{0,4}}?(?:{{ANIMAL}}|females?|males?|sisters|brothers|individuals?)\b|"
    rf"\brandomly (?:select|choose|pick)\b[^.;]{{0,50}}\b(?:{{ANIMAL}}|tumou?rs? from each|females|males)\b|\brandom (?:sample|selection|subset|subsample) of (?:the )?(?:\w+ ){{0,3}}{{ANIMAL}}\b|\b(?:samples?|tissues?) (?:should be|were|was|will be) randomi[sz]ed\b|"
    rf"\bwhich {{ANIMAL}}\b[^.;]{{0,40}}\b(?:next|first|scanned|tested|sampled|sacrificed|measured)\b[^.;]{{0,80}}\b(?:random|lot|coin|dice|chance)|\brandomly (?:select|choose|pick)ed? one (?:{{ANIMAL}})"
)
_ORDERED = pattern(
    r"\b(?:in|with|using|followed|following|by|to) (?:an? |the )?(?:\w+ ){0,2}random(?:i[sz]ed|ly)?(?: (?:assigned|generated|chosen|selected|determined|mixed|ordered))? (?:order|sequence|manner|fashion|turn|list|schedule|rotation)s?\b|\b(?:order|sequence|turn|succession)s?\b[^.;]{0,90}\b(?:randomi[sz]ed|random\w*|at random|by lot|drawn|shuffled|coin|dice|lots)\b|"
    r"\brandom(?:i[sz]ed|ly)?[- ](?:order(?:ed)?|sequence)\b|\brandomi[sz](?:ed|ing|ation of) (?:the )?(?:\w+ ){0,3}(?:order|sequence)|\bat random times\b|\brandomly intermixed\b|\b(?:collected|processed|tested|assessed|analy[sz]ed|measured|scanned|sampled) (?:and \w+ )?randomly\b|"
    r"\bcomputer-generated random (?:list|order|sequence)|\brandom numbers? (?:generator|table|list)[^.;]{0,60}\border\b"
)
_ORDER_DENIED = re.compile(
    r"\b(?:not|never|nor|neither|without|no)\b[^.;,]{0,40}\b(?:random(?:i[sz]ed|ly)? (?:order|sequence|selected|chosen|picked)|randomi[sz]ed? the order)|\border\b[^.;,]{0,60}\b(?:was|were) (?:not|never) (?:\w+ )?random|\bnon-?random (?:order|sequence)|\bfixed (?:order|sequence)\b"
)
_GROUPWISE = pattern(
    r"\bgroup by group\b|\bone (?:\w+ )?group (?:after|at a time|following)|\bgroup after group\b|\b(?:cage by cage|treatment by treatment)\b.{0,60}\b(?:beginning|starting|first|then)|"
    r"\b(?:controls?|sham\w*|vehicle|untreated|wild-?types?|lesioned|treated|infected|exposed|injured|placebo|saline)\b[^.]{0,60}\b(?:always|first|mornings?|a\.m\.|am\b|mondays?|day one|before noon|early|earlier|day 1|week 1|weekdays|beginning)\b[^.]{0,100}\b(?:afternoons?|evenings?|last|tuesdays?|later|p\.m\.|pm\b|second|thereafter|next day|following day|subsequently|afterwards?|then|day 2|week 2|ending|followed by)\b"
)
_WORST = pattern(
    r"\b{ANIMAL}\b[^.;]{0,60}\b(?:displaying|showing|exhibiting|having|with|that (?:showed|displayed|had|exhibited)) the (?:most|best|highest|largest|lowest|strongest|greatest|clearest|worst|severest|median|smallest|heaviest|longest|least)\b[^.;]{0,140}\b(?:sent|selected|chosen|used|taken|sampl|analy|picked|assess|examin|processed|microarray|histolog|imaged|slaughter)|"
    r"\bselected\b[^.;]{0,60}\b(?:on the basis of|based on|according to|because of) (?:their |the )?(?:\w+ ){0,3}(?:response|performance|weight|score|size|severity|outcome)s?\b[^.;]{0,80}\b(?:for|were)\b[^.;]{0,40}{OUTCOME_STEP}|\b(?:best|worst|heaviest|largest|lightest|median|most (?:severely )?affected|strongest)[- ](?:\w+ ){0,2}{ANIMAL}\b[^.;]{0,40}\b(?:selected|chosen|used|taken|picked)\b[^.;]{0,60}{OUTCOME_STEP}"
)
_STIMULI = re.compile(
    r"\b(?:stimul\w*|tones?|odou?r\w*|trials?|presented|presentations?|images|gratings?|sounds?|pictures|cues?|frequenc(?:y|ies)|directions?|orientations?|current (?:steps|intensities)|concentrations?|intensit(?:y|ies)|light pulses|conditions|arms|rewards?|levers?|side|tasks|"
    r"cups?|objects?|doses|drugs?|injections|filaments|solutions|order of (?:the )?(?:drugs?|doses|treatments?|tests|injection|conditions|administration|presentation|trays)|treatment order|treatments|fields?|odorants?|sequence of (?:tests|treatments|drugs))\b"
)
_STEP = pattern(r"\b{OUTCOME_STEP}\b")
_ANIMAL = pattern(r"\b{ANIMAL}\b|\bindividuals\b|\bgroups?\b")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield what the sentence says about the placing of cages and about the order or choice of animals assessed."""
    if not reading.own or reading.role == "discussion" and not re.search(r"\bwe\b|\bour\b", reading.text):
        return
    yield from _housing(reading)
    yield from _order(reading)


def _made(reading: Reading, item: str, signal: str, answer: str, strength: float, why: str) -> Finding:
    return Finding(item, signal, answer, strength, ((reading.start, reading.end),), why)


def _housing(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    if (
        re.search(
            r"\bmetabolic cages? (?:for|were)|\bmaze|\barena|\bapparatus|\bwater bath|\btest(?:ing)? (?:room|cage|box)",
            text,
        )
        and "hous" not in text
    ):
        return
    if _HOUSE_DENIED.search(text):
        yield _made(reading, HOUSING, "groups_apart", "yes", 0.9, "says that cages were not placed at random")
        return
    if _RANDOM_PLACE.search(text) and not re.search(
        r"\b(?:not|never)\b[^.;,]{0,20}\brandom|\brandom\w*[^.;]{0,40}\b(?:per|in each|from each) (?:cage|pen|tank)|\brandom\w* (?:selected|chosen|taken|picked)",
        text,
    ):
        yield _made(reading, HOUSING, "random_placement", "yes", 0.9, "cages, tanks or animals were placed at random")
        return
    if _ROTATED.search(text) and not re.search(r"\brotat(?:ing|ed) (?:rod|drum|disk|platform|wheel)", text):
        yield _made(reading, HOUSING, "random_placement", "yes", 0.8, "cages or tanks changed places regularly")
        return
    apart = bool(_APART.search(text)) and bool(_KEPT.search(text))
    if (
        apart
        and _CONTRAST_GROUPS.search(text)
        and _TREATED.search(text)
        and not re.search(
            r"\b(?:behaviou?r|test|surger|operat|procedure|experiment) rooms?\b|\bboth (?:\w+ )?rooms|\bquarantin|\bsurgery\b|\bmating|\bbred\b",
            text,
        )
    ):
        yield _made(reading, HOUSING, "groups_apart", "yes", 0.85, "groups were kept in different places")
        return
    if re.search(
        r"\b(?:groups?|treatments?) (?:\w+ ){0,3}(?:were|was) (?:\w+ )?(?:held|kept|housed|placed) in (?:different|separate) (?:rooms|buildings|barns|racks|shelves|facilities)",
        text,
    ):
        yield _made(reading, HOUSING, "groups_apart", "yes", 0.85, "groups were kept in different places")
        return
    if _MIXED.search(text) and not re.search(
        r"\bmixed (?:with|in|model|effect|gas|well|sex|background|genetic|diet|breed|strain|thoroughly|by|into|together with)|\bnot (?:co-?housed|housed together|mixed)|\bpseudomixed\b|\bseparately\b",
        text,
    ):
        yield _made(reading, HOUSING, "random_placement", "yes", 0.8, "animals of all groups shared cages")
        return
    if re.search(
        r"\bcage-?matched|\blittermates? (?:\w+ ){0,3}(?:housed|caged)|\bcages?\b[^.;]{0,60}\b(?:arranged|arrangement|position|rack)|\bco-?housed\b",
        text,
    ) and (_UNKNOWN.search(text) or "match" in text or "co" in text):
        yield _made(
            reading, HOUSING, "random_placement", "mentioned", 0.4, "speaks of housing, not of placement at random"
        )
    elif re.search(
        r"\b(?:housed|caged|group-housed|per cage|in cages|were kept|were maintained|polycarbonate|polypropylene)\b",
        text,
    ):
        yield _made(reading, HOUSING, "random_placement", "mentioned", 0.2, "housing described, placement not")


def _order(reading: Reading) -> Iterator[Finding]:
    text = reading.text
    clean = re.sub(
        rf"\brandom\w*[- ](?:[\w-]+ ){{0,3}}{_NOT_ANIMAL_OBJECT}\b|\b{_NOT_ANIMAL_OBJECT} (?:\([^)]*\) )?(?:[\w-]+ ){{0,4}}(?:were |was )?(?:randomly|at random)(?: \w+)?",
        " ",
        text,
    )
    if (
        _ORDER_DENIED.search(text)
        and not re.search(r"\bcage\b|\brack\b", text)
        and (_STEP.search(text) or _ANIMAL.search(text))
    ):
        yield _made(reading, ORDER, "random_selection", "denied", 0.9, "says that the order or choice was not random")
        return
    if (
        _GROUPWISE.search(text)
        and _STEP.search(text)
        and not re.search(r"random|counterbalanc|mixed order|\bhabituat|\binject\w*\b[^.]{0,20}\bthen\b", text)
        and (reading.role != "results")
        and re.search(
            r"\balways\b|\ball (?:\w+ )?(?:sham|control|treated|injured)|\bgroup by group\b|\bgroup after|\bone group\b|\bmorning|\bmonday|\bbefore noon\b",
            text,
        )
    ):
        yield _made(reading, ORDER, "random_selection", "denied", 0.85, "groups were assessed one after the other")
        return
    if _WORST.search(text) and not re.search(r"\bcells?\b|\bclones?\b|\bpromising\b", text):
        yield _made(reading, ORDER, "random_selection", "denied", 0.7, "animals were picked by a measured property")
        return
    if _PICKED.search(clean) and not re.search(
        r"\brandomly (?:selected|chosen|picked|taken) (?:to|and|as|for)\b[^.;]{0,30}\b(?:receive|treatment groups?|be treated|assign|groups?|serve|inject|mating|breed|control)|\binto (?:\w+ ){0,3}groups?\b|\bassigned\b|\ballocated\b|\b(?:wild|pond|river|farm|litter size|litters were|cull\w* to|standardi[sz]ed|adjusted to|males? (?:\w+ ){0,2}(?:mate|pair))",
        clean,
    ):
        yield _made(reading, ORDER, "random_selection", "yes", 0.85, "animals were picked at random for assessment")
        return
    if (
        _ORDERED.search(clean)
        and (_STEP.search(clean) or _ANIMAL.search(clean))
        and not _stimuli(clean)
        and not re.search(
            r"\bcage position|\brack\b|\binto (?:\w+ ){0,3}groups?\b|\bassigned to (?:\w+ ){0,3}groups?", clean
        )
    ):
        yield _made(reading, ORDER, "random_selection", "yes", 0.85, "the order of assessment was random")
        return
    if re.search(
        r"\btest(?:ing)? order\b|\border (?:in which|of testing)|\bcounterbalanced between groups|\bsubset of\b[^.;]{0,40}\b(?:animals|mice|rats|per group)",
        text,
    ) and _STEP.search(text):
        yield _made(reading, ORDER, "random_selection", "mentioned", 0.4, "speaks of order or choice, not of chance")


def _stimuli(text: str) -> bool:
    if re.search(
        r"\b(?:mice|rats|animals|subjects|individual\w*|rodents?|fish|birds|piglets|they)\b[^.;]{0,60}\b(?:tested|assessed|measured|scanned|run|examined|sampled|killed|sacrificed|recorded|filmed)\b[^.;]{0,40}\brandom|\b(?:animals|mice|rats|fish|birds|pigs|calves|subjects) in (?:a )?random|\bdata (?:were )?(?:collected|processed)",
        text,
    ):
        return bool(
            re.search(
                r"\b(?:stimul\w*|tones?|odou?r\w*|presented|gratings?|filaments|drugs? order|treatments? order|each (?:drug|dose|treatment|solution|concentration))\b",
                text,
            )
        )
    return bool(_STIMULI.search(text))
