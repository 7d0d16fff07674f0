"""What a dose, a route, a schedule or an agent is for."""

from __future__ import annotations

import re

import pytest

from vivex.document import Block, Document, Section
from vivex.recognize.relations.purpose import LABELS, PURPOSES, purposed
from vivex.recognize.spans import Span

MARKED = re.compile(r"\[(\w)\|([^\]]+)\]")
LETTERS = {"d": "dose", "r": "route", "s": "schedule", "a": "agent"}


def read(marked: str, heading: str = "") -> tuple[Document, list[Span]]:
    """Return a paper of one paragraph and its marked mentions: "[d|5 mg/kg]"."""
    text, spans, at = f"{heading}\n\n" if heading else "", [], 0
    begin = len(text)
    for match in MARKED.finditer(marked):
        text += marked[at : match.start()]
        spans.append(Span(len(text), len(text) + len(match[2]), LETTERS[match[1]], {"text": match[2]}))
        text += match[2]
        at = match.end()
    text += marked[at:]
    sections = (Section(("Methods", heading), "methods"),) if heading else (Section(("Methods",), "methods"),)
    blocks = [Block("paragraph", begin, len(text), 0)]
    if heading:
        blocks.insert(0, Block("heading", 0, len(heading), 0, 2))
    return Document("made", text, tuple(blocks), sections), spans


@pytest.mark.parametrize(
    ("purpose", "marked"),
    [
        ("treatment", "Rats received compound K at [d|5 mg/kg] [s|once daily] [r|by gavage]."),
        ("treatment", "The second group was treated with [d|20 mg/kg] [a|borane] [s|for 3 weeks]."),
        ("treatment", "Extract N ([d|200 mg/kg], [r|p.o.]) was administered [s|every day]."),
        ("treatment", "Animals were given [a|telomin] [d|2 mg/kg] [r|i.v.] [s|twice weekly]."),
        ("treatment", "Mice were dosed with [d|0.5 mL] of the suspension [r|by oral gavage]."),
        ("induction", "Diabetes was induced by [r|intraperitoneal injection] of [a|streptozotocin] ([d|55 mg/kg])."),
        ("induction", "[a|Alloxan] ([d|120 mg/kg], [r|i.p.]) was used to induce diabetes."),
        ("induction", "Arthritis was induced with [d|100 µL] of [a|complete Freund's adjuvant]."),
        ("induction", "Mice were immunized with [a|MOG35-55] ([d|200 µg]) [r|subcutaneously]."),
        ("induction", "Colitis was induced with [d|3%] [a|DSS] [s|for 7 days]."),
        ("anaesthesia", "Mice were anaesthetized with [a|ketamine] ([d|100 mg/kg]) [r|i.p.]."),
        ("anaesthesia", "Under [d|2%] [a|isoflurane] the skull was exposed."),
        ("anaesthesia", "Animals were euthanized by [d|150 mg/kg] [a|pentobarbital] [r|i.p.]."),
        ("anaesthesia", "For pain relief [a|carprofen] ([d|5 mg/kg], [r|s.c.]) was given."),
        ("anaesthesia", "Rats were sedated with [a|xylazine] at [d|10 mg/kg]."),
        ("test", "In the glucose tolerance test [a|glucose] ([d|2 g/kg]) was injected [r|i.p.]."),
        ("test", "For the insulin tolerance test mice got [d|0.75 U/kg] of insulin."),
        ("test", "[a|BrdU] ([d|50 mg/kg]) was injected [s|2 h before] death."),
        ("test", "The tracer [a|Evans blue] ([d|20 mg/kg]) was injected [r|i.v.]."),
        ("test", "An oral glucose challenge with [d|1.5 g/kg] [r|by gavage] ended the study."),
        ("sampling", "Blood was collected from the [r|tail vein] [s|every week]."),
        ("sampling", "Blood samples were taken from the [r|tail vein]."),
        ("sampling", "Serum was obtained by cardiac puncture [s|after 4 weeks]."),
        ("sampling", "Blood was drawn from the [r|jugular vein]."),
        ("sampling", "[d|0.2 mL] was sampled from the [r|saphenous vein]."),
        ("measurement", "Rats were weighed [s|once a week]."),
        ("measurement", "Food intake was measured [s|daily]."),
        ("measurement", "The animals were weighed on a balance to the nearest [d|10 mg]."),
        ("measurement", "Sections were incubated with antibodies [s|for 2 h] in buffer."),
        ("measurement", "Body temperature was recorded [s|every 3 days]."),
        ("housing", "Rats were acclimatised [s|for 1 week] before the study."),
        ("housing", "Animals were habituated to the room [s|for 3 days]."),
        ("housing", "Mice were housed in groups [s|for two weeks] with free access to food."),
        ("housing", "Rabbits were quarantined [s|for 14 days]."),
        ("housing", "Hamsters were handled [s|daily]."),
        ("housing", "Rats were fasted [s|for 16 h] and then dosed."),
        ("housing", "Mice, deprived of food [s|for 12 h], were injected."),
        ("housing", "After a [s|12-h] fast the rats received the drug."),
        ("housing", "The mice were allowed to recover [s|for 7 days] and treated."),
        ("housing", "After [s|6 hours] of food deprivation glucose was given."),
        ("treatment", "Fasted rats received telomin [s|for 3 weeks]."),
        ("", "The figure shows [d|5 mg] on the left."),
        ("", "HeLa cells were treated with [d|10 µM] [a|telomin] in vitro [s|for 24 h]."),
        ("", "Cultured neurons were exposed to [d|100 nM] [a|borane]."),
    ],
)
def test_every_marked_mention_has_the_purpose(purpose: str, marked: str) -> None:
    for span in purposed(*read(marked)):
        assert span.value["purpose"] == purpose, span


@pytest.mark.parametrize(
    "heading",
    ["Glucose tolerance test", "Intraperitoneal insulin tolerance", "2.4 OGTT", "Meal tolerance", "Insulin clamp"],
)
def test_a_heading_says_that_a_dose_is_a_test(heading: str) -> None:
    marked = "Mice were fasted and glucose ([d|2 g/kg]) was given [r|orally]."
    assert {s.value["purpose"] for s in purposed(*read(marked, heading))} == {"test"}


def test_an_anaesthetic_in_the_title_is_what_is_studied() -> None:
    document, spans = read("Mice were injected with [a|ketamine] at [d|10 mg/kg].", "Ketamine in depressed mice")
    title = Block("title", 0, document.blocks[0].end, None)
    document = Document("made", document.text, (title, document.blocks[1]), document.sections)
    assert {s.value["purpose"] for s in purposed(document, spans)} == {"treatment"}


def test_other_labels_are_left_alone() -> None:
    document, spans = read("Mice received [d|5 mg/kg].")
    gene = Span(0, 4, "gene", {"normal": "x"})
    found = purposed(document, [gene, *spans])
    assert found[0] is gene
    assert all(s.value["purpose"] in ("", *PURPOSES) for s in found if s.label in LABELS)
