"""ONNX's operators that move values, or compute with shapes, with torch's."""

from __future__ import annotations

import math
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.models.onnx_call import Call, Compute, plain


def _flatten(call: Call) -> Tensor:
    x, axis = call.tensor(0), call.get("axis", 1)
    if axis % x.dim() == 1:
        return x.flatten(1)
    raise call.refusal("it joins the batch with other axes")


def _reshape(call: Call) -> Any:
    x, shape = call.input(0), call.numbers(1, "shape")
    if not isinstance(x, Tensor):
        return x if isinstance(x, list) or shape == [] else [x]
    if shape is None:
        raise call.refusal("its shape is missing")
    if not call.get("allowzero", 0):
        shape = [x.shape[axis] if isinstance(size, int) and size == 0 else size for axis, size in enumerate(shape)]
    count = call.image.shape[0]
    if shape and x.dim() and not isinstance(x, nn.Parameter) and _is_batch(shape, x, call.batch):
        shape[0] = count
    if len(shape) == 2 and shape[0] is count and x.dim() > 2:
        return x.flatten(1)
    return x.reshape(shape)


def _is_batch(shape: list[Any], x: Tensor, batch: int | None) -> bool:
    """A file for one batch size has that number written into its shapes, or -1 where the batch is."""
    if not isinstance(shape[0], int):
        return False
    if shape[0] != -1:
        return shape[0] == batch
    inner = [size for size in shape[1:] if isinstance(size, int) and size > 0]
    return len(inner) == len(shape) - 1 and math.prod(inner) == math.prod(int(size) for size in x.shape[1:])


def _axis_numbers(call: Call) -> list[int]:
    return [int(axis) for axis in call.numbers(1, "axes") or []]


def _squeeze(call: Call) -> Any:
    x, axes = call.input(0), _axis_numbers(call)
    if isinstance(x, list):
        return x[0]
    if not isinstance(x, Tensor):
        return x
    axes = axes or [axis for axis, size in enumerate(x.shape) if axis and size == 1]
    for axis in sorted((axis % x.dim() for axis in axes), reverse=True):
        x = x.squeeze(axis)
    return x


def _unsqueeze(call: Call) -> Any:
    x, axes = call.input(0), _axis_numbers(call)
    if not isinstance(x, Tensor):
        return x if isinstance(x, list) else [x]
    total = x.dim() + len(axes)
    for axis in sorted(axis % total for axis in axes):
        x = x.unsqueeze(axis)
    return x


def _concat(call: Call) -> Any:
    if any(isinstance(value, Tensor) for value in call.inputs):
        return torch.cat([call.tensor(index) for index in range(len(call.inputs))], call.get("axis", 0))
    return [item for value in call.inputs for item in (value if isinstance(value, list) else [value])]


def _slice(call: Call) -> Any:
    x = call.input(0)
    starts, ends = call.numbers(1, "starts") or [], call.numbers(2, "ends") or []
    axes = call.numbers(3, "axes") or list(range(len(starts)))
    steps = call.numbers(4) or [1] * len(starts)
    if isinstance(x, list):
        return x[starts[0] : ends[0] : steps[0]]
    for axis, start, end, step in zip(axes, starts, ends, steps, strict=True):
        if step < 1:
            raise call.refusal("it goes backwards")
        index: list[Any] = [slice(None)] * x.dim()
        index[axis] = slice(start, None if end > 1 << 40 else end, step)
        x = x[tuple(index)]
    return x


def _gather(call: Call) -> Any:
    x, axis, wanted = call.input(0), call.get("axis", 0), call.input(1)
    if isinstance(x, list):
        return [x[index] for index in wanted] if isinstance(wanted, list) else x[wanted]
    if isinstance(wanted, int):
        return x.select(axis, wanted)
    if isinstance(wanted, list):
        return x.index_select(axis, torch.tensor(wanted))
    raise call.refusal("its indices are computed")


