"""Parts of an exported program that run under a switch of torch's, such as `with autocast(enabled=False)`.

torch.export keeps each as a program of its own, called by one node. Here they become ordinary steps of the whole.
"""

from __future__ import annotations

import operator
from typing import Any

import torch
from torch import fx

from acq_engine.errors import ArchitectureError

_INSIDE = {"wrap_with_autocast": 4, "wrap_with_set_grad_enabled": 1}
"""Operators that call a part: how many arguments stand before it."""


def inline_parts(graph_module: fx.GraphModule) -> None:
    """Write the steps of such parts where they are called, in place.

    Raises:
        ArchitectureError: a part computes in reduced precision, which float32 would not repeat.
    """
    graph = graph_module.graph
    changed = False
    for node in list(graph.nodes):
        name = getattr(node.target, "__name__", "") if node.op == "call_function" else ""
        if name not in _INSIDE:
            continue
        place = _INSIDE[name]
        if name == "wrap_with_autocast" and node.args[2] and node.args[1] not in (None, torch.float32):
            raise ArchitectureError(
                "Part of the model computes in reduced precision.", cause=f"It uses autocast to {node.args[1]}.",
                hint="Remove the autocast from the model's forward pass.",
            )
        part = graph_module.get_submodule(str(node.args[place].target))
        assert isinstance(part, fx.GraphModule)
        inline_parts(part)
        values = dict(zip((one for one in part.graph.nodes if one.op == "placeholder"), node.args[place + 1:],
                          strict=True))
        with graph.inserting_before(node):
            outputs: Any = graph.graph_copy(part.graph, values)
        for user in list(node.users):
            assert user.target is operator.getitem
            user.replace_all_uses_with(outputs[user.args[1]])
            graph.erase_node(user)
        graph.erase_node(node)
        changed = True
    if changed:
        graph.eliminate_dead_code()
        graph.lint()
        graph_module.recompile()
