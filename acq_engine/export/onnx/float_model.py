"""The float model as an ONNX file, to measure the quantized one against."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import nn

from acq_engine.export.info import ExportInfo, ExportOptions, facts
from acq_engine.export.metadata import describe_float
from acq_engine.export.onnx.conversion import checked_bytes, to_onnx
from acq_engine.export.onnx.network import use_plain_operators
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.capture import capture


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
    network.recompile()
    about = facts(loaded)
    proto = to_onnx(network, about, options, describe_float(about))
    size = write_export(Path(path), checked_bytes(proto))
    return ExportInfo("float-onnx", Path(path), size, about.float_bytes)
