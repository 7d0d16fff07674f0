"""A sentence as the rules read it: folded text, clauses, and what it is about (this study or something else)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from vivex.assess.reading.words import ANIMAL, pattern
from vivex.document import Block, Document
from vivex.headings import role_of
from vivex.sentences import sentences

KINDS = ("title", "abstract", "paragraph", "list", "caption", "footnote", "table", "other")


@dataclass(frozen=True, slots=True)
class FoldedSentence:
    """Hold a sentence's span, its folded text and clauses, its place, and its scope."""

    start: int
    end: int
    text: str  # lower case, ligatures, dashes, abbreviations and decimals plain, contrast with other work removed
    raw: str  # plain, case kept
    clauses: tuple[str, ...]
    kind: str
    role: str
    heading: str  # folded heading path
    foreign: bool  # speaks of another study
    in_vitro: bool
    human: bool  # speaks of human trials
    future: bool  # speaks of what ought to be done

    @property
    def is_label(self) -> bool:
        """Tell whether these are a few words that only announce what follows, such as "Competing interests"."""
        return len(self.raw.split()) <= LABEL and not self.raw.endswith((".", "!", "?")) and ": " not in self.raw

    @property
    def is_whole(self) -> bool:
        """Tell whether this is a sentence by its looks: a capital or number to begin with, some words, a stop."""
        start = self.raw.lstrip("([\"'").lstrip()
        begun = start[:1].isupper() or start[:1].isdigit()
        return begun and len(self.raw.split()) >= LABEL and self.raw.rstrip(")]\"' ").endswith((".", "!", "?"))

    @property
    def on_interests(self) -> bool:
        """Tell whether this is a statement of interests by its heading or its label: "Disclosures", "None."."""
        label, colon, rest = self.text.partition(":")
        return self._interests_above or (bool(colon and rest.strip()) and bool(_INTERESTS.fullmatch(label.strip())))

    @property
    def with_heading(self) -> str:
        """Return the sentence as it stands, after its heading where it says nothing without it: "None declared."."""
        return f"{self.heading.rpartition(' > ')[2].capitalize()}: {self.raw}" if self._interests_above else self.raw

    @property
    def _interests_above(self) -> bool:
        return self.role == "statements" and bool(_INTERESTS.fullmatch(self.heading.rpartition(" > ")[2]))

    @property
    def own(self) -> bool:
        """Tell whether the sentence can speak of this study's animals."""
        return not (self.foreign or self.in_vitro or self.human or self.future)


_INTERESTS = re.compile(
    r"(?:(?:authors?'? )?(?:declarations?|statements?|disclosures?) (?:of|on|"
    r"about) )?(?:(?:authors?'?|potential|possible|any|financial|commercial|competing|conflicting|"
    r"dual|duality of|conflicts? of) ){0,4}(?:interests?|disclosures?)(?: (?:statements?|"
    r"declarations?|disclosures?))?|coi(?: statement)?"
)
LABEL = 5  # words of a line that announces what follows, at most
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\u00ad"), "-") | {
    ord("\u2019"): "'",
    ord("\u2018"): "'",
    ord("\u201c"): '"',
    ord("\u201d"): '"',
}


def fold(text: str) -> str:
    """Return the text with ligatures, dashes, quotation marks and white space made plain; case is kept."""
    text = re.sub(r"(?<=[a-z])[-\u2010\u00ad][ \t]*\n[ \t]*(?=[a-z])", "", text)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)).strip()


_ABBREVIATED = re.compile(
    r"\b(vs|e\.g|i\.e|i\.p|i\.v|s\.c|i\.m|p\.o|i\.c\.v|fig|figs|approx|ca|b\.w|resp|al|no|nos|suppl|ref|"
    r"exp)\.(?=[\s,;)])",
    re.IGNORECASE,
)
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")


def unstopped(text: str) -> str:
    """Return the text without full stops that end no sentence or clause (6.8 becomes 6·8, i.p. becomes ip)."""
    text = text.replace("wild type", "wild-type")
    return _ABBREVIATED.sub(lambda m: m.group(1).replace(".", ""), _DECIMAL.sub("·", text))


