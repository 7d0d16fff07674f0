"""Write a torch network as an ONNX file whose weights are int8 and whose activations are float."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def export_int8(
    network: Any, path: Path, *, sample: Mapping[str, Any], output: str, axes: Mapping[int, str], full: Sequence[str]
) -> None:
    """Write the network, evaluated on `sample` (by name of input; [batch, pieces, ...]).

    `axes` are those of the output whose size varies; the nodes named in `full` keep their weights as they are.
    """
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic

    unrounded = path.with_suffix(".fp32.onnx")
    torch.onnx.export(
        network.eval(),
        tuple(sample.values()),
        str(unrounded),
        input_names=list(sample),
        output_names=[output],
        dynamic_axes={name: {0: "batch", 1: "pieces"} for name in sample} | {output: dict(axes)},
        opset_version=17,
        dynamo=False,
    )
    # A scale for each channel keeps 0.996 correlation with the full weights (0.95 to 0.98 with one a matrix)
    quantize_dynamic(
        str(unrounded),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        nodes_to_exclude=list(full),
        extra_options={"MatMulConstBOnly": True},
    )
    unrounded.unlink()
    _with_float_activations(path)


def _with_float_activations(path: Path) -> None:
    """Rewrite a network of `quantize_dynamic` so that its weights stay int8 and its activations stay float.

    Activations rounded by scales of the moment take another step where a processor's float differs in the last digit,
    and half a unit of a score follows. With float activations a score differs by less than 0.00001 between processors.
    A weight is Cast and Mul, which every onnxruntime folds when it opens the file; DequantizeLinear may become int8
    again.
    """
    import onnx
    from onnx import helper

    model = onnx.load(str(path))
    graph = model.graph
    made_by = {name: node for node in graph.node for name in node.output}
    read_by: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            read_by.setdefault(name, []).append(node)
    stored = {tensor.name for tensor in graph.initializer}
    gone: set[int] = set()
    put: dict[int, list[Any]] = {}  # id of the node that gave the product -> what gives it now
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            cast = read_by[node.output[0]][0]
            scaled = read_by[cast.output[0]][0]
            scale = made_by[next(name for name in scaled.input if name != cast.output[0])]
            rounded, weight = made_by[node.input[0]], node.input[1]
            whole, real = f"{weight}_cast", f"{weight}_float"
            put[id(scaled)] = [
                helper.make_node("Cast", [weight], [whole], to=onnx.TensorProto.FLOAT),
                helper.make_node("Mul", [whole, next(name for name in scale.input if name in stored)], [real]),
                helper.make_node("MatMul", [rounded.input[0], real], list(scaled.output)),
            ]
            gone |= {id(n) for n in (rounded, node, cast, scale, scaled)}
        elif node.op_type == "IsNaN":  # rows without a word to attend to; a window always has words
            choice = read_by[node.output[0]][0]
            put[id(choice)] = [helper.make_node("Identity", [node.input[0]], list(choice.output))]
            gone |= {id(node), id(choice)}
    nodes = [new for node in graph.node for new in put.get(id(node), [] if id(node) in gone else [node])]
    del graph.node[:]
    graph.node.extend(nodes)
    _drop_unread(graph)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def _drop_unread(graph: Any) -> None:
    """Remove the tensors that no node reads (zero points of what is float now)."""
    read = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in read]
    del graph.initializer[:]
    graph.initializer.extend(kept)
