"""From the student's graph to the graph of a .tflite file: integers between quantizers, float logits (OURS).

The network is walked once. Layers, sums, means and joins are kept until the quantizer behind them says on which grid
their result lies; then each becomes one integer operator. What has no exact form in integers is refused, before
anything is written, with its place in the network.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from torch import fx

from acq_engine.errors import ExportError
from acq_engine.export.tflite import operators
from acq_engine.export.tflite.flat import FlatModel
from acq_engine.export.tflite.layers import input_grid, layer_codes, layer_logits
from acq_engine.export.tflite.values import (
    LOWEST,
    NO_BORDER,
    Codes,
    Image,
    Joined,
    LayerSums,
    Logits,
    Mean,
    Sum,
    Value,
    refused,
)
from acq_engine.models.operators import names
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.graph_ops import argument, module_path, op_name
from acq_engine.quantization.integer import Grid, grid_of
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel

INPUT_NAME, OUTPUT_NAME = "image", "logits"
_UNMOVED = names(student=("erased",)) | {"contiguous", "clone", "alias", "detach"}
_RESHAPES = frozenset({"flatten", "view", "reshape", "_unsafe_view"})
OPERATORS = _UNMOVED | _RESHAPES | {
    "add", "cat", "adaptive_avg_pool2d", "max_pool2d", "slice", "pad", "constant_pad_nd"}
"""What is written besides layers and quantizers (`acq_engine.models.operators` says the same)."""

_ON_SIZES = frozenset({operator.getitem, operator.add, operator.sub, operator.mul, operator.floordiv, operator.neg})


def flat_network(student: QuantizedModel, input_shape: tuple[int, int, int]) -> tuple[FlatModel, int, int]:
    """The student as a graph of the format.

    Args:
        student: In mode "quantized"; it is only read.
        input_shape: Channels, height, width.

    Returns:
        The graph, and the numbers of its input (B, H, W, C), normalised, and its output (B, classes), both float32.

    Raises:
        ExportError: something has no exact form in this format.
    """
    channels, height, width = input_shape
    model = FlatModel()
    image = model.tensor(INPUT_NAME, (1, height, width, channels), "float32")
    return model, image, _Writer(student.logits_network(), model, image).written()


class _Writer(fx.Interpreter):
    """Runs the network on values that stand for what is written; each operator adds to the file."""

    def __init__(self, network: fx.GraphModule, model: FlatModel, image: int) -> None:
        super().__init__(network)
        self._model, self._image = model, image
        self._node: fx.Node | None = None
        self._known: dict[str, Callable[..., Value]] = {
            "add": self._sum, "cat": self._joined, "adaptive_avg_pool2d": self._mean, "max_pool2d": self._largest,
            "pad": self._border, "constant_pad_nd": self._border, "slice": self._part,
            **dict.fromkeys(_UNMOVED, self._unmoved), **dict.fromkeys(_RESHAPES, self._reshaped),
        }

    def written(self) -> int:
        """Write all; returns the number of the output."""
        self.extra_traceback = False
        found = self.run(Image(self._image))
        if isinstance(found, list | tuple):
            found = found[0]
        logits = self._logits(found)
        if len(self._model.shape(logits)) != 2:
            raise refused("The output of the model is not one row of class scores, as tflite is written here.")
        return logits

    # --- fx ---------------------------------------------------------------------------------------

    def run_node(self, n: fx.Node) -> Any:
        self._node = n
        return super().run_node(n)

    def get_attr(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        raise self._refused("It is a tensor that is no layer's weight.")

    def call_module(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Value:
        module = self.fetch_attr(target)
        if isinstance(module, ActivationQuantizer):
            return self._quantized(args[0], grid_of(module), module.name)
        assert isinstance(module, QuantizedLayer)
        input_grid(module)
        if not isinstance(args[0], Codes):
            raise self._refused("Its input is not quantized.")
        return LayerSums(module, args[0])

    def call_function(self, target: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        assert self._node is not None
        if target in _ON_SIZES and not any(isinstance(value, Value) for value in args):
            return target(*args)
        name = op_name(self._node)
        if name == "sym_size":
            return self._shape(args[0])[args[1]]
        known = self._known.get(name)
        if known is None:
            raise self._refused("The format has no form of it that is exact in integers.")
        try:
            return known(*args, **kwargs)
        except TypeError as error:  # arguments that none of the forms here has
            raise self._refused("The format has no form of it with these arguments.") from error

    def _refused(self, cause: str) -> ExportError:
        """The error for the operator that is looked at."""
        assert self._node is not None
        name, place = op_name(self._node) or str(self._node.target), module_path(self._node)
        what = f"The operator {name} can't be written as tflite." if not place else (
            f"The operator {name} in {place} can't be written as tflite.")
        return refused(what, cause, "Export it as onnx, or quantize another architecture.")

    # --- quantizers and logits ----------------------------------------------------------------------

    def _quantized(self, value: Any, grid: Grid, name: str) -> Codes:
        grid = replace(grid, scale=grid.scale.cpu())
        match value:
            case Image():
                return operators.image_codes(self._model, value.tensor, grid)
            case LayerSums():
                return layer_codes(self._model, value.layer, value.source, grid)
            case Sum():
                return operators.sum_codes(self._model, value, grid)
            case Mean():
                return operators.mean_codes(self._model, value, grid, name)
            case Joined():
                return operators.joined_codes(self._model, value, grid)
            case Codes():
                return operators.requantized(self._model, self._settled(value), grid, name)
            case _:
                raise self._refused("It quantizes a float tensor.")

    def _logits(self, value: Any) -> int:
        if isinstance(value, LayerSums):
            return layer_logits(self._model, value.layer, value.source)
        if isinstance(value, Logits):
            return value.tensor
        if isinstance(value, Codes):
            source = operators.in_units(self._model, self._settled(value), OUTPUT_NAME)
            made = self._model.tensor(f"{OUTPUT_NAME}/scores", self._model.shape(source.tensor), "float32")
            return self._model.operator("DEQUANTIZE", [source.tensor], made, "Dequantize")
        raise refused("The format tflite is written for networks whose last layer gives the class scores.",
                      "Something else than reshaping follows it.")

    def _settled(self, value: Codes) -> Codes:
        """With its border written."""
        return replace(value, tensor=operators.padded(self._model, value.tensor, value.border), border=NO_BORDER)

    def _codes(self, value: Any) -> Codes:
        if not isinstance(value, Codes):
            raise self._refused("Its input is not quantized.")
        return self._settled(value)

    def _shape(self, value: Any) -> tuple[int, ...]:
        """As torch has it, with 1 for the batch."""
        if isinstance(value, Codes | Logits | Image):
            shape = self._model.shape(self._settled(value).tensor if isinstance(value, Codes) else value.tensor)
            return (shape[0], shape[3], shape[1], shape[2]) if len(shape) == 4 else shape
        raise self._refused("Its input is not quantized.")

    # --- operators ------------------------------------------------------------------------------------

    def _sum(self, left: Any, right: Any, alpha: float = 1) -> Value:
        if alpha != 1 or not isinstance(left, Codes) or not isinstance(right, Codes):
            raise self._refused("Its input is not quantized.")
        return Sum(self._settled(left), self._settled(right), self._name("sum"))

    def _joined(self, parts: Any, dim: int = 0) -> Value:
        found = tuple(self._codes(part) for part in parts)
        sides = len(self._model.shape(found[0].tensor))
        dimension = {4: (0, 3, 1, 2), 2: (0, 1)}[sides][dim]
        return Joined(found, dimension, self._name("join"))

    def _mean(self, value: Any, output_size: Any) -> Value:
        if list(output_size) == list(self._shape(value)[2:]):
            return self._codes(value)
        if list(output_size) != [1, 1]:
            raise self._refused("Only the average of a whole image has an exact form.")
        return Mean(self._codes(value))

    def _largest(
        self, value: Any, kernel_size: Any, stride: Any = (), padding: Any = 0, dilation: Any = 1,
        ceil_mode: bool = False,
    ) -> Value:
        source = self._codes(value)
        kernel, border = _pair(kernel_size), _pair(padding)
        step = _pair(stride) if stride else kernel
        if ceil_mode or _pair(dilation) != (1, 1):
            raise self._refused("Dilation and ceil_mode have no form in it.")
        around = (border[0], border[0], border[1], border[1])
        tensor = self._below(source, around)
        batch, height, width, channels = self._model.shape(tensor)
        shape = (batch, (height - kernel[0]) // step[0] + 1, (width - kernel[1]) // step[1] + 1, channels)
        made = self._model.tensor(self._name("maximum"), shape, "int8", source.quantization)
        self._model.operator(
            "MAX_POOL_2D", [tensor], made, "Pool2D", padding=1, strideH=step[0], strideW=step[1],
            filterHeight=kernel[0], filterWidth=kernel[1], fusedActivationFunction=0)
        return replace(source, tensor=made)

    def _below(self, source: Codes, border: tuple[int, int, int, int]) -> int:
        """With a border that no value is below."""
        if source.grid.low == 0 or border == NO_BORDER:
            return operators.padded(self._model, source.tensor, border)
        sides = np.asarray([(0, 0), border[:2], border[2:], (0, 0)], np.int32)
        shape = [side + int(sum(more)) for side, more in zip(self._model.shape(source.tensor), sides, strict=True)]
        least = self._model.constant("lowest", np.asarray([LOWEST], np.int8), source.quantization)
        made = self._model.tensor("padded", shape, "int8", source.quantization)
        return self._model.operator(
            "PADV2", [source.tensor, self._model.constant("border", sides), least], made, "PadV2")

    def _border(self, value: Any, pad: Any, *given: Any, **named: Any) -> Value:
        """Zeros around an image, or before and behind its channels."""
        assert self._node is not None
        mode = argument(self._node, "mode") if op_name(self._node) == "pad" else "constant"
        sides = [int(side) for side in pad]
        if not isinstance(value, Codes) or mode != "constant" or argument(self._node, "value") or min(sides) < 0:
            raise self._refused("Only padding with zeros has an exact form.")
        sides += [0] * (8 - len(sides))
        if len(self._model.shape(value.tensor)) != 4 or any(sides[6:]):
            raise self._refused("Only images are padded.")
        border = (value.border[0] + sides[2], value.border[1] + sides[3],
                  value.border[2] + sides[0], value.border[3] + sides[1])
        if not any(sides[4:6]):
            return replace(value, border=border)
        tensor = operators.padded(self._model, value.tensor, border, (sides[4], sides[5]))
        return replace(value, tensor=tensor, border=NO_BORDER)

    def _part(
        self, value: Any, dim: int = 0, start: int | None = None, end: int | None = None, step: int = 1
    ) -> Value:
        """Every `step`-th row, column or channel of a part."""
        source = self._codes(value)
        shape = list(self._model.shape(source.tensor))
        if dim == 0 and not start and (end is None or end > 2**31) and step == 1:
            return source  # all images
        if len(shape) != 4 or dim % 4 == 0:
            raise self._refused("Only parts of rows, columns and channels have a form in it.")
        axis = (0, 3, 1, 2)[dim % 4]
        first, last, _ = slice(start, end).indices(shape[axis])
        wanted = [len(range(first, last, step)) if place == axis else side for place, side in enumerate(shape)]
        if wanted == shape:
            return source
        ends = [(0, 0, 1)] + [(first, last, step) if place == axis else (0, side, 1)
                              for place, side in enumerate(shape[1:], start=1)]
        made = self._model.tensor(self._name("part"), wanted, "int8", source.quantization)
        given = [self._model.constant(self._name(what), np.asarray(numbers, np.int32))
                 for what, numbers in zip(("start", "end", "step"), zip(*ends, strict=True), strict=True)]
        self._model.operator("STRIDED_SLICE", [source.tensor, *given], made, "StridedSlice", beginMask=1, endMask=1)
        return replace(source, tensor=made)

    def _unmoved(self, value: Any, *_args: Any, **_named: Any) -> Value:
        found: Value = value
        return found

    def _reshaped(self, value: Any, *args: Any, **_named: Any) -> Value:
        """Everything behind the batch in one row, in torch's order; any other shape is refused."""
        if isinstance(value, LayerSums):
            value = Logits(self._logits(value))
        source = value if isinstance(value, Logits) else self._codes(value)
        shape = self._shape(source)
        wanted = self._wanted(shape, args)
        if wanted == shape:
            return source
        if len(wanted) != 2 or wanted[0] != 1:
            raise self._refused(
                f"It turns the shape {shape[1:]} into {wanted[1:]}; only one row for each image has a form.")
        tensor, kind = source.tensor, "int8" if isinstance(source, Codes) else "float32"
        quantization = source.quantization if isinstance(source, Codes) else None
        if len(shape) == 4 and shape[2] * shape[3] > 1 and shape[1] > 1:
            order = self._model.constant("channels_first", np.asarray([0, 3, 1, 2], np.int32))
            moved = self._model.tensor(self._name("channels_first"), shape, kind, quantization)
            tensor = self._model.operator("TRANSPOSE", [tensor, order], moved, "Transpose")
        made = self._model.tensor(self._name("row"), wanted, kind, quantization)
        target = np.asarray([-1, wanted[1]], np.int32)
        self._model.operator("RESHAPE", [tensor, self._model.constant("row_shape", target)], made, "Reshape",
                             newShape=target)
        return replace(source, tensor=made)

    def _wanted(self, shape: tuple[int, ...], args: tuple[Any, ...]) -> tuple[int, ...]:
        """The shape that is asked for, with 1 for the batch."""
        assert self._node is not None
        if op_name(self._node) == "flatten":
            first = args[0] if args else 0
            last = args[1] if len(args) > 1 else -1
            start, end = first % len(shape), last % len(shape)
            return (*shape[:start], int(np.prod(shape[start:end + 1])), *shape[end + 1:])
        given = [int(side) for side in args[0]]
        rest = int(np.prod([side for side in given if side != -1]))
        return tuple(int(np.prod(shape)) // rest if side == -1 else side for side in given)

    def _name(self, what: str) -> str:
        assert self._node is not None
        return f"{module_path(self._node) or 'model'}/{what}"


def _pair(value: Any) -> tuple[int, int]:
    values = [int(part) for part in value] if isinstance(value, list | tuple) else [int(value)]
    return values[0], values[-1]


