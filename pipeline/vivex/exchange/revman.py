"""RevMan (web): the parts of its data package, study information, risk of bias with support, references."""

from __future__ import annotations

from collections.abc import Sequence

from vivex.exchange.formats import RESULTS, Files, Format, Material, SettledStudy
from vivex.exchange.ris import ris_record
from vivex.exchange.written import WHOLE, archive, joined, judged_for, outcomes, support, table
from vivex.files import BOM, Cell
from vivex.forms import rows
from vivex.questions import SYRCLE, heading

RISKS = {"low": "Low risk", "unclear": "Unclear risk", "high": "High risk"}
INFORMATION = (
    "Study",
    "Year",
    "Data source",
    "Char: Methods",
    "Char: Participants",
    "Char: Interventions",
    "Char: Outcomes",
    "Char: Notes",
)
_PARTICIPANTS = ("species", "strain", "sex", "age", "weight", "n_total", "disease_model", "induction")
_INTERVENTIONS = ("intervention", "comparator", "dose", "route", "frequency", "duration", "mirna")
_OUTCOMES = ("outcomes", "outcomes_in_vitro", "target_gene", "main_result", "pathway")


def write_revman(material: Material) -> Files:
    """Return the package's three files, and the zip that holds them under the names that RevMan gives them."""
    studies = material.studies
    parts = {
        "study-information.csv": table(INFORMATION, [_information(s) for s in studies], bom=True),
        "risk-of-bias.csv": _risk_of_bias(studies),
        "included.ris": (BOM + "".join(_included(s) for s in studies)).encode(),
    }
    package = archive({f"review-study-data/review-{name}": data for name, data in parts.items()})
    return {**{f"revman-{name}": data for name, data in parts.items()}, "revman-data.zip": package}


def _information(study: SettledStudy) -> dict[str, Cell]:
    """Return the study's characteristics under RevMan's headings; fields of a team's own stand under Methods."""
    parts: dict[str, list[str]] = {name: [] for name in ("Methods", "Participants", "Interventions", "Outcomes")}
    for field in {field.name: field for field, _ in study.values if field.describes}.values():
        name = field.subject
        part = next(
            (
                part
                for part, names in zip(list(parts)[1:], (_PARTICIPANTS, _INTERVENTIONS, _OUTCOMES), strict=True)
                if name in names
            ),
            "Methods",
        )
        parts[part].append(f"{heading(field.name)}: {joined(study, field.name)}")
    open_ = sum(state != "settled" for state in study.states.values())
    notes = f"{open_} items are not settled and not given." if open_ else ""
    return {
        "Study": study.label,
        "Year": study.reference.year,
        "Data source": "PUB",
        **{f"Char: {name}": ". ".join(told) for name, told in parts.items()},
        "Char: Notes": notes,
    }


def _risk_of_bias(studies: Sequence[SettledStudy]) -> bytes:
    """Return a study a row; a domain that was judged by outcome has columns for each."""
    columns = [
        (item, outcome, asked.name + _outcome_name(outcome, asked_for))
        for item, asked in SYRCLE.items()
        for asked_for in [outcomes(studies, item)]
        for outcome in asked_for
    ]
    header = ["Study"]
    for _, _, name in columns:
        header += [f"Domain (judgement): {name}", f"Domain (support): {name}"]
    lines: list[dict[str, Cell]] = []
    for study in studies:
        row: dict[str, Cell] = {"Study": study.label}
        for item, outcome, name in columns:
            found = judged_for(study, item, outcome)
            row[f"Domain (judgement): {name}"] = RISKS.get(rows.judgement(found), "")
            row[f"Domain (support): {name}"] = _support(study, item, outcome)
        lines.append(row)
    return table(header, lines, bom=True)


def _outcome_name(outcome: str, asked_for: Sequence[str]) -> str:
    return f": {outcome or WHOLE}" if len(asked_for) > 1 or asked_for[0] else ""


def _support(study: SettledStudy, item: str, outcome: str) -> str:
    """Return the support; nothing for an outcome that this study, whose item is settled, was not judged for."""
    found = judged_for(study, item, outcome)
    return "" if found is None and study.judged(item) else support(study, item, found)


def _included(study: SettledStudy) -> str:
    return ris_record(study.reference, {"NS": study.label})


FORMAT = Format(
    program="RevMan (web)",
    holds=RESULTS,
    about="`revman-included.ris`, `revman-study-information.csv` and `revman-risk-of-bias.csv`, alone and together in "
    "`revman-data.zip` as RevMan packs them. Import the RIS file first (its `NS` names the studies), or they double; "
    "the review's criteria must be named as the domains are.",
    loses="which group a value is for (it stands in brackets); what is not settled is empty, and the support says so",
    write=write_revman,
)
