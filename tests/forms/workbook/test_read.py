from __future__ import annotations

import datetime
import shutil
import subprocess
from dataclasses import replace

import pytest
from openpyxl import Workbook as Book

from vivex.codebook import Field
from vivex.errors import MalformedFile
from vivex.forms.rows import alternatives, proposals
from vivex.forms.workbook import read_workbook, write_workbook
from vivex.questions import KINDS, AnswerKind, UnreadableAnswer
from workbook_rows import FilledBook


@pytest.fixture(scope="module")
def written(papers, failures, codebook, tmp_path_factory):
    """Return a pre-filled workbook that the tests copy."""
    path = tmp_path_factory.mktemp("written") / "forms.xlsx"
    write_workbook(path, papers=papers, failures=failures, codebook=codebook)
    return path


@pytest.fixture
def review(papers, codebook, written, tmp_path):
    return Review(papers, codebook, written, tmp_path)


class Review:
    """Hold a workbook that a test fills in and reads back."""

    def __init__(self, papers, codebook, written, folder):
        self.papers, self.codebook, self.written, self.path = papers, codebook, written, folder / "forms.xlsx"
        folder.mkdir(exist_ok=True)
        self.documents = {p.study: p.document for p in papers}
        self.machine = {p.study: [*p.mentions, *p.judgements, *proposals(p.form)] for p in papers}
        self.start()

    def start(self) -> None:
        """Begin again from the workbook as written."""
        shutil.copy(self.written, self.path)
        self.open()

    def open(self) -> None:
        """Open the workbook as it stands."""
        self.filled = FilledBook(self.path)
        self.book, self.row, self.spare, self.put = (
            self.filled.book,
            self.filled.row,
            self.filled.spare,
            self.filled.put,
        )

    def read(self, *, save: bool = True):
        if save:
            self.book.save(self.path)
        return read_workbook(
            self.path, documents=self.documents, machine=self.machine, codebook=self.codebook, reviewer="mk"
        )

    def original(self, study: str, label: str, value=None):
        found = [a for a in self.machine[study] if a.label == label and (value is None or a.value == value)]
        return found[0]


def test_unchanged_gives_no_decisions(review):
    contents = review.read(save=False)
    assert contents.decisions == contents.problems == ()
    assert not contents.blind


def test_accept_keeps_value_and_evidence_of_the_machine(review):
    row = review.row("Abel 2020", "dose", "40 µg/kg")
    review.put(row, decision="Accept", note="clear")
    (made,) = review.read().decisions
    machine = review.original("Abel 2020", "form.dose", "40 µg/kg")
    assert (made.value, made.evidence, made.decision) == (machine.value, machine.evidence, "accepted")
    assert (made.source, made.revises, made.note) == ("reviewer:mk", machine.id, "clear")


def test_edit_takes_the_value_given_and_the_evidence_pasted(review):
    row = review.row("Babel-2021", "dose", "40 µg/kg")
    review.put(row, decision="edit", yours="40 µg/kg weekly", quote="into the knee\nonce a week")
    (made,) = review.read().decisions
    assert (made.study, made.value, made.decision) == ("Babel-2021", "40 µg/kg weekly", "edited")
    assert [e.quote for e in made.evidence] == ["into the knee once a week"]
    assert made.evidence[0].page == 1


def test_edit_to_not_reported_drops_the_evidence(review):
    review.put(review.row("Abel 2020", "n total", "24"), decision="edit", yours="Not reported")
    (made,) = review.read().decisions
    assert (made.value, made.evidence) == ("not reported", ())


def test_a_value_without_a_decision_is_an_edit(review):
    review.put(review.row("Abel 2020", "n total", "24"), yours=0)
    (made,) = review.read().decisions
    assert (made.value, made.decision) == ("0", "edited")


def test_reject(review):
    review.put(review.row("Abel 2020", "miRNA", "-181b"), decision="rejected")
    (made,) = review.read().decisions
    assert (made.value, made.decision) == ("-181b", "rejected")


