"""ACQ Studio's engine: data-free quantization of image classifiers, without any window.

Importing this package is cheap: torch is imported only by the modules that compute.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

# ONNX Runtime sends telemetry from version 1.32 on. It reads this when it is first imported, which happens below this
# package only; whoever wants it can set another value before.
os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")

if TYPE_CHECKING:
    from pathlib import Path

    from acq_engine.export.acq.loading import LoadedQuantizedModel
    from acq_engine.export.info import ExportInfo, ExportOptions

__version__ = "0.1.0"


def load_quantized(path: str | Path) -> LoadedQuantizedModel:
    """The quantized model in a `.acq.safetensors` file; see `acq_engine.export.acq.loading.load_quantized`."""
    from acq_engine.export.acq.loading import load_quantized as load

    return load(path)


def export_quantized(
    model: LoadedQuantizedModel, path: str | Path, format: str = "onnx",  # noqa: A002 - the user's word
    options: ExportOptions | None = None,
) -> ExportInfo:
    """Write a model from `load_quantized`, trained on or not, in any format (a name in acq_engine.export.FORMATS).

    Raises:
        ExportError: an unknown format, or what it can't express.
        StorageError: the file can't be written.
    """
    from acq_engine.export import find_format

    return find_format(format).export(model, model.facts, path, options)
