"""robvis, R's package for traffic lights: a table for its tool "Generic", and the call that draws it."""

from __future__ import annotations

from vivex.exchange.formats import RESULTS, Files, Format, Material
from vivex.exchange.written import domains, table, text_file, worst
from vivex.questions import SYRCLE

CALL = """\
# Traffic lights and summary of SYRCLE's ten items, with robvis (install.packages("robvis")).
library(robvis)
rob <- read.csv("robvis.csv", check.names = FALSE, fileEncoding = "UTF-8")

# SYRCLE's tool has no overall judgement, and these studies have no weights.
lights <- rob_traffic_light(rob, tool = "Generic", overall = FALSE)
rob_save(lights, "robvis-traffic-light.png")

# The summary calls Unclear "Some concerns" unless told otherwise; its version says how many labels it wants.
labels <- eval(formals(getFromNamespace("rob_summary_generic", "robvis"))$judgement_labels)
labels[labels == "Some concerns"] <- "Unclear risk of bias"
summary <- rob_summary(rob, tool = "Generic", overall = FALSE, weighted = FALSE, judgement_labels = labels)
rob_save(summary, "robvis-summary.png")
"""


def write_robvis(material: Material) -> Files:
    """Return the table, a study a row, and the R call; what is not settled is empty, which robvis draws as missing."""
    lines = [
        {"Study": s.label, **{asked.name: worst(s, item).capitalize() for item, asked in SYRCLE.items()}}
        for s in material.studies
    ]
    return {"robvis.csv": table(("Study", *domains()), lines), "robvis.R": text_file(CALL)}


FORMAT = Format(
    program="robvis (R)",
    holds=RESULTS,
    about="`robvis.csv`, a study a row with Low, Unclear or High for each SYRCLE item, and `robvis.R`, which draws "
    "both figures from it.",
    loses="support for judgements; of an item judged by outcome the worst judgement stands",
    write=write_robvis,
)
