"""Format A, `model.onnx`: the file that people run, with real integer kernels in ONNX Runtime."""

from __future__ import annotations

from pathlib import Path

from acq_engine.export.conversion import checked_bytes, describe, to_onnx, write_export
from acq_engine.export.info import ExportInfo, float_bytes
from acq_engine.export.network import export_network
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.model import QuantizedModel

DEFAULT_OPSET = 18


def export_onnx(
    student: QuantizedModel, loaded: LoadedModel, path: str | Path, *, opset: int = DEFAULT_OPSET
) -> ExportInfo:
    """Write the quantized model with 8-bit containers and the bits' ranges enforced (QDQ).

    Input `image` (B, C, H, W) float32, normalised; output `logits` (B, classes) float32. The metadata say how to
    normalise. Weights of 7 and 8 bits need ONNX Runtime 1.27 or newer.

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The file; replaced whole or not at all.
        opset: 18 to 21.

    Raises:
        ExportError: not calibrated, an unknown opset, or an operator that ONNX can't express.
        StorageError: the file can't be written.
    """
    proto = to_onnx(export_network(student), student.input_shape, opset, describe(student, loaded))
    size = write_export(Path(path), checked_bytes(proto))
    return ExportInfo("onnx", Path(path), size, float_bytes(loaded.module))
