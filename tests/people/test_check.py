"""`vivex check`: each way in which annotations/ can be wrong is named with its remedy."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from vivex.annotation import Annotation, find_quote
from vivex.cli import main
from vivex.codebook import read_codebook
from vivex.document import write_document
from vivex.parse.text import parse_text
from vivex.people.check import check, reanchor
from vivex.people.importing import take_in
from vivex.people.machine import document
from vivex.people.store import Session, read_statement

STUDY = "ames-2019"


@pytest.fixture
def stated(review):
    """Return the review with one sound statement."""
    proof = find_quote("Infarct volume fell by a third", document(review, STUDY))
    made = [
        Annotation(STUDY, "form.dose", "10 mg/kg", (), "reviewer:mk", None, decision="accepted"),
        Annotation(STUDY, "form.main_result", "smaller infarcts", (proof,), "reviewer:mk", None, decision="added"),
        Annotation(STUDY, "syrcle.other_bias", {"judgement": "low"}, (), "reviewer:mk", None, decision="edited"),
    ]
    take_in(review, "mk", made, Session("w.xlsx", "", False))
    return review


def found(review):
    """Return what is wrong as texts."""
    return [str(f) for f in check(review, read_codebook(review.codebook))]


def test_a_sound_store_has_no_finding(stated):
    assert found(stated) == []


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('"source":"reviewer:mk"', '"source":"model:rob@1"', "machine output stays in outputs/"),
        ('"decision":"accepted"', '"decision":""', "no decision"),
        ('"judgement":"low"', '"judgement":"dreadful"', "low|high|unclear"),
        ('"label":"form.dose"', '"label":"form.colour"', "codebook.yaml asks no such field"),
        ('"value":"10 mg/kg"', '"value":""', "no value"),
        ('"value":"10 mg/kg"', '"value":"11 mg/kg"', "changed by hand"),
        ('"schema":1', '"schema":9', "update vivex"),
        ('{"record":"statement"', '{"record":"nothing"', "first line"),
        ('"reviewer":"mk"', '"reviewer":"th"', "name the file after its reviewer"),
        ('"study":"ames-2019","reviewer"', '"study":"bell-2020","reviewer"', "move it into that study's folder"),
        ("Infarct volume fell", "Infarct volume rose", "no longer holds"),
        ('"evidence"', '"evidence', "not JSON"),
    ],
)
def test_each_fault_is_named(stated, old, new, named):
    path = stated.annotations / STUDY / "mk.jsonl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(named in line and STUDY in line for line in found(stated)), found(stated)


def test_strange_files_and_unknown_studies_are_told(stated, capsys):
    (stated.annotations / STUDY / "notes.docx").write_bytes(b"")
    (stated.annotations / STUDY / ".mk.jsonl.x.part").write_bytes(b"{")
    (stated.annotations / "gone-1999").mkdir()
    path = stated.annotations / "gone-1999" / "mk.jsonl"
    head = {"record": "statement", "schema": 1, "study": "gone-1999", "reviewer": "mk", "reviewed": {}}
    path.write_text(json.dumps(head) + "\n", encoding="utf-8")
    said = "\n".join(found(stated))
    for words in ("notes.docx", "was killed", "no paper of study 'gone-1999'"):
        assert words in said
    assert main(["check", "--root", str(stated.root)]) == 0  # warnings forbid nothing
    path.write_text("nothing\n", encoding="utf-8")
    assert main(["check", "--root", str(stated.root)]) == 1


def test_evidence_is_found_again_in_a_text_read_anew(stated):
    old = document(stated, STUDY)
    anew = parse_text(("A new first line\n\n" + old.text).encode(), study=STUDY, params={})
    write_document(anew, stated.outputs / "documents" / f"{STUDY}.json")
    assert found(stated) == []  # it can be placed
    changed, orphans = reanchor(stated)
    assert (changed, orphans) == ([f"{STUDY}/mk.jsonl"], [])
    statement = read_statement(stated.annotations / STUDY / "mk.jsonl")
    (result,) = statement.of("form.main_result")
    proof = result.evidence[0]
    assert anew.text[proof.start : proof.end] == "Infarct volume fell by a third"
    assert found(stated) == []


def test_next_and_status_on_the_command_line(stated, capsys):
    assert main(["next", "--root", str(stated.root)]) == 0
    assert "3 studies are unreviewed" in capsys.readouterr().out
    assert main(["status", "--root", str(stated.root)]) == 0
    assert "4 papers, 1 with decisions, 3 without" in capsys.readouterr().out


def test_a_value_that_the_codebook_allows_no_more_is_a_warning(review):
    made = Annotation(STUDY, "form.sex", "mixed", (), "reviewer:mk", None, decision="added")
    take_in(review, "mk", [made], Session("w.xlsx", "", False))
    (fault,) = found(review)
    assert fault.startswith("warning: ")
    assert "give a value that the codebook allows" in fault


def test_what_was_decided_under_another_policy_is_named(stated):
    codebook = read_codebook(stated.codebook)
    assert not [f for f in check(stated, codebook) if "policy" in f.what]
    other = replace(codebook, policy={**codebook.policy, "randomised_without_method": "low"})
    faults = [f for f in check(stated, other) if "policy" in f.what]
    assert {f.what.rpartition(": ")[2] for f in faults if f.path.startswith(STUDY)} == {"other_bias"}
    (whole,) = [f.what for f in faults if f.path == "codebooks.jsonl"]
    assert "policy.randomised_without_method was unclear, is low" in whole
    assert {f.weight for f in faults} == {"warning"}


def test_two_answers_of_one_person_are_named(stated):
    say = [
        Annotation(STUDY, "syrcle.other_bias", {"judgement": word}, (), "reviewer:th", None, decision="added")
        for word in ("low", "high")
    ]
    take_in(stated, "th", say, Session("w.xlsx", "", True), partly=[(STUDY, "syrcle.other_bias")])
    (fault,) = check(stated, read_codebook(stated.codebook))
    assert (fault.weight, fault.what) == ("warning", "syrcle.other_bias: low and high are said, so neither counts yet")
