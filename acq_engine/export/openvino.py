"""Format F, `model.xml` with `model.bin`: OpenVINO's own form of the ONNX file, for its tools and Intel's devices.

OpenVINO reads the integer graph of format A and writes it as it is, weights in their bytes. When it compiles the file
it joins layers with the sums behind them and leaves out the rounding between the two, so its outputs are near those of
the quantized model and not equal to them (`acq_engine.export.verify.nearness` measures how near).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from acq_engine.errors import ExportError, first_line
from acq_engine.export import OPENVINO_HINT
from acq_engine.export.info import ExportInfo, ExportOptions, ModelFacts, facts
from acq_engine.export.metadata import describe
from acq_engine.export.onnx.exporting import export_onnx
from acq_engine.export.writing import write_export
from acq_engine.models.loaded import LoadedModel
from acq_engine.quantization.model import QuantizedModel

SECTION = "acq"
"""Of the file's runtime information: what the metadata of ONNX files say."""


def export_openvino(
    student: QuantizedModel, loaded: LoadedModel | ModelFacts, path: str | Path,
    options: ExportOptions = ExportOptions(),  # noqa: B008 - frozen
) -> ExportInfo:
    """Write the quantized model as OpenVINO IR: the graph in `path`, the weights beside it in a .bin file.

    Input `image` (B, C, H, W) float32, normalised; output `logits` (B, classes) float32. Metadata are in the runtime
    information, section "acq".

    Args:
        student: Calibrated; stays as it is.
        loaded: The teacher it came from.
        path: The .xml file; it is replaced last, each file whole or not at all.
        options: None of them is for this format.

    Raises:
        ExportError: not calibrated, OpenVINO is not installed or can't read an operator.
        StorageError: a file can't be written.
    """
    options.refuse_onnx_only("openvino")
    try:
        import openvino
    except ImportError as error:
        raise ExportError("OpenVINO is not installed.", hint=OPENVINO_HINT) from error
    about, path = facts(loaded), Path(path)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:  # Windows: OpenVINO keeps files open
        source, written = Path(folder) / "source.onnx", Path(folder) / "model.xml"
        export_onnx(student, about, source)
        try:
            # Not convert_model, which reports what it is used for; both read ONNX files alike.
            model = openvino.Core().read_model(str(source))
            for name, value in describe(student, about).items():
                model.set_rt_info(value, [SECTION, name])
            openvino.save_model(model, str(written), compress_to_fp16=False)
        except Exception as error:  # OpenVINO's own kinds
            raise ExportError(
                "OpenVINO can't hold this model.", cause=first_line(error), hint="Choose the format onnx.",
            ) from error
        size = write_export(path.with_suffix(".bin"), written.with_suffix(".bin").read_bytes())
        size += write_export(path, written.read_bytes())
    return ExportInfo("openvino", path, size, about.float_bytes)