def test_add_in_a_spare_row(review):
    row = review.spare("Abel 2020", "target gene")
    review.put(
        row,
        yours="MMP13",
        quote="the expression was high",
        group="exosomes",
    )
    (made,) = review.read().decisions
    assert (made.study, made.label, made.value, made.decision) == ("Abel 2020", "form.target_gene", "MMP13", "added")
    assert (made.revises, made.group) == ("", "exosomes")
    assert made.evidence[0].quote == "the expression was high"


def test_judgements_and_statements(review):
    low = review.row("Abel 2020", "1. Sequence generation")
    other = review.row("Abel 2020", "10. Other sources of bias")
    stated = review.row("Babel-2021", "Blinding")
    review.put(low, decision="accept")
    review.put(other, yours="Low risk", note="nothing else")
    review.put(stated, decision="edit", yours="yes", quote="The scorer did not know the groups.")
    made = {a.label: a for a in review.read().decisions}
    machine = review.original("Abel 2020", "syrcle.sequence_generation")
    assert made["syrcle.sequence_generation"].value == machine.value
    assert made["syrcle.sequence_generation"].evidence == machine.evidence
    assert made["syrcle.other_bias"].value == {"judgement": "low"}
    assert (made["syrcle.other_bias"].decision, made["syrcle.other_bias"].note) == ("edited", "nothing else")
    assert made["reporting.blinding"].value == {"reported": True}


def test_several_quotes_parted_by_an_empty_line(review):
    row = review.row("Abel 2020", "7. Blinding (detection)")
    review.put(row, yours="low", quote="The scorer did not know\n\np. 1: Housing: 22 °C")
    (made,) = review.read().decisions
    assert [e.quote for e in made.evidence] == ["The scorer did not know", "Housing: 22 °C"]


def test_a_quote_that_the_paper_does_not_hold_is_kept_as_a_note(review):
    row = review.row("Abel 2020", "target gene", "SEPTIN2")
    review.put(row, decision="accept", page="7")
    where = review.put(row, quote="from figure 3 only")
    contents = review.read()
    (made,), (problem,) = contents.decisions, contents.problems
    assert (made.decision, made.evidence) == ("accepted", ())
    assert made.note == "evidence as typed (page 7): from figure 3 only"
    assert (problem.sheet, problem.cell) == (row.sheet, where)
    assert "paste the passage" in problem.message


