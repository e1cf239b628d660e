"""What will become of each operator, said before anything is trained: quantized, in float, or not to be exported."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

import torch
from torch import fx, nn

from acq_engine.errors import QuantizationError
from acq_engine.models.graph import TokenStatistics
from acq_engine.models.inspect import Inspection
from acq_engine.models.loaded import LoadedModel
from acq_engine.models.operators import TABLE
from acq_engine.quantization.float_parts import FloatPart, said_of
from acq_engine.quantization.graph_ops import op_name
from acq_engine.quantization.model import QuantizedModel, quantize_model
from acq_engine.settings import QuantizationConfig

OTHER_BITS = 8  # of what no activation function puts out
LAYER_NORMS = frozenset({"layer_norm", "native_layer_norm"})
SLOW_WEIGHTS = (
    "Weights of 8 bits with activations of 8 bits need slower kernels in ONNX Runtime, to be exact on every processor: "
    "with 7 bits of weights the file takes about half the time, and accuracy hardly differs.")
MANY = 4  # layer norms are many if there is one for every so many layers


@dataclass(frozen=True, slots=True)
class Plan:
    """What a student will be made of.

    Attributes:
        bits: Of the weights, by layer, in order of computation.
        float_parts: What stays in float.
        missing: Operators that an export format can't hold, by format.
        warnings: What the settings mean for such a network, where that is not what they say.
    """

    bits: dict[str, int]
    float_parts: tuple[FloatPart, ...]
    missing: dict[str, tuple[str, ...]]
    warnings: tuple[str, ...] = ()

    def notes(self) -> tuple[str, ...]:
        """Sentences for the user about what is not as usual."""
        said = []
        weights = [part for part in self.float_parts if part.weights and part.sums and not part.behind]
        sums = [part for part in self.float_parts if part.sums and not part.weights and part.sums and not part.behind]
        behind = [part for part in self.float_parts if part.behind]
        if weights:
            said.append(f"These layers stay in float: {said_of(weights)}.")
        if sums:
            said.append(f"These operations are computed in float: {said_of(sums)}.")
        if behind:
            said.append(f"Behind the last layer these are computed in float: {said_of(behind)}.")
        if weights or sums or behind:
            said.append("Exported files are compared with the quantized model within a tolerance there.")
        for name, operators in self.missing.items():
            said.append(f"The format {name} can't be exported, because it can't hold: {', '.join(operators)}.")
        return (*said, *self.warnings)


def plan_student(module: nn.Module, input_shape: tuple[int, ...], config: QuantizationConfig) -> Plan:
    """Build the student and say what it is made of.

    Args:
        module: The teacher.
        input_shape: Channels, height, width.
        config: The settings. Bits for layers that are not there count as none.

    Raises:
        QuantizationError: it can't be built, or it has an operator that no export can hold.
    """
    device = next(module.parameters()).device
    student = quantize_model(module, torch.zeros(2, *input_shape, device=device), config)
    plan = plan_of(student)
    of_tokens = any(isinstance(child, TokenStatistics) for child in module.modules())
    slow = (SLOW_WEIGHTS,) if has_slow_weights(student) else ()
    return dataclasses.replace(plan, warnings=(*_few_activations(plan, config, of_tokens=of_tokens), *slow))


def _few_activations(plan: Plan, config: QuantizationConfig, *, of_tokens: bool) -> tuple[str, ...]:
    """For networks whose activations mostly have 8 bits, whatever the setting says."""
    bits = config.activation_text()
    norms = sum(part.operator in LAYER_NORMS for part in plan.float_parts)
    if config.convention == "A" or config.common_activation_bits() >= OTHER_BITS:
        return ()
    if of_tokens:
        return (f"Of this model's activations only those of functions such as GELU have {bits} bits; "
                "what layer norms, attention and sums put out keeps 8. Papers count all of them.",)
    if MANY * norms >= len(plan.bits):  # such as a ConvNeXt
        return (f"Of this model's activations only those of functions such as GELU have {bits} bits; "
                "what layer norms and sums put out keeps 8. Papers count all of them.",)
    return ()


def has_slow_weights(student: QuantizedModel) -> bool:
    """Whether most layers have 8-bit weights behind 8-bit activations, by the settings: see docs/decisions/0029."""
    layers = student.layers()
    both = [layer for layer in layers if layer.bits == OTHER_BITS and layer.input_quantizer is not None
            and layer.input_quantizer.bits == OTHER_BITS and not layer.input_quantizer.symmetric]
    return student.config.weight_bits == OTHER_BITS and 2 * len(both) > len(layers)


def plan_of(student: QuantizedModel) -> Plan:
    """What a student is made of.

    Raises:
        QuantizationError: it has an operator that is not in the table.
    """
    unknown = sorted({name for node in student.network.graph.nodes if (name := _operator(node)) and name not in TABLE})
    if unknown:
        raise QuantizationError(
            "The model uses an operation that can't be exported.", cause=f"It is {', '.join(unknown)}.",
            hint="Replace it in the model's forward pass, or choose another architecture.",
        )
    used = [name for node in student.network.graph.nodes if (name := _operator(node))]
    missing: dict[str, tuple[str, ...]] = {}
    for name in dict.fromkeys(used):
        for form in TABLE[name].missing:
            missing[form] = (*missing.get(form, ()), name)
    bits = {layer.name: layer.bits for layer in student.layers()}
    return Plan(bits, student.float_parts, missing)


def _operator(node: fx.Node) -> str:
    is_sizes = node.op == "call_function" and not hasattr(node.target, "_schema")  # of whole numbers
    return "" if is_sizes else op_name(node)


def with_plan(found: Inspection, loaded: LoadedModel, config: QuantizationConfig) -> Inspection:
    """An inspection whose rows and notes also say what the student will be; why it can't be built, where it can't."""
    try:
        plan = plan_student(loaded.module, loaded.input_shape, config)
    except QuantizationError as error:
        said = " ".join(part for part in (error.message, error.cause) if part)
        return dataclasses.replace(found, notes=(*found.notes, f"This model can't be quantized. {said}"))
    rows = []
    in_float = {part.name for part in plan.float_parts if part.weights}
    for row in found.rows:
        bits = plan.bits.get(row.name)
        if bits is not None:
            row = dataclasses.replace(row, quantizable=True, weight_bits=bits, note="")
        elif row.name in in_float and row.is_batch_norm:
            row = dataclasses.replace(row, note="Stays float: there is no layer that it can be folded into.")
        rows.append(row)
    return dataclasses.replace(
        found, rows=tuple(rows), quantizable=len(plan.bits), notes=(*found.notes, *plan.notes()))


def plan_notes(loaded: LoadedModel, config: QuantizationConfig) -> tuple[str, ...]:
    """The sentences of a model's plan.

    Raises:
        QuantizationError: see `plan_student`.
    """
    return plan_student(loaded.module, loaded.input_shape, config).notes()
