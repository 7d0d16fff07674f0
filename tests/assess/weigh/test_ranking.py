"""What evidence is ranked by: one row a sentence, finite numbers under fixed names."""

from __future__ import annotations

import numpy as np
from rob_paper import paper

from vivex.assess.examine import examine
from vivex.assess.weigh.scorer import load
from vivex.models import shipped


def test_every_sentence_has_a_finite_row_under_the_models_names() -> None:
    examined = examine(paper())
    names, rows = examined.features
    assert rows.shape == (len(examined.readings), len(names))
    assert np.isfinite(rows).all()
    assert all(ranking.names == names for ranking in load(shipped() / "rob").rankings.values())
