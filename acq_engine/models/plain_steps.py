"""Steps of an exported program that can be written with operators of the table, rewritten so, exactly (OURS).

People write a swap of channels as an index, one channel three times as a repeat, and a pooled feature map without its
sides as a bare squeeze. None of it needs an operator that could ask for any memory, or whose result depends on the
batch.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import Any

import torch
from torch import Tensor
from torch.export import ExportedProgram, default_decompositions
from torch.fx import Node

aten = torch.ops.aten
MOST_COPIES = 64
"""Of one tensor, by a repeat."""

MOST_FILLED = 1 << 16
"""Numbers of a tensor that a network fills itself, such as positions: so many are kept as a weight."""

_FILLED = ("scalar_tensor", "arange", "full", "zeros", "ones")


def is_filled(node: Node) -> bool:
    """It makes a small tensor of numbers that are known beforehand."""
    value, schema = _value(node), getattr(node.target, "_schema", None)
    if value is None or schema is None or schema.name.partition("::")[2] not in _FILLED:
        return False
    return all(isinstance(side, int) for side in value.shape) and value.numel() <= MOST_FILLED


def simplified(program: ExportedProgram, known: Collection[str]) -> ExportedProgram:
    """The program with such steps rewritten, and with torch's own decomposition of operators that are not known.

    Args:
        program: Its graph is changed in place.
        known: Names of operators that need none.
    """
    unknown = {node.target for node in program.graph.nodes
               if node.op == "call_function" and isinstance(node.target, torch._ops.OpOverload)
               and node.target._schema.name.partition("::")[2].rstrip("_") not in known}
    unknown -= {aten.index.Tensor, aten.repeat.default}
    table = default_decompositions() if unknown else {}
    chosen = {target: table[target] for target in unknown if target in table}
    if chosen:
        program = program.run_decompositions(chosen)
    graph = program.graph_module.graph
    for node in list(graph.nodes):
        made = None
        with graph.inserting_before(node):
            if node.target is aten.index.Tensor:
                made = _selected(node)
            elif node.target is aten.repeat.default:
                made = _copies(node)
            elif node.target is aten.squeeze.default:
                made = _squeezed(node)
        if made is not None:
            made.meta = dict(node.meta)
            node.replace_all_uses_with(made)
            graph.erase_node(node)
    return program


def _value(node: Any) -> Tensor | None:
    value = node.meta.get("val") if isinstance(node, Node) else None
    return value if isinstance(value, Tensor) else None


def _selected(node: Node) -> Node | None:
    """An index by one list of numbers."""
    source, indices = node.args[:2]
    assert isinstance(indices, list | tuple)
    given = [(axis, index) for axis, index in enumerate(indices) if index is not None]
    if len(given) != 1:
        return None
    axis, index = given[0]
    value = _value(index)
    if value is None or value.dim() != 1 or value.dtype not in (torch.int64, torch.int32):
        return None
    return node.graph.call_function(aten.index_select.default, (source, axis, index))


def _copies(node: Node) -> Node | None:
    """A repeat, but for the batch, a few times."""
    source, counts = node.args[:2]
    value, assumed = _value(source), list(counts)  # type: ignore[arg-type]
    if value is None or len(assumed) != value.dim() or not all(isinstance(count, int) for count in assumed):
        return None
    if assumed[0] != 1 or min(assumed) < 1 or math.prod(assumed) > MOST_COPIES:
        return None
    made: Any = source
    for axis, count in enumerate(assumed):
        if count > 1:
            made = node.graph.call_function(aten.cat.default, ([made] * count, axis))
            made.meta = dict(node.meta)
    return made if made is not source else node.graph.call_function(aten.alias.default, (source,))


def _squeezed(node: Node) -> Node | None:
    """A squeeze of all sides of one pixel; the batch stays, also where it is one image."""
    value = _value(node.args[0])
    if value is None:
        return None
    sides = [axis for axis, side in enumerate(value.shape) if axis and isinstance(side, int) and side == 1]
    return node.graph.call_function(aten.squeeze.dims, (node.args[0], sides))
