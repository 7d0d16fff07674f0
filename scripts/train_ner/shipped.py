"""Read the weights of a shipped encoder (ONNX, int8) back into the torch module that it was exported from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

INSIDE = "network."  # of the exported module, before the names of `encoder.make_network`
WHOLE = {"/network/flags/MatMul": "flags.weight", "/network/heads/MatMul": "heads.weight"}  # kept as floats


def state_of(path: Path) -> dict[str, Any]:
    """Return the weights by the names of `encoder.make_network`: int8 ones times their scales."""
    import numpy as np
    import onnx
    import torch
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    state: dict[str, Any] = {}
    for name, array in stored.items():
        if name.startswith(INSIDE) and name.endswith(("weight", "bias")):
            state[name.removeprefix(INSIDE)] = array
        elif name.startswith(INSIDE) and name.endswith("_quantized"):
            table = name.removesuffix("_quantized")
            shifted = array.astype(np.int32) - stored[f"{table}_zero_point"].astype(np.int32)
            state[table.removeprefix(INSIDE)] = shifted.astype(np.float32) * stored[f"{table}_scale"]
    for node in graph.node:
        if node.op_type not in ("MatMul", "MatMulInteger"):
            continue
        at = node.output[0].split("_output_0")[0]
        weight = node.input[1].split("_quantized")[0]
        if at in WHOLE:
            state[WHOLE[at]] = stored[weight].T
        elif f"{weight}_quantized" in stored:
            layer = at.removeprefix("/network/").removesuffix("/MatMul").replace("/", ".")
            state[f"{layer}.weight"] = (stored[f"{weight}_quantized"].astype(np.float32) * stored[f"{weight}_scale"]).T
    return {name: torch.from_numpy(np.array(array, order="C")) for name, array in state.items()}
