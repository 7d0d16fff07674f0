"""The eight reporting items: what is merely stated, method or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import named, pattern

_POWER = re.compile(
    r"\bpower (?:analys[ei]s|calculations?|estimat\w+|computation)|"
    r"\bsample[- ]sizes?\b[^.;]{0,60}\b(?:calculat\w*|determin\w*|estimat\w*|chosen|based on|justif\w*|"
    r"required|predetermin\w*|computed|was set|were set|selected|ensure|sufficient|adequate|power)|"
    r"\b(?:calculat\w*|determin\w*|estimat\w*|comput\w*|predetermin\w*) (?:\w+ ){0,4}(?:sample[- ]sizes?|"
    r"group sizes?|number of animals)|\bgroup sizes? (?:\w+ ){0,4}(?:calculated|determined|based on|estimated|"
    r"chosen)|"
    r"\b(?:\d{2} ?%|statistical|sufficient|adequate|minimum|0\.[89]\d?|a) power\b[^.;]{0,60}\b(?:detect|alpha|"
    r"α|effect|at (?:a )?(?:p|significance)|of (?:0\.\d|\d{2} ?%)|to)|"
    r"\bpower of (?:at least )?(?:0\.\d|\d{2} ?%)|\bg\*?power\b|\bpowered to\b|\bsample size calculat|"
    r"\ba priori (?:power|sample)|\bnumber of animals\b[^.;]{0,60}\b(?:power|calculat|statistically|"
    r"minimum (?:number )?(?:needed|required))"
)
_POWER_NEG = re.compile(
    r"\b(?:no|not|never|without|neither|nor)\b[^.;]{0,60}\b(?:power|sample[- ]size|predetermine|pre-determine|"
    r"calculation|statistical methods?)|\bpower (?:spectr|density|output|law)|\blaser power|"
    r"\bsample[- ]sizes? (?:\w+ ){1,2}(?:not|never) (?:\w+ )?"
    r"(?:calculat|determin|estimat|comput|justif|predetermin|based)"
)
_POWER_TRAP = re.compile(
    r"\bpower (?:spectr\w*|density|output|law|of (?:the )?(?:laser|light|test to discriminate)|supply|stroke|"
    r"plant|band|ratio)|\bpowerful|\b(?:theta|gamma|delta|alpha|beta|laser|spectral|lfp|light|band|relative|"
    r"discriminat\w*|explanatory|resolving|predictive|optical|statistical power (?:is|was) (?:limited|"
    r"low)) power\b|\bparticle size"
)
_LEFT_OUT = (
    r"(?:excluded|omitted|discarded|eliminated|rejected|removed from (?:the )?(?:study|experiment|analys\w+|"
    r"data)|left out|withdrawn from|not included in|disregarded|dropped from)"
)
_EXCLUDED = pattern(
    r"\b(?:{ANIMAL}|individuals?|subject|data(?: ?points?| ?sets?)?|outliers?|experiments?|recordings?|"
    r"neurons?|cells|trials?|sessions?|runs?|units?|time points|measurements|samples)\b[^.;]{0,110}\b(?:were|"
    r"was|are|is|been|be|being) (?:\w+ ){0,3}" + _LEFT_OUT,
    r"\b(?:we|they|analys[ei]s) (?:\w+ ){0,2}(?:excluded?|omitted|discarded|rejected|disregarded)\b|"
    r"\bexclu(?:ding|sion of)\b[^.;]{0,50}\b(?:{ANIMAL}|outliers?|data points?|trials|recordings)\b|"
    r"\b(?:exclusion|rejection|humane|drop-?out) criteri|\bexclude (?:\w+ ){0,2}{ANIMAL}\b",
    r"\b{ANIMAL}\b[^.;]{0,70}\b(?:died\b|were lost|was lost|dropped out|did not survive|failed to survive|"
    r"had to be (?:sacrificed|euthani\w*|killed|removed)|succumbed|"
    r"was euthani[sz]ed (?:when|because|after|due))",
    r"(?<!no )\bmortality (?:rate )?(?:was|of|during|reached)\b(?! observed)|\bdeaths? (?:was|were)\b|"
    r"\bonly (?:\w+ ){0,3}(?:{ANIMAL}|experiments|runs|recordings|sessions|brains)\b[^.;]{0,110}\b(?:were|"
    r"was) (?:included|used (?:for|in) (?:the )?(?:data )?(?:analys|post)|analy[sz]ed|considered|subjected)",
    r"\b{ANIMAL}\b[^.;]{0,60}\b(?:which|that) (?:displayed|showed|had|developed|"
    r"reached)\b[^.;]{0,60}\b(?:were|was) (?:chosen|selected|used) for (?:the )?(?:experiment|study)|"
    r"\ball (?:\w+ )?(?:animals|data points|data|mice|rats)\b[^.;]{0,40}\bincluded in (?:the )?(?:study|"
    r"analys\w+)\b(?! (?:were|was|are|had|have|received|underwent)\b)|\bremoved from the (?:study|experiment|analysis)",
)
_EXCLUDED_TRAP = re.compile(
    r"\b(?:trypan|dye|size|blue|pigment|x|dynamic|nuclear)[- ]exclu\w*|"
    r"\bexclu\w* (?:the possibility|that|chromatograph\w*|volume|limit|zone|this possibility|a role|an effect|"
    r"any (?:role|effect|possib\w*|influence|direct)|other (?:possib|explan)\w*|potential|possible)|"
    r"\b(?:cannot|can not|could not|to|can|could|thus|helps?) (?:be )?(?:completely |entirely |fully |"
    r"formally |definitively )?(?:exclude|discard)(?:d|ed)?\b(?! (?:\w+ ){0,3}(?:mice|rats|animals|data|"
    r"outliers))|\bexclusively\b|\bmutually exclusive|"
    r"\b(?:[\w+]+-?positive|positive|negative|dead|mitotic|fitc|apc|aqua|cd\d+\W?|doublet|non-?viable|"
    r"apoptotic)(?: and [\w-]+)*(?: positive| negative)? (?:cells?|events?|species)\b[^.;]{0,40}\b(?:excluded|"
    r"gated|removed|discarded)|\bexclud\w* (?:dead|doublet|mitotic|debris)\w*(?: cells)?|"
    r"\b(?:plates?|pellets?|supernatants?|species|needles?|pipettes?|genes?|channel|peptides?|reads?|"
    r"sequences?|proteins?|concentration|volume of|sites|probes|snps?|voxels)\b[^.;]{0,60}\b(?:excluded|"
    r"discarded|removed|eliminated|omitted|withdrawn)|\bnot included among"
)
_COI = re.compile(
    r"\bconflicts?[- ]of[- ]interests?|\bcompeting (?:financial )?interests?|"
    r"\bconflicting (?:financial )?interests?|\bcommercial or financial (?:relationships?|conflicts?)|"
    r"\bno (?:financial )?(?:disclosures?|conflicts?)\b|\bnothing to (?:disclose|declare)|"
    r"\bdeclarations? of (?:\w+ )?interests?|\bdisclosure statement|\b(?:no|any) potential conflicts?|"
    r"\bfinancial (?:disclosure|interest)s?\b|\bauthors? (?:\w+ ){0,3}declared? (?:that )?(?:\w+ ){0,4}no\b|"
    r"\bno competing\b|\bauthors? (?:are|is) (?:an )?employees? (?:of|by)|\ball authors are employed|"
    r"\bconflict of interests?\b|\bproprietary interest"
)
_WELFARE = re.compile(
    r"\b(?:approv\w*|permit\w*|licen[cs]ed?|permission|authori[sz]\w*|accordance|complian\w*|"
    r"compl(?:ied|y|ies)|conform\w*|adher\w*|guidelines?|guidance|according to|regulations?|"
    r"under (?:the )?(?:protocol|project|animal|licen|home office)|reviewed|followed|following|consent\w*|"
    r"sanctioned|cleared|in line with|agreement|standards?|recommendations?|principles|directives?|ethical\w*|"
    r"protocols?)\b[^;]{0,160}"
    r"\b(?:animal (?:care|use|welfare|ethic\w*|experiment\w*|research|protection|rights|subjects|studies|"
    r"health|testing|procedures?|scien\w*)|ethic\w*|iacuc|institutional (?:animal|review)|welfare|"
    r"care and use|laborator(?:y|ies) animals?|home office|animals \(scientific|86/609|2010/63|"
    r"council directive|directive|cpcsea|nih guid\w*|national institutes of health|regierung\w*|"
    r"canadian council|aaalac|animal (?:act|law|code)|arrive|iaec|aec|use of animals|animals act|"
    r"experimental animals|uses of animals|treatment of animals|declaration of helsinki|arvo|"
    r"office for protection|committee)\b|"
    r"\b(?:animal (?:care|use|welfare|ethic\w*|experiment\w*|research|protection)|ethic\w*|iacuc|"
    r"institutional (?:animal|review)|care and use|home office|laboratory animals|cpcsea|animal experiments?|"
    r"animal procedures?|animal work)\b[^;]{0,160}\b(?:approv\w*|permit\w*|licen[cs]e\w*|authori[sz]\w*|"
    r"accordance|complian\w*|conform\w*|adher\w*|guidelines?|regulations?|reviewed|granted|followed)|"
    r"\biacuc\b|\barrive guidelines|\b(?:animal|institutional) (?:\w+ ){0,3}(?:committee|board)s?\b|"
    r"\bethics? (?:committee|approval|statement|board|commission)|\banimal protocols?\b|\b3rs?\b|"
    r"\bguide for the care"
)
_WELFARE_TRAP = re.compile(
    r"\b(?:human (?:subjects|tissue|samples|participants)|patients?|informed consent|volunteers)\b"
)
_HOUSING = re.compile(
    r"\b\d{1,2}(?::\d\d)?[- ]?(?:h(?:ou)?r?s?|hours?)?[- ]?(?:light|"
    r"l)?\s?[-:/–]\s?\d{1,2}(?::\d\d)?[- ]?(?:h(?:ou)?r?s?|hours?)?[- ]?(?:light|dark|l\b|d\b|ld\b)|"
    r"\blight[- /:–]+dark\b|\bdark[- /:–]+light|\blight and dark|"
    r"\b(?:photoperiod|light cycle|day/night|lights? (?:on|off)|diurnal cycle|12 ?h(?:our)?s? (?:of )?light|"
    r"ld cycle|14:10|12:12)\b|"
    r"\b(?:housed|kept|maintained|caged|reared|raised|group-housed|kept in|accommodated|acclimati[sz]ed|held|"
    r"bred|kennel\w*|living)\b[^.;]{0,130}\b(?:cages?|temperature|humidity|°c|º ?c|ad libitum|ad lib|"
    r"pathogen[- ]free|spf|barrier|free access|food and water|colony room|vivarium|pens?\b|tanks?|aquari\w*|"
    r"standard (?:laboratory |housing |conditions)|controlled|individually|singly|in groups|per cage|"
    r"ventilated|light|animal (?:facility|house|room)|degrees|conditions)|"
    r"\b(?:cages?|temperature|humidity|°c|ad libitum|ad lib|free access|food and water|pathogen[- ]free|"
    r"light)\b[^.;]{0,100}\b(?:housed|kept|maintained|housing)\b|"
    r"\b(?:food|chow|feed|diet|pellets?)(?: pellets)? and (?:tap )?(?:water|"
    r"drinking)[^.;]{0,50}\b(?:ad libitum|ad lib|free(?:ly)?|available)|"
    r"\b(?:ad libitum|free) access to (?:\w+ )?(?:food|water|chow)|\bhousing conditions|"
    r"\b(?:individually|singly|group|single)[- ]?housed\b|\bhoused (?:individually|singly|in groups|two|three|"
    r"four|five|six|\d)|\b\d+ ?(?:-|to) ?\d+ (?:animals|mice|rats) per cage|\bspecific[- ]pathogen[- ]free\b"
)
_ANIMAL = pattern(
    r"\b{ANIMAL}\b|\bhoused\b|\bcages?\b|\bcolony\b|\bstrains?\b|\bthey were (?:kept|maintained|reared)|"
    r"\bstocks?\b|\bacclimati[sz]\w*|\bdrosophila\b"
)


_BEAST = named("{ANIMAL}")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield the reporting items that the sentence states (or denies)."""
    text = reading.text
    span = ((reading.start, reading.end),)

    def made(item: str, answer: str, strength: float) -> Indication:
        return Indication(f"reporting.{item}", "stated", answer, strength, span)

    if reading.role != "introduction" and not reading.foreign:
        power = _POWER_TRAP.sub(" ", text)
        if _POWER.search(power) and not reading.human:
            yield made("sample_size_calculation", "no" if _POWER_NEG.search(power) else "yes", 0.8)
        excluded = _EXCLUDED_TRAP.sub(" ", text)
        if _EXCLUDED.search(excluded) and not reading.in_vitro and not reading.human and reading.role != "statements":
            direct = (
                0.85
                if re.search(
                    rf"{_BEAST}[^.;]{{0,80}}(?:exclu|died|removed|omitted)|exclu\w*[^.;]{{0,60}}{_BEAST}|"
                    r"exclusion criteri",
                    text,
                )
                else 0.5
            )
            yield made("exclusions", "yes", direct + (0.1 if reading.role == "methods" else 0))
        if (
            _HOUSING.search(text)
            and _ANIMAL.search(text)
            and not reading.in_vitro
            and reading.role not in ("discussion", "statements")
        ):
            yield made(
                "temperature_or_housing",
                "yes",
                0.5
                + (0.3 if reading.role == "methods" else 0)
                + (0.15 if re.search(r"\btemperature|light|°c|humidity|ad lib", text) else 0),
            )
    if reading.on_interests or (_COI.search(text) and reading.role not in ("introduction", "results")):
        yield made("conflict_of_interest", "yes", 0.9)
    if (
        _WELFARE.search(text)
        and reading.role not in ("introduction", "results", "discussion")
        and (_ANIMAL.search(text) or "animal" in text or re.search(r"\bethic|iacuc|committee", text))
    ):
        human = bool(_WELFARE_TRAP.search(text)) and not re.search(r"\banimals?|mice|rats\b", text)
        if not human:
            yield made(
                "animal_welfare",
                "yes",
                0.6 + (0.3 if re.search(r"\bapprov|accordance|licen|guideline|complian|conform", text) else 0),
            )
