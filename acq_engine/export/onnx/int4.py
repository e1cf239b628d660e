"""Format B, `model.int4.onnx`: weights of up to 4 bits packed two to a byte, for the smallest ONNX file.

OURS: the codes are stored as uint4 with their zero points and unpacked by Cast, Sub and Cast to the int8 codes of
format A. A runtime folds these three when it opens the file, and runs the same integer kernels as for format A. The
shorter way, DequantizeLinear of uint4, keeps a runtime from finding its integer kernels: four times slower, measured
with ONNX Runtime 1.32.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts
from acq_engine.export.metadata import describe
from acq_engine.export.onnx.compaction import compact, replace_nodes, shorten_names
from acq_engine.export.onnx.conversion import check_opset, checked_bytes, to_onnx
from acq_engine.export.onnx.network import export_network
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.model import QuantizedModel

OPSET = 21  # the first with uint4
LARGEST_CODE = 15


def export_onnx_int4(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model as `export_onnx` does, with weights of 2 to 4 bits as packed uint4.

    Layers with more bits stay int8 and uint8. Values have short names; the metadata list the layers.

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The file; replaced whole or not at all.
        options: Preprocessing; the opset can only be 21.

    Raises:
        ExportError: not calibrated, another opset, or an operator that ONNX can't express.
        StorageError: the file can't be written.
    """
    check_opset(options.opset, OPSET)
    about = facts(loaded)
    proto = to_onnx(export_network(student), about, options, describe(student, about), least=OPSET)
    _pack_weights(proto.graph)
    _compute_bias_scales(proto.graph)
    compact(proto)
    shorten_names(proto)
    size = write_export(Path(path), checked_bytes(proto))
    return ExportInfo("onnx-int4", Path(path), size, about.float_bytes)


def _pack_weights(graph: Any) -> None:
    """int8 codes that span at most 0..15 become uint4 and three nodes that restore them."""
    from onnx import TensorProto, helper

    values = {value.name: value for value in graph.initializer}
    nodes = []
    packed: set[str] = set()  # layers with equal codes share them
    for node in graph.node:
        stored = values.get(node.input[0]) if node.op_type == "DequantizeLinear" else None
        if stored is not None and stored.name in packed:
            node.input[0] = f"{stored.name}.int8"
        elif stored is not None and stored.data_type == TensorProto.INT8:
            codes = _array(stored).astype(np.int32)
            zero_point = -np.minimum(codes.reshape(len(codes), -1).min(1), 0).reshape(-1, *[1] * (codes.ndim - 1))
            if (codes + zero_point).max() <= LARGEST_CODE:
                name = stored.name
                packed.add(name)
                stored.CopyFrom(_uint4(codes + zero_point, name))
                graph.initializer.append(_uint4(zero_point, f"{name}.zero"))
                nodes += [
                    helper.make_node("Cast", [name], [f"{name}.wide"], to=TensorProto.INT32),
                    helper.make_node("Cast", [f"{name}.zero"], [f"{name}.zero_wide"], to=TensorProto.INT32),
                    helper.make_node("Sub", [f"{name}.wide", f"{name}.zero_wide"], [f"{name}.moved"]),
                    helper.make_node("Cast", [f"{name}.moved"], [f"{name}.int8"], to=TensorProto.INT8),
                ]
                node.input[0] = f"{name}.int8"
        nodes.append(node)
    replace_nodes(graph, nodes)


def _compute_bias_scales(graph: Any) -> None:
    """A bias' scales are its weight's scales times the input's: two floats are multiplied instead of storing one."""
    from onnx import TensorProto, helper

    values = {value.name: value for value in graph.initializer}
    made_by = {node.output[0]: node for node in graph.node}
    scalars = [value for value in graph.initializer if value.data_type == TensorProto.FLOAT and not value.dims]
    nodes: list[Any] = []
    products: list[Any] = []
    for node in graph.node:
        weight, bias = (made_by.get(name) for name in [*node.input, "", "", ""][1:3])
        if node.op_type in ("Conv", "Gemm") and _is_stored(weight, values) and _is_stored(bias, values):
            assert weight is not None and bias is not None
            wanted, scale = _array(values[bias.input[1]]), _array(values[weight.input[1]])
            found = next((item for item in scalars if np.array_equal(scale * _array(item), wanted)), None)
            if found is not None:
                name = f"{bias.input[1]}.product"
                if not any(name in product.output for product in products):
                    products.append(helper.make_node("Mul", [weight.input[1], found.name], [name]))
                bias.input[1] = name
        nodes.append(node)
    replace_nodes(graph, [*products, *nodes])


def _is_stored(node: Any, values: dict[str, Any]) -> bool:
    """Whether a weight or bias is dequantized with stored scales, one for each channel."""
    return (node is not None and node.op_type == "DequantizeLinear" and node.input[1] in values
            and bool(values[node.input[1]].dims))


def _uint4(codes: NDArray[np.int32], name: str) -> Any:
    import ml_dtypes
    from onnx import numpy_helper

    return numpy_helper.from_array(codes.astype(ml_dtypes.uint4), name)


def _array(value: Any) -> NDArray[Any]:
    from onnx import numpy_helper

    array: NDArray[Any] = numpy_helper.to_array(value)
    return array
