"""What a loaded model is made of: its layers as a tree with shapes, weights and multiply-adds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import cast

from torch import nn
from torch.nn.modules.batchnorm import _BatchNorm

from acq_engine.events import ModelSummary
from acq_engine.models.graph import MeasuredStatistics, Operation
from acq_engine.models.loaded import LoadedModel
from acq_engine.models.operators import TABLE
from acq_engine.models.probe import Call, probe
from acq_engine.settings import QuantizationConfig

QUANTIZED = (nn.Conv1d, nn.Conv2d, nn.ConvTranspose2d, nn.Linear)
"""Layers whose weights are quantized; what becomes of each is told for sure by `acq_engine.quantization.plan`."""


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One module. Rows come in the order of the tree: a container stands before what it contains.

    Attributes:
        name: The module's path, such as "layer1.0.conv1"; empty for the whole network.
        depth: How deep it lies in the tree; 0 for the whole network.
        type: The class, such as "Conv2d", or the operator of one without a class of its own, such as "silu".
        output_shape: Of its last output, for one image; None where that is not one tensor or it never ran.
        parameters: Of the module and everything in it.
        multiply_adds: For one image, of the module and everything in it (convolutions and linear layers).
        is_batch_norm: It keeps the statistics that samples are learned from.
        quantizable: Its weights will be quantized.
        weight_bits: At how many bits; None where nothing is quantized or no settings were given.
        note: Why it is not quantized, where it holds weights; what becomes of a batch norm.
        is_container: It holds other modules.
    """

    name: str
    depth: int
    type: str
    output_shape: tuple[int, ...] | None
    parameters: int
    multiply_adds: int
    is_batch_norm: bool
    quantizable: bool
    weight_bits: int | None = None
    note: str = ""
    is_container: bool = False


@dataclass(frozen=True, slots=True)
class Inspection:
    """A model's layers and totals.

    Attributes:
        summary: The model in a few figures.
        rows: Every module.
        parameters: In all.
        multiply_adds: In all, for one image.
        batch_norms: How many layers keep statistics.
        quantizable: How many layers will be quantized.
        sha256: Of the weights.
        mean: Of the input's normalisation, in 0..1 pixel units.
        std: As `mean`.
        notes: What was assumed while the model was loaded.
    """

    summary: ModelSummary
    rows: tuple[LayerRow, ...]
    parameters: int
    multiply_adds: int
    batch_norms: int
    quantizable: int
    sha256: str
    mean: tuple[float, ...]
    std: tuple[float, ...]
    notes: tuple[str, ...]


def inspect_model(loaded: LoadedModel, quantization: QuantizationConfig | None = None) -> Inspection:
    """List every layer of a model.

    Args:
        loaded: The model; one forward pass on zeros is made.
        quantization: With it the rows say how many bits each layer's weights will get.

    Raises:
        ModelError: the network can't take its input.
    """
    calls = probe(loaded.module, loaded.input_shape)
    multiply_adds = _multiply_adds(loaded.module, calls)
    bits = {} if quantization is None else planned_bits(loaded.module, calls, quantization)
    rows = tuple(
        _row(path, module, calls.get(path), multiply_adds, bits) for path, module in loaded.module.named_modules()
    )
    return Inspection(
        summary=loaded.summary(),
        rows=rows,
        parameters=rows[0].parameters,
        multiply_adds=rows[0].multiply_adds,
        batch_norms=sum(row.is_batch_norm for row in rows),
        quantizable=sum(row.quantizable for row in rows),
        sha256=loaded.sha256,
        mean=loaded.mean,
        std=loaded.std,
        notes=(*loaded.notes, *loaded.warnings(), *(question.said for question in loaded.questions)),
    )


def workload(loaded: LoadedModel) -> tuple[int, int]:
    """Multiply-adds for one image, and numbers that its convolutions and linear layers put out.

    Raises:
        ModelError: the network can't take its input.
    """
    calls = probe(loaded.module, loaded.input_shape)
    outputs = sum(
        math.prod(call.shape[1:]) * call.calls for path, call in calls.items()
        if path and call.shape and isinstance(loaded.module.get_submodule(path), QUANTIZED)
    )
    return _multiply_adds(loaded.module, calls).get("", 0), outputs


