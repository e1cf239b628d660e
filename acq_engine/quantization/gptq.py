"""GPTQ: each layer's weights are chosen anew so that its outputs stay where the teacher has them.

Rounding each weight to its nearest step is the best for the weight and not for the output. Column after column is
rounded, and the error is taken up by the columns that are still free (Frantar and Alistarh, "Optimal Brain
Compression", NeurIPS 2022; the order and the Cholesky form are those of GPTQ, ICLR 2023). OURS: convolutions of any
number of groups are done in one batch; both networks run side by side, so that each layer is fitted behind fitted ones
and may also take up a part of the error that comes in with its input.
"""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F
from torch import Tensor

from acq_engine.control import Told, tell_nobody
from acq_engine.distributed import keep_best, own
from acq_engine.quantization.layers import QuantizedConv2d, QuantizedLayer
from acq_engine.quantization.model import QuantizedModel
from acq_engine.quantization.side_by_side import SideBySide, TeacherWeights, divergence

DAMPING = 0.01  # of the mean diagonal
LARGEST = 8192  # inputs of one output; wider layers keep their rounding, since the matrix grows with the square
COLUMNS = 4  # outputs looked at for each input of a layer
FEWEST_COLUMNS = 8192
TAKE_UP = (0.5, 0.0)  # shares of the error that comes in with a layer's input, tried one after another
HELD_OUT = 0.25  # of the images decide between them
BLOCK = 128  # columns whose errors are handed on one by one
EIGHT = 8  # bits at which rounding to the nearest step is as good


@torch.no_grad()
def fit_rounding(
    student: QuantizedModel, images: Tensor, teacher: TeacherWeights, told: Told = tell_nobody
) -> None:
    """Fit the rounding of every layer's weights, one after another; afterwards each weight lies on its grid.

    Weights may take up a part of the error that comes in with a layer's input, or none of it: which of these, or
    rounding to the nearest after all, is decided by the answers on images that had no part in the fit. Where several
    processes work on a run, they divide these attempts.

    Args:
        student: Calibrated, in mode "quantized"; weights are the teacher's, and grids are fitted to them.
        images: (N, C, H, W) normalised, on the student's device; all activations of one layer are held at once.
        teacher: The teacher's weights.
        told: How many layers are done, all rounds of this process together.
    """
    layers = [layer for layer in student.layers() if _can_be_fitted(layer)]
    if not layers:
        return
    count = max(1, round(HELD_OUT * len(images)))
    fit, judge = (images[count:], images[:count]) if len(images) > 1 else (images, images)
    plain = SideBySide(student.network, teacher)
    rounds = [number for number in own(1 + len(TAKE_UP)) if number]  # the first attempt is no fit
    total = len(rounds) * len(layers)
    told("rounding", 0, total)

    def attempt(number: int) -> float:
        if number:
            done = rounds.index(number) * len(layers)
            _RoundingFit(student, teacher, TAKE_UP[number - 1], told, (done, total)).run_both(fit)
        return divergence(plain.run_both(judge))

    keep_best(1 + len(TAKE_UP), attempt, [value for layer in layers for value in (
        layer.weight, layer.weight_quantizer.log_scale, layer.weight_quantizer.zero_point)])
    student.set_mode("quantized")


def _can_be_fitted(layer: QuantizedLayer) -> bool:
    quantizer = layer.weight_quantizer
    return layer.weight[0].numel() <= LARGEST and quantizer.kind == "mse" and layer.bits < EIGHT


class _RoundingFit(SideBySide):
    def __init__(
        self, student: QuantizedModel, teacher: TeacherWeights, take_up_input: float, told: Told,
        progress: tuple[int, int],
    ) -> None:
        super().__init__(student.network, teacher)
        self.take_up_input, self.told = take_up_input, told
        self.done, self.total = progress
        self.stream = torch.Generator().manual_seed(0)

    def prepare_layer(self, layer: QuantizedLayer, real: Tensor, quantized: Tensor) -> None:
        if not _can_be_fitted(layer):
            return
        seen, wanted = _columns(layer, quantized, real, self.stream)
        layer.weight.copy_(_fitted(layer, seen, wanted, self.take_up_input))
        self.done += 1
        self.told("rounding", self.done, self.total)


