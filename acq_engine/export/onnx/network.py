"""The export network: the student's graph with integer weights and ONNX's quantization operators.

Its layers and quantizers are in `codes`. Here the graph is arranged as ONNX Runtime needs it to compute in integers
(measured): borders go into convolutions, quantizers stand where it looks for them, and nothing is a dozen nodes that
can be one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

import torch
from torch import Tensor, fx, nn

from acq_engine.export.info import refuse_without_ranges
from acq_engine.export.onnx.borders import fold_borders
from acq_engine.export.onnx.codes import CodeLayer, CodeQuantizer
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.graph_ops import POOLS, argument, attribute, is_activation, is_clip, is_move, op_name
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel

UNSEEN = frozenset({"select", "pixel_shuffle", "upsample_nearest2d"})
"""Moves that ONNX Runtime 1.32 does not see through to a quantizer (found by trying each row of the table)."""


def export_network(student: QuantizedModel, *, signed: bool = False) -> fx.GraphModule:
    """The student, on the CPU, in ONNX's operators; the student stays as it is. `signed`: see `CodeLayer`.

    Raises:
        ExportError: the student was not calibrated (it is not in mode "quantized").
    """
    refuse_without_ranges(student)
    twin = twin_of(student, CodeQuantizer, partial(CodeLayer, signed=signed))
    fold_borders(twin)
    _keep_quantizers_in_a_row(twin)
    _repeat_quantizer_behind_moves(twin)
    use_plain_operators(twin)
    twin.graph.eliminate_dead_code()
    twin.recompile()
    return twin.eval()


def twin_of(
    student: QuantizedModel, quantizer: Callable[[ActivationQuantizer], nn.Module],
    layer: Callable[[QuantizedLayer], nn.Module],
) -> fx.GraphModule:
    """The student's network on the CPU with other modules in their places; the student stays as it is.

    Args:
        student: Only its network is read.
        quantizer: Makes what stands for an activation quantizer.
        layer: Makes what stands for a quantized layer.
    """
    network = student.logits_network()
    twin = fx.GraphModule(network, network.graph)
    for node in twin.graph.nodes:
        if node.op == "call_module":
            module = attribute(network, str(node.target))
            replacement = quantizer(module) if isinstance(module, ActivationQuantizer) else layer(module)
            twin.add_submodule(str(node.target), replacement)
        elif node.op == "get_attr":
            owner, _, leaf = str(node.target).rpartition(".")
            parent = attribute(twin, owner) if owner else twin
            parent._parameters.pop(leaf, None)
            parent.register_buffer(leaf, attribute(network, str(node.target)).detach().cpu().clone())
    return twin


def _keep_quantizers_in_a_row(network: fx.GraphModule) -> None:
    """ONNX Runtime joins two quantizers of 8 bits in a row into one, which rounds otherwise; a clip keeps them apart.

    It also sees through what it leaves out, such as a product with 1, so all that takes one tensor counts as nothing
    between them, but for pools and curved activation functions.
    """
    for node in network.graph.nodes:
        module = attribute(network, str(node.target)) if node.op == "call_module" else None
        if not isinstance(module, CodeQuantizer):
            continue
        before = node.args[0]
        while before.op == "call_function" and op_name(before) not in POOLS:
            sources = [one for one in before.all_input_nodes if one.op != "get_attr" and op_name(one) != "sym_size"]
            if len(sources) != 1 or (is_activation(before) and not is_clip(before)):
                break
            before = sources[0]
        if before.op == "call_module" and isinstance(attribute(network, str(before.target)), CodeQuantizer):
            module.clips = True


def _repeat_quantizer_behind_moves(network: fx.GraphModule) -> None:
    """A runtime does not see through some moves to the quantizer in front; the same one behind changes nothing.

    Without it the layer or sum behind would be computed in float, and rounded otherwise; so would a pool whose input or
    output is read twice, as by a residual network's first block and its skip connection. Of pads this holds for a
    border of zeros or of values that are there, and in front of a pool for the border that no value is below. Any other
    border need not be on the grid.
    """
    for node in list(network.graph.nodes):
        name = op_name(node)
        if name in ("pad", "constant_pad_nd"):
            if not is_move(node) and argument(node, "value") != -math.inf:
                continue
        elif name not in UNSEEN and name != "max_pool2d":
            continue
        before = node.args[0]
        while isinstance(before, fx.Node) and is_move(before):
            before = before.args[0]
        if not isinstance(before, fx.Node) or before.op != "call_module":
            continue
        if not isinstance(attribute(network, str(before.target)), CodeQuantizer):
            continue
        with network.graph.inserting_after(node):
            again = network.graph.call_module(str(before.target), (node,))
        again.meta = dict(node.meta)
        node.replace_all_uses_with(again, delete_user_cb=lambda user, again=again: user is not again)


def use_plain_operators(network: fx.GraphModule) -> None:
    """Global pools and reshapes as the one ONNX node that they are; torch's own route makes a dozen of each."""
    graph = network.graph
    for node in list(graph.nodes):
        name = op_name(node)
        replacement = None
        with graph.inserting_before(node):
            if name == "adaptive_avg_pool2d" and list(argument(node, "output_size")) == [1, 1]:
                replacement = graph.call_function(torch.ops.acq.global_average_pool.default, (node.args[0],))
            elif name in ("flatten", "view", "reshape", "_unsafe_view"):
                shape = _constant_shape(node)
                if shape is not None:
                    replacement = graph.call_function(torch.ops.acq.reshape.default, (node.args[0], shape))
            elif name == "scaled_dot_product_attention":
                replacement = _attention_with_heads(graph, node)
        if replacement is not None:
            replacement.meta = dict(node.meta)
            node.replace_all_uses_with(replacement)
            graph.erase_node(node)


def _attention_with_heads(graph: fx.Graph, node: fx.Node) -> fx.Node | None:
    """Attention over (B, L, E) with a dimension of one head, which torch's way to ONNX requires; else None."""
    value = node.meta.get("val")
    if not isinstance(value, Tensor) or value.dim() != 3:
        return None

    def with_head(argument: Any) -> Any:
        has_batch = isinstance(argument, fx.Node) and getattr(_value(argument), "dim", lambda: 3)() == 3
        return graph.call_function(torch.ops.aten.unsqueeze.default, (argument, 1)) if has_batch else argument

    made = graph.call_function(
        node.target, tuple(map(with_head, node.args)),  # type: ignore[arg-type]
        {name: with_head(given) for name, given in node.kwargs.items()},
    )
    return graph.call_function(torch.ops.aten.squeeze.dim, (made, 1))


def _value(node: fx.Node) -> Any:
    return node.meta.get("val")


def _constant_shape(node: fx.Node) -> list[int] | None:
    """The output shape with -1 for the batch; None where more than the first dimension varies."""
    value = node.meta.get("val")
    if not isinstance(value, Tensor) or not all(isinstance(size, int) for size in value.shape[1:]):
        return None
    return [-1, *(int(size) for size in value.shape[1:])]
