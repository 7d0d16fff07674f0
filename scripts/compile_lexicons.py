"""Compile the lexicons of vivex/data/lexicon from public name lists.

usage: python scripts/compile_lexicons.py GAZETTEERS_DIR [TEXTS.jsonl.gz]

Reads hgnc.tsv.gz (CC0), mgi.tsv.gz and rgd.tsv.gz (CC BY 4.0), mirbase_*.tsv.gz (public domain), rat_strain.obo.gz (CC
BY 4.0), mouse_rat_strains_mesh_efo.tsv (NLM terms, Apache-2.0), cell_types_CL_v2025.tsv (CC BY 4.0). From TEXTS (papers
of animal studies, CC BY and CC0) it counts which gene keys are ordinary words. The same input gives the same bytes.
"""

from __future__ import annotations

import collections
import csv
import gzip
import io
import re
import sys
from pathlib import Path

from vivex.recognize.lexicon import FOLDER, key_of, keys, phrase_key

KINDS = {
    "gene with protein product": "p",
    "immunoglobulin gene": "p",
    "T cell receptor gene": "p",
    "RNA, long non-coding": "n",
    "protocadherin": "p",
    "complex locus constituent": "p",
    "endogenous retrovirus": "o",
    "readthrough": "o",
    "unknown": "o",
}
_JUNK = re.compile(
    r"(?:FLJ|KIAA|MGC:?|DKFZ|LOC|OTTMUS|AI|AW|AA|BB|BC|AU|AV|C7\d|D\d+[A-Z][a-z]{2}|RP\d+-|bA\d|dJ|MRX|ENS|AL|AC|AK|"
    r"mKIAA|RGD|rg|NCRNA|CT\d\d\d|RIKEN|EST)"
    r"\d*[\w.:-]*\d|\d+[A-Z]\d+Rik.*|Gm\d+.*|.*Rik\d?|[\d.\-/ ]+|.{41,}|\w|.*\b(?:QTL|locus|region|chromosome)\b.*",
)


PROTEIN = re.compile(
    r"receptor|kinase|protein \w|factor|[a-z]{3}ase\b|channel|transporter|antigen|cadherin|integrin|globin|"
    r"interleukin|interferon|hormone|peptide|ligand|collagen|"
    r"[a-z]{3}in [\dA-Z]|subunit|cytochrome|chemokine|homolog"
)


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a gzipped tab-separated table."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def pack(lines: list[str], path: Path) -> None:
    """Write the lines gzipped, without a time stamp."""
    data = io.BytesIO()
    with gzip.GzipFile(filename="", fileobj=data, mode="wb", mtime=0, compresslevel=9) as stream:
        stream.write(("\n".join(lines) + "\n").encode())
    path.write_bytes(data.getvalue())
    print(f"{path.name}: {len(lines)} lines, {path.stat().st_size / 1e6:.2f} MB")


def in_byte_order(table: dict[str, str]) -> list[str]:
    """Return "key<TAB>value" lines as bisection needs them."""
    return [f"{k}\t{table[k]}" for k in sorted(table, key=str.encode) if k]


def split(names: str) -> list[str]:
    """Return the names of a list parted by |, ; or comma and space."""
    return [n.strip() for n in re.split(r"[|;]|, ", names or "") if n.strip()]


