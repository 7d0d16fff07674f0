"""Item 8, sentence by sentence: which animals were lost, left out or kept, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern
from vivex.quantities import count as number

ITEM = "incomplete_outcome_data"

_CUE = re.compile(
    r"died|disappear|vanish|unaccounted|dead|death|lost\b|loss|exclu|withdr|drop|left out|omit|discard|"
    r"eliminat|surviv|complet|includ|remov|missing|euthani|sacrific|mortality|none of|available|stem|all\b|"
    r"every|n ?=|range|reject|disregard|retain|follow|analy"
)
_LOST = (
    r"(?:died|die|dead|deaths?|lost|loss|losses|excluded?|exclusions?|excluding|withdrawn|withdrew|"
    r"dropped out|drop-?outs?|removed from (?:the )?(?:study|experiment|analys\w+|trial|data)|left out|"
    r"omitted|discarded|eliminated|euthani[sz]ed (?:before|prematurely|early|because|due|when|after)|"
    r"sacrificed (?:before|prematurely|early|because|due)|not (?:included|analy[sz]ed|evaluated|available|"
    r"considered)|missing|rejected|culled because|disqualified|drowned|disregarded|never analy[sz]ed|"
    r"disappeared|vanished|unaccounted for|dropped from|not accounted for|left the study|"
    r"outliers? (?:[\w-]+ ){0,8}(?:were|was) removed)"
)
_LOST_RE = re.compile(rf"\b{_LOST}\b")
# Animals lose weight and memory and stay in the study
_OF_FUNCTION = pattern(
    r"\bloss(?:es)? (?:of|in) (?!(?:(?!in |after |of )\w+ ){0,3}?(?:{ANIMAL}|data|subjects?|follow)\b)\w+",
    r"\b(?:weight|memory|bone|hearing|vision|cell|neuron(?:al)?|blood|heat|water|hair|muscle|fat) loss(?:es)?\b",
    r"\blost (?:\w+ ){0,2}?(?:weight|blood|hair|memory)\b",
)
_WHO = r"(?:{ANIMAL}|data(?: ?points?| ?sets?)?|measurements|values|samples|observations|individuals|outliers?)"
# "All animals included in the study were weighed" tells of the weighing, not of all that were included
_ADMITTED = r"(?! in (?:the|this|our|each|every) \w+(?: \w+)? (?:were|was|are|is|had|have|has|received|underwent)\b)"
_COMPLETE = pattern(
    rf"\b(?:all|every|each of the|the entire|both)(?: of)?(?: the)? (?:(?:{{NUMBER}}|"
    rf"\d+) )?(?:\w+ ){{0,3}}?{_WHO}\b[^.;]{{0,80}}\b(?:complet\w*|included{_ADMITTED}|survived|finished|contributed|"
    r"available|obtained|reached the end|followed|entered|recovered|provided data|retained|accounted for|"
    r"(?:were|was) (?:analy[sz]ed|evaluated|used in the analys\w+)(?! (?:by|using|with|for|via|in)))",
    r"\b(?:no|none|neither|zero|without)(?: of(?: the| these)?)? (?:\d+ |"
    rf"{{NUMBER}} )?(?:\w+ ){{0,3}}?(?:{_WHO}|deaths?|mortality|exclusions?|losses|loss|drop-?outs?|attrition|"
    rf"missing (?:data|values)|withdrawals?|adverse events)\b[^.;]{{0,60}}\b(?:{_LOST}|occurred|recorded|"
    r"observed|had to be|happened|seen|noted)",
    r"\b(?:100 ?%|complete|full) (?:survival|follow-?up)\b|\bfollow-?up (?:was|were) (?:complete|100)|"
    r"\bmortality (?:was|rate was) (?:zero|0|nil|none)|\bno (?:mortality|deaths|losses|exclusions|drop-?outs|"
    r"attrition|missing (?:data|values))\b|\bintention[- ]to[- ]treat",
    r"\b(?:survived|survival) (?:till|until|to|up to|throughout) the end|"
    r"\b(?:same|as many|identical) (?:numbers?|animals)\b[^.;]{0,60}\b(?:allocated|assigned|analy[sz]ed)",
    r"\bno (?:\w+ )?(?:data|data points?|outliers?|animals|mice|rats|subjects) (?:were|was|have been|"
    r"had to be) (?:excluded|removed|omitted|lost)|\bnever (?:excluded|lost)\b|"
    r"\b(?:complete|full) (?:data|data ?sets?) (?:were|was) (?:available|obtained) (?:from|for) all",
)
_COMPLETE_TRAP = re.compile(
    r"\bas (?:independent|separate)\b|\bexcept\b|\bno (?:significant )?(?:difference|change|effect)|\bif\b|"
    r"\bcriteria\b|\bapproved\b|\bethic|\bdonor|\bnot all\b|\bexcluded from .*(?:if|when)\b|"
    r"\bsurviv(?:ed|al) (?:of|curve|analysis|rate)|\bmodels? (?:included|were)|\bwere included as\b|"
    r"\ball (?:the )?(?:experiments?|procedures)\b|^all (?:statistical )?analys|\bgenes?\b|"
    r"\bincluded (?:in|on) (?:the|each) (?:plate|gel|figure)|\bdata (?:were|was) analy[sz]ed\b|"
    r"\bare included in\b|\bdetected\b|\bdead cells\b|\bsupplement|\bmemory\b|\bhomozyg|\bno evidence\b|"
    r"\bpcr\b|\bsurvived to adulthood|\bviab(?:le|ility)\b|\bcompleted (?:a|the) (?:training|session|task)|"
    r"\bno signal|\bsoftware|\bavailable (?:upon|on|at|in)\b"
)
_NEUTRAL = pattern(
    r"\b(?:technical\w*|an(?:a)?esthe\w+|misplac\w*|incorrect(?:ly)? (?:placement|position\w*|placed|"
    r"implant\w*)|outside (?:of )?the (?:target|region|\w+)|battery|accident\w*|unrelated|not related|"
    r"equipment|broken|broke|damag\w*|art[ei]fact\w*|contaminat\w*|fence|cannulas?|cannulation|head-?caps?|"
    r"fighting|escaped|became blocked|blocked|blockage|clogg\w*|leak\w*|dislodg\w*|unstable|off-?target|"
    r"mis-?target\w*|non-?pregnan\w*|not pregnant|h(?:a)?emolysed|clotted|thaw\w*|power cut|flood\w*|"
    r"mechanical\w*|malfunction\w*|slipped|infection of the wound|slightly different|mislabel\w*|spilled|"
    r"torn)\b",
    r"\b(?:battery|equipment|device|probe|electrode|implant|transmitter|camera|pump|catheter|recording|"
    r"telemetry|sensor|software|amplifier|injection|surgery|logger|computer|cannula)s?\b[^.;]{0,25}\bfail\w*|"
    r"\bfail(?:ed|ure)s? of (?:the |a |its |an )?(?:equipment|device|probe|electrode|implant|transmitter|"
    r"recording|camera|software|telemetry|catheter|injection|surgery|pump|sensor)",
    r"\bbefore (?:any|the|treatment|random\w*|allocation|injection|drug)\b|"
    r"\bprior to (?:treatment|random\w*|allocation|any)|\b(?:surgical|operative|procedural) (?:complications?|"
    r"errors?|deaths?|mishaps?)|\bduring (?:the )?(?:surgery|induction of an|operation|anesthe|anaesthe)\w*|"
    r"\bpost-?operative (?:complication|death)s?|\bgavage (?:error|accident)s?|\bgavage-related",
    r"\bpoor (?:recording|signal|quality|image|histology|tissue|perfusion)|"
    r"\black of (?:recorded|signal|expression|virus|labelling)|\bno (?:virus|viral|expression)\b|"
    r"\bloss of (?:the )?(?:implant|headcap|head cap|signal|catheter)|\brecording quality|"
    r"\binsufficient (?:sample|volume|tissue|blood|serum)|\binjur(?:y|ies) (?:from|by|in) (?:a )?(?:cage|"
    r"fight\w*)|\bmissed (?:the )?(?:target|injection)|\btail vein\b",
)
_RELATED = pattern(
    r"\bnon-?responders?\b|\b(?:failed to|did not) (?:\w+ )?(?:lose|gain|respond|develop|show|reach|learn|"
    r"recover|improve|meet|perform|react)|\bwithout (?:an? )?(?:\w+ )?(?:improvement|response|effect|benefit|"
    r"lesions?|recovery)|\b(?:treatment|therapy) failures?|\bperform\w* (?:poorly|badly|worse|too)|"
    r"\b(?:poorly|badly) perform\w*|\bpoor (?:performance|performers|responders?|response)|\boutcome\b|"
    r"\bend ?-?point\b|\bworst\b|\bsuccess threshold|\bfailures\b",
    r"\b(?:extreme|implausible|highest|lowest|unexpected|outlying) values?|\btoo (?:ill|sick|weak|severe)|"
    r"\bmoribund|\bseverely (?:ill|affected|diseased|impaired)|\b(?:because of|due to|owing to) (?:the |"
    r"their )?(?:treatment|toxicity|disease|infection|tumou?r|poor performance|severe|performance|illness|"
    r"severity)|\bperformance\b|\bparaly[sz]ed animals|\bunable to (?:perform|walk|complete)|\bimproved too|"
    r"\bfractional shortening|\bviable embryos\b|\bgross morphological defects",
)
_OUTLIERS = re.compile(r"\b(?:outliers?|outlying)\b")
_UNEXPLAINED = pattern(
    r"\b(?:unknown|unclear|unexplained|undetermined|unidentified|unspecified|"
    r"not (?:recorded|given|stated|known|specified|documented|explained|reported|noted|clear|mentioned))\b|"
    r"\bwithout (?:an? |any |further )?(?:explanation|reason|giving|stated|cause|comment)|"
    r"\bno (?:reason|explanation|cause)\b|\bfor (?:unknown|various|other|unclear|several) reasons"
)
_COUNTED = pattern(
    r"\b({NUMBER}|\d+|an?|single)(?: |-)(?:of the (?:{NUMBER}|\d+) |of |other |additional |further |"
    r"more )?(?:[\w-]{1,40} ){0,4}?(?:{ANIMAL}|individuals?|subjects?)\b"
)
_OF_COUNT = pattern(r"\b(?:{NUMBER}|\d+) of (?:the )?(?:{NUMBER}|\d+)\b")
_REMAINING = re.compile(
    r"\b(?:remaining|rest|other|others|survivors)\b[^.;]{0,60}\b(?:analy[sz]ed|included|evaluated|reported|"
    r"data|used|completed)"
)
_RANGE_N = re.compile(
    r"\bn ?(?:=|≥|>|:) ?\d+ ?(?:-|to|or|~) ?\d+|\b\d+ ?(?:-|to) ?\d+ (?:animals?|mice|rats|rabbits|pigs|fish|"
    r"birds|larvae|flies|subjects|pups|hamsters|dogs|samples|tumou?rs) (?:per|in each|for each|each|were|"
    r"/) ?(?:group|genotype|condition|treatment|cohort|time)?|\bat least (?:\d+|three|four|five|"
    r"six) (?:animals?|mice|rats|flies|fish)|\bn ?(?:≥|>|⩾) ?\d+|\brange\b[^.;]{0,30}\bn ?=|"
    r"\bgiven as a range|\bminimum of (?:three|four|five|\d+)"
)
_FRACTIONS = pattern(r"\b({NUMBER}|\d+|none|no)(?: ?/ ?| (?:out )?of (?:the )?)({NUMBER}|\d+)\b")
_ALLOCATED_N = pattern(
    r"\b({NUMBER}|\d+) (?:\w+ ){0,3}?{ANIMAL} (?:were|was|had been) (?:\w+ )?(?:allocated|assigned|"
    r"randomi[sz]ed|included|allotted) (?:to|in|into|per) (?:each|every|group)",
    r"\bof the ({NUMBER}|\d+) (?:\w+ ){0,2}?{ANIMAL} (?:assigned|allocated|randomi[sz]ed|allotted) (?:to|in|"
    r"into|per) (?:each|every)",
    r"\b(?:{ANIMAL}|groups?) (?:of|\(n ?=) ?({NUMBER}|\d+) (?:\w+ )?(?:were|was) (?:allocated|assigned)|"
    r"\b({NUMBER}|\d+) (?:\w+ )?(?:per|in each|for each) group (?:were|was|had been) (?:allocated|assigned|"
    r"randomi[sz]ed|included)",
)
_FROM_N = pattern(
    r"\b(?:stem\w*|come|came|are|deriv\w*|originate\w*|obtained|available|based|reported|given|analy[sz]ed|"
    r"collected|exist) (?:\w+ )?(?:from|on|for|in|of) (?:only |the )?({NUMBER}|"
    r"\d+)\b(?:[^.;]{0,40}?\b(?:and|,|or) (?:from |only |for )?({NUMBER}|\d+)\b)?",
    r"\b(?:only )({NUMBER}|\d+)\b (?:\w+ ){0,4}(?:analy[sz]ed|evaluated|appear|shown|reported|available|given|"
    r"presented|included|remain\w*)",
)
_PLAN = re.compile(r"\b(?:would|will|were to|was to|should|to be|must)\b|\bif\b|\bcriteria\b")
_CELLS = re.compile(
    r"\b(?:cells?|neurons?|units?|trials?|recordings?|images?|genes?|reads?|voxels?|sessions?|runs?|spikes?|"
    r"sequences?|electrodes?|channels?|pixels?|frames?|peaks?|peptides?|proteins?|snps?|spectra|traces|epochs|"
    r"scans|clusters?|sections?|events?|follicles?|fib(?:er|re)s)\b"
)
_ANIMAL = pattern(r"\b{ANIMAL}\b")


_OTHER_LOSS = re.compile(
    r"\b(?:weight|hearing|bone|blood|cell|neuron\w*|hair|memory|tissue|water|fluid|vision|signal|protein|"
    r"muscle|fat|synap\w*|axon\w*|body|mass|heat) loss(?:es)?\b|"
    r"\bloss(?:es)?[- ]of[- ](?!(?:\w+ )?(?:animals?|mice|rats|subjects|data|samples))[\w-]+|"
    r"\blost (?:weight|function|expression|significance|their|its|the ability|more|less|sleep)\b|"
    r"\bdead (?:cells?|time|volume|space)\b|\bcell death\b|\bmissing link"
)


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about animals lost or kept."""
    text = reading.text
    if (
        reading.foreign
        or reading.human
        or reading.future
        or reading.role in ("introduction", "statements")
        or not _CUE.search(text)
    ):
        return
    found = _range(text) if reading.kind == "table" else _losses(reading, text)
    if found:
        signal, answer, strength, why = found
        yield Indication(ITEM, signal, answer, strength, ((reading.start, reading.end),), why)


