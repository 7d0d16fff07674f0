"""Score means, errors and group sizes read from tables against twenty tables read by hand: benchmarks/group_means.tsv.

usage: python benchmarks/group_means.py SHARED [--run OUT] [--show] [--sentences]

The list was written from the printed pages and the publishers' JATS before any reader existed; twelve tables were there
to develop on, eight (of other papers) were only ever scored. A value is right where mean, error, outcome, group and
time are; the error's type and n are counted beside, of the values that are right. "?" in the list: not to be told from
the paper surely, not scored. The PDFs' other tables are not scored; what is proposed from them is counted.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from vivex.annotation import read_annotations
from vivex.document import Document
from vivex.extract.means.found_means import FoundMean
from vivex.extract.means.from_sentences import values_beside
from vivex.extract.means.from_tables import means_in_tables
from vivex.extract.means.proposed_means import known_groups
from vivex.extract.reading import read
from vivex.group_means import GroupMean, number, show_mean
from vivex.parse import parse_file
from vivex.sentences import split

GOLD = Path(__file__).with_name("group_means.tsv")
Row = dict[str, str]


@dataclass(slots=True)
class Tally:
    """Count the values of a set: in the list, proposed, right, and of the right ones error types and n."""

    listed: int = 0
    proposed: int = 0
    right: int = 0
    typed: int = 0
    sized: int = 0
    sizes: int = 0
    elsewhere: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Return the share of proposed values that are right."""
        return self.right / self.proposed if self.proposed else 0.0

    @property
    def recall(self) -> float:
        """Return the share of listed values that are found."""
        return self.right / self.listed if self.listed else 0.0


def gold() -> dict[str, list[Row]]:
    """Return the list's rows by file."""
    with GOLD.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["file"]].append(row)
    return dict(found)


def tokens(*texts: str) -> set[str]:
    """Return the words of texts, signs before a word kept ("+S9")."""
    plain = unicodedata.normalize("NFKC", " ".join(texts)).casefold().replace("−", "-")
    return set(re.findall(r"[^\W_]+", plain)) | set(re.findall(r"(?<!\S)[+-]\w+", plain))


def fits(said: GroupMean, row: Row) -> bool:
    """Tell whether a proposal is the value of a row."""
    numbers = (number(said.mean), number(said.error)) == (number(row["mean"]), number(row["error"]))
    return (
        numbers
        and tokens(row["group"]) <= tokens(said.group)
        and tokens(row["outcome"]) <= tokens(said.outcome)
        and tokens(row["time"]) <= tokens(said.outcome, said.group, said.time)
    )


def tally(listed: Mapping[str, list[Row]], pdfs: Path, out: Path | None = None) -> dict[str, Tally]:
    """Return the tallies of both sets over the files; `out` is a folder of `vivex run` whose groups are known."""
    found = {"dev": Tally(), "aside": Tally()}
    for file, rows in listed.items():
        document = parse_file(pdfs / f"{file}.pdf")
        of = found[rows[0]["set"]]
        mentions = read_annotations(out / "mentions" / f"{Path(file).name}.jsonl") if out is not None else ()
        proposed = means_in_tables(document, known_groups(read(document, mentions)))
        for key in sorted({(row["page"], row["table"]) for row in rows}):
            mine = [row for row in rows if (row["page"], row["table"]) == key]
            theirs = [f for f in proposed if table_of(document, f) in (key, (key[0], ""))]
            proposed = [f for f in proposed if f not in theirs]
            compare(of, mine, theirs, f"{file} table {key[1]}")
        of.elsewhere += len(proposed)
    return found


def table_of(document: Document, found: FoundMean) -> tuple[str, str]:
    """Return the page and the number of the table in which a proposal stands, "" where the table has no caption."""
    start, end = found.places[0]
    page = str(document.boxes(start, end)[0][0])
    for table in document.tables:
        block = document.blocks[table.block]
        if block.start <= start < block.end and table.caption is not None:
            told = re.match(r"\D{0,24}?(\d+|I)\b", document.slice(document.blocks[table.caption]))
            return page, (told[1].replace("I", "1") if told else "")
    return page, ""


def compare(of: Tally, rows: list[Row], proposed: list[FoundMean], where: str) -> None:
    """Count a table's proposals against its rows, each row once."""
    left = list(rows)
    of.listed += len(rows)
    of.proposed += len(proposed)
    for found in proposed:
        row = next((row for row in left if fits(found.said, row)), None)
        if row is None:
            of.wrong.append(f"{where}: {show_mean(found.said)}")
            continue
        left.remove(row)
        of.right += 1
        of.typed += found.said.error_type == row["error_type"]
        if row["n"] != "?":
            of.sizes += 1
            of.sized += found.said.n == row["n"]
    of.wrong += [f"{where}: missed {row['outcome']} | {row['group']} {row['mean']}" for row in left]


def table(found: dict[str, Tally]) -> str:
    """Return the figures as a table for benchmarks/group_means.md."""
    lines = [
        "| set | values listed | proposed | right | precision | recall | error type right | n right | elsewhere |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, of in found.items():
        lines.append(
            f"| {name} | {of.listed} | {of.proposed} | {of.right} | {of.precision:.3f} | {of.recall:.3f} "
            f"| {of.typed} of {of.right} | {of.sized} of {of.sizes} | {of.elsewhere} |"
        )
    return "\n".join(lines)


def sentences(corpus: Path) -> None:
    """Print what sentences of unlabelled papers set beside groups, to be read by eye, and how many there are."""
    looked = found = values = 0
    with gzip.open(corpus, "rt", encoding="utf-8") as stream:
        papers = [json.loads(line)["sections"] for line in stream]
    for paper in papers:
        for text in _paragraphs(paper):
            for start, end in split(text):
                sentence = text[start:end]
                if sentence.count("±") > 1:
                    beside = values_beside(sentence, frozenset())
                    looked, found, values = looked + 1, found + bool(beside), values + len(beside)
                    if beside:
                        print([(b.group, b.value, b.unit, b.n) for b in beside])
    print(f"{looked} sentences with two values or more, {found} set {values} of them beside groups")


def _paragraphs(given: object) -> Iterable[str]:
    """Yield the texts of nested lists."""
    if isinstance(given, str):
        yield given
    elif isinstance(given, list):
        for part in given:
            yield from _paragraphs(part)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--run", type=Path, help="a folder of `vivex run` over the PDFs, for the groups it names")
    parser.add_argument("--show", action="store_true", help="what was wrong or missed, of the development tables alone")
    parser.add_argument("--sentences", action="store_true", help="sentences of corpora/invivo_fulltext instead")
    options = parser.parse_args()
    if options.sentences:
        sentences(options.shared / "corpora" / "invivo_fulltext" / "invivo_fulltext.jsonl.gz")
        raise SystemExit
    result = tally(gold(), options.shared / "pdfs", options.run)
    print(table(result))
    if options.show:
        print("\n".join(result["dev"].wrong))
