"""Files of many papers, written although one of the papers breaks the writing: it is left out of the file and named."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from vivex.errors import VivexError, defect, in_one_line
from vivex.paper import Paper

T = TypeVar("T")
Tell = Callable[[Iterable[str]], object]  # takes notes for the reviewer
OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.ENOMEM)  # no paper is to blame


class Some(Sequence[Paper]):
    """Give some papers of a sequence, read one at a time as the sequence reads them."""

    def __init__(self, papers: Sequence[Paper], numbers: Sequence[int]) -> None:
        self.papers, self.numbers = papers, numbers

    @property
    def studies(self) -> list[str]:
        """Return the studies, also of papers that can't be read."""
        studies = studies_of(self.papers)
        return [studies[number] for number in self.numbers]

    def __len__(self) -> int:
        return len(self.numbers)

    def __getitem__(self, index: int) -> Paper:  # type: ignore[override]
        return self.papers[self.numbers[index]]


def written(
    part: str, write: Callable[[Sequence[Paper], Path], T], papers: Sequence[Paper], out: Path, tell: Tell
) -> T:
    """Return what `write` returns for the papers and the folder; papers that break it are left out, and told.

    Only where it breaks is each paper tried alone, in a scratch folder. Raise what broke it where no paper alone does.
    """
    try:
        return write(papers, out)
    except Exception as error:
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in OF_THE_DISK):
            raise
        broken = _alone(write, papers)
        if not broken:
            raise
        tell(f"{studies_of(papers)[n]} is left out of the {part}: {said}" for n, said in broken.items())
        return write(Some(papers, [n for n in range(len(papers)) if n not in broken]), out)


def _alone(write: Callable[[Sequence[Paper], Path], object], papers: Sequence[Paper]) -> dict[int, str]:
    """Return the numbers of the papers that break the writing by themselves, and how."""
    broken = {}
    for number in range(len(papers)):
        with tempfile.TemporaryDirectory(prefix="vivex-") as scratch:
            try:
                write(Some(papers, [number]), Path(scratch))
            except Exception as error:  # whatever a paper's words do to a library that draws them
                said = str(error) if isinstance(error, VivexError) else in_one_line(error)
                broken[number] = said or defect(error)
    return broken


def studies_of(papers: Sequence[Paper]) -> list[str]:
    """Return the papers' studies, also where a paper itself can't be read."""
    studies: Sequence[str] | None = getattr(papers, "studies", None)
    return [paper.study for paper in papers] if studies is None else list(studies)
