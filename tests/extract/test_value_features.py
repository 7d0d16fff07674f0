"""What makes values one, and the features of sentences and values."""

from __future__ import annotations

import pytest

from vivex.document import Block, Document, Section
from vivex.extract.reading import Candidate, Reading, read
from vivex.extract.value_features import candidate_features, group_table, grouped, key_of, line_flags, place, saliency


def test_aliases_are_one_value() -> None:
    short = {"met": "metformin"}
    for written in ("MET", "metformin (MET)", "Metformin", "the metformin"):
        assert key_of("intervention", written, short) == "metformin"
    assert key_of("duration", "two weeks") == key_of("duration", "14 days")
    assert key_of("outcomes", "tumor volumes") == key_of("outcomes", "tumor volume")
    assert key_of("groups", "sham-operated rats") != key_of("groups", "vehicle group")


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [
        ("duration", "two weeks", "14 days"),
        ("age", "8 weeks", "8–8 weeks"),
        ("weight", "250 g", "0.25 kg"),
        ("dose", "1,250 mg/kg", "1250 mg/kg"),
        ("mirna", "microRNA-21", "miR-21"),
        ("groups", "the sham group", "Sham"),
    ],
)
def test_what_says_the_same_has_one_key(field: str, one: str, other: str) -> None:
    assert key_of(field, one) == key_of(field, other)


def paper() -> Reading:
    text = "Rats were treated with quellin. Quellin was given daily."
    return read(Document("s", text, (Block("paragraph", 0, len(text), 0),), (Section(("Methods",), "methods"),)), [])


def test_a_value_gathers_its_candidates_best_first() -> None:
    made = [Candidate("intervention", w, s, s + 7, i, "given") for w, s, i in (("quellin", 23, 0), ("Quellin", 32, 1))]
    (only,) = grouped("intervention", made, [0.5, 1.5])
    assert [m.value for m in only.members] == ["Quellin", "quellin"]
    import numpy as np

    rows = group_table([only], paper(), np.zeros((2, 20), dtype=np.float32), "")
    assert rows.shape[0] == 1
    assert np.isfinite(rows).all()


def test_a_purpose_and_a_binding_are_features() -> None:
    line = paper().lines[0]
    plain = Candidate("dose", "5 mg", 0, 4, 0, "mention:dose", 0.9)
    bound = Candidate("dose", "5 mg", 0, 4, 0, "mention:dose", 0.9, "treatment", "quellin")
    flags = line_flags(line, frozenset())
    assert place(line) == "methods"
    assert set(candidate_features(plain, line, flags, [])) != set(candidate_features(bound, line, flags, []))


def test_a_microrna_of_the_title_is_likelier() -> None:
    import numpy as np

    rows = np.zeros((2, 20), dtype=np.float32)
    rows[0, 18] = 1.0
    likely, unlikely = saliency(rows)
    assert likely > unlikely


def test_a_name_is_shown_with_its_abbreviation_where_the_paper_uses_both() -> None:
    made = [Candidate("intervention", w, s, s + 2, 0, "given") for s, w in enumerate(("MET", "Metformin"))]
    (only,) = grouped("intervention", made, [1.5, 0.5], {"met": "metformin"})
    assert only.members[0].value == "Metformin (MET)"


def test_a_name_is_no_abbreviation_of_itself() -> None:
    made = [Candidate("intervention", w, s, s + 2, 0, "given") for s, w in enumerate(("QRL1", "QRL1-"))]
    (only,) = grouped("intervention", made, [1.5, 0.5], {"qrl1": "qrl1-"})
    assert only.members[0].value == "QRL1"
