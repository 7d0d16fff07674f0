"""Read the weights of a shipped encoder (ONNX, int8 weights) back into the torch network that it was made from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

_PRODUCT = re.compile(r"/network/(.+)/MatMul_output_0")


def begin_from(network: Any, path: Path) -> None:
    """Set every weight of the network to what the ONNX file holds; raise ValueError where one is lacking."""
    import numpy as np
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    made_by = {name: node for node in graph.node for name in node.output}
    weights: dict[str, Any] = {}
    for name, value in stored.items():
        if name.startswith("network.") and value.dtype == np.float32 and not name.endswith("_scale"):
            weights[name.removeprefix("network.")] = value
        elif name.endswith("_quantized") and name.startswith("network."):  # embeddings: one scale a matrix
            plain = name.removesuffix("_quantized")
            zero = stored[f"{plain}_zero_point"].astype(np.float32)
            weights[plain.removeprefix("network.")] = (value.astype(np.float32) - zero) * stored[f"{plain}_scale"]
    for node in graph.node:
        place = _PRODUCT.fullmatch(node.output[0]) if node.op_type == "MatMul" else None
        if place is None:
            continue
        named = place[1].replace("/", ".")
        if node.input[1] in stored:
            matrix = stored[node.input[1]]
        elif node.input[1].endswith("_float"):
            whole, scale = made_by[node.input[1]].input
            matrix = stored[made_by[whole].input[0]].astype(np.float32) * stored[scale]
        else:
            continue
        weights[f"{named}.weight"] = matrix.T
    wanted = network.state_dict()
    lacking = sorted(name for name in wanted if name not in weights and not name.endswith("position_ids"))
    if lacking:
        raise ValueError(f"{path} lacks {', '.join(lacking[:5])}")
    network.load_state_dict({name: torch.from_numpy(np.array(weights[name])) for name in wanted if name in weights})
