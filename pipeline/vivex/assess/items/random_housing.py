"""Item 4: where cages and animals were placed during the experiment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "random_housing"

_PLACE = (
    r"(?:cages?|tanks?|pens?|aquari\w*|racks?|shel(?:f|ves)|hutch(?:es)?|kennels?|stalls?|barns?|rooms?|"
    r"enclosures?|paddocks?|stables?|crates?|compartments?|houses|tiers?|incubators?|boxes|chamber|pots|"
    r"vivari\w*|facility|buildings?|sheds?)"
)
_UNIT = r"(?:cages?|tanks?|pens?|aquari\w*|hutch(?:es)?|kennels?|stalls?|enclosures?|crates?|boxes|vials of flies)"
_PLACED = (
    r"(?:plac(?:ed?|ing|ement)|position\w*|locat\w*|stood|stand|arrang\w*|put|assign\w*|allocat\w*|allott\w*|"
    r"distribut\w*|mov(?:ed?|ing)|rotat\w*|housed|swapp\w*|interchang\w*|shift\w*|randomi[sz]\w*|exchang\w*|"
    r"switch\w*|spread)"
)
_RANDOM = r"(?:random\w*|by lot|by chance|drawn)"
_CUE = re.compile(
    r"cage|tank|\bpen\b|\bpens\b|aquari|rack|shel[fv]|hutch|kennel|stall|barn|room|hous|stable|paddock|crate|"
    r"shed\b|building"
)
_RANDOM_PLACE = pattern(
    rf"\b(?:{_UNIT}|racks?|shel(?:f|ves)|housing) (?:positions?|locations?|places?|placements?|arrangement|"
    rf"order)s?\b[^.;]{{0,70}}\b{_RANDOM}",
    r"\b(?:positions?|locations?|places?|placements?|arrangement|distribution) of (?:the |each |every |"
    rf"all )*(?:\w+ )?{_UNIT}\b[^.;]{{0,70}}\b{_RANDOM}",
    rf"\b{_RANDOM}[^.;]{{0,50}}\b(?:{_UNIT}|racks?|shelf|housing) (?:positions?|locations?|placements?|order|"
    r"arrangement)s?",
    rf"\b{_UNIT}\b[^.;,]{{0,50}}\b{_PLACED}\b[^.;,]{{0,30}}\b{_RANDOM}|"
    rf"\b{_UNIT}\b[^.;,]{{0,40}}\b{_RANDOM} (?:\w+ )?{_PLACED}\b(?! to (?:\w+ )?(?:{{GROUP}}|experimental))",
    rf"\b{_RANDOM} (?:\w+ ){{0,2}}{_PLACED} (?:(?!groups?\b|treatments?\b)[\w-]+ ){{0,3}}(?:in|to|into|on|"
    rf"within|over|among|across|between) (?:(?!groups?\b|treatments?\b|diets?\b)[\w-]+ ){{0,4}}{_PLACE}\b",
    rf"\b{_PLACED} (?:\w+ )?(?:at random|randomly) (?:in|to|into|on|within|over|among|"
    rf"across) (?:(?!groups?\b|treatments?\b|diets?\b)[\w-]+ ){{0,4}}{_PLACE}\b",
    rf"\b{_RANDOM}\b[^.;]{{0,100}}\bwhere (?:its|the|each) (?:\w+ )?{_UNIT}|"
    rf"\brandom(?:i[sz]ed|ly)? (?:positions?|locations?|placement)[^.;]{{0,50}}\b{_PLACE}",
    r"\b(?:new|newly?),? randomly chosen (?:position|place|location|shelf)|"
    r"\bgiven random (?:positions?|locations?|places)|\brandom housing\b|\bhoused randomly\b|"
    r"\brandomly housed\b",
    r"\ballocated to the pens according to a randomi",
)
_NOT_PLACE = pattern(
    r"\brandom\w*[^.;(]{0,40}\b(?:per|in each|from each|from every|one [\w]+ from) (?:cage|pen|tank)|"
    r"\brandom\w* (?:selected|chosen|taken|picked|sampled|removed)",
    r"\b(?:selected|chosen|taken|picked|sampled|removed|drawn) (?:\w+ )?(?:at random|randomly)",
    r"\b(?:cages?|pens?|tanks?)\b[^.;]{0,80}\brandom\w* (?:assigned|allocated|allotted|distributed|"
    r"divided) to (?:(?:one|each|either|the|experimental|different|various|\w+) ){0,4}(?:{GROUP}|dietary)",
    r"\bassigned diet",
)
_ROTATED = pattern(
    rf"\b(?:{_UNIT}|cages|racks?|positions?)\b[^.;]{{0,60}}\b(?:rotated|swapped|interchanged|shifted|moved|"
    r"re-?arranged|switched|chang(?:ed|ing) (?:\w+ )?(?:places?|positions?|locations?|shelf|shelves)|"
    rf"exchanged positions?|re-?randomi[sz]ed|turned)\b[^.;]{{0,50}}\b(?:weekly|daily|every|each|once|twice|"
    r"times|regularly|periodically|systematically|throughout|clockwise|positions?|shel(?:f|ves)|rotation|"
    r"tiers?|racks?)",
    r"\brotat(?:ed|ion|ing)\b[^.;]{0,40}\b(?:cages?|tanks?|pens?|racks?|"
    r"shel(?:f|ves))\b[^.;]{0,60}\b(?:weekly|daily|every|each|once|twice|regularly|avoid|minimi[sz]e|position)",
)
_ALL_GROUPS = (
    r"(?:all (?:\w+ ){0,2}(?:groups|genotypes|treatments|diets|conditions|arms)|"
    r"both (?:\w+ ){0,2}(?:groups|genotypes|treatments|diets|arms)|"
    r"(?:different|various|each|every|the (?:two|three|four|five|six)) (?:\w+ )?(?:groups?|genotypes?|"
    r"treatments?|arms?|conditions)|"
    r"(?:controls?|sham|untreated|vehicle|saline|wild-?types?|wt|uninfected|placebo)\b[^.;]{0,40}\b(?:and|or|"
    r"with)\b[^.;]{0,40}\b(?:treated|exposed|experimental|infected|mutants?|knock-?outs?|ko|injected|"
    r"transgenic|operated|drug)|"
    r"(?:treated|exposed|experimental|infected|mutants?|knock-?outs?|transgenic|"
    r"operated)\b[^.;]{0,40}\b(?:and|or|with)\b[^.;]{0,40}\b(?:controls?|sham|untreated|vehicle|saline|"
    r"wild-?types?|uninfected|placebo)|(?:receiving )?either [^.;]{1,60} or )"
)
_TOGETHER = (
    r"(?:co-?housed|(?:housed|caged|penned) together|mixed|kept together|"
    r"shar(?:ed|ing) (?:an? |the )?(?:same |common )?(?:cage|tank|pen)s?|"
    r"in the same (?:cages?|tanks?|pens?|aquari\w*|home cage)|liv(?:ed|ing) together|reared together|"
    r"raised together|grouped together)"
)
_MIXED = pattern(
    rf"\b{_ALL_GROUPS}[^.;]{{0,80}}\b{_TOGETHER}\b|\b{_TOGETHER}\b[^.;]{{0,80}}\b{_ALL_GROUPS}",
    rf"\b(?:each|every|one|the same|a|single) {_UNIT} (?:held|contain\w*|housed|comprised|included|had|"
    rf"accommodated|with)\b[^.;]{{0,60}}\b(?:all|each|both|every|different|"
    rf"one (?:\w+ )?(?:of|from) each)\b[^.;]{{0,30}}\b(?:groups?|treatments?|genotypes?|diets|arms|doses?)",
    rf"\b(?:in|within) (?:each|every) {_UNIT}\b[^.;]{{0,40}}\b(?:one|two|each|all|"
    rf"both)\b[^.;]{{0,30}}\b(?:per|of each|from each|of every|of all|from every|"
    r"from all) (?:\w+ )?(?:treatments?|groups?|genotypes?|diets?)\b",
    r"\b(?:animals|mice|rats|pigs|members|one \w+) (?:of|from|receiving|on) (?:all|each|both|every|"
    rf"different)[^.;]{{0,30}}\b(?:groups?|treatments?|genotypes?|diets)\b[^.;]{{0,40}}\b(?:per {_UNIT}|"
    rf"in each {_UNIT}|in every {_UNIT}|within (?:a|each|every|one) {_UNIT}|shared)",
)
_NOT_MIXED = re.compile(
    r"\bmixed (?:with\b|in\b|model|effect|gas|well|sex|background|genetic|diet|breed|strain|thoroughly|by|"
    r"into|together with|meal|linear)|\b(?:not|never) (?:co-?housed|housed together|mixed|kept together)|"
    r"\bseparately\b|\bmixed\b[^.;]{0,20}\b(?:strain|background|model|meal|ratio|solution|anova)|\bmating\b|"
    r"\bbreeding\b"
)
_APART = pattern(
    r"\b(?:separate|different|another|own|other|distinct|adjacent|neighbou?ring|isolated|"
    r"second) (?:\w+ ){0,2}(?:rooms?|barns?|buildings?|shel(?:f|ves)|racks?|facilit(?:y|ies)|houses?|stables?|"
    r"units?|areas?|floors?|sheds?|paddocks?|tiers?)\b",
    r"\bin one (?:room|barn|building|stable|shed|rack|shelf|house|unit|paddock|"
    r"facility)\b[^.]{0,100}\bin (?:another|the other|a second)\b",
    r"\b(?:room|barn|building|rack|stable|shed|shelf|house|unit|compartment) (?:a|1|i|one)\b[^.]{0,100}\b(?:b|"
    r"2|ii|two)\b",
    r"\b(?:top|upper|uppermost|highest|left)(?:most)? (?:\w+ )?(?:shel(?:f|ves)|tier|row|rack|side|"
    r"level)\b[^.]{0,140}\b(?:bottom|lower|lowest|right|lowermost)(?:most)?\b",
    r"\b(?:bottom|lower|lowest|right)(?:most)? (?:\w+ )?(?:shel(?:f|ves)|tier|row|rack|side|"
    r"level)\b[^.]{0,140}\b(?:top|upper|uppermost|highest|left)(?:most)?\b",
    r"\b(?:east|north|left|front|upper)(?:ern)? (?:wing|side|end|part|half|corner)\b[^.]{0,140}\b(?:west|"
    r"south|right|rear|back|lower)(?:ern)? (?:wing|side|end|part|half|corner)\b",
    r"\b(?:kept|housed) together on (?:an?|one|the same) (?:shelf|rack|side)\b|\bof (?:their|its) own\b|"
    r"\bnear(?:est)? (?:to )?the (?:window|door|heater|ventilation)\b[^.]{0,100}\b(?:far|opposite|other|away)",
)
_CONTROL = pattern(
    r"\b(?:controls?|sham|untreated|vehicle|saline|uninfected|wild-?types?|wt|chow|placebo|unexposed|na[iï]ve|"
    r"non-?\w+|un(?:vaccinated|supplemented|operated|treated|inoculated)\w*|standard diet|low-?fat|"
    r"each (?:\w+ )?(?:group|treatment)|two groups|both groups)\b"
)
_TREATED = pattern(
    r"\b(?:treated|infected|exposed|experimental|test|high-?fat|knock-?outs?|mutants?|transgenic|operated|"
    r"injected|drug|supplemented|vaccinated|inoculated|groups?|lesioned|diabetic|stressed|medicated|implanted|"
    r"treatments?)\b"
)
_KEPT = re.compile(
    r"\b(?:kept|housed|held|stayed|stood|maintained|accommodated|located|placed|caged|lived|penned|stabled|"
    r"put|were on|remained|moved|quartered|occupied|occupying|had)\b"
)
_NOT_HOUSING = re.compile(
    r"\b(?:behaviou?r\w*|test\w*|surger\w*|operat\w*|procedure|experiment\w*|recording|scanner|waiting|"
    r"adjacent) rooms?\b|\bboth (?:\w+ )?rooms|\bquarantin|\bsurgery\b|\bmating|\bbred\b|"
    r"\btreatment-?rooms?\b|\bmetabolic cages? (?:for|were)|\bmaze|\barena|\bapparatus|\bwater bath"
)
_DENIED = pattern(
    rf"\b(?:{_UNIT}|housing|racks?|shelf|shelves|placement|location)\b[^.;]{{0,50}}\b(?:was|were|is|are|"
    rf"been)? ?(?:not|never)\b (?:\w+ ){{0,3}}(?:randomi[sz]ed|random|rotated|randomly)",
    rf"\b(?:not|never) (?:\w+ ){{0,2}}(?:randomi[sz]ed|rotated|randomly)\b[^.;]{{0,40}}\b(?:{_UNIT}|racks?|shelves)\b",
)
_UNKNOWN = re.compile(
    r"\bnot (?:recorded|documented|known|reported|described|noted|kept track of|specified|stated)\b|"
    r"\bunknown\b|\bno record"
)


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about the placing of cages."""
    if not reading.own or reading.role == "discussion" or reading.kind == "table" or not _CUE.search(reading.text):
        return
    found = _housing(reading.text)
    if found:
        signal, answer, strength, why = found
        yield Indication(ITEM, signal, answer, strength, ((reading.start, reading.end),), why)


