"""Layers in a .tflite file: in integers where a quantizer follows, and the last one, whose outputs are the logits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from acq_engine.export.tflite.flat import FlatModel, Quantization
from acq_engine.export.tflite.operators import padded, quantized_tensor, times_one
from acq_engine.export.tflite.values import HIGHEST, LOWEST, NO_BORDER, Border, Codes, refused
from acq_engine.quantization.integer import EXACT_IN_FLOAT32, Grid, exact_precision, grid_of
from acq_engine.quantization.layers import QuantizedConv2d, QuantizedLayer

SAME, VALID = 0, 1
LARGEST_RATIO = 256.0  # of one step of a sum to one of the result, in XNNPACK


@dataclass(frozen=True)
class _Form:
    """A layer as the format has it."""

    code: str
    options: str
    values: dict[str, Any]
    weights: NDArray[np.int8]
    dimension: int  # of the output channels
    border: Border  # that has to be written in front
    shape: tuple[int, ...]  # of the result


def layer_codes(model: FlatModel, layer: QuantizedLayer, source: Codes, grid: Grid) -> Codes:
    """A layer between quantizers: int32 sums, one float32 factor for each channel, rounded half to even.

    Raises:
        ExportError: its weights don't fit into int8, or its steps are too fine.
    """
    scale, _ = (value.detach().cpu() for value in layer.weight_quantizer.parameters_for(layer.weight))
    # Where the file's own scale is 1, the weights' scales carry the input's: the same product, rounded once.
    sums = source.grid.scale.cpu() * scale
    weights = scale if source.scale == float(source.grid.scale) else sums
    if float((sums / grid.scale.cpu()).max()) >= LARGEST_RATIO:
        raise refused(f"The layer {layer.name} can't be written as tflite.",
                      "One step of its sums is worth more than 256 steps of its result.")
    form = _form(model, layer, source)
    worth = Quantization(_floats(layer, weights), 0, form.dimension)
    made = model.constant(f"{layer.name}/weight", form.weights, worth)
    bias = model.constant(f"{layer.name}/bias", _bias(layer, scale), Quantization(_floats(layer, sums)))
    return quantized_tensor(
        model, layer.name, form.code, [padded(model, source.tensor, form.border), made, bias], form.shape, grid,
        form.options, clips=True, **form.values)


def layer_logits(model: FlatModel, layer: QuantizedLayer, source: Codes) -> int:
    """The last layer: its sums exactly, times the scale of each class, in float.

    The operators of the format that end in float round their input anew. So the integers go through a float layer,
    which adds them up exactly as long as no sum leaves what float32 holds exactly.

    Returns:
        The tensor's number.

    Raises:
        ExportError: a sum could be too large for that.
    """
    scale, _ = (value.detach().cpu() for value in layer.weight_quantizer.parameters_for(layer.weight))
    steps, bias = layer.weight_quantizer.codes(layer.weight).cpu(), torch.from_numpy(_bias(layer, scale)).double()
    grid = Grid(source.grid.scale.cpu(), source.grid.zero_point, source.grid.low, source.grid.high)
    precision = exact_precision(steps, bias, grid)
    if precision.products != torch.float32 or float(bias.abs().max()) >= EXACT_IN_FLOAT32:
        raise refused(
            f"The logits of {layer.name} can't be computed exactly in the format tflite.",
            "Its sums can exceed 16,777,216, the largest range of integers in float32.",
            "Quantize with fewer bits in the first and last layers, or export it as onnx.")
    form = _form(model, layer, source)
    ones = source if source.scale == 1.0 else times_one(
        model, source, replace(source, scale=1.0), f"{layer.name}/steps")
    values = model.operator("DEQUANTIZE", [ones.tensor], model.tensor(
        f"{layer.name}/integers", model.shape(source.tensor), "float32"), "Dequantize")
    packed = model.constant(f"{layer.name}/weight", form.weights, Quantization((1.0,)))
    weights = model.operator("DEQUANTIZE", [packed], model.fixed(
        f"{layer.name}/weight_integers", form.weights.shape, "float32"), "Dequantize")
    inside = precision.total == torch.float32
    floats = bias.float().numpy()
    added = model.constant(f"{layer.name}/bias", floats if inside else np.zeros_like(floats))
    sums = model.operator(form.code, [padded(model, values, form.border), weights, added], model.tensor(
        f"{layer.name}/sums", form.shape, "float32"), form.options, fusedActivationFunction=0, **form.values)
    if not inside:  # the bias apart: then exactly one step is rounded
        sums = model.operator("ADD", [sums, model.constant(f"{layer.name}/large_bias", floats)], model.tensor(
            f"{layer.name}/total", form.shape, "float32"), "Add", fusedActivationFunction=0)
    worth = model.constant(f"{layer.name}/scale", (grid.scale * scale).numpy())
    return model.operator("MUL", [sums, worth], model.tensor(
        f"{layer.name}/scores", form.shape, "float32"), "Mul", fusedActivationFunction=0)


def _floats(layer: QuantizedLayer, scales: torch.Tensor) -> tuple[float, ...]:
    """(channels,) as the file has them: one, where the layer has only one."""
    return tuple(scales[:1 if layer.weight_quantizer.per_tensor else None].float().tolist())


def _bias(layer: QuantizedLayer, scale: torch.Tensor) -> NDArray[np.int32]:
    codes = layer.bias_codes()
    found: NDArray[np.int32] = (torch.zeros_like(scale) if codes is None else codes.cpu()).to(torch.int32).numpy()
    return found


def _form(model: FlatModel, layer: QuantizedLayer, source: Codes) -> _Form:
    steps = layer.weight_quantizer.codes(layer.weight).cpu()
    if float(steps.min()) < LOWEST or float(steps.max()) > HIGHEST:
        raise refused(
            f"The weights of {layer.name} don't fit into int8.", "The run is of an older version.",
            "Quantize the model again, or export it as onnx.")
    weights = steps.to(torch.int8).numpy()
    shape = model.shape(source.tensor)
    if isinstance(layer, QuantizedConv2d):
        return _convolution(layer, weights, shape, source.border)
    if len(shape) != 2:
        raise refused(f"The layer {layer.name} can't be written as tflite.",
                      "It is applied at several places of one image.")
    return _Form("FULLY_CONNECTED", "FullyConnected", {}, weights, 0, NO_BORDER, (1, len(weights)))


def _convolution(layer: QuantizedConv2d, weights: NDArray[np.int8], shape: tuple[int, ...], border: Border) -> _Form:
    _, height, width, channels = shape
    reach = [(side - 1) * step + 1 for side, step in zip(weights.shape[2:], layer.dilation, strict=True)]
    rows, columns = (
        tuple(drawn + own for drawn, own in zip(border[2 * axis:2 * axis + 2], _own_border(layer, axis, reach),
                                                strict=True)) for axis in (0, 1))
    ends = [(before, after, side, wide, step) for (before, after), side, wide, step in zip(
        (rows, columns), (height, width), reach, layer.stride, strict=True)]
    result = [(side + before + after - wide) // step + 1 for before, after, side, wide, step in ends]
    values: dict[str, Any] = {
        "strideH": layer.stride[0], "strideW": layer.stride[1],
        "dilationHFactor": layer.dilation[0], "dilationWFactor": layer.dilation[1], "padding": VALID,
    }
    written: Border = (*rows, *columns)  # type: ignore[assignment]
    if written != NO_BORDER and all(_is_same(*end, count) for end, count in zip(ends, result, strict=True)):
        values["padding"], written = SAME, NO_BORDER
    out = (1, *result, len(weights))
    if layer.groups == channels and channels > 1:
        values["depthMultiplier"] = len(weights) // channels
        # (out, 1, height, width) to (1, height, width, out)
        return _Form("DEPTHWISE_CONV_2D", "DepthwiseConv2D", values, weights.transpose(1, 2, 3, 0), 3, written, out)
    return _Form("CONV_2D", "Conv2D", values, weights.transpose(0, 2, 3, 1), 0, written, out)


def _own_border(layer: QuantizedConv2d, axis: int, reach: list[int]) -> tuple[int, int]:
    if layer.padding == "same":
        return (reach[axis] - 1) // 2, reach[axis] - 1 - (reach[axis] - 1) // 2
    if isinstance(layer.padding, str):
        return 0, 0
    return int(layer.padding[axis]), int(layer.padding[axis])


def _is_same(before: int, after: int, side: int, wide: int, step: int, count: int) -> bool:
    """Whether the format's own padding, which favours the end, is this one."""
    return count == -(-side // step) and max((count - 1) * step + wide - side, 0) // 2 == before


def input_grid(layer: QuantizedLayer) -> Grid:
    """The grid of a layer's input.

    Raises:
        ExportError: it has none: in the paper scheme, input and additions are float.
    """
    if layer.input_quantizer is None:
        raise refused(
            f"The input of {layer.name} is float, and the format tflite holds integers only.",
            "In the paper scheme the image and additions are not quantized.",
            "Quantize with the deployable scheme (--scheme deployable), or export it as onnx.")
    return grid_of(layer.input_quantizer)
