"""Captions, notes and Methods: which error, how many animals."""

from __future__ import annotations

import pytest
from laid_documents import laid_document

from vivex.extract.means.laid_table import laid_table
from vivex.extract.means.legends import Legend, errors_in, legend, sizes_in

ROWS = [["", "Sham", "Drug"], ["ALT (U/L)", "1 ± 1", "2 ± 1"], ["AST (U/L)", "3 ± 1", "4 ± 1"]]


def of(*, animals: bool = False, **given: str) -> Legend:
    """Return the legend of a small table."""
    document = laid_document(ROWS, **given)  # type: ignore[arg-type]
    laid = laid_table(document, document.tables[0])
    assert laid is not None
    return legend(document, document.tables[0], laid, ["Sham", "Drug"], animals=animals)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Values are means ± SEM.", {"SEM"}),
        ("Figures are mean ± S.D. of three runs", {"SD"}),
        ("Data are means and standard deviations.", {"SD"}),
        ("Results are expressed as SEM of 5 animals", {"SEM"}),
        ("Seen by SEM and TEM.", set()),
        ("SE Asia", set()),
    ],
)
def test_errors(text: str, kinds: set[str]) -> None:
    assert errors_in(text) == kinds


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("mean ± SEM, n = 6 rats per group", ["6"]),
        ("means ± SEM of seven rats per group", ["7"]),
        ("mean of three replicates ± standard deviation", ["3"]),
        ("n = 6–8", ["6–8"]),
        ("p < 0.05 against sham", []),
    ],
)
def test_sizes(text: str, sizes: list[str]) -> None:
    assert sizes_in(text) == sizes


def test_notes_come_before_methods() -> None:
    said = of(note="Means ± SD, n = 9.", methods="Data are shown as mean ± SEM.")
    assert (said.error_type, said.n) == ("SD", "9")
    assert of(methods="Data are shown as mean ± SEM.").error_type == "SEM"
    assert of(methods="Data are mean ± SEM. Ages are mean ± SD.").error_type == ""
    assert of().error_type == ""


def test_sizes_by_group_and_medians() -> None:
    said = of(note="Sham had no drug (n = 5). Drug came by mouth (n = 7).")
    assert (said.n, dict(said.n_of)) == ("", {"sham": "5", "drug": "7"})
    assert of(note="Medians and quartiles are given.").medians
    assert not of(note="Means, not medians, are given.").medians


def test_the_size_of_all_groups_may_stand_in_methods() -> None:
    methods = "Rats were parted into three groups (n = 8 per group)."
    assert of(animals=True, methods=methods).n == "8"
    assert of(methods=methods).n == ""
    assert of(animals=True, methods=f"{methods} Ten mice in each group were killed.").n == ""
    assert of(animals=True, methods=methods, note="n = 6.").n == "6"
    assert of(animals=True, methods=methods, note="n = 6 and n = 7.").n == ""
