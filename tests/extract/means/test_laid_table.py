"""Tables as they are laid out: headers over runs of columns, headings over rows, labels filled down, notes."""

from __future__ import annotations

from laid_documents import laid_document

from vivex.extract.means.laid_table import _runs, laid_table, texts


def test_headers_labels_headings_and_notes() -> None:
    document = laid_document(
        [
            ["", "Group", "", ""],
            ["", "Sham", "Vehicle", "Drug"],
            ["Serum", "", "", ""],
            ["ALT", "1 ± 1", "2 ± 1", "3 ± 1"],
            ["AST", "4 ± 1", "5 ± 1", "6 ± 1"],
            ["All values are means and standard errors of nine animals.", "", "", ""],
        ],
        heads=2,
        spans={(0, 1): (1, 3)},
    )
    laid = laid_table(document, document.tables[0])
    assert laid is not None
    assert {c: texts(path) for c, path in laid.heads.items()} == {
        1: ["Group", "Sham"],
        2: ["Group", "Vehicle"],
        3: ["Group", "Drug"],
    }
    assert [(texts(r.labels), r.over and r.over.text) for r in laid.rows] == [(["ALT"], "Serum"), (["AST"], "Serum")]
    assert [n.text[:10] for n in laid.notes] == ["All values"]


def test_labels_are_filled_down_beside_a_label_of_the_row() -> None:
    document = laid_document(
        [
            ["Group", "Day", "Weight (g)"],
            ["Sham", "1", "2 ± 1"],
            ["", "2", "3 ± 1"],
            ["Drug", "1", "4 ± 1"],
            ["", "", "5 ± 1"],
        ]
    )
    laid = laid_table(document, document.tables[0])
    assert laid is not None
    assert [texts(r.labels) for r in laid.rows] == [["Sham", "1"], ["Sham", "2"], ["Drug", "1"], ["", ""]]


def test_no_table_without_figures_beside_labels() -> None:
    for rows in ([["a", "b"], ["c", "d"]], [["1 ± 1", "2 ± 2"]], [["Only", "words"], ["in", "it"]]):
        document = laid_document(rows)
        assert laid_table(document, document.tables[0]) is None


def test_a_header_stands_over_the_run_of_columns_whose_middle_is_its_own() -> None:
    xs = [10.0, 20.0, 30.0, 40.0, 50.0, 60.0]
    assert _runs(xs, [(10.0, 0), (35.0, 1), (60.0, 2)], 3.5) == [0, 1, 1, 1, 1, 2]
    assert _runs(xs, [(25.0, 0), (55.0, 1)], 3.5) == [0, 0, 0, 0, 1, 1]
    assert _runs(xs, [(50.0, 0)], 3.5) == [None, None, None, 0, 0, 0]


def test_a_count_row_and_a_lone_header_over_all_columns() -> None:
    document = laid_document(
        [
            ["", "Score (mm)", ""],
            ["", "Sham", "Drug"],
            ["Rats (n)", "8", "9"],
            ["Width", "1 ± 1", "2 ± 1"],
            ["Depth", "3 ± 1", "4 ± 1"],
        ],
        heads=2,
    )
    laid = laid_table(document, document.tables[0])
    assert laid is not None
    assert {c: texts(path) for c, path in laid.heads.items()} == {1: ["Score (mm)", "Sham"], 2: ["Score (mm)", "Drug"]}
    assert [(texts(r.labels), {c: p.text for c, p in r.cells.items()}) for r in laid.counts] == [
        (["Rats (n)"], {1: "8", 2: "9"})
    ]
    assert len(laid.rows) == 2
