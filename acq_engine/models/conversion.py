"""From an exported program to a network as data (`acq_engine.models.graph`)."""

from __future__ import annotations

import math
import operator
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor
from torch.export import ExportedProgram
from torch.fx import Node

from acq_engine.errors import ArchitectureError
from acq_engine.models.graph import INPUT, OPERATIONS, Step, Structure, usable
from acq_engine.models.operators import names
from acq_engine.models.outputs import choose_output
from acq_engine.models.plain_steps import is_filled, simplified
from acq_engine.models.program_nodes import (
    SHAPES,
    is_in_place,
    needs_functional_form,
    operator_name,
    sources_of,
)
from acq_engine.models.wrappers import inline_parts

_CONVOLUTIONS = ("conv2d", "convolution", "_convolution")
_BATCH_NORMS = (
    "batch_norm", "_native_batch_norm_legit_no_training", "_native_batch_norm_legit", "native_batch_norm",
    "cudnn_batch_norm", "_batch_norm_with_update", "_batch_norm_impl_index",
)
_ERASED = (*names(loader=("erased",)), "native_dropout", "alias", "detach", "lift_fresh_copy")
_CHECKS = ("_assert_tensor_metadata", "_assert_scalar", "sym_constrain_range", "sym_constrain_range_for_size",
           "_assert_async")
_WHOLE_NUMBERS = {
    operator.add: "int_add", operator.sub: "int_sub", operator.mul: "int_mul", operator.floordiv: "int_floordiv",
    operator.truediv: "int_truediv", operator.neg: "int_neg",
}
_CASTS = ("to", "_to_copy", "type_as")
_KNOWN = {*OPERATIONS, *_CONVOLUTIONS, *_BATCH_NORMS, *_ERASED, *_CHECKS, *_CASTS, "getitem", "sym_size"}
_PLACEMENT = ("device", "layout", "pin_memory", "memory_format", "non_blocking")


@dataclass
class Converted:
    """A network as data, with its weights.

    Attributes:
        structure: The steps.
        state: The weights.
        output: The place of the logits among all that the original returns, flattened.
        note: Which output was taken where there are several, and what was left out.
    """

    structure: Structure
    state: dict[str, Tensor]
    output: int = 0
    note: str = ""


def convert(program: ExportedProgram, output: str | None = None) -> Converted:
    """Turn an exported program into steps and weights.

    Args:
        program: With one image batch (B, C, H, W) as its input.
        output: Name or position of the logits, where there are several outputs; None to find them.

    Raises:
        ArchitectureError: it uses operations that are not supported, or the logits can't be told.
    """
    inline_parts(program.graph_module)
    if needs_functional_form(program):
        program = program.run_decompositions({})
    program = simplified(program, _KNOWN)
    return _Converter(program, output).run()


