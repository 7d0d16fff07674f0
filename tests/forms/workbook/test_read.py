from __future__ import annotations

import datetime
import shutil
import subprocess
from dataclasses import replace

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from vivex.codebook import Field
from vivex.errors import MalformedFile
from vivex.forms.rows import alternatives, proposals
from vivex.forms.workbook import read_workbook, write_workbook
from vivex.forms.workbook.layout import read_key
from vivex.questions import KINDS, AnswerKind, UnreadableAnswer


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
        self.book = load_workbook(self.path)

    def column(self, sheet: str, key: str) -> int:
        return next(c.column for c in self.book[sheet][1] if c.value and read_key(c.value)[2] == key)

    def row(self, sheet: str, *texts: str) -> int:
        for row in self.book[sheet].iter_rows(min_row=3):
            if set(texts) <= {c.value for c in row}:
                return row[0].row
        raise AssertionError(texts)

    def spare(self, sheet: str) -> int:
        return next(r[3].row for r in self.book[sheet].iter_rows(min_row=3) if not any(c.value for c in r))

    def put(self, sheet: str, row: int, **texts) -> None:
        for key, value in texts.items():
            self.book[sheet].cell(row, self.column(sheet, key)).value = value

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
    row = review.row("Treatment", "Abel 2020", "40 µg/kg")
    review.put("Treatment", row, decision="Accept", note="clear")
    (made,) = review.read().decisions
    machine = review.original("Abel 2020", "form.dose", "40 µg/kg")
    assert (made.value, made.evidence, made.decision) == (machine.value, machine.evidence, "accepted")
    assert (made.source, made.revises, made.note) == ("reviewer:mk", machine.id, "clear")


def test_edit_takes_the_value_given_and_the_evidence_pasted(review):
    row = review.row("Treatment", "Babel-2021", "40 µg/kg")
    review.put("Treatment", row, decision="edit", yours="40 µg/kg weekly", quote="into the knee\nonce a week")
    (made,) = review.read().decisions
    assert (made.study, made.value, made.decision) == ("Babel-2021", "40 µg/kg weekly", "edited")
    assert [e.quote for e in made.evidence] == ["into the knee once a week"]
    assert made.evidence[0].page == 1


def test_edit_to_not_reported_drops_the_evidence(review):
    review.put("Animals", review.row("Animals", "Abel 2020", "24"), decision="edit", yours="Not reported")
    (made,) = review.read().decisions
    assert (made.value, made.evidence) == ("not reported", ())


def test_a_value_without_a_decision_is_an_edit(review):
    review.put("Animals", review.row("Animals", "Abel 2020", "24"), yours=0)
    (made,) = review.read().decisions
    assert (made.value, made.decision) == ("0", "edited")


def test_reject(review):
    review.put("Treatment", review.row("Treatment", "Abel 2020", "-181b"), decision="rejected")
    (made,) = review.read().decisions
    assert (made.value, made.decision) == ("-181b", "rejected")


def test_add_in_a_spare_row(review):
    row = review.spare("Treatment")
    review.put(
        "Treatment",
        row,
        study="abel 2020",
        field="Target gene",
        yours="MMP13",
        quote="the expression was high",
        group="exosomes",
    )
    (made,) = review.read().decisions
    assert (made.study, made.label, made.value, made.decision) == ("Abel 2020", "form.target_gene", "MMP13", "added")
    assert (made.revises, made.group) == ("", "exosomes")
    assert made.evidence[0].quote == "the expression was high"


def test_judgements_and_statements(review):
    low = review.row("SYRCLE", "Abel 2020", "1. Sequence generation")
    other = review.row("SYRCLE", "Abel 2020", "10. Other sources of bias")
    stated = review.row("Reporting", "Babel-2021", "Blinding")
    review.put("SYRCLE", low, decision="accept")
    review.put("SYRCLE", other, yours="Low risk", note="nothing else")
    review.put("Reporting", stated, decision="edit", yours="yes", quote="The scorer did not know the groups.")
    made = {a.label: a for a in review.read().decisions}
    machine = review.original("Abel 2020", "syrcle.sequence_generation")
    assert made["syrcle.sequence_generation"].value == machine.value
    assert made["syrcle.sequence_generation"].evidence == machine.evidence
    assert made["syrcle.other_bias"].value == {"judgement": "low"}
    assert (made["syrcle.other_bias"].decision, made["syrcle.other_bias"].note) == ("edited", "nothing else")
    assert made["reporting.blinding"].value == {"reported": True}


def test_several_quotes_parted_by_an_empty_line(review):
    row = review.row("SYRCLE", "Abel 2020", "7. Blinding (detection)")
    review.put("SYRCLE", row, yours="low", quote="The scorer did not know\n\np. 1: Housing: 22 °C")
    (made,) = review.read().decisions
    assert [e.quote for e in made.evidence] == ["The scorer did not know", "Housing: 22 °C"]


