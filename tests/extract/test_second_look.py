"""How a value goes with the other fields' best values."""

from __future__ import annotations

import numpy as np

from vivex.extract.reading import Candidate
from vivex.extract.second_look import Ranked, others, second_table
from vivex.extract.value_features import Group


def group(field: str, value: str, line: int, agent: str = "") -> Group:
    return Group(field, value, (Candidate(field, value, 0, 1, line, "x", agent=agent),), (0.0,))


def test_a_dose_bound_to_the_intervention_is_told_from_another() -> None:
    first = {
        "intervention": ([group("intervention", "quellin", 1)], [0.9]),
        "dose": ([group("dose", "5 mg", 1, "quellin"), group("dose", "6 mg", 2, "ketamine")], [0.5, 0.5]),
    }
    rows = second_table("dose", first, np.zeros((2, 3), dtype=np.float32), others(first))
    assert rows.shape[0] == 2
    assert rows[0].sum() > rows[1].sum()
    assert 0.9 in np.round(rows[0], 3)


def test_a_field_without_values_stays_empty() -> None:
    first: Ranked = {"dose": ([], [])}
    assert second_table("dose", first, np.zeros((0, 1), dtype=np.float32), others(first)).shape == (0, 1)
