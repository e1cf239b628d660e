"""ONNX's quantization operators as torch operators, so that torch's own exporter carries them into a file.

Each of them becomes exactly one ONNX node. They also compute, so an export graph can be run in torch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor


@torch.library.custom_op("acq::quantize", mutates_args=())
def quantize(x: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    """QuantizeLinear: clip(round(x / scale) + zero_point, 0, 255) as uint8; scale and zero point of shape ()."""
    return (torch.round(x / scale) + zero_point).clamp(0, 255).to(torch.uint8)


@quantize.register_fake
def _(x: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    return torch.empty_like(x, dtype=torch.uint8)


@torch.library.custom_op("acq::quantize_signed", mutates_args=())
def quantize_signed(x: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    """QuantizeLinear to int8: clip(round(x / scale) + zero_point, -128, 127); scale and zero point of shape ()."""
    return (torch.round(x / scale) + zero_point).clamp(-128, 127).to(torch.int8)


@quantize_signed.register_fake
def _(x: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    return torch.empty_like(x, dtype=torch.int8)


@torch.library.custom_op("acq::quantize_channels", mutates_args=())
def quantize_channels(x: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    """QuantizeLinear to int8 along axis 0; scale and zero point (channels,)."""
    shape = (-1, *([1] * (x.dim() - 1)))
    return (torch.round(x / scale.view(shape)) + zero_point.view(shape)).clamp(-128, 127).to(torch.int8)


@quantize_channels.register_fake
def _(x: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    return torch.empty_like(x, dtype=torch.int8)


@torch.library.custom_op("acq::clip_codes", mutates_args=())
def clip_codes(codes: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """Clip; low and high of shape () and of the type of the codes, uint8, or of the values, float32."""
    return torch.minimum(torch.maximum(codes, low), high)


@clip_codes.register_fake
def _(codes: Tensor, low: Tensor, high: Tensor) -> Tensor:
    return torch.empty_like(codes)


@torch.library.custom_op("acq::dequantize", mutates_args=())
def dequantize(codes: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    """DequantizeLinear: (codes - zero_point) * scale; scale and zero point of shape ()."""
    return (codes.to(torch.float32) - zero_point) * scale


@dequantize.register_fake
def _(codes: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    return torch.empty_like(codes, dtype=torch.float32)


@torch.library.custom_op("acq::dequantize_channels", mutates_args=())
def dequantize_channels(codes: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    """DequantizeLinear along axis 0; scale and zero point (channels,), codes int8, uint8 or int32."""
    shape = (-1, *([1] * (codes.dim() - 1)))
    return (codes.to(torch.float32) - zero_point.to(torch.float32).view(shape)) * scale.view(shape)


@dequantize_channels.register_fake
def _(codes: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
    return torch.empty_like(codes, dtype=torch.float32)


@torch.library.custom_op("acq::global_average_pool", mutates_args=())
def global_average_pool(x: Tensor) -> Tensor:
    """GlobalAveragePool: (B, C, H, W) to (B, C, 1, 1)."""
    return x.mean((2, 3), keepdim=True)


@global_average_pool.register_fake
def _(x: Tensor) -> Tensor:
    return x.new_empty((x.shape[0], x.shape[1], 1, 1))


@torch.library.custom_op("acq::padded_conv", mutates_args=())
def padded_conv(
    x: Tensor, weight: Tensor, bias: Tensor | None, stride: list[int], pads: list[int], dilation: list[int], groups: int
) -> Tensor:
    """Conv with borders of zeros of their own widths: `pads` are top, left, bottom, right."""
    top, left, bottom, right = pads
    return F.conv2d(F.pad(x, (left, right, top, bottom)), weight, bias, stride, 0, dilation, groups)


@padded_conv.register_fake
def _(
    x: Tensor, weight: Tensor, bias: Tensor | None, stride: list[int], pads: list[int], dilation: list[int], groups: int
) -> Tensor:
    top, left, bottom, right = pads
    return F.conv2d(F.pad(x, (left, right, top, bottom)), weight, bias, stride, 0, dilation, groups)


@torch.library.custom_op("acq::reshape", mutates_args=())
def reshape(x: Tensor, shape: list[int]) -> Tensor:
    """Reshape to a constant shape with -1 for the batch."""
    return x.reshape(shape).clone()


@reshape.register_fake
def _(x: Tensor, shape: list[int]) -> Tensor:
    return torch.empty_like(x.reshape(shape))


def translations(opset: int) -> dict[Callable[..., Any], Callable[..., Any]]:
    """The table for torch.onnx.export: torch operator to ONNX operator of `opset`."""
    import onnxscript

    op = getattr(onnxscript, f"opset{opset}")

    def to_quantize(x, scale, zero_point):  # type: ignore[no-untyped-def]
        return op.QuantizeLinear(x, scale, zero_point)

    def to_quantize_channels(x, scale, zero_point):  # type: ignore[no-untyped-def]
        return op.QuantizeLinear(x, scale, zero_point, axis=0)

    def to_clip(codes, low, high):  # type: ignore[no-untyped-def]
        return op.Clip(codes, low, high)

    def to_dequantize(codes, scale, zero_point):  # type: ignore[no-untyped-def]
        return op.DequantizeLinear(codes, scale, zero_point)

    def to_dequantize_channels(codes, scale, zero_point):  # type: ignore[no-untyped-def]
        return op.DequantizeLinear(codes, scale, zero_point, axis=0)

    def to_global_average_pool(x):  # type: ignore[no-untyped-def]
        return op.GlobalAveragePool(x)

    def to_padded_conv(x, weight, bias, stride, pads, dilation, groups):  # type: ignore[no-untyped-def]
        return op.Conv(x, weight, bias, strides=stride, pads=pads, dilations=dilation, group=groups)

    def to_reshape(x, shape):  # type: ignore[no-untyped-def]
        return op.Reshape(x, op.Constant(value_ints=list(shape)))

    table = torch.ops.acq
    return {
        table.quantize.default: to_quantize,
        table.quantize_signed.default: to_quantize,
        table.quantize_channels.default: to_quantize_channels,
        table.clip_codes.default: to_clip,
        table.dequantize.default: to_dequantize,
        table.dequantize_channels.default: to_dequantize_channels,
        table.global_average_pool.default: to_global_average_pool,
        table.padded_conv.default: to_padded_conv,
        table.reshape.default: to_reshape,
    }
