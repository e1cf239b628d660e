"""Convolution and linear layers whose weights, and bias where the input is quantized, lie on a runtime's grid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.quantization.activation import ActivationQuantizer, Mode
from acq_engine.quantization.fake_quantize import bias_codes, bias_on_grid
from acq_engine.quantization.weights import RangeKind, WeightQuantizer

__all__ = ["ActivationQuantizer", "QuantizedConv2d", "QuantizedLayer", "QuantizedLinear"]


class QuantizedLayer(nn.Module):
    """What convolution and linear layer share. The batch norm behind the layer is folded into it.

    Args:
        name: The layer's module path in the teacher.
        weight: (out, in, kh, kw) or (out, in), float32; copied.
        bias: (out,) or None; copied.
        bits: Bits of the weights, 2 to 8.
        range_kind: See WeightQuantizer.
        per_tensor: One scale for the whole weight.
    """

    kind: Literal["conv2d", "linear"]

    def __init__(
        self, name: str, weight: Tensor, bias: Tensor | None, bits: int, range_kind: RangeKind, *,
        per_tensor: bool = False,
    ) -> None:
        super().__init__()
        self.name = name
        self.weight = nn.Parameter(weight.detach().clone())
        self.bias = nn.Parameter(bias.detach().clone()) if bias is not None else None
        self.weight_quantizer = WeightQuantizer(weight.shape[0], bits, range_kind, per_tensor=per_tensor)
        self.weight_quantizer.fit(self.weight, search=False)  # calibration searches
        self.mode: Mode = "float"
        self._input_quantizer: tuple[ActivationQuantizer | None, ...] = (None,)

    @property
    def bits(self) -> int:
        """Bits of the weights."""
        return self.weight_quantizer.bits

    @property
    def input_quantizer(self) -> ActivationQuantizer | None:
        """The quantizer on whose grid the layer's input lies; None where the input is float."""
        return self._input_quantizer[0]

    def set_input_quantizer(self, quantizer: ActivationQuantizer | None) -> None:
        """Name the quantizer on whose grid the input lies."""
        # In a tuple, so that the quantizer does not become a child of this layer as well.
        self._input_quantizer = (quantizer,)

    def quantized_parameters(self) -> tuple[Tensor, Tensor | None]:
        """Weight and bias on their grids, as mode "quantized" uses them."""
        weight = self.weight_quantizer(self.weight)
        if self.bias is None or self.input_quantizer is None:
            return weight, self.bias
        return weight, bias_on_grid(self.bias, self.accumulator_scale())

    @torch.no_grad()
    def accumulator_scale(self) -> Tensor:
        """(out,) what one step of the int32 accumulator is worth: input scale times weight scale."""
        scale, _ = self.weight_quantizer.parameters_for(self.weight)
        if self.input_quantizer is None:
            return scale
        return self.input_quantizer.scale() * scale

    @torch.no_grad()
    def bias_codes(self) -> Tensor | None:
        """(out,) the bias in steps of `accumulator_scale`, integers in float32; None without bias or grid."""
        if self.bias is None or self.input_quantizer is None:
            return None
        return bias_codes(self.bias, self.accumulator_scale())

    def forward(self, x: Tensor) -> Tensor:
        """The layer's output; `x` is (B, in, H, W) or (..., in)."""
        if self.mode == "quantized":
            return self.compute(x, *self.quantized_parameters())
        return self.compute(x, self.weight, self.bias)

    def compute(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """The layer's arithmetic with the given weight and bias."""
        return F.linear(x, weight, bias)

    def extra_repr(self) -> str:
        return f"{self.name}, weight={tuple(self.weight.shape)}, bits={self.bits}"


class QuantizedLinear(QuantizedLayer):
    """A linear layer."""

    kind = "linear"


class QuantizedConv2d(QuantizedLayer):
    """A 2-D convolution; `stride`, `padding`, `dilation` and `groups` as in torch.nn.functional.conv2d."""

    kind = "conv2d"

    def __init__(
        self, name: str, weight: Tensor, bias: Tensor | None, bits: int, range_kind: RangeKind, *,
        stride: Sequence[int], padding: Sequence[int] | str, dilation: Sequence[int], groups: int,
        per_tensor: bool = False,
    ) -> None:
        super().__init__(name, weight, bias, bits, range_kind, per_tensor=per_tensor)
        self.stride = tuple(stride)
        self.padding = padding if isinstance(padding, str) else tuple(padding)
        self.dilation = tuple(dilation)
        self.groups = groups

    def compute(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        return F.conv2d(x, weight, bias, self.stride, self.padding, self.dilation, self.groups)