def _range(text: str) -> tuple[str, str, float, str] | None:
    return ("numbers", "range", 0.5, "n given as a range") if _RANGE_N.search(text) else None


def _losses(reading: FoldedSentence, text: str) -> tuple[str, str, float, str] | None:
    animal = bool(_ANIMAL.search(text)) or "data" in text or "outlier" in text
    shortfall = _shortfall(text)
    if shortfall:
        return "losses", "unexplained", 0.85, shortfall
    counted = _counted_loss(text)
    complete = _COMPLETE.search(text)
    denied_loss = bool(complete and re.match(r"(?:no|none|neither|zero|without|never)\b", complete.group(0)))
    if (
        complete
        and (denied_loss or not counted)
        and not _COMPLETE_TRAP.search(text)
        and not reading.in_vitro
        and (animal or re.search(r"exclu|death|mortality|drop-?out|loss|attrition|withdraw", text))
    ):
        strong = (
            0.9
            if re.search(
                r"\b(?:all|no|none|every|never)\b[^.;]{0,60}\b(?:included|excluded|completed?|removed|"
                r"contributed|lost|died)",
                text,
            )
            else 0.7
        )
        if re.search(r"\bno [^.;]{0,40}\bmortality|\bsurviv", complete.group(0)) and strong < 0.9:
            strong = 0.55
        if _CELLS.search(complete.group(0)) and not _ANIMAL.search(complete.group(0)):
            strong -= 0.5
        return "all_included", "yes", strong, "all animals or data accounted for"
    unbalanced = _unbalanced(text)
    if unbalanced and not reading.in_vitro and (_LOST_RE.search(text) or "mortality" in text):
        return "losses", "unbalanced", 0.85, unbalanced
    if not _LOST_RE.search(_OF_FUNCTION.sub(" ", text)) or not animal or reading.in_vitro:
        return _range(text)
    if _UNEXPLAINED.search(text) and counted:
        return "losses", "unexplained", 0.9, "animals lost without a reason"
    neutral = bool(_NEUTRAL.search(text))
    if (
        _RELATED.search(text)
        and re.search(r"\bexclu|not analy|left out|omitted|eliminated|removed|discarded|not included", text)
        and not neutral
        and not _PLAN.search(text)
    ):
        return "losses", "outcome_related", 0.7, "exclusion on the outcome itself or on the treatment's effect"
    if counted and _OUTLIERS.search(text) and not neutral and not _PLAN.search(text):
        return "losses", "outcome_related", 0.8, "animals excluded because their values were outliers"
    if counted and neutral:
        return (
            "losses",
            "explained",
            0.75 + (0.1 if _REMAINING.search(text) else 0),
            "losses counted, with a reason unlikely to relate to the outcome",
        )
    if counted:
        return "losses", "counted", 0.4, "losses counted"
    return "losses", "mentioned", 0.3, "losses or an exclusion rule named, not counted"


