"""What an integer runtime computes, step by step: the measure for exported files.

Layers accumulate whole numbers exactly; one float32 multiplier takes the sum to the next grid; rounding is half to
even; the zero point is added; the result is clipped. Additions, products and pools of quantized tensors follow ONNX
Runtime's integer kernels to the last bit on x86-64. Functions without an integer kernel are computed in float32 on
dequantized values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, fx

from acq_engine.export.network import CodeLayer, CodeQuantizer, export_network
from acq_engine.quantization.graph_ops import MOVES
from acq_engine.quantization.model import QuantizedModel

EXACT_IN_FLOAT32 = float(2**24)


@dataclass(frozen=True)
class Codes:
    """A quantized tensor: whole numbers (float32) on one grid."""

    values: Tensor
    scale: Tensor
    zero_point: float
    most_steps: float  # the largest distance of a code from the zero point

    def steps(self) -> Tensor:
        return self.values - self.zero_point

    def real(self) -> Tensor:
        return self.steps() * self.scale


@dataclass(frozen=True)
class Sums:
    """A layer's accumulators: whole numbers (float64 or float32), and what one step of each channel is worth."""

    values: Tensor
    scale: Tensor

    def real(self) -> Tensor:
        return self.values.float() * self._along_channels(self.scale)

    def requantized(self, scale: Tensor) -> Tensor:
        """Steps of a grid with the given scale, rounded."""
        return torch.round(self.values.float() * self._along_channels(self.scale / scale))

    def _along_channels(self, vector: Tensor) -> Tensor:
        return vector.view(1, -1, *([1] * (self.values.dim() - 2)))


@dataclass(frozen=True)
class Pending:
    """An operator of quantized tensors that a runtime joins with the quantizer behind it."""

    to_codes: Callable[[Tensor, float], Tensor]  # output scale and zero point to rounded codes, not yet clipped
    to_real: Callable[[], Tensor]

    def real(self) -> Tensor:
        return self.to_real()


Value = Codes | Sums | Pending


class IntegerReference:
    """Runs a calibrated student in whole numbers.

    Args:
        student: In mode "quantized"; it is copied.
        fused_multiply_add: Whether the runtime's additions round once for product and sum, as AVX2 kernels do.
            None: as this machine does.

    Raises:
        ExportError: the student was not calibrated.
    """

    def __init__(self, student: QuantizedModel, *, fused_multiply_add: bool | None = None) -> None:
        if fused_multiply_add is None:
            fused_multiply_add = torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512")
        self._executor = _Executor(export_network(student), fused_multiply_add)

    @torch.no_grad()
    def __call__(self, images: Tensor, batch_size: int = 64) -> NDArray[np.float32]:
        """Class scores (N, classes) of normalised pictures (N, C, H, W), computed `batch_size` at a time."""
        parts = [
            _real(self._executor.run(part.detach().to("cpu", torch.float32))) for part in images.split(batch_size)
        ]
        return cast("NDArray[np.float32]", torch.cat(parts).numpy())


