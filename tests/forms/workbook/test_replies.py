"""A row says what was typed into it against what was printed; a proposal that is gone still reads as printed."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, find_quote
from vivex.codebook import template
from vivex.document import Document
from vivex.forms.workbook.layout import fingerprint
from vivex.forms.workbook.replies import SheetRow, decision_of
from vivex.forms.workbook.typed_cells import UnreadableCell

PAPER = Document("one", "The rats drank saltwort. Another batch drank brine.")
ASKED = template("invivo").questions
DRINK = Annotation("one", "form.intervention", "saltwort", (find_quote("drank saltwort", PAPER),), "model:x@1", 0.6)
STATED = Annotation("one", "reporting.blinding", {"reported": True, "probability": 0.8}, (), "model:x@1", 0.8)


def row(proposal: Annotation, shown: str, *, known: bool = True, name: str = "field", **typed: str) -> SheetRow:
    """Return the row of a proposal with what was typed into it; `known`: the machine of now still makes it."""
    quote = proposal.evidence[0].quote if proposal.evidence else ""
    asked = ASKED[proposal.label]
    printed = {"study": "one", name: asked.name, "proposed": shown, "quote": quote, "page": "", "group": ""}
    mark = fingerprint("\n".join(("one", asked.name, shown)), quote, "", "")
    texts = printed | {"id": proposal.id, "printed": mark} | typed
    return SheetRow(asked, "one", name, texts, PAPER, {proposal.id: proposal} if known else {})


def test_a_row_left_alone_says_nothing() -> None:
    assert decision_of(row(DRINK, "saltwort"), "mk") is None


def test_an_accepted_proposal_keeps_all_it_held() -> None:
    made = decision_of(row(STATED, "yes", name="item", decision="accept"), "mk").annotation
    assert (made.value, made.source, made.revises) == (STATED.value, "reviewer:mk", STATED.id)


def test_a_proposal_that_the_machine_makes_no_more_is_taken_in_its_own_form() -> None:
    made = decision_of(row(STATED, "yes", name="item", known=False, decision="accept"), "mk").annotation
    assert (made.value, made.revises) == ({"reported": True}, STATED.id)
    made = decision_of(row(DRINK, "saltwort", known=False, decision="accept"), "mk").annotation
    assert (made.value, made.evidence) == ("saltwort", DRINK.evidence)


def test_another_quote_is_an_edit_and_a_note_is_not() -> None:
    made = decision_of(row(DRINK, "saltwort", quote="drank brine"), "mk").annotation
    assert (made.decision, made.evidence[0].quote) == ("edited", "drank brine")
    with pytest.raises(UnreadableCell, match="no decision") as error:
        decision_of(row(DRINK, "saltwort", note="hm"), "mk")
    assert error.value.key == "decision"


def test_an_overwritten_proposal_is_told_by_its_column() -> None:
    with pytest.raises(UnreadableCell, match="not those that were printed") as error:
        decision_of(row(DRINK, "saltwort", proposed="brine", decision="accept"), "mk")
    assert error.value.key == "proposed"


def test_a_value_that_cannot_be_is_told_at_its_column() -> None:
    with pytest.raises(UnreadableCell) as error:
        decision_of(row(STATED, "yes", name="item", yours="perhaps"), "mk")
    assert error.value.key == "yours"
