"""Agents: substances, biologicals and exposures that are given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.lexicon import words
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:agent@1"
_SUFFIX = (
    r"(?:(?:[a-z]{3,}(?:azepam|azolam|barbital|caine|cillin|cycline|floxacin|mycin|oxacin|azole|statin|prazole|sartan|olol|pril|dipine|afil|tidine|setron|triptan|oxetine|ipramine|triptyline|"
    r"tinib|ciclib|parib|zomib|rafenib|lisib|limus|mab|cept|profen|coxib|fenac|dronate|glitazone|gliptin|gliflozin|glutide|formin|platin|rubicin|taxel|blastine|cristine|poside|tecan|trexate|citabine|uracil|"
    r"sone|solone|onide|asone|ronium|curine|phylline|terol|tropium|dopa|giline|peridone|apine|idone|azine|peridol|morphine|codone|fentanil|tramadol|naloxone|trexone|metrexed|flavone|flavonol|quercetin|resveratrol|"
    r"curcumin|berberine|genistein|epicatechin|ginsenoside|baicalin|icariin|artemisinin|puerarin|emodin|sulforaphane|melatonin|nicotinamide|cysteine|arginine|glutamine|carnitine|taurine|creatine|betaine|choline|"
    r"ketamine|xylazine|urethane|isoflurane|sevoflurane|propofol|cyanide|nitroprusside|vinpocetine|stigmine|zepine|pentin|racetam|oxidopamine|cocaine|amphetamine|nicotine|caffeine|ephedrine|ergoline|yohimbine|"
    r"strychnine|muscimol|bicuculline|picrotoxin|gabazine|baclofen|kainate|kainic acid|ibotenic acid|quinpirole|raclopride|pilocarpine|scopolamine|atropine|carbachol|capsaicin|carrageenan|formalin|zymosan|"
    r"lipopolysaccharide|streptozotocin|streptozocin|alloxan|azoxymethane|thioacetamide|rotenone|paraquat|bleomycin|cyclophosphamide|cisplatin|doxorubicin|tamoxifen|doxycycline|tunicamycin|thapsigargin|"
    r"rapamycin|cyclosporine?|tacrolimus|metformin|insulin|leptin|ovalbumin|estradiol|oestradiol|testosterone|progesterone|corticosterone|dexamethasone|adrenaline|epinephrine|noradrenaline|norepinephrine|"
    r"dopamine|serotonin|acetylcholine|glutamate|glycine|taurine|heparin|warfarin|aspirin|indomethacin|ibuprofen|diclofenac|ethanol|alcohol|glucose|fructose|sucrose|galactose|cholesterol|saline|vehicle|water))"
    r"(?:[\s-](?:hydrochloride|sulfate|sulphate|phosphate|acetate|sodium|HCl|citrate|tartrate|maleate|mesylate|nitrate|chloride|bromide|fumarate))?)(?![A-Za-z])"
)
_CHEMICAL = re.compile(
    rf"(?<![A-Za-z0-9])(?:(?:D|L|d|l|DL|N|alpha|\u03b1|\u03b2|beta|\d(?:,\d)*)[-\u2010])?{_SUFFIX}", re.IGNORECASE
)
_ABBREVIATED = re.compile(
    r"(?<![A-Za-z0-9-])(?:PBS|DMSO|LPS|STZ|DSS|TNBS|CCl4|CCl\s?4|MPTP|6-OHDA|AOM|CFA|IFA|NMDA|AMPA|CNQX|DNQX|AP5|D-AP5|APV|D-APV|TTX|4-AP|TEA|PTX|BrdU|EdU|IdU|CldU|OVA|PMA|TPA|DMBA|DEN|MNU|ENU|MSG|NAC|L-NAME|"
    r"SNP|H2O2|H\s?2\s?O\s?2|CNO|GW\d{4,}|SB\d{5,6}|LY\d{5,6}|PD\d{4,6}|U0126|SP600125|Y-?27632|AG\d{3,4}|MK-?\d{3}|WEB-?\d{4}|MG-?132|Z-?VAD(?:-FMK)?|ODN|CpG|[Pp]oly\s?\(?I:?C\)?|5-FU|ACTH|CORT|E2|"
    r"AAV\d?(?:-[A-Za-z0-9-]+)?|rAAV\d?|HFD|LFD|NCD|WD|siRNA|shRNA|Ang\s?II|ISO|DOX|Dox|DEX|CDDP|EGCG|GM-CSF|VEGF(?=\s(?:treat|inject|stimul))|PTH)(?![A-Za-z0-9])"
)
_CODE = re.compile(r"(?<![A-Za-z0-9-])[A-Z]{2,4}[- ]?\d{3,7}[A-Z]?(?![A-Za-z0-9-])")
_PATTERN = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:high|low|normal)[- ](?:fat|salt|sugar|protein|carbohydrate|calorie|fructose|sucrose|cholesterol)(?:[-/ ](?:high[- ])?(?:fat|salt|sugar|cholesterol|sucrose|fructose))?\s(?:diet|chow|feed)s?|"
    r"(?:control|standard|western|chow|basal|normal|ketogenic|experimental|purified)\s(?:diet|chow)s?|(?:normal|isotonic|physiological|sterile|phosphate[- ]buffered|heparini[sz]ed)\ssaline|"
    r"(?:[A-Za-z0-9-]+[- ]derived\s)?(?:exosomes?|extracellular vesicles|EVs)|(?:[A-Za-z0-9-]+\s)?(?:mimics?|inhibitors?|agonists?|antagonists?|antagomirs?|agomirs?)(?=[\s,.;)])|"
    r"(?:(?:aqueous|ethanol(?:ic)?|methanol(?:ic)?|hydroalcoholic|leaf|root|seed|bark|fruit|plant|green tea|crude|composite|[A-Z]\.?\s?[a-z]+)\s){1,3}extracts?|"
    r"(?:ionizing\s|X-ray\s|gamma[- ]|UV[AB]?\s|laser\s)?irradiation|conditioned medi(?:um|a)|(?:distilled|deioni[sz]ed|tap)\swater|(?:corn|olive|sesame|fish|coconut|peanut|mineral)\soil|"
    r"carboxymethyl\s?cellulose|methylcellulose|adenovirus(?:es)?|lentivirus(?:es)?|rabies virus|hypoxia|restraint stress|treadmill (?:exercise|training|running)|cold exposure|noise exposure)(?![A-Za-z])",
    re.IGNORECASE,
)
_LAB = re.compile(
    r"wash|fix|stain|block|buffer|medium|media|culture|stored|dissolved in \d|section|embedd|dehydrat|centrifug|lys|homogen|antibod|incubat(?:ed|ion) (?:in|for)|solution (?:contain|\()|mM|supplemented",
    re.IGNORECASE,
)
_COMMON = frozenset(
    "water glucose saline pbs ethanol alcohol sucrose glutamate dopamine serotonin acetylcholine glycine cholesterol insulin leptin glutamine cysteine heparin choline creatine arginine formalin testosterone estradiol progesterone corticosterone norepinephrine epinephrine noradrenaline adrenaline taurine h2o2 fructose galactose dmso".split()
)
_GIVEN = re.compile(
    r"inject|administ|treat|gavage|given|receiv|infus|dose|mg/kg|\u00b5M|\u03bcM|\bnM|\bmM|i\.p\.|i\.v\.|s\.c\.|p\.o\.|control|group|vehicle|induced|expos|fed|diet|applied|application|puff|challenge|supplement|stimulat|effect",
    re.IGNORECASE,
)


def find_agent(text: str) -> Iterator[Span]:
    """Yield the agent mentions of `text`."""
    yield from longest(span for span in _all(text) if span.confidence >= 0.5)


def _all(text: str) -> Iterator[Span]:
    stop = words("agent_stop")
    for pattern, base in ((_CHEMICAL, 0.8), (_ABBREVIATED, 0.8), (_CODE, 0.6), (_PATTERN, 0.8)):
        for match in pattern.finditer(text):
            start, end = match.span()
            written = match.group().lower()
            if written in stop or re.match(r"\s?(?:cells?|mice|receptors?|Inc|Ltd|buffer)\b", text[end : end + 10]):
                continue
            near = text[max(0, start - 70) : end + 50]
            score = base
            if written in _COMMON or base < 0.8:
                score = 0.7 if _GIVEN.search(near) and not _LAB.search(near) else 0.3
            elif _LAB.search(text[max(0, start - 30) : end + 20]) and not _GIVEN.search(near):
                score = 0.4
            yield Span(start, end, "agent", {}, SOURCE, score)
