"""Format E, `model.tflite`: integer kernels of LiteRT's XNNPACK on phones, boards and here."""

from __future__ import annotations

from pathlib import Path

from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts, refuse_without_ranges
from acq_engine.export.metadata import describe
from acq_engine.export.tflite.network import INPUT_NAME, OUTPUT_NAME, flat_network
from acq_engine.export.tflite.notes import METADATA_NAME, metadata, with_files
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.model import QuantizedModel


def export_tflite(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model with int8 tensors throughout; image and logits are float.

    Input `image` (B, H, W, C) float32, normalised; output `logits` (B, classes) float32. The batch is free: the file
    says 1, and a runtime resizes it. The metadata say how pixels are normalised; class names are in labels.txt,
    and all that an ONNX file's metadata say in acq.json, in a ZIP archive behind the network.

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The file; replaced whole or not at all.
        options: None of them is for this format.

    Raises:
        ExportError: not calibrated, LiteRT is not installed, or something that has no exact form in this format.
        StorageError: the file can't be written.
    """
    options.refuse_onnx_only("tflite")
    refuse_without_ranges(student)
    about = facts(loaded)
    model, image, logits = flat_network(student, about.input_shape)
    network = model.to_bytes((INPUT_NAME, image), (OUTPUT_NAME, logits), {METADATA_NAME: metadata(about)})
    data = with_files(network, about, describe(student, about, "NHWC"))
    return ExportInfo("tflite", Path(path), write_export(Path(path), data), about.float_bytes)
