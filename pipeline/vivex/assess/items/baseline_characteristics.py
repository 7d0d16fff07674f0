"""Item 2: what all groups have in common before treatment, and whether they were alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "baseline_characteristics"

_AGE = pattern(
    r"\bof \d+(?:[.,·]\d+)?(?: ?(?:-|to) ?\d+)? (?:days?|weeks?|months?|years?)\b|"
    r"\b(?:\d+(?:[.,·]\d+)?(?: ?(?:-|to|and|±|~|or) ?\d+(?:[.·]\d+)?)?|"
    r"{NUMBER}(?: (?:to|or) {NUMBER})?)[- ]?(?:day|week|month|year|wk|mo|yr|d|wks)s?\.?(?:[- ]of[- ]age|"
    r"[- ]olds?|[- ]aged?)\b|\baged? (?:of |between |from |about |approximately |ca\.? |"
    r"range[d]? )?(?:\w+ )?(?:\d|{NUMBER}\b)[^.;]{0,24}\b(?:days?|weeks?|months?|years?|wk|wks|mo|yrs?)\b|"
    r"\bage[:,]? (?:of |was |range[d]?(?: from)? |between )?\(?(?:~ ?)?\d+|"
    r"\b(?:postnatal|embryonic) (?:day|week)s?|\b[pe] ?\d{1,3}(?:\.5)?\b|\b\d+[- ]?(?:dpf|hpf|dph|dpn)\b|"
    r"\badults?\b|\bjuvenile\b|\bneonat\w+\b|\bnewborn\b|\bweanling|\byoung adult|\baged (?:mice|rats)\b|"
    r"\bday-old\b|\bsexually mature\b|\bpre-?pubescent\b|\b\d+(?:[.·]\d+)?(?: ?(?:-|to|"
    r"and) ?\d+)?[- ](?:days?|weeks?|months?|years?|wks?|mo)\b(?= ?(?:\)|,|;|old|mice|rats|male|female))|"
    r"\bwks?-of-age"
)
_EXACT_AGE = re.compile(r"\badults?\b|\bjuvenile\b|\bneonat\w+\b|\bnewborn\b|\bweanling|\byoung adult")
_WEIGHT = re.compile(
    r"\b(?:weigh(?:ing|ed|t|ting|ts)?|body (?:weight|mass)|bw|"
    r"bodyweight)\b[^.;]{0,50}?\d+(?:[.·]\d+)?(?: ?(?:-|to|and|±|~|\+/-) ?\d+(?:[.·]\d+)?)? ?(?:k?g|grams?|"
    r"kilograms?)\b|\b\d+(?:[.·]\d+)? ?(?:k?g)? ?(?:-|to|and|±|~|\+/-) ?\d+(?:[.·]\d+)? ?(?:k?g|"
    r"grams?)\b(?! ?(?:/|per|kg|of|-1|\u22121))|[~∼≈] ?\d+ ?g\b|"
    r"\b\d+(?:[.·]\d+)? ?(?:g|kg) (?:body ?weight|bw|in weight|initial)|"
    r"\b(?:equal|similar|comparable|same) (?:mean )?(?:body )?(?:weights?|mass)\b|\bfree-feeding weight"
)
_SEX = re.compile(
    r"\b(?:fe)?males?\b|\bsows?\b|\bgilts?\b|\bboars?\b|\bewes?\b|\brams?\b|\bcows?\b|\bheifers?\b|\bbulls?\b|"
    r"\bsteers?\b|\bhens?\b|\bcockerels?\b|\bbarrows?\b|\bovariectomi[sz]ed\b|\bcastrated\b|\bboth sexes\b|"
    r"\beither sex\b|\bsame sex\b|\bnulliparous\b|\bprimiparous\b|\bpregnant\b|\b[♂♀]"
)
_MIXED_SEX = re.compile(
    r"\bmales? and females?\b|\bfemales? and males?\b|\bboth sexes\b|\beither sex\b|\birrespective of sex|"
    r"\bmales? or females?\b|\bmale/female\b|\bof both sexes|\bboth male and female|\bbarrows and gilts|"
    r"\bmale, [^.;]{0,20}female"
)
_STRAIN = re.compile(
    r"\bc57 ?bl(?:ack)?[/ -]?(?:6|10)?\w*|\bbalb[/ -]?c?\b|\bsprague[- ]?dawley\b|\bwistar\b|"
    r"\blong[- ]evans\b|\bfischer\b|\bf344\b|\blewis rats?\b|\bnew zealand\b|\bswiss\b|\bcd-?1\b|\bicr\b|"
    r"\bdba[/ -]?[12]\w*\b|\bc3h\w*|\bfvb\w*|\b129\w*|\bnod\b|\bnod[-/ ]?scid\b|\bscid\b|\bnude\b|\bnsg\b|"
    r"\bathymic\b|\bfoxn1|\bapoe\b|\bob/ob\b|\bdb/db\b|\bkunming\b|\blister hooded\b|\bbeagles?\b|\bduroc\b|"
    r"\blandrace\b|\byorkshire\b|\blarge white\b|\bpietrain\b|"
    r"\bmerino\b|\bholstein\b|\bjersey\b|\bangus\b|\bleghorn\b|\bross 308\b|\bcobb\b|\bhartley\b|"
    r"\bgolden syrian\b|\bsyrian\b|\bmongolian\b|\brhesus\b|\bmacaca\b|\bcynomolgus\b|"
    r"\bwild-?type (?:ab|tl|tuebingen|tu)\b|\bab (?:strain|line|wild)|\btupfel\b|\btübingen\b|\btuebingen\b|"
    r"\bcanton-?s\b|\bw1118\b|\boregon-?r\b|\b(?:inbred|outbred|strain|breed|background|backcross\w*|zucker|"
    r"brown norway|dark agouti|shr|wky|goettingen|göttingen|yucatan|dorset|suffolk|mongrel|hy-?line|lohmann|"
    r"homing stock|white leghorn|crossbred|cross-?bred|congenic|isogenic|same line|hybrid)\b|"
    r"\bfischer rats\b|\bb6\b|\bb6[;.]?129|\bc57\b|\bd2\b|\brj:|\bnmri\b|\bmf1\b|\bsd rats?\b|\brnu\b|"
    r"\brag[12]|\btransgenic line\b|\bpure-?bred\b|\bhl[ae]d\b|\ba/j\b|\blamb1t\b|\btg\(|\bnmr[i]\b|\bsjl\b|"
    r"\bakr\b|\bcba\b"
)
_MATCHED = re.compile(
    r"\blittermates?\b(?! (?:\w+ )?(?:were |was )?(?:co-?housed|housed|caged|kept|group-housed))|"
    r"\bsiblings?\b|\b(?:age|sex|gender|weight)(?:-| )?(?:,| and| or|/|-and)?[- ]?(?:and )?(?:sex|gender|"
    r"weight|age)?[- ]?matched\b|\bmatched (?:for|in|by|on|with respect to|according to)\b[^.;]{0,40}\b(?:age|"
    r"sex|weight|gender|mass|litter)|\b(?:age|sex)(?: and (?:age|sex))? controlled\b|"
    r"\bcontrolled for (?:age|sex)|\bbalanced (?:for|across|by|between)\b|"
    r"\b(?:stratif\w*|blocked|ranked)\b[^.;]{0,60}\b(?:weights?|age|sex|gender|tumou?r|baseline|mass|burden|"
    r"size|litter|bodyweight)|\bbalance (?:groups|gender|sex|body|weight)|\bequal mean (?:body )?weights?|"
    r"\bwithin-subjects?\b|\bwithin-animal|\bcross-?over\b|\blatin square\b|\bmatched average age|"
    r"\bage-matched\b|\bsex-matched\b|\bweight-matched\b|\bequali[sz]ed? (?:for|by)"
)
_BEFORE = (
    r"(?:baseline|base-?line|basal|initial\w*|starting|at (?:the )?(?:start|onset|outset|beginning|entry|"
    r"inclusion|enrol\w*|allocation|randomi[sz]ation|assignment)|study entry|before|prior to|"
    r"pre-?\w*treatment|pre-?dos\w*|pre-?injury|pre-?surg\w*|pre-?operative\w*|pre-?stroke|pre-?test|"
    r"pre-?training|day 0|day zero|d0|t0|week 0|"
    r"beginning of the (?:study|experiment)|on arrival|first day|pre-?injection|pre-?exposure|pre-?lesion|"
    r"pre-?drug|time zero|to begin with|started? from|start of|initial time)"
)
_SAYS_BEFORE = re.compile(rf"\b{_BEFORE}\b")
_CHARACTER = (
    r"(?:weights?|mass|age|sex|sizes?|volume|values?|levels?|glucose|pressure|rate|performance|"
    r"characteristics|parameters?|latenc\w+|scores?|threshold\w*|function|activity|intake|burden|length|"
    r"temperature|h(?:a)?ematocrit|cortisol|insulin|behaviou?r|counts?|measures?|measurements?|variables|"
    r"phenotype|response\w*|capacity|concentrations?|density|titres?|titers?|parity|condition|status|fraction|"
    r"ejection|groups?|level)"
)
_ALIKE = (
    r"(?:did not (?:\w+ )?differ\w*|does not differ|do not differ|no (?:\w+ ){0,4}differen\w*|"
    r"not (?:\w+ ){0,3}differ\w*|without (?:\w+ ){0,2}differen\w*|comparable|similar\w*|the same|equal\w*|"
    r"alike|homogeneous|identical|balanced|indistinguishable|equivalent|unchanged between|matched|no baseline|"
    r"not affected|nor did)"
)
_UNALIKE = re.compile(
    r"(?:\b(?:not|never|neither|hardly|nor)|n't)\s(?:(?!differ|and|but)\w+ ){0,3}"
    r"(?:comparable|similar|the same|equal|alike|homogeneous|identical|balanced|equivalent|matched)\b"
    r"|\b(?:dissimilar|unmatched|unequal|unbalanced|imbalanced|non-?equivalent)\b"
)
_SIMILAR = re.compile(
    rf"\b{_BEFORE}\b[^.;]{{0,140}}\b{_ALIKE}\b|\b{_ALIKE}\b[^.;]{{0,140}}\b{_BEFORE}\b|"
    rf"\bbaseline (?:\w+ )?(?:characteristics|values|data)\b[^.;]{{0,60}}\b{_ALIKE}|"
    rf"\bform the groups, which did not differ|\bgroups?\b[^.;]{{0,40}}\bdid not differ in (?:age|weight|body|"
    r"sex|size)"
)
_ADJUST = re.compile(
    r"\b(?:covariates?|ancova|adjust(?:ed|ing|ment)s?|corrected|correction|normali[sz]ed|normali[sz]ing|"
    r"controlled|accounted|entered as|included as|expressed (?:relative|"
    r"as (?:a )?(?:percent\w*|change|ratio|%))|as (?:a )?(?:percent\w*|%) of)\b[^.;]{0,90}\b(?:baseline|"
    r"base-line|initial|body ?weight at|age|day 0|t0|starting|pre-?\w+|litter|individual|weight)\b|"
    r"\b(?:baseline|initial|day 0|starting|age|t0|pre-?\w+|fasting|body weight|"
    r"weight)\b[^.;]{0,110}\b(?:covariates?|ancova|adjusted for|taken into account|controlled for|"
    r"corrected for|accounted for|individual baseline)"
)
# What is given, taken or placed by weight or age says nothing of groups
_BY_WEIGHT = re.compile(
    r"\b(?:coordinates?|samples?|doses?|dosages?|volumes?|concentrations?|amounts?|rations?)\b[^.;]{0,40}"
    r"\b(?:adjusted|normali[sz]ed|corrected|controlled)\b"
)
_NOT_ADJUSTED = re.compile(
    r"\b(?:not|no|without|neither|never|ignored|nor|disregarded|n't)\b[^.;]{0,60}\b(?:taken into account|"
    r"adjust\w*|correct\w*|covariate|accounted|includ\w*|consider\w*|control\w*|account|allowance|allowed|"
    r"model)"
)
_IMBALANCE = re.compile(
    r"\b(?:heavier|lighter|older|younger|larger|smaller|higher|lower|greater|differed|different|bigger|longer|"
    r"shorter|less|more|weighed|fatter|leaner|imbalance|unequal|unbalanced|worse|better)\b"
)
_PRE_IMBALANCE = re.compile(
    rf"\b{_BEFORE}\b[^.;]{{0,110}}\b(?:heavier|lighter|older|younger|larger|smaller|higher|lower|greater|"
    r"(?:already )?differed|significantly different|bigger|longer|shorter|significantly (?:less|more)|"
    r"imbalance|unequal|fatter|leaner)\b|\b(?:heavier|lighter|older|younger|larger|smaller|higher|lower|"
    r"greater|differed (?:significantly|between|markedly|at|before|in)|bigger|longer|shorter|imbalance|"
    rf"weighed significantly (?:less|more))\b[^.;]{{0,90}}\b{_BEFORE}\b"
)
_UNADJUSTED = re.compile(
    r"\b(?:(?:twice|\d+ times|half) as \w+|differ\w*|imbalance\w*|unequal|weighed|less|more|older|younger|"
    r"heavier|lighter|higher|lower|larger|smaller)\b.{0,120}\b(?:(?:was|were|is) (?:not|never|ignored|"
    r"disregarded|neglected)|not (?:adjust|correct|account|control|consider|taken|includ)\w*|ignored|"
    r"no (?:correction|adjustment|allowance)|without (?:adjust|correct)\w*)"
)
_WE_LEFT_IT = re.compile(
    r"\b(?:we|this|which|analys[ei]s) (?:\w+ )?(?:did not|didn't|not|never) (?:\w+ )?(?:correct\w*|adjust\w*|"
    r"account\w*|control\w*|allow\w*)"
)
_AGE_SPLIT = pattern(
    r"\b(?:{NUMBER}|\d+)[- ](?:day|week|month|year)s?(?:[- ]old)?\b[^.;]{0,40}\b(?:while|whereas|but|"
    r"and)\b[^.;]{0,60}\b(?:{NUMBER}|\d+)[- ](?:day|week|month|year)s?[- ]?(?:old)?\b"
)
_SEX_SPLIT = re.compile(
    r"\((?:\w+) (?:fe)?males?(?: and|,) (?:\w+) (?:fe)?males?\)[^.;]{0,140}\((?:\w+) (?:fe)?males?(?: and|"
    r",) (?:\w+) (?:fe)?males?\)"
)
_INDUCED_ALL = re.compile(
    r"\b(?:all|every|each)\b[^.;]{0,60}\b(?:received|underwent|were (?:given|injected|subjected|exposed|"
    r"operated|infected|fed|treated|inoculated)|was (?:given|injected|subjected|exposed|operated|infected|fed|"
    r"inoculated))|\b(?:identical(?:ly)?|in the same way|same (?:manner|procedure))\b[^.;]{0,50}\b(?:every|"
    r"all|each)\b|\b(?:then|later|afterwards?|after (?:which|induction|that)|thereafter|subsequently|once|"
    r"when)\b[^.;]{0,70}\b(?:random\w*|assigned|allocated|divided|subdivided)"
)
_ANIMAL = pattern(r"\b{ANIMAL}\b")
_NOT_ANIMALS = re.compile(
    r"\b(?:patients?|volunteers|participants|antibod(?:y|ies)|anti-(?:mouse|rat|rabbit|goat|chicken)|igg|"
    r"serum from|fetal bovine|calf serum|bovine serum|cell lines?|purchased from santa cruz|primer|"
    r"elisa kit)\b"
)


def attributes(text: str) -> dict[str, bool]:
    """Return which of age, weight, sex and strain the sentence gives of animals."""
    if not _ANIMAL.search(text) or _NOT_ANIMALS.search(text):
        return {}
    sex = bool(_SEX.search(text))
    found = {
        "age": bool(_AGE.search(text)),
        "weight": bool(_WEIGHT.search(text)),
        "sex": sex,
        "strain": bool(_STRAIN.search(text)),
    }
    return {k: v for k, v in found.items() if v}


def mixed_sex(text: str) -> bool:
    """Tell whether the sentence says that both sexes were used."""
    return bool(_MIXED_SEX.search(text))


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about the groups at baseline."""
    text = reading.text
    if reading.foreign or reading.human or reading.future:
        return
    span = ((reading.start, reading.end),)
    adjusted = bool(_ADJUST.search(text)) and not _NOT_ADJUSTED.search(text) and not _BY_WEIGHT.search(text)
    signal_trap = re.search(
        r"\b(?:δf|df/f|fluorescence|firing rate|spik|lfp|bold|current|membrane|voltage|emg|eeg|ecog|power|"
        r"pixel|intensity|absorbance|expression|mrna|gene|qpcr|actin|gapdh|evoked)\b",
        text,
    )
    if not reading.in_vitro:
        unalike = _UNALIKE.search(text)
        alike = None if unalike else _SIMILAR.search(text)
        if (
            _PRE_IMBALANCE.search(text)
            and not (alike and not _NOT_ADJUSTED.search(text))
            and not adjusted
            and not signal_trap
            and re.search(
                r"\bgroups?|arms?|controls?|\bwt\b|wild-?type|treated|cohorts?|\bko\b|sham|trained|vehicle|than\b", text
            )
            and (reading.role not in ("introduction", "discussion") or _WE_LEFT_IT.search(text))
            and re.search(rf"\b{_CHARACTER}\b|\b(?:heavier|lighter|older|younger|weighed)\b", text)
        ):
            answer = (
                "imbalanced"
                if (
                    _NOT_ADJUSTED.search(text)
                    or (
                        re.search(r"\b(?:weigh\w*|heavier|lighter|older|younger|body mass|age)\b", text)
                        and re.search(r"\bsignifican|\bp ?[<=]|\bkg\b|\d", text)
                    )
                )
                else "mentioned"
            )
            yield Indication(
                ITEM,
                "similar",
                answer,
                0.85 if answer == "imbalanced" else 0.3,
                span,
                "groups differed before treatment",
            )
        elif (
            _UNADJUSTED.search(text)
            and _NOT_ADJUSTED.search(text)
            and _groups(text)
            and "not account for" not in text
            and reading.role in ("methods", "results", "other")
            and re.search(r"\b(?:adjust|correct|account|analys|model|covariate|ignored|allowance|controlled)\w*", text)
            and re.search(
                r"\b(?:age|weights?|sex|baseline|start|enrol\w*|entry|before|pre-?\w+|initial\w*|glucose|"
                r"pressure|difference)\b",
                text,
            )
        ):
            yield Indication(ITEM, "similar", "imbalanced", 0.8, span, "an imbalance that was not adjusted for")
        elif (
            _AGE_SPLIT.search(text)
            and re.search(r"\b(?:groups?|controls?|ones|arm)\b", text)
            and (_NOT_ADJUSTED.search(text))
        ) or _SEX_SPLIT.search(text):
            yield Indication(ITEM, "similar", "imbalanced", 0.8, span, "groups differ in age or sex")
        elif adjusted and not signal_trap:
            yield Indication(ITEM, "adjusted", "yes", 0.75, span, "baseline values entered the analysis")
        elif unalike and _SAYS_BEFORE.search(text) and _groups(text) and not signal_trap:
            yield Indication(ITEM, "similar", "mentioned", 0.3, span, "groups not alike before treatment")
        elif alike and not signal_trap and not re.search(r"\bwhether\b|\bto test\b", text) and _groups(text):
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
        and not re.search(
            r"\bexact match|\bmatched (?:filter|isotype|sample|pair|tissue|set|to sample)|\bmatched-to", text
        )
        and not re.search(r"\b(?:not|without|no) (?:\w+ )?(?:littermates?|matched)", text)
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
        strength = (
            0.2 * len(found)
            + (0.15 if reading.role == "methods" else 0.0)
            + (0.1 if re.search(r"\ball\b|\bpurchased|obtained|used\b", text) else 0)
        )
        common = bool(_INDUCED_ALL.search(text)) or bool(
            re.search(r"\b(?:all|every|each|only|both) (?:\w+ )?(?:groups?|animals|mice|rats|experiments)\b", text)
        )
        yield Indication(
            ITEM,
            "common",
            ",".join(sorted(found)),
            min(strength, 1.0),
            span,
            "given of the animals: " + ", ".join(sorted(found)),
            {"common": common, "mixed_sex": mixed_sex(text)},
        )


def _groups(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:groups?|arms?|cohorts?|treatments?|genotypes?|controls?|between|among|across|wild-?types?|"
            r"mutants?|\bwt\b|vehicle|sham|animals|mice|rats|saline|diets?|broods?|pigs|subjects|"
            r"in (?:all|both))\b",
            text,
        )
    )
