"""The quantizer of one layer's weights: k bits, asymmetric, one scale and zero point per output channel."""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor, nn

from acq_engine.quantization.fake_quantize import fake_quantize_channels, per_channel, straight_through
from acq_engine.quantization.ranges import minmax_channels, mse_channels

RangeKind = Literal["mse", "minmax"]


class WeightQuantizer(nn.Module):
    """Quantizes a weight of shape (channels, ...).

    Args:
        channels: Output channels.
        bits: 2 to 8.
        kind: "mse": the range is searched once by `fit` and its scale may then be learned. "minmax": the range is
            the smallest and largest weight, anew in each forward pass (the papers' baseline).
    """

    def __init__(self, channels: int, bits: int, kind: RangeKind) -> None:
        super().__init__()
        self.bits = bits
        self.kind = kind
        self.log_scale = nn.Parameter(torch.zeros(channels))
        self.zero_point: Tensor
        self.register_buffer("zero_point", torch.zeros(channels))

    @torch.no_grad()
    def fit(self, weight: Tensor) -> None:
        """Set scales and zero points for `weight` (kind "minmax" renews them in each forward pass anyway)."""
        search = mse_channels if self.kind == "mse" else minmax_channels
        scale, zero_point = search(weight.detach(), self.bits)
        self.log_scale.copy_(scale.log())
        self.zero_point.copy_(zero_point)

    def parameters_for(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        """Scale (channels,), above 0, and zero point (channels,), whole numbers in float32, as `forward` uses them."""
        if self.kind == "minmax":
            with torch.no_grad():
                return minmax_channels(weight.detach(), self.bits)
        return self.log_scale.exp(), self.zero_point

    def forward(self, weight: Tensor) -> Tensor:
        """The weight on its grid, same shape; gradients are straight-through inside the range."""
        if self.kind == "minmax":
            scale, zero_point = self.parameters_for(weight)
            return straight_through(weight, dequantize(self._codes(weight, scale, zero_point), scale))
        return fake_quantize_channels(weight, self.log_scale, self.zero_point, self.bits)

    @torch.no_grad()
    def codes(self, weight: Tensor) -> Tensor:
        """Codes minus zero point: whole numbers (float32) in -(2^bits - 1)..2^bits - 1, shape of `weight`."""
        scale, zero_point = self.parameters_for(weight)
        return self._codes(weight, scale, zero_point)

    @torch.no_grad()
    def _codes(self, weight: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
        low = per_channel(-zero_point, weight)
        steps = torch.round(weight.detach() / per_channel(scale, weight))
        return torch.minimum(torch.maximum(steps, low), low + (2**self.bits - 1))


def dequantize(codes: Tensor, scale: Tensor) -> Tensor:
    """Codes (channels, ...) times scale (channels,)."""
    return codes * per_channel(scale, codes)
