"""What stands for quantizers and layers in an export network: modules that compute with codes (pattern A, OURS).

Activations are uint8 with a clip to the b-bit range between quantize and dequantize; weights are codes minus zero
point, as int8 with zero point 0 where x86 kernels can't saturate (up to 7 bits, and 8 bits behind activations of at
most 7), else as uint8 with zero point 128, whose kernels are half as fast; bias is int32 in steps of the accumulator.
All channels have one zero point: else depthwise convolutions have no fast kernel, and runtimes before 1.27 refuse the
file.
"""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.export.onnx import operators as _operators  # noqa: F401 - registers torch.ops.acq
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.layers import QuantizedConv2d, QuantizedLayer

LARGEST_SUM = 2**15 - 1  # of two products: x86 processors without VNNI add them up in 16 bits
MIDDLE_CODE = 128


class CodeQuantizer(nn.Module):
    """Quantize, clip to the b-bit range, dequantize. A ReLU or ReLU6 in front becomes part of the clip."""

    def __init__(self, quantizer: ActivationQuantizer) -> None:
        super().__init__()
        scale = quantizer.scale().detach().to("cpu", torch.float32).clone()
        high = quantizer.qmax
        self.relu = quantizer.activation != "none" and quantizer.zero_point != 0
        if quantizer.activation == "relu6":
            # Rounding keeps order, so clipping codes at round(6 / scale) equals clipping values at 6.
            high = min(high, int(torch.round(torch.tensor(6.0) / scale)) + quantizer.zero_point)
        self.clips = high < 255
        for name, value in (("zero_point", quantizer.zero_point), ("low", 0), ("high", high)):
            self.register_buffer(name, torch.tensor(value, dtype=torch.uint8))
        self.register_buffer("scale", scale)

    def forward(self, x: Tensor) -> Tensor:
        if self.relu:
            x = F.relu(x)
        codes = torch.ops.acq.quantize(x, self.scale, self.zero_point)
        if self.clips:
            codes = torch.ops.acq.clip_codes(codes, self.low, self.high)
        return torch.ops.acq.dequantize(codes, self.scale, self.zero_point)  # type: ignore[no-any-return]


class CodeLayer(nn.Module):
    """A layer whose weights, and bias where the input is quantized, are integers.

    Args:
        layer: The student's.
        signed: Weights are int8 even where x86 kernels can saturate, for runtimes that have no fast kernels for others.
    """

    def __init__(self, layer: QuantizedLayer, *, signed: bool = False) -> None:
        super().__init__()
        self._layer = (layer,)  # its arithmetic only; in a tuple, so that its parameters stay out of the export
        self.pads: tuple[int, ...] = ()  # of a convolution with borders of its own: top, left, bottom, right
        weight = layer.weight_quantizer
        scale, zero_point = (value.detach().cpu() for value in weight.parameters_for(layer.weight))
        codes = weight.codes(layer.weight).cpu()
        largest_input = 255 if layer.input_quantizer is None else layer.input_quantizer.qmax
        fits = float(codes.min()) >= -MIDDLE_CODE and float(codes.max()) < MIDDLE_CODE
        if 2 * largest_input * float(codes.abs().max()) <= LARGEST_SUM or (signed and fits):
            self.register_buffer("codes", codes.to(torch.int8))
            self.register_buffer("zero_point", torch.zeros_like(zero_point, dtype=torch.int8))
        elif fits:
            self.register_buffer("codes", (codes + MIDDLE_CODE).to(torch.uint8))
            self.register_buffer("zero_point", torch.full_like(zero_point, MIDDLE_CODE, dtype=torch.uint8))
        else:  # 8 bits as older versions of this program had them
            shape = (-1, *([1] * (codes.dim() - 1)))
            self.register_buffer("codes", (codes + zero_point.view(shape)).to(torch.uint8))
            self.register_buffer("zero_point", zero_point.to(torch.uint8))
        self.per_tensor = weight.per_tensor
        self.register_buffer("scale", scale.clone())
        bias_codes = layer.bias_codes()
        if layer.bias is None and layer.input_quantizer is not None:
            bias_codes = torch.zeros_like(scale)  # a runtime joins a layer with its quantizers only if bias is int32
        self.exact_bias = bias_codes is not None
        if bias_codes is not None:
            bias_codes = bias_codes.cpu()
            self.register_buffer("bias_codes", bias_codes.to(torch.int32))
            self.register_buffer("bias_scale", layer.accumulator_scale().cpu().clone())
            self.register_buffer("bias_zero_point", torch.zeros_like(bias_codes, dtype=torch.int32))
        else:
            # Without one, torch's way to ONNX would compute zeros in the file, node by node.
            self.register_buffer("bias", torch.zeros_like(scale) if layer.bias is None else
                                 layer.bias.detach().cpu().clone())
        if self.per_tensor:
            for name in ("scale", "zero_point", "bias_scale", "bias_zero_point"):
                if name in self._buffers:
                    self.register_buffer(name, getattr(self, name)[0].clone())

    @property
    def layer(self) -> QuantizedLayer:
        """What it was made of."""
        return self._layer[0]

    def compute(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """The layer's arithmetic with the given weight and bias."""
        if not self.pads:
            return self.layer.compute(x, weight, bias)
        assert isinstance(self.layer, QuantizedConv2d)
        return torch.ops.acq.padded_conv(  # type: ignore[no-any-return]
            x, weight, bias, self.layer.stride, self.pads, self.layer.dilation, self.layer.groups)

    def forward(self, x: Tensor) -> Tensor:
        dequantize = torch.ops.acq.dequantize if self.per_tensor else torch.ops.acq.dequantize_channels
        weight = dequantize(self.codes, self.scale, self.zero_point)
        bias: Any = self.bias if not self.exact_bias else dequantize(
            self.bias_codes, self.bias_scale, self.bias_zero_point)
        return self.compute(x, weight, bias)
