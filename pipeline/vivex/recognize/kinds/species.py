"""Species words, with their NCBI taxon."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vivex.recognize.spans import Span

SOURCE = "grammar:species@1"

# common English singular: (NCBI taxon id, other words for it)
SPECIES: dict[str, tuple[str, str]] = {
    "mouse": ("10090", "mice murine mus_musculus m._musculus m._domesticus"),
    "rat": ("10116", "rats rattus_norvegicus r._norvegicus rattus"),
    "human": ("9606", "humans homo_sapiens h._sapiens"),
    "rabbit": ("9986", "rabbits oryctolagus_cuniculus leporine"),
    "guinea pig": ("10141", "guinea_pigs guinea-pig guinea-pigs cavia_porcellus"),
    "hamster": ("10026", "hamsters syrian_hamster syrian_hamsters golden_hamster golden_hamsters mesocricetus_auratus"),
    "chinese hamster": ("10029", "chinese_hamsters cricetulus_griseus"),
    "gerbil": ("10047", "gerbils mongolian_gerbil mongolian_gerbils meriones_unguiculatus m._unguiculatus"),
    "pig": (
        "9823",
        "pigs porcine piglet piglets swine minipig minipigs mini-pigs sus_scrofa s._scrofa gilts sows boars",
    ),
    "sheep": ("9940", "ovine ewe ewes lamb lambs ovis_aries"),
    "goat": ("9925", "goats caprine capra_hircus"),
    "cow": ("9913", "cattle bovine calf calves cows heifers steers bos_taurus"),
    "horse": ("9796", "horses equine equus_caballus pony ponies"),
    "dog": ("9615", "dogs canine canines beagles canis_familiaris canis_lupus_familiaris"),
    "cat": ("9685", "cats feline felines felis_catus"),
    "ferret": ("9669", "ferrets mustela_putorius_furo"),
    "non-human primate": ("9443", "non-human_primates nonhuman_primate nonhuman_primates primate primates"),
    "monkey": ("9527", "monkeys macaque macaques macaca simian"),
    "rhesus monkey": ("9544", "rhesus_monkeys rhesus_macaque rhesus_macaques macaca_mulatta m._mulatta"),
    "cynomolgus monkey": (
        "9541",
        "cynomolgus_monkeys cynomolgus_macaque cynomolgus_macaques macaca_fascicularis m._fascicularis",
    ),
    "marmoset": ("9483", "marmosets callithrix_jacchus common_marmoset common_marmosets"),
    "baboon": ("9554", "baboons papio_anubis"),
    "chimpanzee": ("9598", "chimpanzees pan_troglodytes"),
    "squirrel monkey": ("9521", "squirrel_monkeys"),
    "zebrafish": ("7955", "danio_rerio d._rerio zebra_fish"),
    "medaka": ("8090", "oryzias_latipes"),
    "fish": ("7898", "fishes"),
    "killifish": ("105023", "nothobranchius_furzeri"),
    "trout": ("8022", "rainbow_trout"),
    "frog": ("8342", "frogs toads toad"),
    "xenopus laevis": ("8355", "x._laevis xenopus"),
    "xenopus tropicalis": ("8364", "x._tropicalis"),
    "chicken": ("9031", "chickens chick chicks gallus_gallus hens broilers broiler_chickens"),
    "quail": ("93934", "quails"),
    "duck": ("8839", "ducks ducklings"),
    "pigeon": ("8932", "pigeons"),
    "zebra finch": ("59729", "zebra_finches taeniopygia_guttata"),
    "fruit fly": ("7227", "drosophila drosophila_melanogaster d._melanogaster fruit_flies flies"),
    "nematode worm": ("6239", "c._elegans caenorhabditis_elegans worms nematodes"),
    "mosquito": ("7157", "mosquitoes"),
    "rodent": ("9989", "rodents"),
    "vole": ("79684", "voles prairie_vole prairie_voles"),
    "squirrel": ("55153", "ground_squirrels squirrels"),
    "sea urchin": ("7668", "s._purpuratus strongylocentrotus_purpuratus sea_urchins"),
    "tree shrew": ("37347", "tree_shrews tupaia_belangeri"),
    "naked mole-rat": ("10181", "naked_mole-rats naked_mole_rats heterocephalus_glaber"),
    "cotton rat": ("42415", "cotton_rats sigmodon_hispidus"),
    "bat": ("9397", "bats"),
    "opossum": ("9267", "opossums"),
    "turtle": ("8459", "turtles"),
    "snake": ("8570", "snakes"),
    "lizard": ("8504", "lizards"),
    "honeybee": ("7460", "honeybees honey_bees apis_mellifera"),
    "owl": ("30458", "owls barn_owls barn_owl"),
}
TAXA = {name: (name, taxon) for name, (taxon, _) in SPECIES.items()} | {
    other.replace("_", " "): (name, taxon) for name, (taxon, others) in SPECIES.items() for other in others.split()
}
_WORDS = sorted(TAXA, key=len, reverse=True)
_PATTERN = re.compile(
    r"(?<![A-Za-z0-9])(?<![A-Za-z]-)(?:"
    + "|".join(re.escape(w).replace(r"\ ", r"\s?").replace(r"\.", r"\s?\.") for w in _WORDS)
    + r")(?![A-Za-z0-9])",
    re.IGNORECASE,
)
_NOT_ANIMAL = re.compile(r"\s(?:leukemia|leukaemia|sarcoma) virus|\s?(?:-1|-2)\b")
_FOOD = re.compile(r"\s(?:oil|meal|gelatin|skin gelatin|milk|liver oil|tank|serum albumin)\b", re.IGNORECASE)
_NOT_SPECIES = frozenset(
    ("cat", "bat", "fish", "rat", "worms", "flies", "lamb", "calf", "duck", "hens", "toad", "bats", "turtle")
)


def find_species(text: str) -> Iterator[Span]:
    """Yield the species mentions of `text`."""
    for match in _PATTERN.finditer(text):
        written = match.group()
        name = re.sub(r"\s?\.\s?", ". ", re.sub(r"\s+", " ", written.lower())).strip()
        if written.isupper() and len(written) <= 4:  # CAT, BAT, RAT: acronyms
            continue
        if _NOT_ANIMAL.match(text, match.end()) or (
            name in ("fish", "bovine", "cow", "calf") and _FOOD.match(text, match.end())
        ):
            continue
        common, taxon = (
            TAXA.get(name)
            or TAXA.get(name.replace(" ", ""))
            or TAXA.get(name.replace("guineapig", "guinea pig"), (name, ""))
        )
        yield Span(match.start(), match.end(), "species", {"normal": common, "taxon": taxon}, SOURCE, 0.95)
