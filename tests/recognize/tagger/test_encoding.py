"""What the encoder says of a word depends on its own passage alone, however windows are cut and calls are filled."""

from __future__ import annotations

from pathlib import Path

import pytest

from vivex.recognize.tagger import encoding
from vivex.recognize.tagger.encoding import worth_reading
from vivex.recognize.tagger.name_lists import compile_lexicon, match
from vivex.recognize.tagger.neural import load_folder
from vivex.recognize.tagger.pieces import flags_of
from vivex.recognize.tagger.tokens import words_of

BASE = Path(__file__).parents[3] / "models" / "base" / "ner"
SENTENCES = (
    "Wistar rats were given ketamine and xylazine.",
    "Mice got saline twice.",
    "The levels of Sox9 rose in the treated animals after four weeks, and those of Col2a1 fell.",
)


def test_encoder_windows_join_without_a_seam(tmp_path: Path) -> None:
    """An encoder whose answer depends on a word alone must give, over many windows, what it gives word by word."""
    onnx = pytest.importorskip("onnx")
    import numpy as np
    from onnx import TensorProto, helper, numpy_helper

    words = words_of(" ".join(SENTENCES) + " " + " ".join(SENTENCES * 40))
    tables = compile_lexicon({"species": ["rats", "mice"]})
    listed = [match(words, tables), match(words_of(""), tables)]
    flags = flags_of(words, listed[0])
    weights = np.random.default_rng(0).normal(size=(flags.shape[1], 6)).astype(np.float32)
    kinds = {"ids": TensorProto.INT64, "mask": TensorProto.INT64, "flags": TensorProto.FLOAT}
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["flags", "weights"], ["read"])],
        "word by word",
        [helper.make_tensor_value_info(k, t, ["b", "n"] + (["f"] if k == "flags" else [])) for k, t in kinds.items()],
        [helper.make_tensor_value_info("read", TensorProto.FLOAT, ["b", "n", "o"])],
        [numpy_helper.from_array(weights, "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    onnx.save(model, str(tmp_path / "encoder.onnx"))
    import onnxruntime

    session = onnxruntime.InferenceSession(str(tmp_path / "encoder.onnx"), providers=["CPUExecutionProvider"])

    class OnePiece:
        def encode_batch(self, words, add_special_tokens):
            return [type("Coded", (), {"ids": [1] * (1 + len(w) // 5)}) for w in words]

        def token_to_id(self, name):
            return 1

    read = encoding.encoder_reads([words, words_of("")], listed, session, OnePiece(), {})
    np.testing.assert_allclose(read, flags @ weights, rtol=1e-5)
    assert encoding.inputs_of(read).shape == (len(words), 4)
    assert np.abs(encoding.inputs_of(read * 100)).max() == 2


def test_a_passage_reads_the_same_beside_any_others() -> None:
    model = load_folder(BASE)
    tables = {k: model.lexicon[k] for k in model.meta["flags"]}
    passages = [words_of(s) for s in (*SENTENCES, SENTENCES[1], " ".join(SENTENCES * 12))]
    listed = [match(p, tables) for p in passages]
    together = encoding.encoder_reads(passages, listed, model.session, model.tokenizer, {})
    alone = [
        encoding.encoder_reads([p], [names], model.session, model.tokenizer, {})
        for p, names in zip(passages, listed, strict=True)
    ]
    done = 0
    for words, read in zip(passages, alone, strict=True):
        assert (together[done : done + len(words)] == read).all()
        done += len(words)
    assert done == len(together)


@pytest.mark.parametrize(
    ("kind", "role", "read"),
    [
        ("paragraph", "methods", True),
        ("paragraph", "results", True),
        ("paragraph", "other", True),
        ("abstract", "abstract", True),
        ("caption", "results", True),
        ("paragraph", "introduction", False),
        ("paragraph", "statements", False),
        ("table", "results", False),
        ("heading", "methods", False),
        ("footnote", "other", False),
    ],
)
def test_the_encoder_reads_where_a_study_says_what_it_did_and_found(kind: str, role: str, read: bool) -> None:
    assert worth_reading(kind, role) is read
