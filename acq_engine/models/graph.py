"""A network as data: a list of steps in JSON beside its weights.

Networks that come as a program (Python source, .pt2, TorchScript) are turned into this form once, in a process
of their own. From then on nothing of the program is needed: the steps name operations of a fixed list, and
reading them runs no code of anybody's. The form is OURS.
"""

from __future__ import annotations

import json
import operator
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal

import torch
import torch.nn.functional as F
from pydantic import BaseModel, ConfigDict, Field
from torch import Tensor, nn

from acq_engine.errors import ArchitectureError, ModelFileError, first_line, refuse_newer
from acq_engine.models.operators import names
from acq_engine.models.token_layers import TokenAttention, TokenMap

MAX_STEPS = 50_000
MAX_STRUCTURE_BYTES = 16 << 20
SCHEMA_VERSION = 1

INPUT = "input"
"""The name that the image has in the steps."""

OPERATIONS: frozenset[str] = names(loader=("layer", "step")) - {"batch_norm"}
"""torch's operators that a step may name: they compute on tensors and do nothing else."""

_WHOLE_NUMBERS: dict[str, Callable[..., Any]] = {
    "getitem": operator.getitem, "int_add": operator.add, "int_sub": operator.sub, "int_mul": operator.mul,
    "int_floordiv": operator.floordiv, "int_truediv": operator.truediv, "int_neg": operator.neg,
    "size": lambda tensor, axis: tensor.shape[axis],
}

_POOLING_NAMES = (
    "max_pool2d avg_pool2d adaptive_avg_pool2d _adaptive_avg_pool2d adaptive_max_pool2d mean amax sum contiguous clone "
    "alias detach"
)
_POOLING = frozenset(_POOLING_NAMES.split())

_NAME = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
_FORBIDDEN = frozenset(dir(nn.Module()))


def usable(path: str) -> str:
    """A module path from any other: names of nn.Module's own get an underscore, signs outside ASCII become one."""
    parts = []
    for part in path.split("."):
        plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-") else "_" for sign in part)
        parts.append(f"{plain}_" if plain in _FORBIDDEN or not plain else plain)
    return ".".join(parts)


Path_ = Annotated[str, Field(max_length=400)]


class Step(BaseModel):
    """One operation.

    `op` is "conv2d", "linear", "batch_norm", "statistics" or "token_statistics" for a layer with weights at `path`;
    "token_map" or "token_attention" for what is only looked at; "aten" for the operator `target` ("relu.default"); or
    one of the operations on integers. In `args` and `kwargs` a tensor is
    {"ref": NAME} (an earlier step's result) or {"tensor": NAME} (a weight), the batch size is {"batch": true},
    a type is {"dtype": NAME}, and numbers that JSON lacks are {"float": "inf"}.
    """

    model_config = ConfigDict(extra="forbid")

    name: Path_
    op: Path_
    path: Path_ = ""
    target: Path_ = ""
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    options: dict[str, Any] = {}


class Structure(BaseModel):
    """The whole network; weights that belong to no layer are listed by name."""

    model_config = ConfigDict(extra="forbid")

    schema_version: Literal[1] = 1
    steps: list[Step] = Field(max_length=MAX_STEPS)
    output: Path_
    parameters: list[Path_] = []
    buffers: list[Path_] = []


class Operation(nn.Module):
    """One operator without weights, as a module: so that a tap can be set on its result.

    Args:
        target: The operator and its overload, such as "add.Tensor".
    """

    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target
        self._function = operation(target)

    @property
    def attention(self) -> bool:
        """False where the result is another layer's, made smaller or copied."""
        return self.target.partition(".")[0] not in _POOLING

    def extra_repr(self) -> str:
        return self.target

    def forward(self, *args: Any, **kwargs: Any) -> Any:
        """Whatever the operator gives back."""
        return self._function(*args, **kwargs)


