"""A reply makes the same decision on every surface."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, find_quote
from vivex.codebook import template
from vivex.decisions import Reply, UnreadableReply, decide, find_evidence, kept, nothing, told
from vivex.document import Document
from vivex.questions import NOT_REPORTED

TEXT = (
    "Forty rats were used. They got saltwort at 5 mg/kg by gavage. Rats of another batch got 9 mg/kg. A sham came last."
)
PAPER = Document("one", TEXT)
ASKED = template("invivo").questions


def place(quote: str):
    """Return the evidence of a quote that the paper holds."""
    found = find_quote(quote, PAPER)
    assert found is not None
    return found


DOSE = Annotation("one", "form.dose", "5 mg/kg", (place("saltwort at 5 mg/kg"),), "model:x@1", 0.8, group="treated")
OTHER = Annotation("one", "form.dose", "9 mg/kg", (place("another batch got 9 mg/kg"),), "model:x@1", 0.3)
JUDGED = Annotation("one", "syrcle.other_bias", {"judgement": "low", "rule": "none found"}, (), "model:x@1", 0.6)


def said(reply: Reply, proposal: Annotation | None = DOSE, label: str = "form.dose", **more) -> Annotation:
    """Return the decision that a reply makes."""
    verdict = decide(
        reply, study="one", question=ASKED[label], source="reviewer:mk", document=PAPER, proposal=proposal, **more
    )
    assert verdict is not None
    return verdict.annotation


def test_a_reply_that_says_nothing_decides_nothing() -> None:
    assert decide(Reply(), study="one", question=ASKED["form.dose"], source="", document=PAPER, proposal=DOSE) is None


def test_accepting_keeps_value_evidence_and_group() -> None:
    made = said(Reply("Accepted", note="clear"))
    assert (made.value, made.evidence, made.group) == (DOSE.value, DOSE.evidence, "treated")
    assert (made.decision, made.revises, made.note, made.confidence) == ("accepted", DOSE.id, "clear", None)


def test_a_value_alone_is_an_edit_and_the_same_value_an_acceptance() -> None:
    assert said(Reply(value="6 mg/kg")).decision == "edited"
    assert said(Reply(value="5 mg/kg")).decision == "accepted"


def test_editing_only_the_evidence_keeps_all_that_the_value_holds() -> None:
    made = said(Reply(quote="A sham came last"), JUDGED, "syrcle.other_bias")
    assert made.value == JUDGED.value
    assert (made.decision, made.evidence[0].quote) == ("edited", "A sham came last")


def test_another_group_is_an_edit() -> None:
    made = said(Reply(group="sham"))
    assert (made.decision, made.value, made.group, made.evidence) == ("edited", "5 mg/kg", "sham", DOSE.evidence)


def test_who_takes_a_further_candidate_takes_its_evidence() -> None:
    assert said(Reply(value="9 mg/kg"), candidates=[OTHER]).evidence == OTHER.evidence
    assert said(Reply("add", "9mg/kg"), None, candidates=[OTHER]).evidence == OTHER.evidence
    assert said(Reply(value="9 mg/kg", quote="Forty rats"), candidates=[OTHER]).evidence[0].quote == "Forty rats"


def test_not_reported_has_no_evidence_but_what_is_pasted() -> None:
    assert (made := said(Reply("edit", "n.r."))).value == NOT_REPORTED
    assert made.evidence == ()


def test_marked_words_are_the_evidence_and_are_not_searched_for() -> None:
    second = TEXT.rindex("ats")
    made = said(Reply(spans=((second, second + 3),)))
    assert (made.decision, made.value) == ("edited", DOSE.value)
    assert [(e.start, e.quote) for e in made.evidence] == [(second, "ats")]
    assert said(Reply("accept", spans=((0, 10),))).evidence[0].quote == "Forty rats"
    assert said(Reply(quote="Forty rats")).evidence == said(Reply(spans=((0, 10), (0, 10)))).evidence
    with pytest.raises(UnreadableReply, match="mark the words anew"):
        said(Reply(spans=((5, len(TEXT) + 1),)))


def test_adding_stands_beside_the_proposal() -> None:
    made = said(Reply("add", "7 mg/kg"))
    assert (made.decision, made.revises, made.value) == ("added", "", "7 mg/kg")


def test_a_rejection_needs_no_value() -> None:
    assert (made := said(Reply("reject"))).decision == "rejected"
    assert (made.value, made.revises) == ("5 mg/kg", DOSE.id)


def test_a_proposal_that_has_another_id_now_is_named_by_the_one_that_was_seen() -> None:
    assert said(Reply("accept"), revises="0123456789abcdef").revises == "0123456789abcdef"


@pytest.mark.parametrize(
    ("reply", "proposal", "part", "words"),
    [
        (Reply("perhaps"), DOSE, "decision", "accept, edit, reject, add or only this"),
        (Reply("accept", "6 mg/kg"), DOSE, "decision", "choose edit"),
        (Reply("reject", "6 mg/kg"), DOSE, "decision", "choose edit"),
        (Reply("edit"), DOSE, "value", "or choose accept"),
        (Reply("add"), DOSE, "value", "no value"),
        (Reply("accept"), None, "decision", "nothing is proposed"),
        (Reply(quote="Forty rats"), None, "value", "no value"),
        (Reply(note="hm"), DOSE, "decision", "choose accept"),
        (Reply("edit", "n/a"), DOSE, "value", "not reported"),
    ],
)
def test_what_cannot_be_told_names_the_part_and_the_remedy(reply, proposal, part: str, words: str) -> None:
    with pytest.raises(UnreadableReply, match=words) as error:
        said(reply, proposal)
    assert error.value.part == part


def test_a_quote_that_the_paper_does_not_hold_is_kept_as_a_note() -> None:
    verdict = decide(
        Reply("accept", quote="seen in figure 3", page="7", note="look"),
        study="one", question=ASKED["form.dose"], source="reviewer:mk", document=PAPER, proposal=DOSE,
    )  # fmt: skip
    assert verdict is not None
    assert verdict.annotation.note == "look\nevidence as typed (page 7): seen in figure 3"
    assert verdict.annotation.evidence == ()
    assert "paste the passage" in told(verdict.missing)
    assert told(()) == ""


def test_that_no_value_stands_is_a_rejection() -> None:
    made = nothing(study="one", question=ASKED["form.dose"], source="adjudicator:xy", note="why")
    assert (made.label, made.value, made.decision) == ("form.dose", NOT_REPORTED, "rejected")


def test_passages_are_parted_by_empty_lines_and_cut_by_marks_of_omission() -> None:
    found, missing = find_evidence("Forty rats\n\np. 2: saltwort … by gavage\n\nnever", "", PAPER)
    assert [e.quote for e in found] == ["Forty rats", "saltwort", "by gavage"]
    assert missing == ["never"]


def test_without_a_paper_passages_are_told_and_old_evidence_stays() -> None:
    assert find_evidence("Forty rats", "", None) == ([], ["Forty rats"])
    assert kept(DOSE.evidence, None) == (list(DOSE.evidence), [])