_CONTRAST = re.compile(
    r"\b(?:in contrast (?:to|with)|unlike|contrary to|as opposed to|different from|differently from|"
    r"other than in|rather than in) "
    r"[^,;]*(?:study|studies|trials?|work|experiments?|report|paper|patients|humans?)\b[^,;]*,"
)
_CLAUSE = re.compile(
    r"\s{0,3}(?:;|:\s|,?\s{1,3}but\b|,?\s{1,3}however\b,?|,?\s{1,3}whereas\b|,?\s{1,3}while\b|,?\s{1,3}although\b|"
    r",?\s{1,3}though\b|"
    r",?\s{1,3}nevertheless\b,?|,?\s{1,3}yet\b|"
    r",\s{1,3}and\b|,\s{1,3}(?=the\b|an?\b|all\b|no\b|none\b|these\b|those\b|we\b)|\.\s{1,3}(?=\w)|\bdespite\b|"
    r",\s{1,3}so that\b|,\s{1,3}as\s{1,3}(?=the\b|it\b))\s{0,3}"
)
_FOREIGN = re.compile(
    r"\b(?:study|studies|trials?|work|experiments?|reports?|paper|article|article|hands) (?:of|by|"
    r"from) (?!(?:our|the (?:effects?|same)|this|these|an?|rats?|mice|"
    r"animals?)\b)(?:[a-z]+ ){0,2}(?:and (?:co-?workers|colleagues|associates)|et al)|\bco-?workers\b|"
    r"\bet al\.?,?(?: \(?\d{4}\)?| \[\d+\])?,? (?:have |had |also )?(?:allocated|assigned|randomi|"
    r"used|reported|found|showed|blinded|described|observed|did|performed|demonstrated|treated|"
    r"excluded|kept|housed|stated)|\b(?:previous|earlier|prior|other|published|recent|former|these|"
    r"those|several|many|most|few) (?:\w+ ){0,2}(?:studies|trials|reports|authors|investigators|"
    r"publications|papers|groups of researchers)\b|\b(?:a|another|one|an) (?:previous|earlier|recent|"
    r"former|prior|different|published) (?:\w+ ){0,2}(?:study|trial|report|work|paper)\b|\b(?:in|of|"
    r"from) the (?:previous|earlier|former|preceding) (?:\w+ )?(?:study|trial|work|report|paper)\b|"
    r"\b(?:meta-analys[ei]s|systematic reviews?)\b|\bas reported (?:elsewhere )?by\b|\bin (?:their|"
    r"his|her) (?:study|work|experiments?|trial|hands)\b"
)
_CITED_NAME = re.compile(
    r"\b(?:study|studies|trial|work|experiments?|report|paper) (?:of|by|from) (?!We\b|The\b|"
    r"Our\b)(?:[A-Z][\w'-]+(?: and (?:[A-Z][\w'-]+|co-?workers|colleagues))?)(?: \(?\d{4}|[ ,]|'s)"
    r"|\b(?:[A-Z][a-z'-]+) (?:et al\b|and (?:co-?workers|colleagues|associates)\b)(?:[^.]{0,15}?) (?:have |"
    r"had )?(?:\w+ed|found|did|kept|gave|chose)\b"
    r"|\b(?:As|as) (?:in|did|by) [A-Z][a-z'-]+ et al"
)
_OWN = re.compile(
    r"\b(?:we|our|ours|us)\b|\b(?:this|the present|the current|present|current) (?:study|work|experiment|"
    r"trial|investigation|paper)\b|\bhere\b"
)
_VITRO = re.compile(
    r"\bin[ -]?vitro\b|\bcultured?\b|\bcultures\b|\bcell lines?\b|\bwells\b|\b(?:per|each|every|one|a|\d+)[ -]well\b|"
    r"\bwell (?:plates?|dish)|\bpetri\b|"
    r"\bculture (?:condition|dish|plate)|\btransfect\w*|\bhek ?-?293\w*|\bhela\b|"
    r"\b(?:applied|added|perfused) (?:\w+ )?(?:to|on|over|onto) the (?:brain )?slices?\b|\bsoft agar\b|"
    r"\bagar plates?\b|\borganoids?\b|\bfibroblasts were (?:seeded|plated)|\b(?:seeded|plated)\b|"
    r"\bmonolayers?\b|\bpassaged?\b|\bspheroids?\b|\bdishes\b|\bcoverslips?\b|\bco-?cultur\w*|\bflasks?\b|"
    r"\bscratch (?:wound|assay)"
)
_HUMAN = re.compile(
    r"\b(?:patients?|participants?|volunteers?|outpatients?|clinical trials?|"
    r"randomi[sz]ed(?: and)?,? (?:\w+[-, ]+){0,3}(?:controlled|clinical) trials?|rcts?|"
    r"human (?:trials?|studies|subjects)|"
    r"placebo-controlled (?:\w+ )?(?:trials?|stud(?:y|ies))|phase (?:i|ii|iii|[123])[ab]? (?:trials?|stud)|"
    r"women|men\b|children|infants|adults with)"
)
_FUTURE = re.compile(
    r"\b(?:future|further|larger|subsequent|forthcoming|later|additional) (?:\w+ ){0,3}(?:studies|trials?|"
    r"experiments?|work|research)\b.*\b(?:should|ought|need|must|will|would|could|are|remain|is)\b|"
    r"\bought to\b|\bwe (?:recommend|suggest|propose|advocate|plan)\b.*\b(?:studies|trials|experiments|researchers)\b|"
    r"\b(?:studies|trials|experiments|researchers|investigators|authors|guidelines?) (?:\w+ ){0,3}(?:should|"
    r"must|ought|need to|recommend)\b|"
    r"\b(?:it (?:would|will) be|would be) (?:desirable|necessary|important|of interest|better|worthwhile|"
    r"useful|interesting)\b|\bremains? to be\b|\bwould have (?:been|required)\b"
)
_ANIMAL = pattern(r"\b{ANIMAL}\b")
_LOOSE_ANIMAL = re.compile(r"\bsubjects\b")
_ANIMAL_HEADING = re.compile(r"\banimals?\b|in vivo|mice|rats?\b|behavio")
_VITRO_HEADING = re.compile(r"\bcell (?:culture|lines?)\b|in vitro|transfection|luciferase|cell viability|mtt\b")


