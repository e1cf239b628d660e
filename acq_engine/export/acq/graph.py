"""A quantized network's graph as plain data: which operator takes which values, nothing that could run code.

Each node is a list, its place in the list of nodes its number: ["input"], ["layer", L, N], ["quantizer", Q, N],
["tensor", T], ["aten", "add.Tensor", [arguments], {keywords}], ["getitem", N, index], ["int_add", a, b] and the like
for sizes, and last ["output", N]. L, Q and T count layers, quantizers and float tensors; N is {"n": number of an
earlier node}. Operators come from a fixed list.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

import torch
from torch import fx, nn

from acq_engine.errors import AcqError, ExportError, ModelFileError, first_line
from acq_engine.models.graph import operation
from acq_engine.quantization.graph_ops import op_name

_MORE_OPERATORS = frozenset({"batch_norm", "sym_size"})  # besides those of acq_engine.models.graph
_ON_SIZES: dict[str, Callable[..., Any]] = {
    "getitem": operator.getitem, "int_add": operator.add, "int_sub": operator.sub, "int_mul": operator.mul,
    "int_floordiv": operator.floordiv, "int_neg": operator.neg,
}
_NAMES = {function: name for name, function in _ON_SIZES.items()}
_MAX_DEPTH = 4
_LARGEST_INTEGER = 2**63 - 1


def encode_graph(
    network: fx.GraphModule, layers: dict[str, int], quantizers: dict[str, int], tensors: dict[str, int]
) -> list[list[Any]]:
    """The graph of a network that returns logits alone; the dictionaries number its modules and tensors by target.

    Raises:
        ExportError: an operator or argument that the form can't hold.
    """
    numbers: dict[fx.Node, int] = {}
    result: list[list[Any]] = []
    for node in network.graph.nodes:
        entry = _entry(node, numbers, layers, quantizers, tensors)
        if entry is not None:
            numbers[node] = len(result)
            result.append(entry)
    return result


def _entry(
    node: fx.Node, numbers: dict[fx.Node, int], layers: dict[str, int], quantizers: dict[str, int],
    tensors: dict[str, int],
) -> list[Any] | None:
    def plain(value: Any) -> Any:
        return _plain(value, numbers, node)

    target = str(node.target)
    if node.op == "placeholder":
        return ["input"] if node.users or not numbers else None
    if node.op == "output":
        return ["output", plain(node.args[0])]
    if node.op == "get_attr":
        return ["tensor", tensors[target]]
    if node.op == "call_module":
        kind, number = ("layer", layers[target]) if target in layers else ("quantizer", quantizers[target])
        return [kind, number, plain(node.args[0])]
    if isinstance(node.target, Callable) and node.target in _NAMES:  # type: ignore[arg-type]
        return [_NAMES[node.target], *(plain(value) for value in node.args)]
    name = target.removeprefix("aten.")
    try:
        _operator(name)
    except AcqError as error:
        raise ExportError(
            f"The format acq can't store the operator {op_name(node) or target}.",
            hint="Export it as onnx or pt2 instead.",
        ) from error
    entry = ["aten", name, [plain(value) for value in node.args]]
    return [*entry, {key: plain(value) for key, value in node.kwargs.items()}] if node.kwargs else entry


def _plain(value: Any, numbers: dict[fx.Node, int], node: fx.Node) -> Any:
    if isinstance(value, fx.Node):
        return {"n": numbers[value]}
    if isinstance(value, (list, tuple)):
        return [_plain(item, numbers, node) for item in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"float": str(value)}
    for kind, text in ((torch.dtype, "dtype"), (torch.memory_format, "memory")):
        if isinstance(value, kind):
            return {text: str(value).removeprefix("torch.")}
    raise ExportError(
        f"The format acq can't store an argument of {op_name(node) or node.target}.", cause=f"It is {value!r}.",
        hint="Export it as onnx or pt2 instead.",
    )


def decode_graph(
    entries: list[list[Any]], root: nn.Module, layers: list[str], quantizers: list[str], tensors: list[str]
) -> fx.GraphModule:
    """The network: its modules and tensors are `root`'s, named by their targets. It returns a tuple of the logits.

    Raises:
        ModelFileError: the graph is damaged.
    """
    graph = fx.Graph()
    nodes: list[fx.Node] = []
    free = {"layer": list(layers), "quantizer": list(quantizers)}
    used: set[str] = set()
    try:
        for entry in entries:
            if nodes and nodes[-1].op == "output":
                raise ValueError("nodes follow the output")
            nodes.append(_node(entry, graph, nodes, free, tensors, used))
        if nodes[-1].op != "output" or sum(node.op == "placeholder" for node in nodes) != 1:
            raise ValueError("there must be one input, and one output at the end")
        if len(used) != len(layers) + len(quantizers):
            raise ValueError("a layer or quantizer is not used")
        graph.lint()
        return fx.GraphModule(root, graph)
    except (AcqError, ValueError, TypeError, LookupError, AttributeError, RuntimeError) as error:
        words = first_line(error)[:200]
        raise ModelFileError("The model's graph is damaged.", cause=f"Node {len(nodes)}: {words}") from error


def _node(
    entry: list[Any], graph: fx.Graph, nodes: list[fx.Node], free: dict[str, list[str]], tensors: list[str],
    used: set[str],
) -> fx.Node:
    def value(item: Any) -> Any:
        return _value(item, nodes, 0)

    kind, *rest = entry
    if kind == "input":
        return graph.placeholder("image")
    if kind == "output":
        (logits,) = rest
        output: fx.Node = graph.output((_reference(logits, nodes),))
        return output
    if kind == "tensor":
        return graph.get_attr(_of(tensors, rest[0]))
    if kind in free:
        number, source = rest
        target = _of(free[kind], number)
        if target in used:
            raise ValueError(f"{kind} {number} is used twice")
        used.add(target)
        return graph.call_module(target, (_reference(source, nodes),))
    if kind == "aten":
        name, args, *kwargs = rest
        keywords = {str(key): value(item) for key, item in kwargs[0].items()} if kwargs else {}
        return graph.call_function(_operator(name), tuple(value(item) for item in args), keywords)
    if kind in _ON_SIZES:
        return graph.call_function(_ON_SIZES[kind], tuple(value(item) for item in rest))
    raise ValueError(f"{str(kind)[:40]!r} is no kind of node")


def _of(names: list[str], number: Any) -> str:
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < len(names):
        raise ValueError(f"there is no number {str(number)[:40]}")
    return names[number]


def _reference(item: Any, nodes: list[fx.Node]) -> fx.Node:
    found = _value(item, nodes, 0)
    if not isinstance(found, fx.Node):
        raise ValueError("a node must be named here")
    return found


def _value(item: Any, nodes: list[fx.Node], depth: int) -> Any:
    if depth > _MAX_DEPTH:
        raise ValueError("arguments are nested too deeply")
    if isinstance(item, list):
        return [_value(part, nodes, depth + 1) for part in item]
    if isinstance(item, dict):
        (kind, content), = item.items()
        if kind == "n" and isinstance(content, int) and 0 <= content < len(nodes):
            return nodes[content]
        if kind == "float" and content in ("inf", "-inf", "nan"):
            return float(content)
        found = getattr(torch, content, None) if kind in ("dtype", "memory") and isinstance(content, str) else None
        if isinstance(found, torch.dtype if kind == "dtype" else torch.memory_format):
            return found
        raise ValueError(f"{str(item)[:60]} has no meaning")
    if isinstance(item, int) and abs(item) > _LARGEST_INTEGER:
        raise ValueError("a number is too large")
    return item


def _operator(name: Any) -> Any:
    """The operator of torch's that `name` names ("add.Tensor"); none that changes its arguments.

    Raises:
        AcqError: it is not on the list.
    """
    text = str(name)
    base, _, overload = text.partition(".")
    if base in _MORE_OPERATORS:
        found = getattr(getattr(torch.ops.aten, base), overload or "default", None)
    else:
        found = operation(text)
    if not isinstance(found, torch._ops.OpOverload) or found._schema.is_mutable:
        raise ModelFileError(f"The model uses an operation that is not supported: {text[:80]}.")
    return found
