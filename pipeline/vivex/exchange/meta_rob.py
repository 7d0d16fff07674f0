"""R's meta: a table for `rob()`, which puts the judgements beside a forest plot, and the call."""

from __future__ import annotations

from vivex.exchange.formats import RESULTS, Files, Format, Material
from vivex.exchange.written import domains, r_text, table, text_file, worst
from vivex.questions import SYRCLE

CATEGORIES = {"low": "Low risk of bias", "unclear": "Unclear risk of bias", "high": "High risk of bias"}
ITEMS = tuple(f"item{asked.number}" for asked in SYRCLE.values())
CALL = """\
# SYRCLE's ten items for meta (install.packages("meta")). Beside a meta-analysis `m` whose studies have these labels,
# give data = m instead of data = syrcle and draw forest(m). meta's own summary and traffic-light figures ask for an
# overall judgement, which SYRCLE's tool does not have: draw those with robvis.
library(meta)
syrcle <- read.csv("meta-rob.csv", fileEncoding = "UTF-8", na.strings = "")
risk <- rob({items},
  studlab = Study, data = syrcle, tool = NULL,
  domains = c({domains}),
  categories = c({categories}),
  col = c("green", "yellow", "red"), symbols = c("+", "?", "-"))
risk
"""


def write_meta(material: Material) -> Files:
    """Return the table, a study a row, and the R call; what is not settled is empty (NA)."""
    lines = [
        {"Study": s.label, **{f"item{q.number}": CATEGORIES.get(worst(s, item), "") for item, q in SYRCLE.items()}}
        for s in material.studies
    ]
    call = CALL.format(
        items=", ".join(ITEMS),
        domains=",\n    ".join(map(r_text, domains())),
        categories=", ".join(map(r_text, CATEGORIES.values())),
    )
    return {"meta-rob.csv": table(("Study", *ITEMS), lines), "meta-rob.R": text_file(call)}


FORMAT = Format(
    program="meta (R), `rob()`",
    holds=RESULTS,
    about="`meta-rob.csv` with `item1` … `item10`, and `meta-rob.R`, which reads it and names domains and categories.",
    loses="support for judgements; of an item judged by outcome the worst judgement stands",
    write=write_meta,
)
