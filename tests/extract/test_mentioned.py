"""Candidates from mentions."""

from __future__ import annotations

import pytest

from vivex.annotation import Annotation, evidence
from vivex.document import Block, Document, Section
from vivex.extract.mentioned import ALTERED, LABELS, amounts, candidates, induction, lasts, often
from vivex.extract.reading import Candidate, read
from vivex.quantities import read as read_quantity

TEXT = (
    "Mice received 5, 10 or 20 mg/kg of quellin i.p. once daily for 3 weeks. Quellin (QU) was given to rats by gavage."
)
PAPER = Document("s", TEXT, (Block("paragraph", 0, len(TEXT), 0),), (Section(("Methods",), "methods"),))


def mention(label: str, words: str, *, group: str = "", **value: object) -> Annotation:
    start = TEXT.index(words)
    said = {"text": words, **value}
    return Annotation("s", label, said, (evidence(PAPER, start, start + len(words)),), "g", 0.9, group)


def found(*mentions: Annotation) -> dict[str, list[Candidate]]:
    out: dict[str, list[Candidate]] = {}
    for candidate in candidates(read(PAPER, mentions), LABELS):
        out.setdefault(candidate.field, []).append(candidate)
    return out


def test_a_dose_gives_each_amount_with_what_it_is_bound_to() -> None:
    dose = mention("dose", "5, 10 or 20 mg/kg", agent="quellin", route="i.p.", purpose="treatment", group="low")
    made = found(dose)["dose"]
    assert [c.value for c in made] == ["5 mg/kg", "10 mg/kg", "20 mg/kg"]
    assert {(c.agent, c.route, c.purpose, c.group, c.sure) for c in made} == {
        ("quellin", "i.p.", "treatment", "low", 0.9)
    }


def test_names_are_those_that_reviewers_use() -> None:
    made = found(mention("species", "Mice", normal="mouse"), mention("route", "i.p.", normal="intraperitoneal"))
    assert [c.value for c in made["species"]] == ["mouse"]
    assert [c.value for c in made["route"]] == ["intraperitoneal"]


@pytest.mark.parametrize(
    ("words", "normal", "value"),
    [
        ("b", "miR-7b", "miR-7b"),
        ("-8", "miR-8", "miR-8"),
        ("16-2", "miR-16-2", "miR-16-2"),
        ("Mir7", "miR-7", "Mir7"),
        ("let-9", "let-9", "let-9"),
        ("microRNA 7", "miR-7", "microRNA 7"),
    ],
)
def test_a_mirna_named_by_its_end_alone_is_named_wholly(words: str, normal: str, value: str) -> None:
    text = f"Mice got {words} by gavage."
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods",), "methods"),))
    span = evidence(paper, 9, 9 + len(words))
    one = Annotation("s", "mirna", {"text": words, "normal": normal}, (span,), "g", 0.9, "")
    made = [c.value for c in candidates(read(paper, [one]), LABELS) if c.field == "mirna"]
    assert made == [value]


def test_a_schedule_says_how_often_and_how_long() -> None:
    made = found(mention("schedule", "once daily for 3 weeks"))
    assert [c.value for c in made["frequency"]] == ["once daily"]
    assert [c.value for c in made["duration"]] == ["3 weeks"]


