"""HAWC: the risk-of-bias export of a project, flat objects that its visuals and scripts read."""

from __future__ import annotations

import json

from vivex.annotation import Annotation
from vivex.exchange.formats import RESULTS, Files, Format, Material, SettledStudy
from vivex.forms import rows
from vivex.questions import SYRCLE
from vivex.references import family

# HAWC's scores; SYRCLE's "unclear" is its "not reported", which HAWC counts with probably high
SCORES = {
    "low": (17, "Definitely low risk of bias"),
    "unclear": (12, "Not reported"),
    "high": (14, "Definitely high risk of bias"),
}


def write_hawc(material: Material) -> Files:
    """Return the objects, one for each judgement of each study; what is not settled has none."""
    found = [
        _score(study, number, item, a)
        for number, study in enumerate(material.studies, 1)
        for item in SYRCLE
        for a in study.judged(item)
    ]
    for number, one in enumerate(found, 1):
        one["rob_score-id"] = number
    return {"hawc-rob.json": (json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()}


def _score(study: SettledStudy, number: int, item: str, a: Annotation) -> dict[str, object]:
    asked, ref = SYRCLE[item], study.reference
    score, words = SCORES[rows.judgement(a)]
    several = f"{family(ref.authors[0])} et al." if len(ref.authors) > 1 else "".join(map(family, ref.authors))
    return {
        "rob-active": True,
        "rob-author_name": rows.voice(a),
        "rob-final": True,
        "rob-id": number,
        "rob_domain-id": list(dict.fromkeys(q.bias for q in SYRCLE.values())).index(asked.bias) + 1,
        "rob_domain-name": f"{asked.bias} bias",
        "rob_metric-id": asked.number,
        "rob_metric-name": asked.name,
        "rob_metric-description": f"<p>{asked.wording}</p>",
        "rob_score-bias_direction": 0,  # not known
        "rob_score-description": words,
        "rob_score-is_default": not a.group,
        "rob_score-label": a.group,
        "rob_score-notes": rows.support(a),
        "rob_score-score": score,
        "study-doi": ref.doi or None,
        "study-pubmed_id": int(ref.pmid) if ref.pmid.isdecimal() else None,
        "study-full_citation": ". ".join(filter(None, ("; ".join(ref.authors), ref.title, ref.journal, ref.year))),
        "study-id": number,
        "study-short_citation": f"{several} {ref.year}".strip() or study.label,
        "study-study_identifier": study.study,
    }


FORMAT = Format(
    program="HAWC",
    holds=RESULTS,
    about="`hawc-rob.json`: one object for each judgement in the shape of HAWC's risk-of-bias export; low is 17, high "
    "14, unclear 12 (not reported); an outcome that was judged by itself is the score's label.",
    loses="HAWC's grades between definite and probable, which SYRCLE's tool does not have",
    write=write_hawc,
)
