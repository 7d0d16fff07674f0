"""The workbook of a review: written for reviewers, read back with their decisions (Excel and LibreOffice)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from vivex.forms.workbook.cells import Problem
from vivex.forms.workbook.read import WorkbookContents, read_workbook
from vivex.forms.workbook.write import write_workbook

__all__ = ["Problem", "Workbook", "WorkbookContents", "read_workbook", "write_workbook"]


class Workbook:
    """Be the `Form` registered as "workbook"."""

    suffix = ".xlsx"

    @staticmethod
    def write(path: Path, **options: Any) -> None:
        """Write the workbook; the options are those of `write_workbook`."""
        write_workbook(path=path, **options)

    @staticmethod
    def read(path: Path, **options: Any) -> WorkbookContents:
        """Read the decisions; the options are those of `read_workbook`."""
        return read_workbook(path, **options)
