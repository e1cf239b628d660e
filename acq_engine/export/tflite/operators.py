"""What stands between layers in a .tflite file: sums, means, changes of grid, borders, and the image's quantizer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from acq_engine.export.tflite.flat import FlatModel, Quantization
from acq_engine.export.tflite.values import LOWEST, NO_BORDER, Border, Codes, Joined, Mean, Sum, place_of, refused
from acq_engine.quantization.integer import Grid

SMALLEST_SUM_RATIO, LARGEST_SUM_RATIO = 2.0**-10, 2.0**8  # input to output scale; XNNPACK leaves others to slower code
SMALLEST_PRODUCT_RATIO = 2.0**-16  # of a product, the same


def quantized_tensor(
    model: FlatModel, name: str, code: str, inputs: Sequence[int], shape: Sequence[int], grid: Grid, options: str,
    *, clips: bool, scale: float | None = None, **values: Any,
) -> Codes:
    """An operator whose result lies on `grid`, clipped at both ends.

    Args:
        model: The file.
        name: Of the result.
        code: The operator.
        inputs: Its tensors.
        shape: The result's.
        grid: The result's.
        options: See FlatModel.operator.
        clips: Whether the operator can have a ReLU; it gets one where that is the clip below.
        scale: The file's own; None: the grid's.
        values: Of the operator's options.
    """
    place = place_of(grid)
    if clips:
        values["fusedActivationFunction"] = int(place.relu)  # 1 is RELU
    made = Codes(-1, grid, place.zero_point, float(grid.scale) if scale is None else scale)
    made = replace(made, tensor=model.operator(
        code, inputs, model.tensor(name, shape, "int8", made.quantization), options, **values))
    if place.floor is None or (clips and place.relu):
        return made
    # Moved to the lower end of int8, which clips there as the upper end did before.
    return times_one(model, made, replace(made, zero_point=LOWEST - int(grid.low)), f"{name}/clipped")


def times_one(model: FlatModel, source: Codes, wanted: Codes, name: str) -> Codes:
    """The same integers under another scale or zero point of the file: an exact product with 1."""
    shape = model.shape(source.tensor)
    one = model.constant(f"{name}/one", np.ones([1] * len(shape), np.int8),
                         Quantization((float(np.float32(wanted.scale / source.scale)),)))
    made = model.tensor(name, shape, "int8", wanted.quantization)
    return replace(wanted, tensor=model.operator(
        "MUL", [source.tensor, one], made, "Mul", fusedActivationFunction=0))


def image_codes(model: FlatModel, image: int, grid: Grid) -> Codes:
    """The image on its grid. Divided first: the runtime's own quantizer would multiply by the inverse, and round
    otherwise where a value lies between two codes. A step is worth 1 in the file then, see `layer_codes`."""
    shape = model.shape(image)
    scale = model.constant("input/scale", np.asarray(float(grid.scale), np.float32))
    steps = model.operator("DIV", [image, scale], model.tensor("input/steps", shape, "float32"), "Div",
                           fusedActivationFunction=0)
    return quantized_tensor(model, "input", "QUANTIZE", [steps], shape, grid, "Quantize",
                            clips=False, scale=1.0)


def in_units(model: FlatModel, source: Codes, name: str) -> Codes:
    """A tensor whose scale in the file is its grid's, as operators of several tensors need it."""
    scale = float(source.grid.scale)
    return source if source.scale == scale else times_one(model, source, replace(source, scale=scale), f"{name}/units")


def requantized(model: FlatModel, source: Codes, grid: Grid, name: str) -> Codes:
    """The same tensor on another grid: a product with 1, whose factor is float32.

    (The runtime's own change of grid has a factor of 16 bits.) The factor is chosen so that each of the codes, at most
    256, is rounded as the student rounds it.

    Raises:
        ExportError: there is no such factor.
    """
    source = in_units(model, source, name)
    if _alike(source.grid, grid):
        return replace(source, grid=grid)
    steps = np.arange(int(source.grid.low), int(source.grid.high) + 1, dtype=np.float32)
    old, new = np.float32(source.scale), np.float32(float(grid.scale))
    factor = _factor(steps, old, new, steps * old / new, grid, np.float32(1.0), name)
    shape = model.shape(source.tensor)
    one = model.constant(f"{name}/one", np.ones([1] * len(shape), np.int8), Quantization((float(factor),)))
    return quantized_tensor(model, name, "MUL", [source.tensor, one], shape, grid, "Mul", clips=True)


def _alike(one: Grid, other: Grid) -> bool:
    return float(one.scale) == float(other.scale) and (one.low, one.high) == (other.low, other.high)


