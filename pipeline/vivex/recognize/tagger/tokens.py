"""Words of a text with their offsets, and what a glance at each tells: case, shape, greek, numbers."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass

_WORD = re.compile(r"\d+(?:[.,·]\d+)*|[^\W\d_]+|[^\w\s]|_")
_GREEK = {
    "α": "a", "β": "b", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "eta", "θ": "q", "ι": "i", "κ": "k", "λ": "l",
    "μ": "u", "µ": "u", "ν": "nu", "π": "pi", "ρ": "rho", "σ": "s", "τ": "t", "φ": "phi", "χ": "chi", "ψ": "psi",
    "ω": "w", "ϕ": "phi", "ς": "s",
}  # fmt: skip
_GREEK_NAMES = {"alpha": "a", "beta": "b", "gamma": "g", "delta": "d", "epsilon": "e", "kappa": "k", "lambda": "l"}

SHAPES = (
    "lower", "title", "upper", "mixed", "lower-upper", "letter", "capital", "integer", "decimal", "hyphen", "bracket",
    "stop", "sign", "greek",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Hold the words of a text, their half-open character spans, and whether white space stands before each."""

    text: tuple[str, ...]
    start: tuple[int, ...]
    end: tuple[int, ...]
    spaced: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.text)


def words_of(text: str, *, offset: int = 0) -> Words:
    """Split into numbers, runs of letters and single signs; spans are shifted by `offset`."""
    found = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(text)]
    return Words(
        tuple(f[0] for f in found),
        tuple(f[1] + offset for f in found),
        tuple(f[2] + offset for f in found),
        tuple(f[1] == 0 or text[f[1] - 1].isspace() for f in found),
    )


@functools.lru_cache(maxsize=65536)
def shape_of(word: str) -> str:
    """Return one of SHAPES."""
    head = word[0]
    if head.isdigit():
        return "integer" if word.isdigit() else "decimal"
    if not head.isalpha():
        if head in "-‐‑–—−":
            return "hyphen"
        if head in "()[]{}⟨⟩":
            return "bracket"
        return "stop" if head in ".,;:?!" else "sign"
    if any(c in _GREEK for c in word):
        return "greek"
    if len(word) == 1:
        return "capital" if word.isupper() else "letter"
    if word.islower():
        return "lower"
    if word.isupper():
        return "upper"
    if head.isupper() and word[1:].islower():
        return "title"
    return "lower-upper" if head.islower() else "mixed"


@functools.lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """Return the word in lower case with Greek letters and their names as Latin letters, accents taken off."""
    low = word.lower()
    if low.isascii():
        return _GREEK_NAMES.get(low, low)
    low = "".join(_GREEK.get(c, c) for c in low)
    if low.isascii():
        return low
    return "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))


def fold_name(name: str) -> list[str]:
    """Return the folded letters and numbers of a name, signs left out: the key under which lexicons hold it."""
    return [folded(w) for w in words_of(name).text if w[0].isalnum()]
