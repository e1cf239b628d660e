"""Format A, `model.onnx`: the file that people run, with real integer kernels in ONNX Runtime."""

from __future__ import annotations

from pathlib import Path

from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts
from acq_engine.export.metadata import describe
from acq_engine.export.onnx.conversion import check_opset, checked_bytes, to_onnx
from acq_engine.export.onnx.network import export_network
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.model import QuantizedModel


def export_onnx(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model with 8-bit containers and the bits' ranges enforced (QDQ).

    Input `image` (B, C, H, W) float32, normalised, or with preprocessing `pixels` (B, H, W, C) uint8; output `logits`
    (B, classes) float32. The metadata say how to normalise.

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The file; replaced whole or not at all.
        options: Opset and preprocessing.

    Raises:
        ExportError: not calibrated, an unknown opset, or an operator that ONNX can't express.
        StorageError: the file can't be written.
    """
    check_opset(options.opset)
    about = facts(loaded)
    proto = to_onnx(export_network(student), about, options, describe(student, about))
    size = write_export(Path(path), checked_bytes(proto))
    return ExportInfo("onnx", Path(path), size, about.float_bytes)
