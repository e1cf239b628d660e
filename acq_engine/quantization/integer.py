"""The quantized network as an integer runtime computes it: what is shown, what is exported and what is proved.

Layers accumulate integers exactly; one float32 multiplier takes the sum to the next grid; rounding is half to
even; the result is clipped. Additions, products and pools of quantized tensors follow ONNX Runtime's integer kernels
to the last bit on x86-64. Functions without an integer kernel are computed in float32 on dequantized values.

Quantized tensors are held as steps: code minus zero point, so that padding is 0 and a layer needs no subtraction.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

import torch
from torch import Tensor, fx

from acq_engine.errors import QuantizationError, first_line
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.fake_quantize import per_channel
from acq_engine.quantization.graph_ops import MOVES
from acq_engine.quantization.layers import QuantizedLayer

EXACT_IN_FLOAT32 = float(2**24)


@dataclass(frozen=True)
class Grid:
    """The values that a quantized tensor can have: whole steps from `low` to `high`, 0 among them, times `scale`."""

    scale: Tensor  # shape ()
    zero_point: int
    low: float
    high: float


def grid_of(quantizer: ActivationQuantizer) -> Grid:
    """The grid of a calibrated quantizer. A ReLU or ReLU6 that is joined in cuts it."""
    zero_point, scale = quantizer.zero_point, quantizer.scale().detach()
    low, high = float(-zero_point), float(quantizer.qmax - zero_point)
    if quantizer.activation != "none":
        low = 0.0
    if quantizer.activation == "relu6":
        # Rounding keeps order, so clipping steps at round(6 / scale) equals clipping values at 6.
        high = min(high, float(torch.round(6.0 / scale)))
    return Grid(scale, zero_point, low, high)


@dataclass(frozen=True)
class Precision:
    """The types in which a layer's sums are exact: of the products alone, and with the bias."""

    products: torch.dtype = torch.float32
    total: torch.dtype = torch.float32


class LayerCodes(Protocol):
    """What a layer is to a runtime."""

    @property
    def scale(self) -> Tensor:
        """(out,) of the weights."""

    @property
    def bias_steps(self) -> Tensor | None:
        """(out,) integers in steps of input scale times weight scale; None where the input has no grid."""

    @property
    def bias(self) -> Tensor | None:
        """(out,) in float, for inputs without a grid."""

    @property
    def precision(self) -> Precision:
        """In which every partial sum is exact."""

    @property
    def compute(self) -> Callable[[Tensor, Tensor, Tensor | None], Tensor]:
        """The layer's arithmetic: input, weight, bias."""

    def steps(self) -> Tensor:
        """The weights in whole steps of `scale`, in any type."""


@dataclass(frozen=True)
class StudentLayer:
    """LayerCodes of a student's layer."""

    weight_steps: Tensor
    scale: Tensor
    bias_steps: Tensor | None
    bias: Tensor | None
    precision: Precision
    compute: Callable[[Tensor, Tensor, Tensor | None], Tensor]

    def steps(self) -> Tensor:
        """See LayerCodes."""
        return self.weight_steps


@torch.no_grad()
def codes_of(layer: QuantizedLayer) -> StudentLayer:
    """A layer's integers as they are now."""
    scale, _ = layer.weight_quantizer.parameters_for(layer.weight)
    steps = layer.weight_quantizer.codes(layer.weight)
    bias_steps, precision = layer.bias_codes(), Precision()
    if layer.input_quantizer is not None:
        if bias_steps is None:
            bias_steps = torch.zeros_like(scale)
        precision = exact_precision(steps, bias_steps, grid_of(layer.input_quantizer))
    bias = None if layer.bias is None else layer.bias.detach()
    return StudentLayer(steps, scale.detach(), bias_steps, bias, precision, layer.compute)


def exact_precision(steps: Tensor, bias_steps: Tensor, grid: Grid) -> Precision:
    """float32 where no partial sum of a layer can leave the integers that it holds exactly, else float64.

    The bias counts by itself: in steps of a fine accumulator it is often the largest number, and a convolution in
    float64 costs ten times as much as an addition does.

    Args:
        steps: (out, ...) the weights.
        bias_steps: (out,).
        grid: Of the input.
    """
    flat = steps.flatten(1)
    above, below = flat.clamp(min=0).sum(1), flat.clamp(max=0).sum(1)
    most = above * grid.high + below * grid.low
    least = above * grid.low + below * grid.high
    totals = torch.stack([most, -least, most + bias_steps.clamp(min=0), -least - bias_steps.clamp(max=0)])
    bounds = totals.amax(1).tolist()

    def fits(bound: float) -> torch.dtype:
        return torch.float32 if bound < 0.999 * EXACT_IN_FLOAT32 else torch.float64

    return Precision(fits(max(bounds[:2])), fits(max(bounds[2:])))


