"""Which of a network's outputs are the logits, where it has several."""

from __future__ import annotations

import operator
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.export import ExportedProgram
from torch.export.graph_signature import OutputKind
from torch.fx import Node
from torch.utils import _pytree as pytree

from acq_engine.errors import ArchitectureError, ChoiceNeededError

LOGITS = "logits"

_LINEAR = frozenset({"linear", "addmm"})
# What may stand between the last linear layer and an output that is still its: one tensor in, the same shape out.
_TAILS = frozenset({
    "_to_copy", "to", "type_as", "alias", "detach", "clone", "contiguous", "dropout", "softmax", "_softmax",
    "log_softmax", "_log_softmax", "sigmoid", "mul", "div", "add", "sub", "batch_norm", "view", "reshape", "flatten",
    "squeeze", "_assert_tensor_metadata",
})


@dataclass(frozen=True, slots=True)
class Output:
    """One tensor of those that a network returns.

    Attributes:
        name: Its key, such as "logits" or "aux.logits", or its position, counted from 0.
        index: Its place among all that is returned, flattened.
        shape: With the batch as "N", such as "N x 10".
        node: What makes it.
    """

    name: str
    index: int
    shape: str
    node: Node

    def __str__(self) -> str:
        return f"{self.name} ({self.shape})"

    @property
    def classes(self) -> int:
        """How many classes it would tell apart; 0 where it is no row of numbers an image."""
        batch, _, rest = self.shape.partition(" x ")
        return int(rest) if batch == "N" and rest.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The output that was taken for the logits.

    Attributes:
        node: What makes it.
        index: Its place among all that the network returns, flattened.
        note: What was chosen and what is not used; empty where there is only one.
    """

    node: Node
    index: int
    note: str = ""


def choose_output(program: ExportedProgram, wanted: str | None = None) -> Choice:
    """The logits among the outputs of an exported program (OURS).

    In this order: the one that the user names; the only one; the one called "logits"; the one that the last linear
    layer makes, if there is one such.

    Args:
        program: The exported network.
        wanted: The name or position that the user gave; None to find it.

    Raises:
        ArchitectureError: nothing is called so, or there is no tensor.
        ChoiceNeededError: more than one could be meant.
    """
    outputs = _outputs(program)
    if not outputs:
        raise ArchitectureError("The model does not return a tensor.")
    listed = ", ".join(map(str, outputs))
    if wanted is not None:
        named = [one for one in outputs if one.name == wanted]
        if not named:
            raise ArchitectureError(
                f"The model has no output called {wanted}.", cause=f"It returns: {listed}.",
                hint="Choose one of these with --output.",
            )
        return _chosen(named[0], outputs)
    if len(outputs) == 1:
        return _chosen(outputs[0], outputs)
    named = [one for one in outputs if one.name.rpartition(".")[2] == LOGITS]
    fitting = named if len(named) == 1 else _made_by_the_last_linear_layer(outputs)
    if len(fitting) != 1:
        possible = [one for one in outputs if one.classes]
        raise ChoiceNeededError(
            f"The model has {len(outputs)} outputs, and it is not clear which of them are the logits.",
            setting="model.output", choices=[(one.name, _speaks_for(one, fitting)) for one in possible],
            cause=f"It returns: {listed}.",
            hint="Choose one by its name or position with --output, such as --output "
            f"{(fitting or possible or outputs)[0].name}.",
        )
    return _chosen(fitting[0], outputs)


def _speaks_for(output: Output, made_last: list[Output]) -> str:
    return (f"{output.classes} classes, made by a last linear layer." if output in made_last
            else f"{output.classes} classes.")


def output_at(result: Any, index: int) -> Tensor:
    """The tensor at a place in what a network returns.

    Args:
        result: A tensor, or tensors in tuples and mappings.
        index: See `Choice`.
    """
    found = pytree.tree_leaves(result)[index]
    assert isinstance(found, Tensor)
    return found


def _chosen(output: Output, outputs: list[Output]) -> Choice:
    if len(outputs) == 1:
        return Choice(output.node, output.index)
    others = ", ".join(str(one) for one in outputs if one is not output)
    return Choice(output.node, output.index,
                  f"The model has several outputs. The logits are taken from {output}; not used: {others}. "
                  "To choose another one: --output.")


def _outputs(program: ExportedProgram) -> list[Output]:
    """What the network itself returns, without the buffers that a program hands back as well."""
    end = next(node for node in program.graph.nodes if node.op == "output")
    kinds = [spec.kind for spec in program.graph_signature.output_specs]
    leaves = [leaf for leaf, kind in zip(end.args[0], kinds, strict=True) if kind is OutputKind.USER_OUTPUT]
    names = _names(program, len(leaves))
    taken = next((node.meta["val"].shape[:1] for node in program.graph.nodes
                  if node.op == "placeholder" and node.name in program.graph_signature.user_inputs), ())
    return [Output(name, index, _shape(leaf.meta.get("val"), taken), leaf)
            for index, (leaf, name) in enumerate(zip(leaves, names, strict=True))
            if isinstance(leaf, Node) and isinstance(leaf.meta.get("val"), Tensor)]


def _names(program: ExportedProgram, count: int) -> list[str]:
    spec = program.call_spec.out_spec
    if spec is not None and spec.num_leaves == count:
        pairs, _ = pytree.tree_flatten_with_path(pytree.tree_unflatten(list(range(count)), spec))
        names = [".".join(str(getattr(key, "key", getattr(key, "idx", getattr(key, "name", key)))) for key in path)
                 for path, _ in pairs]
        if len(set(names)) == count and all(names):
            return names
    return [str(index) for index in range(count)]


def _shape(value: Any, batch: Any) -> str:
    if not isinstance(value, Tensor):
        return "?"
    sides = ["N" if index == 0 and (not isinstance(side, int) or (side,) == tuple(batch)) else str(side)
             for index, side in enumerate(value.shape)]
    return " x ".join(sides) or "a single number"


def _made_by_the_last_linear_layer(outputs: list[Output]) -> list[Output]:
    """The outputs (N, classes) that a linear layer makes on whose result no other one's depends.

    Of several that one layer makes, such as logits and probabilities, the nearest to it.
    """
    made: dict[Node, tuple[int, Output]] = {}
    for output in outputs:
        layer, steps = _linear_layer(output.node)
        if layer is not None and output.shape.startswith("N x ") and output.shape.count(" x ") == 1:
            known = made.get(layer)
            if known is None or steps < known[0]:
                made[layer] = (steps, output)
    return [output for layer, (_, output) in made.items()
            if not any(_depends(other, layer) for other in made if other is not layer)]


def _linear_layer(node: Node) -> tuple[Node | None, int]:
    """The linear layer that an output comes from without anything but a tail between, and how long that is."""
    steps = 0
    while True:
        name = _name(node)
        if name in _LINEAR:
            return node, steps
        sources = [source for source in node.all_input_nodes if source.op == "call_function"]
        if name not in _TAILS or len(sources) != 1:
            return None, steps
        node, steps = sources[0], steps + 1


def _depends(node: Node, on: Node) -> bool:
    seen: set[Node] = set()
    waiting = [node]
    while waiting:
        current = waiting.pop()
        if current is on:
            return True
        if current not in seen:
            seen.add(current)
            waiting.extend(current.all_input_nodes)
    return False


def _name(node: Node) -> str:
    if node.target is operator.getitem:
        return "getitem"
    schema = getattr(node.target, "_schema", None)
    return schema.name.partition("::")[2].removesuffix("_") if isinstance(schema, torch.FunctionSchema) else ""
