"""An exported ONNX file in OpenVINO, which rewrites quantized graphs its own way: approximate, never bit for bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from torch import Tensor

from acq_engine.errors import VerificationError, first_line
from acq_engine.export.verify.comparison import student_logits
from acq_engine.quantization import QuantizedModel


def agreement_in_openvino(path: Path, student: QuantizedModel, images: Tensor) -> tuple[str, float]:
    """Name and version of the runtime, and the percentage of images with the student's top-1.

    Raises:
        VerificationError: OpenVINO is not installed, or can't run the file.
    """
    try:
        import openvino
    except ImportError as error:
        raise VerificationError(
            "OpenVINO is not installed.", hint="Install it with: pip install 'acq-studio[openvino]'"
        ) from error
    try:
        model = openvino.compile_model(str(path), "CPU")
        logits = np.concatenate([model([part.numpy()])[0] for part in images.split(64)])
    except Exception as error:  # OpenVINO's own kinds
        raise VerificationError(
            "OpenVINO can't run the exported model.", cause=first_line(error)
        ) from error
    same = logits.argmax(1) == student_logits(student, images).argmax(1)
    return f"OpenVINO {openvino.__version__.split('-')[0]}", 100.0 * float(same.mean())
