"""How sure a value of a review's own field is: fitted on gold fields asked anew as questions with allowed values."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

import numpy as np

from field_gold import Paper, each, truths
from vivex.codebook import Field
from vivex.extract.custom import values_said
from vivex.extract.likeness import likeness, spelt
from vivex.vocabulary import of_class, terms, wordings

Example = tuple[int, str, tuple[float, ...], bool]  # paper, field, features, right


@functools.cache
def questions() -> tuple[Field, ...]:
    """Return sex, species, route and strain as a review would ask them, for one value each and for several."""
    animals: dict[str, list[str]] = {}
    for term in of_class("animals", "species"):
        if term.name != "human":
            animals.setdefault(term.name, []).extend(w for word in term.words for w in wordings(word))
    routes: dict[str, list[str]] = {}
    for term in terms("routes"):
        routes.setdefault(term.name, []).extend(w for word in term.words for w in wordings(word))
    strains = {
        "Sprague-Dawley": ["SD rats"], "Wistar": [], "Long-Evans": [], "Fischer 344": ["F344"], "Lewis": [],
        "C57BL/6": ["C57BL/6J", "C57BL/6N", "C57Bl/6", "B6 mice"], "BALB/c": ["Balb/c"], "CD-1": ["CD1", "ICR"],
        "FVB": ["FVB/N"], "DBA/2": ["DBA/2J"], "129": ["129/Sv", "129S"], "nude": ["athymic"], "NOD-SCID": ["NSG"],
        "Swiss": ["Swiss albino", "Swiss Webster"], "New Zealand White": [], "Kunming": [], "NMRI": [], "C3H": [],
    }  # fmt: skip
    sexes = {"male": ["males"], "female": ["females"], "both": ["both sexes", "males and females", "either sex"]}
    asked = {"sex": sexes, "species": animals, "route": routes, "strain": strains}
    return tuple(
        Field(
            name,
            "?",
            "category",
            tuple(given),
            many=many,
            synonyms={v: tuple(dict.fromkeys(w)) for v, w in given.items()},
        )
        for name, given in asked.items()
        for many in (False, True)
    )


def examples(papers: Sequence[Paper], *, jobs: int = 1) -> list[Example]:
    """Return what each paper says of each question, and whether the gold agrees."""
    found = each(lambda number: _of_paper(papers[number]), range(len(papers)), jobs)
    return [(number, *example) for number, said in enumerate(found) for example in said]


def _of_paper(paper: Paper) -> list[tuple[str, tuple[float, ...], bool]]:
    out = []
    for field in questions():
        wanted = truths(paper, field.name, optional=True)
        for said in values_said(paper.reading, field)[:8]:
            right = any(likeness(spelt(said.value), truth) > 0 for truth in wanted)
            out.append((field.name, said.features, right))
    return out


def fit_certainty(found: Sequence[Example]) -> np.ndarray:
    """Return the intercept and the weights of a logistic regression."""
    from sklearn.linear_model import LogisticRegression

    rows = np.array([features for _, _, features, _ in found])
    model = LogisticRegression(C=1.0, max_iter=500).fit(rows, [right for *_, right in found])
    return np.concatenate([model.intercept_, model.coef_[0]]).astype(np.float32)


def certainty(weights: np.ndarray, features: Sequence[float]) -> float:
    """Return the probability of one value."""
    return float(1 / (1 + np.exp(-(weights[0] + weights[1:] @ np.array(features)))))


def errors(found: Sequence[Example], parts: np.ndarray) -> Mapping[str, float]:
    """Return the expected calibration error for papers of other folds, and for each question by the other questions."""
    out: dict[str, float] = {}
    folds = sorted(set(parts.tolist()) - {-1})
    said: list[tuple[float, bool]] = []
    for fold in (*folds, -1):
        weights = fit_certainty([e for e in found if parts[e[0]] not in (fold, -1)])
        said += [(certainty(weights, e[2]), e[3]) for e in found if parts[e[0]] == fold]
    out["papers not seen"] = gap(said)
    for name in sorted({field for _, field, _, _ in found}):
        weights = fit_certainty([e for e in found if e[1] != name])
        out[f"question not seen: {name}"] = gap([(certainty(weights, e[2]), e[3]) for e in found if e[1] == name])
    return out


def gap(said: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error in ten bins."""
    every = np.array(said, dtype=float)
    bins = np.minimum((every[:, 0] * 10).astype(int), 9)
    return float(sum(abs((every[bins == b, 0] - every[bins == b, 1]).sum()) for b in range(10)) / len(every))
