"""What the bound agent tells of a purpose, whatever stands over it."""

from __future__ import annotations

import re

import pytest

from vivex.document import Block, Document, Section
from vivex.recognize.relations.by_agent import by_agent
from vivex.recognize.spans import Span

LETTERS = {"d": "dose", "a": "agent", "r": "route", "g": "group"}
TITLE = "Telomin protects rats from borane-induced neuropathy"


def read(marked: str, was: str, title: str) -> list[str]:
    """Return the purposes of the doses of "[d|5 mg/kg|telomin]", bound to the agent that is named, after `was`."""
    text, spans, at = f"{title}\n\n", [], 0
    begin = len(text)
    for match in re.finditer(r"\[(\w)\|([^\]|]+)\|?([^\]]*)\]", marked):
        text += marked[at : match.start()]
        known = {"purpose": was, "agent": match[3]} if match[1] == "d" else {"normal": match[2], "role": "treated"}
        spans.append(Span(len(text), len(text) + len(match[2]), LETTERS[match[1]], known))
        text += match[2]
        at = match.end()
    text += marked[at:]
    blocks = (Block("title", 0, len(title)), Block("paragraph", begin, len(text), 0))
    document = Document("made", text, blocks, (Section(("Animals and disease model",), "methods"),))
    return [str(s.value["purpose"]) for s in by_agent(document, spans) if s.label == "dose"]


@pytest.mark.parametrize(
    "marked",
    [
        "Rats were put under with [d|40 mg/kg|pentobarbital sodium].",
        "[d|100/10 mg/kg|ketamine, xylazine] was injected.",
        "[d|0.05 mg/kg|buprenorphine] was given twice a day.",
        "The wound was sutured and [d|50 mg/kg|ceftriaxone] given.",
        "After surgery [d|40,000 U|penicillin] was injected.",
        "Isoflurane in [d|70%|N2O] and [d|30%|oxygen] was breathed.",
    ],
)
def test_an_anaesthetic_is_care_whatever_the_heading(marked: str) -> None:
    assert set(read(marked, "induction", TITLE)) == {"anaesthesia"}


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("Rats got [d|5 µg/kg|dexmedetomidine].", "Dexmedetomidine attenuates lung injury"),
        ("Mice were given [d|10 mg/kg|ketamine].", "A single dose of ketamine relieves despair"),
        ("Rats of the [g|buprenorphine] group got [d|0.1 mg/kg|buprenorphine].", TITLE),
        ("After surgery [d|40,000 U|penicillin] was injected.", "Penicillin for wound infection"),
        ("Pups breathed [d|8%|oxygen] for an hour.", TITLE),
    ],
)
def test_what_is_studied_is_no_care(marked: str, title: str) -> None:
    assert read(marked, "treatment", title)[0] == "treatment"


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("[d|10 mg/kg|telomin] was injected beside the lesion.", TITLE),
        ("[d|10 U/mL|ChX] went into the cord of the [g|ChX only] group.", "Training after injury of the cord"),
        ("Irradiated mice got [d|20 mg/kg|amifol].", "Post-exposure amifol mitigates radiation sickness"),
        ("[d|1 mL|gel B] was put on the wound, in [g|gel B plus light] rats.", "Healing of wounds"),
        ("[d|2 mg|telomin] was given after infection.", "Telomin, given late, cures pneumonia"),
    ],
)
def test_what_title_or_groups_name_is_the_treatment(marked: str, title: str) -> None:
    assert read(marked, "induction", title) == ["treatment"]


@pytest.mark.parametrize(
    ("marked", "title"),
    [
        ("[d|10 mg/kg|borane] was injected.", TITLE),
        ("[d|60 mg/kg|streptozotocin] was injected.", "Streptozotocin diabetes and telomin"),
        ("[d|1 mL|strain Q] was inoculated.", "Telomin for piglets challenged with strain Q"),
        ("[d|1 mg|ovalin] was injected.", "Telomin in ovalin-sensitised mice"),
        ("[d|1 mg|ovalin] was injected.", "Lung repair after ovalin"),
    ],
)
def test_what_makes_animals_ill_stays_an_induction(marked: str, title: str) -> None:
    assert read(marked, "induction", title) == ["induction"]
