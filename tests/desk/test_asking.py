"""The form is changed in codebook.yaml alone and checked as it is; what was decided is told; blind stays blind."""

from __future__ import annotations

from typing import Any

import pytest

from desk.conftest import BLIND, STUDY, Visitor, opened
from vivex.desk.aside import Aside
from vivex.desk.asking import check_form, draft_of, form_data, hand_out_new, preview, save_form
from vivex.desk.deciding import Act, act, version
from vivex.desk.desk_review import DeskReview, id_of
from vivex.errors import MalformedFile, ReviewError
from vivex.people.store import statement_path
from vivex.questions import field_types

NEW = {"was": "", "name": "anaesthesia", "question": "Which anaesthetic  was used?", "type": "text"}


def sent(desk: DeskReview, *more: object, **policy: object) -> dict[str, Any]:
    """Return the form as the browser sends it, with further questions."""
    data = form_data(desk)
    return {"seen": data["seen"], "fields": [*data["fields"], *more], "policy": policy}


def test_what_comes_back_unchanged_changes_nothing(desk: DeskReview) -> None:
    before = desk.review.codebook.read_bytes()
    data = form_data(desk)
    usual = {one["key"]: one["value"] for one in data["policy"]}
    draft = draft_of(sent(desk, **usual))
    assert check_form(desk, draft) == {"said": [], "newFields": []}
    save_form(desk, draft)
    assert desk.review.codebook.read_bytes() == before
    assert [study for study, _ in data["papers"]] == [id_of(s) for s in ("ames-2019", "cole-2021", "dale-2022")]


def test_what_is_written_otherwise_than_it_is_shown_stays_as_written(desk: DeskReview) -> None:
    path = desk.review.codebook
    written = """schema: 1
fields:
  - name: sex
    question: |
      Which sex?
      As the paper has it.
    allowed: [male, "both  sexes"]   # of a text: what is looked for
    synonyms: {"both  sexes": [either]}
    keywords: ["kept  in"]
  - {name: age, question: "How old?"}
"""
    path.write_text(written, encoding="utf-8")
    save_form(desk, draft_of(sent(desk)))
    assert path.read_text(encoding="utf-8") == written
    form = sent(desk)
    form["fields"][0]["per"] = "group"
    save_form(desk, draft_of(form))
    assert path.read_text(encoding="utf-8") == written.replace('["kept  in"]\n', '["kept  in"]\n    per: group\n')


def test_a_question_is_added_moved_and_taken_out(desk: DeskReview) -> None:
    act(desk, STUDY, Act("add", "form.age", version(desk.statement(STUDY), "form.age"), value="8 weeks"))
    before = desk.review.codebook.read_text(encoding="utf-8")
    form = sent(desk, NEW, n_as_range="high")
    form["fields"] = [form["fields"][-1], *(f for f in form["fields"][:-1] if f["name"] != "age")]
    draft = draft_of(form)
    said = check_form(desk, draft)
    assert said["newFields"] == ["anaesthesia"]
    assert said["said"][1] == "age: asked no more; kept in annotations/, but shown in no table: 1 answer in 1 study"
    assert desk.review.codebook.read_text(encoding="utf-8") == before
    saved = save_form(desk, draft)
    assert [f["name"] for f in saved["fields"]][:2] == ["anaesthesia", "species"]
    text = desk.review.codebook.read_text(encoding="utf-8")
    assert text.startswith(before.partition("schema:")[0])
    assert "question: Which anaesthetic was used" in text.replace("'", "")
    assert desk.codebook.setting("n_as_range") == "high"
    assert [a.value for a in desk.statement(STUDY).decisions] == ["8 weeks"]
    assert statement_path(desk.review, STUDY, "mk").exists()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, r"question 19 \(without a name\): give a name"),
        ({"question": " "}, r"question 19 \(anaesthesia\): give a wording"),
        ({"name": "Which One"}, r"question 19 \(Which One\): name 'Which One' must be lower case"),
        ({"type": "category"}, r"question 19 \(anaesthesia\): a category needs its values"),
        ({"type": "essay"}, r"question 19 \(anaesthesia\): type 'essay' is not one of"),
        ({"type": "category", "allowed": [["yes", []], ["yes", []]]}, "holds 'yes' twice"),
        ({"labels": ["planet"]}, "label 'planet' is no entity"),
        ({"source": "planet"}, "no built-in field"),
        ({"keywords": "words"}, "a list of words was expected"),
        ({"question": "\ud800"}, "is no text"),
        ({"question": "x" * 30_000}, "is no text of at most 20000"),
    ],
)
def test_what_is_no_question_is_told_by_its_place(desk: DeskReview, wrong: dict[str, object], words: str) -> None:
    count = len(desk.codebook.fields) + 1
    with pytest.raises(MalformedFile, match=words.replace("19", str(count))):
        draft_of(sent(desk, {**NEW, **wrong}))


