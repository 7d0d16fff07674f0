"""RevMan 5: the studies and quality items (risk of bias) of a review as `.rm5`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from vivex.exchange.formats import RESULTS, Files, Format, Material, SettledStudy
from vivex.exchange.written import WHOLE, judged_for, outcomes, support
from vivex.files import clean
from vivex.forms import rows
from vivex.questions import SYRCLE

RESULTS_OF = {"low": "YES", "unclear": "UNKNOWN", "high": "NO"}  # the item's question: is the bias kept out?


def write_rm5(material: Material) -> Files:
    """Return an .rm5 with the studies, their references and the ten items; what is not settled has no entry."""
    ids = study_ids(material.studies)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<COCHRANE_REVIEW DOI="" GROUP_ID="" ID="" REVIEW_NO="" REVMAN_SUB_VERSION="5.4.1" REVMAN_VERSION="5" '
        'STAGE="R" STATUS="A" TYPE="INTERVENTION" VERSION_NO="1.0">',
        f"<COVER_SHEET><TITLE>{_text(material.title)}</TITLE></COVER_SHEET>",
        "<STUDIES_AND_REFERENCES><STUDIES><INCLUDED_STUDIES>",
        *(_study(study, ids[study.study]) for study in material.studies),
        "</INCLUDED_STUDIES></STUDIES></STUDIES_AND_REFERENCES>",
        "<QUALITY_ITEMS>",
        *(line for item in SYRCLE for line in _item(material, item, ids)),
        "</QUALITY_ITEMS>",
        "</COCHRANE_REVIEW>",
        "",
    ]
    return {"review.rm5": "\n".join(lines).encode()}


def study_ids(studies: Sequence[SettledStudy]) -> dict[str, str]:
    """Return the id that RevMan would give each study, from its label; none twice."""
    found: dict[str, str] = {}
    for study in studies:
        name = f"STD-{escaped(study.label)}"
        while name in found.values():
            name += "_x002b_"
        found[study.study] = name
    return found


def escaped(label: str) -> str:
    """Return a label as RevMan writes it into ids: spaces as "-", all but letters and digits as _x and their code."""
    return re.sub(r"[^A-Za-z0-9-]", lambda m: f"_x{ord(m[0]):04x}_", label.replace("-", "_x002d_").replace(" ", "-"))


def _study(study: SettledStudy, name: str) -> str:
    ref = study.reference
    parts = {"AU": ", ".join(ref.authors), "TI": ref.title, "SO": ref.journal, "YR": ref.year, "VL": ref.volume}
    told = "".join(f"<{tag}>{_text(text)}</{tag}>" for tag, text in {**parts, "PG": ref.pages}.items() if text)
    ids = "".join(
        f'<IDENTIFIER TYPE="{kind}" VALUE={quoteattr(clean(text))}/>'
        for kind, text in (("DOI", ref.doi), ("PUBMED", ref.pmid))
        if text
    )
    return (
        f'<STUDY DATA_SOURCE="PUB" ID={quoteattr(name)} NAME={quoteattr(clean(study.label))} '
        f"YEAR={quoteattr(ref.year)}>"
        f'<REFERENCE PRIMARY="YES" TYPE="JOURNAL_ARTICLE">{told}<IDENTIFIERS>{ids}</IDENTIFIERS></REFERENCE></STUDY>'
    )


def _item(material: Material, item: str, ids: dict[str, str]) -> list[str]:
    asked = SYRCLE[item]
    number = f"{asked.number:02}"
    judged_by = outcomes(material.studies, item)
    by_group = judged_by != [""]
    groups = {outcome: f"QIG-{number}.{n:02}" for n, outcome in enumerate(judged_by, 1)} if by_group else {}
    lines = [
        f'<QUALITY_ITEM CORE_ITEM="NO" ID="QIT-{number}" LEVEL="{"GROUP" if by_group else "STUDY"}" '
        f'NO="{asked.number}">',
        f"<NAME>{_text(f'{asked.name} ({asked.bias.lower()} bias)')}</NAME>",
        f"<DESCRIPTION><P>{_text(asked.wording)}</P></DESCRIPTION>",
    ]
    lines += [
        f'<QUALITY_ITEM_DATA_ENTRY_GROUP ID="{key}" NO="{n}"><NAME>{_text(outcome or WHOLE)}</NAME>'
        "</QUALITY_ITEM_DATA_ENTRY_GROUP>"
        for n, (outcome, key) in enumerate(groups.items(), 1)
    ]
    lines.append("<QUALITY_ITEM_DATA>")
    for study in material.studies:
        for outcome in judged_by:
            found = judged_for(study, item, outcome)
            if found is not None:
                group = f'GROUP_ID="{groups[outcome]}" ' if by_group else ""
                lines.append(
                    f'<QUALITY_ITEM_DATA_ENTRY {group}RESULT="{RESULTS_OF[rows.judgement(found)]}" '
                    f"STUDY_ID={quoteattr(ids[study.study])}>"
                    f"<DESCRIPTION><P>{_text(support(study, item, found))}</P></DESCRIPTION></QUALITY_ITEM_DATA_ENTRY>"
                )
    return [*lines, "</QUALITY_ITEM_DATA>", "</QUALITY_ITEM>"]


def _text(text: str) -> str:
    return escape(clean(text))


FORMAT = Format(
    program="RevMan 5",
    holds=RESULTS,
    about="`review.rm5`: the included studies with their references, and SYRCLE's ten items as quality items with "
    "support. Low risk is `YES`, high risk `NO`, unclear `UNKNOWN`.",
    loses="the form's values; items that are not settled have no entry",
    write=write_rm5,
)