def compile_genes(source: Path, out: Path) -> None:
    """Join HGNC with its mouse and rat orthologues; genes of one rodent alone keep their own record."""
    mgi = {row["ID"]: row for row in read(source / "mgi.tsv.gz")}
    rgd = {row["ID"]: row for row in read(source / "rgd.tsv.gz")}
    records: list[str] = []
    found: dict[str, dict[int, str]] = collections.defaultdict(dict)
    names: dict[str, list[int]] = collections.defaultdict(list)
    rank = "spna"

    def add(name: str, number: int, how: str) -> None:
        if _JUNK.fullmatch(name) and how != "s":
            return
        key = key_of(name)
        if len(key) < 2 or key.isdigit() or (how != "s" and len(key) > 30):
            return
        if " " in name and how == "a":
            if PROTEIN.search(name):
                names[phrase_key(name)].append(number)
            return
        old = found[key].get(number)
        if old is None or rank.index(how) < rank.index(old):
            found[key][number] = how

    used_mgi, used_rgd = set(), set()
    for row in read(source / "hgnc.tsv.gz"):
        kind = KINDS.get(row["locus_type"])
        if row["status"] != "Approved" or kind is None:
            continue
        mouse_id, rat_id = (re.sub(r".*:", "", (row[k] or "").split(",")[0].strip()) for k in ("mgi", "rgd"))
        mouse, rat = mgi.get(mouse_id, {}), rgd.get(rat_id, {})
        used_mgi.add(mouse_id)
        used_rgd.add(rat_id)
        number = len(records)
        hgnc = row["hgnc_id"].removeprefix("HGNC:")
        fields = [
            row["symbol"],
            hgnc,
            mouse_id if mouse else "",
            rat_id if rat else "",
            mouse.get("symbol", ""),
            rat.get("symbol", ""),
            kind,
        ]
        records.append("\t".join(fields))
        add(row["symbol"], number, "s")
        for name in (mouse.get("symbol"), rat.get("symbol")):
            if name:
                add(name, number, "s")
        for name in split(row["previous"]):
            add(name, number, "p")
        if kind != "p":
            continue
        for name in (*split(row["aliases"]), *split(mouse.get("synonyms", "")), *split(rat.get("synonyms", ""))):
            add(name, number, "a")
        if row["name"] and " " not in row["name"] and len(row["name"]) > 4:
            add(row["name"], number, "n")
        elif row["name"]:
            names[phrase_key(row["name"])].append(number)
    by_symbol: dict[str, int] = {}
    for table, used, column in ((mgi, used_mgi, 4), (rgd, used_rgd, 5)):
        for identifier, row in table.items():
            symbol = row["symbol"]
            if (
                identifier in used
                or _JUNK.fullmatch(symbol)
                or re.search(
                    r"-ps\d*$|^LOC|^Mir\d|^Olr|^Vom|^Gm|^Vmn|^n-T|_predicted|^Trn[a-z]-|^AABR|[Qq]tl|^Mirlet|"
                    r"^D\d+[A-Z]|^ENSR",
                    symbol,
                )
            ):
                continue
            if key_of(symbol) in by_symbol and column == 5:
                number = by_symbol[key_of(symbol)]
                fields = records[number].split("\t")
                fields[3], fields[5] = identifier, symbol
                records[number] = "\t".join(fields)
                continue
            if any(how == "s" for how in found.get(key_of(symbol), {}).values()):
                continue
            if not re.fullmatch(r"[A-Z][A-Za-z0-9]{1,9}(?:[-_.][A-Za-z0-9]{1,4})?", symbol):
                continue
            number = len(records)
            by_symbol[key_of(symbol)] = number
            records.append(
                "\t".join(
                    [symbol, "", *((identifier, "", symbol, "") if column == 4 else ("", identifier, "", symbol)), "p"]
                )
            )
            add(symbol, number, "s")
            for name in split(row["synonyms"])[:8]:
                add(name, number, "a")
    # a key that is somebody's symbol means that gene first; aliases shared by more than eight genes say nothing
    table = {}
    for key, numbers in found.items():
        ordered = sorted(numbers.items(), key=lambda item: (rank.index(item[1]), item[0]))
        if len(ordered) <= 8 or ordered[0][1] == "s":
            table[key] = ",".join(f"{how}{number}" for number, how in ordered[:8])
    pack(records, out / "genes.records.gz")
    pack(in_byte_order(table), out / "genes.keys.gz")
    kept = {
        k: ",".join(map(str, sorted(set(v))[:4]))
        for k, v in names.items()
        if " " in k and 5 < len(k) < 70 and len(k.split()) <= 7
    }
    pack(in_byte_order(kept), out / "genes.names.gz")


