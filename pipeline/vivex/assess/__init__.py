"""Assess risk of bias: the ten SYRCLE items and eight reporting items of a paper, each with sentences, rule and reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vivex.annotation import Annotation
from vivex.codebook import Codebook
from vivex.document import Document

VERSION = "1"


@dataclass(frozen=True)
class Assessor:
    """Annotate a Document with the ten SYRCLE and eight reporting items."""

    codebook: Codebook
    model: Any = None
    name: str = "syrcle"
    version: str = VERSION

    def __call__(self, document: Document, *, known: Sequence[Annotation] = ()) -> list[Annotation]:
        from vivex.assess.judge import judge

        return judge(document, known, self.codebook, self.model)


def model_folder(models: Path) -> Path | None:
    """Return the folder of the risk-of-bias model: the review's own, else the base's, else the shipped one."""
    from vivex.models import locate

    return locate(models, "rob")


def make_syrcle(*, params: Mapping[str, Any], models: Path, codebook: Codebook) -> Assessor:
    """Make the assessor from a review's parameters, models folder and codebook."""
    return Assessor(codebook, None)
