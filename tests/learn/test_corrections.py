"""What a corrected form teaches the recogniser, and what it doesn't."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, evidence, find_quote
from vivex.codebook import template
from vivex.document import Block, Document, Section
from vivex.learn.corrections import fed_by, lessons
from vivex.learn.gold import settled
from vivex.learn.scores import totals
from vivex.learn.train import told
from vivex.people.importing import take_in
from vivex.people.machine import document as document_of
from vivex.people.store import Session
from vivex.review import Review

TEXT = "Rats got 10 mg/kg of tavex twice. Mice got  5 mg/kg once. Tavex was kept cold."
DOCUMENT = Document("s", TEXT, (Block("paragraph", 0, len(TEXT), 0),), (Section(("Methods",), "methods"),))
FED = {"form.dose": ("dose",), "form.intervention": ("agent",)}


def mention(label: str, quote: str, **value: str) -> Annotation:
    start = TEXT.index(quote)
    return Annotation("s", label, value, (evidence(DOCUMENT, start, start + len(quote)),), "model:ner@1", 0.9)


def answer(label: str, value: object, quote: str) -> Annotation:
    found = find_quote(quote, DOCUMENT)
    assert found is not None
    return Annotation("s", label, value, (found,), "reviewer:mk", None, decision="edited")  # type: ignore[arg-type]


def marked(made: tuple[Annotation, ...]) -> list[tuple[str, str, str]]:
    return [(a.label, a.evidence[0].quote, a.source) for a in made]


def test_the_words_of_a_value_are_a_mention_in_its_sentence() -> None:
    (lesson,), made = lessons(DOCUMENT, [answer("form.dose", "5 mg/kg", "Mice got")], [], FED)
    assert TEXT[lesson.start : lesson.end] == "Mice got  5 mg/kg once."
    assert marked(made) == [("dose", "5 mg/kg", "reviewer:mk")]


def test_what_a_person_wrote_takes_the_place_of_what_it_crosses_and_leaves_the_rest() -> None:
    machine = [mention("dose", "10 mg"), mention("agent", "tavex"), mention("dose", "5 mg")]
    told_ = [answer("form.dose", "10 mg/kg", "got 10"), answer("form.intervention", "tavex twice", "of tavex")]
    _, made = lessons(DOCUMENT, told_, machine, FED)
    assert marked(made) == [("agent", "tavex twice", "reviewer:mk"), ("dose", "10 mg/kg", "reviewer:mk")]


def test_the_machines_other_mentions_in_the_sentence_stay() -> None:
    machine = [mention("agent", "Rats"), mention("agent", "tavex")]
    _, made = lessons(DOCUMENT, [answer("form.intervention", "tavex", "got 10")], machine, FED)
    assert marked(made) == [("agent", "Rats", "model:ner@1"), ("agent", "tavex", "reviewer:mk")]


def test_a_value_may_name_a_mention_otherwise_than_its_sentence() -> None:
    machine = [mention("dose", "10 mg/kg", normal="0.01 g/kg")]
    _, made = lessons(DOCUMENT, [answer("form.dose", "0.01 g/kg", "got 10")], machine, FED)
    assert marked(made) == [("dose", "10 mg/kg", "reviewer:mk")]


@pytest.mark.parametrize(
    ("label", "value", "quote"),
    [
        ("form.dose", "not reported", "got 10"),
        ("form.dose", "7 mg/kg", "got 10"),
        ("form.dose", "10 mg/kg", "kept cold"),
        ("form.sex", "Rats", "got 10"),
        ("form.dose", 10, "got 10"),
    ],
)
def test_what_stands_nowhere_teaches_nothing(label: str, value: object, quote: str) -> None:
    assert lessons(DOCUMENT, [answer(label, value, quote)], [], FED) == ((), ())


def test_the_fields_of_a_codebook_say_what_feeds_them() -> None:
    fed = fed_by(template("invivo"))
    assert fed["form.dose"] == ("dose",)
    assert "form.sex" not in fed


def test_an_accepted_form_teaches_the_recogniser(review: Review) -> None:
    study = "ames-2019"
    document = document_of(review, study)
    found = find_quote("miR-21-5p agomir at 10 mg/kg", document)
    assert found is not None
    made = [
        Annotation(study, "form.dose", "10 mg/kg", (found,), "reviewer:mk", None, decision="accepted"),
        Annotation(study, "form.strain", "Wistar", (found,), "reviewer:mk", None, decision="accepted"),
    ]
    take_in(review, "mk", made, Session("w.xlsx", "", False))
    asked = []
    (taught,), notes = settled(review, "ner", lambda document: asked.append(document.study) or ())
    assert notes == []
    assert asked == [study], "outputs/mentions is made after training: what it holds must not matter"
    assert taught.labels == frozenset()
    assert sorted((a.label, a.evidence[0].quote) for a in taught.annotations) == [
        ("dose", "10 mg/kg"),
        ("strain", "Wistar"),
    ]
    assert "2 sentences" in told("ner", [taught])
    right = totals("ner", [taught], {study: taught.annotations})["entity_f1"]
    nothing = totals("ner", [taught], {study: ()})["entity_f1"]
    assert right.tolist() == [[2, 2, 2, 2]]
    assert nothing.tolist() == [[0, 0, 2, 0]]
