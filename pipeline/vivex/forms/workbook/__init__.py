"""The workbook of a review: written for reviewers, read back with their decisions (Excel and LibreOffice)."""

from __future__ import annotations

from vivex.forms.workbook.read import WorkbookContents, read_workbook
from vivex.forms.workbook.typed_cells import Problem
from vivex.forms.workbook.write import write_workbook

__all__ = ["Problem", "Workbook", "WorkbookContents", "read_workbook", "write_workbook"]


class Workbook:
    """Be the `Form` registered as "workbook"."""

    suffix = ".xlsx"
    write = staticmethod(write_workbook)
    read = staticmethod(read_workbook)
