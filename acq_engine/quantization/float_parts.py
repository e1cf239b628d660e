"""What a student computes in float: one list, made when it is built, by which its exported file is judged too (OURS).

A runtime repeats integers to the last bit. Of float arithmetic it repeats what works on each number by itself; sums,
such as those of a convolution or of softmax, it may add up in another order. So a file may have the float convolutions
that are listed here and no more, and its answers have to be the reference's to the bit only where nothing on the list
stands in the way (`acq_engine.export.verify.comparison`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from torch import fx

from acq_engine.models.operators import TABLE
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.graph_ops import attribute, fake_value, is_move, module_path, op_name
from acq_engine.quantization.layers import QuantizedLayer

CONVOLUTIONS = frozenset({"conv1d", "conv2d", "conv3d", "convolution", "conv_transpose1d", "conv_transpose2d"})


@dataclass(frozen=True, slots=True)
class FloatPart:
    """One operator that is computed in float.

    Attributes:
        name: The module in which the model has it; the operator's name where that is the model itself.
        operator: Such as "batch_norm".
        behind: No quantizer follows, so its result is (part of) the output.
        sums: It adds up numbers, whose order is the runtime's.
        weights: It has weights of its own.
    """

    name: str
    operator: str
    behind: bool
    sums: bool
    weights: bool

    @property
    def convolution(self) -> bool:
        """A runtime counts it among its float convolutions."""
        return self.operator in CONVOLUTIONS


Value = Literal["codes", "sums", "pending", "float", "other"]


def float_parts(network: fx.GraphModule) -> tuple[FloatPart, ...]:
    """The float operators of a student's network in order of computation.

    Args:
        network: Of quantized layers and activation quantizers; its first result are the logits.
    """
    kinds: dict[fx.Node, Value] = {}
    behind = _behind_all_quantizers(network)
    parts = []
    for node in network.graph.nodes:
        kinds[node] = _kind(network, node, kinds)
        if kinds[node] != "float" or node.op not in ("call_function", "call_module") or _only_moves(node):
            continue
        module = attribute(network, str(node.target)) if node.op == "call_module" else None
        if isinstance(module, QuantizedLayer):
            parts.append(FloatPart(module.name, module.kind, node in behind, True, True))
        elif node.op == "call_function":
            name = op_name(node)
            weights = any(source.op == "get_attr" for source in node.all_input_nodes)
            sums = name not in TABLE or TABLE[name].reference == "near"
            parts.append(FloatPart(module_path(node) or name, name, node in behind, sums, weights))
    return tuple(parts)


def _only_moves(node: fx.Node) -> bool:
    return node.op == "call_function" and (is_move(node) or op_name(node) in ("to", "_to_copy", "type_as"))


def _kind(network: fx.GraphModule, node: fx.Node, kinds: dict[fx.Node, Value]) -> Value:
    """What `acq_engine.quantization.integer.IntegerExecutor` holds for the node."""
    if node.op == "placeholder":
        return "float"
    if node.op == "call_module":
        module = attribute(network, str(node.target))
        if isinstance(module, ActivationQuantizer):
            return "codes"
        source = node.args[0]
        assert isinstance(source, fx.Node)
        return "sums" if kinds[source] == "codes" and module.input_quantizer is not None else "float"
    if node.op != "call_function":
        return "other"
    first = node.args[0] if node.args else None
    if op_name(node) == "getitem" and isinstance(first, fx.Node):
        return kinds[first]
    if isinstance(first, fx.Node) and kinds[first] == "codes":
        if is_move(node):
            return "codes"
        codes = sum(isinstance(value, fx.Node) and kinds[value] == "codes" for value in node.args)
        if op_name(node) in ("add", "mul") and codes == 2:
            return "pending"
        if op_name(node) == "adaptive_avg_pool2d" and list(node.args[1]) == [1, 1]:  # type: ignore[arg-type]
            return "pending"
    several = isinstance(node.meta.get("val"), list | tuple)
    return "float" if several or fake_value(node) is not None else "other"


def _behind_all_quantizers(network: fx.GraphModule) -> set[fx.Node]:
    results = network.graph.output_node().args[0]
    first = results[0] if isinstance(results, list | tuple) else results
    found: set[fx.Node] = set()
    waiting = [first] if isinstance(first, fx.Node) else []
    while waiting:
        node = waiting.pop()
        is_quantizer = node.op == "call_module" and isinstance(
            attribute(network, str(node.target)), ActivationQuantizer)
        if node not in found and not is_quantizer:
            found.add(node)
            waiting.extend(node.all_input_nodes)
    return found


def said_of(parts: Iterable[FloatPart]) -> str:
    """Operators and where they stand, for a sentence: "softmax (head), matmul (24, the first in stages.0.attn)"."""
    places: dict[str, list[str]] = {}
    for part in parts:
        places.setdefault(part.operator, []).append(part.name)
    return ", ".join(
        f"{operator} ({len(names)}, the first in {names[0]})" if len(names) > 1
        else operator if names[0] == operator else f"{operator} ({names[0]})"
        for operator, names in places.items()
    )
