"""What the nodes of an exported program call, what they change, and what they depend on."""

from __future__ import annotations

import operator

from torch.export import ExportedProgram
from torch.fx import Node

SHAPES = ("view", "reshape", "_unsafe_view", "expand")
_VIEWS = (*SHAPES, "slice", "select", "transpose", "permute", "chunk", "split", "getitem", "narrow")


def operator_name(node: Node) -> str:
    """The operator that a node calls, without namespace and overload; "" for what is none of torch's."""
    if node.target is operator.getitem:
        return "getitem"
    schema = getattr(node.target, "_schema", None)
    return schema.name.partition("::")[2] if schema is not None else ""


def is_in_place(node: Node) -> bool:
    """Whether it changes its first argument, as names say that end with an underscore."""
    name = operator_name(node)
    return name.endswith("_") and not name.startswith("_")


def needs_functional_form(program: ExportedProgram) -> bool:
    """In-place operations on views would change what other names see: torch rewrites those."""
    for node in program.graph.nodes:
        if node.op == "call_function" and is_in_place(node):
            source = node.args[0]
            if isinstance(source, Node) and operator_name(source) in _VIEWS:
                return True
    return False


def sources_of(node: Node) -> set[Node]:
    """Everything that a result depends on, and what works in place on any of it."""
    found: set[Node] = set()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting.extend(current.all_input_nodes)
            waiting.extend(user for user in current.users if user.op == "call_function" and is_in_place(user))
    return found
