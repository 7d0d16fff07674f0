"""Gene names to symbols and HGNC, MGI, RGD ids by the paper's species; ambiguous names stay open, with candidates."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any

from vivex.recognize.lexicon import Gene, genes, genes_named, key_of, usual

# Groups of genes that have a name of their own and no single record: the name to show.
FAMILIES = {
    "mek": "MEK",
    "stat5": "STAT5",
    "mglur": "mGluR",
    "mglurs": "mGluR",
    "hsf": "HSF",
    "nuclearfactorkappab": "NF-\u03baB",
    "nuclearfactorkb": "NF-\u03baB",
    "superoxidedismutase": "superoxide dismutase",
    "glutathioneperoxidase": "glutathione peroxidase",
    "aglucosidase": "\u03b1-glucosidase",
    "ras": "RAS",
    "raf": "RAF",
    "ck2": "CK2",
    "estrogenreceptor": "estrogen receptor",
    "nfkb": "NF-\u03baB", "pi3k": "PI3K", "mapk": "MAPK", "mapks": "MAPK", "erk": "ERK", "erks": "ERK",
    "erk12": "ERK1/2", "jnk": "JNK", "jnks": "JNK", "akt": "AKT", "pkb": "AKT",
    "p38": "p38 MAPK", "p38mapk": "p38 MAPK", "pka": "PKA", "pkc": "PKC", "ampk": "AMPK", "wnt": "WNT", "wnts": "WNT",
    "notch": "NOTCH", "hh": "Hedgehog", "hedgehog": "Hedgehog",
    "smad": "SMAD", "smads": "SMAD", "smad23": "SMAD2/3", "tlr": "TLR", "tlrs": "TLR", "mmp": "MMP", "mmps": "MMP",
    "timp": "TIMP", "timps": "TIMP", "bmp": "BMP", "bmps": "BMP",
    "tgfb": "TGF-\u03b2", "collagen": "collagen", "collagens": "collagen", "integrin": "integrin",
    "integrins": "integrin", "caspase": "caspase", "caspases": "caspase",
    "actin": "actin", "tubulin": "tubulin", "keratin": "keratin", "laminin": "laminin", "myosin": "myosin",
    "fgf": "FGF", "pdgf": "PDGF", "igf": "IGF", "ifn": "IFN", "hsp": "HSP", "hsps": "HSP",
    "mtorc1": "mTORC1", "mtorc2": "mTORC2", "proteasome": "proteasome", "nmdar": "NMDA receptor",
    "nmdars": "NMDA receptor", "nmdareceptor": "NMDA receptor", "nmdareceptors": "NMDA receptor",
    "ampar": "AMPA receptor", "ampars": "AMPA receptor", "gsk3": "GSK3", "stat": "STAT", "jak": "JAK",
    "mhcclassii": "MHC class II", "mhcii": "MHC class II", "mhc": "MHC",
    "hemoglobin": "hemoglobin", "haemoglobin": "hemoglobin", "fibrinogen": "fibrinogen", "cytochromec": "cytochrome c",
}  # fmt: skip
# Reporters, tags and reagents from other organisms: a name, no vertebrate gene.
FOREIGN = {
    "gal4": "GAL4", "gal4ff": "GAL4", "bgalactosidase": "\u03b2-galactosidase",
    "fireflyluciferase": "firefly luciferase", "renillaluciferase": "Renilla luciferase",
    "gfp": "GFP", "egfp": "EGFP", "yfp": "YFP", "eyfp": "EYFP", "rfp": "RFP", "mcherry": "mCherry",
    "tdtomato": "tdTomato", "lacz": "lacZ", "cre": "Cre", "creert2": "CreERT2", "creer": "CreER",
    "luciferase": "luciferase", "horseradishperoxidase": "horseradish peroxidase", "hrp": "horseradish peroxidase",
    "streptavidin": "streptavidin", "greenfluorescentprotein": "GFP", "dsred": "DsRed",
}  # fmt: skip
PROTEIN_WORDS = re.compile(
    r"receptor|kinase|protein|factor|gene\b|\w{3}ase\b|channel|transporter|antigen|cadherin|integrin|globin|globulin|"
    r"interleukin|interferon|hormone|peptide|"
    r"ligand|collagen|actin\b|\win(?:[- ](?:\d+|[\u03b1-\u03c9]))?$|homolog|cytochrome|chemokine|cytokine|activator|"
    r"inhibitor \d|member|like \d|oncogene",
    re.IGNORECASE,
)
_ORTHOLOGUES = {"mouse": "mgi", "rat": "rgd", "human": "hgnc"}


def gene_value(written: str, *, species: str = "", seen: Collection[str] = (), long: str = "") -> dict[str, Any]:
    """Return symbol, ids, candidates and normal form of a gene as written.

    `species` is the paper's main species; `seen` holds the human symbols that the paper names without ambiguity; `long`
    is what the name abbreviates in this paper, if it does.
    """
    name = re.sub(r"^(?:phospho|phosphorylated|cleaved|total|pro|anti|p)[-\s](?=\S)", "", written.strip())
    flat = re.sub(r"[^a-z0-9]", "", name.lower().translate(str.maketrans("\u03b1\u03b2\u03b3\u03ba", "abgk")))
    if flat in FOREIGN:
        return {"symbol": "", "ids": {}, "candidates": [], "normal": FOREIGN[flat]}
    found = _lookup(name)
    if found and long:
        named = _lookup(long)
        if named:
            found = named if not any(how == "s" for _, how in found) else found
        elif not PROTEIN_WORDS.search(long) and not any(
            name in (g.symbol, g.mouse, g.rat) for g, _ in found
        ):  # "CTb" for cholera toxin B subunit is not the gene CTBS
            return {"symbol": "", "ids": {}, "candidates": [], "normal": long}
    if not found and long:
        found = _lookup(long)
    if flat in FAMILIES and not any(how == "s" for _, how in found):
        return {"symbol": "", "ids": {}, "candidates": [g.symbol for g, _ in found], "normal": FAMILIES[flat]}
    if not found:
        return {"symbol": "", "ids": {}, "candidates": [], "normal": name}
    gene = choose(name, found, species=species, seen=seen, long=long)
    candidates = [g.symbol for g, _ in found]
    if gene is None:
        return {"symbol": "", "ids": {}, "candidates": candidates, "normal": name}
    symbol = gene.symbol_in(species)
    ids = {k: v for k, v in (("HGNC", gene.hgnc), ("MGI", gene.mgi), ("RGD", gene.rgd)) if v}
    return {"symbol": symbol, "ids": ids, "candidates": [], "normal": symbol}


def _lookup(name: str) -> Sequence[tuple[Gene, str]]:
    """Return the genes that a name may mean; an everyday name means its usual gene."""
    symbol = usual().get(key_of(name), "")
    if meant := [(g, "s") for g, how in genes(symbol) if how == "s" and g.symbol == symbol]:
        return meant[:1]
    found: Sequence[tuple[Gene, str]] = [item for item in genes(name) if item[0].kind != "o"] or genes(name)
    bare = re.sub(r"^(?:rh|rm|h|m|r|s|p|t)(?=[A-Z]{2})", "", name)
    if bare != name and not any(how == "s" for _, how in found) and any(how == "s" for _, how in genes(bare)):
        found = genes(bare)  # "hGFAP"
    if not found and (receptor := re.fullmatch(r"(\S+) receptors?", name)):
        found = [item for item in genes(receptor[1] + "R") if item[1] in "sp"]
    if not found and re.search(r"[ -]|(?<=[a-z]{4})\d", name):
        name = re.sub(r"(?<=[a-z]{4})(?=\d)", " ", name)
        found = genes_named(name) or genes(re.sub(r"\s(?:protein|gene|mRNA|receptors?|kinase)s?$", "", name))
    if not found:
        found = genes(re.sub(r"(?<=[A-Za-z0-9])s$", "", name))
    if not found and bare != name:
        found = genes(bare)
    if not found and (
        roman := re.fullmatch(
            r"(?:type )?collagens?(?: type)? (I{1,3}|IV|V|X|\d{1,2})|(?:type )(I{1,3}|IV|V|X|\d{1,2}) collagens?",
            name,
            re.IGNORECASE,
        )
    ):
        number = (roman[1] or roman[2]).upper()
        arabic = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "X": "10"}.get(number, number)
        found = [(g, "n") for g, _ in genes(f"COL{arabic}A1")]
    return found


def choose(
    name: str, found: Sequence[tuple[Gene, str]], *, species: str, seen: Collection[str], long: str = ""
) -> Gene | None:
    """Return the gene that is meant, or None where the name alone can't tell."""
    exact = [g for g, how in found if how == "s" and name in (g.symbol, g.mouse, g.rat)]
    if len(exact) == 1 and not long:
        return exact[0]
    if long and (named := [g for g, _ in found if any(g.symbol == other.symbol for other, _ in _lookup(long))]):
        return named[0] if len({g.symbol for g in named}) == 1 else None
    for rank in "sp":
        chosen = [g for g, how in found if how == rank]
        if chosen:
            native = [g for g in chosen if species in _ORTHOLOGUES and getattr(g, _ORTHOLOGUES[species])]
            chosen = native or chosen
            if len({g.symbol for g in chosen}) == 1:
                return chosen[0]
            return None
    rest = [g for g, _ in found]
    if len({g.symbol for g in rest}) == 1:
        return rest[0]
    context = [g for g in rest if g.symbol in seen]
    return context[0] if len({g.symbol for g in context}) == 1 else None