def _shortfall(text: str) -> str:
    """Return a description where fewer animals are analysed than were allocated to each group, else ""."""
    allocated_match, analysed_match = _ALLOCATED_N.search(text), _FROM_N.search(text)
    if not allocated_match or not analysed_match or _NEUTRAL.search(text):
        return ""
    allocated = number(next(g for g in allocated_match.groups() if g))
    analysed = [n for g in analysed_match.groups() if g and (n := number(g)) is not None]
    if allocated is None or not any(n < allocated for n in analysed):
        return ""
    return f"{allocated} allocated to each group, {' and '.join(map(str, analysed))} analysed, no reason"


def _counted_loss(text: str) -> bool:
    """Tell whether the sentence counts animals that were lost."""
    for match in (*_COUNTED.finditer(text), *_OF_COUNT.finditer(text)):
        rest = text[match.start() : match.end() + 130]
        if (
            _LOST_RE.search(rest)
            and not re.match(r"(?:an?|single) (?:group|total|set|subset|series|cohort)", rest)
            and number(match.group(0).split()[0].split("-")[0]) != 0
        ):
            return True
    return bool(
        re.search(
            rf"\b{_LOST}\b[^.;]{{0,40}}\b(?:of|were|was|in|:) (?:only )?(?:one|two|three|four|five|six|seven|"
            r"\d+) (?:\w+ )?(?:mice|rats|animals|rabbits|pigs|dogs|sheep|birds|fish|monkeys)\b",
            text,
        )
    )


