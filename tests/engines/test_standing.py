"""Two machines whose results could differ are told apart, in words."""

from __future__ import annotations

from dataclasses import replace

from vivex.engines.standing import differing, standing


def test_all_that_decides_results_is_told(setting) -> None:
    here = standing(setting)
    assert {"Python", "vivex", "numpy", "pymupdf", "the ner model", "code and vocabulary of recognize"} <= set(here)
    assert differing(here, standing(setting)) == []
    assert standing(setting, own_models=False) == here


def test_settings_are_named_only_where_nothing_else_differs(setting) -> None:
    here = standing(setting)
    other = standing(replace(setting, params={**setting.params, "parse": {"max_pages": 3}}))
    assert differing(here, other) == ["plug-ins and settings of parse"]
    assert differing(here, {**other, "numpy": "1.0"}) == [f"numpy (1.0 there, {here['numpy']} here)"]
    assert differing(here, {**here, "the rob model": "0" * 16}) == ["the rob model"]
    assert "vivex (none there" in differing(here, {})[1]
