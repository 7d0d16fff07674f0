"""The eight reporting items: what is merely stated, method or not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.finding import Finding
from vivex.assess.reading.sentence import Reading
from vivex.assess.reading.words import named, pattern

_POWER = re.compile(
    r"\bpower (?:analys[ei]s|calculations?|estimat\w+|computation)|\bsample[- ]sizes?\b[^.;]{0,60}\b(?:calculat\w*|determin\w*|estimat\w*|chosen|based on|justif\w*|required|predetermin\w*|computed|was set|were set|selected|ensure|sufficient|adequate|power)|\b(?:calculat\w*|determin\w*|estimat\w*|comput\w*|predetermin\w*) (?:\w+ ){0,4}(?:sample[- ]sizes?|group sizes?|number of animals)|\bgroup sizes? (?:\w+ ){0,4}(?:calculated|determined|based on|estimated|chosen)|"
    r"\b(?:\d{2} ?%|statistical|sufficient|adequate|minimum|0\.[89]\d?|a) power\b[^.;]{0,60}\b(?:detect|alpha|α|effect|at (?:a )?(?:p|significance)|of (?:0\.\d|\d{2} ?%)|to)|\bpower of (?:at least )?(?:0\.\d|\d{2} ?%)|\bg\*?power\b|\bpowered to\b|\bsample size calculat|\ba priori (?:power|sample)|\bnumber of animals\b[^.;]{0,60}\b(?:power|calculat|statistically|minimum (?:number )?(?:needed|required))"
)
_POWER_NEG = re.compile(
    r"\b(?:no|not|never|without|neither|nor)\b[^.;]{0,60}\b(?:power|sample[- ]size|predetermine|pre-determine|calculation|statistical methods?)|\bpower (?:spectr|density|output|law)|\blaser power"
)
_POWER_TRAP = re.compile(
    r"\bpower (?:spectr\w*|density|output|law|of (?:the )?(?:laser|light|test to discriminate)|supply|stroke|plant|band|ratio)|\bpowerful|\b(?:theta|gamma|delta|alpha|beta|laser|spectral|lfp|light|band|relative|discriminat\w*|explanatory|resolving|predictive|optical|statistical power (?:is|was) (?:limited|low)) power\b|\bparticle size"
)
_LEFT_OUT = r"(?:excluded|omitted|discarded|eliminated|rejected|removed from (?:the )?(?:study|experiment|analys\w+|data)|left out|withdrawn from|not included in|disregarded|dropped from)"
_EXCLUDED = pattern(
    r"\b(?:{ANIMAL}|individuals?|subject|data(?: ?points?| ?sets?)?|outliers?|experiments?|recordings?|neurons?|cells|trials?|sessions?|runs?|units?|time points|measurements|samples)\b[^.;]{0,110}\b(?:were|was|are|is|been|be|being) (?:\w+ ){0,3}"
    + _LEFT_OUT,
    r"\b(?:we|they|analys[ei]s) (?:\w+ ){0,2}(?:excluded?|omitted|discarded|rejected|disregarded)\b|\bexclu(?:ding|sion of)\b[^.;]{0,50}\b(?:{ANIMAL}|outliers?|data points?|trials|recordings)\b|\b(?:exclusion|rejection|humane|drop-?out) criteri|\bexclude (?:\w+ ){0,2}{ANIMAL}\b",
    r"\b{ANIMAL}\b[^.;]{0,70}\b(?:died\b|were lost|was lost|dropped out|did not survive|failed to survive|had to be (?:sacrificed|euthani\w*|killed|removed)|succumbed|was euthani[sz]ed (?:when|because|after|due))",
    r"(?<!no )\bmortality (?:rate )?(?:was|of|during|reached)\b(?! observed)|\bdeaths? (?:was|were)\b|\bonly (?:\w+ ){0,3}(?:{ANIMAL}|experiments|runs|recordings|sessions|brains)\b[^.;]{0,110}\b(?:were|was) (?:included|used (?:for|in) (?:the )?(?:data )?(?:analys|post)|analy[sz]ed|considered|subjected)",
    r"\b{ANIMAL}\b[^.;]{0,60}\b(?:which|that) (?:displayed|showed|had|developed|reached)\b[^.;]{0,60}\b(?:were|was) (?:chosen|selected|used) for (?:the )?(?:experiment|study)|\ball (?:\w+ )?(?:animals|data points|data|mice|rats)\b[^.;]{0,40}\bincluded in (?:the )?(?:study|analys)|\bremoved from the (?:study|experiment|analysis)",
)
_EXCLUDED_TRAP = re.compile(
    r"\b(?:trypan|dye|size|blue|pigment|x|dynamic|nuclear)[- ]exclu\w*|\bexclu\w* (?:the possibility|that|chromatograph\w*|volume|limit|zone|this possibility|a role|an effect|any (?:role|effect|possib\w*|influence|direct)|other (?:possib|explan)\w*|potential|possible)|\b(?:cannot|can not|could not|to|can|could|thus|helps?) (?:be )?(?:completely |entirely |fully |formally |definitively )?(?:exclude|discard)(?:d|ed)?\b(?! (?:\w+ ){0,3}(?:mice|rats|animals|data|outliers))|\bexclusively\b|\bmutually exclusive|"
    r"\b(?:[\w+]+-?positive|positive|negative|dead|mitotic|fitc|apc|aqua|cd\d+\W?|doublet|non-?viable|apoptotic)(?: and [\w-]+)*(?: positive| negative)? (?:cells?|events?|species)\b[^.;]{0,40}\b(?:excluded|gated|removed|discarded)|\bexclud\w* (?:dead|doublet|mitotic|debris)\w*(?: cells)?|\b(?:plates?|pellets?|supernatants?|species|needles?|pipettes?|genes?|channel|peptides?|reads?|sequences?|proteins?|concentration|volume of|sites|probes|snps?|voxels)\b[^.;]{0,60}\b(?:excluded|discarded|removed|eliminated|omitted|withdrawn)|\bnot included among"
)
_COI = re.compile(
    r"\bconflicts?[- ]of[- ]interests?|\bcompeting (?:financial )?interests?|\bconflicting (?:financial )?interests?|\bcommercial or financial (?:relationships?|conflicts?)|\bno (?:financial )?(?:disclosures?|conflicts?)\b|\bnothing to (?:disclose|declare)|\bdeclarations? of (?:\w+ )?interests?|\bdisclosure statement|\b(?:no|any) potential conflicts?|\bfinancial (?:disclosure|interest)s?\b|\bauthors? (?:\w+ ){0,3}declared? (?:that )?(?:\w+ ){0,4}no\b|\bno competing\b|\bauthors? (?:are|is) (?:an )?employees? (?:of|by)|\ball authors are employed|\bconflict of interests?\b|\bproprietary interest"
)
_WELFARE = re.compile(
    r"\b(?:approv\w*|permit\w*|licen[cs]ed?|permission|authori[sz]\w*|accordance|complian\w*|compl(?:ied|y|ies)|conform\w*|adher\w*|guidelines?|guidance|according to|regulations?|under (?:the )?(?:protocol|project|animal|licen|home office)|reviewed|followed|following|consent\w*|sanctioned|cleared|in line with|agreement|standards?|recommendations?|principles|directives?|ethical\w*|protocols?)\b[^;]{0,160}"
    r"\b(?:animal (?:care|use|welfare|ethic\w*|experiment\w*|research|protection|rights|subjects|studies|health|testing|procedures?|scien\w*)|ethic\w*|iacuc|institutional (?:animal|review)|welfare|care and use|laborator(?:y|ies) animals?|home office|animals \(scientific|86/609|2010/63|council directive|directive|cpcsea|nih guid\w*|national institutes of health|regierung\w*|canadian council|aaalac|animal (?:act|law|code)|arrive|iaec|aec|use of animals|animals act|experimental animals|uses of animals|treatment of animals|declaration of helsinki|arvo|office for protection|committee)\b|"
    r"\b(?:animal (?:care|use|welfare|ethic\w*|experiment\w*|research|protection)|ethic\w*|iacuc|institutional (?:animal|review)|care and use|home office|laboratory animals|cpcsea|animal experiments?|animal procedures?|animal work)\b[^;]{0,160}\b(?:approv\w*|permit\w*|licen[cs]e\w*|authori[sz]\w*|accordance|complian\w*|conform\w*|adher\w*|guidelines?|regulations?|reviewed|granted|followed)|\biacuc\b|\barrive guidelines|\b(?:animal|institutional) (?:\w+ ){0,3}(?:committee|board)s?\b|\bethics? (?:committee|approval|statement|board|commission)|\banimal protocols?\b|\b3rs?\b|\bguide for the care"
)
_WELFARE_TRAP = re.compile(
    r"\b(?:human (?:subjects|tissue|samples|participants)|patients?|informed consent|volunteers)\b"
)
_HOUSING = re.compile(
    r"\b\d{1,2}(?::\d\d)?[- ]?(?:h(?:ou)?r?s?|hours?)?[- ]?(?:light|l)?\s?[-:/–]\s?\d{1,2}(?::\d\d)?[- ]?(?:h(?:ou)?r?s?|hours?)?[- ]?(?:light|dark|l\b|d\b|ld\b)|\blight[- /:–]+dark\b|\bdark[- /:–]+light|\blight and dark|\b(?:photoperiod|light cycle|day/night|lights? (?:on|off)|diurnal cycle|12 ?h(?:our)?s? (?:of )?light|ld cycle|14:10|12:12)\b|"
    r"\b(?:housed|kept|maintained|caged|reared|raised|group-housed|kept in|accommodated|acclimati[sz]ed|held|bred|kennel\w*|living)\b[^.;]{0,130}\b(?:cages?|temperature|humidity|°c|º ?c|ad libitum|ad lib|pathogen[- ]free|spf|barrier|free access|food and water|colony room|vivarium|pens?\b|tanks?|aquari\w*|standard (?:laboratory |housing |conditions)|controlled|individually|singly|in groups|per cage|ventilated|light|animal (?:facility|house|room)|degrees|conditions)|"
    r"\b(?:cages?|temperature|humidity|°c|ad libitum|ad lib|free access|food and water|pathogen[- ]free|light)\b[^.;]{0,100}\b(?:housed|kept|maintained|housing)\b|\b(?:food|chow|feed|diet|pellets?)(?: pellets)? and (?:tap )?(?:water|drinking)[^.;]{0,50}\b(?:ad libitum|ad lib|free(?:ly)?|available)|\b(?:ad libitum|free) access to (?:\w+ )?(?:food|water|chow)|\bhousing conditions|\b(?:individually|singly|group|single)[- ]?housed\b|\bhoused (?:individually|singly|in groups|two|three|four|five|six|\d)|\b\d+ ?(?:-|to) ?\d+ (?:animals|mice|rats) per cage|\bspecific[- ]pathogen[- ]free\b"
)
_ANIMAL = pattern(
    r"\b{ANIMAL}\b|\bhoused\b|\bcages?\b|\bcolony\b|\bstrains?\b|\bthey were (?:kept|maintained|reared)|\bstocks?\b|\bacclimati[sz]\w*|\bdrosophila\b"
)


_BEAST = named("{ANIMAL}")


def find(reading: Reading) -> Iterator[Finding]:
    """Yield the reporting items that the sentence states (or denies)."""
    text = reading.text
    span = ((reading.start, reading.end),)

    def made(item: str, answer: str, strength: float) -> Finding:
        return Finding(f"reporting.{item}", "stated", answer, strength, span)

    if reading.role != "introduction" and not reading.foreign:
        power = _POWER_TRAP.sub(" ", text)
        if _POWER.search(power) and not reading.human:
            yield made("sample_size_calculation", "no" if _POWER_NEG.search(power) else "yes", 0.8)
        excluded = _EXCLUDED_TRAP.sub(" ", text)
        if _EXCLUDED.search(excluded) and not reading.in_vitro and not reading.human and reading.role != "statements":
            direct = (
                0.85
                if re.search(
                    rf"{_BEAST}[^.;]{{0,80}}(?:exclu|died|removed|omitted)|exclu\w*[^.;]{{0,60}}{_BEAST}|exclusion criteri",
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
    if _COI.search(text) and reading.role not in ("introduction", "results"):
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
