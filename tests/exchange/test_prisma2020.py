"""PRISMA2020's reader, restated from its source (PRISMA_data): boxes by name, reasons parted by ";" and ","."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

from vivex.exchange.prisma2020 import HEADER, NAME, write_prisma


def prisma_data(data: bytes) -> dict[str, str]:
    """Return n by name, as grep over the first column finds it."""
    header, *lines = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
    assert header == list(HEADER)
    return {line[0]: line[-1] for line in lines}


def reasons(text: str) -> dict[str, int]:
    """Return reason -> number: before the first comma of each part, and behind its last."""
    parts = [part.strip() for part in text.split(";")]
    return {part.partition(",")[0]: int(part.rpartition(",")[2]) for part in parts}


def test_the_last_boxes_are_the_reviews(material):
    found = prisma_data(write_prisma(material)[NAME])
    assert (found["dbr_assessed"], found["new_studies"], found["total_studies"]) == ("4", "2", "2")
    assert reasons(found["dbr_excluded"]) == {"no animals  in vitro  only": 1, "a protocol": 1}
    assert found["database_results"] == "0"


def test_what_a_team_gives_stays(material):
    given = write_prisma(material)[NAME].decode().replace("database_results.html,0", "database_results.html,411")
    given = given.replace("previous_studies.html,0", "previous_studies.html,7")
    found = prisma_data(write_prisma(replace(material, beside={NAME: b"\xef\xbb\xbf" + given.encode()}))[NAME])
    assert (found["database_results"], found["new_studies"], found["total_studies"]) == ("411", "2", "9")


def test_the_names_are_those_of_its_own_table(material, shared):
    real = prisma_data((shared / "exchange" / "samples" / "prisma2020.csv").read_bytes())
    assert set(prisma_data(write_prisma(material)[NAME])) == set(real)
