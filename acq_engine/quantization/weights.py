"""The quantizer of one layer's weights: k bits, asymmetric, one scale and zero point per output channel or for all."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Literal

import torch
from torch import Tensor, nn

from acq_engine.quantization.fake_quantize import fake_quantize_channels, per_channel, scale_of, straight_through
from acq_engine.quantization.ranges import minmax_channels, mse_channels

RangeKind = Literal["mse", "minmax"]


class WeightQuantizer(nn.Module):
    """Quantizes a weight of shape (channels, ...).

    Args:
        channels: Output channels.
        bits: 2 to 8.
        kind: "mse": the range is searched once by `fit` and its scale may then be learned. "minmax": the range is
            the smallest and largest weight, anew in each forward pass (the papers' baseline).
        per_tensor: All channels have the first one's scale and zero point, for accelerators that take no others.
    """

    def __init__(self, channels: int, bits: int, kind: RangeKind, *, per_tensor: bool = False) -> None:
        super().__init__()
        self.per_tensor = per_tensor
        self.bits = bits
        self.kind = kind
        self.log_scale = nn.Parameter(torch.zeros(channels))
        self.zero_point: Tensor
        self.bit_width: Tensor
        self.sensitivity: Tensor
        self.rounding_error: Tensor
        self.register_buffer("zero_point", torch.zeros(channels))
        # A part of the state, since a run may choose the bits of a layer itself.
        self.register_buffer("bit_width", torch.tensor(bits, dtype=torch.int8))
        self.register_buffer("sensitivity", torch.full((), float("nan")))  # see `sensitivity.measure`; NaN: not known
        self.register_buffer("rounding_error", torch.full((), float("nan")))  # see `note_error`; NaN: not known
        self.register_load_state_dict_pre_hook(_fill_state)  # type: ignore[no-untyped-call]
        self.register_load_state_dict_post_hook(_restore_bits)  # type: ignore[no-untyped-call]

    def set_bits(self, bits: int) -> None:
        """Change the bits, 2 to 8; `fit` must follow."""
        self.bits = bits
        self.bit_width.fill_(bits)

    @torch.no_grad()
    def fit(self, weight: Tensor, *, search: bool = True) -> None:
        """Set scales and zero points for `weight` (kind "minmax" renews them in each forward pass anyway).

        Args:
            weight: (channels, ...).
            search: False takes the smallest and largest weight, which costs nothing, whatever the kind.
        """
        find = mse_channels if search and self.kind == "mse" else minmax_channels
        scale, zero_point = find(self._rows(weight.detach()), self.bits)
        self.log_scale.copy_(scale.log())
        self.zero_point.copy_(zero_point)

    @torch.no_grad()
    def note_error(self, weight: Tensor, teacher: Tensor) -> None:
        """Keep, for reports, how far `weight` on its grid is from the float network's: relative squared error.

        It is noted when the grid is set: a fitted weight lies on its grid, and would show no error of its own.
        """
        error = (self(weight) - teacher).square().sum() / teacher.square().sum()
        self.rounding_error.copy_(error.clamp(max=1.0))

    def parameters_for(self, weight: Tensor) -> tuple[Tensor, Tensor]:
        """Scale (channels,), above 0, and zero point (channels,), integers in float32, as `forward` uses them."""
        if self.kind == "minmax":
            with torch.no_grad():
                scale, zero_point = minmax_channels(self._rows(weight.detach()), self.bits)
        elif self.per_tensor:  # the first alone is learned
            scale, zero_point = scale_of(self.log_scale[:1]), self.zero_point[:1]
        else:
            return scale_of(self.log_scale), self.zero_point
        return scale.expand_as(self.log_scale), zero_point.expand_as(self.zero_point)

    def _rows(self, weight: Tensor) -> Tensor:
        """(rows, ...) of the weight, each of which has a scale."""
        return weight.reshape(1, -1) if self.per_tensor else weight

    def forward(self, weight: Tensor) -> Tensor:
        """The weight on its grid, same shape; gradients are straight-through inside the range."""
        if self.kind == "minmax":
            scale, zero_point = self.parameters_for(weight)
            return straight_through(weight, dequantize(self._codes(weight, scale, zero_point), scale))
        if self.per_tensor:
            rows = fake_quantize_channels(self._rows(weight), self.log_scale[:1], self.zero_point[:1], self.bits)
            return rows.view_as(weight)
        return fake_quantize_channels(weight, self.log_scale, self.zero_point, self.bits)

    @torch.no_grad()
    def codes(self, weight: Tensor) -> Tensor:
        """Codes minus zero point: integers (float32) in -(2^bits - 1)..2^bits - 1, shape of `weight`."""
        scale, zero_point = self.parameters_for(weight)
        return self._codes(weight, scale, zero_point)

    @torch.no_grad()
    def _codes(self, weight: Tensor, scale: Tensor, zero_point: Tensor) -> Tensor:
        low = per_channel(-zero_point, weight)
        steps = torch.round(weight.detach() / per_channel(scale, weight))
        return torch.minimum(torch.maximum(steps, low), low + (2**self.bits - 1))


def _fill_state(
    module: nn.Module, state: MutableMapping[str, Any], prefix: str, _metadata: Any, _strict: bool,
    _missing: list[str], _unexpected: list[str], errors: list[str],
) -> None:
    """What older states don't have stays as it is; bits that can't be are refused."""
    assert isinstance(module, WeightQuantizer)
    for name in ("bit_width", "sensitivity", "rounding_error"):
        state.setdefault(prefix + name, getattr(module, name))
    if not 2 <= int(state[prefix + "bit_width"]) <= 8:
        errors.append(f"{prefix}bit_width is {int(state[prefix + 'bit_width'])}, not 2 to 8.")


def _restore_bits(module: nn.Module, _keys: Any) -> None:
    assert isinstance(module, WeightQuantizer)
    module.bits = int(module.bit_width)


def dequantize(codes: Tensor, scale: Tensor) -> Tensor:
    """Codes (channels, ...) times scale (channels,)."""
    return codes * per_channel(scale, codes)
