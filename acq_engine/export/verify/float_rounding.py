"""How far the rounding of float sums alone moves the outputs of a network that computes some parts in float (OURS).

A last bit of a layer norm decides now and then whether the quantizer behind it rounds up or down. That is a whole step,
and in a deep network it decides others. No two runtimes agree there, nor one runtime on two machines. How much it
amounts to is measured: the float parts are computed again in float64, and each result is moved by at most a last bit of
float32, as another order of sums would, in two ways. Two right executions are as far apart as that; a wrong one is
farther.
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
WAYS = 2
LAST_BIT = 2.0**-23  # of a float32, as a part of it


class RoundedExecutor(IntegerExecutor):
    """The same with float parts that are rounded in another way each time it runs."""

    def __init__(self, network: fx.GraphModule, **options: Any) -> None:
        super().__init__(network, **options)
        self._stream = torch.Generator().manual_seed(0)

    def compute_in_float(self, target: Any, args: Any, kwargs: Any) -> Any:
        found = super().compute_in_float(
            target, fx.node.map_aggregate(args, _wide), fx.node.map_aggregate(kwargs, _wide))
        return fx.node.map_aggregate(found, self._rounded)

    def _rounded(self, value: Any) -> Any:
        if not isinstance(value, Tensor) or value.dtype != torch.float64:
            return value
        moved = torch.rand(value.shape, generator=self._stream, dtype=torch.float64).mul_(2).sub_(1)
        return (value * (1 + LAST_BIT * moved)).float()


def _wide(value: Any) -> Any:
    return value.double() if isinstance(value, Tensor) and value.dtype == torch.float32 else value


@dataclass(frozen=True)
class FloatRounding:
    """What rounding alone does to the outputs of some images.

    Attributes:
        mean: Mean difference of an output, in the way that moves them most.
        rows: (N,) largest difference of each image's outputs in any way.
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
    rounded = IntegerReference(student, executor=RoundedExecutor)
    ways = [np.abs(rounded(images, batch_size, told) - reference) for _ in range(WAYS)]
    return FloatRounding(max(float(way.mean()) for way in ways), np.max([way.max(axis=1) for way in ways], axis=0))