def planned_bits(module: nn.Module, calls: dict[str, Call], config: QuantizationConfig) -> dict[str, int]:
    """Weight bits by layer path, the first and last executed layer at their own.

    Args:
        module: The network.
        calls: What `probe` returned, in order of execution.
        config: The settings.
    """
    layers = [path for path in calls if path and isinstance(module.get_submodule(path), QUANTIZED)]
    bits = dict.fromkeys(layers, config.weight_bits)
    sizes = [cast(nn.Parameter, module.get_submodule(path).weight).numel() for path in layers]
    for path in layers[-1:]:
        bits[path] = config.last_bits(sizes[-1], sum(sizes))
    for path in layers[:1]:
        bits[path] = config.first_last_bits()
    return bits | {path: value for path, value in config.layer_bits.items() if path in bits}


def _multiply_adds(module: nn.Module, calls: dict[str, Call]) -> dict[str, int]:
    """For one image, by path; a container's is the sum of what it contains."""
    totals: dict[str, int] = {}
    for path, call in calls.items():
        child = module.get_submodule(path) if path else module
        if call.shape is None:
            continue
        if isinstance(child, nn.Conv1d | nn.Conv2d | nn.ConvTranspose2d):
            positions = math.prod(call.shape[2:])
            own = positions * child.weight.numel()
        elif isinstance(child, nn.Linear):
            own = math.prod(call.shape[1:-1]) * child.weight.numel()
        else:
            continue
        parts = path.split(".")
        for length in range(len(parts) + 1):
            parent = ".".join(parts[:length])
            totals[parent] = totals.get(parent, 0) + own * call.calls
    return totals


def _row(
    path: str, module: nn.Module, call: Call | None, multiply_adds: dict[str, int], bits: dict[str, int]
) -> LayerRow:
    parameters = sum(parameter.numel() for parameter in module.parameters())
    measured = isinstance(module, MeasuredStatistics)
    is_batch_norm = isinstance(module, _BatchNorm) and module.running_mean is not None and not measured
    quantizable = call is not None and isinstance(module, QUANTIZED)
    own = sum(parameter.numel() for parameter in module.parameters(recurse=False))
    return LayerRow(
        name=path,
        depth=path.count(".") + 1 if path else 0,
        type=_type(module),
        output_shape=call.shape[1:] if call is not None and call.shape is not None else None,
        parameters=parameters,
        multiply_adds=multiply_adds.get(path, 0),
        is_batch_norm=is_batch_norm,
        quantizable=quantizable,
        weight_bits=bits.get(path),
        note=_note(module, call, own, quantizable, is_batch_norm),
        is_container=any(True for _ in module.children()),
    )


def _type(module: nn.Module) -> str:
    if isinstance(module, Operation):
        return module.target.partition(".")[0].lstrip("_")
    return type(module).__name__.lstrip("_")  # torch's words, also for the batch norm of captured networks


def _note(module: nn.Module, call: Call | None, own: int, quantizable: bool, is_batch_norm: bool) -> str:
    if isinstance(module, MeasuredStatistics):
        return "Keeps statistics that were measured on drawn images; changes nothing."
    if getattr(module, "token_map", False):
        return "Shows tokens on the image's grid; the output does not depend on it."
    if is_batch_norm:
        return "Folded into the preceding layer where possible."
    if isinstance(module, Operation):
        row = TABLE[module.target.partition(".")[0]]
        curved = row.student in ("activation", "gate") and row.reference == "float"
        return "Computed in float." if curved or (row.student, row.reference) == ("float", "near") else ""
    if call is None and own and type(module) is not nn.Module:  # of that type are weights that an operation uses
        return "Not used by the forward pass."
    if quantizable or not own:
        return ""
    return "Stays float: only convolutions and linear layers are quantized."
