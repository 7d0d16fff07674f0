"""Compile the name lists that the model looks words up in, from gazetteers whose licence allows it."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from pathlib import Path

# Written for vivex: species words of animal studies.
SPECIES = """
mouse mice rat rats rabbit rabbits guinea-pig guinea-pigs hamster hamsters gerbil gerbils ferret ferrets dog dogs canine
beagle beagles cat cats feline pig pigs porcine swine minipig minipigs piglet piglets sheep ovine lamb lambs ewe ewes
goat goats caprine cow cows bovine calf calves horse horses equine monkey monkeys macaque macaques rhesus cynomolgus
baboon baboons marmoset marmosets chimpanzee chimpanzees primate primates human humans murine rodent rodents zebrafish
fish frog frogs xenopus chicken chickens chick chicks avian bird birds quail drosophila fly flies c-elegans worm worms
nematode nematodes e-coli bacteria yeast s-cerevisiae patient patients man men woman women people child children
mus-musculus rattus-norvegicus homo-sapiens danio-rerio drosophila-melanogaster caenorhabditis-elegans fetal-bovine
""".split()

# Words of the language that also are somebody's gene symbol or strain.
COMMON = frozenset(
    """a an and are as at be been but by can did do does for from gave had has have he her his if in into is it its may
    more most no not of off on one or our out over per she so some such than that the their then there these they this
    those to under up via was we were what when which who will with would also all any both each few how other same
    after age arm art band bank bar bite box can cap car cell chip clock coil cope core damage dead end face fat fate
    fish flap flight gap gene genes germ group groups hand hot impact inhibitor insert large lead level light link lock
    low map mass mate mean mice mouse rat rats melt men mild mix net nail nor novel old pack pad pain pan par part past
    path period pick pin pit plan plus pool pre prep raw rest ring role rod rose sample save sea set sex sham shot side
    site size sink skin sleep slit small star step stop strain stem tail task tan test tip top trap trial tube type wave
    weak well white wild word black brown control normal standard positive negative protein factor kit target
    task""".split()
)


def _rows(path: Path) -> Iterator[dict[str, str]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def _obo(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            m = re.match(r'name: (.+)|synonym: "([^"]+)"', line.rstrip())
            if m:
                yield m.group(1) or m.group(2)


def _trait(name: str) -> Iterator[str]:
    yield name
    short = re.sub(r"\s+(trait|measurement|level|amount|quantity|count|rate)$", "", name)
    if short != name and " " in short:
        yield short


def _condition(name: str) -> Iterator[str]:
    yield name
    short = re.sub(r"^controlled\s+(ex vivo |in situ |in utero )?|\s+(content|exposure|treatment)(\s+\w+)?$", "", name)
    if short != name and len(short) > 3:
        yield short


def read_names(folder: Path) -> dict[str, list[str]]:
    """Return the names of each category in the gazetteers folder (HGNC CC0; MGI, RGD, RS, CMO, XCO, VT, CL CC BY)."""
    symbols, full = [], []
    for row in _rows(folder / "hgnc.tsv.gz"):
        symbols += [row["symbol"], *re.split(r",\s*", row["aliases"] or ""), *re.split(r",\s*", row["previous"] or "")]
        full.append(re.sub(r"\s*\(.*?\)", "", row["name"] or ""))
    for table in ("mgi.tsv.gz", "rgd.tsv.gz"):
        for row in _rows(folder / table):
            symbols += [row["symbol"], *re.split(r"[;|]\s*", row["synonyms"] or "")]
    strains = list(_obo(folder / "rat_strain.obo.gz"))
    for row in _rows(folder / "mouse_rat_strains_mesh_efo.tsv"):
        strains += [row["name"], *(row["synonyms"] or "").split("|")]
    strains = [re.sub(r"(?i)^(mice|mouse|rats?|strain), |,? (mice|mouse|rats?)$", "", s) for s in strains]
    with (folder / "cell_types_CL_v2025.tsv").open(encoding="utf-8") as file:
        cells = [line.split("\t")[0] for line in file]
    traits = [
        t for table in ("vt", "clinical_measurement") for n in _obo(folder / f"{table}.obo.gz") for t in _trait(n)
    ]
    names = {
        "cell": cells + [c + "s" for c in cells],
        "condition": [c for n in _obo(folder / "experimental_condition.obo.gz") for c in _condition(n)],
        "gene_name": full,
        "gene_symbol": [s for s in symbols if len(s) > 1 and not re.search(r"\s.*\s", s) and not s.isdigit()],
        "method": list(_obo(folder / "measurement_method.obo.gz")),
        "species": SPECIES,
        "strain": strains,
        "trait": traits,
    }
    return {kind: [n for n in listed if _telling(kind, n)] for kind, listed in names.items()}


def _telling(kind: str, name: str) -> bool:
    return len(name) > 1 and (kind == "species" or (name.lower() not in COMMON and (kind != "strain" or len(name) > 2)))
