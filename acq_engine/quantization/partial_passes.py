"""Passes through a part of a network: what comes before a node is computed once, and what depends on it again."""

from __future__ import annotations

from typing import Any

from torch import Tensor, fx

from acq_engine.quantization.graph_ops import attribute


class Recorder(fx.Interpreter):
    """Runs a network and keeps every node's value."""

    def __init__(self, network: fx.GraphModule) -> None:
        super().__init__(network, garbage_collect_values=False)
        self._values: dict[fx.Node, Any] = {}

    def record(self, x: Tensor) -> dict[fx.Node, Any]:
        """All values by node."""
        self.run(x)
        return self._values

    def run_node(self, n: fx.Node) -> Any:
        value = super().run_node(n)
        self._values[n] = value
        return value


def depending_on(node: fx.Node) -> set[fx.Node]:
    """The node and everything that is computed from it."""
    found, waiting = {node}, [node]
    while waiting:
        for user in waiting.pop().users:
            if user not in found:
                found.add(user)
                waiting.append(user)
    return found


def centred_logits(output: Any) -> Tensor:
    """Class scores (B, classes) of the network's output, each image's mean taken off, in float64 where there is one."""
    logits: Tensor = output[0]
    centred = logits - logits.mean(1, keepdim=True)
    return (centred.cpu() if centred.device.type == "mps" else centred).double()  # Apple's devices have no float64


def module_of(network: fx.GraphModule, node: fx.Node) -> Any:
    """The module that a node calls; None where it calls none."""
    return attribute(network, str(node.target)) if node.op == "call_module" else None


def input_of(node: fx.Node) -> fx.Node:
    """The node whose value a layer or quantizer reads."""
    source = node.args[0]
    assert isinstance(source, fx.Node)
    return source
