"""The compiled lexicons: sorted key files, looked up by bisection without being parsed.

Files lie in vivex/data/lexicon, made by scripts/compile_lexicons.py from the sources that LICENCES.md there names. Each
is gzipped lines "key<TAB>value" in byte order; `genes.records.gz` holds the records that the values of `genes.keys.gz`
number.
"""

from __future__ import annotations

import bisect
import functools
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

from vivex.errors import MissingModel

FOLDER = Path(__file__).parent.parent / "data" / "lexicon"
GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "κ": "kappa",
    "λ": "lambda",
    "µ": "mu",
    "μ": "mu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "σ": "sigma",
    "τ": "tau",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "ɛ": "epsilon",
    "ϕ": "phi",
}
_GREEK_LETTER = str.maketrans({g: n[0] for g, n in GREEK.items()} | {"κ": "k", "χ": "c", "ϕ": "p"})
_GREEK_WORD = str.maketrans(GREEK)
_WORD_TO_LETTER = re.compile(r"(alpha|beta|gamma|delta|epsilon|kappa)(?=$|\d|[\s-])")
_APART = re.compile(r"[\s\-\u2010-\u2015\u2212_,()]+")
_PLURAL = re.compile(r"(?<=[a-z]{3})(?<!s)s$")
_STRIDE = 2048  # bytes of a key file between two keys that are at hand
_DROP = re.compile(r"[\s\-\u2010-\u2015\u2212_.,/'’′()\[\]:;]+")


@functools.lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """Return the key under which a name is looked up: lower case, Greek as letters ("IL-1β" and "IL1B" are il1b)."""
    lowered = name.lower().translate(_GREEK_LETTER)
    lowered = _WORD_TO_LETTER.sub(lambda m: m[1][0], lowered)
    return _DROP.sub("", lowered)


@functools.lru_cache(maxsize=65536)
def phrase_key(name: str) -> str:
    """Return the key of a name of several words: lower case, Greek spelt, hyphens as spaces, plural as singular."""
    return _PLURAL.sub("", _APART.sub(" ", name.lower().translate(_GREEK_WORD)).strip())


class Keys:
    """Look keys up in sorted lines "key<TAB>value"; one key in some hundred is at hand, from which a line is sought."""

    def __init__(self, data: bytes) -> None:
        self._data = b"\n" + data.strip(b"\n") + b"\n"
        self._places: list[int] = []  # of the line ends before some lines
        self._firsts: list[bytes] = []  # the keys of those lines
        place = 0
        while 0 <= place < len(self._data) - 1:
            self._places.append(place)
            self._firsts.append(self._data[place + 1 : self._data.find(b"\t", place)])
            place = self._data.find(b"\n", place + _STRIDE)
        self._places.append(len(self._data))

    def get(self, key: str) -> str | None:
        """Return the value of `key`, or None."""
        wanted = key.encode()
        part = bisect.bisect_right(self._firsts, wanted)
        if not part or b"\t" in wanted or b"\n" in wanted:
            return None
        at = self._data.find(b"\n" + wanted + b"\t", self._places[part - 1], self._places[part])
        if at < 0:
            return None
        begin = at + len(wanted) + 2
        return self._data[begin : self._data.find(b"\n", begin)].decode()

    def words(self) -> frozenset[str]:
        """Return the words of all keys."""
        lines = self._data.decode().strip("\n").split("\n")
        return frozenset(word for line in lines for word in line.split("\t")[0].split(" "))

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None

    def __len__(self) -> int:
        return self._data.count(b"\n") - 1


@dataclass(frozen=True, slots=True)
class Gene:
    """Hold a gene: its human symbol (or the rodent one where no human gene is known) and its ids by source."""

    symbol: str
    hgnc: str = ""
    mgi: str = ""
    rgd: str = ""
    mouse: str = ""
    rat: str = ""
    kind: str = "p"  # p protein, n non-coding, o other

    def symbol_in(self, species: str) -> str:
        """Return the symbol used for the species ("mouse", "rat"), else the human one."""
        return {"mouse": self.mouse, "rat": self.rat}.get(species) or self.symbol


def _read(name: str) -> bytes:
    path = FOLDER / name
    if not path.exists():
        raise MissingModel(f"{path}: the lexicon is missing; run scripts/compile_lexicons.py or install vivex again")
    return gzip.decompress(path.read_bytes())


@functools.cache
def keys(name: str) -> Keys:
    """Return a key file of the lexicon folder ("genes.keys", "mirna", "strains", "cells", "phrases")."""
    return Keys(_read(f"{name}.gz"))


@functools.cache
def _records() -> list[str]:
    return _read("genes.records.gz").decode().split("\n")


@functools.cache
def gene_record(number: int) -> Gene:
    """Return the numbered gene."""
    return Gene(*_records()[number].split("\t"))


@functools.lru_cache(maxsize=65536)
def genes(name: str) -> tuple[tuple[Gene, str], ...]:
    """Return the genes that a symbol or alias may mean, each with how ("s" symbol, "p" previous symbol, "a" alias, "n"
    name).
    """
    found = keys("genes.keys").get(key_of(name))
    if not found:
        return ()
    return tuple((gene_record(int(item[1:])), item[0]) for item in found.split(","))


@functools.lru_cache(maxsize=65536)
def genes_named(phrase: str) -> tuple[tuple[Gene, str], ...]:
    """Return the genes whose full name the phrase is ("interleukin 6")."""
    found = keys("genes.names").get(phrase_key(phrase))
    return tuple((gene_record(int(item)), "n") for item in found.split(",")) if found else ()


@functools.cache
def usual() -> dict[str, str]:
    """Return key -> human symbol for the everyday names of gene_usual.tsv."""
    table: dict[str, str] = {}
    for line in (FOLDER / "gene_usual.tsv").read_text(encoding="utf-8").split("\n"):
        if line and not line.startswith("#"):
            names, symbol = line.split("\t")
            table.update((key_of(name), symbol) for name in names.split(", "))
    return table


@functools.cache
def words(name: str) -> frozenset[str]:
    """Return a plain word list of the lexicon folder, one entry a line, # for comments."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
