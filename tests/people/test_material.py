"""What is exported is what people settled; a mark that nobody decided on is there only where it is asked for."""

from __future__ import annotations

from people.answers import STUDY, low, say
from vivex.annotation import find_quote
from vivex.codebook import read_codebook
from vivex.people.assign import Assignment
from vivex.people.assign import record as hand_out
from vivex.people.library import record
from vivex.people.machine import document
from vivex.people.material import exported, material
from vivex.references import Reference
from vivex.states import CONFLICT, PROPOSED, SETTLED


def of(review, **how):
    return material(review, read_codebook(review.codebook), {}, [], **how)


def test_only_what_is_settled_is_in_it(review):
    record(review, {STUDY: Reference(authors=("Ames, Z",), year="2019")}, when="2026-01-01T00:00:00Z")
    say(review, "mk", "form.dose", "10 mg/kg", quote="at 10 mg/kg")
    say(review, "mk", "form.route", "i.v.")
    say(review, "th", "form.route", "i.p.")
    say(review, "mk", "syrcle.other_bias", low())
    first, *others = of(review).studies
    assert (first.study, first.label) == (STUDY, "Ames 2019")
    assert [(f.name, a.value) for f, a in first.values] == [("dose", "10 mg/kg")]
    assert [a.label for a in first.judgements] == ["syrcle.other_bias"]
    assert [first.states[x] for x in ("form.dose", "form.route", "form.sex")] == [SETTLED, CONFLICT, PROPOSED]
    assert not any(study.values or study.judgements for study in others)
    assert first.reference.title.endswith(STUDY)


def test_marks_are_people_s_and_proposals_on_request(review):
    assert all(text.spans == () for text in of(review).texts())
    proposed = {text.study: text for text in of(review, proposed=True).texts()}
    (span,) = proposed[STUDY].spans
    assert proposed[STUDY].text[span.start : span.end] == "Wistar"
    assert (span.label, span.by) == ("strain", "grammar:test@1")
    place = find_quote("Twenty male Wistar", document(review, STUDY))
    say(review, "mk", "strain", {"text": "Wistar", "normal": "Wistar"}, quote="Twenty male Wistar")
    (text, *_) = of(review, proposed=True).texts()
    assert [(s.start, s.end, s.by) for s in text.spans] == [(place.start, place.end, "reviewer:mk")]


def test_values_that_are_not_settled_are_in_it_on_request(review):
    say(review, "mk", "form.route", "i.v.", quote="at 10 mg/kg")
    say(review, "th", "form.route", "i.p.", quote="at 10 mg/kg")
    assert not any(study.unsettled for study in of(review).studies)
    first = of(review, proposed=True).studies[0]
    found = {(f.name, a.value, first.states[f.label]) for f, a in first.unsettled}
    assert {("route", "i.v.", CONFLICT), ("route", "i.p.", CONFLICT)} <= found
    assert any(state == PROPOSED for _, _, state in found)
    hand_out(review, [Assignment(STUDY, "zz", True)])
    hidden = of(review, proposed=True).studies[0]
    assert not any(hidden.states[f.label] == PROPOSED for f, _ in hidden.unsettled)


def test_no_proposal_of_a_blind_study_is_exported(review):
    hand_out(review, [Assignment(STUDY, "mk", True)])
    texts = {text.study: text for text in of(review, proposed=True).texts()}
    assert texts[STUDY].spans == ()
    assert texts["bell-2020"].spans


def test_every_format_of_results_has_its_folder(review, tmp_path):
    say(review, "mk", "syrcle.other_bias", low())
    written = exported(review, read_codebook(review.codebook), [], [], tmp_path)
    folders = {path.parent.name for path in written}
    assert {
        "camarades",
        "eppi",
        "hawc",
        "meta-rob",
        "prisma2020",
        "revman",
        "revman5",
        "robvis",
        "syrf",
        "word",
    } <= folders
    assert all(path.exists() for path in written)
