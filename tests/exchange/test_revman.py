"""RevMan's package, read as meta's read.cdir() and RevMan's import read it: headers, marks, words, studies by NS."""

from __future__ import annotations

import csv
import io
import re
import zipfile

import rispy

from vivex.exchange.revman import INFORMATION, write_revman


def read(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def test_risk_of_bias_has_judgement_and_support_of_each_domain(material):
    header, *lines = read(write_revman(material)["revman-risk-of-bias.csv"])
    assert header[0] == "Study"
    pairs = list(zip(header[1::2], header[2::2], strict=True))
    for judgement, support in pairs:
        assert judgement.startswith("Domain (judgement): ")
        assert support == judgement.replace("(judgement)", "(support)")
    assert len(pairs) == 11  # one item was judged for two outcomes
    row = dict(zip(header, lines[0], strict=True))
    assert row["Domain (judgement): Sequence generation"] == "Low risk"
    assert row["Domain (support): Sequence generation"].startswith(
        'Quote: "Rats got 10 µg of "β-agonist", 𝛼₂ form; half'
    )
    assert row["Domain (judgement): Incomplete outcome data: infarct size"] == "Low risk"
    assert row["Domain (judgement): Incomplete outcome data: survival"] == "High risk"
    assert row["Domain (judgement): Other sources of bias"] == ""
    assert row["Domain (support): Other sources of bias"] == "[In conflict]"
    words = {cell for line in lines for name, cell in zip(header, line, strict=True) if "(judgement)" in name}
    assert words == {"Low risk", "High risk", "Unclear risk", ""}


def test_study_information_has_revmans_columns(material):
    header, first, second = read(write_revman(material)["revman-study-information.csv"])
    assert tuple(header) == INFORMATION
    row = dict(zip(header, first, strict=True))
    assert (row["Study"], row["Year"], row["Data source"]) == ("Ode 2019", "2019", "PUB")
    assert row["Char: Participants"] == "Species: rat. Sex: not reported"
    assert row["Char: Interventions"] == "Dose: 10 µg (low dose); =20 µg (high dose)"
    assert second[0] == "x"


def test_the_references_name_the_same_studies(material):
    data = write_revman(material)["revman-included.ris"]
    text = data.decode("utf-8-sig")
    assert re.findall(r"^NS  - (.*)\r$", text, re.MULTILINE) == ["Ode 2019", "x"]
    first, second = rispy.loads(text)
    assert first["authors"] == ["Ode, Ann", "van de Berg, B."]
    assert (first["year"], first["doi"]) == ("2019", "10.5555/ode.2019")
    assert second["title"] == "Nobody looked at it <yet> & so on"


def test_the_package_holds_the_three_and_is_the_same_each_time(material):
    files = write_revman(material)
    with zipfile.ZipFile(io.BytesIO(files["revman-data.zip"])) as package:
        names = package.namelist()
        assert names == sorted(f"review-study-data/review-{n}" for n in (
            "included.ris", "risk-of-bias.csv", "study-information.csv"))  # fmt: skip
        assert package.read(names[1]) == files["revman-risk-of-bias.csv"]
    assert write_revman(material) == files


def test_the_headers_are_those_of_a_real_package(material, shared):
    outer = zipfile.ZipFile(shared / "exchange" / "samples" / "revman-package-fleiss1993.zip")
    (name,) = [n for n in outer.namelist() if n.endswith("-data.zip")]
    inner = zipfile.ZipFile(io.BytesIO(outer.read(name)))
    real = {n.rpartition("/")[2].partition("-")[2]: inner.read(n) for n in inner.namelist() if "study-data/" in n}
    ours = write_revman(material)
    assert read(real["study-information.csv"])[0] == read(ours["revman-study-information.csv"])[0]
    shape = re.compile(r"Domain \((judgement|support)\): .+")
    for data in (real["risk-of-bias.csv"], ours["revman-risk-of-bias.csv"]):
        assert all(shape.fullmatch(name) for name in read(data)[0][1:])
    assert real["included.ris"][:12] == ours["revman-included.ris"][:12]