@dataclass
class _Converter:
    program: ExportedProgram
    output: str | None = None
    steps: list[Step] = field(default_factory=list)
    state: dict[str, Tensor] = field(default_factory=dict)
    parameters: list[str] = field(default_factory=list)
    buffers: list[str] = field(default_factory=list)
    values: dict[Node, Any] = field(default_factory=dict)  # what later steps write for a node
    tensors: dict[Node, str] = field(default_factory=dict)  # weights by their name in the program
    turned: dict[Node, str] = field(default_factory=dict)  # transposed weights
    layers: dict[str, Step] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    owners: set[str] = field(default_factory=set)  # modules that hold weights themselves
    constants: dict[str, Tensor] = field(default_factory=dict)  # computed from weights alone
    computed: dict[Node, Any] = field(default_factory=dict)  # all such results, tuples too
    batch: int | None = None

    def run(self) -> Converted:
        self._read_inputs()
        choice = choose_output(self.program, self.output)
        needed = sources_of(choice.node)
        for node in self.program.graph.nodes:
            if node.op == "call_function" and node in needed:
                self._call(node)
            elif node.op == "get_attr":
                self.tensors[node] = str(node.target)
        if choice.node not in self.values:
            raise ArchitectureError("The model's output does not depend on the image.")
        answer = self.values[choice.node]["ref"]
        return Converted(
            Structure(steps=self.steps, output=answer, parameters=self.parameters, buffers=self.buffers), self.state,
            choice.index, choice.note,
        )

    def _read_inputs(self) -> None:
        signature = self.program.graph_signature
        named = {**signature.inputs_to_parameters, **signature.inputs_to_buffers,
                 **signature.inputs_to_lifted_tensor_constants}
        pictures = []
        for node in self.program.graph.nodes:
            if node.op != "placeholder":
                continue
            if node.name in named:
                self.tensors[node] = named[node.name]
            else:
                pictures.append(node)
        if len(pictures) != 1:
            raise ArchitectureError(f"The model takes {len(pictures)} inputs; it must take one batch of images.")
        self.values[pictures[0]] = {"ref": INPUT}
        size = pictures[0].meta["val"].shape[0]
        # A program for one batch size has that number written into its reshapes.
        self.batch = size if isinstance(size, int) else None
        for name in map(usable, self.tensors.values()):
            self.taken.update((*_parents(name), name))
            self.owners.add(name.rpartition(".")[0])

    def _tensor(self, name: str) -> Tensor:
        if name in self.constants:
            return self.constants[name]
        found = self.program.state_dict.get(name, self.program.constants.get(name))
        if not isinstance(found, Tensor):
            raise ArchitectureError("The model can't be traced to a graph.", cause=f"{name} does not exist.")
        return found.detach().clone().contiguous()

    def _call(self, node: Node) -> None:
        name = operator_name(node).removesuffix("_") if is_in_place(node) else operator_name(node)
        args: list[Any] = list(node.args)
        if name in _CHECKS or (not node.users and not is_in_place(node)):
            return
        if self._passes_on(node, name, args):
            self.values[node] = self.values[args[0]]
        elif name in ("t", "permute", "transpose") and args[0] in self.tensors and self._is_turned(node):
            self.turned[node] = self.tensors[args[0]]
        elif self._is_constant(node):
            self._compute(node)
        elif name in _BATCH_NORMS:
            self._batch_norm(node, args)
        elif name in _CONVOLUTIONS and args[1] in self.tensors and not (len(args) > 6 and args[6] is True):
            self._convolution(node, name, args)
        elif name == "linear" and args[1] in self.tensors:
            self._linear(node, args[0], self.tensors[args[1]], args[2] if len(args) > 2 else None)
        elif name == "addmm" and args[2] in self.turned and len(node.kwargs) == 0:
            self._linear(node, args[1], self.turned[args[2]], args[0])
        elif name == "mm" and args[1] in self.turned:
            self._linear(node, args[0], self.turned[args[1]], None)
        else:
            self._other(node, name)
        if is_in_place(node) and isinstance(args[0], Node):
            self.values[args[0]] = self.values[node]

    def _is_constant(self, node: Node) -> bool:
        """It depends on weights alone, as a normalised weight does."""
        sources = node.all_input_nodes
        if not sources:
            return is_filled(node)
        return not is_in_place(node) and all(source in self.tensors or source in self.computed for source in sources)

    def _compute(self, node: Node) -> None:
        """Compute it now; it becomes a weight of the module whose weights it was made from."""
        args, kwargs = torch.fx.node.map_arg((node.args, node.kwargs), self._known)
        with torch.no_grad():
            value = node.target(*args, **kwargs)  # type: ignore[operator]
        self.computed[node] = value
        if not isinstance(value, Tensor):
            return
        made_of = self._names_of(node.all_input_nodes[0]) if node.all_input_nodes else ""
        owner, _, leaf = made_of.partition(".parametrizations.")
        base = f"{owner}.{leaf.partition('.')[0]}" if leaf else f"{owner.rpartition('.')[0]}.{node.name}".strip(".")
        name, count = base, 1
        while name in self.constants or usable(name) in self.taken:
            count += 1
            name = f"{base}_{count}"
        self.constants[name] = value.detach().clone().contiguous()
        self.tensors[node] = name
        self.taken.add(usable(name))

    def _known(self, node: Node) -> Any:
        return self.computed[node] if node in self.computed else self._tensor(self.tensors[node])

    def _names_of(self, node: Node) -> str:
        while node not in self.tensors:  # one of several results
            node = next(iter(node.all_input_nodes))
        return self.tensors[node]

    def _passes_on(self, node: Node, name: str, args: list[Any]) -> bool:
        """The result is the first argument itself: nothing happens in eval mode, or one of several results is taken."""
        source = args[0] if args else None
        if not isinstance(source, Node) or source not in self.values:
            return False
        after, before = node.meta.get("val"), source.meta.get("val")
        if name in _CASTS and isinstance(after, Tensor) and isinstance(before, Tensor) and after.dtype == before.dtype:
            return True
        return name in _ERASED or (name == "getitem" and operator_name(source) in (*_BATCH_NORMS, "native_dropout"))

    def _is_turned(self, node: Node) -> bool:
        axes = tuple(_flat(node.args[1:]))
        value = self._tensor(self.tensors[node.args[0]])  # type: ignore[index]
        users = all(operator_name(user) in ("addmm", "mm") for user in node.users)
        return value.dim() == 2 and axes in ((), (1, 0), (0, 1), (-2, -1), (-1, -2)) and users

    # --- layers with weights ---------------------------------------------------------------------

    def _layer(self, node: Node, op: str, source: Any, weight: str, options: dict[str, Any],
               tensors: dict[str, Any]) -> None:
        """A step for a layer; a layer that is used twice alike keeps one module."""
        base = usable(weight.rpartition(".")[0] if "." in weight else weight)
        path, count = base, 1
        while path in self.layers and self.layers[path].options != options:
            count += 1
            path = f"{base}_{count}"
        step = Step(name=node.name, op=op, path=path, args=[self._write(source)], options=options)
        self.steps.append(step)
        self.values[node] = {"ref": node.name}
        if path not in self.layers:
            self.layers[path] = step
            self.taken.add(path)
            self.state.update({f"{path}.{key}": value for key, value in tensors.items() if value is not None})

    def _weight(self, node: Any) -> Tensor | None:
        if node is None:
            return None
        if node not in self.tensors:
            raise ArchitectureError("The model computes weights at run time; this is not supported.")
        return self._tensor(self.tensors[node])

    def _batch_norm(self, node: Node, args: list[Any]) -> None:
        if len(args) < 5 or args[3] not in self.tensors or args[4] not in self.tensors:
            raise ArchitectureError("The model normalizes without stored statistics; this is not supported.")
        source, weight, bias, mean, variance = args[:5]
        numbers = [value for value in args[5:] if isinstance(value, float)]
        momentum, eps = (numbers[0], numbers[1]) if len(numbers) > 1 else (0.1, numbers[0] if numbers else 1e-5)
        mean_value = self._weight(mean)
        assert mean_value is not None
        options = {"num_features": mean_value.numel(), "eps": eps, "momentum": momentum, "affine": weight is not None}
        tensors = {"weight": self._weight(weight), "bias": self._weight(bias), "running_mean": mean_value,
                   "running_var": self._weight(variance), "num_batches_tracked": torch.tensor(0)}
        if weight is not None and tensors["bias"] is None:
            tensors["bias"] = torch.zeros_like(mean_value)
        self._layer(node, "batch_norm", source, self.tensors[mean], options, tensors)

    def _convolution(self, node: Node, name: str, args: list[Any]) -> None:
        weight = self._weight(args[1])
        assert weight is not None
        bias = self._weight(args[2] if len(args) > 2 else None)
        stride, padding, dilation = (args[index] if len(args) > index else default
                                     for index, default in ((3, 1), (4, 0), (5, 1)))
        groups = args[8 if name != "conv2d" else 6] if len(args) > (8 if name != "conv2d" else 6) else 1
        if weight.dim() != 4:
            self._other(node, name)
            return
        options = {
            "in_channels": weight.shape[1] * groups, "out_channels": weight.shape[0],
            "kernel_size": list(weight.shape[2:]), "stride": _pair(stride),
            "padding": padding if isinstance(padding, str) else _pair(padding), "dilation": _pair(dilation),
            "groups": groups, "bias": bias is not None,
        }
        self._layer(node, "conv2d", args[0], self.tensors[args[1]], options, {"weight": weight, "bias": bias})

    def _linear(self, node: Node, source: Any, weight_name: str, bias_node: Any) -> None:
        weight, bias = self._tensor(weight_name), self._weight(bias_node)
        options = {"in_features": weight.shape[1], "out_features": weight.shape[0], "bias": bias is not None}
        self._layer(node, "linear", source, weight_name, options, {"weight": weight, "bias": bias})

    # --- everything else -------------------------------------------------------------------------

    def _other(self, node: Node, name: str) -> None:
        self.values[node] = {"ref": node.name}
        args = [self._write(value) for value in node.args]
        if node.target in _WHOLE_NUMBERS or name in ("getitem", "sym_size"):
            op = _WHOLE_NUMBERS.get(node.target, "size" if name == "sym_size" else name)  # type: ignore[arg-type]
            self.steps.append(Step(name=node.name, op=op, args=args))
            return
        if name not in OPERATIONS:
            raise ArchitectureError(
                f"The model uses an operation that is not supported: {name or node.target}.",
                hint="Classifiers use convolutions, linear layers, activations, pooling and sums.",
            )
        shape = args[1] if name in SHAPES and self.batch is not None else None
        if isinstance(shape, list) and shape and shape[0] == self.batch:
            shape[0] = {"batch": True}
        kwargs = {key: self._write(value) for key, value in node.kwargs.items() if key not in _PLACEMENT}
        overload = getattr(node.target, "_overloadname", "default")
        if name == "clone" and node.kwargs.get("memory_format") is torch.contiguous_format:
            name = "contiguous"  # a view behind it counts on that
        self.steps.append(Step(name=node.name, op="aten", path=self._path(node, name),
                               target=f"{name}.{overload}", args=args, kwargs=kwargs))

    def _path(self, node: Node, name: str) -> str:
        """A free module path: where the original computed it, else the operator's name."""
        stack = node.meta.get("nn_module_stack") or {}
        where = list(stack.values())[-1][0] if stack else ""
        where = usable(where.strip(".")) if where.strip(".") else ""
        if not where or where in self.taken:
            # Not inside a module that holds weights: that one becomes a layer.
            if where and where in self.owners:
                where = f"{where}_{name}"
            elif where.rpartition(".")[2] != name:  # a second call of "relu" becomes "relu_2", not "relu.relu"
                where = f"{where}.{name}".strip(".")
        base = name if any(parent in self.owners for parent in _parents(where)) else where
        base = usable(base)
        path, count = base, 1
        while path in self.taken:
            count += 1
            path = f"{base}_{count}"
        self.taken.add(path)
        return path

    def _write(self, value: Any) -> Any:
        """A node's argument as JSON."""
        if isinstance(value, Node):
            return self._reference(value)
        if isinstance(value, list | tuple):
            return [self._write(item) for item in value]
        if isinstance(value, torch.dtype):
            return {"dtype": str(value).removeprefix("torch.")}
        if isinstance(value, float) and not math.isfinite(value):
            return {"float": str(value)}
        if value is None or isinstance(value, bool | int | float | str):
            return value
        if isinstance(value, torch.memory_format | torch.device | torch.layout):
            return None
        raise ArchitectureError("The model can't be traced to a graph.", cause=f"It uses {type(value).__name__}.")

    def _reference(self, node: Node) -> dict[str, Any]:
        if node in self.values:
            found: dict[str, Any] = self.values[node]
            return found
        if node in self.turned:  # used by something else than a linear layer after all
            raise ArchitectureError("The model can't be traced to a graph.", cause="It transposes weights.")
        if node not in self.tensors:
            raise ArchitectureError("The model can't be traced to a graph.", cause=f"{node.name} is unknown.")
        original = self.tensors[node]
        name = usable(original)
        if name not in self.state:
            value = self._tensor(original)
            self.state[name] = value
            is_parameter = original in self.program.graph_signature.inputs_to_parameters.values()
            (self.parameters if is_parameter and value.is_floating_point() else self.buffers).append(name)
        return {"tensor": name}


def _flat(value: Any) -> list[Any]:
    if isinstance(value, list | tuple):
        return [part for item in value for part in _flat(item)]
    if isinstance(value, dict):
        return [part for item in value.values() for part in _flat(item)]
    return [value]


def _pair(value: Any) -> list[int]:
    numbers = _flat(value)
    return numbers * 2 if len(numbers) == 1 else numbers


def _parents(path: str) -> list[str]:
    parts = path.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]