def _unbalanced(text: str) -> str:
    """Return a description where losses of two groups differ by three tenths of the animals or more, else ""."""
    percent = [float(p.replace("·", ".")) for p in re.findall(r"\b(\d{1,3}(?:·\d+)?) ?%", text)]
    if (
        len(percent) == 2
        and abs(percent[0] - percent[1]) >= 30
        and re.search(r"\b(?:mortality|died|deaths?|lost|losses|excluded|drop-?outs?)\b", text)
        and re.search(r"\bsurvivors\b|\banaly|\bassess|\bevaluat", text)
    ):
        return f"losses differ between groups: {percent[0]:g} % against {percent[1]:g} %"
    one = _FRACTIONS.search(text)
    if one and re.search(
        r"\bnone (?:in|of|from|among) (?:the )?(?:\w+ )?(?:controls?|other|treated|sham|vehicle|untreated|placebo)",
        text,
    ):
        lost, all_ = number(one.group(1)), number(one.group(2))
        if (
            lost
            and all_
            and all_ >= 4
            and 0.3 <= lost / all_ <= 1
            and re.search(r"\bsurvivors\b|\banaly|\bassess|\bevaluat", text)
        ):
            return f"losses differ between groups: {lost} of {all_} against none"
    shares = []
    for a, b in _FRACTIONS.findall(text):
        lost, all_ = (0 if a in ("none", "no") else number(a)), number(b)
        if lost is not None and all_ and lost <= all_ and all_ >= 4:
            shares.append((lost, all_))
    if len(shares) >= 2 and abs(shares[0][0] / shares[0][1] - shares[1][0] / shares[1][1]) >= 0.3:
        return (
            f"losses differ between groups: {shares[0][0]} of {shares[0][1]} against {shares[1][0]} of {shares[1][1]}"
        )
    return ""
