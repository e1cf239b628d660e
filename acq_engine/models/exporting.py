"""From a network to a network as data: export it, convert it, and compare the two."""

from __future__ import annotations

import dataclasses
import warnings
from typing import Any

import torch
from torch import Tensor, nn
from torch.export import ExportedProgram
from torch.utils import _pytree as pytree

from acq_engine.errors import ArchitectureError, first_line
from acq_engine.models.conversion import Converted, convert
from acq_engine.models.graph import GraphNetwork, build_network
from acq_engine.models.outputs import output_at

EXAMPLE_BATCH = 3


def convert_module(module: nn.Module, input_shape: tuple[int, int, int], output: str | None = None) -> Converted:
    """Export, convert and compare in one go.

    Args:
        module: In eval mode on the CPU.
        input_shape: Channels, height, width.
        output: Name or position of the logits, where there are several outputs; None to find them.

    Raises:
        ArchitectureError: it can't be converted exactly, or the logits can't be told.
    """
    converted = convert(export_module(module, input_shape), output)
    check_same(converted, module, input_shape, EXAMPLE_BATCH)
    return converted


def export_module(module: nn.Module, input_shape: tuple[int, int, int]) -> ExportedProgram:
    """Export a network for any batch size.

    Args:
        module: In eval mode.
        input_shape: Channels, height, width.

    Raises:
        ArchitectureError: it can't be exported, such as when its steps depend on the values that it sees.
    """
    example = (torch.zeros(EXAMPLE_BATCH, *input_shape),)
    try:
        _register_answers(module, *example)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if isinstance(module, torch.jit.ScriptModule):
                from torch._export.converter import TS2EPConverter

                program: ExportedProgram = TS2EPConverter(module, example).convert()
                return program
            return torch.export.export(
                module, example, dynamic_shapes=({0: torch.export.Dim.DYNAMIC},), strict=False
            )
    except Exception as error:  # whatever the network's own code raises
        raise ArchitectureError(
            "The model can't be traced to a graph.",
            cause=f"{type(error).__name__}: {first_line(error)}",
            hint="Its control flow must not depend on input values. Check the input size as well.",
        ) from error


def _register_answers(module: nn.Module, x: Tensor) -> None:
    """Tell torch what a network's answers hold, where they are objects of a dataclass."""
    if isinstance(module, torch.jit.ScriptModule):
        return
    with torch.no_grad():
        waiting: list[Any] = [module(x)]
    while waiting:
        found = waiting.pop()
        kind = type(found)
        if dataclasses.is_dataclass(kind) and kind not in pytree.SUPPORTED_NODES:
            torch.export.register_dataclass(kind)
        if kind in pytree.SUPPORTED_NODES:
            waiting.extend(pytree.SUPPORTED_NODES[kind].flatten_fn(found)[0])


def check_same(converted: Converted, module: Any, input_shape: tuple[int, int, int], batch: int) -> None:
    """Compare the converted network with the original on random images.

    Args:
        converted: The network as data.
        module: The original.
        input_shape: Channels, height, width.
        batch: A batch size that the original takes.

    Raises:
        ArchitectureError: the answers differ, or the network only takes one batch size.
    """
    network: GraphNetwork = build_network(converted.structure, converted.state)
    generator = torch.Generator().manual_seed(0)
    x = torch.randn(batch, *input_shape, generator=generator)
    with torch.no_grad():
        expected = output_at(module(x.clone()), converted.output)
        if not bool(expected.isfinite().all()):  # a logarithm inside, for one: made for pixels from 0 to 1
            x = torch.rand(batch, *input_shape, generator=generator)
            expected = output_at(module(x.clone()), converted.output)
        if not bool(expected.isfinite().all()):
            raise ArchitectureError(
                "The model's outputs are NaN or infinite.",
                cause="This is so for random images from 0 to 1 as well as for normally distributed ones.",
                hint="Check that the trained weights are loaded.",
            )
        found = network(x)
        bound = 1e-4 * max(float(expected.abs().max()), 1.0)
        same = expected.shape == found.shape and float((expected - found).abs().max()) <= bound
        try:
            one_by_one = torch.cat([network(x[index : index + 1]) for index in range(batch)])
        except (RuntimeError, ValueError) as error:
            raise ArchitectureError(
                "The model supports only one batch size.", cause=first_line(error),
                hint="Export it with a dynamic batch size.",
            ) from error
    if not same or float((one_by_one - found).abs().max()) > bound:
        raise ArchitectureError("The model can't be traced to a graph.", cause="The graph's outputs differ.")