def operation(target: str) -> Any:
    """The operator of torch's that `target` names, such as "relu.default".

    Raises:
        ArchitectureError: it is not on the list.
    """
    name, _, overload = target.partition(".")
    found = None
    if name in OPERATIONS:
        found = getattr(getattr(torch.ops.aten, name, None), overload or "default", None)
    if not isinstance(found, torch._ops.OpOverload):
        raise ArchitectureError(f"The model uses an operation that is not supported: {target}.")
    return found


class GraphNetwork(nn.Module):
    """A network that is given by its steps. Fresh weights; the real ones come with `load_state_dict`.

    Args:
        structure: The steps.

    Raises:
        ArchitectureError: a step names an unknown operation, or an unfit layer.
    """

    def __init__(self, structure: Structure) -> None:
        super().__init__()
        self.steps = tuple(structure.steps)
        self.output = structure.output
        self._functions: dict[str, Callable[..., Any]] = {}
        try:
            for step in self.steps:
                self._prepare(step)
            for path in structure.parameters:
                self._attach(path, nn.Parameter(torch.empty(0), requires_grad=False))
            for path in structure.buffers:
                self._attach(path, torch.empty(0))
        except (TypeError, ValueError, KeyError, AttributeError, RuntimeError) as error:
            raise ArchitectureError("The model's structure is damaged.", cause=str(error)) from error

    def _prepare(self, step: Step) -> None:
        if step.op in _LAYERS:
            if not isinstance(self._find(step.path), _LAYERS[step.op]):
                self._attach(step.path, _layer(step))
        elif step.op == "aten":
            self._attach(step.path, Operation(step.target))
        elif step.op not in _WHOLE_NUMBERS:
            raise ArchitectureError(f"The model uses an operation that is not supported: {step.op}.")

    def _find(self, path: str) -> nn.Module | None:
        found: nn.Module | None = self
        for part in path.split("."):
            found = found._modules.get(part) if found is not None else None
        return found

    def _attach(self, path: str, value: nn.Module | Tensor) -> None:
        parts = path.split(".")
        if not _NAME.fullmatch(path) or len(parts) > 40 or any(part in _FORBIDDEN for part in parts):
            raise ArchitectureError("The model's structure is damaged.", cause=f"{path[:80]!r} is not a name.")
        parent: nn.Module = self
        for part in parts[:-1]:
            if part not in parent._modules:
                parent.add_module(part, nn.Module())
            child = parent._modules[part]
            assert child is not None
            parent = child
        if parts[-1] in parent._modules or parts[-1] in parent._parameters or parts[-1] in parent._buffers:
            raise ArchitectureError("The model's structure is damaged.", cause=f"{path} is duplicated.")
        if isinstance(value, nn.Parameter):
            parent.register_parameter(parts[-1], value)
        elif isinstance(value, Tensor):
            parent.register_buffer(parts[-1], value)
        else:
            parent.add_module(parts[-1], value)

    def forward(self, x: Tensor) -> Tensor:
        """Normalised images (B, C, H, W) to logits (B, classes)."""
        logits: Tensor = self.results(x)[self.output]
        return logits

    def results(self, x: Tensor) -> dict[str, Any]:
        """What each step gives, by its name; see `forward`."""
        results: dict[str, Any] = {INPUT: x}
        for step in self.steps:
            args = [self._value(item, results) for item in step.args]
            kwargs = {key: self._value(item, results) for key, item in step.kwargs.items()}
            function = self.get_submodule(step.path) if step.path else _WHOLE_NUMBERS[step.op]
            results[step.name] = function(*args, **kwargs)
        return results

    def _value(self, item: Any, results: dict[str, Any]) -> Any:
        if isinstance(item, list):
            return [self._value(part, results) for part in item]
        if not isinstance(item, dict):
            return item
        if "ref" in item:
            return results[item["ref"]]
        if "tensor" in item:
            path, _, name = item["tensor"].rpartition(".")
            owner = self.get_submodule(path)
            return owner._parameters[name] if name in owner._parameters else owner._buffers[name]
        if "batch" in item:
            return results[INPUT].shape[0]
        if "dtype" in item:
            return _dtype(item["dtype"])
        return float(item["float"])


