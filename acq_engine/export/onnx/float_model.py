"""The float model as an ONNX file, to measure the quantized one against."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import fx, nn

from acq_engine.export.info import ExportInfo, ExportOptions, facts
from acq_engine.export.metadata import describe_float
from acq_engine.export.onnx.conversion import checked_bytes, to_onnx
from acq_engine.export.onnx.network import use_plain_operators
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.capture import capture
from acq_engine.quantization.graph_ops import argument, attribute, op_name


def export_float_onnx(
    module: nn.Module, loaded: LoadedModel, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the float model; the runtime folds its batch norm by itself.

    Args:
        module: The teacher.
        loaded: What is known about it.
        path: The file; replaced whole or not at all.
        options: Opset and preprocessing.

    Raises:
        QuantizationError: the model can't be turned into a graph.
        ExportError: an unknown opset, or an operator that ONNX can't express.
        StorageError: the file can't be written.
    """
    device = next(module.parameters()).device
    network = capture(module, torch.zeros(2, *loaded.input_shape, device=device)).to("cpu")
    use_plain_operators(network)
    _give_biases(network)
    network.recompile()
    about = facts(loaded)
    proto = to_onnx(network, about, options, describe_float(about))
    size = write_export(Path(path), checked_bytes(proto))
    return ExportInfo("float-onnx", Path(path), size, about.float_bytes)


def _give_biases(network: fx.GraphModule) -> None:
    """Zeros for convolutions without a bias.

    torch's way to ONNX would compute them from the weight's shape, node by node, and a runtime does not see that the
    batch norm behind such a convolution can be folded into it.
    """
    for node in network.graph.nodes:
        if op_name(node) not in ("conv1d", "conv2d") or argument(node, "bias") is not None:
            continue
        weight = attribute(network, str(argument(node, "weight").target)) if _is_stored(node) else None
        if weight is None:
            continue
        name = f"_no_bias_{node.name}"
        network.register_buffer(name, torch.zeros(len(weight)))
        with network.graph.inserting_before(node):
            bias = network.graph.get_attr(name)
        node.args, node.kwargs = (*node.args[:2], bias, *node.args[3:]), {
            key: value for key, value in node.kwargs.items() if key != "bias"}


def _is_stored(node: fx.Node) -> bool:
    weight = argument(node, "weight")
    return isinstance(weight, fx.Node) and weight.op == "get_attr"
