"""EPPI-Reviewer's JSON, read as scripts of its users read it: codes by id through the tree of attributes."""

from __future__ import annotations

import json

import pytest

from vivex.errors import MalformedFile
from vivex.exchange.eppi import number_of, read_eppi, write_eppi


def names(data: dict) -> dict[int, tuple[str, ...]]:
    """Return each attribute's path of names by its id, and check that no id stands twice."""
    found: dict[int, tuple[str, ...]] = {}

    def walk(node: dict, path: tuple[str, ...]) -> None:
        for one in node.get("Attributes", {}).get("AttributesList", []):
            assert one["AttributeId"] not in found
            found[one["AttributeId"]] = (*path, one["AttributeName"])
            walk(one, found[one["AttributeId"]])

    for one in data["CodeSets"]:
        walk(one, (one["SetName"],))
    return found


def test_codes_lead_to_their_question_and_carry_quotes(material):
    data = json.loads(write_eppi(material)["eppi-reviewer.json"])
    paths = names(data)
    first, second = data["References"]
    coded = {paths[code["AttributeId"]]: code for code in first["Codes"]}
    assert ("animals", "Which species?", "rat") in coded
    dose = coded["treatment", "Which doses?", "10 µg"]
    assert dose["ArmTitle"] == "low dose"
    (quote,) = dose["ItemAttributeFullTextDetails"]
    assert "𝛼₂ form" in quote["Text"]
    assert quote["DocTitle"] == "ode-2019.pdf"
    sequence = coded["SYRCLE's risk of bias tool", "1. Sequence generation", "low"]
    assert sequence["AdditionalText"] == "why sequence_generation"
    assert (first["ShortTitle"], first["DOI"]) == ("Ode 2019", "10.5555/ode.2019")
    assert second["Codes"] == []
    assert {number_of("a").bit_length() <= 53 for _ in range(1)} == {True}  # what JavaScript holds exactly


def test_what_is_written_is_read(material, tmp_path):
    path = tmp_path / "r.json"
    path.write_bytes(write_eppi(material)["eppi-reviewer.json"])
    brought = read_eppi(path)
    assert brought.studies["ode-2019"].title == "Agonists, and the hearts of rats"
    said = {(a.question, a.answer, a.group) for a in brought.answers}
    assert {("Which species?", "rat", ""), ("Which doses?", "=20 µg", "high dose")} <= said
    (species,) = [a for a in brought.answers if a.question == "Which species?"]
    assert species.quotes == ("Wistar rats",)


def test_a_teams_own_codes(tmp_path):
    path = tmp_path / "own.json"
    leaf = {"AttributeId": 2**60 + 1, "AttributeName": "Rat"}
    animal = {"AttributeId": 1, "AttributeName": "Animal", "Attributes": {"AttributesList": [leaf]}}
    note = {"AttributeId": 3, "AttributeName": "Dose as written"}
    codes = [{"AttributeId": 2**60 + 1, "AdditionalText": "see p. 2"}, {"AttributeId": 3, "AdditionalText": "5 mg"}]
    codes += [{"AttributeId": 99}]
    data = {
        "CodeSets": [{"SetName": "s", "Attributes": {"AttributesList": [animal, note]}}],
        "References": [{"ItemId": 7, "Title": "T", "Codes": codes}],
    }
    path.write_text(json.dumps(data), encoding="utf-8-sig")
    brought = read_eppi(path)
    one, two = brought.answers
    assert (one.question, one.answer, one.comment, one.study) == ("Animal", "Rat", "see p. 2", "7")
    assert (two.question, two.answer) == ("Dose as written", "5 mg")
    assert brought.notes == ("1 codes stand in no code set of the file; passed over",)


def test_what_is_no_report_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text("[1]")
    with pytest.raises(MalformedFile, match="no References in it"):
        read_eppi(path)
