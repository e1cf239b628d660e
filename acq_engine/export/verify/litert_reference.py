"""The integer reference for .tflite files: the student's arithmetic, with sums as LiteRT's XNNPACK rounds them.

Layers and changes of grid are the same in both runtimes, and means are written as layers. A sum of two quantized
tensors is not the same: ONNX Runtime multiplies each with a float32 ratio and rounds half to even, XNNPACK (its scalar
kernel is qs8-vadd) with integers of 21 bits, and shifts, so half goes up.
"""

from __future__ import annotations

import math

import numpy as np
import torch

from acq_engine.quantization.integer import Grid, IntegerExecutor, Pending, QuantizedTensor

_FACTOR_BITS = 20  # the larger of the two factors is in 2^20 .. 2^21


class LitertExecutor(IntegerExecutor):
    """Runs a network in integers as XNNPACK does."""

    def _sum(self, left: QuantizedTensor, right: QuantizedTensor) -> Pending:
        def to_steps(grid: Grid) -> torch.Tensor:
            ratios = [_ratio(one.grid, grid) for one in (left, right)]
            shift = _FACTOR_BITS - (math.frexp(max(ratios))[1] - 1)
            first, second = (round(math.ldexp(ratio, shift)) for ratio in ratios)  # half to even, as lrintf
            # Exact in float64: factors below 2^21, steps of at most 8 bits, and half of 2^shift.
            total = left.values.double() * first + right.values.double() * second + math.ldexp(1.0, shift - 1)
            return torch.floor(total * math.ldexp(1.0, -shift)).float()

        return Pending(to_steps, lambda: left.real() + right.real())


def _ratio(one: Grid, result: Grid) -> float:
    return float(np.float32(float(one.scale)) / np.float32(float(result.scale)))
