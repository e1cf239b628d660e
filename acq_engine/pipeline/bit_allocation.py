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
from acq_engine.quantization.allocation import Allocation, allocate, summarise
from acq_engine.quantization.sensitivity import (
    BIT_WIDTHS,
    LayerSensitivity,
    measure,
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


def allocate_bits(
    session: TrainingSession, stop: Callable[[], bool] = lambda: False, told: Told = tell_nobody
) -> Iterator[Event]:
    """Measure the new student's layers and, if a mean number of bits is asked for, choose the bits of each.

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
    first = next((quantizer for quantizer in student.activation_quantizers() if quantizer.is_first_output), None)
    if first is not None and config.first_output_bits is None and first.bits != config.activation_bits:
        yield LogMessage("info", f"A depthwise convolution reads the first layer's output, so that has {first.bits} "
                         f"bits instead of {config.activation_bits}. To choose: bits of the first layer's output "
                         "(--stem-bits).")
    if config.mean_bits is None:
        count = unasked_sample_count(student)
        if count:
            note_sensitivities(student, measure(
                student, sensitivity_samples(session, count), None,
                progress=lambda done, total: told("sensitivity", done, total)))
        return
    yield LogMessage("info", "Measuring the sensitivity of each layer at 2 to 8 bits.")

    def passed(done: int, total: int) -> None:
        told("sensitivity", done, total)
        if stop():
            raise TrainingError("The layers were not all measured.", cause=f"Stopped after {done} of {total} passes.")

    found = measure(student, sensitivity_samples(session, sample_count(student.input_shape)), progress=passed)
    chosen = choose_bits(student, found, config, config.mean_bits)
    for layer in student.layers():
        layer.weight_quantizer.set_bits(chosen.bits[layer.name])
    note_sensitivities(student, found)
    counts = {bits: list(chosen.bits.values()).count(bits) for bits in BIT_WIDTHS}
    words = ", ".join(f"{count} at {bits}" for bits, count in counts.items() if count)
    yield LogMessage("info", f"Weight bits were allocated by sensitivity, {chosen.mean_bits:.2f} on average: {words} "
                             "bits.")


def note_sensitivities(student: QuantizedModel, found: list[LayerSensitivity]) -> None:
    """Keep each layer's sensitivity at its bits, for the report."""
    for layer, one in zip(student.layers(), found, strict=True):
        layer.weight_quantizer.sensitivity.fill_(one.errors.get(layer.bits, float("nan")))