@dataclass(frozen=True)
class QuantizedTensor:
    """A quantized tensor: integers (float32) on one grid."""

    values: Tensor
    grid: Grid

    def real(self) -> Tensor:
        """The values in float32."""
        return self.values * self.grid.scale

    def codes(self) -> Tensor:
        """The integers as they are stored, zero point included."""
        return self.values + self.grid.zero_point if self.grid.zero_point else self.values


@dataclass(frozen=True)
class Sums:
    """A layer's accumulators: integers (float64 or float32), and what one step of each channel is worth."""

    values: Tensor
    scale: Tensor  # float32, broadcasts over the values

    def real(self) -> Tensor:
        """The values in float32."""
        return self.values.float() * self.scale

    def requantized(self, grid: Grid) -> Tensor:
        """Steps of a grid, rounded."""
        return (self.values.float() * (self.scale / grid.scale)).round_()


@dataclass(frozen=True)
class Pending:
    """An operator of quantized tensors that a runtime joins with the quantizer behind it."""

    to_steps: Callable[[Grid], Tensor]  # rounded, not yet clipped
    to_real: Callable[[], Tensor]

    def real(self) -> Tensor:
        """The values in float32."""
        return self.to_real()


class IntegerExecutor(fx.Interpreter):
    """Runs a network of activation quantizers and quantized layers in integers; give its results to `real`.

    Args:
        network: Its modules are ActivationQuantizer and QuantizedLayer, or what `grid` and `layer` take for them.
        fused_multiply_add: Whether the runtime's additions round once for product and sum, as AVX2 kernels do.
            None: as this machine does.
        grid: What a quantizer module stands for; None for a module that is a layer.
        layer: What a layer module stands for.
    """

    def __init__(
        self, network: fx.GraphModule, *, fused_multiply_add: bool | None = None,
        grid: Callable[[Any], Grid | None] = lambda module: (
            grid_of(module) if isinstance(module, ActivationQuantizer) else None),
        layer: Callable[[Any], LayerCodes] = codes_of,
    ) -> None:
        super().__init__(network)
        if fused_multiply_add is None:
            fused_multiply_add = torch.backends.cpu.get_cpu_capability() in ("AVX2", "AVX512")
        self.fused_multiply_add = fused_multiply_add
        self._grid, self._layer = grid, layer

    def run(self, *args: Any, **kwargs: Any) -> Any:
        """The network's results.

        Raises:
            QuantizationError: an operator can't compute with what it is given.
        """
        self.extra_traceback = False  # fx would print every argument, with all its numbers
        try:
            return super().run(*args, **kwargs)
        except (RuntimeError, TypeError, ValueError, AttributeError) as error:
            raise QuantizationError(
                "The model has a step that can't be computed with integers.", cause=first_line(error)[:300],
                hint="Choose another architecture.",
            ) from error

    def call_module(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        module = self.fetch_attr(target)
        grid = self._grid(module)
        return _quantize(grid, args[0]) if grid is not None else _compute(self._layer(module), args[0])

    def call_function(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        schema = getattr(target, "_schema", None)
        name = schema.name.split("::")[1] if schema is not None else "getitem"
        if name == "getitem":
            return target(*args)
        quantized = [value for value in args if isinstance(value, QuantizedTensor)]
        if quantized and quantized[0] is args[0]:
            first = quantized[0]
            if name in MOVES or (name in ("pad", "constant_pad_nd") and _pads_with_zero(name, args, kwargs)):
                return _moved(target, first, args[1:], kwargs)
            if name == "sym_size":
                return target(first.values, *args[1:], **kwargs)
            if name in ("add", "mul") and len(quantized) == 2 and not kwargs:
                return self._sum(*quantized) if name == "add" else _product(*quantized)
            if name == "adaptive_avg_pool2d" and list(args[1]) == [1, 1]:
                return _global_average(first)
        return self.compute_in_float(target, fx.node.map_aggregate(args, real), fx.node.map_aggregate(kwargs, real))

    def compute_in_float(self, target: Any, args: Any, kwargs: Any) -> Any:
        """An operator without an integer kernel, of float32 tensors."""
        return target(*args, **kwargs)

    def _sum(self, left: QuantizedTensor, right: QuantizedTensor) -> Pending:
        def to_steps(grid: Grid) -> Tensor:
            left_ratio, right_ratio = left.grid.scale / grid.scale, right.grid.scale / grid.scale
            left_zero, right_zero = float(left.grid.zero_point), float(right.grid.zero_point)
            left_codes, right_codes = left.codes(), right.codes()
            if self.fused_multiply_add:
                # Products of a code and a ratio are exact in float64, so each line rounds to float32 once.
                moved = (left_ratio.double() * left_zero + (right_ratio * right_zero).double()).float()
                fixed = grid.zero_point - moved
                first = torch.addcmul(fixed.double(), right_codes.double(), right_ratio.double()).float()
                codes = torch.addcmul(first.double(), left_codes.double(), left_ratio.double()).float()
            else:
                fixed = grid.zero_point - (left_ratio * left_zero + right_ratio * right_zero)
                codes = (fixed + right_codes * right_ratio) + left_codes * left_ratio
            return _without(codes.round_(), grid)

        return Pending(to_steps, lambda: left.real() + right.real())


def real(value: Any) -> Any:
    """A result of IntegerExecutor, or a part of one, in float32; other things stay as they are."""
    return value.real() if isinstance(value, (QuantizedTensor, Sums, Pending)) else value


def _product(left: QuantizedTensor, right: QuantizedTensor) -> Pending:
    def to_steps(grid: Grid) -> Tensor:
        scale = left.grid.scale * right.grid.scale / grid.scale
        return _without(torch.round(left.values * right.values * scale + grid.zero_point), grid)

    return Pending(to_steps, lambda: left.real() * right.real())


def _without(codes: Tensor, grid: Grid) -> Tensor:
    return codes.sub_(grid.zero_point) if grid.zero_point else codes


def _global_average(source: QuantizedTensor) -> Pending:
    count = source.values.shape[2] * source.values.shape[3]
    total = source.values.sum((2, 3), keepdim=True, dtype=torch.float64)

    def to_steps(grid: Grid) -> Tensor:
        return torch.round(total.float() * (source.grid.scale / (grid.scale * count)))

    return Pending(to_steps, lambda: (total * source.grid.scale.double() / count).float())


def _pads_with_zero(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Whether padding adds nothing but zeros and values that are there; another value would have to be on the grid."""
    given = dict(zip(("mode", "value") if name == "pad" else ("value",), args[2:], strict=False)) | kwargs
    return given.get("mode", "constant") != "constant" or not given.get("value")


def _moved(target: Any, source: QuantizedTensor, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    result = target(source.values, *args, **kwargs)
    if isinstance(result, (list, tuple)):
        return [replace(source, values=part) for part in result]
    return replace(source, values=result)


def _quantize(grid: Grid, value: Any) -> QuantizedTensor:
    if isinstance(value, Sums):
        steps = value.requantized(grid)
    elif isinstance(value, Pending):
        steps = value.to_steps(grid)
    else:
        steps = (real(value) / grid.scale).round_()
    return QuantizedTensor(steps.clamp_(grid.low, grid.high), grid)


def _compute(layer: LayerCodes, value: Any) -> Any:
    steps, scale, bias = layer.steps(), layer.scale, layer.bias_steps
    if not isinstance(value, QuantizedTensor) or bias is None:
        weight = steps.float()
        return layer.compute(real(value), weight * per_channel(scale, weight), layer.bias)
    shape = (1, -1, 1, 1) if steps.dim() == 4 else (-1,)  # a linear layer's channels are in the last dimension
    first, last = layer.precision.products, layer.precision.total
    if first == last:
        total = layer.compute(value.values.to(first), steps.to(first), bias.to(first))
    else:
        total = layer.compute(value.values, steps.to(first), None)
    if total.device.type != "cpu":
        total = total.round_()  # fast algorithms leave the integers by less than a half
    if first != last:
        total = total.to(last).add_(bias.to(last).view(shape))
    return Sums(total, (value.grid.scale * scale).view(shape))
