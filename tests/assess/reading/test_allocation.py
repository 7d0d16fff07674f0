"""Whether a study allocated animals at all."""

from __future__ import annotations

from vivex.assess.reading.allocation import allocation
from vivex.assess.reading.indication import Indication
from vivex.assess.reading.sentence import FoldedSentence, reading


def _read(*sentences: str) -> list[FoldedSentence]:
    return [reading(s, start=i, end=i + 1, role="methods") for i, s in enumerate(sentences)]


def test_a_sentence_that_forms_groups_answers() -> None:
    told = allocation(_read("Owls were caught.", "The owls were assigned to two groups."), ())
    assert told is not None
    assert (told.answer, told.spans) == ("yes", ((1, 2),))


def test_what_item_1_found_comes_first() -> None:
    found = Indication("sequence_generation", "randomised", "stated", 0.8, ((7, 8),))
    told = allocation(_read("The owls were assigned to two groups."), (found,))
    assert told is not None
    assert (told.answer, told.spans) == ("yes", ((7, 8),))


def test_genotypes_are_told_from_groups() -> None:
    told = allocation(_read("Mutant owls were recorded.", "Wild-type owls were recorded.", "Calls were timed."), ())
    assert told is not None
    assert (told.answer, told.spans) == ("genotypes", ((0, 1),))


def test_where_nothing_is_given_nothing_is_allocated() -> None:
    told = allocation(_read("Owls were ringed.", "Calls were timed."), ())
    assert told is not None
    assert (told.answer, told.spans) == ("nothing given", ())


def test_what_is_given_leaves_it_open() -> None:
    assert allocation(_read("The owls were fed mice with a dye."), ()) is None


def test_groups_that_get_something_in_a_long_paper_leave_it_open() -> None:
    """One experiment with animals among many measurements is an allocation that the share of sentences hides."""
    told = "Transfected cells were injected into the flank of hamsters (n = 9 for each group)."
    others = [f"The band was seen in lane {i}." for i in range(200)]
    assert allocation(_read(told, *others), ()) is None
    answer = allocation(_read(told.replace(" (n = 9 for each group)", ""), *others), ())
    assert answer is not None
    assert answer.answer == "nothing given"


def test_so_many_groups_of_so_many_animals_are_groups() -> None:
    told = allocation(_read("Owls were caught.", "Nine groups, each comprising six brown owls, were kept."), ())
    assert told is not None
    assert (told.answer, told.spans) == ("yes", ((1, 2),))
    lone = allocation(_read("One group of six owls was seen.", "Calls were timed."), ())
    assert lone is not None
    assert lone.answer == "nothing given"
