"""Results are given by id from what lies there; nothing else can be asked for."""

from __future__ import annotations

import pytest

from vivex.desk.desk_review import DeskReview, id_of
from vivex.desk.shelf import file_of, results_data, table_data
from vivex.errors import UnknownName
from vivex.files import write_csv, write_text


def test_results_are_listed_and_tables_read(desk: DeskReview) -> None:
    final = desk.review.outputs / "final"
    write_csv(final / "characteristics.csv", "study,sex\r\names-2019,male\r\n")
    write_text(final / "figures" / "syrcle.svg", "<svg/>")
    write_text(final / "notes.exe", "")
    (final / "link.csv").symlink_to(desk.review.codebook)
    found = results_data(desk)["files"]
    assert [one["name"] for one in found] == ["final/characteristics.csv", "final/figures/syrcle.svg"]
    assert table_data(desk, found[0]["id"])["lines"] == [["study", "sex"], ["ames-2019", "male"]]
    path, kind = file_of(desk, found[1]["id"])
    assert (path.name, kind) == ("syrcle.svg", "image/svg+xml")
    with pytest.raises(UnknownName, match="no table"):
        table_data(desk, found[1]["id"])


@pytest.mark.parametrize("name", ["", "../codebook.yaml", id_of("codebook.yaml"), id_of("../codebook.yaml")])
def test_an_id_that_is_none_is_told(desk: DeskReview, name: str) -> None:
    with pytest.raises(UnknownName, match="no such file"):
        file_of(desk, name)
