"""ONNX's layers, activations and arithmetic with torch's operators."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from acq_engine.models.onnx_call import Call, Compute, plain


def _pads(call: Call, size: Sequence[int], kernel: Sequence[int]) -> list[int]:
    """(before..., after...) of the spatial axes."""
    mode, count = call.get("auto_pad", "NOTSET"), len(kernel)
    if mode in ("NOTSET", ""):
        return list(call.get("pads", [0] * 2 * count))
    if mode == "VALID":
        return [0] * 2 * count
    strides, dilations = call.get("strides", [1] * count), call.get("dilations", [1] * count)
    before, after = [], []
    for length, side, stride, dilation in zip(size, kernel, strides, dilations, strict=True):
        total = max(0, (math.ceil(int(length) / stride) - 1) * stride + (side - 1) * dilation + 1 - int(length))
        smaller, larger = total // 2, total - total // 2
        before.append(smaller if mode == "SAME_UPPER" else larger)
        after.append(larger if mode == "SAME_UPPER" else smaller)
    return before + after


def _padded(x: Tensor, pads: Sequence[int], value: float = 0.0) -> tuple[Tensor, tuple[int, ...]]:
    """The input, padded where its two sides differ; and the padding that is left to the operator."""
    half = len(pads) // 2
    before, after = tuple(pads[:half]), tuple(pads[half:])
    if before == after:
        return x, before
    sides = [side for pair in reversed(list(zip(before, after, strict=True))) for side in pair]
    return F.pad(x, sides, value=value), (0,) * half


def _conv(call: Call) -> Tensor:
    x, weight, bias = call.tensor(0), call.tensor(1), call.optional(2)
    count = weight.dim() - 2
    if count not in (1, 2):
        raise call.refusal(f"a convolution over {count} dimensions")
    x, padding = _padded(x, _pads(call, x.shape[2:], list(weight.shape[2:])))
    function = F.conv2d if count == 2 else F.conv1d
    return function(x, weight, bias, tuple(call.get("strides", [1] * count)), padding,
                    tuple(call.get("dilations", [1] * count)), call.get("group", 1))


def _conv_transpose(call: Call) -> Tensor:
    x, weight, bias = call.tensor(0), call.tensor(1), call.optional(2)
    if call.get("auto_pad", "NOTSET") not in ("NOTSET", "") or call.get("output_shape", None) or weight.dim() != 4:
        raise call.refusal("its padding follows from a size")
    pads = call.get("pads", [0] * 4)
    if pads[:2] != pads[2:]:
        raise call.refusal("its padding differs from side to side")
    return F.conv_transpose2d(x, weight, bias, tuple(call.get("strides", [1, 1])), tuple(pads[:2]),
                              tuple(call.get("output_padding", [0, 0])), call.get("group", 1),
                              tuple(call.get("dilations", [1, 1])))


def _batch_norm(call: Call) -> Tensor:
    if call.get("training_mode", 0):
        raise call.refusal("it is in training mode; export the model in eval mode")
    scale, bias, mean, variance = (call.tensor(index) for index in (1, 2, 3, 4))
    return F.batch_norm(call.tensor(0), mean, variance, scale, bias, False, 0.0, call.get("epsilon", 1e-5))


def _max_pool(call: Call) -> Tensor:
    x, kernel = call.tensor(0), call.get("kernel_shape", [])
    if len(kernel) != 2 or call.outputs > 1:
        raise call.refusal("it is not over two dimensions, or its indices are used")
    x, padding = _padded(x, _pads(call, x.shape[2:], kernel), -math.inf)
    return F.max_pool2d(x, kernel, call.get("strides", [1, 1]), padding, call.get("dilations", [1, 1]),
                        bool(call.get("ceil_mode", 0)))


def _average_pool(call: Call) -> Tensor:
    x, kernel = call.tensor(0), call.get("kernel_shape", [])
    if len(kernel) != 2 or call.get("dilations", [1, 1]) != [1, 1]:
        raise call.refusal("it is dilated, or not over two dimensions")
    pads, counted = _pads(call, x.shape[2:], kernel), bool(call.get("count_include_pad", 0))
    if pads[:2] != pads[2:] and not counted:
        raise call.refusal("its padding differs from side to side")
    x, padding = _padded(x, pads)
    return F.avg_pool2d(x, kernel, call.get("strides", [1, 1]), padding, bool(call.get("ceil_mode", 0)), counted)


def _gemm(call: Call) -> Tensor:
    x, weight, bias = call.tensor(0), call.tensor(1), call.optional(2)
    if call.get("transA", 0):
        x = x.T
    if not call.get("transB", 0):
        weight = weight.T
    alpha, beta = call.get("alpha", 1.0), call.get("beta", 1.0)
    if alpha != 1.0:
        weight = weight * alpha
    if bias is not None and beta != 1.0:
        bias = bias * beta
    if bias is None or bias.dim() <= 1:
        return F.linear(x, weight.contiguous(), None if bias is None else bias.expand(weight.shape[0]).contiguous())
    return F.linear(x, weight.contiguous()) + bias


def _matmul(call: Call) -> Tensor:
    x, other = call.tensor(0), call.tensor(1)
    if isinstance(other, nn.Parameter) and other.dim() == 2:
        return F.linear(x, other.T.contiguous())
    return torch.matmul(x, other)


def _clip(call: Call) -> Tensor:
    low, high = call.input(1), call.input(2)
    low = call.get("min", None) if low is None else float(plain(low))
    high = call.get("max", None) if high is None else float(plain(high))
    if low is None and high is None:
        return call.tensor(0)
    if low == 0.0 and high == 6.0:
        return F.relu6(call.tensor(0))
    if low == 0.0 and (high is None or high > 3e38):
        return F.relu(call.tensor(0))
    if low is not None and high is not None:
        return F.hardtanh(call.tensor(0), low, high)
    return torch.clamp(call.tensor(0), low, high)


def _prelu(call: Call) -> Tensor:
    slope = call.tensor(1)
    if slope.numel() not in (1, call.tensor(0).shape[1]):
        raise call.refusal("its slopes are neither one nor one for each channel")
    return F.prelu(call.tensor(0), slope.flatten())


def _hard_sigmoid(call: Call) -> Tensor:
    alpha, beta = call.get("alpha", 0.2), call.get("beta", 0.5)
    x = call.tensor(0)
    if math.isclose(alpha, 1 / 6, rel_tol=1e-4) and beta == 0.5:
        return F.hardsigmoid(x)
    return torch.clamp(x * alpha + beta, 0.0, 1.0)


def _gelu(call: Call) -> Tensor:
    return F.gelu(call.tensor(0), approximate=call.get("approximate", "none"))


def _layer_norm(call: Call) -> Tensor:
    x, axis = call.tensor(0), call.get("axis", -1)
    return F.layer_norm(x, list(x.shape[axis % x.dim():]), call.tensor(1), call.optional(2), call.get("epsilon", 1e-5))


def _group_norm(call: Call) -> Tensor:
    return F.group_norm(call.tensor(0), call.get("num_groups", 1), call.tensor(1), call.tensor(2),
                        call.get("epsilon", 1e-5))


def _instance_norm(call: Call) -> Tensor:
    return F.instance_norm(call.tensor(0), weight=call.tensor(1), bias=call.tensor(2), eps=call.get("epsilon", 1e-5))


def _softmax(call: Call) -> Tensor:
    x = call.tensor(0)
    axis = call.get("axis", -1 if call.opset >= 13 else 1)
    # Older opsets take all axes from there on as one.
    if call.opset < 13 and math.prod(x.shape[axis % x.dim() + 1 :]) != 1:
        raise call.refusal("it is over several axes")
    function = F.log_softmax if call.operator == "LogSoftmax" else F.softmax
    return function(x, axis)


def _global_average(call: Call) -> Tensor:
    return F.adaptive_avg_pool2d(call.tensor(0), 1) if call.tensor(0).dim() == 4 else call.tensor(0).mean(-1, True)


def _global_max(call: Call) -> Tensor:
    return F.adaptive_max_pool2d(call.tensor(0), 1)


def _lrn(call: Call) -> Tensor:
    return F.local_response_norm(call.tensor(0), call.get("size", 1), call.get("alpha", 1e-4), call.get("beta", 0.75),
                                 call.get("bias", 1.0))


def _celu(call: Call) -> Tensor:
    return F.celu(call.tensor(0), call.get("alpha", 1.0))


def _sum(call: Call) -> Tensor:
    total = call.tensor(0)
    for index in range(1, len(call.inputs)):
        total = total + call.tensor(index)
    return total


def _arithmetic(function: Callable[[Any, Any], Any]) -> Compute:
    def compute(call: Call) -> Any:
        one, other = call.input(0), call.input(1)
        if isinstance(one, Tensor) or isinstance(other, Tensor):
            return function(plain(one), plain(other))
        if isinstance(one, list) or isinstance(other, list):
            length = max(len(value) if isinstance(value, list) else 1 for value in (one, other))
            first, second = (value * (length // len(value)) if isinstance(value, list) else [value] * length
                             for value in (one, other))
            return [function(a, b) for a, b in zip(first, second, strict=True)]
        return function(one, other)

    return compute


def _divide(one: Any, other: Any) -> Any:
    return one / other if isinstance(one, Tensor) or isinstance(other, Tensor) else one // other


def _unary(function: Callable[[Tensor], Tensor]) -> Compute:
    return lambda call: function(call.tensor(0))


def _reduce(function: Callable[..., Tensor]) -> Compute:
    def compute(call: Call) -> Tensor:
        axes, keep = call.numbers(1, "axes"), bool(call.get("keepdims", 1))
        x = call.tensor(0)
        if not axes:
            if call.get("noop_with_empty_axes", 0):
                return x
            axes = list(range(x.dim()))
        return function(x, axes, keep)

    return compute


LAYERS: dict[str, Compute] = {
    "Conv": _conv, "ConvTranspose": _conv_transpose, "BatchNormalization": _batch_norm, "Gemm": _gemm,
    "MatMul": _matmul, "MaxPool": _max_pool, "AveragePool": _average_pool, "GlobalAveragePool": _global_average,
    "GlobalMaxPool": _global_max, "Relu": _unary(F.relu), "Clip": _clip, "LeakyRelu": lambda call: F.leaky_relu(
        call.tensor(0), call.get("alpha", 0.01)), "PRelu": _prelu, "Sigmoid": _unary(torch.sigmoid),
    "HardSigmoid": _hard_sigmoid, "HardSwish": _unary(F.hardswish), "Swish": _unary(F.silu), "Mish": _unary(F.mish),
    "Gelu": _gelu, "Elu": lambda call: F.elu(call.tensor(0), call.get("alpha", 1.0)), "Celu": _celu,
    "Selu": _unary(F.selu), "Softplus": _unary(F.softplus), "Tanh": _unary(torch.tanh), "Erf": _unary(torch.erf),
    "Sqrt": _unary(torch.sqrt), "Exp": _unary(torch.exp), "Log": _unary(torch.log), "Abs": _unary(torch.abs),
    "Neg": _unary(torch.neg), "Reciprocal": _unary(torch.reciprocal),
    "Add": _arithmetic(lambda one, other: one + other), "Sub": _arithmetic(lambda one, other: one - other),
    "Mul": _arithmetic(lambda one, other: one * other), "Div": _arithmetic(_divide),
    "Pow": _arithmetic(lambda one, other: one**other), "Sum": _sum,
    "Softmax": _softmax, "LogSoftmax": _softmax, "LayerNormalization": _layer_norm, "GroupNormalization": _group_norm,
    "InstanceNormalization": _instance_norm, "LRN": _lrn,
    "ReduceMean": _reduce(lambda x, axes, keep: x.mean(axes, keep)),
    "ReduceSum": _reduce(lambda x, axes, keep: x.sum(axes, keep)),
    "ReduceMax": _reduce(lambda x, axes, keep: x.amax(axes, keep)),
    "ReduceL2": _reduce(lambda x, axes, keep: torch.linalg.vector_norm(x, 2, axes, keep)),
}
