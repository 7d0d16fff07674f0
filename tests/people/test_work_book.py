"""A reviewer's workbook is made from what was handed to them, again if lost, and never over their work."""

from __future__ import annotations

import pytest

from people.answers import STUDY, answer_all, ask_more
from vivex.errors import ReviewError, UnknownName
from vivex.forms import volumes
from vivex.people.assign import Assignment, record
from vivex.people.hand_out import hand_out, hand_out_fields
from vivex.people.importing import import_workbook
from vivex.people.store import read_statement, statement_of
from vivex.people.work_book import make, unread_edits, write_all
from workbook_rows import FilledBook

HANDED = [
    Assignment("ames-2019", "mk", False),
    Assignment("bell-2020", "mk", True),
    Assignment("cole-2021", "th", True),
]


@pytest.fixture
def handed(review):
    record(review, HANDED)
    return review


def test_it_holds_what_was_handed_out_and_of_blind_studies_no_proposal(handed):
    made = make(handed, "mk")
    assert (made.studies, made.blind, made.missing) == (("ames-2019", "bell-2020"), ("bell-2020",), ())
    shown = {row.texts["study"] for row in FilledBook(made.paths[0]).rows() if row.texts.get("proposed")}
    assert shown == {"ames-2019"}
    assert (handed.root / "workbooks" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_made_again_it_is_the_same_and_after_an_import_it_holds_the_decisions(handed):
    path = make(handed, "mk").paths[0]
    first = path.read_bytes()
    path.unlink()
    assert make(handed, "mk").paths[0].read_bytes() == first
    book = FilledBook(path)
    book.put(book.row("ames-2019", "dose"), yours="11 mg/kg", quote="at 10 mg/kg by tail vein", note="table 2")
    book.put(book.row("bell-2020", "species"), yours="rat")
    book.put(book.spare("bell-2020", "species"), yours="mouse")
    book.save()
    done = import_workbook(handed, path)
    assert (done.reviewer, done.decisions, done.problems) == ("mk", 3, ())
    files = {p: p.read_bytes() for p in handed.annotations.rglob("*.jsonl")}
    again = FilledBook(make(handed, "mk").paths[0])
    row = again.row("ames-2019", "dose")
    assert (row.texts["decision"], row.texts["yours"], row.texts["note"]) == ("edit", "11 mg/kg", "table 2")
    assert again.row("bell-2020", "species").texts["yours"] == "rat"
    assert not any(a.evidence for a in read_statement(handed.annotations / "bell-2020" / "mk.jsonl").decisions)
    assert import_workbook(handed, path).changed == ()
    assert {p: p.read_bytes() for p in handed.annotations.rglob("*.jsonl")} == files


def test_it_is_never_written_over_unread_edits(handed):
    path = make(handed, "mk").paths[0]
    assert not unread_edits(handed, path, "mk")
    book = FilledBook(path)
    book.put(book.row("ames-2019", "dose"), decision="accept")
    filled = book.save().read_bytes()
    assert unread_edits(handed, path, "mk")
    made = make(handed, "mk")
    assert ([p.name for p in made.paths], made.spared) == (["mk-2.xlsx"], (path,))
    assert path.read_bytes() == filled
    with pytest.raises(ReviewError, match="import it first"):
        make(handed, "mk", path)
    import_workbook(handed, path)
    assert make(handed, "mk").paths == (path,)


def test_one_that_was_saved_without_edits_may_be_written_anew(handed):
    path = make(handed, "mk").paths[0]
    FilledBook(path).save()  # other bytes, the same content
    assert not unread_edits(handed, path, "mk")
    path.write_bytes(b"PK broken")
    assert unread_edits(handed, path, "mk")


def test_forms_that_are_not_here_are_named(handed):
    (handed.outputs / "forms" / "bell-2020.json").unlink()
    assert make(handed, "mk").missing == ("bell-2020",)
    (handed.outputs / "forms" / "ames-2019.json").unlink()
    with pytest.raises(ReviewError, match="vivex sync"):
        make(handed, "mk")
    with pytest.raises(UnknownName, match="nothing is handed to xy"):
        make(handed, "xy")


def test_who_was_done_is_asked_a_new_question_alone(review):
    hand_out(review, ["mk"], studies=[STUDY, "bell-2020"], per_study=1, blind=0)
    answer_all(review, "mk")
    ask_more(review)
    hand_out_fields(review, ["anaesthesia"])
    made = make(review, "mk")
    assert made.added == (STUDY,)
    book = FilledBook(made.paths[0])
    asked = {row.texts["field"] for row in book.rows() if STUDY in row.sheet and row.texts.get("study")}
    assert asked == {"anaesthesia"}
    book.put(book.row(STUDY, "anaesthesia"), yours="isoflurane")
    book.save()
    before = statement_of(review, STUDY, "mk")
    assert import_workbook(review, made.paths[0]).decisions == 1
    after = statement_of(review, STUDY, "mk")
    assert set(after.reviewed) == {*before.reviewed, "form.anaesthesia"}
    assert all(decision in after.decisions for decision in before.decisions)
    assert make(review, "mk").added == ()
    whole = make(review, "mk", made.paths[0].with_name("whole.xlsx"), whole=True)
    assert any(row.texts.get("field") == "dose" for row in FilledBook(whole.paths[0]).rows() if STUDY in row.sheet)


def test_more_studies_than_a_workbook_holds_are_divided_and_every_part_is_read(review, monkeypatch):
    hand_out(review, ["mk"], per_study=1, blind=0.25)
    whole = make(review, "mk").paths[0]
    monkeypatch.setattr(volumes, "STUDIES", 2)
    made = make(review, "mk")
    assert [p.name for p in made.paths] == ["mk-part-1.xlsx", "mk-part-2.xlsx"]
    assert not whole.exists()  # nobody had written in it
    shown = [{row.texts["study"] for row in FilledBook(path).rows()} - {""} for path in made.paths]
    assert [len(some) for some in shown] == [2, 2]
    assert shown[0] | shown[1] == set(made.studies)
    for path, studies in zip(made.paths, shown, strict=True):
        book = FilledBook(path)
        for study in sorted(studies - set(made.blind)):
            book.put(book.row(study, "dose"), decision="accept")
        book.save()
    other = make(review, "mk")
    assert other.spared == made.paths
    assert [p.name for p in other.paths] == ["mk-part-1-2.xlsx", "mk-part-2-2.xlsx"]
    for path in made.paths:
        assert import_workbook(review, path).problems == ()
    decided = {s for s in made.studies if statement_of(review, s, "mk").decisions}
    assert decided == set(made.studies) - set(made.blind)
    assert make(review, "mk").paths == made.paths
    monkeypatch.setattr(volumes, "STUDIES", 100)
    assert make(review, "mk").paths == (whole,)
    assert [p.name for p in sorted(whole.parent.glob("*.xlsx"))] == ["mk.xlsx"]


def test_workbooks_to_be_sent_are_divided_too(review, monkeypatch, tmp_path):
    new = hand_out(review, ["mk", "th"], studies=[STUDY, "bell-2020", "cole-2021"], per_study=1, blind=0).new
    monkeypatch.setattr(volumes, "STUDIES", 1)
    names = [path.name for path in write_all(review, new, tmp_path)]
    assert len(names) == 3
    assert sum("-part-" in name for name in names) == 2
