"""A review's folder, its parameters, its papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.errors import MalformedFile, ReviewError
from vivex.review import DEFAULTS, Review, absent, gather, limits, open_review, read_params


def params(folder: Path, text: str) -> Path:
    """Write a params.yaml."""
    path = folder / "params.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_without_codebook_is_no_review(tmp_path: Path) -> None:
    with pytest.raises(ReviewError, match="vivex init"):
        open_review(tmp_path)
    Review(tmp_path).codebook.write_text("", encoding="utf-8")
    assert open_review(tmp_path).pdfs == tmp_path / "pdfs"


def test_what_is_absent_is_not_none(tmp_path: Path) -> None:
    review = Review(tmp_path)
    review.codebook.write_text("", encoding="utf-8")
    review.pdfs.mkdir()
    (tmp_path / "pdfs.dvc").write_text("outs:\n- md5: 0.dir\n  nfiles: 2\n  path: pdfs\n", encoding="utf-8")
    (review.pdfs / "one.pdf").touch()
    with pytest.raises(ReviewError, match=r"1 of the files of pdfs/ are not here; `vivex sync` brings them"):
        open_review(tmp_path)
    assert open_review(tmp_path, whole=False) == review
    (review.pdfs / "two.pdf").touch()
    assert absent(open_review(tmp_path)) == {}


def test_parameters_stand_over_the_defaults_and_never_change_them(tmp_path: Path) -> None:
    read = read_params(params(tmp_path, "limits: {jobs: 3}\ntrain:\n"))
    assert read["limits"] == {"jobs": 3, "seconds": 300, "memory_mb": 4000, "on": "local"}
    assert read["train"] == {}
    read["limits"]["jobs"] = 99
    assert read_params(tmp_path / "absent.yaml") == read_params(None)
    assert DEFAULTS["limits"]["jobs"] == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("limits: [", "not YAML"),
        ("- a\n", "expected `key: value`"),
        ("limit: {}\n", "unknown key 'limit'; known: "),
        ("limits: 3\n", "limits must hold settings"),
    ],
)
def test_a_wrong_parameter_is_named(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(MalformedFile, match=told.replace("{", "\\{")):
        read_params(params(tmp_path, text))


def test_limits_are_numbers() -> None:
    assert limits({"limits": {"jobs": "2", "seconds": "60", "memory_mb": 100.0}}) == {
        "jobs": 2, "seconds": 60.0, "memory_mb": 100,
    }  # fmt: skip


def test_papers_are_found_and_what_is_none_is_refused(tmp_path: Path) -> None:
    for name in ("b.pdf", "a.txt", "a.pdf", "notes.docx", ".hidden.pdf", "c.pdf.dvc"):
        (tmp_path / name).write_text(name)
    sources, refused = gather([tmp_path, tmp_path / "absent.pdf"])
    assert sorted(sources) == ["a", "b"]
    told = {f.file: f.reason for f in refused}
    assert told == {"a.txt": "duplicate", "notes.docx": "unsupported", "absent.pdf": "unsupported"}


def test_a_paper_named_twice_is_read_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x")
    assert gather([tmp_path, tmp_path / "a.txt"]) == ({"a": tmp_path / "a.txt"}, [])


def test_folders_are_searched_below_as_zotero_keeps_papers(tmp_path: Path) -> None:
    for name, words in (
        ("AB12/Full Text.txt", "one"),
        ("CD34/Full Text.txt", "two"),
        ("EF56/Again.txt", "one"),
        ("EF56/.hidden/x.txt", "x"),
        ("EF56/snapshot.html", "<p>"),
        ("top.txt", "three"),
    ):
        path = tmp_path / "storage" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words)
    sources, refused = gather([tmp_path / "storage"])
    found = {study: path.relative_to(tmp_path / "storage").as_posix() for study, path in sources.items()}
    assert found == {"top": "top.txt", "Full Text": "AB12/Full Text.txt", "Full Text-CD34": "CD34/Full Text.txt"}
    (twin,) = refused
    assert (twin.file, twin.reason) == ("Again.txt", "duplicate")
    assert "the same paper as Full Text.txt, byte for byte, which was taken" in twin.remedy


def test_a_folder_whose_name_makes_the_id_too_long_names_no_paper(tmp_path: Path) -> None:
    for folder, words in (("a", "one"), ("b" * 150, "two")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{'x' * 100}.txt").write_text(words)
    sources, (refused,) = gather([tmp_path])
    assert sources == {"x" * 100: tmp_path / "a" / f"{'x' * 100}.txt"}
    assert (refused.reason, "has the same study id" in refused.remedy) == ("duplicate", True)
