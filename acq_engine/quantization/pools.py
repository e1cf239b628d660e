"""Pools that runtimes compute otherwise than torch, written so that both compute the same (OURS).

torch divides a window that hangs over the edge (`ceil_mode`) by what is inside, runtimes by the whole window; they
know no divisor of one's own, and no adaptive maximum.
"""

from __future__ import annotations

import itertools
from typing import Any

import torch
from torch import fx

from acq_engine.errors import QuantizationError
from acq_engine.quantization.graph_ops import argument, fake_value, op_name


def rewrite_pools(graph_module: fx.GraphModule) -> None:
    """Rewrite average pools and adaptive maximum pools, in place.

    Raises:
        QuantizationError: a pool that can't be exported, so that this is known before training.
    """
    for node in list(graph_module.graph.nodes):
        name = op_name(node)
        if name == "avg_pool2d":
            _average(graph_module.graph, node)
        elif name == "adaptive_max_pool2d":
            _adaptive_maximum(graph_module.graph, node)


def _average(graph: fx.Graph, node: fx.Node) -> None:
    size = _size(node.args[0])
    kernel = _pair(argument(node, "kernel_size"))
    stride = _pair(argument(node, "stride") or kernel)
    padding = _pair(argument(node, "padding"))
    ceil, with_padding = argument(node, "ceil_mode"), argument(node, "count_include_pad")
    divisor = argument(node, "divisor_override")
    source, result = node.args[0], node.meta["val"]
    if size is None or not isinstance(source, fx.Node) or not (ceil or divisor):
        return
    overhangs = ceil and any((count - 1) * step + width > side + 2 * pad for count, step, width, side, pad in zip(
        result.shape[2:], stride, kernel, size, padding, strict=True))
    if overhangs and divisor:
        raise _refused("The last window of an average pool with a divisor of its own extends beyond the edge.")
    with graph.inserting_before(node):
        if overhangs and with_padding and any(padding):
            # Zeros are part of the average there, but what lies beyond them is not.
            border = [padding[1], padding[1], padding[0], padding[0]]
            padded = torch.ops.aten.constant_pad_nd.default(source.meta["val"], border, 0.0)
            if torch.ops.aten.avg_pool2d.default(padded, kernel, stride, [0, 0], True, False).shape != result.shape:
                raise _refused("The last window of an average pool lies in the padding.")
            source = graph.call_function(torch.ops.aten.constant_pad_nd.default, (source, border, 0.0))
            source.meta = {**node.meta, "val": padded}
            padding = [0, 0]
        pooled = graph.call_function(
            torch.ops.aten.avg_pool2d.default,
            (source, kernel, stride, padding, bool(overhangs), bool(with_padding or divisor) and not overhangs),
        )
        pooled.meta = dict(node.meta)
        if divisor:
            pooled = graph.call_function(torch.ops.aten.mul.Tensor, (pooled, kernel[0] * kernel[1] / divisor))
            pooled.meta = dict(node.meta)
    node.replace_all_uses_with(pooled)
    graph.erase_node(node)


def _adaptive_maximum(graph: fx.Graph, node: fx.Node) -> None:
    size, wanted = _size(node.args[0]), _pair(argument(node, "output_size"))
    users = list(node.users)
    if size is None or any(user.users and (op_name(user) != "getitem" or user.args[1] != 0) for user in users):
        raise _refused("The positions that an adaptive maximum pool returns are used.")
    windows = [_windows(side, count) for side, count in zip(size, wanted, strict=True)]
    if any(window is None for window in windows):
        raise _refused(
            f"The windows of an adaptive maximum pool from {size[1]} x {size[0]} to {wanted[1]} x {wanted[0]} differ "
            "in size."
        )
    kernel, stride = ([window[index] for window in windows if window is not None] for index in (0, 1))
    for user in users:
        with graph.inserting_before(user):
            pooled = graph.call_function(torch.ops.aten.max_pool2d.default, (node.args[0], kernel, stride))
        pooled.meta = dict(user.meta)
        user.replace_all_uses_with(pooled)
        graph.erase_node(user)
    graph.erase_node(node)


def _windows(side: int, count: int) -> tuple[int, int] | None:
    """Size and distance of an adaptive pool's windows; None where they are not all alike."""
    starts = [index * side // count for index in range(count)]
    ends = [-(-(index + 1) * side // count) for index in range(count)]
    sizes = {end - start for start, end in zip(starts, ends, strict=True)}
    steps = {after - before for before, after in itertools.pairwise(starts)}
    return (sizes.pop(), steps.pop() if steps else side) if len(sizes) == 1 and len(steps) <= 1 else None


def _size(source: Any) -> tuple[int, int] | None:
    value = fake_value(source) if isinstance(source, fx.Node) else None
    if value is None or value.dim() != 4 or not all(isinstance(side, int) for side in value.shape[2:]):
        return None
    return int(value.shape[2]), int(value.shape[3])


def _pair(value: Any) -> list[int]:
    numbers = [int(item) for item in value] if isinstance(value, list | tuple) else [int(value)]
    return numbers * 2 if len(numbers) == 1 else numbers


def _refused(cause: str) -> QuantizationError:
    return QuantizationError(
        "The model has a pooling layer that inference runtimes can't compute as torch does.",
        cause=cause,
        hint="Choose another input size, or replace this layer and train the model again.",
    )
