"""Outcomes: what is measured, as noun phrases around the heads that papers use for endpoints, and named tests."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.spans import Span, longest

SOURCE = "grammar:outcome@1"
_W = r"(?:[A-Za-z0-9\u0370-\u03ff\u00b5][A-Za-z0-9\u0370-\u03ff/+.\u2019'-]*)"
_STOP = (
    r"(?:the|a|an|of|in|and|or|on|to|by|for|with|from|at|as|is|are|was|were|be|been|that|which|this|these|those|their|its|our|we|not|no|than|had|has|have|also|both|between|after|before|during|when|"
    r"while|significantly|significant|markedly|increased?|increases|increasing|decreased?|decreases|reduced?|reduces|reducing|reduction|elevated|lower|higher|enhanced?|enhances|enhancing|attenuated?|improved?|improves|impaired|altered|"
    r"changed?|inhibited|inhibits|inhibit|suppressed|promoted?|promotes|induced?|induces|restored|blocked|blocks|affected?|affects|abolished|prevented|prevents|showed|shows|show|measured?|assessed|assess|determined?|evaluated?|analy[sz]ed|"
    r"examined?|investigate[ds]?|observed|quantified|compared|monitored|calculated|recorded|detected|using|via|into|through|but|if|whether|there|only|more|less|any|all|each|other|such|may|might|can|could|did|does|do|total|up-?regulated|down-?regulated|"
    r"similar|different|normal|control|overall|however|thus|therefore|respectively|mean|average|further|then|cells?|mice|rats?|animals?|group|groups|treatment|treated|no|under|within|upon|against|because|reduces|caused|causes|caused|reported|found|strong|robust|abnormal|poor|severe|greater|high|low)"
)
_MOD = rf"(?:(?!{_STOP}\b){_W}\s)"
_HEAD = (
    r"(?:expression(?:\slevels?)?|mRNA\s(?:expression|levels?)(?:\slevels?)?|protein\s(?:expression|levels?)|levels?|concentrations?|activit(?:y|ies)|phosphorylation|secretion|release|production|accumulation|content|proliferation|viability|survival|"
    r"apoptosis|cell\sdeath|migration|invasion|differentiation|growth|volume|weight(?:s)?|size|number|density|thickness|score(?:s)?|index|latency|latencies|duration|frequency|amplitude|pressure|rate(?:s)?|flow|output|fraction|length|width|area|intake|consumption|"
    r"tolerance|sensitivity|resistance|threshold|response(?:s)?|behaviou?rs?|memory|learning|locomotion|mobility|immobility|function|transmission|plasticity|currents?|potentials?|permeability|infiltration|degeneration|regeneration|formation|deposition|"
    r"inflammation|fibrosis|necrosis|hypertrophy|angiogenesis|neurogenesis|metastasis|incidence|mortality|lifespan|longevity|uptake|clearance|excretion|synthesis|degradation|translocation|localization|transcription|translation|methylation|acetylation|ubiquitination|"
    r"aggregation|adhesion|contraction|relaxation|perfusion|oxygenation|respiration|metabolism|synchrony|excitability|firing(?:\srates?)?|discharge|sleep|arousal|preference|aversion|discrimination|recognition|damage|injury|loss|stress|intensity|count(?:s)?|titer(?:s)?|load|burden)"
)
_PHRASE = re.compile(
    rf"(?<![A-Za-z0-9-])(?:{_MOD}){{0,4}}?{_HEAD}(?![A-Za-z-])(?:\sof\s(?:the\s)?(?:{_MOD}){{0,3}}?(?!{_STOP}\b){_W}(?<![.]))?"
)
_SIMPLE = re.compile(
    r"(?<![A-Za-z0-9-])(?:body\sweights?|food\s(?:intake|consumption)|water\sintake|blood\s(?:glucose|pressure)(?:\slevels?)?|heart\srate|escape\slatency|Morris\swater\smaze(?:\stest)?|open[- ]field(?:\stest)?|elevated\splus[- ]maze(?:\stest)?|forced\sswim(?:ming)?\stest|"
    r"tail[- ]suspension(?:\stest)?|novel\sobject\srecognition(?:\stest)?|rotarod(?:\stest)?|von\sFrey(?:\stest)?|hot[- ]plate\stest|tail[- ]flick\stest|Y[- ]maze|conditioned\splace\spreference|fear\sconditioning|prepulse\sinhibition|grip\sstrength|"
    r"Safranin[- ]O(?:/fast green)?\sstaining|H&E\sstaining|hematoxylin\sand\seosin\sstaining|toluidine\sblue\sstaining|Masson['\u2019]?s?\strichrome\sstaining|TUNEL(?:[- ]positive\scells|\sstaining|\sassay)?|TTC(?:\sstaining)?|Nissl\sstaining|Oil\sRed\sO\sstaining|"
    r"OARSI\sscores?|Mankin\sscores?|clinical\sscores?|disease\sactivity\sindex|infarct\s(?:size|volume)|tumou?r\s(?:volume|size|weight|growth|burden)|bone\smineral\sdensity|BMD|ejection\sfraction|LVEF|fractional\sshortening|LTP|LTD|EPSCs?|IPSCs?|mEPSCs?|mIPSCs?|"
    r"OGTT|ITT|GTT|IPGTT|BUN|ALT(?=\sand|,|\slevels?)|AST(?=\sand|,|\slevels?)|MDA|ROS(?:\s(?:levels?|production|generation|accumulation))?|MTT\sassay|CCK-8\sassay|survival|IC50|EC50|cell\s(?:viability|proliferation|death|cycle|migration|apoptosis)|oxidative\sstress|"
    r"luciferase\sactivity|micro-?CT|echocardiography)(?![A-Za-z-])",
    re.IGNORECASE,
)
_BARE_HEADS = frozenset(
    "level levels content number rate rates size area function expression activity response responses loss damage index score scores production stress weight weights length density frequency duration volume concentration concentrations growth load count counts "
    "intensity thickness threshold fraction output formation synthesis release resistance area sensitivity function current currents potential potentials behavior behaviors behaviour injury treatment memory amplitude width length activities".split()
)


def find_outcome(text: str) -> Iterator[Span]:
    """Yield the outcome mentions of `text`."""
    yield from longest(_all(text))


def _all(text: str) -> Iterator[Span]:
    for match in _SIMPLE.finditer(text):
        yield Span(match.start(), match.end(), "outcome", {}, SOURCE, 0.85)
    for match in _PHRASE.finditer(text):
        written = match.group()
        if written.lower() in _BARE_HEADS:
            continue
        yield Span(match.start(), match.end(), "outcome", {}, SOURCE, 0.6)
