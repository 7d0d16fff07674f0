"""Recognisers chosen in params.yaml: a Hugging Face checkpoint made here, of 900 parameters and an own vocabulary."""

import pytest

from vivex.document import Block, Document, Section
from vivex.errors import MalformedFile, MissingModel
from vivex.recognize.chosen_models import chosen_finders, chosen_spans
from vivex.recognize.entities import Entities

LABELS = ("O", "B-Outcome", "I-Outcome", "B-DRUG", "I-DRUG")
VOCABULARY = {  # word piece -> its label; a piece that goes on in a word has ##
    "[PAD]": 0, "[UNK]": 0, "[CLS]": 0, "[SEP]": 0, "[MASK]": 0, "the": 0, "was": 0, "raised": 0, "rats": 0, ".": 0,
    "serum": 1, "escape": 1, "il": 2, "-": 2, "6": 2, "lat": 2, "##ency": 0, "keta": 3, "##mine": 0, "hydrochloride": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    """Write a checkpoint that labels each word by its first piece as VOCABULARY says, and return its folder."""
    torch = pytest.importorskip(
        "torch", reason="torch is not installed (pip install 'vivex[train]')", exc_type=ImportError
    )
    transformers = pytest.importorskip(
        "transformers", reason="transformers is not installed (pip install 'vivex[train]')", exc_type=ImportError
    )
    folder = tmp_path_factory.mktemp("checkpoint")
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    transformers.BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    torch.manual_seed(13)
    config = transformers.BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=24,
        id2label=dict(enumerate(LABELS)),
        label2id={label: i for i, label in enumerate(LABELS)},
    )
    model = transformers.BertForTokenClassification(config)
    embeddings = model.bert.embeddings
    with torch.no_grad():  # the label of a piece stands in its embedding, and nothing else is loud enough to change it
        embeddings.position_embeddings.weight.zero_()
        embeddings.token_type_embeddings.weight.zero_()
        embeddings.word_embeddings.weight.copy_(torch.eye(8)[list(VOCABULARY.values())])
        model.bert.encoder.layer[0].attention.output.dense.weight.zero_()
        model.bert.encoder.layer[0].output.dense.weight.zero_()
        model.classifier.weight.copy_(10 * torch.eye(len(LABELS), 8))
    model.save_pretrained(folder)
    return folder


def found(finder, text):
    return [(text[s.start : s.end], s.label) for s in finder(text)]


def test_a_checkpoint_marks_what_it_was_made_to_mark(checkpoint):
    finder = chosen_finders({"outcome": f"hf:{checkpoint}"})["outcome"]
    text = "The serum IL-6 was raised.  Escape latency was raised."
    assert found(finder, text) == [("serum IL-6", "outcome"), ("Escape latency", "outcome")]
    for span in finder(text):
        assert span.source == f"model:hf:{checkpoint.name}"
        assert 0.5 < span.confidence <= 1


def test_the_labels_asked_for_are_mapped(checkpoint):
    text = "Ketamine hydrochloride raised serum IL-6."
    known = chosen_finders({"agent": f"hf:{checkpoint}"})["agent"]  # DRUG is among the labels known for agents
    assert found(known, text) == [("Ketamine hydrochloride", "agent")]
    named = chosen_finders({"model": {"use": f"hf:{checkpoint}", "labels": ["drug"]}})["model"]
    assert found(named, text) == [("Ketamine hydrochloride", "model")]
    assert found(chosen_finders({"gene": f"hf:{checkpoint}"})["gene"], text) == []


def test_a_sentence_longer_than_the_checkpoint_takes_is_read_to_its_end(checkpoint):
    finder = chosen_finders({"outcome": f"hf:{checkpoint}"})["outcome"]
    text = "the rats was raised " * 30 + "serum IL-6 was raised " + "the rats " * 30 + "escape latency was raised."
    assert found(finder, text) == [("serum IL-6", "outcome"), ("escape latency", "outcome")]


def test_offsets_are_the_documents_and_only_the_chosen_model_speaks_for_its_label(checkpoint):
    paragraphs = ("\u03b2 \u2026 rats.", "The serum IL-6 was raised.")
    text = "\n\n".join(paragraphs)
    second = text.index(paragraphs[1])
    blocks = (Block("paragraph", 0, len(paragraphs[0]), 0), Block("paragraph", second, len(text), 0))
    document = Document(study="s", text=text, blocks=blocks, sections=(Section(("Results",), "results"),))
    finders = chosen_finders({"outcome": f"hf:{checkpoint}"})
    assert [(s.start, text[s.start : s.end]) for s in chosen_spans(document, finders)] == [(second + 4, "serum IL-6")]
    noisy = {"outcome": lambda _: pytest.fail("the grammar was asked though a model is chosen")}
    mentions = Entities(noisy, chosen=finders)(document)
    assert [m.evidence[0].quote for m in mentions] == ["serum IL-6"]
    assert mentions[0].source == f"model:hf:{checkpoint.name}"


def test_a_path_without_a_checkpoint_is_one_clear_line(tmp_path):
    with pytest.raises(MissingModel, match="there is no such folder") as raised:
        chosen_finders({"outcome": f"hf:{tmp_path / 'none'}"})
    assert str(tmp_path / "none") in str(raised.value)
    assert "\n" not in str(raised.value)


def test_an_empty_folder_is_one_clear_line(tmp_path):
    pytest.importorskip("torch", reason="torch is not installed (pip install 'vivex[train]')", exc_type=ImportError)
    with pytest.raises(MissingModel, match="could not be loaded from the folder") as raised:
        chosen_finders({"outcome": f"hf:{tmp_path}"})
    assert "\n" not in str(raised.value)


def test_a_hub_name_without_the_network_is_one_clear_line(monkeypatch):
    pytest.importorskip("torch", reason="torch is not installed (pip install 'vivex[train]')", exc_type=ImportError)
    hub = pytest.importorskip("huggingface_hub.constants", reason="huggingface_hub is not installed")
    monkeypatch.setattr(hub, "HF_HUB_OFFLINE", True)
    with pytest.raises(MissingModel, match="could not be loaded from the hub") as raised:
        chosen_finders({"outcome": "hf:nobody/no-such-model"})
    assert "nobody/no-such-model" in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("choice", ["outcome.bin", "hf:", {"use": "onnx:somewhere"}])
def test_a_choice_of_no_known_kind_says_what_to_write(choice):
    with pytest.raises(MalformedFile, match="write spacy:<installed model> or hf:<folder or hub name>"):
        chosen_finders({"outcome": choice})


def test_a_label_of_ours_that_does_not_exist_is_refused():
    with pytest.raises(MalformedFile, match=r"recognize\.models\.phase is no entity"):
        chosen_finders({"phase": "hf:somewhere"})
