"""What an integer runtime must answer, to the last bit: the measure for exported files.

It is the student's own arithmetic in eval mode (`acq_engine.quantization.integer`), on the CPU.
"""

from __future__ import annotations

import copy
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from acq_engine.control import Told, tell_nobody
from acq_engine.errors import ExportError
from acq_engine.quantization.integer import IntegerExecutor, real
from acq_engine.quantization.model import QuantizedModel


class IntegerReference:
    """Runs a calibrated student in integers.

    Args:
        student: In mode "quantized"; it is copied.
        fused_multiply_add: See IntegerExecutor.
        executor: Whose arithmetic: ONNX Runtime's, or that of another runtime.

    Raises:
        ExportError: the student was not calibrated.
    """

    def __init__(
        self, student: QuantizedModel, *, fused_multiply_add: bool | None = None,
        executor: type[IntegerExecutor] = IntegerExecutor,
    ) -> None:
        if student.mode != "quantized":
            raise ExportError("The quantized model has no ranges yet.", hint="Calibrate it first.")
        network = copy.deepcopy(student).cpu().logits_network()
        self._executor = executor(network, fused_multiply_add=fused_multiply_add)

    @torch.no_grad()
    def __call__(
        self, images: Tensor, batch_size: int = 64, told: Told = tell_nobody
    ) -> NDArray[np.float32]:
        """Class scores (N, classes) of normalised images (N, C, H, W), computed `batch_size` at a time."""
        parts: list[Tensor] = []
        told("reference", 0, len(images))
        for part in images.split(batch_size):
            parts.append(real(self._executor.run(part.detach().to("cpu", torch.float32))))
            told("reference", min(len(parts) * batch_size, len(images)), len(images))
        return cast("NDArray[np.float32]", torch.cat(parts).numpy())
