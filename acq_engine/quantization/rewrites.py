"""Layers that are written in another way than as convolution or linear layer, rewritten as one, exactly (OURS).

Then they are quantized like all others. Left in float they would not stay so: ONNX Runtime rounds the constant weights
of a Conv, ConvTranspose or Gemm between quantizers to 8 bits by itself.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, fx

from acq_engine.quantization.graph_ops import argument, attribute, consumers, fake_value, op_name

aten = torch.ops.aten


def rewrite_layers(graph_module: fx.GraphModule) -> None:
    """Rewrite 1-D and transposed convolutions and products with a weight, in place; their weights must be constants."""
    for index, node in enumerate(list(graph_module.graph.nodes)):
        name = op_name(node)
        if name == "conv1d":
            _Rewriter(graph_module, node, index).conv1d()
        elif name == "conv_transpose2d":
            _Rewriter(graph_module, node, index).transposed()
        elif name in ("mm", "matmul"):
            _Rewriter(graph_module, node, index).product(node.args[0], node.args[1], None)
        elif name == "addmm" and argument(node, "alpha") == argument(node, "beta") == 1:
            _Rewriter(graph_module, node, index).product(node.args[1], node.args[2], node.args[0])


class _Rewriter:
    def __init__(self, graph_module: fx.GraphModule, node: fx.Node, index: int) -> None:
        self.graph_module, self.graph, self.node, self.index = graph_module, graph_module.graph, node, index

    def conv1d(self) -> None:
        """A convolution whose images are one pixel high."""
        node, weight = self.node, self._constant(argument(self.node, "weight"))
        value = self._shape(argument(node, "input"))
        if weight is None or value is None or value.dim() != 3 or not self._is_bias(argument(node, "bias")):
            return
        padding = argument(node, "padding")
        users = consumers(node)
        last = users[0] if len(users) == len(node.users) == 1 and op_name(users[0]) == "batch_norm" else node
        with self.graph.inserting_before(node):
            image = self._call(aten.unsqueeze.default, (argument(node, "input"), 2), value.unsqueeze(2))
            made = self._call(
                aten.conv2d.padding if isinstance(padding, str) else aten.conv2d.default,
                (image, self._weight(weight.unsqueeze(2)), argument(node, "bias"),
                 [1, *_numbers(argument(node, "stride"))],
                 padding if isinstance(padding, str) else [0, *_numbers(padding)],
                 [1, *_numbers(argument(node, "dilation"))], argument(node, "groups")),
                node.meta["val"].unsqueeze(2),
            )
        if last is not node:  # batch norm takes images as well, and stays beside the convolution that it is folded into
            last.replace_input_with(node, made)
            last.meta["val"] = last.meta["val"].unsqueeze(2)
            made = last
        with self.graph.inserting_after(made):
            flat = self._call(aten.squeeze.dim, (made, 2), node.meta["val"])
        flat.meta = {**made.meta, "val": made.meta["val"].squeeze(2)}
        made_users = last if last is not node else node
        made_users.replace_all_uses_with(flat, delete_user_cb=lambda user: user is not flat)
        self.graph.erase_node(node)

    def transposed(self) -> None:
        """A convolution of the image with zeros between its pixels, the kernel turned round."""
        node, weight = self.node, self._constant(argument(self.node, "weight"))
        value = self._shape(argument(node, "input"))
        if weight is None or value is None or value.dim() != 4 or not self._is_bias(argument(node, "bias")):
            return
        if not all(isinstance(side, int) for side in value.shape[1:]):
            return
        stride, padding, extra, dilation = (
            _pair(argument(node, name)) for name in ("stride", "padding", "output_padding", "dilation"))
        groups = int(argument(node, "groups"))
        channels, height, width = (int(side) for side in value.shape[1:])
        border: list[int] = []
        for axis in (1, 0):
            reach = dilation[axis] * (weight.shape[2 + axis] - 1) - padding[axis]
            border += [reach, reach + extra[axis] - (stride[axis] - 1)]
        wide = [height * stride[0], width * stride[1]]
        parts = weight.unflatten(0, (groups, -1)).transpose(1, 2).flatten(0, 1).flip(2, 3).contiguous()
        with self.graph.inserting_before(node):
            image = argument(node, "input")
            if stride != [1, 1]:
                shape = [-1, channels, height, 1, width, 1]
                image = self._call(aten.reshape.default, (image, shape), value.reshape(shape))
                holes = [0, stride[1] - 1, 0, 0, 0, stride[0] - 1]
                image = self._call(aten.constant_pad_nd.default, (image, holes, 0.0),
                                   aten.constant_pad_nd.default(image.meta["val"], holes, 0.0))
                image = self._call(aten.reshape.default, (image, [-1, channels, *wide]),
                                   image.meta["val"].reshape([-1, channels, *wide]))
            image = self._bordered(image, border)
            made = self._call(
                aten.conv2d.default,
                (image, self._weight(parts), argument(node, "bias"), [1, 1], [0, 0], dilation, groups),
                node.meta["val"],
            )
        node.replace_all_uses_with(made)
        self.graph.erase_node(node)

    def _bordered(self, image: fx.Node, border: list[int]) -> fx.Node:
        """Zeros around the image; where a number is below 0 so much of it is cut off."""
        for axis, (first, last) in ((3, border[:2]), (2, border[2:])):
            side = int(image.meta["val"].shape[axis])
            if min(first, last) < 0:
                ends = (max(0, -first), side - max(0, -last))
                image = self._call(aten.slice.Tensor, (image, axis, *ends),
                                   aten.slice.Tensor(image.meta["val"], axis, *ends))
        zeros = [max(0, amount) for amount in border]
        if any(zeros):
            image = self._call(aten.constant_pad_nd.default, (image, zeros, 0.0),
                               aten.constant_pad_nd.default(image.meta["val"], zeros, 0.0))
        return image

    def product(self, left: Any, right: Any, bias: Any) -> None:
        """A linear layer."""
        weight, value = self._constant(right), self._shape(left)
        if weight is None or weight.dim() != 2 or value is None or value.dim() < 2 or not self._is_bias(bias):
            return
        with self.graph.inserting_before(self.node):
            arguments = (left, self._weight(weight.t().contiguous()), bias)
            made = self._call(aten.linear.default, arguments, self.node.meta["val"])
        self.node.replace_all_uses_with(made)
        self.graph.erase_node(self.node)

    def _constant(self, node: Any) -> Tensor | None:
        if not isinstance(node, fx.Node) or node.op != "get_attr":
            return None
        value = attribute(self.graph_module, str(node.target))
        return value.detach() if isinstance(value, Tensor) else None

    def _is_bias(self, node: Any) -> bool:
        value = self._constant(node)
        return node is None or (value is not None and value.dim() == 1)

    def _shape(self, node: Any) -> Tensor | None:
        return fake_value(node) if isinstance(node, fx.Node) and node.op != "get_attr" else None

    def _weight(self, value: Tensor) -> fx.Node:
        name = f"rewritten_{self.index}"
        self.graph_module.register_buffer(name, value.clone())
        return self.graph.get_attr(name)

    def _call(self, target: Any, args: tuple[Any, ...], value: Any) -> fx.Node:
        made = self.graph.call_function(target, args)
        made.meta = {**self.node.meta, "val": value, "rewritten": True}
        return made


def _numbers(value: Any) -> list[int]:
    return [int(item) for item in value] if isinstance(value, list | tuple) else [int(value)]


def _pair(value: Any) -> list[int]:
    numbers = _numbers(value)
    return numbers * 2 if len(numbers) == 1 else numbers
