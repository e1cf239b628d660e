"""Writing quantized models as files that runtimes execute, and proving that they compute the same.

FORMATS is the registry: format name to what writes it. A new format is one module and one line here. Importing this
package is cheap; exporters are imported when they are called.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from acq_engine.errors import ExportError

if TYPE_CHECKING:
    from acq_engine.export.info import ExportInfo, ExportOptions


LITERT_HINT = "Install it with: pip install 'acq-studio[litert]'"
OPENVINO_HINT = "Install it with: pip install 'acq-studio[openvino]'"


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format that users can choose.

    Attributes:
        name: What the command line calls it.
        title: What the window calls it.
        help: One sentence.
        file_name: In the run folder.
        exporter: What writes it, as module:function.
        package: The Python package that it needs besides this program's own; "" for none.
        package_hint: How to install that.
        partial: Not every model can be written so; where all formats are written, such a one is left out, with a word.
    """

    name: str
    title: str
    help: str
    file_name: str
    exporter: str
    package: str = ""
    package_hint: str = ""
    partial: bool = False

    @property
    def is_available(self) -> bool:
        """Whether what it needs is installed."""
        return not self.package or importlib.util.find_spec(self.package) is not None

    def with_ending(self, path: Path) -> Path:
        """The file that is written when `path` is asked for: a name without an ending gets the format's."""
        if path.suffix or not path.name:
            return path
        return path.with_name(path.name + self.file_name.removeprefix("model"))

    def export(self, student: Any, loaded: Any, path: Any, options: ExportOptions | None = None) -> ExportInfo:
        """Write `path`; see the exporter for arguments and errors."""
        module, _, function = self.exporter.partition(":")
        call = cast("Callable[..., ExportInfo]", getattr(importlib.import_module(module), function))
        return call(student, loaded, path) if options is None else call(student, loaded, path, options)


FORMATS: dict[str, ExportFormat] = {
    entry.name: entry
    for entry in (
        ExportFormat(
            "onnx", "ONNX", "The file to run: 8-bit integer kernels in ONNX Runtime and elsewhere.", "model.onnx",
            "acq_engine.export.onnx.exporting:export_onnx",
        ),
        ExportFormat(
            "onnx-int4", "ONNX, packed", "The smallest ONNX file: weights of up to 4 bits are packed two to a byte; "
            "needs opset 21.", "model.int4.onnx", "acq_engine.export.onnx.int4:export_onnx_int4",
        ),
        ExportFormat(
            "tflite", "LiteRT (.tflite)", "For phones and boards: 8-bit integer kernels in LiteRT, once TensorFlow "
            "Lite; the deployable scheme only.", "model.tflite", "acq_engine.export.tflite.exporting:export_tflite",
            package="ai_edge_litert", package_hint=LITERT_HINT, partial=True,
        ),
        ExportFormat(
            "openvino", "OpenVINO IR (.xml)", "For OpenVINO's tools and Intel's devices: 8-bit integer kernels, with "
            "outputs near the quantized model's instead of equal to them.", "model.xml",
            "acq_engine.export.openvino:export_openvino", package="openvino", package_hint=OPENVINO_HINT, partial=True,
        ),
        ExportFormat(
            "tensorrt", "ONNX for TensorRT", "What TensorRT builds an engine from: int8 with zero point 0, which needs "
            "a symmetric activation grid; TensorRT itself is not run here.", "model.tensorrt.onnx",
            "acq_engine.export.onnx.tensorrt:export_tensorrt", partial=True,
        ),
        ExportFormat(
            "acq", "ACQ checkpoint", "The quantized model itself, with bits packed without gaps: for reloading, "
            "further training and new exports.", "model.acq.safetensors", "acq_engine.export.acq.exporting:export_acq",
        ),
        ExportFormat(
            "pt2", "PyTorch program", "For PyTorch users: needs only torch, computes in float; such files can run "
            "code, so load them only from a trusted source.", "model.pt2", "acq_engine.export.pt2:export_pt2",
        ),
    )
}


def find_format(name: str) -> ExportFormat:
    """The format called `name`.

    Raises:
        ExportError: there is none.
    """
    if name not in FORMATS:
        raise ExportError(f"There is no format called {name!r}.", hint=f"Formats: {', '.join(FORMATS)}.")
    return FORMATS[name]
