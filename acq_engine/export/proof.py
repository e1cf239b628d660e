"""The check that follows every export: the file is run, and what it computes is compared and timed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import torch
from torch import Tensor

from acq_engine.events import Verified
from acq_engine.export.float_onnx import export_float_onnx
from acq_engine.export.verify import open_session, predict, verify_onnx
from acq_engine.models import LoadedModel
from acq_engine.quantization import QuantizedModel


def prove(
    path: Path, student: QuantizedModel, loaded: LoadedModel, images: Tensor, on: Literal["test", "synthetic"]
) -> Verified:
    """Compare an exported file with its student and the integer reference, and time it beside the float model.

    Args:
        path: The exported ONNX file.
        student: What it was exported from.
        loaded: The float model.
        images: (N, C, H, W), normalised.
        on: What the images are.

    Raises:
        VerificationError: the file can't be opened or run.
    """
    with tempfile.TemporaryDirectory() as folder:
        float_path = Path(folder) / "float.onnx"
        export_float_onnx(loaded.module, loaded, float_path)
        found = verify_onnx(path, student, images, float_path=float_path)
    return Verified(
        path=str(path), passed=found.passed, images=found.images, on=on, exact_rows=found.exact_rows,
        agreement=found.agreement, integer_convolutions=found.integer_convolutions,
        float_convolutions=found.float_convolutions, runtime=found.runtime, detail=found.detail,
        latency_ms=None if found.latency is None else found.latency.milliseconds,
        float_latency_ms=None if found.latency is None else found.latency.float_milliseconds,
    )


def onnx_predictor(path: Path | str) -> Callable[[Tensor], Tensor]:
    """A function from normalised images (N, C, H, W) to logits (N, classes), computed by ONNX Runtime.

    Raises:
        VerificationError: the file can't be opened.
    """
    session = open_session(path)
    return lambda images: torch.from_numpy(predict(session, images))
