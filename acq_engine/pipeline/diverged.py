"""Losses and weights that are no numbers any more: which, where they begin, and the rates with which to go on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import torch
from torch import Tensor, nn

from acq_engine.errors import TrainingError
from acq_engine.events import METRICS, Phase
from acq_engine.pipeline.session import TrainingSession
from acq_engine.settings import RunConfig

LOWER = 0.3  # OURS: of each learning rate, where a run is taken up again after its losses became NaN
_RATES = ("generator_lr", "student_lr", "scale_lr")


def check_losses(values: Mapping[str, float], session: TrainingSession, phase: Phase, step: int) -> None:
    """Refuse losses that are no numbers.

    Args:
        values: Means of losses by metric key.
        session: To find out which layer they begin in.
        phase: Which the step belongs to.
        step: The last one within it that is in the means.

    Raises:
        TrainingError: one of them is NaN or infinite.
    """
    wrong = [key for key, value in values.items() if not math.isfinite(value)]
    if wrong:
        raise _error(f"In phase {phase}, step {step}, these were NaN or infinite: {_titles(wrong)}.", session)


def check_weights(session: TrainingSession, phase: Phase, step: int) -> None:
    """Refuse weights that are no numbers, before they become the checkpoint that everything depends on.

    Raises:
        TrainingError: some are.
    """
    for network, name in _networks(session):
        for parameter_name, parameter in network.named_parameters():
            if not bool(torch.isfinite(parameter).all()):
                raise _error(f"In phase {phase}, step {step}, {parameter_name} of {name} became NaN or infinite.",
                             session)


def _error(cause: str, session: TrainingSession) -> TrainingError:
    layer = first_layer(session)
    return TrainingError(
        "The losses became NaN, so training was stopped.",
        cause=f"{cause} The first layer that gives such values is {layer}." if layer else cause,
        hint="Resume from the last checkpoint with lower learning rates (acq resume RUN --lower-rates), or start again "
        "with a lower learning rate or a lower largest loss weight.",
    )


def _titles(keys: Iterable[str]) -> str:
    """Losses as the window calls them."""
    labels = {metric.key: f"{metric.group} {metric.label}" for metric in METRICS}
    return ", ".join(labels.get(key, key) for key in keys)


def _networks(session: TrainingSession) -> list[tuple[nn.Module, str]]:
    networks: list[tuple[nn.Module, str]] = [(session.generator, "the generator")]
    return networks if session.student is None else [*networks, (session.student, "the quantized model")]


@torch.no_grad()
def first_layer(session: TrainingSession) -> str:
    """The first layer whose output is no number though its input is one; empty where none is found.

    Samples go through the generator, the float model and the quantized model, in this order. Nothing of the run is
    changed that goes on afterwards: it has ended.
    """
    found: list[str] = []
    handles = []

    def watch(network: nn.Module, title: str) -> None:
        for name, module in network.named_modules():
            if name and not any(module.children()):
                handles.append(module.register_forward_hook(
                    lambda _module, given, result, name=name: found.append(f"{name} of {title}")
                    if _is_broken(result) and not _is_broken(given) else None))

    watch(session.generator, "the generator")
    watch(session.teacher.module, "the float model")
    if session.student is not None:
        watch(session.student, "the quantized model")
    try:
        conditions = session.batches.source("train").draw(4)
        samples = conditions.sample(session.generator).float()
        session.teacher(samples, "eval")
        if session.student is not None:
            session.student(torch.nan_to_num(samples))
    except Exception:  # it only adds to what is said
        return found[0] if found else ""
    finally:
        for handle in handles:
            handle.remove()
    return found[0] if found else ""


def _is_broken(values: object) -> bool:
    if isinstance(values, Tensor):
        return values.is_floating_point() and not bool(torch.isfinite(values).all())
    if isinstance(values, Mapping):
        return any(map(_is_broken, values.values()))
    return isinstance(values, tuple | list) and any(map(_is_broken, values))


def with_lower_rates(config: RunConfig) -> RunConfig:
    """The settings with each learning rate at 0.3 of what it was (OURS)."""
    schedule = config.schedule
    lower = {name: getattr(schedule, name) * LOWER for name in _RATES}
    return config.model_copy(update={"schedule": schedule.model_copy(update={**lower, "preset": "custom"})})
