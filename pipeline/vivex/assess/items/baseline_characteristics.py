"""Item 2: what all groups have in common before treatment, and whether they were alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "baseline_characteristics"

_AGE = pattern(
    r"\bof \d+ (?:days?|weeks?)\b|\b{NUMBER}[- ]?(?:day|week|month|year|wk)s?\.?(?:[- ]of[- ]age|"
    r"[- ]olds?|[- ]aged?)\b|\baged? (?:\w+ )?{NUMBER}\b[^.;]{0,24}\b(?:weeks?|months?)\b|"
    r"\bpostnatal days?|\b[pe] ?\d{1,3}\b|\b\d+[- ]?(?:dpf|hpf)\b|\badults?\b|\bjuvenile\b|"
    r"\bneonat\w+\b|\bnewborn\b|\bweanling|\baged (?:mice|rats)\b|\bday-old\b|\bpre-?pubescent\b|"
    r"\b\d+[- ](?:days?|weeks?|months?|years?|mo)\b(?= ?(?:\)|,))"
)
_WEIGHT = re.compile(
    r"\bweigh(?:ing|ed|t)?\b[^.;]{0,50}?\d+ ?k?g\b|\b\d+ ? ?(?:-|to|and|±) ?\d+(?:[.·]\d+)? ?k?g\b(?! "
    r"?(?:/|per|kg|of|-1|\u22121))|[~∼≈] ?\d+ ?g\b|\b\d+ ?g body ?weight|\b(?:equal|similar|same) (?:mean "
    r")?(?:body )?(?:weights?|mass)\b|\bfree-feeding weight"
)
_SEX = re.compile(
    r"\b(?:fe)?males?\b|\bsows?\b|\bgilts?\b|\bboars?\b|\bewes?\b|\brams?\b|\bcows?\b|\bheifers?\b|"
    r"\bbulls?\b|\bsteers?\b|\bhens?\b|\bcockerels?\b|\bbarrows?\b|\bovariectomi[sz]ed\b|"
    r"\bcastrated\b|\bboth sexes\b|\beither sex\b|\bsame sex\b|\bnulliparous\b|\bprimiparous\b|"
    r"\bpregnant\b"
)
_STRAIN = re.compile(
    r"\bc57 ?bl[/ -]?\w*|\bbalb[/ -]?c?\b|\bsprague[- ]?dawley\b|\bwistar\b|\blong[- ]evans\b|"
    r"\bfischer\b|\blewis rats?\b|\bnew zealand\b|\bswiss\b|\bcd-?1\b|\bicr\b|\bfvb\w*|\bnod\b|"
    r"\bscid\b|\bnude\b|\bob/ob\b|\bdb/db\b|\bkunming\b|\blister hooded\b|\bbeagles?\b|\blandrace\b|"
    r"\blarge white\b|\bmerino\b|\bholstein\b|\bross 308\b|\bcobb\b|\bhartley\b|\bsyrian\b|"
    r"\bmongolian\b|\brhesus\b|\bmacaca\b|\bab line|\btübingen\b|\boregon-?r\b|\b(?:strain|breed|"
    r"background|yucatan|homing stock|cross-?bred|congenic|same line|hybrid)\b|\bb6\b|\bc57\b|\bd2\b|"
    r"\bsd rats?\b|\brag[12]|\btransgenic line\b|\blamb1t\b|\btg\(|\bnmr[i]\b"
)
_MATCHED = re.compile(
    r"\blittermates?\b(?! (?:\w+ )?(?:were |was )?(?:co-?housed|housed|caged|kept|group-housed))|"
    r"\bsiblings?\b|\b(?:sex|gender|weight)[- ]?[- ]?matched\b|\bmatched for\b[^.;]{0,40}\bgender|"
    r"\bbalanced (?:for|across)\b|\b(?:stratif\w*|blocked|ranked)\b[^.;]{0,60}\b(?:weights?|age|"
    r"tumou?r|litter)|\bbalance groups|\bequal mean (?:body )?weights?|\bwithin-subjects?\b|"
    r"\bwithin-animal|\bcross-?over\b|\blatin square\b|\bage-matched\b"
)
_BEFORE = (
    r"(?:base-?line|basal|initial\w*|starting|at (?:the )?start|before|prior to|pre-?\w*treatment|day "
    r"0|d0|beginning of the study|pre-?exposure|start of)"
)
_SAYS_BEFORE = re.compile(rf"\b{_BEFORE}\b")
_CHARACTER = r"(?:levels?|rate|response\w*|density)"
_ALIKE = (
    r"(?:no (?:\w+ ){0,4}differen\w*|not (?:\w+ ){0,3}differ\w*|comparable|similar\w*|the same|equal\w*|"
    r"identical|indistinguishable|matched)"
)
_UNALIKE = re.compile(
    r"(?:\b(?:not|hardly)|n't)\s(?:(?!differ|and|but)\w+ ){0,3}(?:similar|the same|equal|identical|"
    r"matched)\b"
)
_SIMILAR = re.compile(rf"\b{_BEFORE}\b[^.;]{{0,140}}\b{_ALIKE}\b|\b{_ALIKE}\b[^.;]{{0,140}}\b{_BEFORE}\b")
_ADJUST = re.compile(
    r"\b(?:corrected|correction|normali[sz]ed|normali[sz]ing|expressed as (?:a )?percent\w*|"
    r"as (?:a )?(?:percent\w*|%) of)\b[^.;]{0,90}\b(?:baseline|initial|day 0|t0|pre-?\w+|individual|"
    r"weight)\b|\b(?:baseline|pre-?\w+)\b[^.;]{0,110}\b(?:covariates?|controlled for)"
)
# What is given, taken or placed by weight or age says nothing of groups
_BY_WEIGHT = re.compile(r"\bsamples?\b[^.;]{0,40}\bnormali[sz]ed\b")
_NOT_ADJUSTED = re.compile(r"\bn't\b[^.;]{0,60}\bmodel")
_PRE_IMBALANCE = re.compile(rf"\b{_BEFORE}\b[^.;]{{0,110}}\bhigher\b|\b(?:higher|greater)\b[^.;]{{0,90}}\b{_BEFORE}\b")
_SEX_SPLIT = re.compile(
    r"\(\w+ (?:fe)?males?(?: and|,) \w+ (?:fe)?males?\)[^.;]{0,140}\(\w+ (?:fe)?males?(?: and|"
    r",) \w+ (?:fe)?males?\)"
)
_INDUCED_ALL = pattern(
    r"\b(?:all|every|each)\b[^.;]{0,60}\b(?:received|underwent|were (?:given|injected|subjected|exposed|"
    r"operated|infected|fed|treated|inoculated)|was (?:given|injected|subjected|exposed|operated|infected|fed|"
    r"inoculated))|\b(?:identical(?:ly)?|in the same way|same (?:manner|procedure))\b[^.;]{0,50}\b(?:every|"
    r"all|each)\b|\b(?:then|later|afterwards?|after (?:which|induction|that)|thereafter|subsequently|once|"
    r"when)\b[^.;]{0,70}\b(?:random\w*|assigned|allocated|divided|subdivided)",
    r"\b(?:all|every|each|only|both) (?:\w+ )?(?:groups?|animals|mice|rats|experiments)\b",
)
_ANIMAL = pattern(r"\b{ANIMAL}\b")
_NOT_ANIMALS = re.compile(r"\b(?:patients?|antibodies|calf serum)\b")


def attributes(text: str) -> dict[str, bool]:
    """Return which of age, weight, sex and strain the sentence gives of animals."""
    if not _ANIMAL.search(text) or _NOT_ANIMALS.search(text):
        return {}
    found = {
        "age": bool(_AGE.search(text)),
        "weight": bool(_WEIGHT.search(text)),
        "sex": bool(_SEX.search(text)),
        "strain": bool(_STRAIN.search(text)),
    }
    return {k: v for k, v in found.items() if v}


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about the groups at baseline."""
    text = reading.text
    if reading.foreign or reading.human or reading.future:
        return
    span = ((reading.start, reading.end),)
    adjusted = bool(_ADJUST.search(text)) and not _NOT_ADJUSTED.search(text) and not _BY_WEIGHT.search(text)
    signal_trap = re.search(r"\b(?:firing rate|lfp|intensity|expression|mrna)\b", text)
    if not reading.in_vitro:
        unalike = _UNALIKE.search(text)
        alike = None if unalike else _SIMILAR.search(text)
        if (
            _PRE_IMBALANCE.search(text)
            and not (alike and not _NOT_ADJUSTED.search(text))
            and not adjusted
            and not signal_trap
            and re.search(r"wild-?type|\bko\b|than\b", text)
            and reading.role not in ("introduction", "discussion")
            and re.search(rf"\b{_CHARACTER}\b", text)
        ):
            answer = "imbalanced" if _NOT_ADJUSTED.search(text) else "mentioned"
            yield Indication(
                ITEM,
                "similar",
                answer,
                0.85 if answer == "imbalanced" else 0.3,
                span,
                "groups differed before treatment",
            )
        elif _SEX_SPLIT.search(text):
            yield Indication(ITEM, "similar", "imbalanced", 0.8, span, "groups differ in age or sex")
        elif adjusted and not signal_trap:
            yield Indication(ITEM, "adjusted", "yes", 0.75, span, "baseline values entered the analysis")
        elif unalike and _SAYS_BEFORE.search(text) and _groups(text) and not signal_trap:
            yield Indication(ITEM, "similar", "mentioned", 0.3, span, "groups not alike before treatment")
        elif alike and not signal_trap and _groups(text):
            yield Indication(
                ITEM,
                "similar",
                "yes",
                0.9 if re.search(r"\bgroups?|cohorts?|arms?|treatments?\b", text) else 0.6,
                span,
                "baseline values reported as similar",
            )
        elif (
            _SAYS_BEFORE.search(text)
            and re.search(r"\bweigh|food intake|recorded\b", text)
            and reading.role in ("methods", "other")
        ):
            yield Indication(ITEM, "similar", "mentioned", 0.2, span, "baseline measured, result not given")
    match = _MATCHED.search(text)
    if (
        match
        and not re.search(r"\bmatched tissue", text)
        and not re.search(r"\b(?:not|no) (?:\w+ )?littermates?", text)
    ):
        yield Indication(
            ITEM,
            "matched",
            "yes",
            0.7 if reading.role in ("methods", "results", "abstract", "other") else 0.4,
            span,
            f"matched or balanced: {match.group(0)}",
        )
    found = attributes(text)
    if found and reading.role != "introduction":
        strength = 0.2 * len(found) + (0.15 if reading.role == "methods" else 0.0)
        yield Indication(
            ITEM,
            "common",
            ",".join(sorted(found)),
            min(strength, 1.0),
            span,
            "given of the animals: " + ", ".join(sorted(found)),
            {"common": bool(_INDUCED_ALL.search(text))},
        )


def _groups(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:groups?|treatments?|controls?|between|wild-?types?|mutants?|\bwt\b|animals|mice|rats|saline|"
            r"diets?|in both)\b",
            text,
        )
    )
