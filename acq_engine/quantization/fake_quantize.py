"""Fake quantization: values are rounded to the grid of a runtime's integers, gradients pass straight through.

A value x becomes (clip(round(x / scale) + zero_point, 0, 2^bits - 1) - zero_point) * scale, rounded half to even, as
ONNX defines QuantizeLinear and DequantizeLinear. Gradients: straight-through inside the range, none outside. Scales
are learned as in LSQ (Esser et al., ICLR 2020) with its gradient factor 1 / sqrt(values * (2^bits - 1)).

OURS: the parameter is the scale's natural logarithm, so a scale can't reach 0 and one optimizer step changes every
scale by the same ratio; its gradient is limited to [-1, 1], so a step never exceeds the learning rate by much.

The passes over a tensor are counted: division, clip, rounding, product forward; one masked copy and two dot products
backward. Bounds are Python numbers because a clip by tensors is eight times slower on a CPU.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor

from acq_engine.distributed import average

SCALE_GRADIENT_LIMIT = 1.0
BIAS_CODE_LIMIT = float(2**30)  # well inside int32, and exact in float32


class _FakeQuantizeTensor(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, log_scale: Tensor, zero_point: int, qmax: int) -> Tensor:
        low, high = float(-zero_point), float(qmax - zero_point)
        scale = scale_of(log_scale)
        steps = (x.float() / scale).clamp_(low, high)
        output = steps.round().mul_(scale)
        ctx.low, ctx.high, ctx.dtype = low, high, x.dtype
        ctx.factor = 1.0 / math.sqrt(max(1, x[:1].numel()) * qmax)
        ctx.save_for_backward(steps, output, scale)
        return output

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor | None, None, None]:
        steps, output, scale = ctx.saved_tensors
        gradient = gradients[0]
        inside = torch.ops.aten.hardtanh_backward(gradient, steps, ctx.low, ctx.high)
        log_scale_gradient = None
        if ctx.needs_input_grad[1]:
            # d output / d log scale = output - (x where inside the range, else 0); x = steps * scale there.
            total = _dot(gradient, output) - _dot(inside, steps) * scale
            log_scale_gradient = _limited(total, ctx.factor)
        return inside.to(ctx.dtype), log_scale_gradient, None, None


class _FakeQuantizeChannels(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, weight: Tensor, log_scale: Tensor, zero_point: Tensor, qmax: int) -> Tensor:
        scale = per_channel(scale_of(log_scale), weight)
        low = per_channel(-zero_point, weight)
        steps = torch.minimum(torch.maximum(weight / scale, low), low + qmax)
        output = steps.round().mul_(scale)
        ctx.qmax = qmax
        ctx.save_for_backward(steps, output, scale, low)
        return output

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor | None, Tensor | None, None, None]:
        steps, output, scale, low = ctx.saved_tensors
        gradient = gradients[0]
        inside = gradient * ((steps > low) & (steps < low + ctx.qmax))
        log_scale_gradient = None
        if ctx.needs_input_grad[1]:
            parts = gradient * output - inside * (steps * scale)
            factor = 1.0 / math.sqrt(max(1, steps[0].numel()) * ctx.qmax)
            log_scale_gradient = _limited(parts.flatten(1).sum(1), factor)
        return inside, log_scale_gradient, None, None


class _StraightThrough(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, value: Tensor, replacement: Tensor) -> Tensor:
        return replacement.view_as(replacement)

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None]:
        return gradients[0], None


def fake_quantize(x: Tensor, log_scale: Tensor, zero_point: int, bits: int) -> Tensor:
    """Quantize and dequantize a whole tensor with one scale (LSQ with a fixed zero point).

    Args:
        x: Any shape, the first dimension is the batch; float32, or bfloat16 from a layer that computes in it.
        log_scale: Shape (), the natural logarithm of the scale; may require a gradient.
        zero_point: The code of the value 0, in 0..2^bits - 1.
        bits: 2 to 8.

    Returns:
        The values on the grid, shape of `x`, float32.
    """
    return _FakeQuantizeTensor.apply(x, log_scale, zero_point, 2**bits - 1)  # type: ignore[no-any-return]


def fake_quantize_channels(weight: Tensor, log_scale: Tensor, zero_point: Tensor, bits: int) -> Tensor:
    """Quantize and dequantize a weight with one scale per output channel (LSQ with fixed zero points).

    Args:
        weight: (channels, ...), float32.
        log_scale: (channels,), natural logarithms of the scales; may require a gradient.
        zero_point: (channels,), integers in 0..2^bits - 1, float32.
        bits: 2 to 8.
    """
    return _FakeQuantizeChannels.apply(weight, log_scale, zero_point, 2**bits - 1)  # type: ignore[no-any-return]


def scale_of(log_scale: Tensor) -> Tensor:
    """The scale (float32) that a logarithm stands for, the same on every device that has float64.

    The float32 exponentials of processors and graphics cards differ in the last bit, and a network that was measured
    on a card would then not be quite the one that is exported.
    """
    return log_scale.exp() if log_scale.device.type == "mps" else log_scale.double().exp().float()


def straight_through(value: Tensor, replacement: Tensor) -> Tensor:
    """`replacement` forward; backward the gradient goes to `value` unchanged (Bengio et al., 2013)."""
    return _StraightThrough.apply(value, replacement)  # type: ignore[no-any-return]


def bias_codes(bias: Tensor, grid: Tensor) -> Tensor:
    """The integers (float32) that a runtime adds to its int32 accumulator for `bias`, both (channels,)."""
    return (bias / grid).round().clamp(-BIAS_CODE_LIMIT, BIAS_CODE_LIMIT)


def bias_on_grid(bias: Tensor, grid: Tensor) -> Tensor:
    """The bias as a runtime's int32 accumulator holds it, straight-through.

    Args:
        bias: (channels,).
        grid: (channels,), input scale times weight scale; gets no gradient.
    """
    with torch.no_grad():
        rounded = bias_codes(bias, grid) * grid
    return straight_through(bias, rounded)


def per_channel(values: Tensor, weight: Tensor) -> Tensor:
    """Shape (channels,) to (channels, 1, ...) so that it broadcasts over `weight`."""
    return values.view(-1, *([1] * (weight.dim() - 1)))


def _dot(left: Tensor, right: Tensor) -> Tensor:
    if left.stride() != right.stride():
        return (left * right).sum()
    # Both are dense with equal strides, so one flat view of memory visits equal elements.
    return torch.dot(_flat(left), _flat(right))


def _flat(x: Tensor) -> Tensor:
    return x.view(-1) if x.is_contiguous() else x.as_strided((x.numel(),), (1,))


def _limited(gradient: Tensor, factor: float) -> Tensor:
    # Limited is the gradient of the whole batch, not that of a part of it.
    return average(gradient).mul(factor).clamp_(-SCALE_GRADIENT_LIMIT, SCALE_GRADIENT_LIMIT)
