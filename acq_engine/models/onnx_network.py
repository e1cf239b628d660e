"""An ONNX graph as a module: each of its operators computed with torch's, its weights as parameters (OURS).

It is written to be traced (`exporting.convert_module`), not to be fast: shapes are computed as plain numbers, so that
what exporters write for `x.flatten(1)` becomes just that, for any batch size. Operators are those of image classifiers,
opset 7 to 24; another one is refused by name. Nothing of the file is run: it is a list of operators and numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from torch import Tensor, nn

from acq_engine.errors import ArchitectureError
from acq_engine.models.graph import usable
from acq_engine.models.onnx_call import Attributes, Call, number_or_tensor
from acq_engine.models.onnx_layers import LAYERS
from acq_engine.models.onnx_shapes import SHAPES

OPERATORS = {**LAYERS, **SHAPES}

_LEAVES = ("weight", "bias", "running_mean", "running_var")
_PLAIN_NUMBERS = ("Clip", "Pad", "Resize", "Upsample")  # what they get beside the tensor are settings, not weights


class OnnxNetwork(nn.Module):
    """The graph of a file.

    Args:
        graph: An onnx.GraphProto without functions, its weights inside.
        opset: Of ONNX's own operators.
        weights: Its initializers by name: float tensors, or lists of whole numbers.
        channels_last: The graph wants (B, H, W, C); images come as (B, C, H, W) all the same.
        logits: The value that is the answer.

    Raises:
        ArchitectureError: it has an operator that is not known.
    """

    def __init__(
        self, graph: Any, opset: int, weights: dict[str, Any], input_name: str, batch: int | None, logits: str, *,
        channels_last: bool,
    ) -> None:
        super().__init__()
        self.opset, self.input_name, self.batch, self.logits = opset, input_name, batch, logits
        self.channels_last = channels_last
        nodes = [_Node(node) for node in graph.node]
        constants = [node for node in nodes if node.operator == "Constant" and "value" in node.attributes]
        weights = {**weights, **{node.outputs[0]: node.attributes["value"] for node in constants}}
        self.nodes = [node for node in nodes if node not in constants]
        unknown = sorted({node.operator for node in self.nodes} - OPERATORS.keys())
        if unknown:
            raise ArchitectureError(
                "This ONNX file has operators that can't be read.", cause=", ".join(unknown[:8]) + ".",
                hint="Use the checkpoint that it was exported from.")
        bounds = {name for node in self.nodes for name in node.inputs[1:] if node.operator in _PLAIN_NUMBERS}
        self.plain: dict[str, Any] = {}
        self.weights: dict[str, tuple[nn.Module, str]] = {}
        owners = self._owners()
        for name, value in weights.items():
            if isinstance(value, Tensor) and value.is_floating_point() and value.dim() and name not in bounds:
                self._attach(name, owners.get(name, ""), value)
            else:
                self.plain[name] = value.tolist() if isinstance(value, Tensor) and value.dim() <= 1 else value

    def _owners(self) -> dict[str, str]:
        """What the layers are called that own the weights; exporters call nodes /layer1/conv1/Conv."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for node in self.nodes:
            words = [word for word in node.name.strip("/").split("/") if word]
            words = words[:-1] if words and words[-1].partition("_")[0] == node.operator else words
            # Legacy exporters repeat a parent's whole path in the child: layer1/layer1.0/conv1.
            words = [word for index, word in enumerate(words) if not words[index + 1 :][:1] or
                     not words[index + 1].startswith(f"{word}.")]
            base = usable(".".join(words)) if words else node.operator.lower()
            name, count = base, 1
            while name in taken:
                count += 1
                name = f"{base}_{count}"
            if any(found.setdefault(weight, name) == name for weight in node.inputs[1:]):
                taken.add(name)
        return found

    def _attach(self, name: str, owner: str, value: Tensor) -> None:
        """Keep a weight where its layer is."""
        parent: nn.Module = self
        for part in owner.split(".") if owner else ():
            if part not in parent._modules:
                parent.add_module(part, nn.Module())
            parent = parent.get_submodule(part)
        leaf = usable(re.split(r"[./]", name)[-1])
        leaf = leaf if leaf in _LEAVES else {4: "weight", 2: "weight", 1: "bias"}.get(value.dim(), "value")
        count, free = 1, leaf
        while free in parent._parameters or free in parent._modules or hasattr(parent, free):
            count += 1
            free = f"{leaf}_{count}"
        parent.register_parameter(free, nn.Parameter(value, requires_grad=False))
        self.weights[name] = (parent, free)

    def forward(self, x: Tensor) -> Tensor:
        """(B, C, H, W) to (B, classes)."""
        values: dict[str, Any] = dict(self.plain)
        values |= {name: parent._parameters[leaf] for name, (parent, leaf) in self.weights.items()}
        values[self.input_name] = x.permute(0, 2, 3, 1) if self.channels_last else x
        for node in self.nodes:
            inputs = [values[name] if name else None for name in node.inputs]
            call = Call(node.operator, inputs, node.attributes, self.opset, self.batch, x, len(node.outputs))
            found = OPERATORS[node.operator](call)
            results = found if isinstance(found, tuple) else (found,)
            for name, value in zip(node.outputs, results, strict=False):
                if name:
                    values[name] = value
            if self.logits in node.outputs:
                break
        answer = values[self.logits]
        if not isinstance(answer, Tensor):
            raise ArchitectureError("This ONNX file does not return logits.")
        return answer.flatten(1) if answer.dim() > 2 and answer[0, 0].numel() == 1 else answer


class _Node:
    def __init__(self, node: Any) -> None:
        import onnx

        domain = "" if node.domain in ("", "ai.onnx") else f"{node.domain}."
        self.operator: str = domain + node.op_type
        self.name: str = node.name
        self.inputs, self.outputs = list(node.input), list(node.output)
        self.attributes: Attributes = {}
        for attribute in node.attribute:
            value = onnx.helper.get_attribute_value(attribute)
            if isinstance(value, bytes):
                value = value.decode("utf-8", "replace")
            elif isinstance(value, onnx.TensorProto):
                value = number_or_tensor(onnx.numpy_helper.to_array(value))
            self.attributes[attribute.name] = list(value) if isinstance(value, Sequence) and not isinstance(
                value, str) else value
