"""The quantizer of one activation tensor: k bits, one scale, one zero point, ReLU joined in where there is one."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.quantization.fake_quantize import fake_quantize, scale_of
from acq_engine.quantization.observer import RangeObserver
from acq_engine.quantization.ranges import activation_scale_and_zero_point

Mode = Literal["float", "observe", "quantized"]
FusedActivation = Literal["none", "relu", "relu6"]


class ActivationQuantizer(nn.Module):
    """Quantizes one tensor of the graph.

    A ReLU or ReLU6 in front of it is computed here: in mode "quantized" a zero point of 0 clips at 0 by itself, which
    saves ReLU's two passes.

    Args:
        name: Where in the graph it stands: the module path of what it quantizes.
        bits: 2 to 8.
        activation: The activation function joined in.
    """

    def __init__(self, name: str, bits: int, activation: FusedActivation = "none") -> None:
        super().__init__()
        self.name = name
        self.bits = bits
        self.activation = activation
        self.symmetric = False  # whether codes minus zero point have to fit into a signed byte; a setting
        self.is_first_output = False  # of the network's first activation function, whose bits are a setting
        self.feeds_depthwise = False  # of that one alone: whether a depthwise convolution reads it
        self.mode: Mode = "float"
        self.observer: RangeObserver | None = None
        self.log_scale = nn.Parameter(torch.zeros(()))
        self.zero_point_code: Tensor
        self.clipping_rate: Tensor
        self.register_buffer("zero_point_code", torch.zeros((), dtype=torch.int32))
        self.register_buffer("clipping_rate", torch.full((), float("nan")))
        # A part of the state, since a run may choose them itself.
        self.bit_width: Tensor
        self.register_buffer("bit_width", torch.tensor(bits, dtype=torch.int8))
        # A Python number, so that a step reads nothing back from the device; renewed whenever the buffer changes.
        self._zero_point = 0
        self.register_load_state_dict_pre_hook(_fill_state)  # type: ignore[no-untyped-call]
        self.register_load_state_dict_post_hook(_restore)  # type: ignore[no-untyped-call]

    @property
    def zero_point(self) -> int:
        """The code of the value 0, in 0..2^bits - 1."""
        return self._zero_point

    @property
    def qmax(self) -> int:
        """The largest code, 2^bits - 1."""
        return int(2**self.bits - 1)

    def scale(self) -> Tensor:
        """The step between two codes, shape (), above 0."""
        return scale_of(self.log_scale)

    def set_bits(self, bits: int) -> None:
        """Change the bits, 2 to 8; `set_range` must follow."""
        self.bits = bits
        self.bit_width.fill_(bits)

    def settle_bits(self, low: float) -> None:
        """On a symmetric grid, values that are never below 0 have 7 bits instead of 8: the other half is for others.

        Args:
            low: The smallest value.
        """
        if self.symmetric and self.bits == 8 and low >= 0.0:
            self.set_bits(7)

    def set_range(self, low: float, high: float, clipping_rate: float = float("nan")) -> None:
        """Set scale and zero point so that the codes span [low, high], widened to contain 0; see `settle_bits`."""
        self.settle_bits(low)
        device = self.log_scale.device
        scale, zero_point = activation_scale_and_zero_point(
            torch.tensor(low), torch.tensor(high), self.bits, symmetric=self.symmetric)
        with torch.no_grad():
            self.log_scale.copy_(scale.log().to(device))
            self.zero_point_code.fill_(int(zero_point))
            self.clipping_rate.fill_(clipping_rate)
        self._zero_point = int(zero_point)

    def forward(self, x: Tensor) -> Tensor:
        """Quantize and dequantize `x` (any shape, first dimension the batch), or only apply the activation."""
        if self.mode == "quantized":
            if self.activation == "relu6":
                x = F.hardtanh(x, 0.0, 6.0)
            elif self.activation == "relu" and self._zero_point != 0:
                x = F.relu(x)
            return fake_quantize(x, self.log_scale, self._zero_point, self.bits)
        if self.activation == "relu":
            x = F.relu(x)
        elif self.activation == "relu6":
            x = F.hardtanh(x, 0.0, 6.0)
        if self.observer is not None and self.mode == "observe":
            self.observer.update(x)
        return x

    def extra_repr(self) -> str:
        return f"{self.name}, bits={self.bits}, activation={self.activation}, zero_point={self._zero_point}"


def _fill_state(
    module: nn.Module, state: MutableMapping[str, Any], prefix: str, _metadata: Any, _strict: bool,
    _missing: list[str], _unexpected: list[str], errors: list[str],
) -> None:
    """Older states have no bits: those that it was made with stay. Bits that can't be are refused."""
    assert isinstance(module, ActivationQuantizer)
    bits = state.setdefault(prefix + "bit_width", module.bit_width)
    if not 2 <= int(bits) <= 8:
        errors.append(f"{prefix}bit_width is {int(bits)}, not 2 to 8.")


def _restore(module: nn.Module, _keys: Any) -> None:
    assert isinstance(module, ActivationQuantizer)
    module.bits = int(module.bit_width)
    module._zero_point = int(module.zero_point_code)