def _split(call: Call) -> Any:
    x, axis, sizes = call.tensor(0), call.get("axis", 0), call.numbers(1, "split")
    if sizes is None:
        sizes = [-(-int(x.shape[axis]) // call.outputs)] * call.outputs
        sizes[-1] = int(x.shape[axis]) - sum(sizes[:-1])
    return tuple(x.split([int(size) for size in sizes], axis))


def _pad(call: Call) -> Tensor:
    x, pads = call.tensor(0), call.numbers(1, "pads") or []
    mode = call.get("mode", "constant")
    axes = call.numbers(3) or list(range(len(pads) // 2))
    value = call.input(2)
    value = call.get("value", 0.0) if value is None else float(plain(value))
    before, after = [0] * x.dim(), [0] * x.dim()
    for place, axis in enumerate(axes):
        before[axis % x.dim()], after[axis % x.dim()] = pads[place], pads[place + len(axes)]
    sides = [side for axis in reversed(range(x.dim())) for side in (before[axis], after[axis])]
    while len(sides) > 2 and sides[-2:] == [0, 0]:
        sides = sides[:-2]
    if mode == "constant":
        return F.pad(x, sides, value=value)
    if mode not in ("reflect", "edge") or len(sides) != 4:
        raise call.refusal(f"padding by {mode}")
    return F.pad(x, sides, mode="reflect" if mode == "reflect" else "replicate")


def _constant(call: Call) -> Any:
    for name in ("value", "value_ints", "value_int"):
        if name in call.attributes:
            return call.attributes[name]
    for name in ("value_float", "value_floats"):
        if name in call.attributes:
            return torch.tensor(call.attributes[name], dtype=torch.float32)
    raise call.refusal("a constant that is no number")


def _constant_of_shape(call: Call) -> Any:
    shape, value = call.numbers(0) or [], call.get("value", torch.zeros(1))
    filled = value[0] if isinstance(value, list) else float(value)
    if len(shape) == 1 and isinstance(filled, int):
        return [filled] * shape[0]
    return torch.full([int(size) for size in shape], filled)


def _cast(call: Call) -> Any:
    x, kind = call.input(0), call.get("to", 1)
    if not isinstance(x, Tensor):
        convert = float if kind in (1, 10, 11, 16) else int
        return [convert(number) for number in x] if isinstance(x, list) else convert(x)
    if kind in (1, 10, 11, 16):
        return x.float()
    if kind in (6, 7) and x.dim() <= 1:
        return [int(number) for number in x.flatten().tolist()] if x.dim() else int(x)
    raise call.refusal("to a type that is no float")


def _shape(call: Call) -> Any:
    sizes = list(call.tensor(0).shape)
    return sizes[call.get("start", 0) : call.get("end", None)]


def _resize(call: Call) -> Tensor:
    x, mode = call.tensor(0), call.get("mode", "nearest")
    sizes, scales = call.numbers(3), call.input(2) if call.operator == "Resize" else call.input(1)
    factors: list[float]
    if sizes:
        factors = [int(size) / int(old) for size, old in zip(sizes[2:], x.shape[2:], strict=True)]
    else:
        values = scales.tolist() if isinstance(scales, Tensor) else scales
        factors = [float(value) for value in values[-2:]]
    half = call.get("coordinate_transformation_mode", "half_pixel")
    if mode == "nearest" and all(factor == int(factor) and factor >= 1 for factor in factors):
        return F.interpolate(x, scale_factor=factors, mode="nearest")
    if mode == "linear" and half in ("half_pixel", "pytorch_half_pixel", "align_corners"):
        size = [round(int(old) * factor) for old, factor in zip(x.shape[2:], factors, strict=True)]
        return F.interpolate(x, size, mode="bilinear", align_corners=half == "align_corners")
    raise call.refusal(f"{mode} by {factors}")


def _expand(call: Call) -> Any:
    x, shape = call.input(0), call.numbers(1) or []
    if not isinstance(x, Tensor):
        return x
    return x.expand(torch.broadcast_shapes(tuple(x.shape), tuple(shape)))


def _transpose(call: Call) -> Any:
    x = call.input(0)
    if not isinstance(x, Tensor):
        return x
    axes = call.get("perm", None) or list(reversed(range(x.dim())))
    return x if list(axes) == list(range(x.dim())) else x.permute(axes)


SHAPES: dict[str, Compute] = {
    "Flatten": _flatten, "Reshape": _reshape, "Squeeze": _squeeze, "Unsqueeze": _unsqueeze, "Concat": _concat,
    "Slice": _slice, "Gather": _gather, "Split": _split, "Pad": _pad, "Transpose": _transpose, "Expand": _expand,
    "Constant": _constant, "ConstantOfShape": _constant_of_shape, "Cast": _cast, "Shape": _shape, "Resize": _resize,
    "Upsample": _resize, "Identity": lambda call: call.input(0), "Dropout": lambda call: call.input(0),
}
