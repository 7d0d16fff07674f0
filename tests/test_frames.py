"""Results as DataFrames."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.annotation import REPORTING_ITEMS, SYRCLE_ITEMS
from vivex.codebook import template, template_path
from vivex.errors import ReviewError
from vivex.frames import values
from vivex.models import shipped
from vivex.pool import Pool
from vivex.review import gather, read_params
from vivex.stages import Setting, run_stage

TWIN = Path(__file__).parent.parent / "examples" / "twins" / "quellen-2021.txt"


def test_every_field_and_item_has_its_rows(tmp_path: Path) -> None:
    sources, _ = gather([TWIN])
    setting = Setting(tmp_path, read_params(None), shipped(), template_path("invivo"))
    with Pool(jobs=1) as pool:
        for stage in ("parse", "recognize", "assess", "prefill"):
            assert not run_stage(stage, sources, setting, pool).failures
    frame = values(tmp_path)
    fields = {f"form.{f.name}" for f in template("invivo").fields}
    items = {f"syrcle.{i}" for i in SYRCLE_ITEMS} | {f"reporting.{i}" for i in REPORTING_ITEMS}
    assert set(frame.label) == fields | items
    species = frame[frame.label == "form.species"].iloc[0]
    assert species.value == "mouse"
    assert "mice" in species.quote.lower()


def test_an_empty_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="no forms here"):
        values(tmp_path)
