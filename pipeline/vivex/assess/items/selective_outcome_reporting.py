"""Item 9: outcomes announced against outcomes reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence

ITEM = "selective_outcome_reporting"

_OUTCOME = r"(?:outcomes?|end ?-?points?|variables?|parameters?|measures?|measurements?|analyses|tests|results?)"
_PLAN = (
    r"(?:(?:pre-?)?registered|pre-?registration|pre-?specified|protocol|pre-?defined|announced|planned|listed|"
    r"stated in the methods|named in the methods|described in the methods|specified|registry|registration|"
    r"preclinicaltrials|osf|open science framework|methods section|the methods|analysis plan|"
    r"defined beforehand|pre-?planned)"
)
_REPORTED = (
    r"(?:reported|presented|given|shown|described|provided|found|published|listed|included|appear|appears|set out)"
)
_ALL = r"(?:all|every|each|any|both|none|complete list|entire|whole|no deviations?|without exception)"
_NOT_REPORTED = re.compile(
    r"\b(?:data|results?|findings?|values|figures?) (?:are |were |is )?not (?:shown|presented|reported|given|"
    r"depicted|included)|\bnot (?:shown|depicted|illustrated)\b|\bunpublished (?:data|observations?|results)|"
    r"\b(?:will|are|were|is|was|been|be) (?:\w+ )?(?:not|never) (?:\w+ )?(?:be )?(?:reported|presented|shown|"
    r"described|given|published|included|disclosed|provided)\b|"
    r"\bomitted from (?:this|the) (?:report|article|paper|publication)|\bwithheld\b|\bleft unreported|"
    r"\bgo(?:es)? unreported|\bunreported\b|\breported elsewhere\b|"
    r"\bnot (?:\w+ )?(?:reported|presented) (?:here|in this|in the present)|"
    r"\bwe (?:do|did|have) not (?:report|present|show|include)|\bnot discussed further\b|\bnot presented\b"
)
_MAIN = re.compile(
    r"\b(?:primary|main|principal|chief|key|major|most important|co-?primary)\b[^.;]{0,30}\b(?:outcomes?|"
    r"end ?-?points?|variables?|measures?|parameters?|results?)\b|"
    r"\b(?:outcome|end ?-?point) of (?:main|primary) interest"
)
_ONLY_SIGNIFICANT = re.compile(
    r"\bonly (?:the )?(?:\w+ ){0,4}(?:significant|reached significance|positive|favou?rable|"
    r"differed significantly|those (?:that|which)|the one|statistically)\b|"
    r"\bonly\b[^.;]{0,60}\b(?:reached (?:statistical )?significance|"
    r"significant (?:results|findings|outcomes|effects|differences))"
)
_WE_REPORT = re.compile(
    r"\b(?:report|present|show|describe|publish|give)\w*\b[^;]{0,30}\b(?:all|every|"
    r"each)\b[^;]{0,60}\b(?:outcomes?|end ?-?points?|parameters?|measures?|variables?|results?)\b"
)
_ALL_REPORTED = re.compile(
    rf"\b{_ALL}\b[^;]{{0,90}}\b{_OUTCOME}\b[^;]{{0,130}}\b{_REPORTED}\b|"
    rf"\b{_OUTCOME}\b[^;]{{0,90}}\b{_ALL}\b[^;]{{0,60}}\b{_REPORTED}\b|"
    r"\b(?:without (?:any )?(?:omissions?|exception)|"
    r"no (?:\w+ )?(?:outcomes?|end ?-?points?) (?:was|were) (?:omitted|left out|dropped))\b|"
    rf"\bno deviations?\b[^;]{{0,60}}\b(?:protocol|pre-?regist|plan|list)|\bresults for (?:each|every|all)\b|"
    rf"\b{_REPORTED} in full\b[^;]{{0,60}}\b(?:protocol|registered|planned|pre)|"
    rf"\b(?:protocol|registered|planned|pre)\w*\b[^;]{{0,80}}\b{_REPORTED} in full\b"
)
_PLAN_RE = re.compile(rf"\b{_PLAN}\b")
_TRAP = re.compile(r"\b(?:upon request|approved|guidelines?|arrive|manufacturer)\b")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about outcomes announced or reported."""
    if reading.foreign or reading.human or reading.future or reading.role in ("introduction", "statements"):
        return
    text = reading.text
    span = ((reading.start, reading.end),)

    def made(signal: str, answer: str, strength: float, why: str) -> Indication:
        return Indication(ITEM, signal, answer, strength, span, why)

    hidden = _NOT_REPORTED.search(text)
    if (
        re.search(
            r"\b(?:of the|of all|although|planned|named|registered|specified|primary|main|defined|"
            r"end ?-?points?|outcomes?)\b",
            text,
        )
        and _ONLY_SIGNIFICANT.search(text)
        and re.search(r"\b(?:outcomes?|end ?-?points?|protocol|planned|measures)\b", text)
        and re.search(r"\b(?:present|report|show|describ|give|publish)\w*", text)
    ):
        yield made("all_reported", "no", 0.9, "only significant outcomes are reported")
        return
    if hidden and _MAIN.search(text):
        yield made("all_reported", "no", 0.9, "a main outcome is not reported")
        return
    if (
        hidden
        and _PLAN_RE.search(text)
        and re.search(r"\b(?:main|primary|end ?-?point|outcome)\b", text)
        and not re.search(r"\btime ?points?|days? \d", text)
    ):
        yield made("all_reported", "no", 0.8, "a planned outcome is not reported")
        return
    if (
        not hidden
        and (_ALL_REPORTED.search(text) or _WE_REPORT.search(text))
        and (_PLAN_RE.search(text))
        and not _TRAP.search(text)
    ):
        yield made("all_reported", "yes", 0.9, "all planned outcomes are said to be reported")
        return
    if hidden and not reading.in_vitro:
        yield made("not_shown", "yes", 0.4, "data not shown")
        return
    if re.search(
        r"\bprotocol\b[^.;]{0,60}\b(?:deposited|registered|published|pre-?registered)|\bpre-?registered\b|"
        r"\bregistered report|\bpreclinicaltrials",
        text,
    ):
        yield made("protocol", "exists", 0.3, "a protocol or registration exists")
