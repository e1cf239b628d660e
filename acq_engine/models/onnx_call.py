"""One node of an ONNX graph while it is computed: its inputs and attributes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from acq_engine.errors import ArchitectureError

Attributes = dict[str, Any]


class Call:
    """One node's inputs and attributes, as it is computed.

    A value is a tensor, or a whole number or a list of them: the shapes that graphs compute with.
    """

    def __init__(self, operator: str, inputs: Sequence[Any], attributes: Attributes, opset: int, batch: int | None,
                 image: Tensor, outputs: int) -> None:
        self.operator, self.inputs, self.attributes, self.opset = operator, inputs, attributes, opset
        self.batch, self.image, self.outputs = batch, image, outputs

    def input(self, index: int) -> Any:
        """An input, None where it is not given."""
        return self.inputs[index] if index < len(self.inputs) else None

    def tensor(self, index: int = 0) -> Tensor:
        """An input that must be a tensor."""
        found = self.input(index)
        if isinstance(found, Tensor):
            return found
        if found is None:
            raise self.refusal("an input is missing")
        return torch.tensor(found, dtype=torch.float32)

    def optional(self, index: int) -> Tensor | None:
        """A tensor that may be missing."""
        return None if self.input(index) is None else self.tensor(index)

    def numbers(self, index: int, name: str = "") -> list[Any] | None:
        """A list of whole numbers: an input since some opset, an attribute before."""
        found = self.input(index)
        if found is None and name:
            found = self.attributes.get(name)
        if isinstance(found, Tensor):
            found = found.flatten().tolist()
        if found is None:
            return None
        return list(found) if isinstance(found, list) else [found]

    def get(self, name: str, default: Any) -> Any:
        """An attribute."""
        return self.attributes.get(name, default)

    def refusal(self, why: str) -> ArchitectureError:
        """This node can't be read."""
        return ArchitectureError(
            "This ONNX file can't be read as a model.", cause=f"{self.operator}: {why}.",
            hint="Use the checkpoint that it was exported from.")


Compute = Callable[[Call], Any]


def number_or_tensor(array: Any) -> Any:
    """A constant: floats as a float32 tensor; whole numbers as they are, since shapes are computed with them."""
    found = np.asarray(array)
    if found.dtype.kind == "f":
        return torch.from_numpy(found.astype(np.float32))
    if found.dtype.kind not in "iub":
        raise ArchitectureError("This ONNX file can't be read as a model.",
                                cause=f"It has constants of the type {found.dtype}.",
                                hint="Use the checkpoint that it was exported from.")
    if found.ndim <= 1:
        return found.tolist()
    return torch.from_numpy(found.astype(np.int64))


def plain(value: Any) -> Any:
    """What torch's operators take beside a tensor: a list of one number is a number."""
    if isinstance(value, list):
        return value[0] if len(value) == 1 else torch.tensor(value, dtype=torch.float32)
    return value
