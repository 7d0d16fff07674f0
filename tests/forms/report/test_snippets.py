"""Pictures show the places of values, are kept as files, and a paper that can't be drawn has none."""

from __future__ import annotations

import base64
import io
from dataclasses import replace

import pytest
from PIL import Image

from vivex.errors import MalformedFile
from vivex.forms.report.snippets import key, read_snippets, snippets, wanted, write_snippets


@pytest.mark.parametrize("rotation", [0, 90])
def test_pictures_show_the_place_with_the_span_tinted(made, tmp_path, rotation):
    paper = made(tmp_path, "turned", rotation=rotation)
    found = snippets(paper)
    assert set(found) == {key(e) for e in wanted(paper)}
    for snippet in found.values():
        picture = Image.open(io.BytesIO(base64.b64decode(snippet.uri.partition(",")[2]))).convert("RGB")
        assert picture.size == (snippet.width, snippet.height)
        assert (picture.width > picture.height) == (rotation == 0)
        colours = {colour for _, colour in picture.getcolors(100_000)}
        assert (255, 255, 122) in colours  # the tint
        assert any(max(c) < 60 for c in colours)  # ink


def test_pictures_are_kept_and_read(papers, tmp_path):
    write_snippets(papers[0], tmp_path / "p.json")
    assert read_snippets(tmp_path / "p.json") == snippets(papers[0])
    (tmp_path / "p.json").write_text("{}")
    with pytest.raises(MalformedFile, match="prefill again"):
        read_snippets(tmp_path / "p.json")


def test_a_paper_that_cannot_be_drawn_has_no_pictures(papers, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7 nonsense")
    assert snippets(replace(papers[0], source=tmp_path / "broken.pdf")) == {}
    assert snippets(replace(papers[0], source=None)) == {}
