"""A wording has one name, as a mention's normal form and as a form's value."""

from __future__ import annotations

import pytest

from vivex import vocabulary
from vivex.document import Document
from vivex.extract.reading import SPECIES_WORDS
from vivex.extract.treatment import _ROUTE, _ROUTES
from vivex.recognize.kinds.species import listed
from vivex.recognize.normalise import normalised
from vivex.recognize.spans import Span


@pytest.mark.parametrize("wording", sorted(SPECIES_WORDS))
def test_an_animal_has_one_name(wording: str) -> None:
    assert listed(wording)["normal"] == SPECIES_WORDS[wording]


def test_a_route_has_one_name() -> None:
    for wording, term in vocabulary.lookup("routes").items():
        span = Span(0, len(wording), "route", {}, "grammar:route@1", 0.9)
        (mention,) = normalised(Document("study", wording), [span])
        assert mention.value["normal"] == term.name, wording
        if form := _ROUTE.search(wording):
            assert _ROUTES[int(str(form.lastgroup)[1:])][0] == term.name, wording