def sum_codes(model: FlatModel, value: Sum, grid: Grid) -> Codes:
    """A sum on a grid. The runtime adds with factors of 21 bits and rounds half up: see `LitertExecutor`.

    Raises:
        ExportError: the scales are too different for that.
    """
    left, right = (in_units(model, one, value.name) for one in (value.left, value.right))
    for one in (left, right):
        ratio = float(np.float32(one.scale) / np.float32(float(grid.scale)))
        if not SMALLEST_SUM_RATIO <= ratio < LARGEST_SUM_RATIO:
            raise refused(f"The sum at {value.name} can't be written as tflite.",
                          f"The scale of an input is {ratio:.3g} times that of the sum.")
    shapes = [model.shape(one.tensor) for one in (left, right)]
    if len(shapes[0]) != len(shapes[1]):
        raise refused(f"The sum at {value.name} can't be written as tflite.", "Its inputs have different dimensions.")
    return quantized_tensor(
        model, value.name, "ADD", [left.tensor, right.tensor], np.broadcast_shapes(*shapes), grid, "Add", clips=True)


def mean_codes(model: FlatModel, value: Mean, grid: Grid, name: str) -> Codes:
    """The mean over height and width, on a grid: a depthwise convolution with ones.

    (The runtime's own mean rounds the factor otherwise.) The factor is chosen so that every sum that there can be is
    rounded as the student rounds it.

    Raises:
        ExportError: there is no such factor.
    """
    source = in_units(model, value.source, name)
    _, height, width, channels = model.shape(source.tensor)
    count = np.float32(height * width)
    old, new = np.float32(source.scale), np.float32(float(grid.scale))
    least, most = (int(end) * height * width for end in (source.grid.low, source.grid.high))
    sums = np.arange(least, most + 1).astype(np.float32)
    weight = _factor(sums, old, new, sums * (old / (new * count)), grid, 1 / count, name)
    ones = model.constant(f"{name}/ones", np.ones((1, height, width, channels), np.int8),
                          Quantization((float(weight),)))
    zeros = model.constant(f"{name}/zeros", np.zeros(channels, np.int32),
                           Quantization((float(old * weight),)))
    return quantized_tensor(
        model, name, "DEPTHWISE_CONV_2D", [source.tensor, ones, zeros], (1, 1, 1, channels), grid, "DepthwiseConv2D",
        clips=True, padding=1, strideH=1, strideW=1, depthMultiplier=1, dilationHFactor=1, dilationWFactor=1)


def _factor(
    steps: NDArray[np.float32], old: np.float32, new: np.float32, wanted: NDArray[np.float32], grid: Grid,
    near: np.float32, name: str,
) -> np.float32:
    """The scale of a constant 1 with which all `steps` of scale `old` become what `wanted` is rounded to.

    Raises:
        ExportError: none of those near `near` is one, or XNNPACK would leave it to slower code.
    """
    target = np.rint(wanted).clip(grid.low, grid.high)
    for offset in (0, 1, -1, 2, -2, 3, -3, 4, -4):
        factor = np.float32(near * np.float32(1.0 + offset * 2.0**-23))
        ratio = np.float32(np.float32(old * factor) / new)
        if np.array_equal(np.rint(steps * ratio).clip(grid.low, grid.high), target):
            if SMALLEST_PRODUCT_RATIO <= float(ratio) < LARGEST_SUM_RATIO:
                return factor
            raise refused(f"The change of grid at {name} can't be written as tflite.",
                          f"The ratio of the scales is {float(ratio):.3g}.")
    raise refused(f"The change of grid at {name} can't be written exactly as tflite.")


def joined_codes(model: FlatModel, value: Joined, grid: Grid) -> Codes:
    """Tensors side by side, each brought onto the grid first: rounding is the same before and after."""
    parts = [requantized(model, part, grid, f"{value.name}/{number}") for number, part in enumerate(value.parts)]
    first = parts[0]
    parts = [part if part.zero_point == first.zero_point else times_one(
        model, part, replace(part, zero_point=first.zero_point), f"{value.name}/{number}/moved")
        for number, part in enumerate(parts)]
    shape = list(model.shape(first.tensor))
    shape[value.dimension] = sum(model.shape(part.tensor)[value.dimension] for part in parts)
    made = model.tensor(value.name, shape, "int8", first.quantization)
    model.operator("CONCATENATION", [part.tensor for part in parts], made, "Concatenation", axis=value.dimension,
                   fusedActivationFunction=0)
    return replace(first, tensor=made)


def padded(model: FlatModel, tensor: int, border: Border, channels: tuple[int, int] = (0, 0)) -> int:
    """A tensor (batch, height, width, channels) with zeros around it."""
    if border == NO_BORDER and channels == (0, 0):
        return tensor
    sides = np.asarray([(0, 0), border[:2], border[2:], channels], np.int32)
    shape = [side + int(sum(more)) for side, more in zip(model.shape(tensor), sides, strict=True)]
    kind = model.quantization(tensor)
    made = model.tensor("padded", shape, "float32" if kind is None else "int8", kind)
    return model.operator("PAD", [tensor, model.constant("border", sides)], made, "Pad")