def _dtype(name: Any) -> torch.dtype:
    found = getattr(torch, name, None) if isinstance(name, str) else None
    if not isinstance(found, torch.dtype):
        raise ArchitectureError("The model's structure is damaged.", cause=f"{name!r} is not a type.")
    return found


class _BatchNorm(nn.BatchNorm2d):
    """Batch norm of feature maps (N, C, H, W) and of features (N, C)."""

    def _check_input_dim(self, input: Tensor) -> None:  # noqa: A002 - torch's name
        if input.dim() < 2:
            raise ValueError(f"expected at least 2 dimensions, got {input.dim()}")


class MeasuredStatistics(_BatchNorm):
    """Changes nothing, and remembers mean and variance of what passed in a measurement (`measured_statistics`, OURS).

    It stands where a network has no batch norm. As nothing was ever normalised with a batch's statistics there, it does
    the same in train mode. What undoes the normalization is no parameter: there is nothing to learn in it.
    """

    attention = False  # a convolution's output, which is no layer to look at either

    def __init__(self, num_features: int, eps: float) -> None:
        super().__init__(num_features, eps, affine=False)
        for name in ("weight", "bias"):
            del self._parameters[name]
            self.register_buffer(name, torch.zeros(num_features))

    def forward(self, x: Tensor) -> Tensor:
        """(N, C, H, W) as it came, but for rounding."""
        return F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, False, 0.0, self.eps)


class TokenStatistics(MeasuredStatistics):
    """The same of tokens (B, N, C) or (B, H, W, C), whose features are in the last dimension."""

    def forward(self, x: Tensor) -> Tensor:
        """`x` itself."""
        return x


_LAYERS: dict[str, type[nn.Module]] = {
    "conv2d": nn.Conv2d, "linear": nn.Linear, "batch_norm": _BatchNorm, "statistics": MeasuredStatistics,
    "token_statistics": TokenStatistics, "token_map": TokenMap, "token_attention": TokenAttention,
}


def _layer(step: Step) -> nn.Module:
    options = dict(step.options)
    if step.op == "conv2d":
        for key in ("kernel_size", "stride", "dilation"):
            options[key] = tuple(options[key])
        if isinstance(options["padding"], list):
            options["padding"] = tuple(options["padding"])
    with torch.device("meta"):  # the sizes come from a file: no memory is set aside for them
        return _LAYERS[step.op](**options)


def read_structure(text: str) -> Structure:
    """Parse and check a structure.

    Raises:
        ModelFileError: it is no structure.
    """
    if len(text) > MAX_STRUCTURE_BYTES:
        raise ModelFileError("The model's structure is too large.", cause=f"It has {len(text):,} characters.")
    try:
        data = json.loads(text)
        newer = ModelFileError("The model's structure was written by a newer version of ACQ Studio.")
        refuse_newer(data, SCHEMA_VERSION, newer)
        return Structure.model_validate_json(text)
    except (ValueError, RecursionError) as error:
        raise ModelFileError("The model's structure is damaged.", cause=first_line(error)) from error


def build_network(structure: Structure, state: dict[str, Tensor]) -> GraphNetwork:
    """The network with its weights, in eval mode.

    Args:
        structure: The steps.
        state: Its weights; every name and shape must fit.

    Raises:
        ArchitectureError: they don't fit, or the structure is damaged.
    """
    network = GraphNetwork(structure)
    free = {*structure.parameters, *structure.buffers}
    wanted = network.state_dict()
    wrong = [
        key for key, value in wanted.items()
        if key not in state or (key not in free and state[key].shape != value.shape)
    ]
    wrong.extend(key for key in state if key not in wanted)
    if wrong:
        raise ArchitectureError("The weights don't fit the model's structure.", cause=f"The first is {wrong[0]}.")
    for key in free:
        path, _, name = key.rpartition(".")
        owner = network.get_submodule(path)
        if name in owner._parameters:
            owner._parameters[name] = nn.Parameter(state[key], requires_grad=False)
        else:
            owner._buffers[name] = state[key]
    network.load_state_dict(state, assign=True)
    return network.eval()
