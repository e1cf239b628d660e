"""What the writer of a .tflite file knows of each value in the graph, before it is written or after."""

from __future__ import annotations

from dataclasses import dataclass

from acq_engine.errors import ExportError
from acq_engine.export.tflite.flat import Quantization
from acq_engine.quantization.integer import Grid
from acq_engine.quantization.layers import QuantizedLayer

LOWEST, HIGHEST = -128, 127  # of int8
NO_BORDER = (0, 0, 0, 0)
Border = tuple[int, int, int, int]
"""Rows above and below, columns left and right, of zeros."""


def refused(what: str, cause: str = "", hint: str = "Export it as onnx instead.") -> ExportError:
    """The error for a model that this format has no exact form for."""
    return ExportError(what, cause=cause, hint=hint)


@dataclass(frozen=True)
class Place:
    """Where a grid lies in int8.

    A grid of fewer than 256 codes lies at the upper end: there int8 itself clips what is too large, and below a ReLU
    does, which every operator has built in. So k bits cost nothing (OURS).

    Attributes:
        zero_point: The code of 0.
        floor: The smallest code, where int8 does not clip there by itself; None where it does.
    """

    zero_point: int
    floor: int | None

    @property
    def relu(self) -> bool:
        """A ReLU clips below."""
        return self.floor is not None and self.floor == self.zero_point


def place_of(grid: Grid) -> Place:
    """Where a grid lies in int8."""
    low, high = int(grid.low), int(grid.high)
    if high - low == HIGHEST - LOWEST:
        return Place(LOWEST - low, None)
    return Place(HIGHEST - high, HIGHEST - high + low)


@dataclass(frozen=True)
class Image:
    """The input, float."""

    tensor: int


@dataclass(frozen=True)
class Codes:
    """A quantized tensor that is written.

    Attributes:
        tensor: Its number in the file.
        grid: The student's.
        zero_point: The code of 0.
        scale: The file's own: the grid's, or 1, where a step is worth 1 in the file.
        border: Zeros around it that are not written yet: layers have them built in.
    """

    tensor: int
    grid: Grid
    zero_point: int
    scale: float
    border: Border = NO_BORDER

    @property
    def quantization(self) -> Quantization:
        """As the file says it."""
        return Quantization((self.scale,), self.zero_point)


@dataclass(frozen=True)
class LayerSums:
    """A layer's accumulators; what they become depends on what follows."""

    layer: QuantizedLayer
    source: Codes


@dataclass(frozen=True)
class Sum:
    """A sum of two quantized tensors."""

    left: Codes
    right: Codes
    name: str


@dataclass(frozen=True)
class Mean:
    """The mean over height and width."""

    source: Codes


@dataclass(frozen=True)
class Joined:
    """Tensors side by side along a dimension of the file's layout."""

    parts: tuple[Codes, ...]
    dimension: int
    name: str


@dataclass(frozen=True)
class Logits:
    """A written float tensor: the class scores, perhaps yet to be brought into shape."""

    tensor: int


Value = Image | Codes | LayerSums | Sum | Mean | Joined | Logits
