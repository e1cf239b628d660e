"""The export network: the student's graph with integer weights and ONNX's quantization operators.

Pattern A (OURS, measured in ONNX Runtime): activations are uint8 with a clip to the b-bit range between quantize and
dequantize; weights are codes minus zero point, as int8 with zero point 0 where none is beyond 64 (up to 7 bits), else
as uint8 with zero point 128, because int8 would saturate in x86 kernels; bias is int32 in steps of the accumulator. All
channels have one zero point: else depthwise convolutions have no fast kernel, and runtimes before 1.27 refuse the file.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, fx, nn

from acq_engine.export.info import refuse_without_ranges
from acq_engine.export.onnx import operators as _operators  # noqa: F401 - registers torch.ops.acq
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.graph_ops import POOLS, argument, attribute, is_activation, is_clip, is_move, op_name
from acq_engine.quantization.layers import QuantizedLayer
from acq_engine.quantization.model import QuantizedModel

LARGEST_SIGNED = 64  # two products with a byte of 255 are just within 16 bits
UNSEEN = frozenset({"select", "pixel_shuffle", "upsample_nearest2d"})
"""Moves that ONNX Runtime 1.32 does not see through to a quantizer (found by trying each row of the table)."""

MIDDLE_CODE = 128


class CodeQuantizer(nn.Module):
    """Quantize, clip to the b-bit range, dequantize. A ReLU or ReLU6 in front becomes part of the clip."""

    def __init__(self, quantizer: ActivationQuantizer) -> None:
        super().__init__()
        scale = quantizer.scale().detach().to("cpu", torch.float32).clone()
        high = quantizer.qmax
        self.relu = quantizer.activation != "none" and quantizer.zero_point != 0
        if quantizer.activation == "relu6":
            # Rounding keeps order, so clipping codes at round(6 / scale) equals clipping values at 6.
            high = min(high, int(torch.round(torch.tensor(6.0) / scale)) + quantizer.zero_point)
        self.clips = high < 255
        for name, value in (("zero_point", quantizer.zero_point), ("low", 0), ("high", high)):
            self.register_buffer(name, torch.tensor(value, dtype=torch.uint8))
        self.register_buffer("scale", scale)

    def forward(self, x: Tensor) -> Tensor:
        if self.relu:
            x = F.relu(x)
        codes = torch.ops.acq.quantize(x, self.scale, self.zero_point)
        if self.clips:
            codes = torch.ops.acq.clip_codes(codes, self.low, self.high)
        return torch.ops.acq.dequantize(codes, self.scale, self.zero_point)  # type: ignore[no-any-return]


class CodeLayer(nn.Module):
    """A layer whose weights, and bias where the input is quantized, are integers."""

    def __init__(self, layer: QuantizedLayer) -> None:
        super().__init__()
        self._layer = (layer,)  # its arithmetic only; in a tuple, so that its parameters stay out of the export
        weight = layer.weight_quantizer
        scale, zero_point = (value.detach().cpu() for value in weight.parameters_for(layer.weight))
        codes = weight.codes(layer.weight).cpu()
        if float(codes.abs().max()) <= LARGEST_SIGNED:
            self.register_buffer("codes", codes.to(torch.int8))
            self.register_buffer("zero_point", torch.zeros_like(zero_point, dtype=torch.int8))
        elif float(codes.min()) >= -MIDDLE_CODE and float(codes.max()) < MIDDLE_CODE:
            self.register_buffer("codes", (codes + MIDDLE_CODE).to(torch.uint8))
            self.register_buffer("zero_point", torch.full_like(zero_point, MIDDLE_CODE, dtype=torch.uint8))
        else:  # 8 bits as older versions of this program had them
            shape = (-1, *([1] * (codes.dim() - 1)))
            self.register_buffer("codes", (codes + zero_point.view(shape)).to(torch.uint8))
            self.register_buffer("zero_point", zero_point.to(torch.uint8))
        self.per_tensor = weight.per_tensor
        self.register_buffer("scale", scale.clone())
        bias_codes = layer.bias_codes()
        if layer.bias is None and layer.input_quantizer is not None:
            bias_codes = torch.zeros_like(scale)  # a runtime joins a layer with its quantizers only if bias is int32
        self.exact_bias = bias_codes is not None
        if bias_codes is not None:
            bias_codes = bias_codes.cpu()
            self.register_buffer("bias_codes", bias_codes.to(torch.int32))
            self.register_buffer("bias_scale", layer.accumulator_scale().cpu().clone())
            self.register_buffer("bias_zero_point", torch.zeros_like(bias_codes, dtype=torch.int32))
        else:
            self.register_buffer("bias", None if layer.bias is None else layer.bias.detach().cpu().clone())
        if self.per_tensor:
            for name in ("scale", "zero_point", "bias_scale", "bias_zero_point"):
                if name in self._buffers:
                    self.register_buffer(name, getattr(self, name)[0].clone())

    def compute(self, x: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        """The layer's arithmetic with the given weight and bias."""
        return self._layer[0].compute(x, weight, bias)

    def forward(self, x: Tensor) -> Tensor:
        dequantize = torch.ops.acq.dequantize if self.per_tensor else torch.ops.acq.dequantize_channels
        weight = dequantize(self.codes, self.scale, self.zero_point)
        bias: Any = self.bias if not self.exact_bias else dequantize(
            self.bias_codes, self.bias_scale, self.bias_zero_point)
        return self.compute(x, weight, bias)


def export_network(student: QuantizedModel) -> fx.GraphModule:
    """The student, on the CPU, in ONNX's operators; the student stays as it is.

    Raises:
        ExportError: the student was not calibrated (it is not in mode "quantized").
    """
    refuse_without_ranges(student)
    twin = twin_of(student, CodeQuantizer, CodeLayer)
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

    Without it the layer or sum behind would be computed in float, and rounded otherwise. Of pads this holds for a
    border of zeros or of values that are there, and in front of a pool for the border that no value is below. Any other
    border need not be on the grid.
    """
    for node in list(network.graph.nodes):
        name = op_name(node)
        if name in ("pad", "constant_pad_nd"):
            if not is_move(node) and argument(node, "value") != -math.inf:
                continue
        elif name not in UNSEEN:
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