def _housing(text: str) -> tuple[str, str, float, str] | None:
    if _UNKNOWN.search(text):
        return "random_placement", "mentioned", 0.4, "placement not recorded"
    if _DENIED.search(text):
        return "groups_apart", "yes", 0.9, "says that cages were not placed at random"
    indoors = not _NOT_HOUSING.search(text)
    if indoors and _RANDOM_PLACE.search(text) and not _NOT_PLACE.search(text):
        return "random_placement", "yes", 0.9, "cages, tanks or animals were placed at random"
    if indoors and _ROTATED.search(text):
        return "random_placement", "yes", 0.8, "cages or tanks changed places regularly"
    if indoors and _APART.search(text) and _KEPT.search(text) and _CONTROL.search(text) and _TREATED.search(text):
        return "groups_apart", "yes", 0.85, "groups were kept in different places"
    if _MIXED.search(text) and not _NOT_MIXED.search(text):
        return "random_placement", "yes", 0.8, "animals of all groups shared cages"
    if re.search(
        r"\b(?:housed|caged|group-housed|per cage|in cages|were kept|were maintained|polycarbonate|"
        r"polypropylene|cage-?matched|co-?housed)\b",
        text,
    ):
        return "random_placement", "mentioned", 0.2, "housing described, placement not"
    return None
