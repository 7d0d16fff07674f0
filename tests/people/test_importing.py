"""A reviewer's workbook, from assignment to the store and back."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from vivex.cli import main
from vivex.people.resolve import resolved
from vivex.people.store import read_statement


def fill(path, *, dose="12 mg/kg", judgement="high"):
    """Fill a workbook in as a reviewer would: accept the species, edit the dose, judge one item."""
    book = load_workbook(path)
    for sheet in book:
        headers = [str(c.value) for c in sheet[2]]
        if "Study" not in headers or "Question" not in " ".join(headers):
            continue
        done = set()
        for row in sheet.iter_rows(min_row=3):
            cells = dict(zip(headers, row, strict=True))
            asked = str(cells.get("Field", cells.get("Item")).value or "").casefold()
            yours = next(c for h, c in cells.items() if h in ("Your value", "Your judgement", "Your answer"))
            decision = cells.get("Decision")
            if asked == "species" and cells["Study"].value not in done:
                done.add(cells["Study"].value)
                (decision or yours).value = "accept" if decision else "rat"
            if asked == "dose" and decision is not None:
                decision.value, yours.value = "edit", dose
            if "random housing" in asked:
                yours.value = judgement
                if decision is not None:
                    decision.value = "edit"
    book.save(path)
    return path


@pytest.fixture
def handed(review):
    """Return the review after `vivex assign`, with its workbooks by name."""
    assert main(["assign", "mk", "th", "--root", str(review.root), "--blind", "0.25"]) == 0
    return review, {p.name: p for p in (review.outputs / "assigned").glob("*.xlsx")}


def test_blind_workbooks_hold_no_proposal(handed):
    _, books = handed
    assert sorted(books) == ["mk-1-blind.xlsx", "mk-1-prefilled.xlsx", "th-1-blind.xlsx", "th-1-prefilled.xlsx"]
    for name, path in books.items():
        texts = {str(c.value) for sheet in load_workbook(path) for row in sheet for c in row}
        assert ("10 mg/kg" in texts) == ("prefilled" in name)
        assert any("agomir" in t or "Wistar" in t for t in texts) == ("prefilled" in name)


def test_decisions_come_in_and_twice_changes_nothing(handed, capsys):
    review, books = handed
    root = str(review.root)
    filled = [str(fill(books[f"mk-1-{how}.xlsx"])) for how in ("blind", "prefilled")]
    assert main(["import", *filled, "--reviewer", "mk", "--root", root]) == 0
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
    assert main(["import", *filled, "--reviewer", "mk", "--root", root]) == 0
    assert {p: p.read_bytes() for p in files} == files
    assert main(["check", "--root", root]) == 0
    capsys.readouterr()
    assert main(["status", "--root", root]) == 0
    assert "mk" in capsys.readouterr().out


def test_a_decision_that_is_cleared_again_stands_and_is_told(handed, capsys):
    review, books = handed
    root, book = str(review.root), books["mk-1-prefilled.xlsx"]
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
    path = fill(books["mk-1-prefilled.xlsx"], judgement="dreadful")
    assert main(["import", str(path), "--reviewer", "mk", "--root", str(review.root)]) == 1
    assert "SYRCLE!" in capsys.readouterr().err
    labels = {i.label for i in resolved(review)}
    assert "form.dose" in labels
    assert "syrcle.random_housing" not in labels


def test_two_reviewers_disagree_and_it_is_settled(handed, capsys, tmp_path):
    review, books = handed
    root = str(review.root)
    for who, dose in (("mk", "12 mg/kg"), ("th", "15 mg/kg")):
        path = fill(books[f"{who}-1-prefilled.xlsx"], dose=dose)
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
    book = review.outputs / "assigned" / "mk-1-prefilled.xlsx"
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
    book = load_workbook(path)
    for sheet in book:
        headers = [str(c.value) for c in sheet[2]]
        if "Field" not in headers or "Study" not in headers:
            continue
        at = {h: i for i, h in enumerate(headers)}
        rows = [
            r
            for r in sheet.iter_rows(min_row=3)
            if r[at["Study"]].value == study and str(r[at["Field"]].value).casefold() == "dose"
        ]
        if rows:
            rows[place][at["Decision"]].value = "reject"
    book.save(path)


def test_one_workbook_is_one_reviewer(handed, capsys):
    review, books = handed
    root, book = str(review.root), str(fill(books["mk-1-prefilled.xlsx"]))
    for slip in ("th", "mkk"):
        assert main(["import", book, "--reviewer", slip, "--root", root]) == 2
        assert "names mk, not" in capsys.readouterr().err
    assert main(["import", book, "--reviewer", "mk", "--root", root]) == 0
    assert main(["import", book, "--reviewer", "th", "--handed-over", "--root", root]) == 2
    assert "imported already for mk" in capsys.readouterr().err
    assert not list(review.annotations.glob("*/th.jsonl"))[1:]  # the assignment's only


def test_a_workbook_that_was_handed_over_is_taken_and_its_studies_are_named(handed, capsys):
    review, books = handed
    book = str(fill(books["mk-1-prefilled.xlsx"]))
    assert main(["import", book, "--reviewer", "xy", "--handed-over", "--root", str(review.root)]) == 0
    said = capsys.readouterr().out
    assert "not handed to xy" in said
    assert "handed to: mk, th" in said
    assert list(review.annotations.glob("*-20*/xy.jsonl"))


def test_of_several_workbooks_the_sound_ones_are_read(handed, tmp_path, capsys):
    review, books = handed
    root, good = str(review.root), str(fill(books["mk-1-prefilled.xlsx"]))
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
    path = fill(books["mk-1-prefilled.xlsx"])
    book = load_workbook(path)
    for sheet in book:
        headers = [str(c.value) for c in sheet[2]]
        if "Decision" in headers:
            for row in sheet.iter_rows(min_row=3):
                cells = dict(zip(headers, row, strict=True))
                if cells["Decision"].value:
                    cells["Evidence: quote from the paper"].value = "Words that stand in no paper of this review"
    book.save(path)
    assert main(["import", str(path), "--reviewer", "mk", "--root", str(review.root)]) == 0
    said = capsys.readouterr()
    assert "every decision was read" in said.out
    kept = [a for p in review.annotations.glob("*-20*/mk.jsonl") for a in read_statement(p).decisions]
    assert kept
    assert any("evidence as typed: Words that stand in no paper" in a.note for a in kept)