@pytest.mark.parametrize(
    ("texts", "key", "words"),
    [
        ({"decision": "perhaps"}, "decision", "accept, edit, reject, add or only this"),
        ({"decision": "accept", "yours": "5 mg"}, "decision", "choose edit"),
        ({"decision": "reject", "yours": "5 mg"}, "decision", "choose edit"),
        ({"decision": "edit"}, "yours", "type it, or choose accept"),
        ({"decision": "add"}, "yours", "no value"),
        ({"note": "hm"}, "decision", "choose accept"),
        ({"yours": datetime.datetime(2026, 9, 2)}, "yours", "SEPTIN2"),
        ({"yours": datetime.time(1, 10)}, "yours", "holds a time"),
        ({"yours": "=A1"}, "yours", "holds a formula"),
        ({"study": "Cain 1999", "decision": "accept"}, "study", "no study"),
        ({"field": "colour", "decision": "accept"}, "field", "no field"),
        ({"proposed": "41 µg/kg", "decision": "accept"}, "proposed", "not those that were printed"),
        ({"study": "Babel-2021", "decision": "accept"}, "proposed", "not those that were printed"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_others_go_on(review, texts, key, words):
    row = review.row("Abel 2020", "dose", "40 µg/kg")
    review.put(row, **texts)
    where = review.put(row, **{key: texts.get(key, row.texts[key] or None)})
    review.put(review.row("Abel 2020", "dose", "=1+1"), decision="reject")
    contents = review.read()
    assert [a.decision for a in contents.decisions] == ["rejected"]
    (problem,) = contents.problems
    assert problem.sheet == row.sheet
    assert problem.cell == where
    assert words in str(problem)


@pytest.mark.parametrize(
    "damaged", ["2-Sep", "02-Sep", "1-Mar", "Mar-01", "2026-09-02", "2.31E+19", 43831, "7-Dec-2026"]
)
def test_a_gene_that_became_a_date_or_number_is_caught(review, damaged):
    review.put(review.spare("Abel 2020", "target gene"), yours=damaged)
    contents = review.read()
    assert contents.decisions == ()
    assert "type the name" in contents.problems[0].message


@pytest.mark.parametrize("name", ["SEPTIN2", "MARCHF1", "Oct-4", "miR-1-3p", "let-7", "p53", "Sept2"])
def test_names_of_genes_are_no_dates(review, name):
    review.put(review.spare("Abel 2020", "target gene"), yours=name)
    assert [a.value for a in review.read().decisions] == [name]


def test_values_are_checked_against_the_codebook(review):
    review.put(review.row("Abel 2020", "sex"), yours="Female")
    review.put(review.row("Babel-2021", "sex"), yours="mixed")
    review.put(review.row("Babel-2021", "n total"), yours="many")
    contents = review.read()
    assert [a.value for a in contents.decisions] == ["female"]
    assert [p.message.split(";")[-1].strip() for p in contents.problems] == [
        "choose one. The row was not read.",
        "type it in figures. The row was not read.",
    ]


def test_two_rows_that_decide_on_one_proposal(review):
    row = review.row("Abel 2020", "target gene", "SEPTIN2")
    review.put(row, decision="accept")
    spare = review.spare("Abel 2020", "target gene")
    sheet = review.book[row.sheet]
    for cell in sheet[row.number]:
        sheet.cell(spare.number, cell.column).value = cell.value
    review.put(spare, decision="reject")
    contents = review.read()
    assert [a.decision for a in contents.decisions] == ["accepted"]
    assert "keep one" in contents.problems[0].message


def decide_some(review) -> None:
    review.put(review.row("Abel 2020", "dose", "40 µg/kg"), decision="accept")
    review.put(review.row("Babel-2021", "miRNA", "-181b"), decision="edit", yours="miR-181b")
    review.put(review.spare("Abel 2020", "dose"), yours="2 mg", quote="once a week")
    review.put(review.row("Abel 2020", "3. Allocation concealment"), yours="high")


def test_renamed_moved_and_further_columns_and_sheets(review):
    decide_some(review)
    expected = review.read().decisions
    one = review.row("Abel 2020", "dose", "40 µg/kg")
    sheet = review.book[one.sheet]
    sheet.title = "my sheet"
    sheet.cell(5, one.columns["yours"]).value = "what I think"
    sheet.move_range(f"E4:W{sheet.max_row}", cols=3)  # three columns of the reviewer's own
    sheet["F5"], sheet["F7"] = "mine", "x"
    review.book.move_sheet("my sheet", 1)
    review.book.create_sheet("scratch")["A1"] = "notes"
    found = review.read()
    assert {a.id for a in found.decisions} == {a.id for a in expected}
    assert found.problems == ()


@pytest.mark.parametrize(
    "lost", [("id",), ("printed",), ("id", "text", "printed"), ("confidence", "why", "group", "note"), ("study",)]
)
def test_columns_that_were_deleted(review, lost):
    decide_some(review)
    expected = review.read().decisions
    for key in lost:
        row = next(row for row in review.filled.rows() if "Abel" in row.sheet)
        review.book[row.sheet].delete_cols(row.columns[key])
    found = review.read()
    assert found.problems == ()
    assert {(a.study, a.label, str(a.value), a.decision, a.evidence) for a in found.decisions} == {
        (a.study, a.label, str(a.value), a.decision, a.evidence) for a in expected
    }
    assert {a.revises for a in found.decisions} == {a.revises for a in expected}


def test_the_hidden_row_was_deleted(review):
    decide_some(review)
    expected = review.read().decisions
    review.book[review.row("Abel 2020", "dose").sheet].delete_rows(4)
    found = review.read()
    assert [str(p) for p in found.problems] == []
    assert {(a.study, a.label, str(a.value), a.decision) for a in found.decisions} == {
        (a.study, a.label, str(a.value), a.decision) for a in expected
    }
    assert {a.revises for a in found.decisions} == {a.revises for a in expected}


def test_a_sheet_that_was_deleted_is_told(review):
    del review.book[review.row("Abel 2020", "dose").sheet]
    assert [p.sheet for p in review.read().problems] == ["Abel 2020"]


def test_a_row_that_was_inserted_answers_the_question_above_it(review):
    one = review.row("Abel 2020", "dose", "=1+1")
    sheet = review.book[one.sheet]
    sheet.insert_rows(one.number + 1, 2)
    sheet.cell(one.number + 1, one.columns["yours"]).value = "7 mg/kg"
    sheet.cell(one.number + 2, one.columns["yours"]).value = "8 mg/kg"
    found = review.read()
    assert found.problems == ()
    assert [(a.study, a.label, a.value, a.decision) for a in found.decisions] == [
        ("Abel 2020", "form.dose", "7 mg/kg", "added"),
        ("Abel 2020", "form.dose", "8 mg/kg", "added"),
    ]


def test_merged_decisions_hold_for_their_rows_and_merged_answers_are_refused(review):
    one, two = review.row("Abel 2020", "dose", "40 µg/kg"), review.row("Abel 2020", "dose", "=1+1")
    sheet = review.book[one.sheet]
    review.put(one, decision="reject")
    decision = one.columns["decision"]
    sheet.merge_cells(start_row=one.number, end_row=two.number, start_column=decision, end_column=decision)
    assert [(a.value, a.decision) for a in review.read().decisions] == [("40 µg/kg", "rejected"), ("=1+1", "rejected")]
    review.start()
    sheet = review.book[one.sheet]
    review.put(one, decision="edit", yours="7 mg/kg")
    review.put(two, decision="edit")
    yours = one.columns["yours"]
    sheet.merge_cells(start_row=one.number, end_row=two.number, start_column=yours, end_column=yours)
    found = review.read()
    assert [a.value for a in found.decisions] == ["7 mg/kg"]
    assert "unmerge the cells" in found.problems[0].message


def test_accept_the_rest_of_a_section(review):
    review.put(review.row("Abel 2020", "dose", "=1+1"), decision="reject")
    review.put(review.row("Abel 2020", "section form/treatment", kind="section"), decision="accept the rest")
    found = review.read()
    made = {(a.label, a.value): a.decision for a in found.decisions}
    assert made == {
        ("form.dose", "40 µg/kg"): "accepted",
        ("form.dose", "=1+1"): "rejected",
        ("form.mirna", "miR-140-5p"): "accepted",
        ("form.mirna", "-181b"): "accepted",
        ("form.target_gene", "SEPTIN2"): "accepted",
    }
    assert {study for study, _ in found.undecided} == {"Abel 2020", "Babel-2021"}
    assert not any(label in ("form.dose", "form.mirna") for s, label in found.undecided if s == "Abel 2020")


def test_accept_the_rest_of_a_study_answers_every_question_that_is_proposed(review):
    review.put(review.row("Abel 2020", "1. Sequence generation"), yours="high")
    review.put(review.row("Abel 2020", "study", kind=""), decision="accept the rest")
    found = review.read()
    mine = [a for a in found.decisions if a.study == "Abel 2020"]
    assert {a.label for a in mine} == set(review.codebook.questions)
    assert [a.decision for a in mine if a.label == "syrcle.sequence_generation"] == ["edited"]
    assert {study for study, _ in found.undecided} == {"Babel-2021"}


def test_another_word_in_a_heading_is_told(review):
    row = review.row("Abel 2020", "section syrcle", kind="section")
    where = review.put(row, decision="reject")
    (problem,) = review.read().problems
    assert (problem.sheet, problem.cell) == (row.sheet, where)
    assert "accept the rest" in problem.message


def test_only_this_rejects_what_was_left_undecided(review):
    review.put(review.spare("Abel 2020", "dose"), decision="only this", yours="5 mg/kg")
    review.put(review.row("Babel-2021", "miRNA", "miR-140-5p"), decision="replaces the field")
    made = {(a.study, a.label, a.value): a.decision for a in review.read().decisions}
    assert made == {
        ("Abel 2020", "form.dose", "5 mg/kg"): "added",
        ("Abel 2020", "form.dose", "40 µg/kg"): "rejected",
        ("Abel 2020", "form.dose", "=1+1"): "rejected",
        ("Babel-2021", "form.mirna", "miR-140-5p"): "accepted",
        ("Babel-2021", "form.mirna", "-181b"): "rejected",
    }


def test_an_edit_takes_the_reviewers_sentence_not_the_machines(review):
    review.put(review.row("Abel 2020", "dose", "40 µg/kg"), yours="99 µg/kg")
    review.put(review.row("Babel-2021", "dose", "40 µg/kg"), yours="40 µg", decision="edit")
    made = {a.value: a.evidence for a in review.read().decisions}
    assert made["99 µg/kg"] == ()
    assert [e.quote for e in made["40 µg"]] == ["Exosomes were injected at 40 µg/kg"]


def test_what_was_decided_before_stands_in_a_workbook_made_again(review, papers, codebook):
    decide_some(review)
    review.put(review.row("Abel 2020", "target gene", "SEPTIN2"), decision="reject", note="not the target")
    review.put(review.row("Babel-2021", "7. Blinding (detection)"), yours="low", quote="The scorer did not know")
    before = review.read().decisions
    mine = {study: [a for a in before if a.study == study] for study in review.documents}
    write_workbook(review.path, papers=papers, codebook=codebook, decided=mine)
    found = review.read(save=False)
    assert found.problems == ()
    assert sorted(map(repr, found.decisions)) == sorted(map(repr, before))


def test_the_machine_has_changed_since(review):
    decide_some(review)
    expected = review.read().decisions
    review.machine = {study: [] for study in review.machine}
    found = review.read()
    assert {(a.study, a.label, a.decision, a.revises) for a in found.decisions} == {
        (a.study, a.label, a.decision, a.revises) for a in expected
    }
    assert [a.evidence for a in found.decisions] == [a.evidence for a in expected]


def test_blind_workbooks_give_added_values(review):
    write_workbook(review.path, papers=review.papers, codebook=review.codebook, blind=True)
    review.open()
    assert review.read(save=False).decisions == ()
    review.put(review.row("Abel 2020", "sex"), yours="male", quote="Adult male Wistar rats")
    review.put(review.row("Babel-2021", "1. Sequence generation"), yours="low")
    review.put(review.row("Babel-2021", "Randomisation"), quote="four groups")
    contents = review.read()
    assert contents.blind
    assert [(a.label, a.decision, a.revises) for a in contents.decisions] == [
        ("form.sex", "added", ""),
        ("syrcle.sequence_generation", "added", ""),
    ]
    assert contents.decisions[0].evidence[0].quote == "Adult male Wistar rats"
    assert "no value" in contents.problems[0].message


def test_no_workbook_and_a_strangers_workbook(review, tmp_path):
    (tmp_path / "text.xlsx").write_text("not a workbook")
    review.path = tmp_path / "text.xlsx"
    with pytest.raises(MalformedFile, match=r"\.xlsx"):
        review.read(save=False)
    review.path = tmp_path / "other.xlsx"
    review.book = Book()
    with pytest.raises(MalformedFile, match="no sheet of this workbook"):
        review.read()


@pytest.mark.slow
@pytest.mark.parametrize("edited_first", [True, False])
def test_through_libreoffice(review, tmp_path, edited_first):
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed (soffice); the round trip through it can't be tested")

    def through() -> None:
        out = tmp_path / "office"
        profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
        command = [
            office,
            profile,
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(review.path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        shutil.move(out / review.path.name, review.path)

    decide_some(review)
    expected = review.read().decisions
    if edited_first:
        through()
    else:
        review.start()
        through()
        assert review.read(save=False).decisions == ()
        review.open()
        decide_some(review)
        review.book.save(review.path)
    found = review.read(save=False)
    assert found.decisions == expected
    assert found.problems == ()


def test_a_proposal_that_was_overwritten_is_told(review):
    where = review.put(review.row("Abel 2020", "dose", "40 µg/kg"), proposed="50 µg/kg")
    (problem,) = review.read().problems
    assert problem.cell == where
    assert "write your own value into the column for it" in problem.message


def test_a_group_given_is_an_edit(review):
    review.put(review.row("Abel 2020", "dose", "40 µg/kg"), group="high dose")
    (made,) = review.read().decisions
    assert (made.value, made.group, made.decision) == ("40 µg/kg", "high dose", "edited")


def test_rows_left_alone_need_no_study_read(review, papers):
    class Closed(dict):
        def __getitem__(self, study):
            raise AssertionError("the study was read")

    review.documents, review.machine = Closed(review.documents), Closed(review.machine)
    assert review.read(save=False).decisions == ()


def test_evidence_that_the_text_of_now_does_not_hold_is_told(review):
    from dataclasses import replace

    old = review.documents["Abel 2020"]
    review.put(review.row("Abel 2020", "target gene", "SEPTIN2"), decision="accept")
    review.documents["Abel 2020"] = replace(old, text=old.text.replace("SEPTIN2 fell", "it fell hard"))
    contents = review.read()
    (made,), (problem,) = contents.decisions, contents.problems
    assert (made.decision, made.evidence, made.note) == ("accepted", (), "evidence as typed (page 1): SEPTIN2 fell")
    assert "doesn't hold “SEPTIN2 fell”" in problem.message


@pytest.mark.parametrize("texts", [{"page": "3"}, {"group": "sham"}, {"proposed": "5 mg"}])
def test_a_spare_row_without_a_value_is_told(review, texts):
    review.put(review.spare("Abel 2020", "dose"), **texts)
    (problem,) = review.read().problems
    assert "type the value, or clear the row" in problem.message


def test_a_judgement_by_outcome_is_added(review):
    review.put(review.spare("Abel 2020", "7. Blinding (detection)"), group="OARSI score", yours="low")
    (made,) = review.read().decisions
    assert (made.label, made.group, made.value) == (
        "syrcle.blinding_outcome_assessors",
        "OARSI score",
        {"judgement": "low"},
    )
    assert made.decision == "added"


def test_a_further_candidate_that_is_taken_brings_its_evidence(papers, codebook, tmp_path):
    paper = papers[0]
    other = paper.form["fields"]["n_total"][0] | {"value": "50 µg/kg", "confidence": 0.25}
    richer = replace(paper, form=paper.form | {"alternatives": {"dose": [other]}})
    path = tmp_path / "a.xlsx"
    write_workbook(path, papers=[richer], codebook=codebook)
    filled = Review([richer], codebook, path, tmp_path / "x")
    row = filled.row(paper.study, "dose")
    assert row.texts["why"].endswith("or 50 µg/kg (0.25, p. 1)")
    assert row.texts["candidate1"] == "50 µg/kg"
    filled.put(row, yours="50 µg/kg")
    filled.book.save(path)
    found = read_workbook(
        path,
        documents=filled.documents,
        machine=filled.machine,
        candidates={paper.study: alternatives(richer.form)},
        codebook=codebook,
        reviewer="mk",
    )
    (made,) = found.decisions
    assert (made.value, made.decision, made.evidence[0].quote) == ("50 µg/kg", "edited", "n = 24")


def test_a_kind_of_answer_declared_in_one_place_goes_through_the_workbook(papers, codebook, tmp_path, monkeypatch):
    def read(asked, text):
        if not text.isdigit():
            raise UnreadableAnswer(f"{text!r} is no day; write a number")
        return f"day {text}"

    monkeypatch.setitem(KINDS, "day", AnswerKind("day", read, str, str, most=1))
    fields = (*codebook.fields, Field("killed", "On which day were the animals killed?", "day", table="animals"))
    asked = replace(codebook, fields=fields)
    path = tmp_path / "forms.xlsx"
    write_workbook(path, papers=papers, codebook=asked)
    review = Review(papers, asked, path, tmp_path / "x")
    for study, typed in (("Abel 2020", "28"), ("Babel-2021", "soon")):
        review.put(review.row(study, "killed"), yours=typed)
    contents = review.read()
    assert [(a.label, a.value) for a in contents.decisions] == [("form.killed", "day 28")]
    assert "is no day" in contents.problems[0].message
    (made,) = contents.decisions
    assert asked.questions["form.killed"].same(made.value, "day 28")
