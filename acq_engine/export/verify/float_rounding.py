"""How far the rounding of float sums alone moves the outputs of a network that computes some parts in float (OURS).

A last bit of a layer norm decides now and then whether the quantizer behind it rounds up or down. That is a whole step,
and in a deep network it decides others. No two runtimes agree there, nor one runtime on two machines. How much it
amounts to is measured: the float parts are computed once more in float64, and rounded to float32 behind each operator.
Two right executions are as far apart as that; a wrong one is farther.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, fx

from acq_engine.control import Told, tell_nobody
from acq_engine.export.verify.integer_reference import IntegerReference
from acq_engine.quantization.integer import IntegerExecutor
from acq_engine.quantization.model import QuantizedModel

ROOM = 3.0  # times as far as the measured rounding an output may be


class WideExecutor(IntegerExecutor):
    """The same with float parts in float64."""

    def compute_in_float(self, target: Any, args: Any, kwargs: Any) -> Any:
        return fx.node.map_aggregate(
            super().compute_in_float(target, fx.node.map_aggregate(args, _wide), fx.node.map_aggregate(kwargs, _wide)),
            _narrow)


def _wide(value: Any) -> Any:
    return value.double() if isinstance(value, Tensor) and value.dtype == torch.float32 else value


def _narrow(value: Any) -> Any:
    return value.float() if isinstance(value, Tensor) and value.dtype == torch.float64 else value


@dataclass(frozen=True)
class FloatRounding:
    """What rounding alone does to the outputs of some images.

    Attributes:
        mean: Mean difference of an output.
        rows: (N,) largest difference of each image's outputs.
    """

    mean: float
    rows: NDArray[np.float32]

    def ties(self, reference: NDArray[np.float32], found: NDArray[np.float32]) -> NDArray[np.bool_]:
        """(N,) where the reference's score of the file's class is as near to its best one as rounding may move both.

        Args:
            reference: (N, classes) of the reference.
            found: (N, classes) of the file.
        """
        scores = reference[np.arange(len(reference)), found.argmax(1)]
        near: NDArray[np.bool_] = reference.max(1) - scores <= 2 * ROOM * self.rows
        return near


def float_rounding(
    student: QuantizedModel, reference: NDArray[np.float32], images: Tensor, batch_size: int = 64,
    told: Told = tell_nobody,
) -> FloatRounding:
    """Measure it.

    Args:
        student: Calibrated.
        reference: (N, classes), of the integer reference for the same images.
        images: (N, C, H, W) normalised.
        batch_size: Images in one pass.
        told: How far it is.
    """
    difference = np.abs(IntegerReference(student, executor=WideExecutor)(images, batch_size, told) - reference)
    return FloatRounding(float(difference.mean()), difference.max(axis=1))
