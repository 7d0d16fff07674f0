"""Assess risk of bias: the ten SYRCLE items and eight reporting items of a paper, each with sentences and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation
from vivex.codebook import Codebook
from vivex.document import Document

VERSION = "2"


@dataclass(frozen=True)
class Assessor:
    """Annotate a Document with the ten SYRCLE and eight reporting items."""

    codebook: Codebook
    model: Any = None  # scorer.Model, or None for the rules alone
    name: str = "syrcle"
    version: str = VERSION

    def __call__(self, document: Document, *, known: Sequence[Annotation] = ()) -> list[Annotation]:
        from vivex.assess.examine import examine
        from vivex.assess.judge import judge

        reader = self.model.reader if self.model is not None else None
        return judge(examine(document, known, reader=reader), self.codebook, self.model)


def model_folder(models: Path) -> Path | None:
    """Return the folder of the bias model: `models` itself, the review's rob/, base/rob/, or the shipped one."""
    from vivex.models import locate

    return models if (models / "model.json").is_file() else locate(models, "rob")


def make_syrcle(*, params: Mapping[str, Any], models: Path, codebook: Codebook) -> Assessor:
    """Make the assessor from a review's parameters, models folder and codebook.

    `params["model"]: false` leaves the model out, so that the rules alone judge.
    """
    from vivex.assess.weigh.scorer import load

    folder = model_folder(models) if params.get("model", True) else None
    return Assessor(codebook, load(folder) if folder is not None else None)