def compile_mirna(source: Path, out: Path) -> None:
    """List the miRNA names of miRBase by species; a stem without species says that some species has it."""
    table: dict[str, str] = {}
    common = {"hsa", "mmu", "rno", "dre", "ssc", "bta", "ocu", "mml", "cel", "dme", "gga", "cfa", "oar", "xtr", "cgr"}
    for row in read(source / "mirbase_mature_22.1_all.tsv.gz"):
        species, _, name = row["name"].partition("-")
        key = name.lower()
        stem = re.sub(r"-[35]p(?:\.\d)?$|\*$", "", key)
        for k in (key, stem):
            table.setdefault(k, "")
        if species in common:
            table[f"{species}-{key}"] = row["identifier"].removeprefix("MIMAT")
            table.setdefault(f"{species}-{stem}", "")
            for old in split(row["synonyms"]):
                if old.startswith(f"{species}-"):
                    table.setdefault(old.lower(), f"={name}")
    for row in read(source / "mirbase_hairpin_22.1_common_species.tsv.gz"):
        species, _, name = row["name"].partition("-")
        table.setdefault(name.lower(), "")
        if species in common:
            table.setdefault(f"{species}-{name.lower()}", "")
    pack(in_byte_order(table), out / "mirna.gz")


def compile_strains(source: Path, out: Path) -> None:
    """List rat and mouse strain names; the value is the canonical name."""
    table: dict[str, str] = {}
    with gzip.open(source / "rat_strain.obo.gz", "rt", encoding="utf-8") as stream:
        for term in stream.read().split("[Term]")[1:]:
            name = re.search(r"^name: (.+)$", term, re.M)
            if name is None or "is_obsolete: true" in term:
                continue
            for written in [name[1], *re.findall(r'^synonym: "([^"]+)"', term, re.M)]:
                if (
                    not re.match(r"RGD ID|RRRC|MGI|http|\d+$", written)
                    and 3 <= len(written) <= 40
                    and re.search("[A-Z]", written)
                ):
                    table.setdefault(key_of(written), name[1])
    with open(source / "mouse_rat_strains_mesh_efo.tsv", encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
            names = [row["name"], *(row["synonyms"] or "").split("|")]
            for written in names:
                bare = re.sub(
                    r"\b(?:Mice|Mouse|Rats?|Inbred|Outbred|Transgenic|Knockout|Strains?)\b|,", "", written
                ).strip()
                if 2 < len(bare) <= 40 and re.search("[A-Z].*[A-Z0-9]", bare):
                    table.setdefault(key_of(bare), bare)
    pack(in_byte_order(table), out / "strains.gz")


def compile_cells(source: Path, out: Path) -> None:
    """List the cell types of the Cell Ontology."""
    table = {}
    for line in (source / "cell_types_CL_v2025.tsv").read_text(encoding="utf-8").split("\n"):
        name, _, identifier = line.partition("\t")
        if 3 < len(name) < 60 and identifier.startswith("CL:") and "(sensu" not in name:
            table.setdefault(phrase_key(name), identifier)
    pack(in_byte_order(table), out / "cells.gz")


def compile_words(texts: Path, out: Path) -> None:
    """List the gene keys that papers use as ordinary lower-case words, and the first words of gene names."""
    counts: collections.Counter[str] = collections.Counter()
    with gzip.open(texts, "rt", encoding="utf-8") as stream:
        for line in stream:
            counts.update(re.findall(r"(?<![A-Za-z0-9\"-])[a-z]{2,}(?![A-Za-z0-9\"-])", line))
    listed = keys("genes.keys")
    words = sorted(w for w, n in counts.items() if n >= 3 and w in listed)
    head = "# gene keys that papers of animal studies use as ordinary words; compiled\n"
    (out / "english.txt").write_text(head + "\n".join(words) + "\n", encoding="utf-8")
    names = gzip.decompress((out / "genes.names.gz").read_bytes()).decode().splitlines()
    starts = sorted({line.split("\t")[0].split()[0] for line in names})
    head = "# first words of the full names in genes.names; compiled\n"
    (out / "gene_name_starts.txt").write_text(head + "\n".join(starts) + "\n", encoding="utf-8")


def main(source: str, texts: str = "") -> None:
    """Compile all lexicons."""
    folder = FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    compile_genes(Path(source), folder)
    compile_mirna(Path(source), folder)
    compile_strains(Path(source), folder)
    compile_cells(Path(source), folder)
    if texts:
        compile_words(Path(texts), folder)


if __name__ == "__main__":
    main(*sys.argv[1:3])
