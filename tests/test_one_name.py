"""A wording has one name, as a mention's normal form and as a form's value."""

from __future__ import annotations

from vivex import vocabulary
from vivex.document import Document
from vivex.extract.interventions import route_name
from vivex.recognize.kinds.species import listed
from vivex.recognize.normalise import normalised
from vivex.recognize.spans import Span


def test_an_animal_has_one_name() -> None:
    for wording, term in vocabulary.lookup("animals", "named").items():
        assert listed(wording)["normal"] == term.name, wording


def test_a_route_has_one_name() -> None:
    for wording, term in vocabulary.lookup("routes").items():
        span = Span(0, len(wording), "route", {}, "grammar:route@1", 0.9)
        (mention,) = normalised(Document("study", wording), [span])
        assert mention.value["normal"] == route_name(wording) == term.name, wording
