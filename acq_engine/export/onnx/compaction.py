"""Making an ONNX graph small without changing what it computes."""

from __future__ import annotations

from typing import Any

import numpy as np

_ONES_BY_DEFAULT = frozenset({"dilations", "strides"})


def compact(proto: Any) -> None:
    """Drop what ONNX assumes anyway: names, default attributes, zero points of biases; casts; equal, unused weights."""
    graph = proto.graph
    _drop_casts(proto)
    _drop_zero_points(graph)
    _share_equal(graph)
    for node in graph.node:
        node.ClearField("name")
        _keep(node.attribute, [item for item in node.attribute if not _is_default(node, item)])
    used = {name for node in graph.node for name in node.input}
    _keep(graph.initializer, [value for value in graph.initializer if value.name in used])


def shorten_names(proto: Any) -> None:
    """Give every value but input and output a name of one to three letters."""
    graph = proto.graph
    fixed = {value.name for value in [*graph.input, *graph.output]}
    short: dict[str, str] = {}

    def name(old: str) -> str:
        if not old or old in fixed:
            return old
        return short.setdefault(old, _letters(len(short)))

    for value in graph.initializer:
        value.name = name(value.name)
    for node in graph.node:
        node.input[:] = [name(old) for old in node.input]
        node.output[:] = [name(old) for old in node.output]


def replace_nodes(graph: Any, nodes: list[Any]) -> None:
    """Make `nodes` the graph's nodes."""
    _keep(graph.node, nodes)


def _letters(index: int) -> str:
    text = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        text = chr(97 + digit) + text
    return text


def _drop_casts(proto: Any) -> None:
    """Without casts of tensors to their own type and of constants, which keep a clip from being joined with a layer."""
    import onnx

    graph = proto.graph
    inferred = onnx.shape_inference.infer_shapes(proto).graph
    types = {value.name: value.type.tensor_type.elem_type
             for value in [*inferred.value_info, *inferred.input, *inferred.output]}
    types |= {value.name: value.data_type for value in graph.initializer}
    constants = {node.output[0]: _constant(node) for node in graph.node if node.op_type == "Constant"}
    given = {value.name for value in graph.output}
    same: dict[str, str] = {}
    kept = []
    for node in graph.node:
        node.input[:] = [same.get(name, name) for name in node.input]
        kind = types.get(node.output[0], 0)
        if node.op_type not in ("Cast", "CastLike") or not kind or node.output[0] in given:
            kept.append(node)
        elif types.get(node.input[0]) == kind:
            same[node.output[0]] = node.input[0]
        elif node.input[0] in constants:
            values = constants[node.input[0]].astype(onnx.helper.tensor_dtype_to_np_dtype(kind))
            kept.append(onnx.helper.make_node(
                "Constant", [], [node.output[0]], value=onnx.numpy_helper.from_array(values)))
        else:
            kept.append(node)
    used = {name for node in kept for name in node.input} | given
    replace_nodes(graph, [node for node in kept if used & set(node.output)])


def _constant(node: Any) -> Any:
    """The array that a Constant node holds, in whichever of its attributes."""
    import onnx

    value = onnx.helper.get_attribute_value(node.attribute[0])
    return onnx.numpy_helper.to_array(value) if isinstance(value, onnx.TensorProto) else np.array(value)


def _drop_zero_points(graph: Any) -> None:
    """Without a zero point DequantizeLinear takes 0. Only for biases: runtimes before 1.27 need the weights'."""
    from onnx import TensorProto, numpy_helper

    values = {value.name: value for value in graph.initializer}
    for node in graph.node:
        if node.op_type != "DequantizeLinear" or len(node.input) != 3 or node.input[0] not in values:
            continue
        is_bias = values[node.input[0]].data_type == TensorProto.INT32
        if is_bias and not numpy_helper.to_array(values[node.input[2]]).any():
            del node.input[2]


def _share_equal(graph: Any) -> None:
    first: dict[tuple[int, tuple[int, ...], bytes], str] = {}
    same: dict[str, str] = {}
    for value in graph.initializer:
        if value.raw_data:
            same[value.name] = first.setdefault((value.data_type, tuple(value.dims), value.raw_data), value.name)
    for node in graph.node:
        node.input[:] = [same.get(name, name) for name in node.input]


def _is_default(node: Any, item: Any) -> bool:
    import onnx

    if item.name in _ONES_BY_DEFAULT and node.op_type != "MaxPool":
        return bool(np.all(np.array(item.ints) == 1))
    declared = onnx.defs.get_schema(node.op_type).attributes.get(item.name)
    if declared is None or not declared.default_value.type:
        return False
    given, default = onnx.helper.get_attribute_value(item), onnx.helper.get_attribute_value(declared.default_value)
    return bool(given == default)


def _keep(field: Any, items: list[Any]) -> None:
    kept = [type(item).FromString(item.SerializeToString()) for item in items]
    del field[:]
    field.extend(kept)
