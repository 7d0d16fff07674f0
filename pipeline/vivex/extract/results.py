"""Candidates for what was found: outcomes, microRNAs, target genes, and the sentences that state the main result."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.extract.phrases import runs
from vivex.extract.reading import Candidate, Reading, mention_candidates, tidy

_MIRNA = re.compile(
    r"\b(?:(?:[a-z]{3}-)?(?:miR|miRNA|microRNA|mir|MIR|MiR)[ -]?\d+[a-z]?(?:-\d{1,2})?(?:[- ]?[35]p)?\*?|(?:hsa-|mmu-|rno-)?[Ll]et-?7[a-i]?\d?(?:-\d)?(?:-?[35]p)?)(?![\w])"
)
_SYMBOL = re.compile(
    r"\b(?:[A-Z][A-Z0-9]{1,6}(?:-?[αβγδκ])?(?:-\d{1,2}[A-Zαβγ]?)?|[A-Z][a-z]{1,3}\d{1,3}[a-z]?|(?:IL|TNF|TGF|IFN|NF|TLR|MMP|CXCL|CCL)-?[αβγκ\d]+[A-Zαβγ]?|[αβγδ]-?[a-z]{4,12}|[A-Z][a-z]{2,5}[A-Z]?\d+\w{0,3}|Foxp3|Wnt\w*|Notch\w*|mTOR\w*|p53|p38)\b"
)
_NOT_GENE = frozenset(
    "DNA RNA PCR ELISA PBS USA UK SEM SD ANOVA NIH GFP EGFP HE DMSO BSA SDS PAGE IP IV CT MRI PET TEM WT KO RT DAPI II III IV VI OR CI HR RNAi mRNA cDNA NC NS FACS HRP EDTA CO2 H2O2 AM PM IgG LPS".split()
)


def candidates(reading: Reading) -> Iterator[Candidate]:
    """Yield the candidates of the results' fields."""
    for line in reading.lines:
        for match in _MIRNA.finditer(line.text):
            yield Candidate(
                "mirna", tidy(match.group()), line.start + match.start(), line.start + match.end(), line.index, "name"
            )
        for match in _SYMBOL.finditer(line.text):
            if match.group() not in _NOT_GENE:
                yield Candidate(
                    "target_gene",
                    match.group(),
                    line.start + match.start(),
                    line.start + match.end(),
                    line.index,
                    "symbol",
                )
        if (
            line.kind != "title"
            and len(line.text.split()) > 5
            and line.role not in ("introduction", "statements", "references")
        ):
            yield Candidate("main_result", tidy(line.text), line.start, line.end, line.index, line.role)
        if line.role in ("methods", "results", "abstract", "other"):
            for begin, end, way in runs(line.words):
                if end - begin > 3:
                    yield Candidate(
                        "outcomes", tidy(line.text[begin:end]), line.start + begin, line.start + end, line.index, way
                    )
    for field, label in (("mirna", "mirna"), ("target_gene", "gene"), ("outcomes", "outcome")):
        yield from mention_candidates(reading, field, label)
