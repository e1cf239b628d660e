"""Presets for networks of every size: steps and batches that a large network can afford (OURS).

The presets are made for networks of 32 px images, whose steps take a third of a second. A network of 224 px images
needs twenty times that for each sample. The rule below knows multiply-adds and outputs, not the machine, so that the
same settings give the same run everywhere.
"""

from __future__ import annotations

from acq_engine.models import LoadedModel
from acq_engine.models.inspect import workload
from acq_engine.settings import RunConfig
from acq_engine.settings.presets import SCHEDULES, is_preset

# Measured on one core, there and back: what a sample costs is what its multiplications and its outputs cost together.
MULTIPLY_ADDS_A_SECOND = 15e9
OUTPUTS_A_SECOND = 60e6
USUAL_SECONDS = 0.008  # a sample of a network for which the presets are right as they are
SMALLEST_BATCH = 16
PATIENCE = 1.5  # large networks may take so many times as long
FEWEST_SHARE = 0.1  # of the preset's steps


def scale_preset(config: RunConfig, loaded: LoadedModel) -> tuple[RunConfig, str]:
    """The settings with the preset's batches and steps cut down to what the network can afford.

    Args:
        config: Settings that differ from their preset stay as they are, and "custom" does anyway.
        loaded: The network.

    Returns:
        The settings (the same object where nothing changes), and a sentence about it, or "".
    """
    if not is_preset(config.schedule):
        return config, ""
    preset = SCHEDULES[config.schedule.preset]
    multiply_adds, outputs = workload(loaded)
    seconds = multiply_adds / MULTIPLY_ADDS_A_SECOND + outputs / OUTPUTS_A_SECOND
    excess = seconds / USUAL_SECONDS
    if excess <= 1:
        return config, ""
    batches = {
        name: max(SMALLEST_BATCH, min(preset[name], int(preset[name] / excess**0.5) // 8 * 8))
        for name in ("generator_batch", "student_batch")
    }
    values = dict(batches)
    for steps, batch in (("warmup_steps", "generator_batch"), ("finetune_steps", "student_batch")):
        share = PATIENCE * preset[batch] / (excess * batches[batch])
        values[steps] = int(preset[steps] * min(1.0, max(FEWEST_SHARE, share)))
    values["calibration_samples"] = max(128, int(preset["calibration_samples"] / excess**0.5) // 8 * 8)
    schedule = config.schedule.model_copy(update=values)
    return config.model_copy(update={"schedule": schedule}), (
        f"The model is large: the preset's {preset['warmup_steps']} and {preset['finetune_steps']} steps were reduced "
        f"to {values['warmup_steps']} and {values['finetune_steps']}, its batch sizes {preset['generator_batch']} and "
        f"{preset['student_batch']} to {values['generator_batch']} and {values['student_batch']}."
    )
