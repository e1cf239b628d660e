"""Cross-layer equalisation: channels of very different size are brought to one size, exactly.

Between two layers whose channels nothing but ReLU, and what works on each channel by itself, stands in between, channel
i may be divided by s_i behind the first layer and multiplied by s_i in front of the second: the function is the same,
but one scale now serves all channels (Nagel et al., Data-Free Quantization Through Weight Equalization and Bias
Correction, ICCV 2019, section 4.1). Only pairs whose channels differ grossly are touched, and scales are powers of two,
so that the float function stays the same to the last bit (OURS): a network that was trained as usual is left as it is.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, fx

from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.graph_ops import attribute, consumers, op_name
from acq_engine.quantization.layers import QuantizedConv2d, QuantizedLayer
from acq_engine.quantization.model import QuantizedModel

GROSS = 16.0
"""Factor between the scales that suit two channels of a pair above which the pair is equalised.

In the two trained ResNets at hand it is at most 2.5 (and 1.9), so their results are as without.
"""

DEAD = 0.01
"""A channel's weights behind the first times those in front of the second layer, as a part of the median's, below which
it counts as dead."""

_EACH_CHANNEL = frozenset({"max_pool2d", "avg_pool2d", "adaptive_avg_pool2d", "mean", "upsample_nearest2d", "clone",
                           "contiguous", "alias", "detach"})


@torch.no_grad()
def equalise(student: QuantizedModel) -> tuple[str, ...]:
    """Equalise grossly different channels of a student that is not calibrated yet, in place.

    Args:
        student: In mode "float".

    Returns:
        The names of the layers whose output channels were rescaled.
    """
    changed = []
    graph = student.network.graph
    calls: dict[str, int] = {}
    for node in graph.nodes:
        if node.op == "call_module":
            calls[str(node.target)] = calls.get(str(node.target), 0) + 1
    tapped = set(graph.output_node().all_input_nodes)
    for node in graph.nodes:
        first = _layer(student, node)
        if first is None or calls[str(node.target)] != 1:
            continue
        readers = _readers(student, node, tapped)
        if not readers or any(calls[str(reader.target)] != 1 for reader in readers):
            continue
        seconds = [layer for reader in readers if (layer := _layer(student, reader)) is not None]
        scale = _scale(first, seconds)
        if scale is None:
            continue
        _divide_outputs(first, scale)
        for second in seconds:
            _multiply_inputs(second, scale)
        for layer in (first, *seconds):
            layer.weight_quantizer.fit(layer.weight, search=False)
        changed.append(first.name)
    return tuple(changed)


def _layer(student: QuantizedModel, node: fx.Node) -> QuantizedLayer | None:
    module = attribute(student.network, str(node.target)) if node.op == "call_module" else None
    return module if isinstance(module, QuantizedLayer) else None


def _readers(student: QuantizedModel, node: fx.Node, tapped: set[fx.Node]) -> list[fx.Node]:
    """The layers that read a layer's channels, if nothing else does; else none."""
    found: list[fx.Node] = []
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current in tapped:  # compared with the teacher's features
            return []
        for user in consumers(current):
            if _layer(student, user) is not None:
                found.append(user)
            elif _passes_channels(student, user, current):
                waiting.append(user)
            else:
                return []
    return found


def _passes_channels(student: QuantizedModel, node: fx.Node, source: fx.Node) -> bool:
    if node.op == "call_module":
        module = attribute(student.network, str(node.target))
        return isinstance(module, ActivationQuantizer) and module.activation != "relu6"
    if not node.args or node.args[0] is not source or len(node.all_input_nodes) != 1:
        return False
    before, after = source.meta.get("val"), node.meta.get("val")
    if op_name(node) in ("flatten", "view", "reshape", "squeeze"):  # of 1 x 1 pixels, so that channels stay channels
        return (isinstance(before, Tensor) and isinstance(after, Tensor) and before.dim() == 4 and after.dim() == 2
                and bool(before.shape[1] == after.shape[1]))
    if op_name(node) == "mean":
        return (isinstance(before, Tensor) and before.dim() == 4
                and sorted(axis % 4 for axis in node.args[1]) == [2, 3])  # type: ignore[union-attr, operator]
    return op_name(node) == "relu" or op_name(node) in _EACH_CHANNEL


def _outputs(layer: QuantizedLayer) -> Tensor:
    """(out,) the largest weight of each output channel."""
    return layer.weight.flatten(1).abs().amax(1)


def _inputs(layer: QuantizedLayer) -> Tensor:
    """(in,) the largest weight that reads each input channel."""
    groups = layer.groups if isinstance(layer, QuantizedConv2d) else 1
    weight = layer.weight.unflatten(0, (groups, -1))  # (groups, out / groups, in / groups, ...)
    largest: Tensor = weight.transpose(1, 2).flatten(2).abs().amax(2).flatten()
    return largest


def _scale(first: QuantizedLayer, seconds: list[QuantizedLayer]) -> Tensor | None:
    """(channels,) powers of two, relative to their median; None where channels are alike, or can't be told apart."""
    own = _outputs(first)
    if any(layer.kind == "conv2d" and _inputs(layer).shape != own.shape for layer in seconds):
        return None
    if any(layer.kind == "linear" and layer.weight.shape[1] != own.shape[0] for layer in seconds):
        return None
    read = torch.stack([_inputs(layer) for layer in seconds]).amax(0)
    product = own * read
    if not bool((product > 0).any()):
        return None
    # A dead channel is small behind the first layer and not read more for it: it is no matter of scale.
    alive = product > DEAD * product[product > 0].median()
    ratio = torch.sqrt(own / read.clamp(min=torch.finfo(read.dtype).tiny)).log2()
    spread = torch.where(alive, ratio - ratio[alive].median(), torch.zeros_like(ratio))
    if float(spread.max() - spread.min()) < math.log2(GROSS):
        return None
    return torch.exp2(spread.round())


def _divide_outputs(layer: QuantizedLayer, scale: Tensor) -> None:
    layer.weight.div_(scale.view(-1, *([1] * (layer.weight.dim() - 1))))
    if layer.bias is not None:
        layer.bias.div_(scale)


def _multiply_inputs(layer: QuantizedLayer, scale: Tensor) -> None:
    if isinstance(layer, QuantizedConv2d):
        weight = layer.weight.unflatten(0, (layer.groups, -1))
        per_group = scale.view(layer.groups, 1, -1, *([1] * (weight.dim() - 3)))
        layer.weight.copy_((weight * per_group).flatten(0, 1))
    else:
        layer.weight.mul_(scale)
