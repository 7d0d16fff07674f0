"""Item 8: how many animals were allocated, lost and analysed, and why."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.finding import Finding
from vivex.assess.reading import Reading
from vivex.assess.words import number, pattern

ITEM = "incomplete_outcome_data"

_LOST = r"(?:died|dead|death|deaths|lost|loss|losses|excluded?|exclusions?|excluding|withdrawn|withdrew|dropped out|drop-?outs?|removed from (?:the )?(?:study|experiment|analys\w+)|left out|omitted|discarded|eliminated|euthani[sz]ed (?:before|prematurely|early|because|due|when|after)|sacrificed (?:before|prematurely|early|because|due)|not (?:included|analy[sz]ed|evaluated|available)|missing|rejected|culled because|disqualified|drowned)"
_COMPLETE = pattern(
    r"\b(?:all|every|each of the|the entire|both) (?:of the )?(?:(?:{NUMBER}|\d+)\s)?(?:\w+ ){0,3}?(?:{ANIMAL}|data(?: ?points?)?|measurements|values|samples|observations|subjects|individuals)\b[^.;]{0,70}\b(?:complet\w*|included|survived|finished|analy[sz]ed|contributed|reached the end|evaluated|entered|remained|were used in|recovered|provided data|retained|accounted)|"
    r"\b(?:no|none|nor any|without|zero|neither) (?:of (?:the|these) )?(?:\w+ ){0,3}?(?:{ANIMAL}|data(?: ?points?)?|outliers?|samples?|deaths?|mortality|exclusions?|losses|drop-?outs?|attrition|missing (?:data|values)|withdrawals?|individuals|subjects|adverse events|values)\b[^.;]{0,50}\b(?:excluded|died|lost|removed|occurred|withdrawn|dropped|discarded|omitted|missing|recorded|observed|had to be|were|was|noted|during|happened|seen)|"
    r"\b(?:100 ?%|complete|full) (?:survival|follow-?up)\b|\bmortality (?:was|rate was) (?:zero|0|nil|none)|\bno (?:mortality|deaths|losses|exclusions|drop-?outs|missing)\b|\b(?:none|no \w+) (?:of (?:the|them|these)(?: \w+)? )?(?:died|was lost|were lost|was excluded|were excluded|dropped out|had to be)|\bintention[- ]to[- ]treat|\bexcept (?:for )?th(?:e|ose)\b[^.;]{0,1}never|"
    r"\b(?:survived|survival) (?:till|until|to|up to|throughout) the end|\bnever (?:excluded|lost)|\b(?:same|as many|identical) (?:number|animals)\b[^.;]{0,60}\b(?:allocated|assigned|analy[sz]ed)"
)
_COMPLETE_TRAP = re.compile(
    r"\bexcept\b|\bno (?:significant )?(?:difference|change|effect)|\bif\b|\b(?:criteria|protocol)\b|\bapproved\b|\bethic|\bdonor|\bfigure legend|\bnot all\b|\bexcluded from .*(?:if|when)\b|\bsurviv(?:ed|al) (?:of|curve|analysis|rate)|\bmodels? (?:included|were)|\bwere included as\b|\ball (?:the )?(?:experiments?|procedures)\b|\ball (?:statistical )?analys|\bgenes?\b|\bincluded (?:in|on) (?:the|each) (?:plate|gel|figure)|\bwere analy[sz]ed (?:by|using|with|for|via)\b|\bwere evaluated (?:by|using|with|for)\b|\bdata were analy[sz]ed\b|\bare included in\b|\bdetected\b|\bdead cells\b"
)
_NEUTRAL = re.compile(
    r"\b(?:technical|anesthe\w+|anaesthe\w+|misplac\w*|misplacement|incorrect(?:ly)? (?:placement|position|placed|implant)|outside (?:of )?the (?:target|region|amygdala|\w+)|battery|fail(?:ed|ure)s?(?: of (?:the )?(?:equipment|device|probe|electrode|implant|transmitter|recording|camera|software|telemetry|catheter|injection|surgery))?|accident\w*|unrelated|not related|equipment|broken|damag\w*|artefact\w*|artifact\w*|contaminat\w*|fence|electrode\w*|catheter\w*|cannula\w*|head-?cap|"
    r"before (?:any|the|treatment|random\w*|allocation|injection|drug)|prior to (?:treatment|random\w*|allocation|any)|surgical (?:complication|error|death)\w*|during (?:the )?(?:surgery|induction of an|operation|anesthe|anaesthe)|post-?operative (?:complication|death)|fighting|injur(?:y|ies) (?:from|by) (?:a )?(?:cage|fight)|escaped|blocked|leak\w*|poor (?:recording|signal|quality|image|histology)|unstable|lack of (?:recorded|signal|expression|virus|labelling)|off-?target|mis-?target\w*|missed|no (?:virus|viral|expression)|non-?pregnan\w*|not pregnant|slightly different|loss of (?:the )?(?:implant|headcap|head cap|signal|catheter)|recording (?:quality|failure)|gavage (?:error|accident)|gavage-related|dislodg\w*|poorly|insufficient (?:sample|volume|tissue|blood|serum)|h(?:a)?emolysed|clotted|thaw\w*|power cut|flood\w*|mechanical)\b"
)
_RELATED = re.compile(
    r"\b(?:non-?responders?|failed to (?:lose|gain|respond|develop|show|reach|learn|recover|improve)|did not (?:respond|develop|learn|show|lose|gain|improve|reach)|poor (?:performance|performers|response)|outcome|endpoint|worst|best|success threshold|low (?:scores?|performance)|insensitive|resistant animals|extreme values?|too (?:ill|sick|weak|severe)|moribund|morbid\w*|severely|because of (?:the )?(?:treatment|toxicity|disease|infection|tumou?r)|due to (?:the )?(?:treatment|toxicity|disease|infection|tumou?r|poor performance|severe)|performance)\b"
)
_UNEXPLAINED = re.compile(
    r"\b(?:unknown|unclear|unexplained|undetermined|unidentified|unspecified|not (?:recorded|given|stated|known|specified|documented|explained|reported|noted|clear))\b[^.;]{0,30}(?:reasons?|causes?)?|\bwithout (?:any |further )?(?:explanation|reason|giving|stated)|\breasons?\b[^.;]{0,40}\b(?:not|unknown|unclear)|\bno (?:reason|explanation|cause)\b|\bfor (?:unknown|various|other|unclear) reasons"
)
_LOST_RE = re.compile(rf"\b{_LOST}\b")
_COUNTED = pattern(
    r"\b({NUMBER}|\d+|an?|one|single|few|several|some) (?:of the (?:{NUMBER}|\d+) |of |other |additional |further |more )?(?:\w+[- ]){0,4}?(?:{ANIMAL}|individuals?|subjects?)\b"
)
_REMAINING = re.compile(
    r"\b(?:remaining|rest|other|others|all other|survivors)\b[^.;]{0,60}\b(?:analy[sz]ed|included|evaluated|reported|data|used|completed)"
)
_CRITERION = re.compile(
    r"\b(?:were to be|would be|will be|should be|are|is|was to be|criteri(?:a|on)|if\b|that (?:lost|showed|did not|had|exceeded)|with (?:a |less|more|blood|body|tumou?r|pressure|low|high)|whose|only (?:mice|rats|animals|cells|recordings|those)|when|in which|any (?:mouse|rat|animal)|required|threshold)\b"
)
_RANGE_N = re.compile(
    r"\bn ?(?:=|≥|>|:) ?\d+ ?(?:-|to|or|~) ?\d+|\b\d+ ?(?:-|to) ?\d+ (?:animals?|mice|rats|rabbits|pigs|fish|birds|larvae|flies|subjects|pups|hamsters|dogs|samples|tumou?rs) (?:per|in each|for each|each|were|/) ?(?:group|genotype|condition|treatment|cohort|time)?|\bat least (?:\d+|three|four|five|six) (?:animals?|mice|rats|flies|fish)|\bn ?(?:≥|>|⩾) ?\d+|\brange\b[^.;]{0,30}\bn ?=|\bgiven as a range|\bminimum of (?:three|four|five|\d+)"
)
_FRACTIONS = pattern(r"\b({NUMBER}|\d+)(?: ?/ ?| (?:out )?of (?:the )?)({NUMBER}|\d+)\b")
_ALLOCATED_N = pattern(
    r"\b(?:({NUMBER}|\d+) (?:\w+ ){0,3}?{ANIMAL} (?:were|was) (?:\w+ )?(?:allocated|assigned|randomi[sz]ed|included) (?:to|in|into) (?:each|every)|(?:{ANIMAL}|groups?) (?:of|\(n ?=) ?({NUMBER}|\d+) (?:\w+ )?(?:were|was) (?:allocated|assigned))"
)
_FROM_N = pattern(
    r"\b(?:stem|stems|come|came|are|derive[sd]?|originate[sd]?|obtained|available|based|reported|given|analy[sz]ed|collected) (?:\w+ )?(?:from|on|for|in|of) (?:only |the )?({NUMBER}|\d+)\b(?:[^.;]{0,40}?\b(?:and|,|or) (?:from |only |for )?({NUMBER}|\d+)\b)?"
)
_CELLS = re.compile(
    r"\b(?:cells?|neurons?|units?|trials?|recordings?|images?|genes?|reads?|probes?|voxels?|sessions?|runs?|spikes?|sequences?|electrodes?|channels?|pixels?|frames?|peaks?|peptides?|proteins?|articles|snps?|features?|spectra|traces|epochs|scans|clusters?|sections?|words?|events?|follicles?|fib(?:er|re)s)\b"
)


def find(reading: Reading) -> Iterator[Finding]:
    """Yield what the sentence says about animals lost or kept."""
    if reading.foreign or reading.human or reading.future or reading.role in ("introduction", "statements"):
        return
    text = reading.text
    span = ((reading.start, reading.end),)

    def made(signal: str, answer: str, strength: float, why: str) -> Finding:
        return Finding(ITEM, signal, answer, strength, span, why)

    animal = bool(re.search(pattern(r"\b{ANIMAL}\b").pattern, text)) or "data" in text
    losing = _LOST_RE.search(text)
    if _FROM_N.search(text) and (match := _ALLOCATED_N.search(text)):
        allocated = number(next(g for g in match.groups() if g))
        analysed = [number(g) for g in _FROM_N.search(text).groups() if g]  # type: ignore[union-attr]
        if allocated and any(n is not None and n < allocated for n in analysed) and not _NEUTRAL.search(text):
            yield made(
                "losses",
                "unexplained",
                0.85,
                f"{allocated} allocated to each group, {', '.join(map(str, analysed))} analysed, no reason",
            )
            return
    complete = _COMPLETE.search(text)
    explained_loss = losing and _counted_loss(text)
    if (
        complete
        and not explained_loss
        and not _COMPLETE_TRAP.search(text)
        and not reading.in_vitro
        and (animal or "exclu" in text or "death" in text or "mortality" in text)
    ):
        strong = (
            0.9
            if re.search(
                r"\b(?:all|no|none|every)\b[^.;]{0,50}\b(?:included|excluded|completed?|analy[sz]ed|removed|contributed)",
                text,
            )
            else 0.7
        )
        if _CELLS.search(complete.group(0)) and not re.search(r"\banimals|mice|rats\b", complete.group(0)):
            strong -= 0.4
        yield made("all_included", "yes", strong, "all animals or data accounted for")
        return
    if not losing or not animal or reading.in_vitro:
        if _RANGE_N.search(text):
            yield made("numbers", "range", 0.5, "n given as a range")
        return
    unbalanced = _unbalanced(text)
    if unbalanced and re.search(r"\b(?:analy|evaluat|survivors|remaining|assess|includ|measured)", text):
        yield made("losses", "unbalanced", 0.85, unbalanced)
        return
    counted = _counted_loss(text)
    if _UNEXPLAINED.search(text) and counted:
        yield made("losses", "unexplained", 0.9, "animals lost without a reason")
        return
    if (
        _RELATED.search(text)
        and re.search(r"\bexclu|not analy|left out|omitted|eliminated|removed|discarded|not included", text)
        and not _NEUTRAL.search(text)
    ):
        criterion = re.search(r"\b(?:would|will|were to|should|to be)\b|\bif\b", text)
        if not criterion:
            yield made("losses", "outcome_related", 0.7, "exclusion on the outcome itself or on the treatment's effect")
            return
    if counted and _NEUTRAL.search(text):
        yield made(
            "losses",
            "explained",
            0.75 + (0.1 if _REMAINING.search(text) else 0),
            "losses counted, with a reason unlikely to relate to the outcome",
        )
        return
    if counted:
        yield made("losses", "counted", 0.4, "losses counted")
        return
    yield made("losses", "mentioned", 0.3, "losses or an exclusion rule named, not counted")


def _counted_loss(text: str) -> bool:
    """Tell whether the sentence counts animals that were lost."""
    for match in _COUNTED.finditer(text):
        rest = text[match.start() : match.end() + 130]
        if re.search(rf"\b{_LOST}\b", rest):
            first = match.group(1)
            if first in ("few", "several", "some"):
                continue
            return True
    return bool(
        re.search(
            rf"\b{_LOST}\b[^.;]{{0,40}}\b(?:of|were|was|in|:) (?:only )?(?:{'|'.join(('one', 'two', 'three', 'four', 'five', 'six', 'seven'))}|\d+) (?:\w+ )?(?:mice|rats|animals|rabbits|pigs|dogs|sheep|birds|fish|monkeys)\b",
            text,
        )
    )


def _unbalanced(text: str) -> str:
    """Return a description where losses of two groups differ by a third or more of the animals, else ""."""
    shares = []
    for a, b in _FRACTIONS.findall(text):
        lost, all_ = number(a), number(b)
        if lost is not None and all_ and lost <= all_ and all_ >= 4:
            shares.append((lost, all_))
    if len(shares) >= 2 and abs(shares[0][0] / shares[0][1] - shares[1][0] / shares[1][1]) >= 0.3:
        return (
            f"losses differ between groups: {shares[0][0]} of {shares[0][1]} against {shares[1][0]} of {shares[1][1]}"
        )
    return ""
