from __future__ import annotations

from dataclasses import replace

import pymupdf
import pytest

from vivex.errors import UnreadablePaper
from vivex.forms.highlight import marks, write_highlights
from vivex.paper import Paper


def annotations(pdf: pymupdf.Document, page: int = 0) -> list[tuple[str, str, str]]:
    return [(a.type[1], a.info["subject"], a.info["content"]) for a in pdf[page].annots()]


@pytest.fixture(scope="module")
def copy(papers, tmp_path_factory):
    path = tmp_path_factory.mktemp("copy") / "copy.pdf"
    write_highlights(papers[0], path)
    return path


def test_mentions_form_values_and_judgements_are_marked(copy):
    with pymupdf.open(copy) as pdf:
        found = annotations(pdf)
    assert ("Highlight", "mirna") in [(kind, subject) for kind, subject, _ in found]
    assert ("Underline", "Form: dose") in [(kind, subject) for kind, subject, _ in found]
    low = next(text for kind, subject, text in found if subject == "SYRCLE 1. Sequence generation: low")
    assert low == "rule of sequence_generation\nsource: model:rob@0\nconfidence: 0.70"
    assert not any("not reported" in text for _, _, text in found)


def test_the_papers_text_stays_and_a_legend_follows(copy, papers):
    with pymupdf.open(copy) as pdf, pymupdf.open(papers[0].source) as original:
        assert pdf.page_count == original.page_count + 1
        assert pdf[0].get_text() == original[0].get_text()
        assert "mirna: 1 mentions" in pdf[1].get_text()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_marks_lie_on_the_words(tmp_path, made, rotation):
    write_highlights(made(tmp_path, "turned", rotation=rotation), tmp_path / "copy.pdf")
    with pymupdf.open(tmp_path / "copy.pdf") as pdf:
        page = pdf[0]
        page.set_rotation(0)
        mark = next(a for a in page.annots() if a.info["subject"] == "mirna")
        assert "miR-140-5p" in page.get_text(clip=mark.rect)
        assert [round(y) for _, y in mark.vertices] == [91, 91, 103, 103]


def test_same_paper_same_bytes(copy, papers, tmp_path):
    write_highlights(papers[0], tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == copy.read_bytes()


def test_places_of_one_value_share_a_comment(papers):
    paper = papers[0]
    same = tuple(replace(m, evidence=m.evidence) for m in paper.mentions if m.label == "mirna") * 3
    more = [m for m in marks(replace(paper, mentions=same)) if m.kind == "highlight"]
    assert len(more) == 1


def test_what_is_no_pdf_or_broken_is_reported(papers, tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("x")
    with pytest.raises(UnreadablePaper, match="only PDF"):
        write_highlights(replace(papers[0], source=text), tmp_path / "o.pdf")
    for content in (b"", b"%PDF-1.7\ngarbage"):
        broken = tmp_path / "b.pdf"
        broken.write_bytes(content)
        with pytest.raises(UnreadablePaper, match="highlighted copy"):
            write_highlights(Paper(papers[0].document, source=broken), tmp_path / "o.pdf")
    assert not (tmp_path / "o.pdf").exists()