def read(document: Document) -> tuple[FoldedSentence, ...]:
    """Return the readings of a document's sentences in reading order; tables count as one sentence each.

    Of what belongs to no text, such as the margin of page one, only statements ("Competing interests: ...") are read.
    """
    found = []
    for sentence in sentences(document, kinds=KINDS):
        section = document.sections[sentence.block.section] if sentence.block.section is not None else None
        role = "abstract" if sentence.block.kind == "abstract" else section.role if section else "other"
        if role == "references":
            continue
        aside = sentence.block.kind == "other"
        if aside:
            role = "statements"
            if not _is_statement(document, sentence.block):
                continue
        heading = fold(" > ".join(section.path)).lower() if section else ""
        found.append(
            reading(
                document.reading[sentence.start : sentence.end],
                start=sentence.start,
                end=sentence.end,
                kind="footnote" if aside else sentence.block.kind,
                role=role,
                heading=heading,
            )
        )
    return tuple(found)


def _is_statement(document: Document, block: Block) -> bool:
    """Tell whether the block begins with a statement's heading and goes on after it."""
    label, colon, rest = document.reading[block.start : block.end].partition(":")
    return bool(colon and rest.strip()) and role_of(label) == "statements"


def reading(
    text: str,
    *,
    start: int = 0,
    end: int | None = None,
    kind: str = "paragraph",
    role: str = "other",
    heading: str = "",
) -> FoldedSentence:
    """Return the reading of one sentence."""
    raw = fold(text)
    lower = unstopped(raw.lower())
    lower = _CONTRAST.sub("", lower).strip()
    return FoldedSentence(
        start=start,
        end=len(text) if end is None else end,
        text=lower,
        raw=raw,
        clauses=tuple(_clauses(lower)),
        kind=kind,
        role=role,
        heading=heading,
        foreign=_foreign(raw, lower, role),
        in_vitro=_in_vitro(lower, heading),
        human=bool(_HUMAN.search(lower)) and not _animal(lower),
        future=bool(_FUTURE.search(lower)),
    )


def _animal(text: str) -> bool:
    return bool(_ANIMAL.search(_LOOSE_ANIMAL.sub("", text)))


def _clauses(text: str) -> Iterator[str]:
    for part in _CLAUSE.split(text):
        if part and part.strip(" .,"):
            yield part.strip(" ,")


def _foreign(raw: str, lower: str, role: str) -> bool:
    if role == "statements" or re.search(
        r"\bauthors? (?:\w+ ){0,2}declare|\bcompeting interests?\b|\bconflicts? of interest", lower
    ):
        return False
    if _OWN.search(lower) and not _CITED_NAME.search(raw):
        return False
    if _FOREIGN.search(lower) or _CITED_NAME.search(raw):
        return True
    return role == "introduction"


def _in_vitro(lower: str, heading: str) -> bool:
    if "in vivo" in lower:
        return False
    if _VITRO.search(lower):
        return not re.search(
            rf"\b{ANIMAL}\b[^.]{{0,40}}\b(?:were|was) (?:randomly |then )?(?:assigned|allocated|divided|"
            r"randomi[sz]ed|housed|treated|injected)",
            lower,
        )
    return bool(_VITRO_HEADING.search(heading)) and not _ANIMAL_HEADING.search(heading) and not _animal(lower)
