"""Disease and injury models, and the procedures that induce them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.kinds import NAMED, Kind
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:model@1"
_DISEASE = (
    r"(?:osteoarthritis|arthritis|colitis|diabetes(?:\smellitus)?|obesity|hypertension|nephropathy|"
    r"nephrotoxicity|cardiotoxicity|hepatotoxicity|neurotoxicity|ototoxicity|cardiomyopathy|neuropathy|"
    r"retinopathy|encephalopathy|"
    r"encephalomyelitis|hepatitis|pancreatitis|myocarditis|peritonitis|sepsis|septic shock|fibrosis|steatosis|"
    r"cirrhosis|asthma|inflammation|airway inflammation|(?:acute\s)?(?:kidney|lung|liver|spinal cord|brain|"
    r"nerve|muscle|head|cartilage|renal|myocardial|"
    r"hepatic|intestinal|cerebral|sciatic nerve|ischemic|ischaemic|traumatic brain|"
    r"reperfusion)\s(?:ischa?emi[ac][-/ ]?(?:and\s)?(?:reperfusion)?\s?)?(?:injury|damage|failure|lesion)|"
    r"ischemia|ischaemia|"
    r"ischa?emi[ac][-/\u2013 ]reperfusion(?:\sinjury)?|hypoxia-ischa?emia|(?:ischa?emic\s)?stroke|infarction|"
    r"epilepsy|seizures?|status epilepticus|depression|anxiety|hyperalgesia|allodynia|"
    r"(?:neuropathic|inflammatory|cancer|bone cancer|visceral)\s(?:bone\s)?pain|"
    r"edema|oedema|ulcers?|tumou?rs?|cancer|carcinogenesis|carcinoma|melanoma|glioma|leuk(?:a)?emia|lymphoma|"
    r"xenografts?|metastasis|osteoporosis|osteopenia|bone loss|atherosclerosis|restenosis|aneurysm|thrombosis|"
    r"Parkinson['\u2019]?s?\sdisease|Alzheimer['\u2019]?s?\sdisease|Huntington['\u2019]?s?\sdisease|"
    r"autoimmune encephalomyelitis|lupus|psoriasis|dermatitis|GVHD|preeclampsia|infertility|malaria|"
    r"tuberculosis|pneumonia|infection|toxicity|intoxication|"
    r"poisoning|amnesia|memory impairment|cognitive impairment|cachexia|sarcopenia|atrophy|myopathy|dystrophy|"
    r"cystitis|mucositis|enteritis|gastritis|glomerulonephritis|nephritis|uveitis|keratitis|conjunctivitis|"
    r"periodontitis|rhinitis|hyperuricemia|"
    r"hyperlipidemia|hypercholesterolemia|hyperglyc(?:a)?emia|insulin resistance|metabolic syndrome|"
    r"dyslipidemia|apoptosis|senescence|stress)"
)
_INDUCED = re.compile(
    r"(?<![A-Za-z0-9\u0370-\u03ff/-])"
    rf"(?:[A-Za-z0-9\u0370-\u03ff/-]{{1,40}}(?:\s[A-Za-z0-9-]{{1,30}})?)[-\u2010\u2013 ](?:induced|mediated|"
    r"evoked|associated)\s(?:(?:acute|chronic|experimental|bone|rat|mouse|renal|hepatic|cardiac|paw|lung|"
    rf"liver|brain|kidney)\s){{0,2}}{_DISEASE}(?![A-Za-z])",
    re.IGNORECASE,
)
_PROCEDURE = re.compile(
    r"(?<![A-Za-z0-9])(?:(?:transient|permanent|focal|bilateral|unilateral|distal|partial|left|right|global|"
    r"chronic|sham)\s){0,2}(?:middle cerebral artery occlusion|MCAO|tMCAO|pMCAO|DMM(?:\ssurgery)?|"
    r"destabili[sz]ation of the medial meniscus|ACLT|"
    r"anterior cruciate ligament transection|ovariectomy|ovariectomi[sz]ed|OVX|orchiectomy|castration|"
    r"nephrectomy|hepatectomy|PHx|gonadectomy|adrenalectomy|vagotomy|"
    r"(?:spinal|nerve|sciatic nerve)\s(?:cord\s)?(?:transection|ligation|crush|contusion)|"
    r"(?:common\s)?bile duct ligation|BDL|c(?:a)?ecal ligation and puncture|CLP|"
    r"transverse aortic constriction|aortic banding|TAC|unilateral ureteral obstruction|UUO|"
    r"chronic constriction injury|CCI|spared nerve injury|SNI|SNL|spinal nerve ligation|"
    r"LAD\sligation|coronary artery ligation|"
    r"(?:left anterior descending\s)?coronary (?:artery\s)?(?:occlusion|ligation)|controlled cortical impact|"
    r"fluid percussion injury|experimental autoimmune encephalomyelitis|EAE|collagen-induced arthritis|CIA|"
    r"chronic (?:unpredictable )?(?:mild )?stress|CUMS|CMS|learned helplessness|social defeat(?:\sstress)?|"
    r"maternal (?:separation|deprivation)|restraint stress|prenatal stress|sleep deprivation|"
    r"oxygen[- ]glucose deprivation|OGD(?:/R)?|"
    r"cGVHD|GVHD|aGVHD|graft[- ]versus[- ]host disease|hind(?:-|\s)?limb (?:ischa?emia|unloading)|"
    r"immobili[sz]ation|denervation|acoustic trauma|noise exposure|balloon injury|"
    r"carotid (?:artery )?ligation|skin wound(?:ing)?|burn injury|"
    r"DSS colitis|HIBD|diabetic|obese|hypertensive|epileptic|orthotopic (?:model|tumou?rs?|xenograft)|"
    r"(?:tumou?r\s)?xenografts?(?:\smodels?)?|allografts?|xenotransplant(?:ation)?)(?![A-Za-z])"
)
_MODEL_OF = re.compile(
    rf"(?:(?<![A-Za-z0-9-])(?P<before>(?:[A-Za-z0-9-]{{1,30}}\s){{0,3}}{_DISEASE})\s(?:(?:mouse|rat|animal|"
    r"rodent|murine)\s)?models?|"
    rf"models?\s(?:of|for)\s(?P<after>(?:[A-Za-z0-9-]{{1,30}}\s){{0,3}}?{_DISEASE}))(?![A-Za-z])",
    re.IGNORECASE,
)
_SKIP = re.compile(
    r"^(?:(?:[a-z]+(?:ed|ing|ates?|ents?)|a|an|the|in|of|this|our|with|and|for|to|this|that|these|established|"
    r"using|used|animal|well-established|several|new|novel|mouse|rat|murine|rodent|by|from|on|as|during|"
    r"underlying|attenuating|after|against|treating|preventing|following|ameliorating|reducing|agent|"
    r"inhibitor|under|whether|also|well|cause|causes|prevent|attenuates?|between)\s)+",
    re.IGNORECASE,
)


_STANDING = re.compile(
    r"(?<![A-Za-z0-9-])(?:(?:neonatal|acute|chronic|experimental|relapsing-remitting|obese|focal|transient|"
    r"ischemic|ischaemic|low grade|high grade)\s)?(?:(?:neuropathic|inflammatory|cancer|bone cancer|visceral|"
    r"chronic)\s(?:bone\s)?pain|airway inflammation|"
    r"(?:ischemic|ischaemic|hemorrhagic)\sstroke|(?:nerve|spinal cord|skeletal muscle|traumatic brain|"
    r"acute kidney|acute lung|liver|brain|cartilage|reperfusion|ischemia[-/\u2013]reperfusion|OGD|"
    r"cerebral ischemia)\sinjury|type\s[12]\sdiabetes(?:\smellitus)?|"
    r"metabolic syndrome|(?:[A-Z][a-z]+(?:'s)?)\s[Ss]yndrome|(?:contact|atopic|"
    r"allergic contact)\s(?:dermatitis|sensitivity)|retinal degeneration|breast cancer(?!\scells?)|"
    r"(?:[A-Z]{2,6}\d?|[A-Z]\.\s?[a-z]+)\sinfection|spinal\s(?:cord\s)?transection|"
    r"TNBC|HIBD|OGD(?:/R)?\sinjury|liver damage|colitis|EAE|giardiasis|dystonia|tinnitus|epilepsy|"
    r"osteoarthritis|rheumatoid arthritis|asthma|sepsis|atherosclerosis|pulmonary fibrosis|liver fibrosis|"
    r"myocardial infarction|heart failure|"
    r"(?:[A-Z]+[-A-Za-z0-9]*\s)?(?:[Aa]llografts?|[Xx]enografts?)|"
    r"(?:WBM|bone marrow|skin|islet|hematopoietic stem cell)\stransplantation)(?![A-Za-z-])"
)
_NAMED = re.compile(
    r"(?<![A-Za-z0-9-])(?P<name>[A-Z][A-Za-z0-9/-]{1,14})\s(?:(?:mouse|rat|animal|murine|rodent)\s)?models?(?![A-Za-z])"
)
_NOT_NAME = re.compile(
    r"(?:The|This|Our|A|An|In|Mouse|Rat|Animal|These|Both|Disease|All|Such|Linear|Mixed|Cox|ANOVA|Statistical|"
    r"PK|PD|Hill|Markov|Bayesian|GLM|KO|WT|Mathematical|[A-Z][a-z]+ed)"
)


def find_model(text: str) -> Iterator[Span]:
    """Yield the model mentions of `text`."""
    yield from longest(_all(text))


def _all(text: str) -> Iterator[Span]:
    for match in _INDUCED.finditer(text):
        start = match.start()
        if skip := _SKIP.match(text[start : match.end()]):
            start += skip.end()
        yield Span(start, match.end(), "model", {}, SOURCE, 0.8)
    for match in _STANDING.finditer(text):
        yield Span(match.start(), match.end(), "model", {}, SOURCE, 0.6)
    for match in _NAMED.finditer(text):
        if not _NOT_NAME.fullmatch(match["name"]):
            yield Span(match.start("name"), match.end("name"), "model", {}, SOURCE, 0.55)
    for match in _PROCEDURE.finditer(text):
        if match.group().lower() in ("diabetic", "obese", "hypertensive", "epileptic") and not re.match(
            r"\s(?:mice|mouse|rats?|animals?|group|rabbits?|groups?|db/db|wounds?|controls?|littermates)\b",
            text[match.end() :],
        ):
            continue
        yield Span(match.start(), match.end(), "model", {}, SOURCE, 0.7)
    for match in _MODEL_OF.finditer(text):
        name = "before" if match["before"] else "after"
        start = match.start(name)
        if skip := _SKIP.match(text[start : match.end(name)]):
            start += skip.end()
        yield Span(start, match.end(name), "model", {}, SOURCE, 0.6)


KIND = Kind(
    label="model",
    colour="#F7C1E0",
    find=find_model,
    joining=NAMED["grammar"],
    named=frozenset(("DISEASE", "CANCER")),
)
