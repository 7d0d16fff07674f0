"""Item 10: unit of analysis, pooled samples, replaced animals, and interests of authors and funders."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "other_bias"

_PART = (
    r"(?:cells?|neurons?|slices?|sections?|fields?|images?|pups?|eyes?|flanks?|tumou?rs?|units?|trials?|"
    r"spines?|dendrites?|synapses?|boutons?|axons?|fib(?:er|re)s|myofib\w+|recordings?|sites?|islets?|"
    r"follicles?|oocytes?|embryos?|f(?:o)?etuses|hemispheres?|knees?|joints?|legs?|limbs?|kidneys?|ears?|"
    r"implants?|teeth|"
    r"vessels?|glomeruli|villi|crypts?|probes?|patches|wounds?|offspring|piglets?|sessions?|puncta|"
    r"cardiomyocytes?|myocytes?|hepatocytes?|astrocytes|microglia|interneurons?|spns|msns|pcs|ihcs|ohcs|pairs|"
    r"nerves|roots|segments|muscles|hair cells|events|ganglia|litters' pups|testes|ovaries|rois?|channels|"
    r"colonies|measurements|time bins|bouts|somites|mitochondria|lymph nodes|quadrants|defects|holes|"
    r"calvaria\w*|sockets|rings|strips|traces|animals' \w+|bones|femurs|tibiae|hips|ventricles|observations)"
)
_SMALL_CELL = (
    r"(?:cells?|neurons?|units?|recordings?|slices?|spines?|dendrites?|synapses?|boutons?|axons?|"
    r"interneurons?|spns|msns|pcs|ihcs|ohcs|myocytes|cardiomyocytes|pairs|trials|sessions|sections|fields|"
    r"probes|fib(?:er|re)s|myofib\w+|puncta|events|images|rois|somites|villi|sites|mitochondria|nuclei|"
    r"oocytes|follicles|terminals|afferents|ganglia|blocks|connections|electrodes|voxels|bins|islets|tumou?rs|"
    r"embryos|follicles|islands|pups)"
)
_CELL_N = re.compile(
    rf"\bn(?:s)? ?[=:≥>] ?\d+(?: ?(?:-|to|and|,|/|vs\.?|or) ?\d+)* (?:\w+[- ]){{0,3}}?{_SMALL_CELL}\b|"
    r"\bn ?\(?(?:cells|neurons|units|slices|trials)\)? ?[=:]|\bn (?:is|=|was|refers to|represents|indicates|"
    rf"denotes|indicating|being) (?:the )?numbers? of (?:\w+ ){{0,2}}{_SMALL_CELL}\b|"
    rf"\bn indicates (?:the )?(?:number of )?{_SMALL_CELL}|"
    rf"\b\d+ (?:\w+[- ]){{0,3}}?{_SMALL_CELL} (?:from|in|of|recorded (?:from|in)|"
    r"per group from) (?:(?:\w+|\d+)[- ])?(?:\d+|two|three|four|five|six|seven|eight|nine|"
    rf"ten) (?:\w+[- ]){{0,2}}?(?:mice|rats|animals|monkeys|rabbits|mouse|larvae|fish|birds|pigs|cats|"
    r"subjects|dams|litters|hamsters|ferrets)\b|"
    rf"\bnumbers? of {_SMALL_CELL} (?:is|are) (?:indicated|given|shown|in parenthes)|"
    r"\b\d+ ?/ ?\d+ (?:cells|neurons|units)\b|\b\(?\d+ (?:cells|neurons|units|slices)[,;/] \d+ (?:mice|rats|"
    r"animals)"
)
_INDEPENDENT = re.compile(
    rf"\b{_PART}\b[^.;]{{0,120}}\b(?:(?:treated|considered|regarded|taken|counted|entered|used|analy[sz]ed|"
    rf"handled|viewed|included|served|evaluated)\b[^.;]{{0,60}}\b(?:independent\w*|"
    r"separate (?:animals|observations|samples|subjects|units)|as (?:the )?(?:\w+ )?(?:unit|n)\b|"
    r"unit of (?:analysis|observation)|statistical units?|experimental units?|"
    r"individual (?:samples|observations|animals)|as if))|"
    rf"\b(?:each|every|individual|single|both) (?:\w+ )?{_PART}\b[^.;]{{0,60}}\b(?:independent|"
    r"as (?:an|a|one) (?:\w+ )?(?:observation|sample|replicate|unit|n)\b|was (?:an|one) n\b|counted as)|"
    r"\b(?:unit of analysis|experimental unit|statistical unit)s? (?:was|were|is|being) (?:the |each |"
    rf"an? )?(?:individual |single )?(?:{_PART})\b|"
    rf"\b{_PART} (?:rather than|instead of|and not) (?:the )?(?:animals?|litters?|dams?|mice|rats|mothers?|"
    rf"cages?)\b[^.;]{{0,60}}\b(?:units?|n\b|independent|replicates?)|"
    rf"\bwithout (?:regard|allowance|taking|accounting|correcti\w+|consider\w*)[^.;]{{0,40}}\b(?:litter|"
    r"animal|clustering|nesting|dam)\b|\bignoring (?:the )?(?:litter|animal|cluster|nest)|"
    rf"\b{_PART} (?:were )?pooled (?:across|over|from) (?:all )?(?:the )?(?:animals|mice|rats|subjects|"
    r"sessions|monkeys|slices)\b|\bpooled (?:across|over) (?:\w+ )?(?:animals|mice|rats|subjects|sessions|"
    r"trials|monkeys)\b|\bmeasurements (?:were )?counted as independent"
)
_ANIMAL_UNIT = re.compile(
    r"\b(?:animal|mouse|rat|litter|dam|sow|ewe|rabbit|pig|dog|cage|pen|subject|tank|brood|fish|bird|"
    r"individual|hen|calf|monkey|litter means?|animal means?|one value per \w+|"
    r"mean (?:value )?(?:of|per|for) each (?:animal|litter|mouse|rat)|"
    r"means? per (?:animal|mouse|rat|litter))s?\b[^.;]{0,50}\b(?:as the |the |as |was the |"
    r"were the )?(?:unit of (?:analysis|observation|replication|statistic\w*)|experimental units?|"
    r"statistical units?|units? of|biological replicate|observational unit)|"
    r"\b(?:experimental|statistical|observational) units?\b[^.;]{0,40}\b(?:animal|mouse|rat|litter|dam|sow|"
    r"pen|cage|rabbit|pig|dog|individual|ewe|fish|bird|monkey|calf)|"
    r"\bunits? of (?:analysis|replication|observation)\b[^.;]{0,40}\b(?:animal|mouse|rat|litter|dam|sow|pen|"
    r"cage|rabbit|pig|dog|individual|ewe|fish|bird|monkey|calf)|"
    r"\beach (?:data ?)?(?:point|symbol|dot|circle) (?:represents|is|indicates|denotes|=) (?:an?|one|a single|"
    r"an individual|each) (?:individual )?(?:mouse|animal|rat|fish|monkey|subject)|"
    r"\baveraged (?:for|per|within|across|by|over) (?:each |every |one )?(?:animal|mouse|rat|sections?|litter|"
    r"slide|subject)|\b(?:averaged|mean) (?:\w+ )?per (?:animal|mouse|rat|litter)|"
    r"\bone (?:value|pup|animal) (?:per|from each) (?:litter|sow|animal|dam)|\bnested (?:within|in)\b|"
    r"\brandom (?:effect|factor|intercept)s?\b|\bmixed(?:-effects?)? (?:linear |effects? )?models?\b|"
    r"\bnumber of (?:animals|mice|rats|brains|subjects)\b[^.;]{0,20}\bn\b|"
    r"\bn (?:=|is|refers to|represents|indicates|denotes) (?:the )?number of (?:\w+ )?(?:animals|mice|rats|"
    r"brains|subjects|fish|monkeys|pigs)"
)
_POOLED = re.compile(r"\bpool(?:ed|s|ing)?\b")
_POOL_INDEPENDENT = re.compile(
    r"\bpool\w*\b[^;]{0,120}\b(?:independent|as (?:separate|individual)|anova|t-?test|each pool|"
    r"measured (?:\w+ )?times)|\ball (?:the )?(?:animals|mice|rats)\b[^.;]{0,40}\bpooled|"
    r"\bpooled\b[^.;]{0,40}\ball (?:the )?(?:animals|mice|rats)"
)
_NO_INTEREST = re.compile(
    r"\b(?:no|not|nothing|none|without|neither|absence)\b[^.;]{0,70}\b(?:conflicts?|conflicting|competing|"
    r"compet\w+|interests?|disclos\w*|stake)\b|\bno (?:\w+ ){0,4}interests?\b|"
    r"\b(?:conflicts?|competing|interests?)\b[^.;]{0,40}\b(?:none|no |nil|not)\b|"
    r"\bnothing to (?:disclose|declare)|\babsence of any commercial|\bno (?:financial )?disclosures?"
)
_INTEREST = re.compile(
    r"\bconflicts? of interests?|\bcompeting (?:financial )?interests?|\bconflicting interests?|"
    r"\bcommercial or financial|\b(?:financial|proprietary) interests?|\bdeclarations? of interests?|"
    r"\binterest in the (?:compound|product|result|drug)|\bstake\b|\bdisclosures?\b|"
    r"\bnothing to (?:disclose|declare)|\bcompeting interest\w*"
)
_NOTHING = re.compile(r"\b(?:no|none|nil|nothing|not)\b")
_OTHER_AUTHORS = re.compile(
    r"\b(?:the|all) (?:others|rest)\b|\b(?:the|all) other authors?\b|\bother authors declare|\bremaining authors?\b"
)
_FUND = re.compile(r"\b(?:fund\w*|support\w*|sponsor\w*|financ\w*|grant\w*|paid for|pays for|paid by|subsidi[sz]ed)\b")
_PUBLIC = re.compile(
    r"\b(?:universit\w*|national|ministry|foundation|council|research (?:council|fund|foundation|grant|"
    r"society)|charit\w*|public|government\w*|institutes? of|nih|nsf|dfg|wellcome|european|federal|state|"
    r"society|academy|science|medical research|no role|trust|horizon|erc|fellowship|scholarship)\b"
)
_STAKE = re.compile(
    r"\b(?:employ(?:ee|ees|ed|ment|er)s?\b[^.;]{0,60}\b(?:compan\w*|manufacturer|producer|maker|firm|ltd|inc|"
    r"gmbh|pharma\w*|corp\w*|pvt|llc|s\.?a\.?|ag|industry|bv|plc|biotech\w*|therapeutics|"
    r"of the (?:maker|producer|manufacturer|sponsor))|\b(?:are|is|was|were) (?:\w+ )?(?:employees?|"
    r"shareholders?|stockholders?|consultants?|founders?|co-?founders?|owners?|inventors?|"
    r"members? of the (?:scientific )?(?:advisory )?board)\b[^.;]{0,60}\b(?:of|for|on|at|in)\b|"
    r"(?:fund\w*|support\w*|sponsor\w*|financ\w*|paid for|paid|commissioned)\b[^.;]{0,70}\b(?:manufacturer|"
    r"maker|producer|vendor|seller|supplier|distributor|compan(?:y|ies)|industry|check-?off|pharmaceuticals?|"
    r"merck|pfizer|novartis|roche|gmbh|inc\.?\b|ltd\.?\b|corp\b|llc\b|pvt\b|& co\b|co\.\b)|"
    r"\b(?:manufacturer|maker|producer|compan(?:y|ies)|industry)\b[^.;]{0,60}\b(?:fund\w*|support\w*|"
    r"sponsor\w*|financ\w*|paid)\b|"
    r"\b(?:holds?|hold|owns?|possess\w*|has|have) (?:the |a |an )?(?:\w+ )?(?:patents?|shares|stocks?|equity|"
    r"royalt\w+)|\bpatents?\b[^.;]{0,60}\b(?:held|owned|filed|inventor|application|pending|author)|"
    r"\bemploy(?:ed|s) (?:\w+ ){0,3}(?:of the )?authors?\b|\b(?:sponsor|funder)\b[^.;]{0,60}\b(?:manufactur|"
    r"produc|sell|market|own)\w*|\bshareholders?\b|\bstock (?:options?|ownership|holder)|"
    r"\breceived (?:\w+ ){0,3}(?:fees|honorari\w+|royalt\w+|consult\w+)|"
    r"\bhas (?:a )?financial (?:interest|stake) in|\bhave (?:a )?financial (?:interest|stake) in|"
    r"\bequity in\b|\bcommercial(?:ly)? interest in)"
)
_STAKE_NEG = re.compile(
    r"\b(?:no|not|none|neither|nor|without|never)\b[^.;]{0,60}\b(?:employ\w*|stake|patents?|shares|interest|"
    r"conflict|competing|role|fund\w*|financ\w*|compan\w*|industry|stock)"
)
_REPLACED = pattern(
    r"\b(?:replac(?:ed|ement|ing)|substitut(?:ed|ing)|made up for)\b[^.;]{0,60}\b(?:new|additional|other|"
    r"further|fresh|spare|reserve|another|by|with|extra) ?(?:\w+ ){0,2}{ANIMAL}|"
    r"\b(?:dead|died|lost|excluded|dropped|euthanised|euthanized|deceased|drop-?outs?)\b[^.;]{0,80}\b(?:were|"
    r"was|and) replaced\b|\breplacement {ANIMAL}|\breplaced (?:the )?(?:\w+ )?(?:dead|lost|excluded|"
    r"deceased)\b|\b{ANIMAL}\b[^.;]{0,30}\b(?:were|was) (?:added|recruited|included) (?:later )?(?:to replace|"
    r"as replacements?|in (?:their )?place)"
)
_MAIN_STATS = re.compile(
    r"\b(?:anova|t-?tests?|t test|mann-?whitney|wilcoxon|p ?[<=>]|kruskal|significan\w*|regression|"
    r"correlat\w*|statistic\w*)\b"
)


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about units, pools, replacements and interests."""
    text = reading.text
    if reading.foreign or (reading.human and "author" not in text) or reading.future:
        return
    span = ((reading.start, reading.end),)

    def made(signal: str, answer: str, strength: float, why: str) -> Indication:
        return Indication(ITEM, signal, answer, strength, span, why)

    if (
        _INDEPENDENT.search(text)
        and not re.search(
            r"\b(?:not|never)\b[^.;]{0,40}\b(?:independent|unit)|\b(?:instead of|rather than) (?:the |single |"
            r"individual )*(?:cells?|neurons?|pups?|slices?|sections?|eyes|tumou?rs?|fields|images)\b|"
            r"\baveraged\b|\bindependent(?:ly)? (?:observers?|investigators?|experiments?|examiners?|raters?|"
            r"pathologists?|researchers?|trials|of|repeats?|replicat\w*|biological|samples? t|t-?test|animals)",
            text,
        )
        and not _unit_is_animal(text)
    ):
        yield made("unit", "parts", 0.9, "parts of an animal are treated as independent units")
    elif _CELL_N.search(text):
        yield made(
            "unit",
            "parts_as_n",
            0.5 + (0.15 if _MAIN_STATS.search(text) else 0.0) + (0.1 if reading.kind == "caption" else 0.0),
            "cells, samples or trials are counted as n",
        )
    if _ANIMAL_UNIT.search(text) and not re.search(
        r"\b(?:rather than|instead of) (?:the )?(?:animals?|litters?|dams?|mice|rats)", text
    ):
        yield made("unit", "animal", 0.7, "the animal (or litter, cage) is the unit, or nesting is modelled")
    if (
        _POOLED.search(text)
        and re.search(pattern(r"\b{ANIMAL}\b").pattern, text)
        and not reading.in_vitro
        and _POOL_INDEPENDENT.search(text)
        and not re.search(r"\bcalibrat|standard curve|\bcdna\b|\bdata (?:from|were)|\breplacement\b", text)
    ):
        yield made("pooled", "yes", 0.7, "samples of several animals pooled and treated as independent")
    elif _POOLED.search(text) and re.search(pattern(r"\b{ANIMAL}\b").pattern, text):
        yield made("pooled", "mentioned", 0.3, "samples pooled")
    if _REPLACED.search(text) and not re.search(
        r"\b(?:not|never) replaced|\bwater (?:was|were)|\bmedium|\bdrinking\b|\bbedding\b|\bdiet (?:was|were)|"
        r"\bvalve|\bhip\b|\bgene\b|\ballele|\bexon",
        text,
    ):
        yield made("replaced", "yes", 0.85, "lost animals were replaced by new ones")
    stake = _STAKE.search(text)
    statement = (
        reading.on_interests
        or reading.role in ("statements", "other")
        or bool(re.search(r"\bauthors?\b|\bfund\w*|\bfinanc|\bsponsor|\bsupported by|\bpaid\b", text))
    )
    if (
        stake
        and statement
        and not re.search(
            r"\bpurchas|obtained from|provided by|gift|kindly|supplied by|statistical|"
            r"support(?:ed|s|ing)? (?:the|a|an|this|our|by the) (?:idea|hypothes|notion|view|role|finding|"
            r"conclusion)",
            text,
        )
        and not (_STAKE_NEG.search(text) and not re.search(r"\b(?:are|is) (?:\w+ )?employees?|\bemployed by\b", text))
    ):
        yield made("interest", "stake", 0.85, "an author or funder has a stake in the result")
        return
    declared = re.search(r"\bauthors?\b", text) and re.search(r"\b(?:declare|disclos)", text)
    if reading.on_interests or declared or _INTEREST.search(text):
        if _OTHER_AUTHORS.search(text):
            yield made("interest", "partial", 0.6, "the statement covers only the other authors")
        elif _NO_INTEREST.search(text) or (reading.on_interests and _NOTHING.search(text)):
            yield made("interest", "none", 0.8, "no interest with a stake is declared")
        else:
            yield made("interest", "mentioned", 0.3, "an interest statement")
    if (
        _FUND.search(text)
        and (_PUBLIC.search(text))
        and re.search(
            r"\b(?:grants?|fund(?:ed|ing|s)?|support(?:ed)?|paid|financed|sponsored|work|study|research)\b", text
        )
        and (
            reading.role in ("statements", "other")
            or re.search(r"\bthis (?:work|study|project|research)\b|\bthe (?:work|study)\b|\bgrant\b", text)
        )
    ):
        yield made("funding", "public", 0.5, "public or charitable funding")


def _unit_is_animal(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:animal|mouse|rat|litter|dam|sow|subject|pen|cage)s?\b[^.;]{0,25}\b(?:was|were|as|"
            r"is) (?:used as |considered |taken as |regarded as |treated as )?(?:the |an? )?(?:independent |"
            r"experimental |statistical )?(?:unit|n\b)|\blitter means?\b",
            text,
        )
    ) and not re.search(
        r"\b(?:each|every|both|individual|single|rather than|instead of) (?:neuron|litters?|dams?|animals?|"
        r"mice|cell|pup|eye|slice|section|flank|field|tumou?r)",
        text,
    )
