"""A made-up export job: what the export dialog is told, without torch."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path

from acq_app.run.jobs import Emit, Job
from acq_engine.events import Exported, Verified

BESIDE = ("tflite", "openvino")
"""Formats that are timed beside the ONNX file."""
NEAR = ("openvino", "tensorrt")
"""Formats whose files are near the integer reference, and not equal to it."""


@dataclass
class FakeExport(Job):
    """Takes the place of ExportJob; `passed` and `error` decide how it ends.

    With `waits` it stays between writing and verifying until it is cancelled.
    """

    run_dir: Path
    format: str
    target: Path | None
    passed: bool = True
    error: Exception | None = None
    waits: bool = False
    cancelled: threading.Event = field(default_factory=threading.Event)

    def run(self, emit: Emit) -> Exported:
        if self.error is not None:
            raise self.error
        exported = Exported(self.format, str(self.target), 61_204, 312_168)
        emit(exported)
        if self.waits and self.cancelled.wait(10):
            return exported
        runtime = {"onnx": "ONNX Runtime 1.32.0", "onnx-int4": "ONNX Runtime 1.32.0", "tflite": "LiteRT 2.3.0",
                   "openvino": "OpenVINO 2026.4.1", "tensorrt": "ONNX Runtime 1.32.0"}.get(self.format, "torch 2.14.1")
        timed = not runtime.startswith("torch") and self.format != "tensorrt"
        emit(Verified(
            str(self.target), self.passed, 2000, "test", self._exact(), 99.9, 10 if timed else 0,
            0 if timed else 10, 0.42 if timed else None, 0.71 if timed else None, runtime, self._detail(),
            latency_16_ms=5.9 if timed else None, float_latency_16_ms=10.2 if timed else None, threads=1,
            onnx_latency_ms=0.35 if self.format in BESIDE else None,
            onnx_latency_16_ms=5.3 if self.format in BESIDE else None,
            latency_ranges={"latency_ms": (0.40, 0.51), "float_latency_ms": (0.66, 0.93),
                            "latency_16_ms": (5.6, 6.6), "float_latency_16_ms": (9.7, 11.4)} if timed else {},
        ))
        return exported

    def _exact(self) -> float:
        return 0.0 if self.format in NEAR else 100.0 if self.passed else 71.2

    def _detail(self) -> str:
        if not self.passed:
            return "Rows differ from the integer reference."
        if self.format == "openvino":
            return ("OpenVINO rounds in other places: on average, its outputs differ from the integer reference by "
                    "0.0123 and from the float model by 0.209; those of the quantized model differ from the float "
                    "model by 0.211.")
        if self.format == "tensorrt":
            return ("TensorRT was not run. ONNX Runtime computed most of its file in float: on average, outputs differ "
                    "from the integer reference by 0.0123 and from the float model by 0.209; those of the quantized "
                    "model differ from the float model by 0.211.")
        return ("LiteRT and ONNX Runtime round sums of two tensors differently; 98.40 % of the outputs are the same in "
                "both.") if self.format == "tflite" else ""

    def cancel(self) -> None:
        self.cancelled.set()
