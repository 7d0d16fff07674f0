"""Groups told by their animals, without the word group: "sham-operated rats", "Abc1−/− mice", "vehicle-treated mice".

Such words also stand for what a cage held or another paper did, so a paper must use a name several times, and name more
than one group of its kind: a comparison needs two.
"""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from vivex.vocabulary import DASHES, pattern

LEAST = 3  # mentions of a name
_DASH = rf"[{DASHES}]"
_WORD = rf"\w{{1,30}}(?:(?:{_DASH}|[/.+;:]){{1,2}}\w{{1,30}}){{0,4}}\+?"
_ALLELES = rf"(?:\+|{_DASH}|fl(?:ox)?|f|\u0394|lox|tm\w+)\s?/\s?(?:\+|{_DASH}|fl(?:ox)?|f|\u0394|lox|Y)(?!\w)"
_GENOTYPE = (
    rf"{_WORD}\s?{_ALLELES}(?:\s?{_ALLELES}){{0,2}}",
    rf"(?:{_WORD}\s)?(?:[cdi]?KOs?|DKO|TKO|TG|Tg|nulls?|mutants?|knock-?outs?|knock-?ins?|transgenics?|heterozygo\w+|"
    r"homozygo\w+)(?!\w)",
    rf"{_WORD}{_DASH}(?:KO|null|deficient|knock-?out|transgenic|overexpressing|mutant|Tg)(?!\w)",
    rf"(?:WT|[Ww]ild{_DASH}types?|[Ww]ild\stypes?|[Nn]on{_DASH}?transgenics?)(?!\w)",
)
_STATE = (
    r"(?:[Ss]ham|[Vv]ehicle|[Ss]aline|[Cc]ontrol|[Uu]ntreated|[Nn]a[i\u00ef]ve|[Uu]ninfected|[Uu]ninjected|[Pp]lacebo|"
    rf"[Nn]on{_DASH}?diabetic|[Dd]iabetic|[Oo]bese|[Ll]ean|[Ii]nfected|[Mm]ock)(?!{_DASH}?\w)",
    rf"{_WORD}{_DASH}(?:treated|injected|fed|infected|operated|lesioned|exposed|immuni[sz]ed|vaccinated|depleted|"
    r"deprived|restricted|supplemented|implanted|transplanted|primed|challenged|infused|stressed|trained|"
    r"administered|dosed|inoculated|engrafted|irradiated)(?!\w)",
)
_NO_WORD = frozenset(
    "the a an of in both these those all from with for and or by non were was was our other each".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Mark a name of animals as a group: its place, and whether a genotype or what was done names it."""

    start: int
    end: int
    kind: str  # genotype, state


@functools.cache
def _phrases() -> dict[str, re.Pattern[str]]:
    animals = pattern("animals", "named", "animal", "young", "female", "male", whole=False)
    nouns = rf"(?:{animals}|controls?|littermates?|recipients?|larvae|embryos)"
    noun = rf"(?=\s(?:(?:male|female|adult|littermate)\s)?{nouns}(?!\w))"
    alleles, *others = _GENOTYPE  # alleles say a genotype also alone: "food intake of Abc1+/− and Abc1−/− fell"
    return {
        "genotype": re.compile(rf"(?<![\w-])(?:{alleles}(?!\s(?:cells?|neurons?|MEFs?))|(?:{'|'.join(others)}){noun})"),
        "state": re.compile(rf"(?<![\w-])(?:{'|'.join(_STATE)}){noun}"),
    }


def phrases(text: str, begin: int, end: int) -> Iterator[Phrase]:
    """Yield the names of animals in `text[begin:end]` that may be groups, in reading order."""
    found = [
        Phrase(*match.span(), kind) for kind, named in _phrases().items() for match in named.finditer(text, begin, end)
    ]
    last = begin
    for phrase in sorted(found, key=lambda p: (p.start, -p.end)):
        if phrase.start >= last and text[phrase.start : phrase.end].split()[0].lower() not in _NO_WORD:
            yield phrase
            last = phrase.end


def compared(named: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return the keys, of (kind, key) of all phrases of a paper, that it uses as groups."""
    counts = Counter(named)
    often: dict[str, set[str]] = defaultdict(set)
    for (kind, key), n in counts.items():
        if n >= LEAST:
            often[kind].add(key)
    return frozenset(key for keys in often.values() if len(keys) > 1 for key in keys)
