"""Item 6: in what order, or by what choice, animals were assessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence
from vivex.assess.reading.words import pattern

ITEM = "random_outcome_assessment"

_CUE = re.compile(
    r"\bon \w+day|random|order|sequence|by lot|lots\b|always|group by group|group after|"
    r"all (?:\w+ )?(?:control|sham|wild|treated)|most|largest|median|best|heaviest|worst|subset|counterbalanc|"
    r"dic?e\b|coin|first|smallest|lightest|drawn|highest|lowest|greatest"
)
_NOT_ANIMAL = (
    r"(?:fields?|areas?|regions?|sections?|images?|slides?|slices?|cells?|neurons?|nuclei|sites?|spots?|villi|"
    r"villus|glomeruli|fib(?:er|re)s?|myofib\w+|vessels?|photos?|photographs?|micrographs?|pictures?|points?|"
    r"locations?|positions?|frames?|pixels|rois?|lines?|leaves|colon(?:y|ies)|clones?|genes?|reads?|peptides?|"
    r"tubules?|follicles?|islets?|synapses?|"
    r"dendrites?|spines?|segments?|stimul\w*|tones?|trials?|intervals?|odou?rs?|blocks?|crypts?|alveol\w*|"
    r"lesions?|grids?|arms?|quadrants?|windows?|time ?points?|days?|views?|portions?|lobes?|words?|items?|"
    r"papers?|articles|questionnaires?|particles?|sounds?|locus|loci|snps?|axons?|boutons?|puncta|organoids?|"
    r"wells?|plates?|periods?|bins?|epochs?|directions?)"
)
_SELECT = (
    r"(?:select\w*|chos\w*|choos\w*|pick\w*|taken|drawn|sampled|removed|caught|captured|collected|harvested|"
    r"sacrificed|killed|culled|euthani[sz]ed|slaughtered|identified|tested|assessed|analy[sz]ed|measured|"
    r"examined|scanned|imaged|weighed)"
)
_BEASTS = r"(?:{ANIMAL}|females?|males?|sisters|brothers|individuals?)"
_PICKED = pattern(
    rf"\b{_BEASTS}\b[^.;]{{0,70}}\b(?:(?<!\ba )randomly {_SELECT}|"
    rf"{_SELECT} (?:\w+ )?(?:at random|randomly|by lot|in a random (?:manner|fashion|way)))",
    rf"\b(?:randomly|at random,?) {_SELECT} (?:(?!of\b|to\b)[\w-]+ ){{0,4}}?{_BEASTS}\b|"
    rf"\b{_SELECT} (?:at random|randomly) (?:[\w-]+ ){{0,4}}?{_BEASTS}\b",
    rf"\brandomly (?:select|choose|pick)\b[^.;]{{0,50}}\b(?:{_BEASTS}|tumou?rs from each)\b|"
    rf"\brandom (?:sample|selection|subset|subsample)s? of (?:the )?(?:[\w-]+ ){{0,3}}{_BEASTS}\b",
    r"\b(?:samples?|tissues?) (?:should be|were|was|will be) randomi[sz]ed\b",
    rf"\bwhich {_BEASTS}\b[^.;]{{0,60}}\b(?:next|first|scanned|tested|sampled|sacrificed|measured|killed|"
    rf"examined)\b[^.;]{{0,80}}\b(?:random|lot|coin|dic?e|chance)\w*",
)
_NOT_PICKED = pattern(
    r"\brandomly (?:selected|chosen|picked|taken) (?:to|and|as|for)\b[^.;]{0,30}\b(?:receive|"
    r"treatment groups?|be treated|assign\w*|groups?|serve|inject\w*|mating|breed\w*|controls?)",
    r"\binto (?:\w+ ){0,3}groups?\b|\bassigned\b|\ballocated\b|\bwild\b|\bpond\b|\briver\b|\blitter size|"
    r"\blitters were|\bcull\w* to\b|\bstandardi[sz]ed\b|\badjusted to\b|"
    r"\bmales? (?:\w+ ){0,2}(?:mate|pair)\w*|\bdivided\b|\brandomly (?:selected|chosen) (?:stimul|side|arm)",
)
_RANDOM_ORDER = pattern(
    r"\b(?:in|with|using|followed|following|by|to|according to) (?:an? |the )?(?:[\w-]+ ){0,2}(?:random\w*|"
    r"shuffled)(?: (?:assigned|generated|chosen|selected|determined|mixed|ordered))? (?:order|sequence|manner|"
    r"fashion|turn|list|schedule|rotation)s?\b",
    r"\b(?:order|sequence|turn|succession)s?\b[^.;]{0,90}\b(?:randomi[sz]ed|random\w*|at random|by lot|drawn|"
    r"shuffled|coin|dic?e|lots)\b|\b(?:order|sequence) (?:was )?(?:drawn|determined|decided|chosen|set|"
    r"fixed) by (?:lot|chance|drawing)",
    r"\b(?:computer-generated|random\w*) (?:sequence|list|order|schedule|numbers?) (?:determined|decided|"
    r"dictated|defined|fixed|gave) (?:when|in what order|which)\b",
    r"\brandom(?:i[sz]ed|ly)?[- ](?:order(?:ed)?|sequence)\b|\brandomi[sz](?:ed|ing|"
    r"ation of) (?:the )?(?:[\w-]+ ){0,3}(?:order|sequence)|\bat random times\b|\brandomly intermixed\b|"
    r"\b(?:collected|processed|tested|assessed|analy[sz]ed|measured|scanned|sampled|"
    r"examined) (?:and \w+ )?randomly\b",
)
_DENIED = pattern(
    r"\b(?:not|never|nor|neither|without|no)\b[^.;,]{0,40}\b(?:random(?:i[sz]ed|ly)? (?:order|sequence|"
    r"selected|chosen|picked)|randomi[sz]ed? the order)|\border\b[^.;,:]{0,60}\b(?:was|were) (?:not|"
    r"never) (?:\w+ )?random|\bnon-?random (?:order|sequence)|\bfixed (?:order|"
    r"sequence) of (?:the )?(?:groups|animals)"
)
_GROUPWISE = pattern(
    r"\bgroup by group\b|\bone (?:\w+ )?group (?:after|at a time|following)|\bgroup after group\b|"
    r"\b(?:treatment by treatment|one treatment after)\b",
    r"\b(?:controls?|sham\w*|vehicle|untreated|wild-?types?|lesioned|treated|infected|exposed|injured|placebo|"
    r"saline|operated)\b[^.]{0,60}\b(?:always|first|mornings?|mondays?|before noon|early|earlier|"
    r"beginning)\b[^.]{0,100}\b(?:afternoons?|evenings?|last|tuesdays?|later|second|thereafter|next day|"
    r"following day|subsequently|afterwards?|then|ending|followed by)\b",
    r"\b(?:controls?|sham\w*|wild-?types?|treated|untreated) (?:\w+ ){0,2}(?:always|invariably) (?:came |"
    r"were \w+ )?(?:first|last)",
    r"\b(?:controls?|sham\w*|wild-?types?|treated|untreated|vehicle|lesioned|operated|infected|"
    r"exposed)\b[^.]{0,40}\b(?:always|invariably|consistently)\b[^.]{0,40}\b(?:before|after|ahead of|prior to|"
    r"first|last)\b",
    r"\b(?:groups?|controls?|treated|sham\w*)\b[^.]{0,50}\bon (?:mon|tues|wednes|thurs|fri|satur|"
    r"sun)days?\b[^.]{0,50}\b(?:groups?|controls?|treated|sham\w*|others?)\b[^.]{0,30}\bon (?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)days?\b",
    r"\ball (?:the )?(?:controls?|sham\w*|vehicle|untreated|wild-?types?|treated|infected|exposed|injured|"
    r"placebo)\b[^.]{0,60}\b(?:on|in|during|at)\b[^.]{0,30}\b(?:day|days|morning|monday|week|session|first|"
    r"january|spring)\b[^.]{0,60}\band all (?:the )?",
)
_SYSTEMATIC = re.compile(
    r"\balways\b|\binvariably\b|\bconsistently\b|\ball (?:the )?(?:\w+ )?(?:sham|control|treated|injured|"
    r"vehicle|wild|untreated|infected|exposed|placebo)|\bgroup (?:by|after)\b|\bone (?:\w+ )?group\b|"
    r"\bmornings?\b|\bon \w+days?\b|\bmondays?\b|\bbefore noon\b|\bone treatment after|\btreatment by"
)
_GROUPWISE_TRAP = re.compile(
    r"random|counterbalanc|mixed order|\bhabituat|\binject\w*\b[^.]{0,20}\bthen\b|\bdiet\b|\bfed\b"
)
_EXTREME = pattern(
    r"\b{ANIMAL}\b[^.;]{0,60}\b(?:displaying|showing|exhibiting|having|with|"
    r"that (?:showed|displayed|had|exhibited)) the (?:most|best|highest|largest|lowest|strongest|greatest|"
    r"clearest|worst|severest|median|smallest|heaviest|longest|least)\b[^.;]{0,140}\b(?:sent|selected|chosen|"
    r"used|taken|sampl\w*|analy\w*|picked|assess\w*|examin\w*|processed|microarray\w*|histolog\w*|imag\w*|"
    r"slaughter\w*|scan\w*)",
    r"\b{ANIMAL}\b[^.;]{0,40}\bhaving the median\b[^.;]{0,100}\bselected|"
    r"\b(?:best|worst|heaviest|largest|lightest|most (?:severely )?affected|strongest|"
    r"sickest)[- ](?:\w+ ){0,2}{ANIMAL}\b[^.;]{0,60}\b(?:selected|chosen|used|taken|"
    r"picked)\b[^.;]{0,60}{OUTCOME_STEP}",
)
_STIMULI = re.compile(
    r"\b(?:stimul\w*|tones?|odou?r\w*|trials?|presented|presentations?|images|gratings?|sounds?|pictures|"
    r"cues?|frequenc(?:y|ies)|directions?|orientations?|current (?:steps|intensities)|concentrations?|"
    r"intensit(?:y|ies)|light pulses|conditions|arms|rewards?|levers?|side|tasks|cups?|objects?|doses|drugs?|"
    r"injections?|filaments|solutions|"
    r"trays|treatment order|treatments?|fields?|odorants?|stressors?|stressed|stress|foods?|meals?|"
    r"milkshakes?|diets?|saline|vehicle|allocation)\b"
)
_ANIMALS_IN_ORDER = pattern(
    r"\b(?:{ANIMAL}|they|individual\w*)\b[^.;]{0,60}\b(?:tested|assessed|measured|scanned|run|examined|"
    r"sampled|killed|sacrificed|recorded|filmed|bled|euthani[sz]ed|slaughtered|weighed|dissected|necropsied|"
    r"processed|imaged|perfused)\b[^.;]{0,50}\brandom",
    r"\border (?:in which|of) (?:the )?(?:\w+ )?(?:{ANIMAL}|testing|measurement|sampling|assessment|scanning|"
    r"sacrifice|necropsy)|\b(?:test|testing|scan|scanning|measurement|sampling|assessment|sacrifice) order\b|"
    r"\bdata (?:were )?(?:collected|processed)|\b(?:{ANIMAL}) in (?:an? )?(?:random\w*|order)|"
    r"\bsequence in which\b",
)
_WITHIN = re.compile(
    r"\b(?:stimul\w*|tones?|odou?r\w*|presented|gratings?|filaments|stressors?|stressed|"
    r"each (?:drug|dose|treatment|solution|concentration|animal was (?:\w+ )?(?:twice|three times))|"
    r"measured twice|once receiving|order of (?:\w+ )?treatments?|treatment order|"
    r"treatments? (?:was|were) (?:given|applied|administered)|milkshakes?|meals?)\b"
)
_STEP = pattern(r"\b{OUTCOME_STEP}\b")
_ANIMAL = pattern(r"\b{ANIMAL}\b|\bindividuals\b|\bgroups?\b")
_UNKNOWN = re.compile(r"\bnot (?:documented|recorded|reported|known|stated|described)\b|\bunknown\b")


def find(reading: FoldedSentence) -> Iterator[Indication]:
    """Yield what the sentence says about the order or choice of the animals assessed."""
    if not reading.own or reading.kind == "table" or not _CUE.search(reading.text):
        return
    if reading.role == "discussion" and not re.search(r"\bwe\b|\bour\b", reading.text):
        return
    found = _order(reading.text, reading)
    if found:
        answer, strength, why = found
        yield Indication(ITEM, "random_selection", answer, strength, ((reading.start, reading.end),), why)


def _order(text: str, reading: FoldedSentence) -> tuple[str, float, str] | None:
    clean = re.sub(
        rf"\brandom\w*[- ](?:[\w-]+ ){{0,3}}{_NOT_ANIMAL}\b|"
        rf"\b{_NOT_ANIMAL} (?:\([^)]*\) )?(?:[\w-]+ ){{0,4}}(?:were |was )?(?:randomly|at random)(?: \w+)?",
        " ",
        text,
    )
    step = bool(_STEP.search(text))
    if _UNKNOWN.search(text):
        return ("mentioned", 0.4, "order not recorded") if step and "order" in text else None
    if _DENIED.search(text) and not re.search(r"\bcages?\b|\brack\b", text) and (step or _ANIMAL.search(text)):
        return "denied", 0.9, "says that the order or choice was not random"
    if (
        _GROUPWISE.search(text)
        and _SYSTEMATIC.search(text)
        and step
        and not _GROUPWISE_TRAP.search(text)
        and reading.role in ("methods", "other")
    ):
        return "denied", 0.85, "groups were assessed one after the other"
    if _EXTREME.search(text) and not re.search(r"\bcells?\b|\bclones?\b", text):
        return "denied", 0.7, "animals were picked by a measured property"
    if _PICKED.search(clean) and not _NOT_PICKED.search(clean):
        return "yes", 0.85, "animals were picked at random for assessment"
    for clause in reading.clauses if len(reading.clauses) > 1 else (clean,):
        if clause not in text and clause != clean:
            continue
        if _RANDOM_ORDER.search(clause) and (_STEP.search(clause) or _ANIMAL.search(clause)) and not _other(clause):
            return "yes", 0.85, "the order of assessment was random"
    if (
        re.search(
            r"\btest(?:ing)? order\b|\border (?:in which|of testing)|\bcounterbalanced between groups|"
            r"\bsubset of\b[^.;]{0,40}\b(?:animals|mice|rats|per group)",
            text,
        )
        and step
    ):
        return "mentioned", 0.4, "speaks of order or choice, not of chance"
    return None


def _other(text: str) -> bool:
    """Tell whether it is stimuli, treatments, cages or groups that are put in order."""
    if re.search(
        r"\bmass spectromet|\bchromatogra|\bgels?\b|\bplates?\b|\bsequenc(?:er|ing)\b|\bmicroarray|"
        r"\bscanner runs\b|\bcage position|\brack\b|\bcages (?:were|was)\b|\binto (?:\w+ ){0,3}groups?\b|"
        r"\b(?:assigned|allocated|allocation|assignment)\b",
        text,
    ):
        return True
    return bool(_WITHIN.search(text) if _ANIMALS_IN_ORDER.search(text) else _STIMULI.search(text))