def test_a_quote_that_the_paper_does_not_hold_is_kept_as_a_note(review):
    row = review.row("Treatment", "Abel 2020", "SEPTIN2")
    review.put("Treatment", row, decision="accept", quote="from figure 3 only", page="7")
    contents = review.read()
    (made,), (problem,) = contents.decisions, contents.problems
    assert (made.decision, made.evidence) == ("accepted", ())
    assert made.note == "evidence as typed (page 7): from figure 3 only"
    assert (problem.sheet, problem.cell) == ("Treatment", f"K{row}")
    assert "paste the passage" in problem.message


@pytest.mark.parametrize(
    ("texts", "key", "words"),
    [
        ({"decision": "perhaps"}, "decision", "accept, edit, reject or add"),
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
    row = review.row("Treatment", "Abel 2020", "40 µg/kg")
    review.put("Treatment", row, **texts)
    review.put("Treatment", row + 1, decision="reject")
    contents = review.read()
    assert [a.decision for a in contents.decisions] == ["rejected"]
    (problem,) = contents.problems
    assert problem.sheet == "Treatment"
    assert problem.cell == review.book["Treatment"].cell(row, review.column("Treatment", key)).coordinate
    assert words in str(problem)


@pytest.mark.parametrize(
    "damaged", ["2-Sep", "02-Sep", "1-Mar", "Mar-01", "2026-09-02", "2.31E+19", 43831, "7-Dec-2026"]
)
def test_a_gene_that_became_a_date_or_number_is_caught(review, damaged):
    review.put("Treatment", review.spare("Treatment"), study="Abel 2020", field="target gene", yours=damaged)
    contents = review.read()
    assert contents.decisions == ()
    assert "type the name" in contents.problems[0].message


@pytest.mark.parametrize("name", ["SEPTIN2", "MARCHF1", "Oct-4", "miR-1-3p", "let-7", "p53", "Sept2"])
def test_names_of_genes_are_no_dates(review, name):
    review.put("Treatment", review.spare("Treatment"), study="Abel 2020", field="target gene", yours=name)
    assert [a.value for a in review.read().decisions] == [name]


def test_values_are_checked_against_the_codebook(review):
    review.put("Animals", review.row("Animals", "Abel 2020", "sex"), yours="Female")
    review.put("Animals", review.row("Animals", "Babel-2021", "sex"), yours="mixed")
    review.put("Animals", review.row("Animals", "Babel-2021", "n total"), yours="many")
    contents = review.read()
    assert [a.value for a in contents.decisions] == ["female"]
    assert [p.message.split(";")[-1].strip() for p in contents.problems] == [
        "choose one. The row was not read.",
        "type it in figures. The row was not read.",
    ]


def test_two_rows_that_decide_on_one_proposal(review):
    sheet = review.book["Treatment"]
    row = review.row("Treatment", "Abel 2020", "SEPTIN2")
    review.put("Treatment", row, decision="accept")
    spare = review.spare("Treatment")
    for cell in sheet[row]:
        sheet.cell(spare, cell.column).value = cell.value
    review.put("Treatment", spare, decision="reject")
    contents = review.read()
    assert [a.decision for a in contents.decisions] == ["accepted"]
    assert "keep one" in contents.problems[0].message


def decide_some(review) -> None:
    review.put("Treatment", review.row("Treatment", "Abel 2020", "40 µg/kg"), decision="accept")
    review.put("Treatment", review.row("Treatment", "Babel-2021", "-181b"), decision="edit", yours="miR-181b")
    review.put(
        "Treatment", review.spare("Treatment"), study="Abel 2020", field="dose", yours="2 mg", quote="once a week"
    )
    review.put("SYRCLE", review.row("SYRCLE", "Abel 2020", "3. Allocation concealment"), yours="high")


def test_renamed_moved_and_further_columns_and_sheets(review):
    decide_some(review)
    expected = review.read().decisions
    sheet = review.book["Treatment"]
    sheet.title = "my sheet"
    sheet.cell(2, review.column("my sheet", "yours")).value = "what I think"
    sheet.move_range(f"C1:O{sheet.max_row}", cols=3)  # three columns of the reviewer's own
    sheet["D2"], sheet["D3"] = "mine", "x"
    review.book.move_sheet("SYRCLE", -4)
    review.book.create_sheet("scratch")["A1"] = "notes"
    found = review.read()
    assert {a.id for a in found.decisions} == {a.id for a in expected}
    assert found.problems == ()


@pytest.mark.parametrize(
    "lost", [("id",), ("printed",), ("id", "text", "printed"), ("section", "confidence", "group", "note")]
)
def test_columns_that_were_deleted(review, lost):
    decide_some(review)
    expected = review.read().decisions
    for key in lost:
        review.book["Treatment"].delete_cols(review.column("Treatment", key))
    found = review.read()
    assert found.problems == ()
    assert {(a.study, a.label, str(a.value), a.decision, a.evidence) for a in found.decisions} == {
        (a.study, a.label, str(a.value), a.decision, a.evidence) for a in expected
    }
    assert {a.revises for a in found.decisions} == {a.revises for a in expected}


def test_the_hidden_row_was_deleted(review):
    decide_some(review)
    expected = review.read().decisions
    for name in ("Treatment", "SYRCLE"):
        review.book[name].delete_rows(1)
    found = review.read()
    assert found.problems == ()
    assert {(a.study, a.label, str(a.value), a.decision) for a in found.decisions} == {
        (a.study, a.label, str(a.value), a.decision) for a in expected
    }
    assert {a.revises for a in found.decisions} == {a.revises for a in expected}


def test_a_sheet_that_was_deleted_is_told(review):
    del review.book["SYRCLE"]
    assert [p.sheet for p in review.read().problems] == ["SYRCLE"]


def test_blank_and_merged_rows(review):
    sheet = review.book["Treatment"]
    row = review.row("Treatment", "Abel 2020", "40 µg/kg")
    review.put("Treatment", row + 1, decision="accept")
    sheet.insert_rows(row + 2)
    column = review.column("Treatment", "study")
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=column, end_column=column)
    contents = review.read()
    assert [a.value for a in contents.decisions] == ["=1+1"]
    assert contents.problems == ()


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
    review.book = load_workbook(review.path)
    assert review.read(save=False).decisions == ()
    review.put("Animals", review.row("Animals", "Abel 2020", "sex"), yours="male", quote="Adult male Wistar rats")
    review.put("SYRCLE", review.row("SYRCLE", "Babel-2021", "1. Sequence generation"), yours="low")
    review.put("Reporting", review.row("Reporting", "Babel-2021", "Randomisation"), quote="four groups")
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
        review.book = load_workbook(review.path)
        decide_some(review)
        review.book.save(review.path)
    found = review.read(save=False)
    assert found.decisions == expected
    assert found.problems == ()


def test_a_proposal_that_was_overwritten_is_told(review):
    row = review.row("Treatment", "Abel 2020", "40 µg/kg")
    review.put("Treatment", row, proposed="50 µg/kg")
    (problem,) = review.read().problems
    assert problem.cell == f"G{row}"
    assert "write your own value into the column for it" in problem.message


def test_a_group_given_is_an_edit(review):
    review.put("Treatment", review.row("Treatment", "Abel 2020", "40 µg/kg"), group="high dose")
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
    review.put("Treatment", review.row("Treatment", "Abel 2020", "SEPTIN2"), decision="accept")
    review.documents["Abel 2020"] = replace(old, text=old.text.replace("SEPTIN2 fell", "it fell hard"))
    contents = review.read()
    (made,), (problem,) = contents.decisions, contents.problems
    assert (made.decision, made.evidence, made.note) == ("accepted", (), "evidence as typed (page 1): SEPTIN2 fell")
    assert "doesn't hold “SEPTIN2 fell”" in problem.message


@pytest.mark.parametrize(
    "texts", [{"study": "Abel 2020", "field": "dose"}, {"page": "3"}, {"group": "sham"}, {"proposed": "5 mg"}]
)
def test_a_spare_row_without_a_value_is_told(review, texts):
    review.put("Treatment", review.spare("Treatment"), **texts)
    (problem,) = review.read().problems
    assert "type the value, or clear the row" in problem.message


def test_a_judgement_by_outcome_is_added(review):
    item = "7. Blinding (detection)"
    review.put("SYRCLE", review.spare("SYRCLE"), study="Abel 2020", item=item, group="OARSI score", yours="low")
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
    path = tmp_path / "forms.xlsx"
    write_workbook(path, papers=[richer], codebook=codebook)
    filled = Review([richer], codebook, path, tmp_path / "x")
    offered = filled.column("Treatment", "further")
    shown = [c.value for c in next(filled.book["Treatment"].iter_cols(offered, offered, min_row=3)) if c.value]
    assert shown == ["50 µg/kg (0.25, p. 1)"]
    row = filled.row("Treatment", "40 µg/kg")
    filled.put("Treatment", row, yours="50 µg/kg")
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
        review.put("Animals", review.row("Animals", study, "killed"), yours=typed)
    contents = review.read()
    assert [(a.label, a.value) for a in contents.decisions] == [("form.killed", "day 28")]
    assert "is no day" in contents.problems[0].message
    (made,) = contents.decisions
    assert asked.questions["form.killed"].same(made.value, "day 28")
