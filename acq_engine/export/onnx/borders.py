"""Borders of zeros in front of a convolution become a part of it, as ONNX's Conv can have another width on each side.

As a node of its own such a border, of TensorFlow's padding on even sides for instance, is computed between two more
quantizers: EfficientNet-Lite0 has five, which took a quarter of its time.
"""

from __future__ import annotations

from typing import Any

from torch import fx

from acq_engine.export.onnx.codes import CodeLayer
from acq_engine.quantization.graph_ops import argument, attribute, op_name
from acq_engine.quantization.layers import QuantizedConv2d


def fold_borders(network: fx.GraphModule) -> None:
    """Give convolutions of an export network the borders in front of them, in place."""
    for node in list(network.graph.nodes):
        widths = _border_of_zeros(node)
        if widths is None:
            continue
        left, right, top, bottom = widths
        for user in list(node.users):
            layer = attribute(network, str(user.target)) if user.op == "call_module" else None
            if isinstance(layer, CodeLayer) and isinstance(layer.layer, QuantizedConv2d):
                own = layer.layer.padding
                high, wide = own if isinstance(own, tuple) else (0, 0)
                if own != "same":
                    layer.pads = (high + top, wide + left, high + bottom, wide + right)
                    user.replace_input_with(node, node.args[0])


def _border_of_zeros(node: fx.Node) -> tuple[int, int, int, int] | None:
    """Its width at the left, right, top and bottom; None: it is no such border."""
    name = op_name(node)
    if name not in ("pad", "constant_pad_nd") or argument(node, "value"):
        return None
    if name == "pad" and argument(node, "mode") != "constant":
        return None
    widths: list[Any] = [*argument(node, "pad"), 0, 0, 0, 0][:4]
    if len(argument(node, "pad")) > 4 or not all(isinstance(width, int) and width >= 0 for width in widths):
        return None
    left, right, top, bottom = widths
    return left, right, top, bottom
