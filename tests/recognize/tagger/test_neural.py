"""The shipped entity model: contract, determinism, long texts."""

import itertools
import json
import shutil
from pathlib import Path

import pytest

from vivex.document import Block, Document, Section
from vivex.errors import MissingModel
from vivex.labels import entity_labels
from vivex.recognize.tagger import neural

BASE = Path(__file__).resolve().parents[3] / "models" / "base"
SENTENCES = (
    "Forty male Wistar rats were bought and housed in pairs.",
    "The mice were injected intraperitoneally with 10 mg/kg dexamethasone once daily for 4 weeks.",
    "Expression of Sox9 and collagen type II in chondrocytes was raised by miR-140-5p.",
    "Serum IL-6 levels and the OARSI score fell after treatment with exosomes.",
)


@pytest.fixture(scope="module")
def recogniser():
    return neural.load(BASE)


def _document(*paragraphs, kind="paragraph"):
    text, blocks = "", []
    for paragraph in paragraphs:
        blocks.append(Block(kind, len(text), len(text) + len(paragraph), 0))
        text += paragraph + "\n\n"
    return Document(study="s", text=text, blocks=tuple(blocks), sections=(Section(("Methods",), "methods"),))


def _texts(document, found, label):
    return [document.text[a:b] for name, a, b, _ in found if name == label]


def test_it_finds_what_plain_sentences_say(recogniser):
    document = _document(*SENTENCES)
    found = recogniser(document)
    assert "rats" in _texts(document, found, "species")
    assert "Wistar" in _texts(document, found, "strain")
    assert "10 mg/kg" in _texts(document, found, "dose")
    assert "Sox9" in _texts(document, found, "gene")
    assert any("IL-6" in t for t in _texts(document, found, "outcome"))


def test_mentions_keep_the_contract(recogniser):
    document = _document(*SENTENCES)
    found = recogniser(document)
    assert found == sorted(found, key=lambda m: (m[1], -m[2], m[0]))
    for label, start, end, sure in found:
        assert label in entity_labels()
        assert 0 <= start < end <= len(document.text)
        assert document.text[start:end] == document.text[start:end].strip()
        assert 0 <= sure <= 1
    for label in entity_labels():
        spans = [(a, b) for name, a, b, _ in found if name == label]
        assert all(x[1] <= y[0] for x, y in itertools.pairwise(spans))


def test_two_runs_and_two_loads_agree(recogniser):
    document = _document(*SENTENCES)
    again = neural.load(BASE)
    assert recogniser(document) == recogniser(document) == again(document)
    assert recogniser.source == again.source
    assert recogniser.source.startswith("model:ner@")


def test_references_and_running_heads_are_not_read(recogniser):
    assert recogniser(_document(*SENTENCES, kind="reference")) == []


def test_nothing_comes_of_nothing(recogniser):
    assert recogniser(Document(study="s", text="")) == []
    assert recogniser(_document(" ", "")) == []


def test_text_without_blocks_is_one_paragraph(recogniser):
    bare = Document(study="s", text=SENTENCES[0])
    assert _texts(bare, recogniser(bare), "species") == ["rats"]


def test_recall_does_not_fall_with_position(recogniser):
    """A paragraph of 3,000 words, far longer than a window, yields as much at its end as at its start."""
    filler = " ".join(SENTENCES) + " "
    document = _document(filler * 60)
    starts = [m[1] for m in recogniser(document)]
    tenth = len(document.text) / 10
    by_tenth = [sum(i * tenth <= s < (i + 1) * tenth for s in starts) for i in range(10)]
    assert min(by_tenth) >= 0.95 * max(by_tenth)


def test_paragraphs_do_not_see_one_another(recogniser):
    alone = recogniser(_document(SENTENCES[1]))
    after = recogniser(_document(SENTENCES[1], SENTENCES[2]))
    spans = [m[:3] for m in alone]
    assert [m[:3] for m in after][: len(spans)] == spans


def test_no_folder_is_no_model_and_a_broken_one_says_what_lacks(tmp_path, monkeypatch):
    monkeypatch.setattr(neural, "shipped", lambda: tmp_path / "nowhere")
    monkeypatch.setattr("vivex.models.shipped", lambda: tmp_path / "nowhere")
    assert neural.load(tmp_path) is None
    folder = tmp_path / "ner"
    folder.mkdir()
    shutil.copy(BASE / "ner" / "model.json", folder)
    with pytest.raises(MissingModel, match=r"chain\.npz"):
        neural.load(tmp_path)
    meta = json.loads((folder / "model.json").read_text())
    (folder / "model.json").write_text(json.dumps(meta | {"version": 99}))
    with pytest.raises(MissingModel, match="version 99"):
        neural.load(tmp_path)


def test_the_shipped_network_rounds_no_activations():
    network = (BASE / "ner" / "encoder.onnx").read_bytes()
    assert b"MatMulInteger" not in network, "its scores would differ between processors"
    assert b"DynamicQuantizeLinear" not in network
    assert len(network) < 64_000_000


def test_last_digits_of_the_network_decide_nothing(recogniser):
    """Between AVX2 and SSE4.2 scores differ by 0.000008 at most."""
    import numpy as np

    class Shaken:
        def __init__(self, session):
            self.session, self.random = session, np.random.default_rng(0)

        def run(self, names, feed):
            (read,) = self.session.run(names, feed)
            return [(read + self.random.uniform(-8e-6, 8e-6, read.shape)).astype(np.float32)]

    document = _document(*SENTENCES)
    expected, session = recogniser(document), recogniser.session
    recogniser.session = Shaken(session)
    try:
        assert [recogniser(document) for _ in range(5)] == [expected] * 5
    finally:
        recogniser.session = session
