"""The method by which an outcome was measured stands in its sentence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from marked_text import marked

from vivex.recognize.relations.methods import METHOD, measured


def methods(text: str) -> list[object]:
    """Return the methods of the outcomes of a marked paragraph."""
    document, spans = marked(text)
    found = measured(document, spans)
    assert [(s.start, s.end, s.label) for s in found] == [(s.start, s.end, s.label) for s in spans]
    return [s.value.get("method") for s in found if s.label == "outcome"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[o|Blood pressure] was measured by telemetry.", ["telemetry"]),
        ("[o|Infarct size] was seen using TTC staining.", ["TTC staining"]),
        ("[o|Interleukin 6] and [o|weight] were taken with a commercial ELISA kit.", ["ELISA kit", "ELISA kit"]),
        ("[o|Memory] was tested in the Morris water maze.", ["Morris water maze"]),
        ("[o|Memory] was worse. Genes were read by qPCR.", [None]),  # another sentence
        ("Western blot showed more [o|collagen].", [None]),  # the method doesn't follow
        ("[o|Weight] rose, ELISA did not.", [None]),  # nothing says by
        ("[o|Weight] by HPLC, then by ELISA.", ["HPLC"]),
        ("[a|Telomin] was measured by HPLC.", []),
    ],
)
def test_methods_of_outcomes(text: str, found: list[str | None]) -> None:
    assert methods(text) == found


def test_a_method_that_is_known_stays() -> None:
    document, (span,) = marked("[o|Weight] was measured by HPLC.")
    known = replace(span, value={**span.value, "method": "scales"})
    assert measured(document, [known]) == [known]


@pytest.mark.parametrize(
    "name", ["Western blotting", "qRT-PCR", "H&E staining", "µCT", "fMRI", "rotarod test", "RNA-seq"]
)
def test_names_of_methods(name: str) -> None:
    assert METHOD.fullmatch(name)
