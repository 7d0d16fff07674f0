from __future__ import annotations

import csv

import pytest

from vivex.forms.tables.csvs import write_csvs

ROBVIS = (
    "Study,Sequence generation,Baseline characteristics,Allocation concealment,Random housing,Blinding (performance),"
    "Random outcome assessment,Blinding (detection),Incomplete outcome data,Selective outcome reporting,"
    "Other sources of bias"
)


@pytest.fixture(scope="module")
def folder(papers, failures, codebook, tmp_path_factory):
    out = tmp_path_factory.mktemp("csv")
    write_csvs(papers, failures, codebook, out)
    return out


def read(path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def test_robvis_reads_its_file_as_it_is(folder):
    lines = (folder / "robvis.csv").read_bytes().decode("utf-8").split("\r\n")
    assert lines[0] == ROBVIS
    assert lines[1] == "Abel 2020,Low,Unclear,Unclear,Unclear,Unclear,Unclear,Unclear,Unclear,Unclear,High"
    assert lines[-1] == ""


def test_every_value_with_its_evidence(folder):
    rows = read(folder / "values.csv")
    dose = next(r for r in rows if r["value"] == "40 µg/kg")
    assert (dose["quote"], dose["page"], dose["status"], dose["table"]) == (
        "Exosomes were injected at 40 µg/kg",
        "1",
        "extracted",
        "treatment",
    )
    assert len(dose["boxes"].split()) == 5
    silent = next(r for r in rows if r["field"] == "age")
    assert (silent["value"], silent["status"], silent["quote"]) == ("not reported", "not_reported", "")


def test_a_hostile_value_is_no_formula_and_others_are_unchanged(folder):
    values = {r["value"] for r in read(folder / "values.csv")}
    assert "'=1+1" in values
    assert "'-181b" in values


def test_judgements_and_statements_in_order(folder):
    syrcle = read(folder / "syrcle.csv")
    assert [r["number"] for r in syrcle[:10]] == [str(n) for n in range(1, 11)]
    assert syrcle[0]["more_evidence"] == "p. 1: four groups"
    reporting = read(folder / "reporting.csv")
    assert [r["reported"] for r in reporting[:8]] == ["no"] * 7 + ["yes"]


def test_tidy_tables(folder):
    assert read(folder / "interventions.csv") == []  # the made-up form asks for no intervention
    assert read(folder / "mirna_targets.csv") == []
    assert read(folder / "left_out.csv")[0]["remedy"] == "run OCR on it"
    assert read(folder / "studies.csv")[0]["not_reported"] == "1"


def test_values_bound_to_groups_stand_in_their_rows(papers, codebook, tmp_path):
    from dataclasses import replace

    from vivex.codebook import Field

    fields = {
        "groups": [
            {"value": "sham", "evidence": []},
            {"value": "exosomes", "evidence": [], "group": "exo"},
        ],
        "n_per_group": [{"value": "6", "evidence": [], "group": "sham"}],
        "species": [{"value": "rat", "evidence": []}],
    }
    paper = replace(papers[0], form={"study": "Abel 2020", "fields": fields})
    book = replace(codebook, fields=tuple(Field(name, "?") for name in fields))
    write_csvs([paper], [], book, tmp_path)
    rows = [(r["groups"], r["n_per_group"], r["species"]) for r in read(tmp_path / "groups.csv")]
    assert rows == [("sham", "6", "rat"), ("exosomes", "", "rat")]


def test_a_row_of_interventions_is_an_agent_with_its_own_dose(papers, codebook, tmp_path):
    from dataclasses import replace

    from vivex.codebook import Field

    form = {
        "study": "Abel 2020",
        "fields": {
            "intervention": [{"value": "q", "evidence": []}],
            "comparator": [{"value": "saline", "evidence": []}],
        },
        "interventions": [
            {"intervention": "q", "dose": "1 mg", "route": "oral", "frequency": "", "duration": "", "group": "low"},
            {"intervention": "m", "dose": "2 mg", "route": "", "frequency": "", "duration": "", "group": ""},
        ],
        "mirna_targets": [{"mirna": "miR-7", "target_gene": "Abc1", "direction": "down"}],
    }
    book = replace(codebook, fields=tuple(Field(name, "?") for name in form["fields"]))
    write_csvs([replace(papers[0], form=form)], [], book, tmp_path)
    rows = [(r["intervention"], r["dose"], r["group"], r["comparator"]) for r in read(tmp_path / "interventions.csv")]
    assert rows == [("q", "1 mg", "low", "saline"), ("m", "2 mg", "", "saline")]
    assert [(r["mirna"], r["direction"]) for r in read(tmp_path / "mirna_targets.csv")] == [("miR-7", "down")]


def test_the_dictionary_names_every_column(folder):
    named = {(r["table"], r["column"]) for r in read(folder / "dictionary.csv")}
    for path in folder.glob("*.csv"):
        if path.stem not in ("dictionary", "robvis"):
            header = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
            assert {(path.stem, column) for column in header} <= named, path.name
    meanings = {r["column"]: r["meaning"] for r in read(folder / "dictionary.csv")}
    assert meanings["dose"] == "Which doses?"
    assert all(meaning for meaning in meanings.values())


def test_doses_that_nobody_bound_to_agents_stand_in_one_row(papers, codebook, tmp_path):
    from dataclasses import replace

    from vivex.codebook import Field
    from vivex.states import CONFLICT, SETTLED

    def said(*values):
        return [{"value": v, "evidence": [], "source": "reviewer:mk", "decision": "added"} for v in values]

    fields = {"intervention": said("q", "m"), "dose": said("1 mg", "2 mg"), "route": said("oral", "i.v.")}
    book = replace(codebook, fields=tuple(Field(name, "?") for name in fields))
    states = {"form.intervention": SETTLED, "form.dose": SETTLED, "form.route": CONFLICT}
    write_csvs([replace(papers[0], form={"fields": fields}, states=states)], [], book, tmp_path, decided=True)
    (row,) = read(tmp_path / "interventions.csv")
    assert (row["intervention"], row["dose"], row["route"]) == ("q; m", "1 mg; 2 mg", "")
    assert row["state"] == "In conflict: route"
    assert not (tmp_path / "mirna_targets.csv").exists()
