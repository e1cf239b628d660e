"""A run's plan in words, and the plan that lies in a run folder or a file."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

from acq_engine.errors import ConfigError, first_line
from acq_engine.events import PHASE_TITLES, PHASES, RunPlan
from acq_engine.store.serialization import from_plain

# Settings of the schedule that a plan gives.
PLANNED_SETTINGS = frozenset({
    "minutes", "warmup_steps", "finetune_steps", "generator_batch", "student_batch", "calibration_samples",
    "sample_every",
})
PLAN_COLUMNS = ("phase", "steps", "batch size", "s per step", "about")


def about(seconds: float) -> str:
    """An estimate in words, no more exact than it is: "40 s", "4 min", "2.5 h"."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"


def summary(plan: RunPlan) -> str:
    """What the run will take, in one sentence."""
    words = f"The run takes about {about(plan.seconds)}"
    if plan.minutes is not None:
        words += f" of the {plan.minutes:g} min that were set"
    return words + (f"; its plan is that of {plan.reused}." if plan.reused else ".")


def phase_titles(plan: RunPlan | None) -> dict[str, str]:
    """What each phase does, by its name: without a generator, images are optimized instead of it."""
    return PHASE_TITLES if plan is None or not plan.bank_steps else {**PHASE_TITLES, "warmup": "optimizing images"}


def plan_rows(plan: RunPlan) -> list[tuple[str, str, str, str, str]]:
    """The phases as text: PLAN_COLUMNS."""
    return [
        (phase_titles(plan)[phase.phase], f"{phase.steps:,}" if phase.phase in ("warmup", "finetune") else "",
         f"{phase.batch}" if phase.batch and (phase.steps or phase.phase == "calibrate") else "",
         f"{phase.step_seconds:.3g}" if phase.step_seconds is not None and phase.steps else "",
         about(phase.seconds) if phase.seconds >= 0.5 else "")
        for phase in plan.phases
    ]


def plan_lines(plan: RunPlan) -> list[str]:
    """The plan for a log: the sentence, a line for each phase that takes time, and what was left out."""
    lines = [f"plan: {summary(plan)}"]
    for title, steps, batch, each, seconds in plan_rows(plan):
        parts = [f"{steps} steps" if steps else "", f"batch size {batch}" if batch else "",
                 f"{each} s per step" if each else "", f"about {seconds}" if seconds else ""]
        lines.append(f"plan: {title}: {', '.join(part for part in parts if part) or 'no time to speak of'}")
    return lines + [f"plan: {note}" for note in plan.notes]


def read_plan(path: Path) -> RunPlan:
    """The plan in a run folder, a run.json, or a file that holds a plan alone.

    Raises:
        ConfigError: there is none, or it can't be read.
    """
    file = path / "run.json" if path.is_dir() else path
    try:
        data: Any = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError("The plan can't be read.", cause=f"{file}: {error.strerror or error}",
                          hint="Name a run folder, its run.json, or a file with a plan.") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError("The plan is not valid JSON.", cause=f"{file}: {first_line(error)}") from error
    if isinstance(data, dict) and "settings" in data:
        data = data.get("plan")
        if data is None:
            raise ConfigError(
                "The run has no plan.", cause=f"{path}: its time had no limit, or an earlier version made it.",
                hint="Its steps stand in its settings: acq quantize --config RUN",
            )
    try:
        plan: RunPlan = from_plain(RunPlan, data)
        _check(plan)
    except ValueError as error:
        raise ConfigError("The plan can't be used.", cause=f"{file}: {first_line(error)}") from error
    return dataclasses.replace(plan, reused=str(path))


def _check(plan: RunPlan) -> None:
    """Numbers that a run can follow.

    Raises:
        ValueError: they are not.
    """
    if tuple(phase.phase for phase in plan.phases) != PHASES:
        raise ValueError("it does not have every phase once, in order")
    for phase in plan.phases:
        smallest = {"calibrate": 4, "finetune": 2}.get(phase.phase, 0)
        if not 0 <= phase.steps <= 1_000_000 or not smallest <= phase.batch <= 4096:
            raise ValueError(f"{phase.phase} has {phase.steps} steps and the batch size {phase.batch}")
    least = {"calibration_samples": 8, "sample_every": 1, "watch_samples": 1, "interim_evaluations": 1,
             "checked_images": 1}
    for name, low in least.items():
        if not low <= getattr(plan, name) <= 100_000:
            raise ValueError(f"{name} is {getattr(plan, name)}")
    if plan.procedural_images is not None and not 1 <= plan.procedural_images <= 100_000:
        raise ValueError(f"procedural_images is {plan.procedural_images}")