def _columns(
    layer: QuantizedLayer, quantized: Tensor, real: Tensor, stream: torch.Generator
) -> tuple[Tensor, Tensor]:
    """What a part of the layer's outputs is made from, (groups, inputs, columns), of both networks."""
    most = max(FEWEST_COLUMNS, COLUMNS * layer.weight[0].numel())
    each = max(1, most // len(real))
    seen, wanted = [], []
    for one, other in zip(quantized, real, strict=True):
        count = output_count(layer, one)
        chosen = torch.randperm(count, generator=stream)[:each].to(real.device)
        seen.append(columns(layer, one, chosen))
        wanted.append(columns(layer, other, chosen))
    return torch.cat(seen, 2), torch.cat(wanted, 2)


def output_count(layer: QuantizedLayer, x: Tensor) -> int:
    """How many outputs a layer has in each channel, for one input (C, H, W) or (..., in)."""
    if not isinstance(layer, QuantizedConv2d):
        return x.numel() // x.shape[-1]
    return math.prod(_output_size(layer, x))


def columns(layer: QuantizedLayer, x: Tensor, chosen: Tensor) -> Tensor:
    """The inputs of some of a layer's outputs, (groups, inputs of an output, chosen).

    Args:
        layer: A convolution or a linear layer.
        x: Its input for one image: (C, H, W), or (..., in).
        chosen: Indices of outputs, row by row.
    """
    if not isinstance(layer, QuantizedConv2d):
        return x.reshape(-1, x.shape[-1])[chosen].T[None]
    width = _output_size(layer, x)[1]
    x = _padded(layer, x)
    starts = torch.stack((chosen // width, chosen % width), 1)
    rows, places = (
        starts[:, axis, None] * layer.stride[axis]
        + torch.arange(layer.weight.shape[2 + axis], device=x.device) * layer.dilation[axis]
        for axis in (0, 1)
    )
    windows = x[:, rows[:, :, None], places[:, None, :]]  # (C, chosen, kh, kw): no window that is not wanted is made
    return windows.permute(0, 2, 3, 1).reshape(layer.groups, layer.weight[0].numel(), len(chosen))


def _padded(layer: QuantizedConv2d, x: Tensor) -> Tensor:
    margins = _margins(layer)
    return F.pad(x, margins) if any(margins) else x  # padding by nothing is a copy all the same


def _margins(layer: QuantizedConv2d) -> tuple[int, int, int, int]:
    """Zeros that the layer puts on the left, on the right, above and below."""
    if not isinstance(layer.padding, str):
        return layer.padding[1], layer.padding[1], layer.padding[0], layer.padding[0]
    if layer.padding == "valid":
        return 0, 0, 0, 0
    down, right = (d * (k - 1) for d, k in zip(layer.dilation, layer.weight.shape[2:], strict=True))
    return right // 2, right - right // 2, down // 2, down - down // 2


def _output_size(layer: QuantizedConv2d, x: Tensor) -> tuple[int, int]:
    """Of an input (C, H, W) that is not padded yet."""
    left, right, above, below = _margins(layer)
    high, wide = (
        (size - d * (k - 1) - 1) // s + 1
        for size, d, k, s in zip(
            (x.shape[1] + above + below, x.shape[2] + left + right), layer.dilation, layer.weight.shape[2:],
            layer.stride, strict=True
        )
    )
    return high, wide


def _fitted(layer: QuantizedLayer, seen: Tensor, wanted: Tensor, take_up_input: float) -> Tensor:
    """The layer's weight on its grid, shape as it has."""
    groups, inputs, _ = seen.shape
    # Inverses in float64, which Apple's devices do not have; the long sums in front of them don't need it.
    place = torch.device("cpu") if seen.device.type == "mps" else seen.device
    curvature = (seen @ seen.transpose(1, 2)).to(place, torch.float64)
    weight = layer.weight.view(groups, -1, inputs).to(place, torch.float64)
    damping = DAMPING * curvature.diagonal(dim1=1, dim2=2).mean(1).clamp_min(1e-8)
    curvature.diagonal(dim1=1, dim2=2).add_(damping[:, None])
    inverse = torch.cholesky_inverse(torch.linalg.cholesky(curvature))
    if take_up_input > 0:
        shift = ((wanted - seen) @ seen.transpose(1, 2)).to(place, torch.float64)
        weight = weight + take_up_input * (weight @ shift) @ inverse
    flat = weight.reshape(layer.weight.shape).to(layer.weight)
    if take_up_input > 0:  # else the grid is the one that calibration found for these very weights
        layer.weight_quantizer.fit(flat)
    grid = layer.weight_quantizer.parameters_for(flat)
    scale, zero_point = (value.to(place, torch.float64).view(groups, -1) for value in grid)
    top = 2**layer.bits - 1
    # Inputs that carry the most come first: their errors can still be taken up by all the others.
    order = curvature.diagonal(dim1=1, dim2=2).argsort(1, descending=True)
    inverse = inverse.gather(1, order[:, :, None].expand_as(inverse)).gather(2, order[:, None].expand_as(inverse))
    weight = weight.gather(2, order[:, None].expand_as(weight)).clone()
    factor = torch.linalg.cholesky(inverse, upper=True)
    rounded, errors = torch.empty_like(weight), torch.empty_like(weight)
    # Errors go to the columns of their block at once and to all others together (GPTQ's lazy updates): to touch every
    # column after each one takes minutes where a layer has thousands of inputs, all of it waiting for memory.
    for first in range(0, inputs, BLOCK):
        last = min(first + BLOCK, inputs)
        for column in range(first, last):
            value = weight[:, :, column]
            code = torch.minimum(torch.maximum((value / scale).round(), -zero_point), top - zero_point)
            rounded[:, :, column] = code * scale
            errors[:, :, column] = (value - rounded[:, :, column]) / factor[:, column, column, None]
            if column + 1 < last:
                weight[:, :, column + 1 : last] -= (
                    errors[:, :, column, None] * factor[:, None, column, column + 1 : last])
        if last < inputs:
            weight[:, :, last:] -= errors[:, :, first:last] @ factor[:, first:last, last:]
    restored = torch.empty_like(rounded).scatter_(2, order[:, None].expand_as(rounded), rounded)
    return restored.reshape(layer.weight.shape).to(layer.weight)
