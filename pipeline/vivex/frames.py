"""The results as pandas DataFrames, for those who go on in Python."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas

from vivex.errors import ReviewError
from vivex.stages import INDEX, read_paper

_COLUMNS = ("study", "label", "group", "value", "status", "confidence", "quote", "page", "section")


def values(out: Path) -> pandas.DataFrame:
    """Return one row for each value and judgement proposed in the outputs of a run or review; or raise ReviewError.

    Columns: study, label ("form.dose", "syrcle.random_housing", "reporting.blinding"), group, value, status,
    confidence (0 to 1), quote, page (from 1) and section of the first evidence.
    """
    import pandas

    files = sorted(p for p in (out / "forms").glob("*.json") if p.name != INDEX)
    if not files:
        raise ReviewError(f"{out}: no forms here; give the folder of `vivex run --out`, or a review's outputs/")
    rows = [row for file in files for row in _rows(out, file.stem)]
    return pandas.DataFrame(rows, columns=list(_COLUMNS))


def _rows(out: Path, study: str) -> list[dict[str, Any]]:
    paper = read_paper(out, study)
    rows = []
    for name, found in paper.form["fields"].items():
        for value in found:
            first = (value["evidence"] or [{}])[0]
            rows.append(
                {"study": study, "label": f"form.{name}", "group": value.get("group", "")}
                | {key: value.get(key) for key in ("value", "status", "confidence")}
                | {key: first.get(key) for key in ("quote", "page", "section")}
            )
    for judged in paper.judgements:
        first_evidence = judged.evidence[0] if judged.evidence else None
        said = judged.value if isinstance(judged.value, Mapping) else {"judgement": judged.value}
        rows.append(
            {
                "study": study,
                "label": judged.label,
                "group": judged.group,
                "value": said.get("judgement", said.get("reported")),
                "status": "proposed",
                "confidence": judged.confidence,
            }
            | {key: getattr(first_evidence, key, None) for key in ("quote", "page", "section")}
        )
    return rows
