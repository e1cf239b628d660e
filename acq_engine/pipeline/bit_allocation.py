"""Sensitivity and bit allocation within a run, after the generator's warm-up and before calibration (OURS)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor

from acq_engine.control import Told, tell_nobody
from acq_engine.errors import TrainingError
from acq_engine.events import Event, LogMessage
from acq_engine.generation.conditions import ConditionSource, sampling_without_trace
from acq_engine.pipeline.session import TrainingSession
from acq_engine.quantization import QuantizedModel
from acq_engine.quantization.activation import ActivationQuantizer
from acq_engine.quantization.allocation import Allocation, allocate, summarise
from acq_engine.quantization.sensitivity import (
    BIT_WIDTHS,
    LayerSensitivity,
    measure,
    measure_activations,
    sample_count,
    unasked_sample_count,
)
from acq_engine.settings import QuantizationConfig
from acq_engine.training.streams import SENSITIVITY, seeded


@torch.no_grad()
def sensitivity_samples(session: TrainingSession, count: int) -> Tensor:
    """`count` synthetic samples (N, C, H, W) of the generator as it is; neither it nor the run's streams change."""
    if session.bank is not None:
        return session.bank.images[:count]
    if session.batches.without_samples:
        return session.batches.held_out()[:count]
    generator = session.generator
    stream = seeded(session.config.seed, SENSITIVITY, session.device)
    source = ConditionSource(generator, session.config.generator.centre_reach, stream)
    batch = session.config.schedule.generator_batch
    with sampling_without_trace(generator):
        parts = [source.draw(batch).sample(generator) for _ in range(-(-count // batch))]
    return torch.cat(parts)[:count]


def kept_bits(student: QuantizedModel, config: QuantizationConfig) -> dict[str, int]:
    """The layers whose bits the allocation leaves alone: first, last, and those that the user set."""
    layers = student.layers()
    names = {layers[0].name, layers[-1].name} | set(config.layer_bits)
    return {layer.name: layer.bits for layer in layers if layer.name in names}


def choose_bits(
    student: QuantizedModel, found: list[LayerSensitivity], config: QuantizationConfig,
    mean_bits: float | None = None, size_bytes: int | None = None,
) -> Allocation:
    """Bits for a budget (see `allocate`), or those that the settings give where there is no budget."""
    fixed = kept_bits(student, config)
    if mean_bits is None and size_bytes is None:
        return summarise(found, {layer.name: layer.bits for layer in student.layers()}, set(fixed))
    return allocate(found, mean_bits=mean_bits, size_bytes=size_bytes, fixed=fixed)


def choose_activation_bits(
    student: QuantizedModel, found: list[LayerSensitivity], config: QuantizationConfig
) -> Allocation:
    """As `choose_bits` for activations, all of which were measured; the budget is the settings' average."""
    free = {quantizer.name for quantizer in free_activations(student, config)}
    bits = {quantizer.name: quantizer.bits for quantizer in student.activation_quantizers()}
    fixed = {name: own for name, own in bits.items() if name not in free}
    average = config.average_activation_bits()
    if average is None:
        return summarise(found, bits, set(fixed))
    return allocate(found, mean_bits=average, fixed=fixed)


def allocate_bits(
    session: TrainingSession, stop: Callable[[], bool] = lambda: False, told: Told = tell_nobody
) -> Iterator[Event]:
    """Measure the new student's layers and, if a mean number of bits is set, choose the bits of each; activations, too.

    Without that the sensitivities are for the report alone, and left out where they would take long.

    Args:
        session: Its student was just built.
        stop: Asked between two passes.
        told: How many passes are done.

    Raises:
        TrainingError: it was stopped.
    """
    student, config = session.student, session.config.quantization
    assert student is not None
    last = student.layers()[-1]
    if last.name not in config.layer_bits and last.bits < config.first_last_bits():
        share = 100 * last.weight.numel() / sum(layer.weight.numel() for layer in student.layers())
        yield LogMessage("info", f"The last layer has {share:.0f} % of all weights, so it gets {last.bits} bits "
                         f"instead of {config.first_last_bits()}. To choose: bits of the first and last layer "
                         "(--edge-bits).")
    first = next((quantizer for quantizer in student.activation_quantizers() if quantizer.feeds_depthwise), None)
    common = config.common_activation_bits()
    if first is not None and config.first_output_bits is None and first.bits != common:
        yield LogMessage("info", f"A depthwise convolution reads the first layer's output, so that has {first.bits} "
                         f"bits instead of {common}. To choose: bits of the first layer's output (--stem-bits).")

    def passed(done: int, total: int) -> None:
        told("sensitivity", done, total)
        if stop():
            raise TrainingError("The layers were not all measured.", cause=f"Stopped after {done} of {total} passes.")

    count = sample_count(student.input_shape)
    kept = kept_bits(student, config)
    free = [layer for layer in student.layers() if layer.name not in kept]
    if config.average_bits() is not None and free:
        samples = sensitivity_samples(session, count)
        yield LogMessage("info", "Measuring the sensitivity of each layer at 2 to 8 bits.")
        found = measure(student, samples, progress=passed)
        chosen = choose_bits(student, found, config, config.average_bits())
        for layer in student.layers():
            layer.weight_quantizer.set_bits(chosen.bits[layer.name])
        note_sensitivities(student, found)
        yield LogMessage("info", f"Weight bits were allocated by sensitivity, {chosen.mean_bits:.2f} on average: "
                         f"{_counted(chosen)} bits.")
    elif unasked := unasked_sample_count(student):
        note_sensitivities(student, measure(
            student, sensitivity_samples(session, unasked), None,
            progress=lambda done, total: told("sensitivity", done, total)))
    average = config.average_activation_bits()
    if average is None:
        return
    activations = free_activations(student, config)
    if activations:
        yield LogMessage("info", "Measuring the sensitivity of each activation at 2 to 8 bits.")
        found = measure_activations(student, sensitivity_samples(session, count), activations, progress=passed)
        chosen = allocate(found, mean_bits=average)
        for quantizer in activations:
            quantizer.set_bits(chosen.bits[quantizer.name])
        yield LogMessage("info", f"Bits of activations were allocated by sensitivity, {chosen.mean_bits:.2f} on "
                         f"average: {_counted(chosen)} bits.")
    else:
        yield LogMessage("info", "No bits of activations were allocated: all activations have 8 by the scheme.")


def free_activations(student: QuantizedModel, config: QuantizationConfig) -> list[ActivationQuantizer]:
    """The activations whose bits an allocation chooses: all but those that have 8 by the scheme, and the first output's
    where the user set it.
    """
    return [
        quantizer for quantizer in student.activation_quantizers()
        if quantizer.bits == config.common_activation_bits()
        and not (quantizer.is_first_output and config.first_output_bits is not None)
    ]


def _counted(chosen: Allocation) -> str:
    """"3 at 4, 2 at 8"."""
    widths = list(chosen.bits.values())
    counts = {width: widths.count(width) for width in BIT_WIDTHS}
    return ", ".join(f"{count} at {width}" for width, count in counts.items() if count)


def note_sensitivities(student: QuantizedModel, found: list[LayerSensitivity]) -> None:
    """Keep each layer's sensitivity at its bits, for the report."""
    for layer, one in zip(student.layers(), found, strict=True):
        layer.weight_quantizer.sensitivity.fill_(one.errors.get(layer.bits, float("nan")))
