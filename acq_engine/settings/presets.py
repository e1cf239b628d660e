"""Methods and time presets: one click each. They change values in a RunConfig, nothing else."""

from __future__ import annotations

from typing import Any

from acq_engine.settings import Method, Preset, RunConfig, ScheduleConfig

MINUTES: dict[Preset, float] = {"fast": 5, "balanced": 20, "accurate": 60}  # what a preset may take

# OURS: chosen by the teacher's signals and by agreement on synthetic samples, never on test images.
SCHEDULES: dict[Preset, dict[str, Any]] = {
    "fast": {"minutes": None, "warmup_steps": 250, "finetune_steps": 300, "calibration_samples": 512,
             "generator_batch": 64, "student_batch": 32, "report_every": 5, "sample_every": 25,
             "checkpoint_every": 100},
    "balanced": {"minutes": None, "warmup_steps": 600, "finetune_steps": 3000, "calibration_samples": 1024,
                 "generator_batch": 64, "student_batch": 32, "report_every": 10, "sample_every": 50,
                 "checkpoint_every": 250},
    "accurate": {"minutes": None, "warmup_steps": 1500, "finetune_steps": 6000, "calibration_samples": 2048,
                 "generator_batch": 64, "student_batch": 64, "report_every": 20, "sample_every": 100,
                 "checkpoint_every": 500},
}

# docs/method.md, section 6: the baseline's generator, losses, quantizer and rates; the steps stay the preset's.
GDFQ: dict[str, dict[str, Any]] = {
    "generator": {"kind": "gdfq", "noise_dim": 100, "width": 128},
    "losses": {"class_": 1.0, "bn": 0.1, "centre": 0.0, "pair": 0.0, "modes_bn": 0.0, "modes_output": 0.0,
               "modes_attention": 0.0, "label_smoothing": 0.0, "distillation": 1.0, "temperature": 20.0,
               "feature": 0.0, "student_class": 1.0},
    "schedule": {"generator_every": 1, "pool_samples": 64, "mixup": False, "flip": False, "canvas_share": 0.0,
                 "second_look": 0.0, "optimizer": "sgd", "student_lr": 1e-4, "generator_lr": 1e-3},
    "quantization": {"weight_range": "minmax", "rounding": "nearest", "learned_scales": False},
}


def with_preset(config: RunConfig, preset: Preset) -> RunConfig:
    """A copy of `config` with the preset's schedule ("custom" only marks it as such)."""
    values = SCHEDULES.get(preset, {})
    schedule = config.schedule.model_copy(update={"preset": preset, **values})
    return config.model_copy(update={"schedule": schedule}, deep=True)


def is_preset(schedule: ScheduleConfig) -> bool:
    """Whether a schedule is still the preset that it is named after: it has all that the preset sets."""
    values = SCHEDULES.get(schedule.preset)
    return values is not None and _has(schedule, values)


def preset_of(schedule: ScheduleConfig, before: ScheduleConfig | None = None) -> Preset:
    """The name that a schedule deserves. Window, command line and sweeps all name what they changed by this.

    A preset with another number of steps or samples is not that preset any more, also where it was scaled to a large
    network. Values that are those of a preset have its name, so that taking a change back by hand shows it again; but
    "custom", once chosen, stays until one of these values changes: it says that nothing is to be scaled.

    Args:
        schedule: As it is now.
        before: As it was before some settings were changed; None: nothing was.
    """
    if is_preset(schedule):
        return schedule.preset
    names = next(iter(SCHEDULES.values()))  # every preset sets the same
    if schedule.preset == "custom" and (before is None or _has(schedule, {n: getattr(before, n) for n in names})):
        return "custom"
    return next((name for name, values in SCHEDULES.items() if _has(schedule, values)), "custom")


def with_preset_name(config: RunConfig, before: ScheduleConfig | None = None) -> RunConfig:
    """The settings with their schedule named by `preset_of`; the same object where it is so named already."""
    name = preset_of(config.schedule, before)
    if name == config.schedule.preset:
        return config
    return config.model_copy(update={"schedule": config.schedule.model_copy(update={"preset": name})})


def budget_minutes(schedule: ScheduleConfig) -> float | None:
    """Minutes that a run may take: those that are set, else the preset's; None: no limit, steps are done as given."""
    return schedule.minutes if schedule.minutes is not None else MINUTES.get(schedule.preset)


def nearest_preset(schedule: ScheduleConfig) -> Preset:
    """The preset that shares most values with a schedule; of two that share as many, the shorter one."""
    if schedule.preset in SCHEDULES:
        return schedule.preset
    shared = {name: sum(_has(schedule, {key: value}) for key, value in values.items())
              for name, values in SCHEDULES.items()}
    return max(shared, key=lambda name: shared[name])


def chosen_by_hand(schedule: ScheduleConfig, name: str) -> bool:
    """Whether a number of steps or samples was chosen, so that no plan may change it; else it is the most that is done.

    It was if it differs from that of the nearest preset.
    """
    return bool(getattr(schedule, name) != SCHEDULES[nearest_preset(schedule)][name])


def _has(schedule: ScheduleConfig, values: dict[str, Any]) -> bool:
    return all(getattr(schedule, name) == value for name, value in values.items())


def with_method(config: RunConfig, method: Method) -> RunConfig:
    """A copy of `config` with the method's generator, losses and quantizer; model and bits stay."""
    default = RunConfig()
    updates: dict[str, Any] = {"method": method}
    for section, changed in GDFQ.items():
        current = getattr(config, section)
        source = changed if method == "gdfq" else {key: getattr(getattr(default, section), key) for key in changed}
        updates[section] = current.model_copy(update=source)
    return config.model_copy(update=updates, deep=True)
