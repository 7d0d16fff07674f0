"""Whatever is done to a workbook, what an import writes passes `vivex check`; a second import changes nothing."""

from __future__ import annotations

import datetime
import io
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from vivex.annotation import from_json, read_annotations, write_annotations
from vivex.cli import main
from vivex.codebook import read_codebook
from vivex.errors import VivexError
from vivex.forms.workbook.layout import read_key
from vivex.people.check import check
from vivex.people.importing import import_workbook
from workbook_rows import FilledBook

TYPED = {
    "decision": ("accept", "edit", "reject", "add", "only this", "accept the rest", "ok", "perhaps", "", "=A1"),
    "row": ("", "study", "section syrcle", "form/animals", "nothing"),
    "yours": (
        *(
            "low",
            "High risk",
            "unclear",
            "yes",
            "no",
            "not reported",
            "n/a",
            "male",
            "mixed",
            "5 mg/kg",
            "rat",
            "",
            7,
            0.5,
        ),
        *(
            True,
            "=1+1",
            "#REF!",
            datetime.datetime(2024, 9, 7),
            datetime.time(9),
            "x" * 300,
            "\u00b5g",
            "some concerns",
        ),
    ),
    "quote": ("Twenty male Wistar rats", "words of no paper", "Infarct volume\n\nThree animals died", "", "Wistar"),
    "group": ("", "treated", "weight", "sham"),
    "note": ("", "why", "two\nlines"),
    "page": ("", "1", "ii", 3),
    "study": ("ames-2019", "bell-2020", "nobody-1999", ""),
    "item": ("1. Sequence generation", "Blinding", "10", ""),
    "field": ("dose", "sex", "target gene", "nothing", ""),
    "proposed": ("low", "yes", "banana"),
    "id": ("", "0123456789abcdef"),
    "printed": ("",),
    "text": ("", "0" * 64),
}


@pytest.fixture
def handed(review):
    """Return the review and the bytes of a reviewer's workbooks."""
    assert main(["assign", "mk", "--per-study", "1", "--blind", "0.25", "--root", str(review.root)]) == 0
    assert main(["work", "--reviewer", "mk", "--root", str(review.root)]) == 0
    return review, [(review.root / "workbooks" / "mk.xlsx").read_bytes()]


def edit(data: bytes, seed: int, count: int) -> bytes:
    """Return the workbook with so many cells changed, mostly those in which a person writes."""
    dice, book, out = random.Random(seed), load_workbook(io.BytesIO(data)), io.BytesIO()
    sheets = [
        (sheet, top, {mark[2]: c.column for c in sheet[top] if (mark := read_key(c.value)) is not None})
        for sheet in book
        for top in (1, 4)
    ]
    sheets = [(sheet, top, keys) for sheet, top, keys in sheets if "yours" in keys]
    for _ in range(count):
        sheet, top, keys = dice.choice(sheets)
        row = dice.randrange(top + 2, sheet.max_row + 1)
        some = [k for k in ("decision", "yours", "decision", "yours", "quote", "group", "note") if k in keys]
        for key in {dice.choice(some if dice.random() < 0.85 else [k for k in TYPED if k in keys]) for _ in range(2)}:
            sheet.cell(row, keys[key]).value = dice.choice(TYPED[key])
    book.save(out)
    return out.getvalue()


def shaken(review, *, gone: bool) -> None:
    """Let the machine judge anew: other confidences, other rules; where `gone`, other judgements too."""
    for path in (review.outputs / "judgements").glob("*.jsonl"):
        lines = []
        for a in read_annotations(path):
            value = {**a.value, "rule": "another"}
            if gone and "judgement" in value:
                value["judgement"] = "high"
            data = {"study": a.study, "label": a.label, "value": value, "evidence": [], "source": "model:x@2"}
            lines.append(from_json(data | {"confidence": 0.111}))
        write_annotations(lines, path)


@given(st.integers(0, 10**9), st.integers(1, 60), st.sampled_from(["same", "shaken", "gone"]))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_an_import_writes_passes_check(handed, seed, count, machine):
    review, books = handed
    if machine != "same":
        shaken(review, gone=machine == "gone")
    path = review.root / "mk.xlsx"
    path.write_bytes(edit(books[seed % len(books)], seed, count))
    try:
        done = import_workbook(review, path, "mk")
    except VivexError:  # refused as a whole
        return
    assert all("\n" not in str(problem) for problem in done.problems)
    faults = [str(f) for f in check(review, read_codebook(review.codebook)) if f.weight == "error"]
    assert faults == []
    written = {p: p.read_bytes() for p in review.annotations.rglob("*.jsonl")}
    import_workbook(review, path, "mk")
    assert {p: p.read_bytes() for p in review.annotations.rglob("*.jsonl")} == written


@pytest.mark.parametrize("gone", [False, True])
def test_accepting_all_after_the_machine_judged_anew(handed, gone, capsys):
    review, books = handed
    out = review.root / "mk.xlsx"
    out.write_bytes(books[-1])
    book = FilledBook(out)
    for row in list(book.rows()):
        if row.texts["row"] in ("syrcle", "reporting") and row.texts.get("proposed"):
            book.put(row, decision="accept")
    book.save()
    shaken(review, gone=gone)
    assert main(["import", str(out), "--reviewer", "mk", "--root", str(review.root)]) == 0
    said = capsys.readouterr().out
    assert ("made no more as printed" in said) is gone
    assert main(["check", "--root", str(review.root)]) == 0
    values = [a.value for p in review.annotations.glob("*-20*/mk.jsonl") for a in read_annotations(p)]
    assert values
    assert all(v.get("judgement") == "unclear" or v.get("reported") is False for v in values)