def test_two_windows_never_write_over_each_other(desk: DeskReview) -> None:
    one, other = draft_of(sent(desk, NEW)), draft_of(sent(desk, {**NEW, "name": "analgesia"}))
    save_form(desk, one)
    with pytest.raises(ReviewError, match="changed meanwhile"):
        save_form(desk, other)
    with pytest.raises(MalformedFile, match="asked twice"):
        save_form(desk, draft_of(sent(desk, NEW)))
    twice = sent(desk)
    twice["fields"].append({**twice["fields"][0], "name": "other"})
    with pytest.raises(ReviewError, match="came twice"):
        save_form(desk, draft_of(twice))


class Here(Aside):
    """Do the work in this process."""

    def run(self, work, given):
        """Do it."""
        return work(given)


def test_a_preview_shows_what_would_be_proposed_and_nothing_of_a_blind_study(desk: DeskReview) -> None:
    how = {"name": "how", "question": "How?", "type": "category", "allowed": [["vein", ["venous"]]], "per": "group"}
    draft = draft_of(sent(desk, how))
    found = preview(desk, Here(), draft, STUDY, "how")
    assert [one["value"] for one in found["values"]] == ["vein"]
    assert desk.files(STUDY).document.text[found["values"][0]["evidence"][0]["start"] :].startswith("Twenty male")
    assert preview(desk, Here(), draft, STUDY, "age")["values"] == []
    with pytest.raises(ReviewError, match="judged blind"):
        preview(desk, Here(), draft, BLIND, "how")
    with pytest.raises(ReviewError, match="no such question"):
        preview(desk, Here(), draft, STUDY, "planet")


def test_new_questions_are_handed_out_by_the_verb(desk: DeskReview) -> None:
    with pytest.raises(ReviewError, match="--fields"):
        hand_out_new(desk, ["age"])
    asked: list[list[str]] = []
    desk.assign = lambda words: asked.append([*words]) or ["done"]
    assert hand_out_new(desk, ["age"]) == ["done"]
    assert asked == [["--fields", "age"]]
    for names in ([], ["--out"], ["planet"]):
        with pytest.raises(ReviewError, match="no such question"):
            hand_out_new(desk, names)


def test_a_meeting_sees_the_form_and_changes_nothing(desk: DeskReview, visitor: Visitor) -> None:
    reading = DeskReview(desk.review)
    with pytest.raises(ReviewError, match="only reads"):
        save_form(reading, draft_of(sent(reading, NEW)))
    with opened(reading) as meeting:
        meeting.enter()
        assert not meeting.get("/api/form")["canEdit"]
        assert meeting.post("/api/form/save", sent(reading, NEW)).status == 409
    assert visitor.get("/api/form")["canEdit"]
    assert visitor.post("/api/form/check", sent(desk, NEW)).data["newFields"] == ["anaesthesia"]
    for body in ({}, {"fields": 3}, {"fields": [3], "seen": ""}, {"fields": [], "policy": []}):
        assert visitor.post("/api/form/check", body).status == 409
    preview_sent = {**sent(desk, NEW), "study": id_of(BLIND), "field": "anaesthesia"}
    assert "judged blind" in visitor.post("/api/form/preview", preview_sent).data["error"]


def test_every_kind_of_answer_is_worded(desk: DeskReview) -> None:
    kinds = dict(form_data(desk)["kinds"])
    assert list(kinds) == list(field_types())
    assert all(words != kind for kind, words in kinds.items())
