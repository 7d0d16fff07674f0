"""miRNA -> gene -> direction of effect, read from the sentence that holds both.

The direction is the miRNA's effect on the gene: "down", "up", or "" where only the link is stated. A sentence about
silencing the miRNA ("anti-miR-21 raised PTEN") says the opposite of its verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from vivex.document import Document
from vivex.recognize.relations.clauses import by_sentence
from vivex.recognize.spans import Span

_DOWN = (
    r"(?:inhibit(?!ors?\b)|suppress(?!ors?\b)|repress(?!ors?\b)|reduc|decreas|silenc|down-?\s?regulat|diminish|"
    r"attenuat|block|abolish|lower|degrad|impair|knock(?:ed|s|ing)?[- ]?down|"
    r"(?:negatively|inversely|post-?transcriptionally)\s(?:regulat|correlat|associat|modulat)|antagoni[sz]|fell|fall|declin|dropp|drops?\b|"
    r"loss|interfer|counteract|prevent)"
)
_UP = (
    r"(?:up-?\s?regulat|increas|enhanc|activat(?!ors?\b)|promot(?!ers?\b)|induc(?!ible|ers?\b)|elevat|restor|"
    r"stimulat|augment|(?:positively)\s(?:regulat|correlat)|rescu|rais|"
    r"derepress|de-repress|accumulat|gain|higher|greater|overexpress)"
)
_TARGET = (
    r"(?:target|binds?\b|binding|bound|3['\u2019\u2032]?[- ]?\s?(?:UTR|untranslated)|seed|complementar|luciferase|"
    r"regulat|modulat|control|mediat|axis|interact|"
    r"via\b|through\b|affect|influenc|effector|link|associat|correlat|pathway|depend|role of|effects? (?:of|on)|"
    r"acts? on|by\b)"
)
_PERTURBED = re.compile(
    r"(?:inhibition|inhibiting|inhibitors?|knock(?:ing)?[- ]?down|knock-?out|silencing|depletion|depleting|loss|"
    r"deletion|deficiency|blockade|blocking|suppression|repression|down-?regulation|"
    r"down-?regulated|antagoni[sz]\w+|reduced|reduction|decreased?|low|lower|absence|lack|anti-?sense(?:-mediated)?|"
    r"sequestration|sponging|knocked[- ]?down|reduced expression|decreased expression|"
    r"under-?expression|attenuation|ablation|lacking|devoid|deficient|antagomirs?|anti-?miRs?|sponges?|decoys?|LNAs?)"
    r"\s(?:the\s)?(?:(?:expression|level|levels|activity|endogenous|of|in|mature|function|against|to|for|targeting)\s)"
    r"{0,4}$",
    re.IGNORECASE,
)
# "was lower in miR-1 mice" says what happened to the gene, not to the miRNA
_STATED = re.compile(
    r"(?:was|were|is|are|be|been|became|remained)\s(?:\w{1,20}ly\s)?(?:low|lower|reduced|decreased|suppressed|"
    r"down-?regulated|inhibited|silenced)\s(?:in|of)\s(?:the\s)?$",
    re.IGNORECASE,
)
# "restoring the gene reversed the effect of the miRNA"
_RESTORED = re.compile(
    r"(?:restor\w+|re-?express\w+|over-?express\w+|re-?introduc\w+|rescu\w+)\s(?:of\s|the\s|expression\s){0,3}$",
    re.IGNORECASE,
)
_REVERSED = re.compile(
    r"\b(?:revers|abolish|attenuat|counteract|abrogat|block|rescu|eliminat|overc[ao]m|revok|neutrali[sz])\w*\s"
    r"(?:the\s|\w+\s){0,3}(?:effects?|action|influence|impact|inhibition|suppression|consequences)\b",
    re.IGNORECASE,
)
_ON_PROMOTER = re.compile(
    r"\b(?:binds?|bound|binding|recruited)\s(?:directly\s)?(?:to|at)\s(?:the\s)?promoter(?:\sregion)?\sof\s(?:the\s)?$",
    re.IGNORECASE,
)
_PERTURBED_AFTER = re.compile(
    r"^[-\s]?(?:inhibitors?|antagomirs?|antagonists?|knock-?\s?down|knockout|[cd]?KO\b|KD\b|silencing|deficien\w+|"
    r"depletion|sponge|null|inhibition|ASO|LNA|decoy|(?:levels?\s|expression\s)?(?:was|were)\s(?:inhibited|knocked|"
    r"silenced|blocked|suppressed|reduced|decreased)|(?:levels?|expression)\s(?:decreas|reduc|fell|was reduced|was "
    r"decreased))",
    re.IGNORECASE,
)
_ANTI = re.compile(r"(?:anti-?|antago|antagomir-?|sponge-?)$", re.IGNORECASE)
_INVERSE = re.compile(
    r"invers|negative(?:ly)? (?:correlat|associat)|reciprocal|anti-?correlat|whereas|while\b|accompanied by|"
    r"concomitant|with a concurrent|oppos|but\b",
    re.IGNORECASE,
)
_TARGETING = re.compile(
    r"target(?!\s(?:sequence|protector|cell|site of action))|\bbinds?\b|\bbinding\b|\bbound\b|3['\u2019\u2032]?[- "
    r"]?\s?(?:UTR|untranslated)|\bseed\b|\baxis\b|complementar",
    re.IGNORECASE,
)
_TARGETING_NEAR = re.compile(
    r"\btargets?\b(?!\s(?:sequence|protector|cell))|3['\u2019\u2032]?[- ]?\s?(?:UTR|untranslated)|\baxis\b",
    re.IGNORECASE,
)
_ADJECTIVE = re.compile(
    r"-(?:driven|deficient|positive|negative|producing|transgenic|null|knockout|expressing|antisense|associated|/-|"
    r"\(-|treated|stimulated|enhanced|overexpressing)|\s?\(?-/-|\s(?:transgenic|knockout|mice|cells|deficien|"
    r"receptor antag|treatment|administration|stimulation)",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:no|not|neither|nor|without|failed to|fail to|unchanged|independent(?:ly)? of|did not|does not|unaffected|"
    r"rather than)\b",
    re.IGNORECASE,
)
_REPORTER = frozenset(
    "luciferase gfp egfp mcherry rfp lacz horseradish peroxidase streptavidin gapdh u6 actin \u03b2-actin tubulin "
    "dicer drosha ago2 argonaute gal4 gal80 cre creer flp uas "
    "tta rtta cas9".split()
)


@dataclass(frozen=True, slots=True)
class Relation:
    """Tie a miRNA mention to a gene mention of its sentence."""

    mirna: Span
    gene: Span
    kind: str  # target: the miRNA acts on the gene; regulator: the gene acts on the miRNA
    direction: str  # down, up or "" where only the link is stated
    start: int  # of the sentence
    end: int
    confidence: float


def targeted(document: Document, spans: Sequence[Span]) -> list[Span]:
    """Return the spans, each miRNA with the genes that its sentences tie to it: value["targets"].

    A target holds the miRNA's and the gene's normal form, the gene's ids and place, the miRNA's effect on it (down,
    up or ""), the sentence (quote, start, end) and the confidence.
    """
    found: dict[tuple[int, int], list[dict[str, object]]] = {}
    for relation in relations(document, spans):
        if relation.kind == "target":
            found.setdefault((relation.mirna.start, relation.mirna.end), []).append(_target(document, relation))
    return [
        replace(s, value={**s.value, "targets": found.get((s.start, s.end), [])}) if s.label == "mirna" else s
        for s in spans
    ]


def _target(document: Document, relation: Relation) -> dict[str, object]:
    """Return what a table of targets asks of the relation."""
    mirna, gene = relation.mirna, relation.gene
    return {
        "mirna": mirna.value.get("normal") or document.reading[mirna.start : mirna.end],
        "gene": gene.value.get("normal") or document.reading[gene.start : gene.end],
        "ids": dict(gene.value.get("ids") or {}),
        "at": [gene.start, gene.end],
        "direction": relation.direction,
        "quote": document.text[relation.start : relation.end],
        "start": relation.start,
        "end": relation.end,
        "confidence": relation.confidence,
    }


def relations(document: Document, spans: Sequence[Span]) -> list[Relation]:
    """Return the miRNA-gene relations that the sentences state."""
    named = [s for s in spans if s.label in ("mirna", "gene")]
    if not any(s.label == "mirna" for s in named):
        return []
    out = []
    for sentence in by_sentence(document, named):
        start, end, inside = sentence.start, sentence.end, sentence.inside
        mirnas = [s for s in inside if s.label == "mirna"]
        genes = [s for s in inside if s.label == "gene" and document.reading[s.start : s.end].lower() not in _REPORTER]
        for mirna in mirnas:
            for gene in genes:
                if relation := relate(document.reading, start, end, mirna, gene, mirnas):
                    out.append(relation)
    return out


def relate(text: str, start: int, end: int, mirna: Span, gene: Span, mirnas: Sequence[Span] = ()) -> Relation | None:
    """Return what the sentence `text[start:end]` says of the pair, or None where it ties them by nothing."""
    mirna_first = mirna.start < gene.start
    first, second = (mirna, gene) if mirna_first else (gene, mirna)
    between = text[first.end : second.start]
    before, after = text[start : first.start], text[second.end : end]
    if len(between) > 160 or _NO.search(between) or _ADJECTIVE.match(text[gene.end : end]):
        return None
    joined = bool(re.fullmatch(r"\s?[/\u2013-]\s?", between))
    target = _TARGETING.search(between) or (_TARGETING_NEAR.search(before[-60:] if not mirna_first else after[:45]))
    if (
        not target
        and not joined
        and (len(between) > 110 or re.search(r";|, (?:and|but|whereas) \w+ (?:was|were|is|are)\b", between))
    ):
        return None
    direction, strength = _direction(between, before, after, mirna_first=mirna_first)
    if not direction and not target and not joined and not re.search(_TARGET, between, re.IGNORECASE):
        return None
    kind = "target"
    if not target and not joined:
        passive = re.search(
            r"(?:ed|induced|driven)\s(?:\w+\s)?by\b|in response to|(?:dependent|depending) (?:on|upon)|downstream of|"
            r"under the control of|by\b.*\bin\b",
            between,
        )
        if (
            mirna_first
            and passive
            and not re.search(
                r"\bby\s\w*(?:reduc|increas|down|up|suppress|inhibit|target|bind|direct|modulat|regulat)", between
            )
        ) or (
            not mirna_first
            and direction
            and not passive
            and not _INVERSE.search(between)
            and re.search(
                rf"(?:{_UP}|{_DOWN}|regulat)\w*\s(?:(?:the|of|expression|levels?|mature|primary|transcription)\s)*$",
                between,
                re.IGNORECASE,
            )
        ):
            kind = "regulator"
    if not mirna_first and _ON_PROMOTER.search(between):
        kind = "regulator"
    silenced = bool(
        (_PERTURBED.search(text[start : mirna.start]) and not _STATED.search(text[start : mirna.start]))
        or _PERTURBED_AFTER.match(text[mirna.end : end])
        or _ANTI.search(text[start : mirna.start])
    )
    if direction and silenced and kind == "target" and not _INVERSE.search(between):
        direction = "down" if direction == "up" else "up"
    confidence = 0.9 if target and direction else 0.7 if direction or target else 0.5
    return Relation(mirna, gene, kind, direction, start, end, round(confidence * strength, 2))


def _direction(between: str, before: str, after: str, *, mirna_first: bool) -> tuple[str, float]:
    """Return the direction that the words between the pair give, and how much they are to be trusted."""
    if _INVERSE.search(between) and re.search(
        rf"{_DOWN}|{_UP}|correlat", between + before[-60:] + after[:60], re.IGNORECASE
    ):
        return "down", 0.9
    if not mirna_first and _RESTORED.search(before) and _REVERSED.search(between):
        return "down", 0.8
    hits = sorted(
        [(m.start(), "down") for m in re.finditer(_DOWN, between, re.IGNORECASE)]
        + [(m.start(), "up") for m in re.finditer(_UP, between, re.IGNORECASE)]
    )
    if hits:
        # the verb nearest to the thing acted on: before the gene, or after it in the passive
        sign = hits[-1][1] if mirna_first else hits[0][1]
        if len(hits) == 2 and hits[0][1] != hits[1][1] and re.search(r"by|through|via", between):
            sign = hits[-1][1]
        return sign, 0.9 if len(hits) == 1 else 0.8
    tail = after[:60] if mirna_first else after[:40]
    head = before[-50:]
    for words in (tail, head):
        down, up = re.search(_DOWN, words, re.IGNORECASE), re.search(_UP, words, re.IGNORECASE)
        if down and not up:
            return "down", 0.7
        if up and not down:
            return "up", 0.7
    return "", 0.8
