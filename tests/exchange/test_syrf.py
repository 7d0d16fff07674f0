"""SyRF's tables: its columns as it exports and imports them; its annotation exports as answers."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vivex.errors import MalformedFile
from vivex.exchange.syrf import ANNOTATED, STUDIES, read_studies, read_syrf, write_syrf
from vivex.files import csv_text

OLD = "StudyId,DateTimeCreated,SystematicSearchId,SystematicSearchName,Reconciled,InvestigatorId,InvestigatorName,"
OLD += "AnnotationId,Question,QuestionId,Answer,AnswerType,Reconciled,IsRootQuestion\r\n"


def test_the_annotations_have_syrfs_columns(material):
    header, *lines = csv.reader(io.StringIO(write_syrf(material)["syrf-annotations.csv"].decode(), newline=""))
    assert tuple(header) == ANNOTATED
    assert header.count("Reconciled") == 2
    row = dict(zip(header, lines[0], strict=True))
    assert (row["Question"], row["Answer"], row["AnswerType"]) == ("Which species?", "rat", "string")
    assert row["InvestigatorName"] == "ab, mk"
    assert row["Comments"] == "p. 2: Wistar rats"
    (blinding,) = [line for line in lines if "reporting.blinding" in line]
    assert (blinding[11], blinding[13]) == ("True", "boolean")


def test_the_studies_carry_their_authors_and_our_id(material):
    first, second = csv.DictReader(io.StringIO(write_syrf(material)["syrf-studies.csv"].decode(), newline=""))
    assert tuple(first) == STUDIES
    assert first["Authors"] == "Ode, Ann;van de Berg, B."
    assert (first["CustomId"], second["CustomId"]) == ("ode-2019", "x")


def test_what_is_written_is_read(material, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(write_syrf(material)["syrf-annotations.csv"])
    brought = read_syrf(path)
    assert len(brought.answers) == 15
    dose = [a for a in brought.answers if a.question == "Which doses?"]
    assert [(a.study, a.answer) for a in dose] == [("ode-2019", "10 µg"), ("ode-2019", "'=20 µg")]
    path.write_bytes(write_syrf(material)["syrf-studies.csv"])
    assert read_studies(path).studies["ode-2019"].doi == "10.5555/ode.2019"


def test_an_old_export_with_trailing_blanks(tmp_path):
    path = tmp_path / "old.csv"
    line = "s1,01/29/2022 22:33:04,x,y,False,id,{who},a1,Is it blinded? ,q1,{answer},string,{done},True\r\n"
    path.write_text(
        OLD
        + line.format(who="Ann B", answer="No ", done="True")
        + line.format(who="Cy D", answer='"Yes, and\nmore "', done="False"),
        encoding="utf-8",
        newline="",
    )
    one, two = read_syrf(path).answers
    assert (one.reviewer, one.question, one.answer, one.reconciled) == ("Ann B", "Is it blinded?", "No", True)
    assert (two.reviewer, two.answer, two.reconciled) == ("Cy D", "Yes, and\nmore", False)


def test_another_table_is_refused_by_name(tmp_path):
    path = tmp_path / "wide.csv"
    path.write_text("StudyId,Title\r\n1,2\r\n")
    with pytest.raises(MalformedFile, match=r"column InvestigatorName is missing; export .* in the long format"):
        read_syrf(path)


@given(
    st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30), min_size=1, max_size=5)
)
def test_any_answer_comes_back_without_its_trailing_blanks(tmp_path_factory, words):
    path = tmp_path_factory.mktemp("syrf") / "a.csv"
    header = ["StudyId", "InvestigatorName", "Question", "Answer"]
    stream = io.StringIO(newline="")
    csv.writer(stream).writerows([header, *(["s", "ann", "q", word + " "] for word in words)])
    path.write_text(stream.getvalue(), encoding="utf-8", newline="")
    assert [a.answer for a in read_syrf(path).answers] == [word.strip() for word in words]


@pytest.mark.parametrize("name", ["syrf-annotation-long-2023.csv", "syrf-annotation-long-template.csv"])
def test_real_exports(shared, name):
    brought = read_syrf(shared / "exchange" / "samples" / name)
    assert brought.notes == ()
    assert all(a.study and a.reviewer and a.question and a.answer == a.answer.strip() for a in brought.answers)


def test_a_real_bibliography(shared):
    brought = read_studies(shared / "exchange" / "samples" / "syrf-bibliography.csv")
    assert all(r.title and r.authors and r.year for r in brought.references)
    assert csv_text(STUDIES, []).strip() in (shared / "exchange" / "samples" / "syrf-import-template.csv").read_text(
        encoding="utf-8-sig"
    )
