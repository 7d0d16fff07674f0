"""PRISMA2020's table of the flow diagram: the last boxes from the review, all others as given."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from vivex.exchange.formats import RESULTS, Files, Format, Material
from vivex.files import csv_text
from vivex.forms.tables.prisma import Box

NAME = "prisma2020.csv"  # laid into the review's folder, it is gone on with
HEADER = ("data", "node", "box", "description", "boxtext", "tooltips", "url", "n")
# data, node, box, text; what PRISMA_data() looks for, in the order of its own table
BOXES = (
    ("NA", "node4", "prevstud", "Previous studies"),
    ("previous_studies", "node5", "box1", "Studies included in previous version of review"),
    ("previous_reports", "NA", "box1", "Reports of studies included in previous version of review"),
    ("NA", "node6", "newstud", "Identification of new studies via databases and registers"),
    ("database_results", "node7", "box2", "Databases"),
    ("database_specific_results", "NA", "box2", "Specific Databases"),
    ("register_results", "NA", "box2", "Registers"),
    ("register_specific_results", "NA", "box2", "Specific Registers"),
    ("NA", "node16", "othstud", "Identification of new studies via other methods"),
    ("website_results", "node17", "box11", "Websites"),
    ("organisation_results", "NA", "box11", "Organisations"),
    ("citations_results", "NA", "box11", "Citation searching"),
    ("duplicates", "node8", "box3", "Duplicate records"),
    ("excluded_automatic", "NA", "box3", "Records marked as ineligible by automation tools"),
    ("excluded_other", "NA", "box3", "Records removed for other reasons"),
    ("records_screened", "node9", "box4", "Records screened"),
    ("records_excluded", "node10", "box5", "Records excluded"),
    ("dbr_sought_reports", "node11", "box6", "Reports sought for retrieval"),
    ("dbr_notretrieved_reports", "node12", "box7", "Reports not retrieved"),
    ("other_sought_reports", "node18", "box12", "Reports sought for retrieval"),
    ("other_notretrieved_reports", "node19", "box13", "Reports not retrieved"),
    ("dbr_assessed", "node13", "box8", "Reports assessed for eligibility"),
    ("dbr_excluded", "node14", "box9", "Reports excluded"),
    ("other_assessed", "node20", "box14", "Reports assessed for eligibility"),
    ("other_excluded", "node21", "box15", "Reports excluded"),
    ("new_studies", "node15", "box10", "New studies included in review"),
    ("new_reports", "NA", "box10", "Reports of new included studies"),
    ("total_studies", "node22", "box16", "Total studies included in review"),
    ("total_reports", "NA", "box16", "Reports of total included studies"),
    ("identification", "node1", "identification", "Identification"),
    ("screening", "node2", "screening", "Screening"),
    ("included", "node3", "included", "Included"),
    ("total_studies_ma", "node23", "box17", "Total studies included in meta-analysis"),
    ("total_reports_ma", "NA", "box17", "Reports of total included studies in meta-analysis"),
)


def write_prisma(material: Material) -> Files:
    """Return the table; a `prisma2020.csv` in the review's folder is gone on with, else what we don't know is 0."""
    known = counts(material.boxes)
    given = material.beside.get(NAME)
    if given is None:
        header: list[str] = list(HEADER)
        lines = [[data, node, box, text, text, text, f"{data}.html", "0"] for data, node, box, text in BOXES]
    else:
        header, *lines = csv.reader(io.StringIO(given.decode("utf-8-sig"), newline=""))
        before = next((line[-1] for line in lines if line and line[0] == "previous_studies"), "0")
        if before.isdecimal() and int(before):  # an update of a review: the total holds both
            known["total_studies"] = str(int(before) + int(known["new_studies"]))
    key, n = header.index("data"), header.index("n")
    for line in lines:
        if line and line[key] in known:
            line[n] = known[line[key]]
    return {NAME: csv_text(header, lines).encode()}


def counts(boxes: Sequence[Box]) -> dict[str, str]:
    """Return what the review knows, by PRISMA2020's names: reports assessed, excluded with reasons, included."""
    found = {"total_studies": "0", "new_studies": "0"}
    reasons = []
    for box in boxes:
        number = str(len(box.studies))
        if box.reason:
            reasons.append(f"{re.sub(r'[,;]', ' ', box.reason)}, {number}")
        elif box.name == "Reports assessed for eligibility":
            found["dbr_assessed"] = number
        elif box.name == "Studies included in review":
            found |= {"new_studies": number, "new_reports": number, "total_studies": number, "total_reports": number}
    found["dbr_excluded"] = "; ".join(reasons) or "0"
    return found


FORMAT = Format(
    program="PRISMA2020 (R and its web page)",
    holds=RESULTS,
    about="`prisma2020.csv` with the boxes that the review knows: reports assessed, excluded by reason, studies "
    "included. Lay your own table of that name into the review's folder and all its other boxes stay as you gave them. "
    'Draw it with `PRISMA_flowdiagram(PRISMA_data(read.csv("prisma2020.csv")))`.',
    loses="searches and screening, which vivex knows nothing of",
    write=write_prisma,
)
