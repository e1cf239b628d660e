"""Weights that belong to several architectures alike: what speaks for each (OURS).

Networks that differ in strides or padding alone have the same names and shapes. The batch norms tell them apart, if at
all: what noise looks like to them is nearer to what they remember in the right network.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from acq_engine.errors import AcqError, Question
from acq_engine.models.loaded import LoadedModel, prepare
from acq_engine.models.measured_statistics import needs_measured_statistics
from acq_engine.models.registry import Architecture
from acq_engine.models.statistics_check import typical_distance
from acq_engine.models.weights import State, fit

MOST = 5


def architecture_question(loaded: LoadedModel, others: Sequence[tuple[Architecture, State]]) -> tuple[Question, ...]:
    """A question where the weights also fit others.

    Args:
        loaded: As the architecture that was taken.
        others: Architectures, each with the weights under its names.

    Returns:
        One question, or none where no other one is usual for so many classes while the one that was taken is.
    """
    usual = [entry for entry, _ in others if loaded.num_classes in entry.usual_classes()]
    asked = [(entry, state) for entry, state in others if loaded.num_classes <= 100 or entry in usual or not usual]
    if not asked or (loaded.num_classes > 100 and not usual):
        return ()
    choices = [(loaded.arch, _speaks(loaded))]
    for entry, state in asked[: MOST - 1]:
        other = _as(loaded, entry, state)
        if other is not None:
            choices.append((entry.name, _speaks(other)))
    if len(choices) < 2:
        return ()
    cause = (
        f"{loaded.arch} is used. They have the same layers, and without batch norm nothing in the file tells them "
        "apart; their images are normalized differently." if loaded.measured else
        f"{loaded.arch} is used. They have the same layers, with other strides or paddings; the smaller the "
        "distance of the batch-norm statistics, the likelier the architecture.")
    return (Question(
        f"The weights also fit: {', '.join(name for name, _ in choices[1:])}.", "model.arch", tuple(choices),
        taken=loaded.arch, cause=cause,
    ),)


def _as(loaded: LoadedModel, entry: Architecture, state: State) -> LoadedModel | None:
    try:
        module, classes, channels = fit(entry, state)
        usual = entry.default_preprocessing(classes, channels)
        ready = module.eval() if needs_measured_statistics(module) else prepare(module)
        return dataclasses.replace(loaded, module=ready, arch=entry.name, mean=usual.mean, std=usual.std,
                                   input_shape=(channels, usual.size, usual.size))
    except AcqError:
        return None


def _speaks(loaded: LoadedModel) -> str:
    distance = typical_distance(loaded)
    size = f"{loaded.input_shape[2]} x {loaded.input_shape[1]}"
    if distance is None:
        mean, std = (", ".join(f"{value:g}" for value in values) for values in (loaded.mean, loaded.std))
        return f"Its usual images have {size} pixels, mean {mean} and standard deviation {std}."
    return f"Its usual images have {size} pixels; distance of the batch-norm statistics: {distance:.2f}."
