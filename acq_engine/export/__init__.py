"""Writing quantized models as files that runtimes execute, and proving that they compute the same.

FORMATS is the registry: format name to what writes it. A new format is one module and one line here. Importing this
package is cheap; exporters are imported when they are called.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from acq_engine.export.info import ExportInfo


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """One format that users can choose."""

    name: str
    title: str
    help: str
    file_name: str  # in the run folder
    exporter: str  # module:function

    def export(self, student: Any, loaded: Any, path: Any) -> ExportInfo:
        """Write `path`; see the exporter for arguments and errors."""
        module, _, function = self.exporter.partition(":")
        call = cast("Callable[..., ExportInfo]", getattr(importlib.import_module(module), function))
        return call(student, loaded, path)


FORMATS: dict[str, ExportFormat] = {
    entry.name: entry
    for entry in (
        ExportFormat(
            "onnx", "ONNX", "Runs everywhere, with 8-bit integer kernels.", "model.onnx",
            "acq_engine.export.onnx:export_onnx",
        ),
    )
}
