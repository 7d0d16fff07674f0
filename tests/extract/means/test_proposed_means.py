"""Proposals of means: a field of the type `means` has one for each value, with its cell; other forms have none."""

from __future__ import annotations

from laid_documents import laid_document

from vivex.codebook import Field
from vivex.extract.means.proposed_means import known_groups, propose_means
from vivex.extract.reading import read

FIELD = Field("numbers", "Which means?", "means")
ROWS = [["", "QX", "QY"], ["ALT (U/L)", "1 ± 1", "2 ± 1"], ["AST (U/L)", "3 ± 1", "4 ± 1"]]


def test_each_value_has_its_cell_and_what_tells_its_error() -> None:
    rows = [["", "Sham", "Drug"], ["ALT (U/L)", "1.0 ± 0.1ᵃ", "2.0 ± 0.1"], ["ALT (U/L)", "1.0 ± 0.1", "2.5 ± 0.2"]]
    document = laid_document(rows, note="Means ± SEM, n = 8.")
    found = propose_means(read(document, ()), FIELD)
    assert [a.value for a in found] == [
        "ALT [U/L] | Sham: 1.0 ± 0.1 SEM, n = 8",
        "ALT [U/L] | Drug: 2.0 ± 0.1 SEM, n = 8",
        "ALT [U/L] | Drug: 2.5 ± 0.2 SEM, n = 8",
    ]
    assert [e.quote for e in found[0].evidence] == ["1.0 ± 0.1ᵃ", "Means ± SEM, n = 8.", "1.0 ± 0.1"]
    assert found[0].label == "form.numbers"
    assert found[0].source.startswith("fields:means@")
    assert (found[0].confidence or 0) > 0.9
    assert len({a.id for a in found}) == 3


def test_groups_of_the_paper_are_known_by_its_mentions() -> None:
    from vivex.annotation import Annotation, evidence

    document = laid_document(ROWS)
    assert propose_means(read(document, ()), FIELD)  # units tell the outcomes
    mention = Annotation("made-2020", "group", {"normal": "QX", "text": "QX"}, (evidence(document, 0, 5),))
    assert known_groups(read(document, (mention,))) == {"qx"}
