"""Outcomes: what is measured, as noun phrases around the heads that papers use for endpoints, and named tests."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from vivex.recognize.kinds import NAMED, Context, Kind, Value, lowered
from vivex.recognize.outcome_parts import outcome_value
from vivex.recognize.spans import Span, longest

SOURCE = "grammar:outcome@1"
_SIMPLE = re.compile(
    r"(?<![A-Za-z0-9-])(?:body\sweights?|food\s(?:intake|consumption)|water\sintake|blood\s(?:glucose|pressure)(?:\slevels?)?|heart\srate|escape\slatency|Morris\swater\smaze(?:\stest)?|open[- ]field(?:\stest)?|elevated\splus[- ]maze(?:\stest)?|forced\sswim(?:ming)?\stest|"
    r"tail[- ]suspension(?:\stest)?|novel\sobject\srecognition(?:\stest)?|rotarod(?:\stest)?|von\sFrey(?:\stest)?|hot[- ]plate\stest|tail[- ]flick\stest|Y[- ]maze|conditioned\splace\spreference|fear\sconditioning|prepulse\sinhibition|grip\sstrength|"
    r"Safranin[- ]O(?:/fast green)?\sstaining|H&E\sstaining|hematoxylin\sand\seosin\sstaining|toluidine\sblue\sstaining|Masson['\u2019]?s?\strichrome\sstaining|TUNEL(?:[- ]positive\scells|\sstaining|\sassay)?|TTC(?:\sstaining)?|Nissl\sstaining|Oil\sRed\sO\sstaining|"
    r"OARSI\sscores?|Mankin\sscores?|clinical\sscores?|disease\sactivity\sindex|infarct\s(?:size|volume)|tumou?r\s(?:volume|size|weight|growth|burden)|bone\smineral\sdensity|BMD|ejection\sfraction|LVEF|fractional\sshortening|LTP|EPSCs?|IPSCs?|mEPSCs?|mIPSCs?|"
    r"OGTT|ITT|GTT|IPGTT|BUN|ALT(?=\sand|,|\slevels?)|AST(?=\sand|,|\slevels?)|MDA|ROS(?:\s(?:levels?|production|generation|accumulation))?|MTT\sassay|CCK-8\sassay|survival|IC50|EC50|cell\s(?:viability|proliferation|death|cycle|migration|apoptosis)|oxidative\sstress|"
    r"luciferase\sactivity|micro-?CT|echocardiography)(?![A-Za-z-])",
    re.IGNORECASE,
)
_STOP = frozenset(
    "the a an of in and or on to by for with from at as is are was were be been being that which this these those their its our we not no than had has have also both between after before during when while "
    "significantly significant markedly increased increase increases increasing decreased decrease decreases decreasing reduced reduce reduces reducing reduction reductions elevated elevation lower lowered higher high low enhanced enhance "
    "enhances enhancing enhancement attenuated attenuate attenuates improved improve improves improving improvement impaired impair impairs altered alter alters changed change changes inhibited inhibits inhibit inhibiting suppressed suppress "
    "suppresses promoted promote promotes promoting induced induce induces inducing restored restore restores blocked block blocks affected affect affects abolished prevented prevent prevents showed shows show measured measure assessed assess "
    "determined determine evaluated evaluate analyzed analysed examined examine investigate investigated observed quantified compared monitored calculated recorded detected using via into through but if whether there only more less any all "
    "each other such may might can could did does do similar different normal control overall however thus therefore respectively mean average further then cells cell mice rats mouse rat animals animal group groups treatment treated within upon "
    "against because cause causes caused reported found strong robust abnormal poor severe greater lesser same given relative our additional new major main important specific several various certain possible potential potentials current "
    "modifies undergo support lead leads exhibit exhibits display displays display maintain maintained regulate regulates regulated regulating mediate mediates it they you first second third final initial previous subsequent following where "
    "why how about above below under over out up down per et al fig figure table who what since so yet although still even most many few one two three four five six ten prevents rescued rescue contribute required requires necessary "
    "underlying known aberrant surviving since although securing alters evoke modulate modulates modulating control controls controlled demonstrate demonstrated suggest suggests suggesting indicate indicates indicating reveals revealed reveal".split()
)
_ING = frozenset(
    "firing signaling signalling binding fasting swimming bleeding clotting grooming rearing feeding drinking sleeping breathing spiking bursting branching scarring healing pairing processing remodeling remodelling wound-healing freezing clasping aging ageing licking swelling righting running walking climbing learning conditioning".split()
)
_ED = frozenset(
    "evoked related phosphorylated activated conditioned fed positive-stained oxidized glycated cleaved acetylated methylated age-related paired-pulse stimulated-evoked red speed seed need".split()
)
_HEADS = frozenset(
    "expression level levels concentration concentrations activity activities phosphorylation secretion release production accumulation content contents proliferation viability survival apoptosis death migration invasion differentiation growth "
    "volume volumes weight weights size sizes number numbers density densities thickness score scores index indices latency latencies duration durations frequency frequencies amplitude amplitudes pressure pressures rate rates flow output fraction "
    "length lengths width area areas intake consumption tolerance sensitivity resistance threshold thresholds response responses responsiveness behavior behaviors behaviour behaviours memory learning locomotion mobility immobility function functions "
    "transmission plasticity currents potentials permeability infiltration degeneration regeneration formation deposition inflammation fibrosis necrosis hypertrophy angiogenesis neurogenesis metastasis metastases incidence mortality lifespan "
    "longevity uptake clearance excretion synthesis degradation translocation localization transcription translation methylation acetylation ubiquitination aggregation adhesion contraction relaxation perfusion oxygenation respiration metabolism "
    "synchrony excitability discharge sleep arousal preference aversion discrimination recognition damage loss stress intensity count counts titer titers load burden activation formation maturation performance strength depth distance time "
    "latency speed velocity temperature mass capacity efficiency percentage percentages proportion ratio ratios hyperalgesia allodynia edema pain fluorescence staining immunoreactivity signal signals signaling morphology histology symptoms signs "
    "toxicity cytotoxicity motility fertility turnover stability potency binding leakage vascularization mineralization calcification senescence autophagy phagocytosis depolarization hyperpolarization integrity connectivity coupling diversity "
    "abundance yield bioavailability progression regression recovery prognosis relapse remission severity firing spiking release peak slope current potential".split()
)
_ALONE = frozenset(
    "proliferation viability survival apoptosis migration invasion differentiation locomotion mobility immobility inflammation fibrosis necrosis hypertrophy angiogenesis neurogenesis metastasis metastases mortality lifespan longevity excitability "
    "arousal hyperalgesia allodynia edema regeneration plasticity toxicity cytotoxicity motility fertility senescence autophagy phagocytosis vascularization mineralization calcification sleep memory phosphorylation".split()
)
_OF = frozenset(
    "expression level levels concentration concentrations activity phosphorylation secretion release production accumulation content number numbers density thickness frequency amplitude rate rates volume size percentage percentages proportion duration latency incidence "
    "uptake clearance synthesis degradation translocation localization transcription methylation aggregation activation formation deposition infiltration loss intensity count area length weight severity abundance expression probability risk extent amount amounts inhibition development survival differentiation proliferation migration index degree distribution".split()
)
_WORD = re.compile(r"[A-Za-z0-9\u0370-\u03ff\u00b5](?:[A-Za-z0-9\u0370-\u03ff/+\u2019'-]|\.(?=\d))*")
_CUE = re.compile(
    r"increas|decreas|reduc|elevat|measur|assess|determin|evaluat|quantif|improv|impair|attenuat|enhanc|significan|higher|lower|effects? (?:on|of)|alter|chang|compar|promot|inhibit|suppress|restor|differen|monitor|examin|analy|"
    r"affect|regulat|greater|smaller|observ|record|express|rescu|abolish|prevent|score|detect|associat|correlat|ameliorat|exacerbat|induc|block|contribut|role in|show",
    re.IGNORECASE,
)
_AMOUNT = re.compile(r"\d\s?(?:mg|g|kg|ml|mL|[\u00b5\u03bc]\w|cm|mm|nm|Hz|ms|s|min|h|%)\b")


_NOT_OUTCOME = re.compile(
    r"room temperature|.*\bLtd|(?:tumou?r |cell )?signals?|(?:maximum |same )?time|ms duration|(?:effect|sample|pore|mesh|particle) sizes?|flow rate|level of significance|sampling rate|.*(?:prenatal|acute|chronic) stress|data",
    re.IGNORECASE,
)


def find_outcome(text: str) -> Iterator[Span]:
    """Yield the outcome mentions of `text`."""
    yield from longest(span for span in candidates(text) if span.confidence >= 0.5)


def candidates(text: str) -> Iterator[Span]:
    """Yield every noun phrase that could be an outcome, with how its sentence speaks for it."""
    for match in _SIMPLE.finditer(text):
        yield Span(match.start(), match.end(), "outcome", {}, SOURCE, 0.85)
    words = [m.span() for m in _WORD.finditer(text)]
    for i, (start, end) in enumerate(words):
        low = text[start:end].lower()
        if low not in _HEADS:
            continue
        first, last = _phrase(text, words, i)
        begin, finish = words[first][0], words[last][1]
        if first == last and low not in _ALONE:
            continue
        if (
            _NOT_OUTCOME.fullmatch(text[begin:finish])
            or re.search(r"/k?g\s$|per gram\s$", text[max(0, begin - 9) : begin])
            or re.match(r"\s(?:models?|kits?|plasmids?|vectors?)\b", text[finish:])
        ):
            continue
        near = text[max(0, begin - 90) : begin] + " " + text[finish : finish + 60]
        if _AMOUNT.search(text[begin:finish]) or text[begin].isdigit():
            continue
        yield Span(begin, finish, "outcome", {}, SOURCE, 0.65 if _CUE.search(near) else 0.45)


def _phrase(text: str, words: Sequence[tuple[int, int]], head: int) -> tuple[int, int]:
    """Return the first and last word of the noun phrase around the head: modifiers before it, "of" and a noun phrase after it."""
    first = head
    while first > 0 and head - first < 4:
        start, end = words[first - 1]
        if text[end : words[first][0]] != " " or not _modifier(text[start:end]):
            break
        first -= 1
    last = head
    # a second head directly after belongs to the phrase: "expression levels"
    while (
        last + 1 < len(words)
        and text[words[last][1] : words[last + 1][0]] == " "
        and text[words[last + 1][0] : words[last + 1][1]].lower() in _HEADS
    ):
        last += 1
    if text[words[last][0] : words[last][1]].lower() in _OF and text[words[last][1] : words[last][1] + 4] == " of ":
        at = last + 2
        if at < len(words) and text[words[at][0] : words[at][1]].lower() in ("the", "a", "an"):
            at += 1
        begun = at
        while (
            at < len(words)
            and at - begun < 4
            and (at == begun or text[words[at - 1][1] : words[at][0]] == " ")
            and _modifier(text[words[at][0] : words[at][1]], after_of=True)
        ):
            at += 1
        if at > begun:
            last = at - 1
    return first, last


def _modifier(word: str, *, after_of: bool = False) -> bool:
    low = word.lower()
    if low in _STOP and not (after_of and low in ("cells", "cell", "mice", "rats")):
        return False
    if re.fullmatch(r"[\d.,/+-]+", word) or (low.endswith("ly") and low not in ("early", "fly")):
        return False
    if low.endswith("ing") and low not in _ING and "-" not in low:
        return False
    return not (low.endswith("ed") and low not in _ED and "-" not in low)


def normal(written: str, known: Value, context: Context) -> Value:
    """Return the outcome's long form and its parts: head, analyte, method."""
    long = context.abbreviations.get(written, "")
    return {"normal": lowered(long or written), **outcome_value(long or written)}


KIND = Kind(
    label="outcome",
    colour="#B8E6C1",
    find=find_outcome,
    joining=NAMED["model"],
    normal=normal,
    propose=candidates,
    named=frozenset(("OUTCOME", "OUT")),
)
