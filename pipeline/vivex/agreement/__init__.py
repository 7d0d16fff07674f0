"""Agreement between people, and between people and the model.

Every function returns an `Agreement`: `.value`, `.ci` (95 %), `.n`, and where the value is undefined (NaN) the
`.reason`. Give `clusters=` (the study of each item) whenever a study gives more than one item: items of one study are
not independent, and an interval that takes them so is too narrow.
"""

from vivex.agreement.alpha import krippendorff_alpha
from vivex.agreement.coefficients import (
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    gwet_ac2,
    pabak,
    percent,
)
from vivex.agreement.numbers import icc, mean_absolute_difference, within
from vivex.agreement.result import Agreement
from vivex.agreement.span_agreement import span_f1, value_f1

__all__ = [
    "Agreement",
    "cohen_kappa",
    "fleiss_kappa",
    "gwet_ac1",
    "gwet_ac2",
    "icc",
    "krippendorff_alpha",
    "mean_absolute_difference",
    "pabak",
    "percent",
    "span_f1",
    "value_f1",
    "within",
]
