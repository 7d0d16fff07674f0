"""Thirty damaged workbooks: each is opened and read, or refused in one line; none takes long or much."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook as Book
from openpyxl import load_workbook

from vivex.errors import MalformedFile
from vivex.forms.workbook import write_workbook
from workbook_rows import FilledBook, read_back

SHEET = "xl/worksheets/sheet3.xml"  # the first one after guide and overview
STUDY = "1 Abel 2020"


@pytest.fixture(scope="module")
def written(papers, codebook, tmp_path_factory) -> bytes:
    """Return a workbook with one decision, as its bytes."""
    path = tmp_path_factory.mktemp("damaged") / "forms.xlsx"
    write_workbook(path, papers=papers, codebook=codebook, reviewer="mk")
    book = FilledBook(path)
    book.put(book.row("Abel 2020", "species"), decision="accept")
    book.save()
    return path.read_bytes()


def parts(data: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return the workbook with each part changed, None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return out.getvalue()


def put(name: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """Return the damage that replaces a pattern in one part."""
    return lambda data: parts(data, lambda n, c: re.sub(old.encode(), new.encode(), c, count=1) if n == name else c)


def without(pattern: str) -> Callable[[bytes], bytes]:
    return lambda data: parts(data, lambda n, c: None if re.search(pattern, n) else c)


def flipped(seed: int, count: int) -> Callable[[bytes], bytes]:
    def damage(data: bytes) -> bytes:
        dice, broken = random.Random(seed), bytearray(data)
        for _ in range(count):
            broken[dice.randrange(len(broken))] ^= 1 << dice.randrange(8)
        return bytes(broken)

    return damage


def with_book(change: Callable[[Book], None]) -> Callable[[bytes], bytes]:
    def damage(data: bytes) -> bytes:
        book, out = load_workbook(io.BytesIO(data)), io.BytesIO()
        change(book)
        book.save(out)
        return out.getvalue()

    return damage


def bomb(_: bytes) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book,
        book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(1100):
            part.write(b" " * 1024**2)
    return out.getvalue()


def formatted_far_below(book: Book) -> None:
    book[STUDY]["B1048576"].number_format = "0.00"


def named(title: str) -> Callable[[Book], None]:
    return lambda book: setattr(book[STUDY], "title", title)


def merged_a_little(book: Book) -> None:
    book[STUDY].merge_cells("A8:C14")


def filled_with(value: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        for row in book[STUDY].iter_rows(min_row=6):
            for cell in row:
                cell.value = value

    return change


FAR = '<mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells><printOptions/>'
REFUSED: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "nul": lambda _: b"\0" * 5000,
    "csv": lambda _: "study,field,value\r\nabel,dose,5 µg\r\n".encode(),
    "csv in utf-16": lambda _: "study\tfield\r\n".encode("utf-16"),
    "html": lambda _: b"<html><table><tr><td>study</td></tr></table></html>",
    "password": lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000,
    "cut to a half": lambda data: data[: len(data) // 2],
    "cut by a byte": lambda data: data[:-23],
    "begins late": lambda data: b"xx" + data[2:],
    "another zip": lambda _: parts(_, lambda n, c: c if n.startswith("docProps") else None),
    "no workbook part": without(r"workbook\.xml$"),
    "no sheet parts": without(r"worksheets/"),
    "a sheet cut": lambda data: parts(data, lambda n, c: c[: len(c) // 2] if n == SHEET else c),
    "a sheet emptied": lambda data: parts(data, lambda n, c: b"" if n == SHEET else c),
    "a sheet of text": lambda data: parts(data, lambda n, c: b"hello" if n == SHEET else c),
    "a sheet in latin-1": lambda data: parts(data, lambda n, c: c.replace(b"?", b"\xe9") if n == SHEET else c),
    "an entity bomb": put(SHEET, r"<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet><x>&c;</x>'),
    "no content types": without(r"Content_Types"),
    "styles of text": lambda data: parts(data, lambda n, c: b"<styles" if n.endswith("styles.xml") else c),
    "a text that never ends": put(SHEET, r"</is>", ""),
    "a row number of text": put(SHEET, r'<row r="7"', '<row r="three"'),
    "all merged": put(SHEET, r"<printOptions[^>]*/>|<pageMargins", FAR + "<pageMargins"),
    "a bomb": bomb,
    "no sheet of vivex's": with_book(lambda book: [book.remove(s) for s in book.worksheets[1:]] and None),
}
READ: dict[str, Callable[[bytes], bytes]] = {
    "no relations": without(r"_rels/\.rels"),
    "a format in row 1,048,576": with_book(formatted_far_below),
    "a renamed sheet": with_book(named("my sheet")),
    "cells merged": with_book(merged_a_little),
    "all formulas": with_book(filled_with("=A1")),
    "all errors": with_book(filled_with("#REF!")),
    "all accept": with_book(filled_with("accept")),
    "a missing sheet": with_book(lambda book: book.remove(book[STUDY])),
    "keys of another form": put(SHEET, r"vivex@1", "vivex@9"),
    "another column twice": put(SHEET, r"prefilled", "blind"),
}


def test_there_are_thirty() -> None:
    assert len(REFUSED) + len(READ) >= 30


@pytest.mark.parametrize("name", REFUSED)
def test_a_damaged_workbook_is_one_line(name, written, papers, codebook, tmp_path) -> None:
    path = tmp_path / "mk.xlsx"
    path.write_bytes(REFUSED[name](written))
    began = time.process_time()
    with pytest.raises(MalformedFile) as error:
        read_back(path, papers, codebook)
    said = str(error.value)
    assert said.startswith(f"{path}: ")
    assert "\n" not in said
    assert "import that file" in said or "give the workbook" in said
    assert time.process_time() - began < 20


@pytest.mark.parametrize("name", READ)
def test_a_workbook_that_can_be_read_is_read_with_its_problems_named(name, written, papers, codebook, tmp_path) -> None:
    path = tmp_path / "mk.xlsx"
    path.write_bytes(READ[name](written))
    began = time.process_time()
    found = read_back(path, papers, codebook)
    assert all("\n" not in str(problem) for problem in found.problems)
    assert time.process_time() - began < 20


@pytest.mark.parametrize("seed", range(12))
def test_flipped_bits_are_read_or_one_line(seed, written, papers, codebook, tmp_path) -> None:
    path = tmp_path / "mk.xlsx"
    path.write_bytes(flipped(seed, 1 + 4 * seed)(written))
    try:
        found = read_back(path, papers, codebook)
    except MalformedFile as error:
        said = str(error)
    else:
        said = "".join(str(problem) for problem in found.problems)
    assert "\n" not in said
