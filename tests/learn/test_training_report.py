"""The files of `vivex train`."""

from __future__ import annotations

import json
import math
from pathlib import Path

from vivex.learn.scores import Comparison
from vivex.learn.train import Decision
from vivex.learn.training_report import curve_csv, write

PROMOTED = Decision(
    "rob", True, "better by 0.1 <and no worse>", ("a", "b"), ("c",),
    (Comparison("syrcle_kappa", 0.4, 0.5, 0.1, (0.02, 0.2), 8),),
    ((0, "syrcle_kappa", 0.4, math.nan, math.nan), (2, "syrcle_kappa", 0.5, 0.4, 0.6)),
)  # fmt: skip
KEPT = Decision("ner", False, "no label has 25 settled mentions", notes=("2 studies have no paper",))


def test_what_was_decided_stands_in_all_three_files(tmp_path: Path) -> None:
    write([PROMOTED, KEPT], tmp_path)
    stored = json.loads((tmp_path / "training.json").read_text(encoding="utf-8"))
    assert stored["rob"]["promoted"] is True
    assert stored["ner"]["reason"] == KEPT.reason
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "better by 0.1 &lt;and no worse&gt;" in page
    assert "base model kept" in page
    assert "2 studies have no paper" in page
    assert "<svg" in page


def test_an_undefined_bound_is_an_empty_cell() -> None:
    lines = curve_csv([PROMOTED, KEPT]).splitlines()
    assert lines[0] == "part,score,studies,value,ci_low,ci_high"
    assert lines[1] == "rob,syrcle_kappa,0,0.400000,,"
    assert len(lines) == 3


def test_nothing_learnt_is_no_error(tmp_path: Path) -> None:
    write([], tmp_path)
    assert json.loads((tmp_path / "training.json").read_text(encoding="utf-8")) == {}
