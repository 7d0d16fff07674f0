"""The tables for Word, opened by python-docx: a table for each table of the form, a study a row."""

from __future__ import annotations

import io
from dataclasses import replace

import docx

from vivex.codebook import template
from vivex.exchange.word_tables import columns_of, write_word


def tables(material):
    return docx.Document(io.BytesIO(write_word(material)["tables.docx"]))


def test_settled_values_stand_in_their_cells(material):
    document = tables(material)
    animals, treatment, bias = ([[cell.text for cell in row.cells] for row in t.rows] for t in document.tables)
    assert animals == [
        ["Study", "Species", "Sex"],
        ["Ode 2019", "rat", "NR"],
        ["x", "[Not reviewed]", "[Proposed by vivex, not reviewed]"],
    ]
    assert treatment[1] == ["Ode 2019", "10 µg (low dose); =20 µg (high dose)", "[Proposed by vivex, not reviewed]"]
    assert bias[1] == ["Ode 2019", "+", "−", "?", "+", "−", "?", "+", "−", "?", ""]


def test_the_bytes_are_the_same_each_time(material):
    assert write_word(material) == write_word(material)


def test_the_four_tables_of_a_review_of_exosomes(material):
    book = template("msc-exosome-oa")
    document = tables(replace(material, codebook=book))
    captions = [p.text for p in document.paragraphs if p.text.startswith("Table ")]
    assert [c.partition(". ")[2] for c in captions] == [
        "Animal model",
        "Cell source, isolation and characterisation of cells and exosomes",
        "Groups, duration, dose, gross morphology, histology and markers",
        "Key outcomes in vitro and in vivo",
        "Risk of bias (SYRCLE)",
    ]
    assert all(len(t.columns) <= 8 for t in document.tables[:-1])


def test_no_question_is_lost_where_columns_are_shared():
    fields = template("msc-exosome-oa").fields
    for count in range(len(fields) + 1):
        columns = columns_of(fields[:count])
        assert [f for together in columns for f in together] == list(fields[:count])
        assert len(columns) <= 7
