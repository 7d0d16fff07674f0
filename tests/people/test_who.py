"""Who works on this machine, and when."""

from __future__ import annotations

import re

import pytest

from vivex.errors import UnknownName
from vivex.people.who import now, remembered, who


def test_the_name_given_goes_before_the_one_remembered(tmp_path):
    with pytest.raises(UnknownName, match="give --by NAME"):
        who(tmp_path, None, option="--by")
    (tmp_path / ".vivex").mkdir()
    (tmp_path / ".vivex" / "me").write_text("mk\n", encoding="utf-8")
    assert who(tmp_path, None, option="--by") == remembered(tmp_path) == "mk"
    assert who(tmp_path, "TH", option="--by") == "th"


def test_the_time_is_utc_to_the_second():
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now())
