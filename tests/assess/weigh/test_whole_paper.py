"""The quantities that items 2, 8, 9 and 10 are weighed by."""

from __future__ import annotations

from rob_paper import paper

from vivex.assess.examine import examine
from vivex.assess.weigh.weighing import GROUNDS
from vivex.assess.weigh.whole_paper import ITEM_QUANTITIES


def test_what_is_counted_is_weighed_and_what_is_said_can_be_grounds() -> None:
    weighed = {name for names in ITEM_QUANTITIES.values() for name in names}
    assert set(examine(paper()).quantities) == weighed
    assert set(GROUNDS) <= weighed


def test_quantities_tell_what_the_paper_says() -> None:
    found = examine(paper()).quantities
    assert found["attributes"] >= 3  # weight, age, sex
    assert found["no_n"] == 0.0
    assert found["unreported_interest"] == 0.0
    assert found["animal_unit"] > 0
