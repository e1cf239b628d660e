"""Names and kinds of the operators in an exported graph, and small questions about its nodes."""

from __future__ import annotations

import operator
from typing import Any

import torch
from torch import fx

from acq_engine.models.operators import names

ACTIVATIONS = names(student=("activation", "gate"))
GATES = names(student=("gate",))  # 8 bit: they multiply whole channels
LAYERS = names(student=("layer",))
JOINS = names(student=("join",))
POOLS = names(student=("pool",))
# Operators that only move values, or choose among them: a quantized input stays on its grid.
MOVES = names(student=("move",))
DROPOUTS = names(student=("erased",))


def op_name(node: fx.Node) -> str:
    """The operator's name without namespace, overload and in-place mark: "conv2d", "add", "getitem"; else ""."""
    if node.op != "call_function":
        return ""
    if node.target is operator.getitem:
        return "getitem"
    schema = getattr(node.target, "_schema", None)
    return schema.name.split("::")[1].rstrip("_") if schema is not None else ""


def argument(node: fx.Node, name: str) -> Any:
    """An operator's argument by its schema name, with the default filled in."""
    schema = node.target._schema  # type: ignore[union-attr]
    for position, declared in enumerate(schema.arguments):
        if declared.name == name:
            if position < len(node.args):
                return node.args[position]
            return node.kwargs.get(name, declared.default_value)
    raise KeyError(name)


def is_move(node: fx.Node) -> bool:
    """Whether the node only moves values (padding with zeros does as well: 0 is always representable)."""
    name = op_name(node)
    if name in ("pad", "constant_pad_nd"):
        mode = argument(node, "mode") if name == "pad" else "constant"
        return mode in ("constant", "reflect", "replicate", "circular") and not argument(node, "value")
    return name in MOVES


def is_relu6(node: fx.Node) -> bool:
    """hardtanh(0, 6), clamp(0, 6) or relu6."""
    name = op_name(node)
    if name == "relu6":
        return True
    if name == "hardtanh":
        return (argument(node, "min_val"), argument(node, "max_val")) == (0, 6)
    if name == "clamp":
        return (argument(node, "min"), argument(node, "max")) == (0, 6)
    return False


def is_activation(node: fx.Node) -> bool:
    """Whether the node is an activation function."""
    return op_name(node) in ACTIVATIONS or is_relu6(node)


def is_clip(node: fx.Node) -> bool:
    """Whether the node is ReLU or ReLU6: on a quantized tensor these only clip codes."""
    return op_name(node) == "relu" or is_relu6(node)


def consumers(node: fx.Node) -> list[fx.Node]:
    """The nodes that compute with this one's value (the graph's output is none)."""
    return [user for user in node.users if user.op != "output"]


def fake_value(node: fx.Node) -> torch.Tensor | None:
    """The shape-only tensor that the export recorded for the node, if it makes one floating-point tensor."""
    value = node.meta.get("val")
    return value if isinstance(value, torch.Tensor) and value.is_floating_point() else None


def module_path(node: fx.Node) -> str:
    """The innermost module's path in the teacher, with "@n" for its n-th repeated call; "" for the model itself."""
    stack = node.meta.get("nn_module_stack") or {}
    if not stack:
        return ""
    key, entry = list(stack.items())[-1]
    path = entry[0] if isinstance(entry, tuple) else str(entry)
    call = key.rsplit("@", 1)[1] if "@" in key else ""
    return f"{path}@{call}" if call else path


def in_module(node: fx.Node, path: str) -> bool:
    """Whether the node was computed inside the module `path` of the teacher."""
    return any(entry[0] == path for entry in (node.meta.get("nn_module_stack") or {}).values())


def attribute(module: torch.nn.Module, path: str) -> Any:
    """A parameter, buffer or submodule by its dotted path."""
    value: Any = module
    for part in path.split("."):
        value = getattr(value, part)
    return value