class _Executor(fx.Interpreter):
    def __init__(self, network: fx.GraphModule, fused_multiply_add: bool) -> None:
        super().__init__(network)
        self.fused_multiply_add = fused_multiply_add

    def call_module(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        module = self.fetch_attr(target)
        if isinstance(module, CodeQuantizer):
            return _quantize(module, args[0])
        assert isinstance(module, CodeLayer)
        return _layer(module, args[0])

    def call_function(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        schema = getattr(target, "_schema", None)
        name = schema.name.split("::")[1] if schema is not None else "getitem"
        codes = [value for value in args if isinstance(value, Codes)]
        if codes and codes[0] is args[0]:
            if name in MOVES or (schema is not None and schema.name == "acq::reshape"):
                return _moved(target, codes[0], args[1:], kwargs)
            if name in ("pad", "constant_pad_nd"):
                padded = target(codes[0].steps(), *args[1:], **kwargs)
                return replace(codes[0], values=padded + codes[0].zero_point)
            if name in ("add", "mul") and len(codes) == 2 and not kwargs:
                return self._sum(*codes) if name == "add" else _product(*codes)
            if name == "global_average_pool":
                return _global_average(codes[0])
        return target(*fx.node.map_aggregate(args, _real), **fx.node.map_aggregate(kwargs, _real))

    def _sum(self, left: Codes, right: Codes) -> Pending:
        def to_codes(scale: Tensor, zero_point: float) -> Tensor:
            left_ratio, right_ratio = left.scale / scale, right.scale / scale
            fixed = zero_point - (left_ratio * left.zero_point + right_ratio * right.zero_point)
            if self.fused_multiply_add:
                # Products of a code and a ratio are exact in float64, so each line rounds to float32 once.
                moved = (left_ratio.double() * left.zero_point + (right_ratio * right.zero_point).double()).float()
                fixed = zero_point - moved
                first = (fixed.double() + right.values.double() * right_ratio.double()).float()
                return torch.round((first.double() + left.values.double() * left_ratio.double()).float())
            return torch.round((fixed + right.values * right_ratio) + left.values * left_ratio)

        return Pending(to_codes, lambda: left.real() + right.real())


def _product(left: Codes, right: Codes) -> Pending:
    def to_codes(scale: Tensor, zero_point: float) -> Tensor:
        return torch.round(left.steps() * right.steps() * (left.scale * right.scale / scale) + zero_point)

    return Pending(to_codes, lambda: left.real() * right.real())


def _global_average(source: Codes) -> Pending:
    count = source.values.shape[2] * source.values.shape[3]
    total = source.steps().sum((2, 3), keepdim=True, dtype=torch.float64)

    def to_codes(scale: Tensor, zero_point: float) -> Tensor:
        return torch.round(total.float() * (source.scale / (scale * count))) + zero_point

    return Pending(to_codes, lambda: (total * source.scale.double() / count).float())


def _moved(target: Any, source: Codes, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    result = target(source.values, *args, **kwargs)
    if isinstance(result, (list, tuple)):
        return [replace(source, values=part) for part in result]
    return replace(source, values=result)


def _quantize(module: CodeQuantizer, value: Any) -> Codes:
    scale = cast(Tensor, module.scale)
    zero_point = float(cast(Tensor, module.zero_point))
    if isinstance(value, Sums):
        codes = value.requantized(scale) + zero_point
    elif isinstance(value, Pending):
        codes = value.to_codes(scale, zero_point)
    else:
        codes = torch.round(_real(value) / scale) + zero_point
    low = zero_point if module.relu else 0.0
    high = float(cast(Tensor, module.high))
    return Codes(codes.clamp_(low, high), scale, zero_point, max(zero_point, high - zero_point))


def _layer(module: CodeLayer, value: Any) -> Any:
    weight = cast(Tensor, module.codes).double() - _per_channel(cast(Tensor, module.zero_point).double(), module)
    scale = cast(Tensor, module.scale)
    if not isinstance(value, Codes) or (not module.exact_bias and module.bias is not None):
        return module.compute(_real(value), weight.float() * _per_channel(scale, module), _real_bias(module))
    bias = cast(Tensor, module.bias_codes).double() if module.exact_bias else None
    bound = weight.abs().flatten(1).sum(1) * value.most_steps
    if bias is not None:
        bound = bound + bias.abs()
    precision = torch.float32 if float(bound.max()) < EXACT_IN_FLOAT32 else torch.float64
    total = module.compute(
        value.steps().to(precision), weight.to(precision), bias.to(precision) if bias is not None else None
    )
    return Sums(total, value.scale * scale)


def _real_bias(module: CodeLayer) -> Tensor | None:
    if not module.exact_bias:
        return cast("Tensor | None", module.bias)
    return cast(Tensor, module.bias_codes).float() * cast(Tensor, module.bias_scale)


def _per_channel(vector: Tensor, module: CodeLayer) -> Tensor:
    return vector.view(-1, *([1] * (cast(Tensor, module.codes).dim() - 1)))


def _real(value: Any) -> Any:
    return value.real() if isinstance(value, (Codes, Sums, Pending)) else value
