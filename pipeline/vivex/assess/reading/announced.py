"""Item 9 over the whole paper: outcomes announced in Methods, looked for in Results, legends and tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from vivex.annotation import Annotation
from vivex.assess.reading.sentence import FoldedSentence


@dataclass(frozen=True, slots=True)
class Announced:
    """Name an outcome announced in Methods, where, and where the results give it (None: not found)."""

    name: str
    span: tuple[int, int]
    reported: tuple[int, int] | None


_MEASURED = re.compile(
    r"\b(?:measured|determined|assess(?:ed|ment)|evaluated|quantified|analy[sz]ed|monitored|recorded|"
    r"estimated|examined|scored|counted|tested|detected|calculated|weighed|observed|assayed|elisa|kits?)\b"
)
_NOT_OUTCOME = re.compile(
    r"\b(?:purchased|obtained from|antibod(?:y|ies)|primers?|dissolved|buffer|anesthe|anaesthe|software|"
    r"version|company|cultured|transfect|genotyp)"
)
# Endpoints of animal studies, singular, each with other wordings of it
_LEXICON: tuple[tuple[str, str], ...] = (
    ("body weight", r"body ?-?(?:weight|mass)|weight (?:gain|loss|change)|weighed|bodyweight"),
    ("food intake", r"food (?:intake|consumption)|feed (?:intake|consumption)|feeding|ate\b"),
    ("water intake", r"water (?:intake|consumption)|fluid intake|drank"),
    ("locomotor activity", r"locomotor|locomotion|open[- ]field|distance (?:travel|moved)|ambulat|activity"),
    ("anxiety", r"elevated[- ]plus|anxiety|light[-/ ]dark box|open arms?"),
    (
        "learning and memory",
        r"water maze|y-?maze|escape latenc|novel object|radial arm|memory|fear conditioning|freezing",
    ),
    ("grip strength", r"grip"),
    ("rotarod", r"rotarod|rota-rod|latency to fall"),
    ("immobility", r"forced swim|tail suspension|immobility|fst\b|tst\b"),
    ("sucrose preference", r"sucrose"),
    ("social behaviour", r"social"),
    ("mechanical threshold", r"von frey|mechanical (?:threshold|sensitiv|allodynia)|paw withdrawal|randall"),
    ("thermal latency", r"hot ?plate|hargreaves|tail flick|thermal"),
    ("survival", r"surviv|mortality|lifespan|death|died"),
    ("tumour size", r"tumou?r (?:volume|size|weight|growth|burden|diameter)|tumou?rs?\b"),
    ("metastasis", r"metasta"),
    ("blood pressure", r"blood pressure|arterial pressure|systolic|diastolic|bp\b"),
    ("heart rate", r"heart rate|bpm"),
    ("echocardiography", r"echocardiogra|ejection fraction|fractional shortening|lvef|left ventric"),
    ("glucose", r"glucose|glyc(?:a)?emi|gtt\b"),
    ("insulin", r"insulin"),
    ("cholesterol", r"cholesterol|\bhdl|\bldl|lipid"),
    ("triglycerides", r"triglycerid|\btg\b|lipid"),
    ("liver enzymes", r"\balt\b|\bast\b|aminotransferase|transaminase"),
    ("creatinine", r"creatinine|renal function"),
    ("urea", r"\burea\b|\bbun\b"),
    ("corticosterone", r"corticosterone|cortisol"),
    ("body temperature", r"(?:body|rectal|core) temperature|temperature"),
    ("clinical signs", r"clinical signs?|behaviou?ral changes|physical appearance|signs of|symptoms?"),
    ("clinical score", r"clinical score|disease (?:activity|score|severity)|scores?\b|neurological"),
    ("urine output", r"urin"),
    (
        "organ weight",
        r"organ weight|(?:liver|kidney|spleen|heart|lung|fat|thymus) (?:weight|mass|index)|fat pads?|weights?",
    ),
    ("infarct size", r"infarct|ttc\b"),
    ("histology", r"histolog|h&e|haematoxylin|hematoxylin|histopatholog|staining|stained|sections"),
    ("collagen", r"collagen|fibros|masson|picrosirius|trichrome"),
    ("apoptosis", r"tunel|apopto|caspase|cell death"),
    ("proliferation", r"ki-?67|brdu|prolifer|edu\b"),
    ("bone structure", r"micro-?ct|µct|bone (?:volume|density|mineral)|bmd|trabecul"),
    ("bacterial load", r"\bcfus?\b|bacterial (?:load|burden|count)|colon(?:y|i[sz])"),
    ("viral load", r"viral (?:load|titre|titer)|plaque"),
    ("blood count", r"blood counts?|h(?:a)?ematocrit|h(?:a)?emoglobin|leu[ck]ocytes?|platelets?|lymphocytes?"),
    ("blood flow", r"blood flow|doppler|perfusion"),
    ("sleep", r"sleep|eeg\b"),
    ("fertility", r"fertilit|litter size|pregnan|implantation"),
    ("sperm", r"sperm"),
    ("plasma phosphate", r"phosph(?:ate|orus)"),
    ("calcium", r"calcium|ca2\+"),
    ("iron", r"\biron\b"),
    ("diarrhoea", r"diarrh|f(?:a)?ecal"),
    ("startle", r"startle|prepulse|ppi\b"),
    ("gait", r"gait|catwalk|digigait|footprint"),
    ("reflexes", r"reflex|righting"),
    ("oxidative markers", r"\bsod\b|\bmda\b|glutathione|\bgsh\b|catalase|malondialdehyde|superoxide dismutase"),
)
_COMPILED = tuple((name, re.compile(r"\b(?:" + words + ")")) for name, words in _LEXICON)
_ANALYTE = re.compile(
    r"\b(?:IL-?\d{1,2}(?:[αβγ]|[A-F]|-[abαβ])?|TNF-?(?:α|a|alpha)?|IFN-?(?:γ|g|gamma|α|β)|"
    r"TGF-?(?:β|b|beta)\d?|MCP-?1|G-?CSF|GM-?CSF|CCL\d+|CXCL\d+|IgG\d?[abc]?|IgE|IgA|IgM|VEGF|BDNF|NGF|FGF\d+|"
    r"CRP|MPO|LDH|CK-MB|AST|ALT|ALP|BUN|GSH(?:-Px)?|GSSG|SOD|MDA|CAT|NO|AChE|HDL|LDL|NEFA|PTH|FSH|LH|T3|T4|"
    r"TSH|ACTH|PGE2|MMP-?\d+|IGF-?1|leptin|adiponectin|resistin|ghrelin|fibrinogen|ketone bodies|"
    r"free fatty acids?|uric acid|bilirubin|albumin)(?![\w-])"
)


def announced(readings: Sequence[FoldedSentence], known: Sequence[Annotation] = ()) -> list[Announced]:
    """Return the outcomes that Methods announce, each with the place in the results that gives it."""
    results = [
        r
        for r in readings
        if (r.role in ("results", "abstract", "discussion") and (r.role != "discussion"))
        or r.kind in ("caption", "table", "footnote")
    ]
    if not results:
        return []
    found: dict[str, Announced] = {}
    for reading in readings:
        if (
            reading.role != "methods"
            or reading.kind == "caption"
            or reading.foreign
            or reading.human
            or reading.in_vitro
        ):
            continue
        if not _MEASURED.search(reading.text):
            continue
        span = (reading.start, reading.end)
        for match in _ANALYTE.finditer(reading.raw):
            key = _key(match.group(0))
            if key not in found:
                found[key] = Announced(
                    match.group(0), span, _where(re.compile(_analyte(match.group(0))), results, raw=True)
                )
        if _NOT_OUTCOME.search(reading.text):
            continue
        for name, words in _COMPILED:
            if name not in found and words.search(reading.text):
                found[name] = Announced(name, span, _where(words, results))
    return list(found.values())


def outcomes_named(text: str, names: Collection[str]) -> int:
    """Return how many of the named endpoints a folded sentence speaks of."""
    return sum(name in names and words.search(text) is not None for name, words in _COMPILED)


def _key(analyte: str) -> str:
    return re.sub(r"[\s-]", "", analyte).lower().replace("alpha", "α").replace("beta", "β").replace("gamma", "γ")


def _analyte(analyte: str) -> str:
    parts = [re.escape(c) for c in _key(analyte)]
    greek = {"α": "(?:α|a|alpha)?", "β": "(?:β|b|beta)?", "γ": "(?:γ|g|gamma)?"}
    return r"(?i)(?<![A-Za-z])" + r"[\s-]?".join(greek.get(p, p) for p in parts) + r"(?![0-9])"


def _where(words: re.Pattern[str], results: Sequence[FoldedSentence], *, raw: bool = False) -> tuple[int, int] | None:
    for reading in results:
        if words.search(reading.raw if raw else reading.text):
            return reading.start, reading.end
    return None