@pytest.mark.parametrize(
    ("schedule", "frequency", "duration"),
    [
        ("for 3 weeks", "", "3 weeks"),
        ("twice a day", "twice a day", ""),
        ("three times a week", "three times a week", ""),
        ("two weeks", "", "two weeks"),
        ("On days 3 and 9", "On days 3 and 9", ""),
        ("every four days", "every four days", ""),
        ("once daily from day 3 to day 12", "once daily", "from day 3 to day 12"),
        ("weekly, days 5–40", "weekly", "days 5–40"),
        ("5 weeks (ten injections", "", "5 weeks"),
        ("for 6 weeks, starting on the day of the lesion", "", "6 weeks"),
    ],
)
def test_a_schedule_is_parted_into_how_often_and_how_long(schedule: str, frequency: str, duration: str) -> None:
    assert (often(schedule), lasts(schedule)) == (frequency, duration)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,250 mg/kg", ["1,250 mg/kg"]),
        ("1 500 mg/kg", ["1500 mg/kg"]),
        ("0·5 mg/kg", ["0.5 mg/kg"]),
        ("25 +/- 3 mg/kg", ["25 ± 3 mg/kg"]),
        ("5 mg/kg body weight", ["5 mg/kg"]),
        ("2 and 4 µg", ["2 µg", "4 µg"]),
        ("5 × 10 6 cells", ["5 × 10 6 cells"]),
        ("3×10⁷, 6×10⁷ or 10⁸ particles", ["3×10^7 particles", "6×10^7 particles", "10^8 particles"]),
    ],
)
def test_amounts_stand_as_written_but_for_customs_of_figures(text: str, values: list[str]) -> None:
    assert amounts(text, read_quantity(text)) == values


def test_an_induction_is_composed_as_reviewers_write_it() -> None:
    dose = mention("dose", "20 mg/kg", agent="quellin", route="i.p.", schedule="single", purpose="induction")
    assert induction(dose) == ("single intraperitoneal injection of quellin 20 mg/kg", "quellin 20 mg/kg")
    assert induction(mention("dose", "20 mg/kg", agent="quellin", purpose="treatment")) == ()
    assert induction(mention("dose", "20 mg/kg", agent="")) == ()


def test_a_schedule_is_read_without_marks_of_citations() -> None:
    text = "Mice got quellin twice weekly\u00b9\u00b3 for 4 weeks."
    paper = Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods",), "methods"),))
    said = Annotation("s", "schedule", {}, (evidence(paper, text.index("twice"), len(text) - 1),), "g", 0.9)
    made = {c.field: c.value for c in candidates(read(paper, [said]), LABELS)}
    assert made == {"frequency": "twice weekly", "duration": "4 weeks"}


def test_a_group_is_offered_by_its_full_and_its_short_name() -> None:
    made = found(mention("group", "quellin", normal="quellin at a low dose", short="QL", role="control", n=6))
    assert [(c.value, c.way) for c in made["groups"]] == [
        ("quellin at a low dose", "mention:group:control"),
        ("QL", "mention:group:short:control"),
    ]
    assert [c.value for c in made["comparator"]] == ["quellin at a low dose", "QL"]


@pytest.mark.parametrize("name", ["Abc1 −/−", "Abc1-KO", "Tg(abc:GFP)", "Abc1 fl/fl", "abc mutant", "Abc-Cre"])
def test_a_genotype_is_told_from_a_strain(name: str) -> None:
    assert ALTERED.search(name)
    assert not ALTERED.search("C57BL/6J")
    assert not ALTERED.search("Sprague-Dawley")


@pytest.mark.parametrize(
    ("schedule", "how_often", "how_long"),
    [
        ("every other day until day 13", "every other day", "until day 13"),
        ("once weekly through week 8", "once weekly", "through week 8"),
        ("daily until postnatal day 21", "daily", "until postnatal day 21"),
        ("twice a day until d14", "twice a day", "until d14"),
        ("three times a week up to week 6", "three times a week", "up to week 6"),
        ("for 30 days once a day", "once a day", "30 days"),
        ("for two weeks, twice daily", "twice daily", "two weeks"),
        ("once weekly for 5 weeks", "once weekly", "5 weeks"),
        ("for 3 weeks", "", "3 weeks"),
        ("3 times a week for 6 weeks", "3 times a week", "6 weeks"),
        ("every other day for 10 days", "every other day", "10 days"),
    ],
)
def test_how_often_is_told_from_how_long_in_either_order(schedule: str, how_often: str, how_long: str) -> None:
    assert (often(schedule), lasts(schedule)) == (how_often, how_long)
