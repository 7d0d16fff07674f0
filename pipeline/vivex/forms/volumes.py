"""The parts into which what a large review shows is divided, so that each opens: a volume is a hundred studies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vivex.forms.guarded import Some, studies_of
from vivex.paper import Failure, Paper

STUDIES = 100  # in one workbook, or on one page of the report; a review of no more has one of each
PART = "-part-"  # in the name of a workbook that a person fills in: "mk-2.xlsx" is another one of theirs


@dataclass(frozen=True, slots=True)
class Volume:
    """Hold some studies of a review: `first` is the number of its first one, `number` its own; from 1."""

    number: int
    first: int
    papers: Sequence[Paper]
    keys: tuple[str, ...] = ()

    @property
    def studies(self) -> list[str]:
        """Return its studies, also of papers that can't be read."""
        return studies_of(self.papers)

    @property
    def last(self) -> int:
        """Return the number of its last study."""
        return self.first + len(self.papers) - 1


def volumes(papers: Sequence[Paper], keys: Sequence[str] = (), *, studies: int = 0) -> list[Volume]:
    """Return the volumes of a review; one where it is no larger than a volume, or empty."""
    studies = studies or STUDIES
    if len(papers) <= studies:
        return [Volume(1, 1, papers, tuple(keys))]
    found = []
    for number, start in enumerate(range(0, len(papers), studies), 1):
        end = min(start + studies, len(papers))
        found.append(Volume(number, start + 1, Some(papers, range(start, end)), tuple(keys[start:end])))
    return found


def named(path: Path, volume: Volume, count: int) -> Path:
    """Return the path of a volume's file: "forms.xlsx" of one, "forms-2.xlsx" of several."""
    return path if count == 1 else path.with_name(f"{path.stem}-{volume.number}{path.suffix}")


def parts(path: Path, studies: Sequence[str]) -> list[tuple[Path, Sequence[str]]]:
    """Return the workbooks into which a person's studies are divided, each with its studies: "mk-part-2.xlsx"."""
    divided = [studies[start : start + STUDIES] for start in range(0, len(studies), STUDIES)]
    if len(divided) <= 1:
        return [(path, studies)]
    return [(path.with_name(f"{path.stem}{PART}{number}{path.suffix}"), some) for number, some in enumerate(divided, 1)]


def of_volume(failures: Sequence[Failure], volume: Volume, everywhere: frozenset[str]) -> list[Failure]:
    """Return the failures that a volume names: of its own studies; the first one also of those that are in none."""
    own = set(volume.studies)
    return [f for f in failures if f.study in own or (volume.number == 1 and f.study not in everywhere)]
