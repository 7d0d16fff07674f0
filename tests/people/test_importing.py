"""A reviewer's workbook, from assignment to the store and back."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from vivex.cli import main
from vivex.people.assign import assigned
from vivex.people.resolve import resolved
from vivex.people.store import read_statement
from workbook_rows import FilledBook


def fill(path, *, dose="12 mg/kg", judgement="high"):
    """Fill a workbook in as a reviewer would: accept the species, edit the dose, judge one item."""
    book = FilledBook(path)
    for row in list(book.rows()):
        asked = (row.texts["field"] or row.texts["item"]).casefold()
        blind = "decision" not in row.columns
        if row.texts["row"].startswith(("add", "section")):
            continue
        if asked == "species":
            book.put(row, **({"yours": "rat"} if blind else {"decision": "accept"}))
        if asked == "dose" and not blind:
            book.put(row, decision="edit", yours=dose)
        if "random housing" in asked:
            book.put(row, yours=judgement)
    return book.save()


@pytest.fixture
def handed(review):
    """Return the review after `vivex assign`, with a workbook for each reviewer."""
    root = str(review.root)
    assert main(["assign", "mk", "th", "--root", root, "--blind", "0.25"]) == 0
    books = {}
    for who in ("mk", "th"):
        assert main(["work", "--reviewer", who, "--root", root]) == 0
        books[who] = review.root / "workbooks" / f"{who}.xlsx"
    return review, books


def test_the_sheet_of_a_blind_study_holds_no_proposal(handed):
    review, books = handed
    blind = {a.study for a in assigned(review) if a.blind}
    assert len(blind) == 1
    for path in books.values():
        shown = {row.texts["study"] for row in FilledBook(path).rows() if row.texts.get("proposed")}
        assert shown == {a.study for a in assigned(review)} - blind
        for sheet in load_workbook(path):
            texts = {str(c.value) for row in sheet for c in row}
            if any(study in sheet.title for study in blind):
                assert not any("agomir" in t or "Wistar" in t or "10 mg/kg" in t for t in texts)


def test_decisions_come_in_and_twice_changes_nothing(handed, capsys):
    review, books = handed
    root = str(review.root)
    filled = [str(fill(books["mk"]))]
    assert main(["import", *filled, "--root", root]) == 0
    files = {p: p.read_bytes() for p in review.annotations.rglob("*/mk.jsonl") if p.parent.name != "assignments"}
    assert len(files) == 4
    by_study = {p.parent.name: read_statement(p) for p in files}
    seen = [s.reviewed["form.species"].blind for s in by_study.values()]
    assert sum(seen) == 1
    for statement in by_study.values():
        assert [a.value for a in statement.of("form.species")] == ["rat"]
        assert [a.value for a in statement.of("syrcle.random_housing")] == [{"judgement": "high"}]
        if not statement.reviewed["form.species"].blind:
            (dose,) = statement.of("form.dose")
            assert (dose.value, dose.decision, dose.source) == ("12 mg/kg", "edited", "reviewer:mk")
            assert dose.revises
    assert main(["import", *filled, "--root", root]) == 0
    assert {p: p.read_bytes() for p in files} == files
    assert main(["check", "--root", root]) == 0
    capsys.readouterr()
    assert main(["status", "--root", root]) == 0
    assert "mk" in capsys.readouterr().out


def test_a_decision_that_is_cleared_again_stands_and_is_told(handed, capsys):
    review, books = handed
    root, book = str(review.root), books["mk"]
    empty = book.with_name("empty.xlsx")
    empty.write_bytes(book.read_bytes())
    assert main(["import", str(fill(book)), "--reviewer", "mk", "--root", root]) == 0
    capsys.readouterr()
    assert main(["import", str(empty), "--reviewer", "mk", "--root", root]) == 0
    said = capsys.readouterr().out
    assert "left open here, decided before" in said
    assert "form.dose" in said
    assert any(i.label == "form.dose" for i in resolved(review))


def test_what_cannot_be_read_is_named_and_the_rest_comes_in(handed, capsys):
    review, books = handed
    path = fill(books["mk"], judgement="dreadful")
    assert main(["import", str(path), "--reviewer", "mk", "--root", str(review.root)]) == 1
    assert "'dreadful' is no judgement" in capsys.readouterr().err
    labels = {i.label for i in resolved(review)}
    assert "form.dose" in labels
    assert "syrcle.random_housing" not in labels


def test_two_reviewers_disagree_and_it_is_settled(handed, capsys, tmp_path):
    review, books = handed
    root = str(review.root)
    for who, dose in (("mk", "12 mg/kg"), ("th", "15 mg/kg")):
        path = fill(books[who], dose=dose)
        assert main(["import", str(path), "--reviewer", who, "--root", root]) == 0
    capsys.readouterr()
    assert main(["conflicts", "--root", root]) == 0
    assert "15 mg/kg" in capsys.readouterr().out
    study = next(i.study for i in resolved(review) if i.state == "conflict")
    assert main(["adjudicate", study, "form.dose", "--take", "th", "--by", "xy", "--root", root]) == 0
    assert main(["conflicts", "--root", root, "--csv", str(tmp_path / "c.csv")]) == 0
    assert study not in (tmp_path / "c.csv").read_text(encoding="utf-8")
    assert main(["final", "--root", root]) == 0
    final = (review.outputs / "final" / "resolved.csv").read_text(encoding="utf-8")
    assert "adjudicator:xy" in final


def test_an_item_with_a_proposal_left_alone_is_no_answer(review, capsys):
    path = review.outputs / "forms" / "ames-2019.json"
    record = json.loads(path.read_text(encoding="utf-8"))
    second = dict(record["fields"]["dose"][0], value="20 mg/kg")
    record["fields"]["dose"].append(second)
    path.write_text(json.dumps(record), encoding="utf-8")
    root = str(review.root)
    assert main(["assign", "mk", "--per-study", "1", "--blind", "0", "--root", root]) == 0
    assert main(["work", "--reviewer", "mk", "--root", root]) == 0
    book = review.root / "workbooks" / "mk.xlsx"
    for row, decisions, answered in ((0, 1, False), (1, 2, True)):
        decide_dose(book, "ames-2019", row)
        assert main(["import", str(book), "--reviewer", "mk", "--root", root]) == 0
        assert ("decided in part" in capsys.readouterr().out) is not answered
        statement = read_statement(review.annotations / "ames-2019" / "mk.jsonl")
        assert len(statement.decisions) == decisions
        assert ("form.dose" in statement.reviewed) is answered
        assert bool(resolved(review)) is answered


def decide_dose(path, study, place):
    """Reject the dose of a study that stands at a place among its doses."""
    book = FilledBook(path)
    doses = [r for r in book.rows() if (r.texts["study"], r.texts["field"]) == (study, "dose") and r.texts["proposed"]]
    book.put(doses[place], decision="reject")
    book.save()


def test_one_workbook_is_one_reviewer(handed, capsys):
    review, books = handed
    root, book = str(review.root), str(fill(books["mk"]))
    for slip in ("th", "mkk"):
        assert main(["import", book, "--reviewer", slip, "--root", root]) == 2
        assert "names mk, not" in capsys.readouterr().err
    assert main(["import", book, "--root", root]) == 0
    assert "of mk;" in capsys.readouterr().out
    assert main(["import", book, "--as", "th", "--root", root]) == 2
    assert "imported already for mk" in capsys.readouterr().err
    assert not list(review.annotations.glob("*/th.jsonl"))[1:]  # the assignment's only


def test_a_name_that_nobody_bears_is_refused_with_those_there_are(handed, capsys):
    review, books = handed
    root, book = str(review.root), str(fill(books["mk"]))
    assert main(["import", book, "--as", "xy", "--root", root]) == 2
    said = capsys.readouterr().err
    assert "known: mk, th" in said
    assert not list(review.annotations.glob("*-20*/xy.jsonl"))
    assert main(["import", book, "--as", "xy", "--new-reviewer", "--root", root]) == 0
    said = capsys.readouterr().out
    assert "not handed to xy" in said
    assert "handed to: mk, th" in said
    assert list(review.annotations.glob("*-20*/xy.jsonl"))


def test_one_import_is_one_act_in_all_studies(handed):
    review, books = handed
    root = str(review.root)
    for dose in ("12 mg/kg", "13 mg/kg"):
        assert main(["import", str(fill(books["mk"], dose=dose)), "--root", root]) == 0
    paths = [p for p in review.annotations.rglob("*/mk.jsonl") if p.parent.name != "assignments"]
    acts = [[session.act for session in read_statement(p).sessions] for p in paths]
    assert {len(of) for of in acts} == {1, 2}  # nothing was said anew of the blind study
    first, second = {of[0] for of in acts}, {of[1] for of in acts if len(of) > 1}
    assert len(first) == len(second) == 1
    assert first != second


def test_of_several_workbooks_the_sound_ones_are_read(handed, tmp_path, capsys):
    review, books = handed
    root, good = str(review.root), str(fill(books["mk"]))
    bad, worse = tmp_path / "bad.xlsx", tmp_path / "worse.xlsx"
    bad.write_bytes(b"PK\x03\x04 cut")
    worse.write_text("study;field", encoding="utf-8")
    assert main(["import", str(bad), good, str(worse), "--reviewer", "mk", "--root", root]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split(":")[0] for line in said] == ["vivex import"] * 2
    assert list(review.annotations.glob("*-20*/mk.jsonl"))
    assert main(["import", str(bad), str(worse), "--reviewer", "mk", "--root", root]) == 2


def test_a_quote_without_a_place_loses_no_decision(handed, capsys):
    review, books = handed
    path = fill(books["mk"])
    book = FilledBook(path)
    for row in list(book.rows()):
        if row.texts.get("decision"):
            book.put(row, quote="Words that stand in no paper of this review")
    book.save()
    assert main(["import", str(path), "--reviewer", "mk", "--root", str(review.root)]) == 0
    said = capsys.readouterr()
    assert "every decision was read" in said.out
    kept = [a for p in review.annotations.glob("*-20*/mk.jsonl") for a in read_statement(p).decisions]
    assert kept
    assert any("evidence as typed: Words that stand in no paper" in a.note for a in kept)
